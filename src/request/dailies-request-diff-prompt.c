/* dailies-request-diff-prompt.c: prompts word by word
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-diff-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-words.h"

/* Words that stay beside a change, so that it can be placed; and how many are worth an ellipsis. */
#define CONTEXT 6
#define MIN_HIDDEN 4

/* Words a to a_end of the one text became words b to b_end of the other; either may be none. */
typedef struct
{
  guint a, a_end;
  guint b, b_end;
} Hunk;

typedef struct
{
  const char      *text;
  GArray          *words;
  DailiesDiffMark *marks; /* one a word */
  gboolean        *near;  /* near a change: shown */
} Prompt;

static const DailiesWord *
word_at (GArray *words,
         guint   index)
{
  return &g_array_index (words, DailiesWord, index);
}

/* Returns: (transfer full) (element-type Hunk) */
static GArray *
list_hunks (GArray *a,
            GArray *b)
{
  GArray              *hunks = g_array_new (FALSE, FALSE, sizeof (Hunk));
  g_autofree gboolean *kept_a = g_new (gboolean, a->len + 1);
  g_autofree gboolean *kept_b = g_new (gboolean, b->len + 1);
  Hunk                 hunk = { 0 };

  dailies_words_match (a, b, kept_a, kept_b);
  while (hunk.a < a->len || hunk.b < b->len)
    {
      hunk.a_end = hunk.a;
      hunk.b_end = hunk.b;
      while (hunk.a_end < a->len && !kept_a[hunk.a_end])
        hunk.a_end++;
      while (hunk.b_end < b->len && !kept_b[hunk.b_end])
        hunk.b_end++;
      if (hunk.a_end > hunk.a || hunk.b_end > hunk.b)
        g_array_append_val (hunks, hunk);
      /* What is kept comes in pairs. */
      hunk.a = MIN (hunk.a_end + 1, a->len);
      hunk.b = MIN (hunk.b_end + 1, b->len);
    }

  return hunks;
}

static void
mark_words (Prompt          *prompt,
            guint            from,
            guint            to,
            DailiesDiffMark  mark)
{
  for (guint i = from; i < to; i++)
    prompt->marks[i] = mark;
  for (guint i = from > CONTEXT ? from - CONTEXT : 0; i < MIN (to + CONTEXT, prompt->words->len); i++)
    prompt->near[i] = TRUE;
}

/* An ellipsis for two or three words would save nothing. */
static void
show_short_stretches (Prompt *prompt)
{
  guint n = prompt->words->len;

  for (guint i = 0, end; i < n; i = end + 1)
    {
      for (end = i; end < n && !prompt->near[end]; end++)
        continue;
      for (; end - i < MIN_HIDDEN && i < end; i++)
        prompt->near[i] = TRUE;
    }
}

/* Adds words @from to @to as runs, one for each stretch of the same kind. */
static void
add_words (GPtrArray       *runs,
           Prompt          *prompt,
           guint            from,
           guint            to,
           DailiesDiffMark  mark,
           gboolean         begins)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = from, end; i < to; i = end)
    {
      const DailiesWord *first = word_at (prompt->words, i);
      DailiesDiffRun    *run;

      g_string_truncate (text, 0);
      for (end = i; end < to && word_at (prompt->words, end)->mention == first->mention; end++)
        {
          const DailiesWord *word = word_at (prompt->words, end);

          if (end > i && word->mention)
            break;
          if (end > i && word->space)
            g_string_append_c (text, ' ');
          g_string_append_len (text, prompt->text + word->start, word->end - word->start);
        }

      run = dailies_request_diff_add (runs, DAILIES_DIFF_PROMPT, mark, NULL, text->str);
      run->begins = begins && i == from;
      run->space = first->space;
      run->mention = first->mention;
    }
}

static void
add_prompt (GPtrArray *runs,
            Prompt    *prompt)
{
  guint    n = prompt->words->len;
  gboolean begins = TRUE;

  show_short_stretches (prompt);
  for (guint i = 0, end; i < n; i = end)
    {
      for (end = i; end < n && prompt->near[end] == prompt->near[i] &&
                    (!prompt->near[i] || prompt->marks[end] == prompt->marks[i]);
           end++)
        continue;

      if (prompt->near[i])
        add_words (runs, prompt, i, end, prompt->marks[i], begins);
      else
        {
          DailiesDiffRun *run = dailies_request_diff_add (runs, DAILIES_DIFF_PROMPT,
                                                          DAILIES_DIFF_GAP, NULL, "…");

          run->begins = begins;
          run->space = word_at (prompt->words, i)->space;
        }
      begins = FALSE;
    }
}

/* One word before the change tells where it is. */
static void
add_joint (GPtrArray  *runs,
           Prompt     *a,
           Prompt     *b,
           const Hunk *hunk)
{
  gboolean begins = TRUE;
  guint    n;

  if (hunk->a > 0 && word_at (a->words, hunk->a - 1)->sound)
    {
      add_words (runs, a, hunk->a - 1, hunk->a, DAILIES_DIFF_KEPT, TRUE);
      begins = FALSE;
    }
  add_words (runs, a, hunk->a, hunk->a_end, DAILIES_DIFF_REMOVED, begins);
  if (hunk->b_end == hunk->b)
    return;

  if (hunk->a_end > hunk->a)
    dailies_request_diff_add_arrow (runs, DAILIES_DIFF_PROMPT);
  n = runs->len;
  add_words (runs, b, hunk->b, hunk->b_end, DAILIES_DIFF_ADDED, begins && hunk->a_end == hunk->a);
  if (hunk->a_end > hunk->a)
    ((DailiesDiffRun *) g_ptr_array_index (runs, n))->space = TRUE;
}

static char *
dup_words (Prompt *prompt,
           guint   from,
           guint   to)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      const DailiesWord *word = word_at (prompt->words, i);

      if (i > from && word->space)
        g_string_append_c (text, ' ');
      g_string_append_len (text, prompt->text + word->start, word->end - word->start);
    }

  return g_string_free (text, FALSE);
}

static void
tell_hunk (GString    *line,
           const char *here,
           const char *there)
{
  if (line->len > 0)
    g_string_append (line, _ ("; "));
  if (*here != '\0' && *there != '\0')
    /* Translators: words of a prompt */
    g_string_append_printf (line, _ ("“%s” instead of “%s”"), here, there);
  else if (*here != '\0')
    g_string_append_printf (line, _ ("with “%s”"), here);
  else
    g_string_append_printf (line, _ ("without “%s”"), there);
}

static void
tell_hunks (DailiesRequestDiff *self,
            guint               side,
            Prompt             *a,
            Prompt             *b,
            GArray             *hunks)
{
  g_autoptr (GString) forth = g_string_new (NULL);
  g_autoptr (GString) back = g_string_new (NULL);

  for (guint i = 0; i < hunks->len; i++)
    {
      const Hunk      *hunk = &g_array_index (hunks, Hunk, i);
      g_autofree char *was = dup_words (a, hunk->a, hunk->a_end);
      g_autofree char *is = dup_words (b, hunk->b, hunk->b_end);

      tell_hunk (forth, is, was);
      tell_hunk (back, was, is);
    }

  dailies_request_diff_take_lines (self, side,
                                   g_strdup_printf (_ ("Prompt: %s"), forth->str),
                                   g_strdup_printf (_ ("Prompt: %s"), back->str));
}

static void
prompt_init (Prompt     *prompt,
             const char *text)
{
  prompt->text = text;
  prompt->words = dailies_words_split (text);
  prompt->marks = g_new0 (DailiesDiffMark, prompt->words->len + 1);
  prompt->near = g_new0 (gboolean, prompt->words->len + 1);
}

static void
prompt_clear (Prompt *prompt)
{
  g_array_unref (prompt->words);
  g_free (prompt->marks);
  g_free (prompt->near);
}

void
dailies_request_diff_compare_prompts (DailiesRequestDiff *self)
{
  DailiesDiffPart *first = &self->parts[self->first];
  gboolean         differs = FALSE;
  Prompt           a;

  if (first->draft->prompt == NULL)
    return;

  prompt_init (&a, first->draft->prompt);
  for (guint side = 0; side < self->n_sides; side++)
    {
      DailiesDiffPart   *part = &self->parts[side];
      g_autoptr (GArray) hunks = NULL;
      Prompt             b;

      if (!dailies_request_diff_is_other (self, side) || part->draft->prompt == NULL)
        continue;

      prompt_init (&b, part->draft->prompt);
      hunks = list_hunks (a.words, b.words);
      for (guint i = 0; i < hunks->len; i++)
        {
          const Hunk *hunk = &g_array_index (hunks, Hunk, i);

          mark_words (&a, hunk->a, hunk->a_end, DAILIES_DIFF_REMOVED);
          mark_words (&b, hunk->b, hunk->b_end, DAILIES_DIFF_ADDED);
          add_joint (part->joint, &a, &b, hunk);
        }
      if (hunks->len > 0)
        {
          differs = TRUE;
          add_prompt (part->runs, &b);
          tell_hunks (self, side, &a, &b, hunks);
        }
      prompt_clear (&b);
    }

  if (differs)
    add_prompt (first->runs, &a);
  prompt_clear (&a);
}
