/* dailies-prompt-edit.c: brings a text buffer to a new text with as small a change as can be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-edit.h"

#include <string.h>

static void
replace_bytes (GtkTextBuffer *buffer,
               const char    *old,
               gsize          start,
               gsize          end,
               const char    *text,
               gssize         length)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, g_utf8_strlen (old, start));
  gtk_text_buffer_get_iter_at_offset (buffer, &to, g_utf8_strlen (old, end));
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_insert (buffer, &from, text, length);
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
respell (GtkTextBuffer *buffer,
         const char    *old,
         const char    *text)
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

      replace_bytes (buffer, old, edit[0], edit[0] + edit[1], text + edit[2], edit[3]);
    }
  return TRUE;
}

static void
replace_difference (GtkTextBuffer *buffer,
                    const char    *old,
                    const char    *text)
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
  replace_bytes (buffer, old, start, old_length - tail, text + start, length - tail - start);
}

void
dailies_prompt_edit_apply (GtkTextBuffer *buffer,
                           const char    *old,
                           const char    *wanted)
{
  gtk_text_buffer_begin_user_action (buffer);
  if (!respell (buffer, old, wanted))
    replace_difference (buffer, old, wanted);
  gtk_text_buffer_end_user_action (buffer);
}
