/* dailies-stage-view-actions.c: what the stage does when asked to, and by which keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include "dailies-timeline.h"

#define FASTEST 4

/* In the order of the menu. */
static const double speeds[] = { 0.1, 0.25, 0.5, 1, 2, 4 };

void
dailies_stage_view_update_actions (DailiesStageView *self)
{
  static const char *const moving[] = {
    "stage.play",  "stage.pause",  "stage.forward",      "stage.backward",
    "stage.start", "stage.end",    "stage.step-forward", "stage.step-back",
    "stage.speed", "stage.slower", "stage.faster",       "stage.leap-forward", "stage.leap-back",
  };

  for (guint i = 0; i < G_N_ELEMENTS (moving); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), moving[i], self->has_clip);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "stage.fullscreen", self->has_clip || self->fullscreened);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stage.leave-fullscreen", self->fullscreened);
  gtk_widget_set_sensitive (GTK_WIDGET (self->bar), self->has_clip);
  dailies_stage_view_update_compare (self);
  dailies_stage_view_update_sound (self);
}

/* The reel reports a little later what was asked of it; two quick presses are two presses all the
 * same. */
void
dailies_stage_view_ask_to_play (DailiesStageView *self,
                                gboolean          play)
{
  self->asked_to_play = play;
  if (play)
    dailies_reel_play (self->reel);
  else
    dailies_reel_pause (self->reel);
}

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);

  dailies_stage_view_ask_to_play (self, !self->asked_to_play);
}

static void
pause_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);

  self->shuttle = 0;
  dailies_stage_view_ask_to_play (self, FALSE);
}

static void
change_speed (DailiesStageView *self,
              int               by)
{
  int    nearest = 0;
  double rate;

  g_object_get (self->reel, "rate", &rate, NULL);
  for (guint i = 1; i < G_N_ELEMENTS (speeds); i++)
    {
      if (ABS (speeds[i] - rate) < ABS (speeds[nearest] - rate))
        nearest = i;
    }
  g_object_set (
    self->reel, "rate", speeds[CLAMP (nearest + by, 0, (int) G_N_ELEMENTS (speeds) - 1)], NULL);
}

/* As on an editing desk: K stops, L plays and J plays backwards, twice as fast with each further
 * press. */
static void
shuttle (DailiesStageView *self,
         int               direction)
{
  double speed = self->shuttle * direction;

  self->shuttle = direction * (speed > 0 ? MIN (FASTEST, speed * 2) : 1);
  dailies_reel_shuttle (self->reel, self->shuttle);
}

static void
forward_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  shuttle (DAILIES_STAGE_VIEW (widget), 1);
}

static void
backward_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  shuttle (DAILIES_STAGE_VIEW (widget), -1);
}

static void
slower_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  change_speed (DAILIES_STAGE_VIEW (widget), -1);
}

static void
faster_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  change_speed (DAILIES_STAGE_VIEW (widget), 1);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dailies_reel_step (DAILIES_STAGE_VIEW (widget)->reel,
                     g_str_equal (name, "stage.step-back") ? -1 : 1);
}

static void
leap_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dailies_reel_step (DAILIES_STAGE_VIEW (widget)->reel,
                     g_str_equal (name, "stage.leap-back") ? -DAILIES_TIMELINE_LEAP : DAILIES_TIMELINE_LEAP);
}

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  gint64            duration;

  g_object_get (self->reel, "duration", &duration, NULL);
  dailies_reel_seek (self->reel, g_str_equal (name, "stage.end") ? duration : 0);
}

static void
take_focus_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  gtk_widget_grab_focus (widget);
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);

  dailies_stage_view_set_fullscreened (
    self, !self->fullscreened && g_str_equal (name, "stage.fullscreen"));
}

void
dailies_stage_view_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "stage.play", NULL, play_action);
  gtk_widget_class_install_action (klass, "stage.pause", NULL, pause_action);
  gtk_widget_class_install_action (klass, "stage.forward", NULL, forward_action);
  gtk_widget_class_install_action (klass, "stage.backward", NULL, backward_action);
  gtk_widget_class_install_action (klass, "stage.start", NULL, go_action);
  gtk_widget_class_install_action (klass, "stage.end", NULL, go_action);
  gtk_widget_class_install_action (klass, "stage.step-forward", NULL, step_action);
  gtk_widget_class_install_action (klass, "stage.step-back", NULL, step_action);
  gtk_widget_class_install_action (klass, "stage.leap-forward", NULL, leap_action);
  gtk_widget_class_install_action (klass, "stage.leap-back", NULL, leap_action);
  gtk_widget_class_install_action (klass, "stage.slower", NULL, slower_action);
  gtk_widget_class_install_action (klass, "stage.faster", NULL, faster_action);
  gtk_widget_class_install_action (klass, "stage.take-focus", NULL, take_focus_action);
  gtk_widget_class_install_action (klass, "stage.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (klass, "stage.leave-fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_property_action (klass, "stage.loop", "looping");
  gtk_widget_class_install_property_action (klass, "stage.mute", "muted");
  gtk_widget_class_install_property_action (klass, "stage.speed", "speed");
}

/* --- keys ------------------------------------------------------------------------------------- */

typedef struct
{
  const char *trigger;
  const char *action;
} Key;

/* Anywhere in the window, after whatever has the focus: who types into the prompt, types. Of several keys for one action the menus
 * show the last. */
static const Key window_keys[] = {
  { "space", "stage.play" },
  { "comma", "stage.step-back" },
  { "period", "stage.step-forward" },
  { "bracketleft", "stage.slower" },
  { "bracketright", "stage.faster" },
  { "j", "stage.backward" },
  { "k", "stage.pause" },
  { "l", "stage.forward" },
  { "m", "stage.next-sound" },
  { "<Shift>m", "stage.mute" },
  { "i", "stage.range-in" },
  { "o", "stage.range-out" },
  { "x", "stage.range-clear" },
  { "<Alt>comma", "stage.slip-earlier" },
  { "<Alt>period", "stage.slip-later" },
  { "w", "stage.wipe" },
  { "d", "stage.difference" },
  { "<Shift>o", "stage.onion" },
  { "s", "stage.swap" },
  { "backslash", "stage.source" },
  { "v", "stage.source" },
  { "0", "stage.fit" },
  { "<Control>equal", "stage.zoom-in" },
  { "<Control>plus", "stage.zoom-in" },
  { "<Control>minus", "stage.zoom-out" },
  { "f", "stage.fullscreen" },
  { "F11", "stage.fullscreen" },
  { "<Control>l", "stage.loop" },
  { "Escape", "stage.leave-fullscreen" },
};

/* These move the focus or a list elsewhere; Space is taken by the window before the keys above see
 * it. */
static const Key stage_keys[] = {
  { "space", "stage.play" }, { "Left", "stage.step-back" }, { "Right", "stage.step-forward" },
  { "<Shift>Left", "stage.leap-back" }, { "<Shift>Right", "stage.leap-forward" },
  { "Home", "stage.start" }, { "End", "stage.end" }, { "<Control>c", "stage.copy-pointed" },
  { "Menu", "stage.menu" }, { "<Shift>F10", "stage.menu" },
};

static void
add_solo_keys (GtkShortcutController *controller)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (
        gtk_keyval_trigger_new (GDK_KEY_1 + i, 0), gtk_keyval_trigger_new (GDK_KEY_KP_1 + i, 0));

      gtk_shortcut_controller_add_shortcut (
        controller,
        gtk_shortcut_new_with_arguments (trigger, gtk_named_action_new ("stage.solo"), "u", i));
    }
}

/* The line of the wipe, as fine as it is wanted: an arrow moves it by a hundredth of the stage. */
static void
add_wipe_keys (GtkShortcutController *controller)
{
  static const struct
  {
    guint           keyval;
    GdkModifierType modifiers;
    double          dx, dy, degrees;
  } keys[] = {
    { GDK_KEY_Left, GDK_ALT_MASK, -0.01, 0, 0 },
    { GDK_KEY_Right, GDK_ALT_MASK, 0.01, 0, 0 },
    { GDK_KEY_Up, GDK_ALT_MASK, 0, -0.01, 0 },
    { GDK_KEY_Down, GDK_ALT_MASK, 0, 0.01, 0 },
    { GDK_KEY_Left, GDK_ALT_MASK | GDK_SHIFT_MASK, 0, 0, -2 },
    { GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK, 0, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      controller,
      gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                                       gtk_named_action_new ("stage.move-wipe"),
                                       "(ddd)",
                                       keys[i].dx,
                                       keys[i].dy,
                                       keys[i].degrees));
}

static void
add_keys (DailiesStageView *self,
          const Key        *keys,
          guint             n_keys,
          GtkShortcutScope  scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  for (guint i = 0; i < n_keys; i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                        gtk_named_action_new (keys[i].action)));
  if (scope == GTK_SHORTCUT_SCOPE_GLOBAL)
    add_solo_keys (GTK_SHORTCUT_CONTROLLER (controller));
  else
    add_wipe_keys (GTK_SHORTCUT_CONTROLLER (controller));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
dailies_stage_view_add_keys (DailiesStageView *self)
{
  add_keys (self, window_keys, G_N_ELEMENTS (window_keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  add_keys (self, stage_keys, G_N_ELEMENTS (stage_keys), GTK_SHORTCUT_SCOPE_LOCAL);
}
