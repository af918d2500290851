/* test-shelf.c: what becomes a cut, what does not, and under which name (dailies-shelf.c, dailies-proof.c)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"
#include "dailies-shelf.h"
#include "fixture-library.h"
#include "media.h"

static void
test_names (void)
{
  static const char * const id = "11111111-2222-4333-8444-abcdefabcdef";
  static const struct { const char *prompt; guint n; const char *name; } cases[] = {
    { "A cat walks", 0, "a-cat-walks-abcdefabcdef-1" },
    { "A cat walks", 1, "a-cat-walks-abcdefabcdef-2" },
    { "", 0, "cut-abcdefabcdef-1" },
    { "../../etc/passwd", 0, "etc-passwd-abcdefabcdef-1" },
    { "...", 0, "cut-abcdefabcdef-1" },
    { "@Image1 turns\ninto “Gold”!", 0, "image1-turns-into-gold-abcdefabcdef-1" },
    { "猫が歩く", 0, "猫が歩く-abcdefabcdef-1" },
    { "one two three four five six seven eight nine ten", 0, "one-two-three-four-five-six-seven-eight-abcdefabcdef-1" },
    { "bad \xff bytes", 0, "bad-bytes-abcdefabcdef-1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = dailies_shelf_make_name (cases[i].prompt, id, cases[i].n);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

/* Any prompt makes a name that is one file in its folder, and not a hidden one. */
static void
test_any_name (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *id = g_uuid_string_random ();
      char             prompt[64];
      g_autofree char *name = NULL;

      for (gsize i = 0; i < sizeof prompt - 1; i++)
        prompt[i] = g_test_rand_int_range (1, 256);
      prompt[sizeof prompt - 1] = '\0';
      name = dailies_shelf_make_name (prompt, id, 0);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpuint (strlen (name), <, 200);
      g_assert_null (strchr (name, '/'));
      g_assert_null (strchr (name, '.'));
      g_assert_true (name[0] != '-');
    }
}

typedef struct
{
  const char *name;
  const char *muxer;    /* (nullable): a clip made with it */
  const char *pipeline; /* (nullable): something else */
  gssize      keep;     /* bytes of it, -1 all, -2 half */
  gboolean    scramble; /* the frames, not the container */
  const char *end;      /* of the cut's name; %NULL it never becomes one */
  gboolean    sound;
} Case;

static const Case cases[] = {
  { "mp4", "mp4mux", NULL, -1, FALSE, "-1.mp4", TRUE },
  { "mov", "qtmux", NULL, -1, FALSE, "-1.mov", TRUE },
  { "truncated", "mp4mux faststart=true", NULL, -2, FALSE, NULL, TRUE },
  { "headless", "mp4mux", NULL, -2, FALSE, NULL, TRUE },
  { "scrambled", "mp4mux", NULL, -1, TRUE, NULL, FALSE },
  { "empty", "mp4mux", NULL, 0, FALSE, NULL, FALSE },
  { "sound-only", NULL, "audiotestsrc num-buffers=20 ! voaacenc ! mp4mux ! filesink location=%s", -1, FALSE, NULL, FALSE },
  { "picture", NULL, "videotestsrc num-buffers=1 ! pngenc ! filesink location=%s", -1, FALSE, "-1.png", FALSE },
  { "text", NULL, "fakesrc num-buffers=4 sizetype=fixed sizemax=4000 filltype=pattern ! filesink location=%s", -1, FALSE, NULL, FALSE },
};

static void
change_bytes (const char *path,
              const Case *test)
{
  g_autofree char *bytes = NULL;
  gsize            length;
  char            *data;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  if (test->scramble)
    {
      data = memmem (bytes, length, "mdat", 4);
      g_assert_nonnull (data);
      for (char *p = data + 4; p + 5 < bytes + length && memcmp (p + 4, "moov", 4) != 0; p++)
        *p = (char) 0xff;
    }
  if (test->keep != -1)
    length = test->keep == -2 ? length / 2 : (gsize) test->keep;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static DailiesCutRow *
shelve (GFile                *directory,
        const DailiesJobRow  *job,
        gboolean              find,
        GError              **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  if (find)
    dailies_shelf_find_async (directory, job, 0, NULL, fixture_result_cb, &result);
  else
    dailies_shelf_land_async (directory, job, 0, NULL, fixture_result_cb, &result);
  fixture_wait_seconds (result != NULL, 60);
  return dailies_shelf_finish (result, error);
}

static void
test_land (gconstpointer data)
{
  const Case               *test = data;
  g_autofree char          *path = fixture_make_folder ();
  g_autofree char          *folder = g_build_filename (path, "cuts", "3", NULL);
  g_autoptr(GFile)          directory = g_file_new_for_path (path);
  g_autoptr(DailiesJobRow)  job = dailies_job_row_new ();
  g_autoptr(GFile)          part = NULL;
  g_autofree char          *part_name = NULL;
  g_autoptr(GError)         error = NULL;
  DailiesCutRow            *cut;
  DailiesCutRow            *found;

  job->id = g_uuid_string_random ();
  job->shot_id = 3;
  job->prompt = g_ref_string_new ("a cat");
  job->request = g_ref_string_new ("");
  job->assets = g_ref_string_new ("");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  part = dailies_shelf_get_part (directory, job, 0);
  part_name = g_file_get_basename (part);
  if (test->muxer != NULL)
    g_free (media_make_clip (folder, part_name, test->muxer, 320, 240, 24, 48, test->sound));
  else
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *pipeline = g_strdup_printf (test->pipeline, g_file_peek_path (part));
#pragma GCC diagnostic pop

      media_run_pipeline (pipeline);
    }
  change_bytes (g_file_peek_path (part), test);

  cut = shelve (directory, job, FALSE, &error);
  g_assert_false (g_file_query_exists (part, NULL));
  found = shelve (directory, job, TRUE, NULL);
  if (test->end == NULL)
    {
      g_assert_null (cut);
      g_assert_null (found);
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
      g_test_message ("%s", error->message);
      /* Nobody chose that file, so nobody can choose a better one. */
      g_assert_true (g_str_has_prefix (error->message, "What the service sent "));
      g_assert_null (strstr (error->message, "Choose"));
      g_assert_null (strstr (error->message, "again"));
    }
  else
    {
      g_autoptr(GFile) file = NULL;
      g_autoptr(GFile) poster = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (found);
      file = g_file_resolve_relative_path (directory, cut->path);
      poster = g_file_resolve_relative_path (directory, cut->poster);
      g_assert_true (g_str_has_suffix (cut->path, test->end));
      g_assert_true (g_file_query_exists (file, NULL));
      g_assert_true (g_file_query_exists (poster, NULL));
      g_assert_cmpint (cut->width, ==, 320);
      g_assert_cmpint (cut->height, ==, 240);
      g_assert_cmpint (cut->sound, ==, test->sound);
      g_assert_cmpstr (found->path, ==, cut->path);
      g_assert_cmpstr (found->poster, ==, cut->poster);
      dailies_cut_row_free (found);
      dailies_cut_row_free (cut);
    }
  fixture_remove_folder (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (gst_init_check (NULL, NULL, NULL));
  g_test_add_func ("/shelf/names", test_names);
  g_test_add_func ("/shelf/any-name", test_any_name);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/shelf/land/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_land);
    }
  return g_test_run ();
}
