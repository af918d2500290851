/* dailies-prompt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt.h"

/* Plain text, or a mention: then the item is kept even while it is not part of the form, so that it
 * is found again
 * when it comes back. */
typedef struct
{
  char    *text;
  GObject *target; /* nullable */
} Piece;

struct _DailiesPrompt
{
  GPtrArray *pieces;
  char      *text; /* all pieces in one */
};

static Piece *
piece_new (const char *text,
           gsize       length,
           GObject    *target)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->text = g_strndup (text, length);
  g_set_object (&piece->target, target);

  return piece;
}

static void
piece_free (Piece *piece)
{
  g_free (piece->text);
  g_clear_object (&piece->target);
  g_free (piece);
}

/* Adds @text, with everything in it that names an item as a mention. */
static void
add_parsed (GPtrArray      *pieces,
            const char     *text,
            gsize           length,
            DailiesSpeller *speller)
{
  g_autofree char *copy = g_strndup (text, length);
  gsize    from = 0, added = 0, start, end;
  GObject *target;

  while (dailies_speller_scan (speller, copy, from, &start, &end, &target))
    {
      from = end;
      if (target == NULL)
        continue;
      if (start > added)
        g_ptr_array_add (pieces, piece_new (copy + added, start - added, NULL));
      g_ptr_array_add (pieces, piece_new (copy + start, end - start, target));
      added = end;
    }

  if (length > added)
    g_ptr_array_add (pieces, piece_new (copy + added, length - added, NULL));
}

static void
join_text (DailiesPrompt *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    g_string_append (text, ((Piece *) g_ptr_array_index (self->pieces, i))->text);

  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
}

static gsize
measure_common_prefix (const char *a,
                       const char *b)
{
  gsize length = 0;

  while (a[length] != '\0' && a[length] == b[length])
    length++;

  return length;
}

static gsize
measure_common_suffix (const char *a,
                       gsize       a_length,
                       const char *b,
                       gsize       b_length,
                       gsize       prefix)
{
  gsize limit = MIN (a_length, b_length) - prefix;
  gsize length = 0;

  while (length < limit && a[a_length - length - 1] == b[b_length - length - 1])
    length++;

  return length;
}

DailiesPrompt *
dailies_prompt_new (void)
{
  DailiesPrompt *self = g_new0 (DailiesPrompt, 1);

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  self->text = g_strdup ("");

  return self;
}

void
dailies_prompt_free (DailiesPrompt *self)
{
  g_ptr_array_unref (self->pieces);
  g_free (self->text);
  g_free (self);
}

const char *
dailies_prompt_get_text (DailiesPrompt *self)
{
  return self->text;
}

void
dailies_prompt_set_text (DailiesPrompt  *self,
                         const char     *text,
                         DailiesSpeller *speller)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->pieces);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize old_length = strlen (self->text), length = strlen (valid);
  gsize prefix = measure_common_prefix (self->text, valid);
  gsize suffix = measure_common_suffix (self->text, old_length, valid, length, prefix);
  gsize offset = 0, added = 0;

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  for (guint i = 0; i < old->len; i++)
    {
      Piece *piece = g_ptr_array_index (old, i);
      gsize  end = offset + strlen (piece->text);
      gsize  start_now, end_now;

      if (end <= prefix)
        start_now = offset;
      else if (offset >= old_length - suffix)
        start_now = offset + length - old_length;
      else
        start_now = G_MAXSIZE;
      offset = end;

      if (piece->target == NULL || start_now == G_MAXSIZE || start_now < added)
        continue;

      /* "@Image1" with a 0 typed behind it is another mention. */
      end_now = start_now + strlen (piece->text);
      if (!dailies_speller_stands_alone (valid, start_now == added ? 0 : start_now, end_now))
        continue;

      add_parsed (self->pieces, valid + added, start_now - added, speller);
      g_ptr_array_add (self->pieces, piece_new (piece->text, strlen (piece->text), piece->target));
      added = end_now;
    }

  add_parsed (self->pieces, valid + added, length - added, speller);
  join_text (self);
  dailies_prompt_respell (self, speller);
}

gboolean
dailies_prompt_respell (DailiesPrompt  *self,
                        DailiesSpeller *speller)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->pieces);
  g_autofree char *before = g_strdup (self->text);

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  for (guint i = 0; i < old->len; i++)
    {
      Piece *piece = g_ptr_array_index (old, i);
      const char *spelling = piece->target != NULL ? dailies_speller_spell (speller, piece->target,
                                                                            piece->text)
                                                   : NULL;

      if (piece->target == NULL)
        add_parsed (self->pieces, piece->text, strlen (piece->text), speller);
      else if (spelling != NULL)
        g_ptr_array_add (self->pieces, piece_new (spelling, strlen (spelling), piece->target));
      else
        g_ptr_array_add (self->pieces,
                         piece_new (piece->text, strlen (piece->text), piece->target));
    }
  join_text (self);

  /* Newly bound ones may be spelt in another model's way. */
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);
      const char *spelling = piece->target != NULL ? dailies_speller_spell (speller, piece->target,
                                                                            piece->text)
                                                   : NULL;

      if (spelling != NULL && !g_str_equal (spelling, piece->text))
        {
          g_free (piece->text);
          piece->text = g_strdup (spelling);
        }
    }
  join_text (self);

  return !g_str_equal (before, self->text);
}

void
dailies_prompt_replace_target (DailiesPrompt *self,
                               gpointer       old_target,
                               gpointer       new_target)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->target != NULL && piece->target == old_target)
        g_set_object (&piece->target, new_target);
    }
}

void
dailies_prompt_adopt (DailiesPrompt  *self,
                      DailiesSpeller *speller,
                      gpointer        target)
{
  const char *spelling = dailies_speller_spell (speller, target, NULL);

  for (guint i = 0; spelling != NULL && i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->target != NULL && g_str_equal (piece->text, spelling) &&
          dailies_speller_spell (speller, piece->target, NULL) == NULL)
        g_set_object (&piece->target, target);
    }
}

void
dailies_prompt_remove (DailiesPrompt *self,
                       gsize          start,
                       gsize          end)
{
  gsize offset = 0;

  if (start > 0 && self->text[start - 1] == ' ' &&
      (self->text[end] == ' ' || self->text[end] == '\0'))
    start--;
  else if (start == 0 && self->text[end] == ' ')
    end++;

  for (guint i = 0; i < self->pieces->len;)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);
      gsize  length = strlen (piece->text);
      gsize  from = CLAMP (start, offset, offset + length) - offset;
      gsize  to = CLAMP (end, offset, offset + length) - offset;

      offset += length;
      memmove (piece->text + from, piece->text + to, length - to + 1);
      if (piece->text[0] == '\0')
        g_ptr_array_remove_index (self->pieces, i);
      else
        i++;
    }
  join_text (self);
}

GArray *
dailies_prompt_dup_mentions (DailiesPrompt  *self,
                             DailiesSpeller *speller)
{
  GArray *mentions = g_array_new (FALSE, FALSE, sizeof (DailiesMention));
  gsize   offset = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);
      gsize  from = 0, start, end;

      if (piece->target != NULL)
        {
          gboolean       known = dailies_speller_spell (speller, piece->target, NULL) != NULL;
          DailiesMention mention = { offset, offset + strlen (piece->text),
                                     known ? piece->target : NULL };

          g_array_append_val (mentions, mention);
        }
      else
        {
          GObject *target;

          while (dailies_speller_scan (speller, piece->text, from, &start, &end, &target))
            {
              DailiesMention mention = { offset + start, offset + end, NULL };

              g_array_append_val (mentions, mention);
              from = end;
            }
        }
      offset += strlen (piece->text);
    }

  return mentions;
}

void
dailies_prompt_foreach (DailiesPrompt   *self,
                        DailiesPieceFunc func,
                        gpointer         user_data)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);

      func (piece->text, piece->target, user_data);
    }
}

void
dailies_prompt_append (DailiesPrompt *self,
                       const char    *text,
                       GObject       *target)
{
  g_ptr_array_add (self->pieces, piece_new (text, strlen (text), target));
  join_text (self);
}
