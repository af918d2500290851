/* test-audition.c: of clips that are brought in, the first that can be played, and why the others cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "fixture-library.h"

#include "dailies-audition.h"
#include "dailies-pool.h"

/* ms, longer than the test waits: no verdict may be missing */
#define PATIENCE (3600 * 1000)

static const BarcodeClip clips[] = {
  { "a.mp4", 64, 36, 24, 1, 6 },
  { "b.mp4", 36, 64, 25, 1, 6 },
  { "c.mp4", 64, 36, 24, 1, 6 },
  { "sound.mp4", 0, 0, 24, 1, 0, .sound = 20 },
};

static char *folder;

typedef struct
{
  const char *brought; /* names, with spaces between them */
  guint       n_wanted;
  const char *taken;
  const char *told[4]; /* how the complaints begin */
  guint       n_untried;
} Case;

/* (transfer full) */
static GPtrArray *
make_files (const char *names)
{
  g_auto (GStrv) split = g_strsplit (names, " ", -1);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; split[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_build_filename (folder, split[i], NULL));
  return files;
}

static char *
dup_names (GPtrArray *files)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (names, g_file_get_basename (files->pdata[i]));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
test_cases (void)
{
  static const Case cases[] = {
    { "a.mp4 b.mp4", 4, "a.mp4 b.mp4", { NULL }, 0 },
    { "a.mp4 broken.mp4 b.mp4 c.mp4", 3, "a.mp4 b.mp4 c.mp4",
      { "“broken.mp4” is not a picture, a clip or a sound" }, 0 },
    /* The bad ones after those that were wanted are not looked at. */
    { "c.mp4 b.mp4 a.mp4 broken.mp4 gone.mp4", 2, "c.mp4 b.mp4", { NULL }, 3 },
    { "gone.mp4 empty.mp4 sound.mp4 a.mp4 b.mp4", 4, "a.mp4 b.mp4",
      { "“gone.mp4” is not there", "“empty.mp4” is empty", "“sound.mp4” is no clip" }, 0 },
    { "broken.mp4 gone.mp4", 4, "", { "“broken.mp4” is not", "“gone.mp4” is not there" }, 0 },
    { "cut-off.mp4 a.mp4", 4, "a.mp4", { "“cut-off.mp4” is cut off" }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) files = make_files (cases[i].brought);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (DailiesAudition) audition = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *taken = NULL;

      dailies_audition_async (files, cases[i].n_wanted, PATIENCE, NULL, fixture_result_cb, &result);
      fixture_wait (result != NULL);
      audition = dailies_audition_finish (result, &error);
      g_assert_no_error (error);
      taken = dup_names (audition->files);
      g_assert_cmpstr (taken, ==, cases[i].taken);
      g_assert_cmpuint (audition->n_untried, ==, cases[i].n_untried);
      for (guint j = 0; j < audition->complaints->len; j++)
        {
          g_test_message ("%s", (char *) audition->complaints->pdata[j]);
          g_assert_true (g_str_has_prefix (audition->complaints->pdata[j], cases[i].told[j]));
        }
      g_assert_true (audition->complaints->len == G_N_ELEMENTS (cases[i].told)
                     || cases[i].told[audition->complaints->len] == NULL);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GPtrArray) files = make_files ("a.mp4 b.mp4 c.mp4");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* At once, whatever is being read. */
  dailies_audition_async (files, 2, PATIENCE, cancellable, fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  fixture_wait (result != NULL);
  g_assert_null (dailies_audition_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What keeps both threads of the pool until it is told. */
static gpointer
hold (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  GMutex *mutex = data;

  g_mutex_lock (mutex);
  g_mutex_unlock (mutex);
  return NULL;
}

/* What takes too long to be judged is taken as it is, and its verdict is nobody's any more. */
static void
test_tired (void)
{
  g_autoptr (GPtrArray) files = make_files ("a.mp4 broken.mp4 b.mp4");
  GAsyncResult *results[3] = { NULL };
  g_autoptr (DailiesAudition) audition = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = NULL;
  GMutex mutex;

  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  for (guint i = 0; i < 2; i++)
    dailies_pool_run_async (hold, &mutex, NULL, NULL, NULL, fixture_result_cb, &results[i]);
  dailies_audition_async (files, 2, 1, NULL, fixture_result_cb, &results[2]);
  fixture_wait (results[2] != NULL);
  g_mutex_unlock (&mutex);
  audition = dailies_audition_finish (results[2], &error);
  g_assert_no_error (error);
  taken = dup_names (audition->files);
  g_assert_cmpstr (taken, ==, "a.mp4 broken.mp4");
  g_assert_cmpuint (audition->complaints->len, ==, 0);
  g_assert_cmpuint (audition->n_untried, ==, 1);
  fixture_wait (results[0] != NULL && results[1] != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
  g_mutex_clear (&mutex);
}

/* Before the frames are told. */
static void
cut_off (const char *from,
         const char *name)
{
  g_autofree char *source = g_build_filename (folder, from, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length / 2, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *broken = NULL;
  g_autofree char *empty = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = g_dir_make_tmp ("dailies-audition-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));
  broken = g_build_filename (folder, "broken.mp4", NULL);
  g_assert_true (g_file_set_contents (broken, "These are words.", -1, NULL));
  empty = g_build_filename (folder, "empty.mp4", NULL);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  cut_off ("a.mp4", "cut-off.mp4");

  g_test_add_func ("/audition/cases", test_cases);
  g_test_add_func ("/audition/cancelled", test_cancelled);
  g_test_add_func ("/audition/tired", test_tired);
  status = g_test_run ();
  fixture_remove_folder (folder);
  g_free (folder);
  return status;
}
