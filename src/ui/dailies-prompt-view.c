/* dailies-prompt-view.c: the prompt, with what it mentions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dailies-drop-zone.h"
#include "dailies-mention-popup.h"
#include "dailies-prompt-text.h"

#define MIN_HEIGHT 96
#define MAX_HEIGHT 240

struct _DailiesPromptView
{
  GtkWidget       parent_instance;

  GtkWidget      *overlay;
  GtkTextView    *text;
  GtkTextBuffer  *buffer;
  GtkLabel       *placeholder;
  GtkWidget      *popup;
  DailiesRequest *request;
  gboolean        writing;   /* the buffer's text is being given to the request */
  gboolean        applying;  /* the request's text is being put into the buffer */
  gboolean        composing; /* an input method has text that is not in the buffer yet */
  gboolean        dismissed; /* Escape was pressed for the word at the cursor */
};

G_DEFINE_FINAL_TYPE (DailiesPromptView, dailies_prompt_view, GTK_TYPE_WIDGET)

enum
{
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_text (DailiesPromptView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/* --- from the request into the buffer --------------------------------------------------------- */

static void
replace_bytes (DailiesPromptView *self,
               const char        *old,
               gsize              start,
               gsize              end,
               const char        *text,
               gssize             length)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, g_utf8_strlen (old, start));
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, g_utf8_strlen (old, end));
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, text, length);
}

static gboolean
is_mention_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* The length of the mention, or of the text up to the next one, at @text. */
static gsize
token_length (const char *text)
{
  gsize length = 1;

  if (*text == '@')
    while (is_mention_byte (text[length]))
      length++;
  else
    while (text[length] != '\0' && text[length] != '@')
      length++;
  return length;
}

/* Where the two texts differ in nothing but the spelling of mentions, replaces those one by one, last first: the cursor, the
 * selection and undo see no more than that. */
static gboolean
respell (DailiesPromptView *self,
         const char        *old,
         const char        *text)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (gsize) * 4);
  const char *a = old;
  const char *b = text;

  while (*a != '\0' && *b != '\0')
    {
      gsize edit[4] = { a - old, token_length (a), b - text, token_length (b) };
      gboolean same = edit[1] == edit[3] && strncmp (a, b, edit[1]) == 0;

      if (!same && (*a != '@' || *b != '@'))
        return FALSE;
      if (!same)
        g_array_append_val (edits, edit);
      a += edit[1];
      b += edit[3];
    }
  if (*a != *b)
    return FALSE;
  for (guint i = edits->len; i > 0; i--)
    {
      const gsize *edit = (const gsize *) edits->data + (i - 1) * 4;

      replace_bytes (self, old, edit[0], edit[0] + edit[1], text + edit[2], edit[3]);
    }
  return TRUE;
}

static void
replace_difference (DailiesPromptView *self,
                    const char        *old,
                    const char        *text)
{
  gsize old_length = strlen (old);
  gsize length = strlen (text);
  gsize start = 0;
  gsize tail = 0;

  while (start < old_length && start < length && old[start] == text[start])
    start++;
  while (start > 0 && (old[start] & 0xc0) == 0x80)
    start--;
  while (tail < old_length - start && tail < length - start
         && old[old_length - 1 - tail] == text[length - 1 - tail])
    tail++;
  while (tail > 0 && (old[old_length - tail] & 0xc0) == 0x80)
    tail--;
  replace_bytes (self, old, start, old_length - tail, text + start, length - tail - start);
}

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
  gtk_text_buffer_begin_user_action (self->buffer);
  if (!respell (self, old, wanted))
    replace_difference (self, old, wanted);
  gtk_text_buffer_end_user_action (self->buffer);
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
}

/* --- completion ------------------------------------------------------------------------------- */

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

static void
hide_popup (DailiesPromptView *self)
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

static void
update_popup (DailiesPromptView *self)
{
  g_autoptr (GPtrArray) mentionables = NULL;
  g_autofree char *typed = NULL;
  GtkTextIter start, end;
  guint n;

  if (self->request == NULL || self->composing || !find_word (self, &start, &end))
    {
      self->dismissed = FALSE;
      hide_popup (self);
      return;
    }
  if (self->dismissed || !gtk_widget_has_focus (GTK_WIDGET (self->text)))
    {
      hide_popup (self);
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
      hide_popup (self);
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

  hide_popup (self);
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
      hide_popup (self);
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
      update_popup (self);
      return TRUE;
    }
  if (gtk_widget_get_visible (self->popup) && !control && !self->composing)
    return popup_key (self, key);
  return FALSE;
}

/* --- the buffer ------------------------------------------------------------------------------- */

static void
buffer_changed_cb (DailiesPromptView *self)
{
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
      update_popup (self);
    }
}

static void
cursor_moved_cb (DailiesPromptView *self)
{
  if (!self->applying && gtk_widget_get_visible (self->popup))
    update_popup (self);
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
    hide_popup (self);
}

/* --- drops ------------------------------------------------------------------------------------ */

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesPromptView *self = DAILIES_PROMPT_VIEW (gtk_widget_get_ancestor (
      widget, DAILIES_TYPE_PROMPT_VIEW));
  g_autofree char *spelling = NULL;

  /* Words that are dragged are for the text itself. */
  if (dragged == NULL)
    return kind != DAILIES_MEDIA_UNKNOWN;
  if (self->request != NULL)
    spelling = dailies_request_dup_spelling (self->request, dailies_dragged_get_object (dragged));
  return spelling != NULL;
}

static void
zone_lit (GtkWidget        *widget,
          gboolean          lit,
          DailiesMediaKind  kind)
{
  GtkWidget *self = gtk_widget_get_ancestor (widget, DAILIES_TYPE_PROMPT_VIEW);

  if (self != NULL)
    (lit ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self, "lit");
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  DailiesPromptView *self = DAILIES_PROMPT_VIEW (gtk_widget_get_ancestor (
      widget, DAILIES_TYPE_PROMPT_VIEW));

  if (drop->dragged != NULL && self->request != NULL)
    {
      g_autofree char *spelling = NULL;

      spelling = dailies_request_dup_spelling (self->request,
                                               dailies_dragged_get_object (drop->dragged));
      if (spelling != NULL)
        dailies_prompt_view_insert_mention (self, spelling);
    }
  else
    g_signal_emit (self, signals[DROPPED], 0, drop);
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

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
  signals[DROPPED] = g_signal_new ("dropped", DAILIES_TYPE_PROMPT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "promptview");
}

static void
build (DailiesPromptView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *placeholder = gtk_label_new ("");

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

  self->popup = dailies_mention_popup_new ();
  gtk_widget_set_parent (self->popup, GTK_WIDGET (self));
}

static void
dailies_prompt_view_init (DailiesPromptView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  build (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect (self->popup, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "end-user-action", G_CALLBACK (user_action_ended_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self->text, "preedit-changed", G_CALLBACK (preedit_cb), self);
  g_signal_connect_object (self->text, "notify::has-focus", G_CALLBACK (focus_cb), self,
                           G_CONNECT_SWAPPED);
  dailies_drop_zone_attach (GTK_WIDGET (self->text), &zone_funcs);
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
}

GtkTextView *
dailies_prompt_view_get_text_view (DailiesPromptView *self)
{
  g_return_val_if_fail (DAILIES_IS_PROMPT_VIEW (self), NULL);

  return self->text;
}
