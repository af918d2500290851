/* dailies-window-undo.c: Ctrl+Z takes back what was done last, in the form or by deleting
 *
 * Whatever is done in the form has one history: were its texts to take back their words by themselves, what was dropped between
 * them would come out of order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "dailies-model-picker.h"
#include "dailies-shot.h"
#include "dailies-window-private.h"

/* --- steps ------------------------------------------------------------------------------------ */

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
  guint variations = dailies_composer_get_variations (self->composer);
  gint64 id;

  if (self->shot == NULL || self->request == NULL)
    return;
  if (history != NULL)
    {
      dailies_request_history_note (history, self->request, variations);
      return;
    }
  id = dailies_shot_get_id (self->shot);
  g_hash_table_insert (self->histories,
                       g_memdup2 (&id, sizeof id),
                       dailies_request_history_new (self->request, variations));
}

void
dailies_window_reset_variations (DailiesWindow *self)
{
  DailiesRequestHistory *history = get_history (self);

  if (history != NULL)
    dailies_request_history_set_variations (history, 1);
  g_object_set (self->composer, "variations", 1, NULL);
}

/* Whether @now is @before and more, which begins behind a word. */
static gboolean
ends_word (const char *before,
           const char *now)
{
  gsize at = 0;

  while (before[at] != '\0' && before[at] == now[at])
    at++;
  return strlen (now) > strlen (before) && g_ascii_isspace (now[at]);
}

void
dailies_window_follow_words (DailiesWindow *self)
{
  const char *now = dailies_request_get_prompt (self->request);

  if (g_strcmp0 (self->words, now) == 0)
    return;
  if (self->words != NULL && ends_word (self->words, now))
    dailies_window_note_draft (self);
  g_free (self->words);
  self->words = g_strdup (now);
}

void
dailies_window_forget_steps (DailiesWindow *self)
{
  DailiesRequestHistory *history = get_history (self);
  gint64 id = self->shot != NULL ? dailies_shot_get_id (self->shot) : 0;

  if (history != NULL && !dailies_request_history_can_undo (history) && !dailies_request_history_can_redo (history))
    g_hash_table_remove (self->histories, &id);
}

/* --- the form --------------------------------------------------------------------------------- */

static gboolean
is_in_form (DailiesWindow *self,
            GtkWidget     *widget)
{
  /* The search of models lies there, too, and is not of the draft. */
  return widget != NULL && self->composer != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (self->composer)) &&
         gtk_widget_get_ancestor (widget, DAILIES_TYPE_MODEL_PICKER) == NULL;
}

static gboolean
is_text (GtkWidget *widget)
{
  return GTK_IS_TEXT_VIEW (widget) || GTK_IS_EDITABLE (widget);
}

/* Words that are typed elsewhere have nothing to do with the form, and nobody sees it behind a stage that fills the screen. */
static gboolean
is_for_form (DailiesWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean fullscreened = FALSE;

  if (self->stage != NULL)
    g_object_get (self->stage, "fullscreened", &fullscreened, NULL);
  return !fullscreened && self->request != NULL && get_history (self) != NULL &&
         (is_in_form (self, focus) || !is_text (focus));
}

typedef gboolean (*GoFunc) (DailiesRequestHistory *history,
                            DailiesRequest        *request,
                            guint                 *variations);

static gboolean
go (DailiesWindow *self,
    GoFunc         func)
{
  gboolean in_form, done;
  guint    variations;

  if (!is_for_form (self))
    return FALSE;
  dailies_window_save (self);
  in_form = is_in_form (self, gtk_window_get_focus (GTK_WINDOW (self)));
  /* What is half way there is no step. */
  g_signal_handler_block (self->request, self->request_changed);
  done = func (get_history (self), self->request, &variations);
  g_signal_handler_unblock (self->request, self->request_changed);
  if (!done)
    return FALSE;

  g_free (self->words);
  self->words = g_strdup (dailies_request_get_prompt (self->request));
  g_object_set (self->composer, "variations", variations, NULL);
  dailies_window_save_soon (self);
  /* What changes is to be seen. */
  dailies_window_set_pane_shown (self, self->composer_flap, TRUE);
  /* With another model the form is another one, and what had the focus is gone with the old one. */
  if (in_form && !is_in_form (self, gtk_window_get_focus (GTK_WINDOW (self))))
    gtk_widget_child_focus (GTK_WIDGET (self->composer), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* --- or what was deleted ---------------------------------------------------------------------- */

/* Nobody who takes back word after word of a prompt wants a shot of this morning to come and take its place. */
static gboolean
may_undelete (DailiesWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  DailiesRequestHistory *history = get_history (self);
  gboolean offered;

  if (dailies_window_get_deletion_time (self, &offered) == 0)
    return FALSE;
  if (offered || !is_text (focus))
    return TRUE;

  /* Among the steps of the form it has its turn; behind the last of them it is too long ago. */
  return is_in_form (self, focus) &&
         (history == NULL || dailies_request_history_can_undo (history) || !dailies_request_history_can_redo (history));
}

/* Whether something was deleted after the form was changed last. */
static gboolean
is_deletion_last (DailiesWindow *self)
{
  DailiesRequestHistory *history = get_history (self);

  if (!may_undelete (self))
    return FALSE;
  if (!is_for_form (self))
    return TRUE;

  dailies_window_save (self);
  return dailies_window_get_deletion_time (self, NULL) > dailies_request_history_get_time (history);
}

/* --- keys ------------------------------------------------------------------------------------- */

static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (is_deletion_last (self))
    return gtk_widget_activate_action (widget, "win.undelete", NULL);

  return go (self, dailies_request_history_undo);
}

static gboolean
redo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  return go (DAILIES_WINDOW (widget), dailies_request_history_redo);
}

/* Before a text of the form gets the key, which it would take for itself. @user_data: one of the two above */
static gboolean
before_text_cb (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   user_data)
{
  GtkShortcutFunc func = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  GtkWidget *number;

  if (!is_text (focus) || !is_in_form (DAILIES_WINDOW (widget), focus))
    return FALSE;
  /* Digits that are only typed are a step like any other. */
  number = gtk_widget_get_ancestor (focus, GTK_TYPE_SPIN_BUTTON);
  if (number != NULL)
    gtk_spin_button_update (GTK_SPIN_BUTTON (number));
  if (!func (widget, arguments, NULL))
    gtk_widget_error_bell (widget);
  return TRUE;
}

static const struct
{
  guint           keyval;
  GdkModifierType modifiers;
  GtkShortcutFunc func;
} keys[] = {
  { GDK_KEY_z, GDK_CONTROL_MASK, undo_cb },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, redo_cb },
  { GDK_KEY_y, GDK_CONTROL_MASK, redo_cb },
};

void
dailies_window_install_undo (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, keys[i].modifiers, keys[i].func, NULL);
}

void
dailies_window_watch_undo (DailiesWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                        gtk_callback_action_new (before_text_cb, keys[i].func, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
