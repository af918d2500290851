/* dailies-stage-view-fullscreen.c: the transport over the picture, while it fills the screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#define HIDE_AFTER_MS 2500

static void
show_bar (DailiesStageView *self,
          gboolean          show)
{
  gtk_revealer_set_reveal_child (self->above, show);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), show ? NULL : "none");
}

static gboolean
hide_cb (gpointer data)
{
  DailiesStageView *self = data;

  if (dailies_stage_bar_is_busy (self->bar) || dailies_stage_notes_is_busy (self->notes) ||
      (self->menu != NULL && gtk_widget_get_visible (self->menu)))
    return G_SOURCE_CONTINUE;
  for (guint i = 0; i < self->n_clips; i++)
    {
      if (dailies_pane_is_busy (dailies_sides_get_pane (self->sides, i)))
        return G_SOURCE_CONTINUE;
    }

  self->hide_id = 0;
  show_bar (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
wake_bar (DailiesStageView *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
  if (!self->fullscreened)
    return;

  show_bar (self, TRUE);
  self->hide_id = g_timeout_add (HIDE_AFTER_MS, hide_cb, self);
}

/* A new widget under a resting pointer looks like a motion, too. */
static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           DailiesStageView         *self)
{
  if (ABS (x - self->pointer_x) < 1 && ABS (y - self->pointer_y) < 1)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  wake_bar (self);
}

/* Who steps through frames by keys wants to know where he is. */
static void
position_cb (DailiesStageView *self)
{
  gboolean playing;

  if (!self->fullscreened)
    return;

  g_object_get (self->reel, "playing", &playing, NULL);
  if (!playing)
    wake_bar (self);
}

static void
place_bar (DailiesStageView *self)
{
  g_autoptr (DailiesStageBar) bar = g_object_ref (self->bar);

  if (self->fullscreened)
    {
      adw_bin_set_child (self->below, NULL);
      gtk_widget_add_css_class (GTK_WIDGET (bar), "osd");
      gtk_revealer_set_child (self->above, GTK_WIDGET (bar));
    }
  else
    {
      gtk_revealer_set_child (self->above, NULL);
      gtk_widget_remove_css_class (GTK_WIDGET (bar), "osd");
      adw_bin_set_child (self->below, GTK_WIDGET (bar));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->above), self->fullscreened);
  gtk_widget_set_visible (GTK_WIDGET (self->below), !self->fullscreened);
  dailies_stage_bar_set_fullscreened (bar, self->fullscreened);
}

/**
 * dailies_stage_view_set_fullscreened:
 * @fullscreened: whether the window is
 */
void
dailies_stage_view_set_fullscreened (DailiesStageView *self,
                                     gboolean          fullscreened)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  if (self->fullscreened == fullscreened)
    return;

  self->fullscreened = fullscreened;
  place_bar (self);
  show_bar (self, TRUE);
  wake_bar (self);
  dailies_stage_view_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "fullscreened");
}

void
dailies_stage_view_follow_pointer (DailiesStageView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_object (self->reel, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "notify::playing", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
