/* dailies-prompt-view.c: the prompt, with what it mentions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-view-private.h"

#include "dailies-prompt-edit.h"
#include "dailies-prompt-text.h"

#define MIN_HEIGHT 96
#define MAX_HEIGHT 240

G_DEFINE_FINAL_TYPE (DailiesPromptView, dailies_prompt_view, GTK_TYPE_WIDGET)

static char *
dup_text (DailiesPromptView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/* --- from the request into the buffer --------------------------------------------------------- */

static void
apply (DailiesPromptView *self)
{
  const char *prompt = self->request != NULL ? dailies_request_get_prompt (self->request) : NULL;
  g_autofree char *wanted = g_strdup (prompt != NULL ? prompt : "");
  g_autofree char *old = dup_text (self);

  /* What an input method composes hangs at the cursor: wait until it is done. */
  if (self->composing || g_str_equal (wanted, old))
    return;
  self->applying = TRUE;
  dailies_prompt_edit_apply (self->buffer, old, wanted);
  self->applying = FALSE;
}

void
dailies_prompt_view_refresh (DailiesPromptView *self)
{
  g_autoptr (GArray) chips = g_array_new (FALSE, FALSE, sizeof (DailiesChip));
  g_autoptr (GArray) mentions = NULL;
  const char *prompt;
  GtkTextIter start, end;

  g_return_if_fail (DAILIES_IS_PROMPT_VIEW (self));

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder),
                          !self->composing && gtk_text_iter_equal (&start, &end));
  if (self->request == NULL || self->composing)
    return;
  prompt = dailies_request_get_prompt (self->request);
  mentions = dailies_request_dup_mentions (self->request);
  for (guint i = 0; prompt != NULL && i < mentions->len; i++)
    {
      const DailiesMention *mention = &g_array_index (mentions, DailiesMention, i);
      DailiesChip chip;

      chip.start = g_utf8_strlen (prompt, mention->start);
      chip.end = g_utf8_strlen (prompt, mention->end);
      chip.bound = mention->target != NULL;
      g_array_append_val (chips, chip);
    }
  dailies_prompt_text_set_chips (DAILIES_PROMPT_TEXT (self->text), chips);
}

static void
prompt_changed_cb (DailiesPromptView *self)
{
  if (!self->writing)
    apply (self);
  dailies_prompt_view_refresh (self);
  if (!self->writing && gtk_widget_get_visible (self->popup))
    dailies_prompt_view_update_completion (self);
}

/* --- the buffer ------------------------------------------------------------------------------- */

/* The space that came with a mention makes room for a word; a comma that follows wants none, and a space that is typed out of
 * habit takes its place. */
static void
inserting_cb (GtkTextBuffer     *buffer,
              GtkTextIter       *at,
              const char        *text,
              int                length,
              DailiesPromptView *self)
{
  GtkTextIter space;
  gunichar c = g_utf8_get_char (text);

  if (self->applying || self->own_space < 0 || gtk_text_iter_get_offset (at) != self->own_space + 1
      || g_utf8_strlen (text, length) != 1 || g_utf8_strchr (" ,.;:!?)]}…’”»、。", -1, c) == NULL)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &space, self->own_space);
  gtk_text_buffer_delete (buffer, &space, at);
  *at = space;
}

static void
buffer_changed_cb (DailiesPromptView *self)
{
  self->own_space = -1;
  if (!self->applying && self->request != NULL)
    {
      g_autofree char *text = dup_text (self);

      self->writing = TRUE;
      dailies_request_set_prompt (self->request, text);
      self->writing = FALSE;
    }
  dailies_prompt_view_refresh (self);
}

/* After the edit that is going on, whatever it was: the request may spell it otherwise. */
static void
user_action_ended_cb (DailiesPromptView *self)
{
  if (!self->applying && !self->writing)
    {
      apply (self);
      dailies_prompt_view_refresh (self);
      dailies_prompt_view_update_completion (self);
    }
}

static void
cursor_moved_cb (DailiesPromptView *self)
{
  if (!self->applying && gtk_widget_get_visible (self->popup))
    dailies_prompt_view_update_completion (self);
}

static void
preedit_cb (GtkTextView       *text,
            const char        *preedit,
            DailiesPromptView *self)
{
  self->composing = preedit != NULL && *preedit != '\0';
  if (!self->composing)
    apply (self);
  dailies_prompt_view_refresh (self);
}

static void
focus_cb (DailiesPromptView *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self->text)))
    dailies_prompt_view_hide_completion (self);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
dailies_prompt_view_dispose (GObject *object)
{
  DailiesPromptView *self = DAILIES_PROMPT_VIEW (object);

  dailies_prompt_view_set_request (self, NULL);
  g_clear_pointer (&self->popup, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (dailies_prompt_view_parent_class)->dispose (object);
}

static gboolean
dailies_prompt_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DAILIES_PROMPT_VIEW (widget)->text));
}

static void
dailies_prompt_view_class_init (DailiesPromptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_prompt_view_dispose;
  widget_class->grab_focus = dailies_prompt_view_grab_focus;
  g_signal_new ("dropped", DAILIES_TYPE_PROMPT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "promptview");
}

static void
build (DailiesPromptView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *placeholder = gtk_label_new ("");

  self->own_space = -1;
  self->text = GTK_TEXT_VIEW (dailies_prompt_text_new ());
  self->buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_text_view_set_top_margin (self->text, 12);
  gtk_text_view_set_bottom_margin (self->text, 12);

  self->placeholder = GTK_LABEL (placeholder);
  gtk_label_set_wrap (self->placeholder, TRUE);
  gtk_label_set_xalign (self->placeholder, 0);
  gtk_widget_set_valign (placeholder, GTK_ALIGN_START);
  gtk_widget_set_can_target (placeholder, FALSE);
  gtk_widget_add_css_class (placeholder, "placeholder");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->text));
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), placeholder);
  gtk_widget_set_overflow (self->overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

static void
dailies_prompt_view_init (DailiesPromptView *self)
{
  build (self);
  dailies_prompt_view_add_completion (self);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (inserting_cb), self, 0);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "end-user-action", G_CALLBACK (user_action_ended_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self->text, "preedit-changed", G_CALLBACK (preedit_cb), self);
  g_signal_connect_object (self->text, "notify::has-focus", G_CALLBACK (focus_cb), self,
                           G_CONNECT_SWAPPED);
  dailies_prompt_view_add_drops (self);
}

GtkWidget *
dailies_prompt_view_new (void)
{
  return g_object_new (DAILIES_TYPE_PROMPT_VIEW, NULL);
}

void
dailies_prompt_view_set_request (DailiesPromptView *self,
                                 DailiesRequest    *request)
{
  const char *prompt;

  g_return_if_fail (DAILIES_IS_PROMPT_VIEW (self));

  if (self->request == request)
    return;
  if (self->request != NULL)
    g_signal_handlers_disconnect_by_data (self->request, self);
  g_set_object (&self->request, request);
  if (request == NULL)
    return;
  g_signal_connect_object (request, "notify::prompt", G_CALLBACK (prompt_changed_cb), self,
                           G_CONNECT_SWAPPED);
  prompt = dailies_request_get_prompt (request);
  self->applying = TRUE;
  /* Another request's words are nothing to undo to. */
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, prompt != NULL ? prompt : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->applying = FALSE;
  dailies_prompt_view_refresh (self);
}

void
dailies_prompt_view_set_placeholder (DailiesPromptView *self,
                                     const char        *text)
{
  g_return_if_fail (DAILIES_IS_PROMPT_VIEW (self));

  gtk_label_set_label (self->placeholder, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, text, -1);
}

void
dailies_prompt_view_set_title (DailiesPromptView *self,
                               const char        *title)
{
  g_return_if_fail (DAILIES_IS_PROMPT_VIEW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

void
dailies_prompt_view_insert_mention (DailiesPromptView *self,
                                    const char        *spelling)
{
  GtkTextIter cursor, before;
  g_autofree char *text = NULL;
  gboolean space_before, space_after;

  g_return_if_fail (DAILIES_IS_PROMPT_VIEW (self));

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  before = cursor;
  space_before = gtk_text_iter_backward_char (&before)
                 && (g_unichar_isalnum (gtk_text_iter_get_char (&before))
                     || gtk_text_iter_get_char (&before) == '@');
  space_after = gtk_text_iter_is_end (&cursor)
                || g_unichar_isalnum (gtk_text_iter_get_char (&cursor));
  text = g_strconcat (space_before ? " " : "", spelling, space_after ? " " : "", NULL);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_insert (self->buffer, &cursor, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  if (space_after)
    {
      gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
      self->own_space = gtk_text_iter_get_offset (&cursor) - 1;
    }
}

GtkTextView *
dailies_prompt_view_get_text_view (DailiesPromptView *self)
{
  g_return_val_if_fail (DAILIES_IS_PROMPT_VIEW (self), NULL);

  return self->text;
}
