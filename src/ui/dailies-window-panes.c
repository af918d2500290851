/* dailies-window-panes.c: the panes around the stage: how they are made, fold away and step aside for full screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-window-private.h"

/* Logical pixels. The middle asks for this much, so that with less the list of shots folds away first, and for the
 * lesser before the composer does, too. */
#define MIDDLE_NATURAL 600
#define MIDDLE_MINIMUM 480

/* Of the setting, and of the property of the window, that a pane goes by. */
static const char *
get_name (DailiesWindow *self,
          AdwFlap       *flap)
{
  return flap == self->shots_flap ? "show-shots" : "show-composer";
}

static void
measure_middle (GtkWidget      *widget,
                GtkOrientation  orientation,
                int             for_size,
                int            *minimum,
                int            *natural,
                int            *minimum_baseline,
                int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, MIDDLE_MINIMUM);
      *natural = MAX (*minimum, MIDDLE_NATURAL);
    }
}

static void
allocate_middle (GtkWidget *widget,
                 int        width,
                 int        height,
                 int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

/* Folded away, the form is behind its toggle alone, which then says its name. */
static void
update_header_buttons (DailiesWindow *self)
{
  gboolean alone = adw_flap_get_folded (self->composer_flap) && !adw_flap_get_reveal_flap (self->composer_flap);

  if (adw_flap_get_folded (self->composer_flap) && gtk_button_get_icon_name (GTK_BUTTON (self->composer_toggle)) != NULL)
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "sidebar-show-right-symbolic");
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Composer"));
      gtk_button_set_child (GTK_BUTTON (self->composer_toggle), content);
    }
  else if (!adw_flap_get_folded (self->composer_flap))
    gtk_button_set_icon_name (GTK_BUTTON (self->composer_toggle), "sidebar-show-right-symbolic");
  (alone ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->composer_toggle, "suggested-action");
  /* The way to Generate needs its place in a narrow window; to export is in the menu, too. */
  gtk_widget_set_visible (self->export_button, !adw_flap_get_folded (self->composer_flap));
}

/* Generate lies at the foot of the composer, where nothing may be told across it. */
static void
update_toast_place (DailiesWindow *self)
{
  gboolean beside = adw_flap_get_reveal_flap (self->composer_flap);

  (beside ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->toasts), "beside-composer");
}

static gboolean
follow_composer_cb (gpointer user_data)
{
  DailiesWindow *self = user_data;

  self->composer_source = 0;
  update_header_buttons (self);
  update_toast_place (self);
  return G_SOURCE_REMOVE;
}

/* A flap folds while the window is being laid out, which must not change what is laid out. */
static void
follow_composer (DailiesWindow *self)
{
  if (self->composer_source == 0)
    self->composer_source = g_idle_add (follow_composer_cb, self);
}

static void
folded_cb (AdwFlap       *flap,
           GParamSpec    *pspec,
           DailiesWindow *self)
{
  gboolean shown = FALSE;

  /* There is room for all of it on a full screen, but it is the picture's. */
  if (!adw_flap_get_folded (flap) && !gtk_window_is_fullscreen (GTK_WINDOW (self)))
    g_object_get (self->settings, get_name (self, flap), &shown, NULL);
  adw_flap_set_reveal_flap (flap, shown);
  if (flap == self->composer_flap)
    follow_composer (self);
}

static void
revealed_cb (AdwFlap       *flap,
             GParamSpec    *pspec,
             DailiesWindow *self)
{
  g_object_notify (G_OBJECT (self), get_name (self, flap));
  if (flap == self->composer_flap)
    follow_composer (self);
}

static void
fullscreen_asked_cb (DailiesWindow *self)
{
  gboolean wanted;

  g_object_get (self->stage, "fullscreened", &wanted, NULL);
  if (wanted)
    gtk_window_fullscreen (GTK_WINDOW (self));
  else
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
fullscreened_cb (DailiesWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gboolean shots = FALSE;
  gboolean composer = FALSE;

  if (self->stage == NULL)
    return;
  /* Full screen is for the picture: everything but the stage steps aside, and comes back as it was. */
  if (!full && !adw_flap_get_folded (self->shots_flap))
    g_object_get (self->settings, "show-shots", &shots, NULL);
  if (!full && !adw_flap_get_folded (self->composer_flap))
    g_object_get (self->settings, "show-composer", &composer, NULL);
  adw_flap_set_reveal_flap (self->shots_flap, shots);
  adw_flap_set_reveal_flap (self->composer_flap, composer);
  gtk_widget_set_visible (GTK_WIDGET (self->header), !full);
  gtk_widget_set_visible (GTK_WIDGET (self->strip_place), !full);
  dailies_stage_view_set_fullscreened (self->stage, full);
}

static void
shot_chosen_cb (DailiesWindow *self)
{
  dailies_window_set_shot (self, dailies_shots_pane_get_shot (self->shots));
  if (adw_flap_get_folded (self->shots_flap))
    adw_flap_set_reveal_flap (self->shots_flap, FALSE);
}

static void
show_cut_cb (DailiesWindow *self,
             DailiesCut    *cut)
{
  dailies_window_show_cut (self, cut, TRUE);
}

static void
build_empty_page (DailiesWindow *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/dailies-empty-stage.ui");

  self->empty_title = GTK_LABEL (gtk_builder_get_object (builder, "title"));
  self->empty_text = GTK_LABEL (gtk_builder_get_object (builder, "text"));
  self->empty_buttons = GTK_WIDGET (gtk_builder_get_object (builder, "buttons"));
  self->empty_sample = GTK_WIDGET (gtk_builder_get_object (builder, "sample"));
  self->empty_connect = GTK_WIDGET (gtk_builder_get_object (builder, "connect"));
  self->empty_page = GTK_WIDGET (gtk_builder_get_object (builder, "page"));
  adw_bin_set_child (self->stage_place, self->empty_page);
}

void
dailies_window_init_panes (DailiesWindow *self)
{
  gtk_widget_set_layout_manager (self->middle, gtk_custom_layout_new (NULL, measure_middle, allocate_middle));

  g_signal_connect_object (self->shots_flap, "notify::folded", G_CALLBACK (folded_cb), self, 0);
  g_signal_connect_object (self->composer_flap, "notify::folded", G_CALLBACK (folded_cb), self, 0);
  g_signal_connect_object (self->shots_flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, 0);
  g_signal_connect_object (self->composer_flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, 0);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
  follow_composer (self);
}

/* Two clips at once are a noise. */
static void
pause_stage (DailiesWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->stage), "stage.pause", NULL);
}

void
dailies_window_build_panes (DailiesWindow *self)
{
  self->shots = DAILIES_SHOTS_PANE (dailies_shots_pane_new ());
  self->strip = DAILIES_STRIP (dailies_strip_new ());
  self->composer = DAILIES_COMPOSER (dailies_composer_new ());
  build_empty_page (self);

  adw_bin_set_child (self->shots_place, GTK_WIDGET (self->shots));
  adw_bin_set_child (self->strip_place, GTK_WIDGET (self->strip));
  adw_bin_set_child (self->composer_place, GTK_WIDGET (self->composer));

  g_signal_connect_object (
    self->composer, "notify::variations", G_CALLBACK (dailies_window_note_draft), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shots, "notify::shot", G_CALLBACK (shot_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shots, "deleted", G_CALLBACK (dailies_window_shot_deleted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "show-cut", G_CALLBACK (show_cut_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "compare", G_CALLBACK (dailies_window_compare_cut), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "use-as-draft", G_CALLBACK (dailies_window_use_as_draft), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "trash", G_CALLBACK (dailies_window_trash_cut), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "generate", G_CALLBACK (dailies_window_generate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "trimming", G_CALLBACK (pause_stage), self, G_CONNECT_SWAPPED);
}

void
dailies_window_follow_fullscreen (DailiesWindow *self)
{
  g_signal_connect_object (self->stage, "notify::fullscreened", G_CALLBACK (fullscreen_asked_cb), self, G_CONNECT_SWAPPED);
}

gboolean
dailies_window_get_pane_shown (DailiesWindow *self,
                               AdwFlap       *flap)
{
  /* The buttons ask while the template is still being built. */
  return flap == NULL || adw_flap_get_reveal_flap (flap);
}

void
dailies_window_set_pane_shown (DailiesWindow *self,
                               AdwFlap       *flap,
                               gboolean       shown)
{
  /* Over the stage a pane is only looked at; beside it, it is how the artist likes the window. */
  if (!adw_flap_get_folded (flap))
    g_object_set (self->settings, get_name (self, flap), shown, NULL);
  adw_flap_set_reveal_flap (flap, shown);
}
