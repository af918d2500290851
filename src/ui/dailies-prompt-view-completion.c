/* dailies-prompt-view-completion.c: the popup that completes a mention, and its keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-view-private.h"

#include "dailies-mention-popup.h"

/* Finds the @ of the word the cursor stands behind; FALSE where there is none. */
static gboolean
find_word (DailiesPromptView *self,
           GtkTextIter       *start,
           GtkTextIter       *end)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, end, gtk_text_buffer_get_insert (self->buffer));
  *start = *end;
  while (gtk_text_iter_backward_char (start))
    {
      gunichar c = gtk_text_iter_get_char (start);

      if (c == '@')
        {
          GtkTextIter before = *start;

          /* An address, "me@example.org", is no mention. */
          return !gtk_text_iter_backward_char (&before)
                 || !g_unichar_isalnum (gtk_text_iter_get_char (&before));
        }
      if (!g_unichar_isalnum (c) && c != '_' && c != '.' && c != '-')
        return FALSE;
    }
  return FALSE;
}

void
dailies_prompt_view_hide_completion (DailiesPromptView *self)
{
  gtk_widget_set_visible (self->popup, FALSE);
}

static void
point_popup (DailiesPromptView *self,
             const GtkTextIter *at)
{
  GdkRectangle place;
  double x, y;

  gtk_text_view_get_iter_location (self->text, at, &place);
  gtk_text_view_buffer_to_window_coords (self->text, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->text), GTK_WIDGET (self), place.x, place.y,
                                    &x, &y);
  place.x = x;
  place.y = y;
  place.width = 1;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popup), &place);
}

void
dailies_prompt_view_update_completion (DailiesPromptView *self)
{
  g_autoptr (GPtrArray) mentionables = NULL;
  g_autofree char *typed = NULL;
  GtkTextIter start, end;
  guint n;

  if (self->request == NULL || self->composing || !find_word (self, &start, &end))
    {
      self->dismissed = FALSE;
      dailies_prompt_view_hide_completion (self);
      return;
    }
  if (self->dismissed || !gtk_widget_has_focus (GTK_WIDGET (self->text)))
    {
      dailies_prompt_view_hide_completion (self);
      return;
    }
  mentionables = dailies_request_dup_mentionables (self->request);
  typed = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  n = dailies_mention_popup_filter (DAILIES_MENTION_POPUP (self->popup), mentionables, typed + 1);
  /* Written out in full: nothing is left to choose. */
  if (n == 0
      || (n == 1 && g_strcmp0 (dailies_mention_popup_get_selected (
                                   DAILIES_MENTION_POPUP (self->popup)), typed) == 0))
    {
      dailies_prompt_view_hide_completion (self);
      return;
    }
  point_popup (self, &start);
  if (!gtk_widget_get_visible (self->popup))
    gtk_popover_popup (GTK_POPOVER (self->popup));
}

static void
complete (DailiesPromptView *self,
          const char        *chosen)
{
  g_autofree char *spelling = g_strdup (chosen);
  GtkTextIter start, end;

  dailies_prompt_view_hide_completion (self);
  if (spelling == NULL || !find_word (self, &start, &end))
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  dailies_prompt_view_insert_mention (self, spelling);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
chosen_cb (DailiesMentionPopup *popup,
           const char          *spelling,
           DailiesPromptView   *self)
{
  complete (self, spelling);
}

static gboolean
popup_key (DailiesPromptView *self,
           guint              key)
{
  DailiesMentionPopup *popup = DAILIES_MENTION_POPUP (self->popup);

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      dailies_mention_popup_move (popup, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      dailies_mention_popup_move (popup, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
      complete (self, dailies_mention_popup_get_selected (popup));
      return TRUE;
    case GDK_KEY_Escape:
      self->dismissed = TRUE;
      dailies_prompt_view_hide_completion (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                DailiesPromptView     *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (control && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.generate", NULL);
      return TRUE;
    }
  if (control && key == GDK_KEY_space)
    {
      self->dismissed = FALSE;
      dailies_prompt_view_update_completion (self);
      return TRUE;
    }
  if (gtk_widget_get_visible (self->popup) && !control && !self->composing)
    return popup_key (self, key);
  return FALSE;
}

void
dailies_prompt_view_add_completion (DailiesPromptView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->popup = dailies_mention_popup_new ();
  gtk_widget_set_parent (self->popup, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect (self->popup, "chosen", G_CALLBACK (chosen_cb), self);
}
