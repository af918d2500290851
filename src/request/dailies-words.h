/* dailies-words.h: a text as words, and which of them two texts have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesWord: a word, a mention, or one punctuation mark; where a script writes without spaces, one letter
 * @start: byte offset in the text
 * @end: byte offset behind it
 * @space: white space comes before it; how much, and of which kind, is nobody's difference
 * @mention: it is a mention, "@Image1"
 * @sound: it has a letter or a digit in it
 * @key: (owned by the array): what is compared: the same letters written in another way are equal
 */
typedef struct
{
  gsize    start;
  gsize    end;
  gboolean space;
  gboolean mention;
  gboolean sound;
  char    *key;
} DailiesWord;

/* @text: (nullable): valid UTF-8. Returns: (transfer full) (element-type DailiesWord) */
GArray *dailies_words_split (const char *text);

/**
 * dailies_words_match:
 * @a: words of one text
 * @b: words of another
 * @kept_a: (out) (array): one flag for each of @a: @b has it too, in the same order
 * @kept_b: (out) (array): likewise for @b; as many are set in both
 *
 * A longest common subsequence; commas and the like between two changed words change with them. Takes a few
 * milliseconds at most: of texts of absurd length only what they begin and end with is compared.
 */
void    dailies_words_match (GArray   *a,
                             GArray   *b,
                             gboolean *kept_a,
                             gboolean *kept_b);

G_END_DECLS
