/* test-shot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-shot-private.h"

static void
test_title (void)
{
  static const struct { const char *title; const char *prompt; const char *shown; } cases[] = {
    { "", "", "Untitled shot" },
    { "", "  \n ", "Untitled shot" },
    { "My shot", "a prompt", "My shot" },
    { "", "a prompt\nin two lines", "a prompt in two lines" },
    { "", "one two three four five six seven eight nine ten eleven twelve thirteen",
      "one two three four five six seven eight nine ten eleven…" },
    { "", "The sun goes down behind the roofs and the city lights up, slow push-in",
      "The sun goes down behind the roofs and the city lights up…" },
    { "", "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää",
      "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää…" },
  };
  g_autoptr(GFile) directory = g_file_new_for_path ("/library");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesShotRow row = { .id = 1, .title = (char *) cases[i].title, .prompt = (char *) cases[i].prompt };
      DailiesShot   *shot = dailies_shot_new (directory, &row);

      g_assert_cmpstr (dailies_shot_get_title (shot), ==, cases[i].shown);
      g_assert_finalize_object (shot);
    }
}

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
  DailiesShotRow     row = { 5, (char *) "T", (char *) "p", (char *) "{}", NULL, 10, 1, 0, TRUE };
  DailiesShot       *shot = dailies_shot_new (directory, &row);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char   *title = NULL;
  g_autoptr(GFile)   poster = NULL;
  guint              n_cuts, n_picks, n_running;
  gint64             updated;

  g_assert_cmpint (dailies_shot_get_id (shot), ==, 5);
  g_assert_cmpstr (dailies_shot_get_draft (shot), ==, "{}");
  g_assert_null (dailies_shot_get_poster (shot));
  g_assert_cmpuint (g_list_model_get_n_items (dailies_shot_get_cuts (shot)), ==, 0);

  g_signal_connect (shot, "notify", G_CALLBACK (notify_cb), names);
  dailies_shot_update (shot, directory, &row);
  dailies_shot_set_n_running (shot, 0);
  g_assert_cmpstr (names->str, ==, "");
  row = (DailiesShotRow) { 5, (char *) "U", (char *) "q", NULL, (char *) "a.jpg", 11, 2, 1, FALSE };
  dailies_shot_update (shot, directory, &row);
  dailies_shot_set_n_running (shot, 3);
  g_assert_cmpstr (names->str, ==, "title updated poster n-cuts n-picks n-running ");
  g_assert_cmpstr (dailies_shot_get_draft (shot), ==, "{}"); /* the row did not bring one */
  g_object_get (shot, "title", &title, "n-cuts", &n_cuts, "n-picks", &n_picks, "n-running", &n_running, "poster", &poster,
                "updated", &updated, NULL);
  g_assert_cmpstr (title, ==, "U");
  g_assert_cmpuint (n_cuts, ==, 2);
  g_assert_cmpuint (n_picks, ==, 1);
  g_assert_cmpuint (n_running, ==, 3);
  g_assert_cmpstr (g_file_peek_path (poster), ==, "/library/a.jpg");
  g_assert_cmpint (updated, ==, 11);

  /* What is read while the artist types on must not take the newest words away. */
  dailies_shot_begin_write (shot);
  dailies_shot_set_draft (shot, "{\"new\":1}", "new", 12);
  row.fresh = TRUE;
  row.draft = (char *) "{\"old\":1}";
  dailies_shot_update (shot, directory, &row);
  g_assert_cmpstr (dailies_shot_get_draft (shot), ==, "{\"new\":1}");
  dailies_shot_end_write (shot);

  g_assert_finalize_object (shot);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shot/title", test_title);
  g_test_add_func ("/shot/properties", test_properties);
  return g_test_run ();
}
