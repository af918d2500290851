/* dailies-window-undo.c: Ctrl+Z takes back what was done last, in the form or by deleting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shot.h"
#include "dailies-window-private.h"

/* --- the form --------------------------------------------------------------------------------- */

/* (nullable): of the shot that is shown */
static DailiesRequestHistory *
get_history (DailiesWindow *self)
{
  gint64 id = self->shot != NULL ? dailies_shot_get_id (self->shot) : 0;

  return g_hash_table_lookup (self->histories, &id);
}

void
dailies_window_note_draft (DailiesWindow *self)
{
  DailiesRequestHistory *history = get_history (self);
  gint64 id;

  if (self->shot == NULL || self->request == NULL)
    return;
  if (history != NULL)
    {
      dailies_request_history_note (history, self->request);
      return;
    }
  id = dailies_shot_get_id (self->shot);
  g_hash_table_insert (self->histories, g_memdup2 (&id, sizeof id), dailies_request_history_new (self->request));
}

static gboolean
is_in_form (DailiesWindow *self,
            GtkWidget     *widget)
{
  return widget != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (self->composer));
}

/* @step: (transfer full) (nullable). Returns: whether there was one */
static gboolean
show_step (DailiesWindow  *self,
           DailiesRequest *step)
{
  g_autoptr (DailiesRequest) request = step;
  gboolean in_form = is_in_form (self, gtk_window_get_focus (GTK_WINDOW (self)));

  if (request == NULL)
    return FALSE;

  dailies_window_set_request (self, request);
  dailies_window_save_soon (self);
  /* Whatever had the focus may be gone with the form that it was in. */
  if (in_form && !is_in_form (self, gtk_window_get_focus (GTK_WINDOW (self))))
    gtk_widget_child_focus (GTK_WIDGET (self->composer), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* Words that are typed elsewhere have nothing to do with the form. */
static gboolean
is_for_form (DailiesWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return self->composer != NULL && get_history (self) != NULL &&
         (is_in_form (self, focus) || !(GTK_IS_TEXT_VIEW (focus) || GTK_IS_EDITABLE (focus)));
}

static gboolean
undo_form (DailiesWindow *self)
{
  if (!is_for_form (self))
    return FALSE;

  dailies_window_save (self);
  return show_step (self, dailies_request_history_undo (get_history (self)));
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Whether something was deleted after the form was changed last. */
static gboolean
is_deletion_last (DailiesWindow *self)
{
  DailiesRequestHistory *history = get_history (self);

  if (!dailies_window_may_undelete (self))
    return FALSE;
  if (history == NULL || !is_for_form (self))
    return TRUE;

  dailies_window_save (self);
  return !dailies_request_history_can_undo (history) ||
         dailies_window_get_deletion_time (self) > dailies_request_history_get_time (history);
}

/* Comes here where a text has nothing to undo, or has not the focus. */
static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (is_deletion_last (self))
    return gtk_widget_activate_action (widget, "win.undelete", NULL);

  return undo_form (self);
}

static gboolean
redo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (!is_for_form (self))
    return FALSE;

  dailies_window_save (self);
  return show_step (self, dailies_request_history_redo (get_history (self)));
}

/* Before the prompt gets it: what was dropped after the words were typed goes before them. */
static gboolean
undo_first_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!GTK_IS_TEXT_VIEW (focus) || !is_for_form (self) ||
      !gtk_text_buffer_get_can_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus))))
    return FALSE;

  dailies_window_save (self);
  return !dailies_request_history_is_typed (get_history (self)) && !is_deletion_last (self) && undo_form (self);
}

void
dailies_window_install_undo (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, redo_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, redo_cb, NULL);
}

void
dailies_window_watch_undo (DailiesWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (undo_first_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
