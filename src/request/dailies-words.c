/* dailies-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-words.h"

#include <string.h>

/* Cells of the table: 8 MB, some milliseconds. Two prompts of 2000 signs without any space fit. */
#define MAX_CELLS (4 * 1000 * 1000)

/* --- splitting -------------------------------------------------------------------------------- */

/* Scripts in which no space tells where a word ends: each letter counts for itself. */
static gboolean
is_unspaced (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What belongs to the sign before it: accents, vowel signs, joiners, variation selectors, skin tones. */
static gboolean
is_attached (gunichar c)
{
  return g_unichar_ismark (c) || c == 0x0e33 || c == 0x0eb3 || c == 0x200c || c == 0x200d ||
         (c >= 0x1f3fb && c <= 0x1f3ff);
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_';
}

static const char *
skip_attached (const char *p)
{
  while (is_attached (g_utf8_get_char (p)))
    {
      gboolean joins = g_utf8_get_char (p) == 0x200d;

      p = g_utf8_next_char (p);
      /* A joiner makes one sign of the two beside it. */
      if (joins && *p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    }

  return p;
}

/* An apostrophe, a hyphen or a point between two letters does not end a word: "don't", "push-in", "4.5". */
static gboolean
is_bridge (const char *p)
{
  gunichar c = g_utf8_get_char (p);
  gunichar next = *p != '\0' ? g_utf8_get_char (g_utf8_next_char (p)) : 0;

  if (c == '\'' || c == 0x2019)
    return g_unichar_isalpha (next);
  if (c == '-' || c == 0x2010 || c == 0x2011)
    return is_letter (next) && is_letter (g_utf8_get_char (g_utf8_prev_char (p)));
  if (c == '.' || c == ',' || c == ':')
    return g_unichar_isdigit (next) && g_unichar_isdigit (g_utf8_get_char (g_utf8_prev_char (p)));

  return FALSE;
}

static const char *
find_end (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  p = skip_attached (g_utf8_next_char (p));
  if (!is_letter (c) || is_unspaced (c))
    return p;

  while (*p != '\0')
    {
      c = g_utf8_get_char (p);
      if (is_bridge (p))
        p = g_utf8_next_char (p);
      else if (is_letter (c) && !is_unspaced (c))
        p = skip_attached (g_utf8_next_char (p));
      else
        break;
    }

  return p;
}

static void
clear_word (gpointer data)
{
  g_free (((DailiesWord *) data)->key);
}

GArray *
dailies_words_split (const char *text)
{
  GArray     *words = g_array_new (FALSE, FALSE, sizeof (DailiesWord));
  const char *p = text != NULL ? text : "";
  gboolean    space = FALSE;
  gboolean    after_letter = FALSE;

  g_array_set_clear_func (words, clear_word);
  while (*p != '\0')
    {
      const char      *start = p;
      gunichar         c = g_utf8_get_char (p);
      DailiesWord      word = { 0 };
      g_autofree char *piece = NULL;

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          p = g_utf8_next_char (p);
          space = TRUE;
          after_letter = FALSE;
          continue;
        }

      word.mention = c == '@' && !after_letter && is_letter (g_utf8_get_char (p + 1));
      p = word.mention ? find_end (p + 1) : find_end (p);
      word.start = start - text;
      word.end = p - text;
      word.space = space;
      word.sound = word.mention || is_letter (c);
      piece = g_strndup (start, p - start);
      word.key = g_utf8_normalize (piece, -1, G_NORMALIZE_DEFAULT_COMPOSE);
      if (word.key == NULL)
        word.key = g_steal_pointer (&piece);
      g_array_append_val (words, word);

      space = FALSE;
      after_letter = is_letter (c) && !is_unspaced (c);
    }

  return words;
}

/* --- comparing -------------------------------------------------------------------------------- */

static const DailiesWord *
word_at (GArray *words,
         guint   index)
{
  return &g_array_index (words, DailiesWord, index);
}

/* Numbers are quicker to compare than words. */
static guint *
number_words (GArray     *words,
              GHashTable *numbers)
{
  guint *ids = g_new (guint, MAX (1, words->len));

  for (guint i = 0; i < words->len; i++)
    {
      gpointer id = g_hash_table_lookup (numbers, word_at (words, i)->key);

      if (id == NULL)
        {
          id = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, word_at (words, i)->key, id);
        }
      ids[i] = GPOINTER_TO_UINT (id);
    }

  return ids;
}

/* table[i][j]: how many words a[i …] and b[j …] have in common. */
static void
match_middle (const guint *a,
              guint        n_a,
              const guint *b,
              guint        n_b,
              gboolean    *kept_a,
              gboolean    *kept_b)
{
  g_autofree guint16 *table = NULL;
  gsize               row = (gsize) n_b + 1;
  guint               i = 0, j = 0;

  if (n_a == 0 || n_b == 0 || n_a >= G_MAXUINT16 || n_b >= G_MAXUINT16 ||
      (guint64) n_a * n_b > MAX_CELLS)
    return;

  table = g_new0 (guint16, ((gsize) n_a + 1) * row);
  for (guint x = n_a; x-- > 0;)
    for (guint y = n_b; y-- > 0;)
      table[x * row + y] = a[x] == b[y] ? table[(x + 1) * row + y + 1] + 1
                                        : MAX (table[(x + 1) * row + y], table[x * row + y + 1]);

  while (i < n_a && j < n_b)
    {
      if (a[i] == b[j])
        kept_a[i++] = kept_b[j++] = TRUE;
      else if (table[(i + 1) * row + j] >= table[i * row + j + 1])
        i++;
      else
        j++;
    }
}

/* The index of the first word from @i on that is not kept, and whether nothing before it would be missed. */
static guint
skip_silent (GArray   *words,
             gboolean *kept,
             guint     i,
             gboolean *silent)
{
  *silent = TRUE;
  for (; i < words->len && kept[i]; i++)
    *silent &= !word_at (words, i)->sound;

  return i;
}

/* Whether exactly @n kept words follow from @j on, and then a changed one. */
static gboolean
is_run (GArray   *words,
        gboolean *kept,
        guint     j,
        guint     n)
{
  if (j + n >= words->len || kept[j + n])
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!kept[j + i])
      return FALSE;

  return TRUE;
}

/* "red, wet" against "blue, dry" is one change and not two with a comma between them. */
static void
join_changes (GArray   *a,
              GArray   *b,
              gboolean *kept_a,
              gboolean *kept_b)
{
  guint i = 0, j = 0;

  while (i < a->len && j < b->len)
    {
      gboolean silent;
      guint    from_i, from_j, to_i;

      while (i < a->len && kept_a[i] && j < b->len && kept_b[j])
        i++, j++;
      from_i = i;
      from_j = j;
      while (i < a->len && !kept_a[i])
        i++;
      while (j < b->len && !kept_b[j])
        j++;
      if (i == from_i || j == from_j)
        continue;

      /* Both sides changed here: does a change of both follow behind nothing but marks? */
      to_i = skip_silent (a, kept_a, i, &silent);
      if (!silent || to_i == a->len || to_i == i)
        continue;
      if (!is_run (b, kept_b, j, to_i - i))
        continue;
      for (; i < to_i; i++, j++)
        kept_a[i] = kept_b[j] = FALSE;
    }
}

void
dailies_words_match (GArray   *a,
                     GArray   *b,
                     gboolean *kept_a,
                     gboolean *kept_b)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *ids_a = number_words (a, numbers);
  g_autofree guint *ids_b = number_words (b, numbers);
  guint             begin = 0, end = 0;

  memset (kept_a, 0, a->len * sizeof (gboolean));
  memset (kept_b, 0, b->len * sizeof (gboolean));

  while (begin < a->len && begin < b->len && ids_a[begin] == ids_b[begin])
    {
      kept_a[begin] = kept_b[begin] = TRUE;
      begin++;
    }
  while (end < a->len - begin && end < b->len - begin &&
         ids_a[a->len - 1 - end] == ids_b[b->len - 1 - end])
    {
      kept_a[a->len - 1 - end] = kept_b[b->len - 1 - end] = TRUE;
      end++;
    }

  match_middle (ids_a + begin, a->len - begin - end, ids_b + begin, b->len - begin - end,
                kept_a + begin, kept_b + begin);
  join_changes (a, b, kept_a, kept_b);
}
