/* test-cut.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "dailies-cut-private.h"

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           GString    *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_properties (void)
{
  g_autoptr(GFile)   directory = g_file_new_for_path ("/library");
  DailiesCutRow      row = { 7, 3, (char *) "job", 2, (char *) "cuts/3/a.mp4", (char *) "cuts/3/a.jpg", 1280, 720, 5.5, 24, TRUE,
                             FALSE, TRUE, NAN, 99, (char *) "a cat", (char *) "{}" };
  DailiesCut        *cut = dailies_cut_new (directory, &row);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GFile)   poster = NULL;
  gboolean           picked, fresh;
  guint              number;

  g_assert_cmpint (dailies_cut_get_id (cut), ==, 7);
  g_assert_cmpint (dailies_cut_get_shot_id (cut), ==, 3);
  g_assert_cmpstr (dailies_cut_get_job_id (cut), ==, "job");
  g_assert_cmpstr (g_file_peek_path (dailies_cut_get_file (cut)), ==, "/library/cuts/3/a.mp4");
  g_assert_cmpint (dailies_cut_get_width (cut), ==, 1280);
  g_assert_cmpint (dailies_cut_get_height (cut), ==, 720);
  g_assert_cmpfloat (dailies_cut_get_seconds (cut), ==, 5.5);
  g_assert_cmpfloat (dailies_cut_get_fps (cut), ==, 24);
  g_assert_true (dailies_cut_has_sound (cut));
  g_assert_true (isnan (dailies_cut_get_cost_usd (cut)));
  g_assert_cmpint (dailies_cut_get_created (cut), ==, 99);
  g_assert_cmpstr (dailies_cut_get_prompt (cut), ==, "a cat");
  g_assert_cmpstr (dailies_cut_get_request_json (cut), ==, "{}");

  g_signal_connect (cut, "notify", G_CALLBACK (notify_cb), names);
  dailies_cut_update (cut, directory, &row);
  g_assert_cmpstr (names->str, ==, "");
  row.number = 4;
  row.picked = TRUE;
  row.fresh = FALSE;
  row.poster = NULL;
  dailies_cut_update (cut, directory, &row);
  g_assert_cmpstr (names->str, ==, "number poster picked fresh ");
  g_object_get (cut, "number", &number, "picked", &picked, "fresh", &fresh, "poster", &poster, NULL);
  g_assert_cmpuint (number, ==, 4);
  g_assert_true (picked);
  g_assert_false (fresh);
  g_assert_null (poster);

  /* What is read while a write is under way may be older than the artist's click. */
  dailies_cut_begin_write (cut);
  row.picked = FALSE;
  dailies_cut_update (cut, directory, &row);
  g_assert_true (dailies_cut_get_picked (cut));
  dailies_cut_end_write (cut);
  dailies_cut_update (cut, directory, &row);
  g_assert_false (dailies_cut_get_picked (cut));

  g_assert_finalize_object (cut);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut/properties", test_properties);
  return g_test_run ();
}
