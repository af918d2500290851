/* test-cli-export.c: the verb "export" of the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include <gst/pbutils/pbutils.h>
#include <unistd.h>

static char *folder;

static const BarcodeClip clips[] = {
  { "one.mp4", 320, 180, 24, 1, 24 },
  { "two.mp4", 320, 180, 24, 1, 36 },
};

/* @words: separated by spaces, after "export". Returns: the exit status */
static int
run_and_read (const char *words, char **printed, char **said)
{
  g_autofree char *line = g_strdup_printf ("%s export %s", g_getenv ("DAILIES_CLI_BIN"), words);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (
    g_spawn_sync (folder, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, printed, said, &status, &error));
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static int
run (const char *words, char **said)
{
  g_autofree char *printed = NULL;

  return run_and_read (words, &printed, said);
}

static void
assert_exists (const char *name, gboolean exists)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, exists);
}

static void
test_movies (void)
{
  static const struct
  {
    const char *words;
    int         width, height;
    double      seconds;
  } cases[] = {
    { "--side-by-side -o movie.mp4 one.mp4 two.mp4", 640, 180, 1.5 },
    { "--grid -o movie.mp4 one.mp4 two.mp4 one.mp4 --no-labels", 640, 360, 1.5 },
    { "--wipe --angle 30 --position 0.3 -o movie.mp4 one.mp4 two.mp4", 320, 180, 1.5 },
    { "--side-by-side --in 0.5 --out 0.98 -o movie.mp4 one.mp4 two.mp4 --slip 0,-3",
      640,
      180,
      0.5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = g_strdup_printf ("file://%s/movie.mp4", folder);
      g_autoptr (GstDiscoverer) discoverer = gst_discoverer_new (20 * GST_SECOND, NULL);
      g_autoptr (GstDiscovererInfo) info = NULL;
      GList *streams;

      g_assert_cmpint (run (cases[i].words, NULL), ==, 0);
      info = gst_discoverer_discover_uri (discoverer, uri, NULL);
      g_assert_nonnull (info);
      streams = gst_discoverer_info_get_video_streams (info);
      g_assert_cmpint (gst_discoverer_video_info_get_width (streams->data), ==, cases[i].width);
      g_assert_cmpint (gst_discoverer_video_info_get_height (streams->data), ==, cases[i].height);
      g_assert_cmpfloat_with_epsilon (
        gst_discoverer_info_get_duration (info) / 1e9, cases[i].seconds, 0.01);
      gst_discoverer_stream_info_list_free (streams);
    }
}

static void
test_others (void)
{
  g_assert_cmpint (run ("--sheet -o sheet.pdf --columns 3 one.mp4 two.mp4", NULL), ==, 0);
  assert_exists ("sheet.pdf", TRUE);
  g_assert_cmpint (run ("--otio -o cuts.otio one.mp4 two.mp4", NULL), ==, 0);
  assert_exists ("cuts.otio", TRUE);
  g_assert_cmpint (run ("--frame 0.5 -o frame.png one.mp4", NULL), ==, 0);
  assert_exists ("frame.png", TRUE);
  g_assert_cmpint (run ("--frames --out 0.1 -o all.png one.mp4", NULL), ==, 0);
  assert_exists ("all-0002.png", TRUE);
  assert_exists ("all-0003.png", FALSE);
}

/* What is printed is there, and whole names need not be typed. */
static void
test_printed (void)
{
  static const struct
  {
    const char *words;
    const char *printed; /* FOLDER stands for it */
  } cases[] = {
    { "--frame 0.5 -o still one.mp4", "FOLDER/still.png\n" },
    { "--frame 0.5 -o v1.2 one.mp4", "FOLDER/v1.2.png\n" },
    { "--sheet -o S.PDF one.mp4", "FOLDER/S.PDF\n" },
    { "--otio -o stack one.mp4", "FOLDER/stack.otio\n" },
    { "--frames --in 0.05 --out 0.1 -o some one.mp4", "FOLDER/some-0001.png\nFOLDER/some-0002.png\n" },
    { "--json --frames --in 0.05 --out 0.1 -o some.png one.mp4",
      "{\"path\":\"FOLDER/some-0001.png\",\"paths\":[\"FOLDER/some-0001.png\",\"FOLDER/some-0002.png\"]}" },
    { "--json --frame 0 -o still one.mp4", "{\"path\":\"FOLDER/still.png\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *printed = NULL;
      g_auto (GStrv) parts = g_strsplit (cases[i].printed, "FOLDER", -1);
      g_autofree char *expected = g_strjoinv (folder, parts);
      g_auto (GStrv) paths = NULL;

      g_assert_cmpint (run_and_read (cases[i].words, &printed, NULL), ==, 0);
      if (strstr (cases[i].words, "--json") != NULL)
        {
          g_auto (GStrv) pieces = g_strsplit_set (printed, " \n", -1);

          g_free (printed);
          printed = g_strjoinv ("", pieces);
        }
      g_assert_cmpstr (printed, ==, expected);
      paths = g_strsplit (*printed == '/' ? printed : "", "\n", -1);
      for (guint j = 0; paths[j] != NULL && *paths[j] != '\0'; j++)
        g_assert_true (g_file_test (paths[j], G_FILE_TEST_IS_REGULAR));
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *words;
    int         status;
    const char *said;
  } cases[] = {
    { "-o no.mp4 one.mp4 two.mp4", 64, "--side-by-side" },
    { "--side-by-side one.mp4 two.mp4", 64, "--output" },
    { "--wipe --grid -o no.mp4 one.mp4 two.mp4", 64, "one of" },
    { "--side-by-side --sound E -o no.mp4 one.mp4 two.mp4", 64, "A, B, C, D" },
    { "--side-by-side --slip 0,later -o no.mp4 one.mp4 two.mp4", 64, "later" },
    { "--side-by-side -o no.mp4 a.mp4 a.mp4 a.mp4 a.mp4 a.mp4", 64, "four sides" },
    { "--frame 1 -o no.mp4 one.mp4 two.mp4", 64, "one clip" },
    { "--frame -1 -o no.png one.mp4", 64, "0 or more" },
    { "--frames --in -1 -o no.png one.mp4", 64, "--in" },
    { "--side-by-side -o no.avi one.mp4 two.mp4", 64, ".mp4" },
    { "--sheet -o no.jpg one.mp4", 64, ".png, .pdf" },
    { "--otio -o no.xml one.mp4", 64, ".otio" },
    { "--frame 0 -o no.jpg one.mp4", 64, ".png" },
    { "--frame 99 -o no.png one.mp4", 65, "1.000 s long" },
    { "--frame 1 -o no.png one.mp4", 65, "0.958 s" },
    { "--side-by-side -o no.mp4 one.mp4 missing.mp4", 65, "no file" },
    { "--frame 0 -o no.png missing.mp4", 65, "missing.mp4" },
    { "--frame 0 -o no.png .", 65, "is a folder" },
    { "--side-by-side -o no.mp4 one.mp4 words.mp4", 65, "words.mp4" },
    { "--sheet -o no.png cut-off.mp4", 65, "cut-off.mp4" },
    { "--frame 0 -o /proc/no.png one.mp4", 73, "does not allow" },
    { "--wipe -o no.mp4 one.mp4", 65, "two cuts" },
    { "--side-by-side -o nowhere/no.mp4 one.mp4 two.mp4", 73, "nowhere" },
    { "--library library --side-by-side -o no.mp4 one.mp4 neither", 65, "neither" },
  };

  g_autofree char *whole = g_build_filename (folder, "one.mp4", NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_free (media_write (folder, "words.mp4", "nothing like a clip, only words in a file", -1));
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  g_free (media_write (folder, "cut-off.mp4", bytes, length / 2));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = NULL;
      int              status = run (cases[i].words, &said);

      g_test_message ("%d: %s", status, said);
      g_assert_cmpint (status, ==, cases[i].status);
      g_assert_nonnull (strstr (said, cases[i].said));
      /* No service has to do with any of it. */
      g_assert_null (strstr (said, "The service"));
      assert_exists ("no.mp4", FALSE);
      assert_exists ("no.png", FALSE);
    }
}

/* Whatever is exported, and whatever the clip is called by then. */
static void
test_own_source (void)
{
  static const char *const cases[] = {
    "--side-by-side -o one.mp4 one.mp4 two.mp4",
    "--side-by-side -o two.mp4 one.mp4 two.mp4",
    "--grid -o ./one.mp4 one.mp4 two.mp4",
    "--wipe -o linked.mp4 one.mp4 two.mp4",
    "--wipe -o one.mp4 linked.mp4 two.mp4",
    "--sheet -o clip.png clip.png two.mp4",
    "--otio -o clip.otio one.mp4 clip.otio",
    "--frame 0 -o clip.png clip.png",
    "--frames -o clip.png clip-0001.png",
  };
  static const char *const names[] = { "linked.mp4", "clip.png", "clip.otio", "clip-0001.png" };
  g_autofree char *path = g_build_filename (folder, "one.mp4", NULL);
  g_autofree char *before = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *link = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (symlink ("one.mp4", link), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = NULL;
      g_autofree char *after = NULL;
      gsize            now;
      int              status = run (cases[i], &said);

      g_test_message ("%d: %s", status, said);
      g_assert_cmpint (status, ==, 65);
      g_assert_nonnull (strstr (said, "is one of the clips"));
      g_assert_true (g_file_get_contents (path, &after, &now, NULL));
      g_assert_cmpmem (after, now, before, length);
      g_assert_null (strstr (said, "The service"));
    }
  assert_exists ("clip-0000.png", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *link = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
      g_assert_cmpint (unlink (link), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/cli-export/movies", test_movies);
  g_test_add_func ("/cli-export/others", test_others);
  g_test_add_func ("/cli-export/printed", test_printed);
  g_test_add_func ("/cli-export/wrong", test_wrong);
  g_test_add_func ("/cli-export/own-source", test_own_source);

  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
