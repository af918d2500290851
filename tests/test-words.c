/* test-words.c: texts as words, and what two of them have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-words.h"

#include <string.h>

/* --- splitting -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *text;
  const char *words; /* joined with |, a _ before it where white space comes first, a * before a mention */
} Split;

static const Split splits[] = {
  { "nothing", "", "" },
  { "null", NULL, "" },
  { "only-space", " \t\n ", "" },
  { "plain", "a  red\nfox", "a|_red|_fox" },
  { "marks", "red, wet.", "red|,|_wet|." },
  { "apostrophe", "don't 'quote' it’s", "don't|_'|quote|'|_it’s" },
  { "hyphen", "slow push-in - then", "slow|_push-in|_-|_then" },
  { "number", "4.5 s, 16:9", "4.5|_s|,|_16:9" },
  { "end-point", "Take 4.", "Take|_4|." },
  { "mention", "with @Element1, @image_2", "with|_*@Element1|,|_*@image_2" },
  { "no-mention", "me@home @ !", "me|@|home|_@|_!" },
  { "han", "红色fox在", "红|色|fox|在" },
  { "kana", "ネコと犬", "ネ|コ|と|犬" },
  { "thai", "กำลัง", "กำ|ลั|ง" },
  { "arabic", "قطة حمراء، جميلة", "قطة|_حمراء|،|_جميلة" },
  { "hebrew", "חתול אדום.", "חתול|_אדום|." },
  { "combining", "e\xcc\x81te\xcc\x81 x", "e\xcc\x81te\xcc\x81|_x" },
  { "emoji", "👩‍🚀🦊 👍🏽", "👩‍🚀|🦊|_👍🏽" },
  { "german", "Übergröße", "Übergröße" },
  { "mention-cjk", "用@Image1做", "用|*@Image1|做" },
};

static void
test_split (gconstpointer data)
{
  const Split *split = data;
  g_autoptr (GArray) words = dailies_words_split (split->text);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      DailiesWord *word = &g_array_index (words, DailiesWord, i);

      if (i > 0)
        g_string_append_c (found, '|');
      if (word->space)
        g_string_append_c (found, '_');
      if (word->mention)
        g_string_append_c (found, '*');
      g_string_append_len (found, split->text + word->start, word->end - word->start);
    }

  g_assert_cmpstr (found->str, ==, split->words);
}

/* --- matching --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *a;
  const char *b;
  const char *only_a; /* joined with | */
  const char *only_b;
} Match;

static const Match matches[] = {
  { "same", "a red fox", "a red fox", "", "" },
  { "both-empty", "", "", "", "" },
  { "from-nothing", "", "a fox", "", "a|fox" },
  { "to-nothing", "a fox", "", "a|fox", "" },
  { "one-word", "at golden hour, keep", "at neon night, keep", "golden|hour", "neon|night" },
  { "added", "a fox runs", "a red fox runs", "", "red" },
  { "removed", "a red fox runs", "a fox runs", "red", "" },
  { "begin", "one fox", "two fox", "one", "two" },
  { "end", "fox one", "fox two", "one", "two" },
  { "case", "Fox", "fox", "Fox", "fox" },
  { "space-only", "a  red fox", "a red\nfox", "", "" },
  { "composed", "e\xcc\x81t\xc3\xa9", "\xc3\xa9te\xcc\x81", "", "" },
  { "comma-between", "red, wet fox", "blue, dry fox", "red|,|wet", "blue|,|dry" },
  { "comma-kept", "red, wet fox", "red, dry fox", "wet", "dry" },
  { "comma-far", "red, wet fox", "blue, wet fox", "red", "blue" },
  { "moved", "a b c d", "b c d a", "a", "a" },
  { "han", "红色的猫", "蓝色的猫", "红", "蓝" },
  { "arabic", "قطة حمراء", "قطة زرقاء", "حمراء", "زرقاء" },
  { "mention", "with @Image1 here", "with @Image2 here", "@Image1", "@Image2" },
};

static char *
join_lost (GArray     *words,
           const char *text,
           gboolean   *kept)
{
  GString *lost = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      DailiesWord *word = &g_array_index (words, DailiesWord, i);

      if (kept[i])
        continue;
      if (lost->len > 0)
        g_string_append_c (lost, '|');
      g_string_append_len (lost, text + word->start, word->end - word->start);
    }

  return g_string_free (lost, FALSE);
}

static void
test_match (gconstpointer data)
{
  const Match *match = data;
  g_autoptr (GArray) a = dailies_words_split (match->a);
  g_autoptr (GArray) b = dailies_words_split (match->b);
  g_autofree gboolean *kept_a = g_new (gboolean, a->len + 1);
  g_autofree gboolean *kept_b = g_new (gboolean, b->len + 1);
  g_autofree char     *only_a = NULL;
  g_autofree char     *only_b = NULL;

  dailies_words_match (a, b, kept_a, kept_b);
  only_a = join_lost (a, match->a, kept_a);
  only_b = join_lost (b, match->b, kept_b);
  g_assert_cmpstr (only_a, ==, match->only_a);
  g_assert_cmpstr (only_b, ==, match->only_b);
}

/* Whatever the two texts are: what is kept is the same words in the same order, and what is not makes the rest. */
static void
test_random (void)
{
  static const char *const vocabulary[] = { "a", "b", "c", ",", "@Image1", "红", "." };

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) one = g_string_new (NULL);
      g_autoptr (GString) two = g_string_new (NULL);
      g_autoptr (GArray) a = NULL;
      g_autoptr (GArray) b = NULL;
      gboolean kept_a[64], kept_b[64];
      guint    i = 0, j = 0;

      for (guint n = g_test_rand_int_range (0, 48); n > 0; n--)
        g_string_append_printf (n % 2 ? one : two, "%s ",
                                vocabulary[g_test_rand_int_range (0, G_N_ELEMENTS (vocabulary))]);
      a = dailies_words_split (one->str);
      b = dailies_words_split (two->str);
      g_assert_cmpuint (MAX (a->len, b->len), <, G_N_ELEMENTS (kept_a));
      dailies_words_match (a, b, kept_a, kept_b);

      for (;;)
        {
          while (i < a->len && !kept_a[i])
            i++;
          while (j < b->len && !kept_b[j])
            j++;
          if (i == a->len || j == b->len)
            break;
          g_assert_cmpstr (g_array_index (a, DailiesWord, i++).key, ==,
                           g_array_index (b, DailiesWord, j++).key);
        }
      g_assert_cmpuint (i, ==, a->len);
      g_assert_cmpuint (j, ==, b->len);
    }
}

/* Nobody waits for a text of absurd length, and what can be told of it is told. */
static void
test_huge (void)
{
  g_autoptr (GString) one = g_string_new ("begin ");
  g_autoptr (GString) two = g_string_new ("begin ");
  g_autoptr (GArray) a = NULL;
  g_autoptr (GArray) b = NULL;
  g_autofree gboolean *kept_a = NULL;
  g_autofree gboolean *kept_b = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (one, "a%u ", i);
      g_string_append_printf (two, "b%u ", i);
    }
  g_string_append (one, "end");
  g_string_append (two, "end");
  a = dailies_words_split (one->str);
  b = dailies_words_split (two->str);
  kept_a = g_new (gboolean, a->len);
  kept_b = g_new (gboolean, b->len);
  dailies_words_match (a, b, kept_a, kept_b);
  g_assert_true (kept_a[0] && kept_b[0]);
  g_assert_true (kept_a[a->len - 1] && kept_b[b->len - 1]);
  g_assert_false (kept_a[1] || kept_b[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/words/split/%s", splits[i].name);

      g_test_add_data_func (path, &splits[i], test_split);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autofree char *path = g_strdup_printf ("/words/match/%s", matches[i].name);

      g_test_add_data_func (path, &matches[i], test_match);
    }
  g_test_add_func ("/words/random", test_random);
  g_test_add_func ("/words/huge", test_huge);

  return g_test_run ();
}
