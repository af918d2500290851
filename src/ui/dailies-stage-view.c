/* dailies-stage-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include <glib/gi18n.h>

#include "dailies-drop.h"
#include "dailies-gl.h"

G_DEFINE_FINAL_TYPE (DailiesStageView, dailies_stage_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FULLSCREENED,
  PROP_LOOPING,
  PROP_MUTED,
  PROP_SPEED,
  N_PROPS
};

enum
{
  SIDES_CHANGED,
  TELL,
  TOGGLE_SOURCE,
  USE_FRAME,
  USE_DROP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- which page, which actions ---------------------------------------------------------------- */

static void
show_page (DailiesStageView *self,
           const char       *name,
           gboolean          has_clip)
{
  gboolean empty = g_str_equal (name, "empty");

  self->has_clip = has_clip;
  gtk_stack_set_visible_child_name (self->pages, name);
  /* With nothing to judge and nothing to play there is no black and no transport. */
  gtk_widget_set_visible (GTK_WIDGET (self->below), !empty);
  if (empty)
    gtk_widget_add_css_class (GTK_WIDGET (self->screen), "empty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->screen), "empty");
  dailies_stage_view_update_actions (self);
}

void
dailies_stage_view_update_page (DailiesStageView *self)
{
  gboolean has_clip = FALSE;

  for (guint i = 0; i < self->n_clips; i++)
    has_clip = has_clip || !dailies_sides_has_error (self->sides, i);

  show_page (self, self->n_clips > 0 ? "picture" : "empty", has_clip);
}

/* Each side says for itself why it cannot be played; the others go on. */
static void
side_failed_cb (DailiesReel      *reel,
                guint             side,
                const GError     *error,
                DailiesStageView *self)
{
  /* The reel's sides stay where they are when two change places here. */
  side = dailies_sides_find_reel_side (self->sides, side);
  if (side >= self->n_clips)
    return;

  dailies_sides_set_error (self->sides, side, error->message);
  dailies_stage_bar_follow_lead (self->bar);
  dailies_stage_view_update_page (self);
}

void
dailies_stage_view_tell (DailiesStageView *self,
                         const char       *sentence)
{
  g_signal_emit (self, signals[TELL], 0, sentence);
}

/* --- pointer ---------------------------------------------------------------------------------- */

/* The second press of a double click. Not by @n_press of the gesture: a window manager that takes the pointer for a moment to give the
 * window the focus, or a widget that comes under it, makes it count anew. */
static gboolean
is_second (DailiesStageView *self,
           guint32           time,
           double            x,
           double            y)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int          span, distance;

  g_object_get (settings, "gtk-double-click-time", &span, "gtk-double-click-distance", &distance, NULL);

  return self->pressed_at != 0 && time - self->pressed_at <= (guint32) span && ABS (x - self->pressed_x) <= distance &&
         ABS (y - self->pressed_y) <= distance;
}

static void
pressed_cb (GtkGestureClick  *gesture,
            int               n_press,
            double            x,
            double            y,
            DailiesStageView *self)
{
  guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (gesture));

  /* In the window: the stage may move in it meanwhile. */
  gdk_event_get_position (gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture)), &x, &y);
  self->pressed_twice = is_second (self, time, x, y);
  self->pressed_at = self->pressed_twice ? 0 : time;
  self->pressed_x = x;
  self->pressed_y = y;
  if (!self->pressed_twice)
    self->click_played = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The second click of a double click takes back what the first did, if that was let go here. */
static void
take_back_click (DailiesStageView *self)
{
  if (self->click_from < 0 && self->click_shuttle != 0)
    {
      self->shuttle = self->click_shuttle;
      dailies_reel_shuttle (self->reel, self->click_shuttle);
      return;
    }

  dailies_stage_view_ask_to_play (self, self->click_from < 0);
  if (self->click_from >= 0)
    dailies_reel_seek (self->reel, self->click_from);
}

/* What became a drag is no click. */
static void
released_cb (GtkGestureClick  *gesture,
             int               n_press,
             double            x,
             double            y,
             DailiesStageView *self)
{
  if (!self->has_clip)
    return;

  if (self->pressed_twice && self->click_played)
    {
      take_back_click (self);
    }
  else if (!self->pressed_twice)
    {
      self->click_from = self->asked_to_play ? -1 : dailies_reel_get_aim (self->reel);
      self->click_shuttle = self->shuttle;
      gtk_widget_activate_action (GTK_WIDGET (self), "stage.play", NULL);
    }
  self->click_played = !self->pressed_twice;
  if (self->pressed_twice)
    gtk_widget_activate_action (GTK_WIDGET (self), "stage.fullscreen", NULL);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_stage_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_FULLSCREENED:
      g_value_set_boolean (value, self->fullscreened);
      break;
    case PROP_LOOPING:
      g_object_get_property (G_OBJECT (self->reel), "looping", value);
      break;
    case PROP_MUTED:
      g_object_get_property (G_OBJECT (self->reel), "muted", value);
      break;
    case PROP_SPEED:
      g_object_get_property (G_OBJECT (self->reel), "rate", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_stage_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_LOOPING:
      g_object_set_property (G_OBJECT (self->reel), "looping", value);
      break;
    case PROP_MUTED:
      g_object_set_property (G_OBJECT (self->reel), "muted", value);
      break;
    case PROP_SPEED:
      g_object_set_property (G_OBJECT (self->reel), "rate", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
notify_cb (DailiesReel      *reel,
           GParamSpec       *pspec,
           DailiesStageView *self)
{
  if (g_str_equal (pspec->name, "looping"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOPING]);
  else if (g_str_equal (pspec->name, "muted"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
  else if (g_str_equal (pspec->name, "playing"))
    g_object_get (reel, "playing", &self->asked_to_play, NULL);
  else if (g_str_equal (pspec->name, "shuttle"))
    g_object_get (reel, "shuttle", &self->shuttle, NULL);
  else if (g_str_equal (pspec->name, "rate"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

static void
dailies_stage_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dailies_stage_view_parent_class)->root (widget);
  dailies_stage_view_follow_root (DAILIES_STAGE_VIEW (widget), gtk_widget_get_root (widget));
}

static void
dailies_stage_view_unroot (GtkWidget *widget)
{
  dailies_stage_view_follow_root (DAILIES_STAGE_VIEW (widget), NULL);
  GTK_WIDGET_CLASS (dailies_stage_view_parent_class)->unroot (widget);
}

static void
dailies_stage_view_dispose (GObject *object)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (object);
  GtkWidget        *child;

  g_clear_handle_id (&self->hide_id, g_source_remove);
  dailies_stage_view_forget_drop (self);
  self->menu = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  if (self->reel != NULL)
    dailies_reel_close (self->reel);
  g_clear_object (&self->notes);
  dailies_stage_view_forget_sides (self);
  g_clear_object (&self->cuts);
  g_clear_object (&self->frames_folder);

  G_OBJECT_CLASS (dailies_stage_view_parent_class)->dispose (object);
}

/* The template's widgets may still ask for the reel while they go. */
static void
dailies_stage_view_finalize (GObject *object)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (object);

  g_clear_object (&self->reel);

  G_OBJECT_CLASS (dailies_stage_view_parent_class)->finalize (object);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    RESOURCE_PATH "/ui/icons");
  gtk_css_provider_load_from_resource (provider, RESOURCE_PATH "/ui/dailies-stage.css");
  gtk_style_context_add_provider_for_display (
    display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* How the window is painted is known from now on; what shows the clips is only realized when there is one. */
static void
dailies_stage_view_realize (GtkWidget *widget)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);

  GTK_WIDGET_CLASS (dailies_stage_view_parent_class)->realize (widget);
  dailies_reel_set_graphics (self->reel, dailies_gl_lend (gtk_widget_get_native (widget)));
}

static void
dailies_stage_view_class_init (DailiesStageViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags     both = read | G_PARAM_WRITABLE;

  object_class->get_property = dailies_stage_view_get_property;
  object_class->set_property = dailies_stage_view_set_property;
  object_class->dispose = dailies_stage_view_dispose;
  object_class->finalize = dailies_stage_view_finalize;
  widget_class->realize = dailies_stage_view_realize;
  widget_class->root = dailies_stage_view_root;
  widget_class->unroot = dailies_stage_view_unroot;

  properties[PROP_FULLSCREENED] = g_param_spec_boolean ("fullscreened", NULL, NULL, FALSE, read);
  properties[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, both);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, both);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0.1, 4, 1, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIDES_CHANGED] = g_signal_new ("sides-changed",
                                         DAILIES_TYPE_STAGE_VIEW,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
  signals[TELL] = g_signal_new ("tell",
                                DAILIES_TYPE_STAGE_VIEW,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);

  signals[TOGGLE_SOURCE] = g_signal_new ("toggle-source",
                                         DAILIES_TYPE_STAGE_VIEW,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);

  signals[USE_FRAME] = g_signal_new ("use-frame",
                                     DAILIES_TYPE_STAGE_VIEW,
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     2,
                                     G_TYPE_UINT,
                                     G_TYPE_STRING);

  signals[USE_DROP] = g_signal_new ("use-drop",
                                    DAILIES_TYPE_STAGE_VIEW,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_POINTER);

  g_type_ensure (DAILIES_TYPE_STAGE_BAR);
  g_type_ensure (DAILIES_TYPE_SIDES);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-stage-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, overlay);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, screen);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, pages);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, empty);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, sides);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, gain_box);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, gain);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, gain_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, onion_box);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, onion);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, onion_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, below);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, above);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageView, bar);
  dailies_stage_view_install_actions (widget_class);
  dailies_stage_view_install_compare (widget_class);
  dailies_stage_view_install_sound (widget_class);
  dailies_stage_notes_install_actions (widget_class);
  dailies_stage_view_install_frames (widget_class);
  load_style ();
}

static void
preparing_cb (DailiesStageView *self)
{
  gboolean preparing;

  g_object_get (self->reel, "preparing", &preparing, NULL);
  if (preparing)
    g_signal_emit (self, signals[TELL], 0,
                   _("This computer cannot decode all of these clips as fast as they go. Small copies are being made; "
                     "then they play."));
}

static void
add_click (DailiesStageView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sides), GTK_EVENT_CONTROLLER (click));
}

static void
dailies_stage_view_init (DailiesStageView *self)
{
  self->reel = dailies_reel_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  dailies_sides_set_reel (self->sides, self->reel);
  dailies_stage_bar_set_reel (self->bar, self->reel);
  dailies_stage_bar_set_sides (self->bar, self->sides);
  dailies_stage_view_set_up_compare (self);
  dailies_stage_view_follow_sound (self);
  dailies_stage_view_watch_range (self);
  self->notes = dailies_stage_notes_new (self, self->bar);

  g_signal_connect_object (self->reel, "side-failed", G_CALLBACK (side_failed_cb), self, 0);
  g_signal_connect_object (self->reel, "notify", G_CALLBACK (notify_cb), self, 0);
  g_signal_connect_object (self->reel, "notify::preparing", G_CALLBACK (preparing_cb), self, G_CONNECT_SWAPPED);

  dailies_stage_view_add_keys (self);
  dailies_stage_view_follow_pointer (self);
  dailies_stage_view_take_drops (self);
  dailies_stage_view_offer_frames (self);
  add_click (self);
  dailies_stage_view_update_page (self);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_stage_view_new:
 *
 * Returns: (transfer floating): an empty stage
 */
GtkWidget *
dailies_stage_view_new (void)
{
  return g_object_new (DAILIES_TYPE_STAGE_VIEW, NULL);
}

/**
 * dailies_stage_view_get_reel:
 *
 * Returns: (transfer none): the reel that is shown
 */
DailiesReel *
dailies_stage_view_get_reel (DailiesStageView *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);

  return self->reel;
}

/**
 * dailies_stage_view_set_empty:
 * @child: (nullable): what is to be seen while there is no clip
 */
void
dailies_stage_view_set_empty (DailiesStageView *self,
                              GtkWidget        *child)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  adw_bin_set_child (self->empty, child);
}

void
dailies_stage_view_set_library (DailiesStageView *self,
                                DailiesLibrary   *library,
                                DailiesCatalogue *catalogue)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  dailies_stage_notes_set_library (self->notes, library, catalogue);
  /* Pictures without a file that are dropped here are kept there for the form. */
  dailies_drop_set_library (GTK_WIDGET (self), library);
}

/**
 * dailies_stage_view_close:
 *
 * Stops playing and waits for the pipeline; the stage shows nothing any more.
 */
void
dailies_stage_view_close (DailiesStageView *self)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  dailies_reel_close (self->reel);
  dailies_sides_clear (self->sides);
}
