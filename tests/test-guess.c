/* test-guess.c: titles, mentions and limits of schemas that do not say them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-guess.h"

static void
test_titles (void)
{
  static const struct
  {
    const char *name;
    const char *title;
  } cases[] = {
    { "start_image_url", "Start image" }, { "image_urls", "Images" }, { "prompt", "Prompt" },
    { "aspect_ratio", "Aspect ratio" },   { "cfgScale", "Cfg scale" }, { "num-frames", "Num frames" },
    { "url", "Url" },                     { "_url", "Url" },           { "CFG", "Cfg" },
    { "video_uri", "Video" },             { "x", "X" },                { "pass_urls", "Pass" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = dailies_guess_title (cases[i].name);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

/* The format is printed with, so nothing else may be in it. */
static void
test_mention_formats (void)
{
  static const char *const good[] = { "@Image%u", "@image_%u", "@Element-%u" };
  static const char *const bad[] = {
    "", "@", "@%u", "Image%u", "@Image", "@Image%s", "@Image%u%u", "@Image%%u", "@Image%n", "@Image%u ", "@Im age%u", "@Bild\xff%u",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dailies_guess_is_mention (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dailies_guess_is_mention (bad[i]));
  g_assert_false (dailies_guess_is_mention (NULL));
}

/* As the page's own words spell them. */
static void
test_learnt_mentions (void)
{
  static const struct
  {
    const char *description;
    const char *start;
    const char *images;
    const char *cast;
    const char *video;
  } cases[] = {
    { "", NULL, "@Image%u", "@Element%u", NULL },
    { "Use @image_1 to @image_4.", NULL, "@image_%u", "@Element%u", NULL },
    { "@Element1 and @Video1", NULL, "@Image%u", "@Element%u", "@Video%u" },
    { "write to me@element.test", NULL, "@Image%u", "@Element%u", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"prompt\": {\"type\": \"string\", \"description\": \"%s\"}, \"start_image_url\": {\"type\": \"string\"},"
        " \"image_urls\": {\"type\": \"array\"}, \"video_url\": {\"type\": \"string\"}, \"cast\": {\"type\": \"array\","
        " \"items\": {\"front_image_url\": {\"type\": \"string\"}}}}",
        cases[i].description);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);
      const char *const names[] = { "start_image_url", "image_urls", "cast", "video_url" };
      const char *const wanted[] = { cases[i].start, cases[i].images, cases[i].cast, cases[i].video };

      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        g_assert_cmpstr (dailies_field_get_mention (dailies_definition_get_field (definition, names[n])), ==, wanted[n]);
    }
}

/* Two single images are the first and the second one, where the page speaks of them. */
static void
test_learnt_single (void)
{
  g_autoptr (JsonNode) node = json_from_string (
    "{\"prompt\": {\"type\": \"string\", \"description\": \"@Image1 is the start\"}, \"a_image_url\": {\"type\": \"string\"},"
    " \"b_image_url\": {\"type\": \"string\"}}", NULL);
  g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);

  g_assert_cmpstr (dailies_field_get_mention (dailies_definition_get_field (definition, "a_image_url")), ==, "@Image%u");
  g_assert_cmpstr (dailies_field_get_mention (dailies_definition_get_field (definition, "b_image_url")), ==, "@Image%u");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess/titles", test_titles);
  g_test_add_func ("/guess/mention-formats", test_mention_formats);
  g_test_add_func ("/guess/learnt-mentions", test_learnt_mentions);
  g_test_add_func ("/guess/learnt-single", test_learnt_single);
  return g_test_run ();
}
