/* dailies-stage-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dailies-compare-bar.h"
#include "dailies-figures.h"
#include "dailies-reel.h"
#include "dailies-timecode.h"
#include "dailies-timeline.h"
#include "dailies-tip.h"

struct _DailiesStageBar
{
  GtkWidget parent_instance;

  DailiesTimeline *timeline;
  GtkWidget       *media_buttons;
  GtkWidget       *timecode;
  GtkButton       *play_button;
  DailiesFigures  *position_label;
  GtkLabel        *duration_label;
  GtkMenuButton   *speed_button;
  GtkLabel        *speed_label;
  GtkMenuButton   *sound_button;
  GtkButton       *fullscreen_button;
  GtkAdjustment   *volume;

  GtkWidget         *compare_place;
  DailiesCompareBar *compare_bar;
  GtkWidget         *next_sound;

  DailiesReel  *reel;
  DailiesSides *sides;
  double        fps; /* as time is counted now */
  gboolean      silent; /* no clip has sound */
  gboolean      held;
  gboolean      play_on; /* it was playing when the timeline was taken hold of */
  gboolean      menu_pointed; /* the menu that is open was opened by pointer */
};

G_DEFINE_FINAL_TYPE (DailiesStageBar, dailies_stage_bar, GTK_TYPE_WIDGET)

/* --- what the reel reports -------------------------------------------------------------------- */

static void
set_words (GtkWidget  *button,
           const char *label,
           const char *tooltip)
{
  dailies_tip_set (button, tooltip);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_playing (DailiesStageBar *self)
{
  gboolean playing;

  g_object_get (self->reel, "playing", &playing, NULL);
  gtk_button_set_icon_name (
    self->play_button, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  if (playing)
    set_words (GTK_WIDGET (self->play_button), _ ("Pause"), _ ("Pause (Space)"));
  else
    set_words (GTK_WIDGET (self->play_button), _ ("Play"), _ ("Play (Space)"));
}

/* In the frames of A, or where A cannot be played of the first that can. An empty stage counts frames as well: its zeros are as
 * many as those of a clip. */
static double
shown_fps (DailiesStageBar *self)
{
  guint n_sides;

  g_object_get (self->reel, "n-sides", &n_sides, NULL);
  for (guint i = 0; self->sides != NULL && i < n_sides; i++)
    {
      if (!dailies_sides_has_error (self->sides, i))
        return dailies_reel_get_fps (self->reel, dailies_sides_get_reel_side (self->sides, i));
    }
  return 24;
}

static void update_duration (DailiesStageBar *self);

static void
update_position (DailiesStageBar *self)
{
  g_autofree char *text = NULL;
  gint64           position, duration;

  /* Another clip as A, which may be as long as the one before: the end is counted in its frames, too. */
  if (self->fps != shown_fps (self))
    {
      update_duration (self);
      return;
    }
  g_object_get (self->reel, "position", &position, "duration", &duration, NULL);
  position = MIN (position, duration);
  text = dailies_timecode_format (position, self->fps);
  dailies_figures_set_text (self->position_label, text);
  g_object_set (self->timeline, "position", position, NULL);
}

static void
update_duration (DailiesStageBar *self)
{
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;
  gint64           duration;

  self->fps = shown_fps (self);
  g_object_get (self->reel, "duration", &duration, NULL);
  code = dailies_timecode_format (duration, self->fps);
  text = g_strdup_printf ("/ %s", code);
  gtk_label_set_text (self->duration_label, text);
  g_object_set (self->timeline, "duration", duration, "fps", self->fps, NULL);
  update_position (self);
}

static void
update_rate (DailiesStageBar *self)
{
  g_autofree char *text = NULL;
  double           rate, shuttle;
  gboolean         preparing;

  g_object_get (self->reel, "rate", &rate, "shuttle", &shuttle, "preparing", &preparing, NULL);
  if (preparing)
    {
      gtk_label_set_text (self->speed_label, "…");
      return;
    }
  /* While it runs at another speed than that of play, that one. */
  if (shuttle != 0)
    rate = shuttle;
  /* Numbers and their sign are read from left to right everywhere, which they do not say by themselves. */
  text = g_strdup_printf ("\u200e%s%g×", rate < 0 ? "−" : "", ABS (rate));
  gtk_label_set_text (self->speed_label, text);
}

static void
update_waiting (DailiesStageBar *self)
{
  const char *slow = _("Slower than asked: this computer cannot decode these clips any faster. "
                      "Compare fewer of them, or close what else is at work.");
  const char *soon = _("Small copies of these clips are being made, from which this computer can play all of them.");
  gboolean    waiting, preparing;

  g_object_get (self->reel, "waiting", &waiting, "preparing", &preparing, NULL);
  dailies_tip_set (GTK_WIDGET (self->speed_button), preparing ? soon : waiting ? slow : _("Speed ([ and ])"));
  update_rate (self);
  if (waiting || preparing)
    gtk_widget_add_css_class (GTK_WIDGET (self->speed_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->speed_label), "warning");
}

/* The letter alone: words here would make the whole bar wider than a small window has room for. */
static void
name_sound (DailiesStageBar *self,
            const char      *letter)
{
  GtkWidget       *content = adw_button_content_new ();
  g_autofree char *text = NULL;

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content),
                                    letter != NULL ? "audio-volume-high-symbolic" : "audio-volume-muted-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), letter != NULL ? letter : "–");
  gtk_menu_button_set_child (self->sound_button, content);
  if (letter != NULL)
    /* Translators: the letter of the side of the stage that is heard */
    text = g_strdup_printf (_ ("Sound: %s"), letter);
  else
    text = g_strdup (_ ("Sound: none"));
  set_words (GTK_WIDGET (self->sound_button), text, text);
}

static void
update_sound (DailiesStageBar *self)
{
  const char *icon;
  gboolean    muted;
  double      volume;
  int         audible;
  guint       n_sides;

  g_object_get (
    self->reel, "muted", &muted, "volume", &volume, "audible", &audible, "n-sides", &n_sides, NULL);
  gtk_widget_set_visible (self->next_sound, n_sides > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sound_button), !self->silent);
  if (self->silent)
    {
      name_sound (self, NULL);
      dailies_tip_set (GTK_WIDGET (self->sound_button),
                       ngettext ("This clip has no sound", "None of these clips has sound", n_sides));
      return;
    }
  if (n_sides > 1 && !muted && volume > 0 && self->sides != NULL)
    {
      name_sound (self, audible >= 0 ? dailies_sides_get_letter (
                                         dailies_sides_find_reel_side (self->sides, audible)) : NULL);
      return;
    }
  if (muted || volume == 0)
    icon = "audio-volume-muted-symbolic";
  else if (volume < 0.34)
    icon = "audio-volume-low-symbolic";
  else if (volume < 0.67)
    icon = "audio-volume-medium-symbolic";
  else
    icon = "audio-volume-high-symbolic";
  gtk_menu_button_set_icon_name (self->sound_button, icon);
  set_words (GTK_WIDGET (self->sound_button), _ ("Sound"), _ ("Sound"));
}

/* --- what the artist does --------------------------------------------------------------------- */

static void
scrub_cb (DailiesTimeline *timeline,
          gint64           time,
          DailiesStageBar *self)
{
  dailies_reel_seek (self->reel, time);
}

static void
step_cb (DailiesTimeline *timeline,
         int              frames,
         DailiesStageBar *self)
{
  dailies_reel_step (self->reel, frames);
}

/* Held, the clip stands still under the pointer; let go, it plays on if it played before. */
static void
hold_cb (DailiesTimeline *timeline,
         gboolean         held,
         DailiesStageBar *self)
{
  if (held == self->held)
    return;

  self->held = held;
  if (held)
    {
      g_object_get (self->reel, "playing", &self->play_on, NULL);
      if (self->play_on)
        dailies_reel_pause (self->reel);
    }
  else if (self->play_on)
    {
      self->play_on = FALSE;
      dailies_reel_play (self->reel);
    }
}

/* --- object ----------------------------------------------------------------------------------- */

/* Time runs from left to right everywhere, and so do the buttons that move in it. */
static void
keep_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    keep_left_to_right (child);
}

/* The compare bar has a form for every width and takes what the others leave: were it to ask for its widest, the time of the
 * clip would be cut short beside it. */
static void
measure_compare (GtkWidget      *place,
                 GtkOrientation  orientation,
                 int             for_size,
                 int            *minimum,
                 int            *natural,
                 int            *minimum_baseline,
                 int            *natural_baseline)
{
  gtk_widget_measure (
    adw_bin_get_child (ADW_BIN (place)), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
allocate_compare (GtkWidget *place,
                  int        width,
                  int        height,
                  int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (place)), width, height, baseline, NULL);
}

/* Who works the bar by pointer works the stage, and Space means the clip then, not once more the button that was clicked. Who
 * comes to a button by keyboard stays on it. */
static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            DailiesStageBar *self)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  self->menu_pointed =
    target != NULL && gtk_widget_get_ancestor (target, GTK_TYPE_MENU_BUTTON) != NULL;
  gtk_widget_activate_action (GTK_WIDGET (self), "stage.take-focus", NULL);
}

static gboolean
leave_menu_cb (gpointer user_data)
{
  DailiesStageBar *self = user_data;
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget       *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_activate_action (GTK_WIDGET (self), "stage.take-focus", NULL);

  return G_SOURCE_REMOVE;
}

/* GTK 4.18 gives the focus back to the button once everybody has been told that the menu is closed, and GTK 4.8 when it has painted
 * next. In between, and before the next key, it goes to the stage. */
static void
menu_closed_cb (DailiesStageBar *self)
{
  if (self->menu_pointed)
    g_idle_add_full (G_PRIORITY_HIGH, leave_menu_cb, g_object_ref (self), g_object_unref);
  self->menu_pointed = FALSE;
}

static void
leave_keys_to_stage (DailiesStageBar *self,
                     GtkWidget       *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_widget_set_focus_on_click (widget, FALSE);
  if (GTK_IS_MENU_BUTTON (widget))
    g_signal_connect_object (gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)), "closed",
                             G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      leave_keys_to_stage (self, child);
}

static void
add_click (DailiesStageBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
dailies_stage_bar_dispose (GObject *object)
{
  DailiesStageBar *self = DAILIES_STAGE_BAR (object);
  GtkWidget       *child;

  g_clear_object (&self->reel);
  g_clear_object (&self->sides);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dailies_stage_bar_parent_class)->dispose (object);
}

static void
dailies_stage_bar_class_init (DailiesStageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_stage_bar_dispose;

  g_type_ensure (DAILIES_TYPE_FIGURES);
  g_type_ensure (DAILIES_TYPE_TIMELINE);
  g_type_ensure (DAILIES_TYPE_COMPARE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-stage-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, timeline);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, media_buttons);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, timecode);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, position_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, duration_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, speed_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, speed_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, sound_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, fullscreen_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, volume);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, compare_place);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, compare_bar);
  gtk_widget_class_bind_template_child (widget_class, DailiesStageBar, next_sound);
  gtk_widget_class_bind_template_callback (widget_class, scrub_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
  gtk_widget_class_bind_template_callback (widget_class, hold_cb);
}

static void
dailies_stage_bar_init (DailiesStageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  keep_left_to_right (self->media_buttons);
  keep_left_to_right (self->timecode);
  keep_left_to_right (GTK_WIDGET (self->speed_button));
  leave_keys_to_stage (self, GTK_WIDGET (self));
  add_click (self);
  gtk_widget_set_layout_manager (
    self->compare_place, gtk_custom_layout_new (NULL, measure_compare, allocate_compare));
}

/**
 * dailies_stage_bar_set_reel:
 * @reel: what is shown and moved; set once
 */
void
dailies_stage_bar_set_reel (DailiesStageBar *self,
                            DailiesReel     *reel)
{
  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));
  g_return_if_fail (self->reel == NULL);

  self->reel = g_object_ref (reel);
  g_signal_connect_object (
    reel, "notify::playing", G_CALLBACK (update_playing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::position", G_CALLBACK (update_position), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::duration", G_CALLBACK (update_duration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::n-sides", G_CALLBACK (update_duration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reel, "notify::rate", G_CALLBACK (update_rate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::shuttle", G_CALLBACK (update_rate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::waiting", G_CALLBACK (update_waiting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::preparing", G_CALLBACK (update_waiting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::audible", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::n-sides", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::muted", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    reel, "notify::volume", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_object_bind_property (reel, "looping", self->timeline, "looping", G_BINDING_SYNC_CREATE);
  g_object_bind_property (
    reel, "range-in", self->timeline, "range-in", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (reel,
                          "range-out",
                          self->timeline,
                          "range-out",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (
    reel, "volume", self->volume, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  update_playing (self);
  update_duration (self);
  update_rate (self);
  update_sound (self);
}

void
dailies_stage_bar_set_sides (DailiesStageBar *self,
                             DailiesSides    *sides)
{
  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));
  g_return_if_fail (self->sides == NULL && self->reel != NULL);

  self->sides = g_object_ref (sides);
  dailies_compare_bar_set_sides (self->compare_bar, sides);
  update_sound (self);
}

void
dailies_stage_bar_set_silent (DailiesStageBar *self,
                              gboolean         silent)
{
  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));

  self->silent = silent;
  update_sound (self);
}

/* Another side is A, or it is found to be no clip. */
void
dailies_stage_bar_follow_lead (DailiesStageBar *self)
{
  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));

  update_position (self);
  /* Sides have other letters. */
  update_sound (self);
}

void
dailies_stage_bar_set_fullscreened (DailiesStageBar *self,
                                    gboolean         fullscreened)
{
  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));

  gtk_button_set_icon_name (self->fullscreen_button,
                            fullscreened ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  if (fullscreened)
    set_words (GTK_WIDGET (self->fullscreen_button),
               _ ("Leave full screen"),
               _ ("Leave Full Screen (Escape)"));
  else
    set_words (GTK_WIDGET (self->fullscreen_button), _ ("Full screen"), _ ("Full Screen (F)"));
}

DailiesTimeline *
dailies_stage_bar_get_timeline (DailiesStageBar *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_BAR (self), NULL);

  return self->timeline;
}

void
dailies_stage_bar_add (DailiesStageBar *self,
                       GtkWidget       *above,
                       GtkWidget       *below,
                       GtkWidget       *button)
{
  GtkWidget *row;

  g_return_if_fail (DAILIES_IS_STAGE_BAR (self));

  row = gtk_widget_get_parent (GTK_WIDGET (self->sound_button));
  gtk_widget_insert_before (above, GTK_WIDGET (self), GTK_WIDGET (self->timeline));
  gtk_widget_insert_after (below, GTK_WIDGET (self), GTK_WIDGET (self->timeline));
  gtk_box_insert_child_after (GTK_BOX (row), button, GTK_WIDGET (self->sound_button));
  leave_keys_to_stage (self, button);
  keep_left_to_right (above);
  keep_left_to_right (below);
}

gboolean
dailies_stage_bar_is_busy (DailiesStageBar *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_BAR (self), FALSE);

  return self->held || dailies_compare_bar_is_busy (self->compare_bar) ||
         gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->speed_button))) ||
         gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->sound_button)));
}
