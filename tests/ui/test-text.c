/* test-text.c: the small pieces of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-text.h"

static void
test_elapsed (void)
{
  const struct
  {
    gint64      seconds;
    const char *text;
  } cases[] = {
    { -3, "0:00" }, { 0, "0:00" }, { 48, "0:48" }, { 62, "1:02" }, { 3599, "59:59" }, { 3600, "1:00:00" },
    { 90061, "25:01:01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dailies_text_elapsed (cases[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_snippet (void)
{
  const struct
  {
    const char *prompt;
    const char *other;
    const char *snippet;
  } cases[] = {
    { "a quiet street", NULL, "a quiet street" },
    { NULL, "a quiet street", "" },
    { "  two\nlines ", NULL, "two lines" },
    { "Replace the character at neon night", "Replace the character at golden hour", "… neon night" },
    { "Replace the character", "Replace the character", "Replace the character" },
    { "Day turns", "Day fades", "Day turns" },
    /* Cut between words only, and never inside a character of several bytes. */
    { "Straßenlaternen gehen anders an", "Straßenlaternen gehen aus", "… anders an" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *snippet = dailies_text_snippet (cases[i].prompt, cases[i].other);

      g_assert_cmpstr (snippet, ==, cases[i].snippet);
    }
}

static void
test_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 11, 0, 30, 0);
  const struct
  {
    int         hours_before;
    const char *day;
  } cases[] = {
    { 0, "" }, { 1, "Yesterday" }, { 25, "Monday" }, { 24 * 6, "Thursday" }, { 24 * 8, "3 March" },
    { 24 * 100, "1 December 2025" }, { -48, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_hours (now, -cases[i].hours_before);
      g_autofree char *day = dailies_text_day (g_date_time_to_unix (then) * G_USEC_PER_SEC, now);

      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_service (void)
{
  g_assert_cmpstr (dailies_text_service ("practice"), ==, "Practice");
  g_assert_cmpstr (dailies_text_service ("runcomfy"), ==, "RunComfy");
  g_assert_cmpstr (dailies_text_service ("unifically"), ==, "Unifically");
  g_assert_cmpstr (dailies_text_service ("another"), ==, "another");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/elapsed", test_elapsed);
  g_test_add_func ("/text/snippet", test_snippet);
  g_test_add_func ("/text/day", test_day);
  g_test_add_func ("/text/service", test_service);
  return g_test_run ();
}
