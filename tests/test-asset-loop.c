/* test-asset-loop.c: the main loop is not held while a large clip is read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-asset.h"
#include "media.h"

#define CLIP_BYTES (200 * 1000 * 1000)
#define HELD_MS 16.0
#define N_TRIES 4
#define DEADLINE_SECONDS 30.0

/* A timer that is due at once, every time round. What counts is how long a turn was held: the time on the clock less the time
 * this thread stood ready and waited for a processor that others had. Waiting for a disk or a lock stays in. */
typedef struct
{
  GSource source;
  gint64  last_clock;
  gint64  last_delay;
  double  longest_clock_ms;
  double  longest_held_ms;
  guint   n_turns;
} Watch;

/* In µs; 0 where the kernel does not tell, which leaves the time on the clock. */
static gint64
processor_delay_us (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) numbers = NULL;

  if (!g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL))
    return 0;
  numbers = g_strsplit (text, " ", -1);

  return g_strv_length (numbers) >= 2 ? g_ascii_strtoll (numbers[1], NULL, 10) / 1000 : 0;
}

static gboolean
watch_dispatch (GSource    *source,
                GSourceFunc callback,
                gpointer    user_data)
{
  Watch *watch = (Watch *) source;
  gint64 clock = g_get_monotonic_time ();
  gint64 delay = processor_delay_us ();

  if (watch->last_clock != 0)
    {
      gint64 turn = clock - watch->last_clock;

      watch->longest_clock_ms = MAX (watch->longest_clock_ms, turn / 1000.0);
      watch->longest_held_ms = MAX (watch->longest_held_ms, (turn - (delay - watch->last_delay)) / 1000.0);
    }
  watch->last_clock = clock;
  watch->last_delay = delay;
  watch->n_turns++;
  g_source_set_ready_time (source, clock + 1000);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs watch_funcs = { NULL, NULL, watch_dispatch, NULL };

static Watch *
watch_start (void)
{
  Watch *watch = (Watch *) g_source_new (&watch_funcs, sizeof (Watch));

  g_source_set_priority (&watch->source, G_PRIORITY_HIGH);
  g_source_set_ready_time (&watch->source, 0);
  g_source_attach (&watch->source, NULL);

  return watch;
}

static void
watch_stop (Watch *watch)
{
  g_source_destroy (&watch->source);
  g_source_unref (&watch->source);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  dailies_asset_load_finish (DAILIES_ASSET (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* A real clip with a `free` box behind it that makes it as long as the longest the service takes. */
static char *
make_large_clip (const char *folder)
{
  char            *path = media_make_clip (folder, "large.mp4", "mp4mux", 1280, 720, 24, 120, TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, NULL);
  g_autofree guint8 *block = g_malloc (1000 * 1000);
  goffset          size;
  guint32          left;
  guint8           head[8] = { 0, 0, 0, 0, 'f', 'r', 'e', 'e' };

  GStatBuf         info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  size = info.st_size;
  left = GUINT32_TO_BE ((guint32) (CLIP_BYTES - size));
  for (gsize i = 0; i < 1000 * 1000; i++)
    block[i] = (guint8) (i * 2654435761u >> 13);
  memcpy (head, &left, 4);
  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), head, 8, NULL, NULL, NULL));
  for (size += 8; size < CLIP_BYTES; size += MIN (1000 * 1000, CLIP_BYTES - size))
    g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), block, MIN (1000 * 1000, CLIP_BYTES - size),
                                              NULL, NULL, NULL));

  return path;
}

/* Iterates until @done, or for @seconds where it is NULL. */
static Watch *
run_watched (const gboolean *done,
             double          seconds)
{
  Watch *watch = watch_start ();
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (done != NULL ? !*done : g_get_monotonic_time () < deadline)
    {
      g_assert_true (done == NULL || g_get_monotonic_time () < deadline);
      g_main_context_iteration (NULL, TRUE);
    }

  return watch;
}

/* Returns how long a turn was held at most, in ms. */
static double
load_watched (GFile  *file,
              double *seconds)
{
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  gint64        start = g_get_monotonic_time ();
  gboolean      done = FALSE;
  Watch        *watch;
  double        longest;

  dailies_asset_load_async (asset, NULL, loaded_cb, &done);
  watch = run_watched (&done, DEADLINE_SECONDS);
  *seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  longest = watch->longest_held_ms;
  g_assert_cmpint (dailies_asset_get_bytes (asset), ==, CLIP_BYTES);
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 1280);
  g_assert_nonnull (dailies_asset_get_thumbnail (asset));
  g_test_message ("200 MB hashed and probed in %.2f s, %u turns of the main loop; the longest: held %.2f ms, "
                  "%.2f ms on the clock", *seconds, watch->n_turns, longest, watch->longest_clock_ms);
  watch_stop (watch);
  g_assert_finalize_object (asset);

  return longest;
}

static void
test_main_loop_is_free (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = make_large_clip (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  double best_ms = G_MAXDOUBLE;

  /* Whatever holds the loop does so each time; a neighbour on the machine does not. */
  for (guint i = 0; i < N_TRIES && best_ms >= HELD_MS; i++)
    {
      double seconds;
      Watch *watch;

      best_ms = MIN (best_ms, load_watched (file, &seconds));
      watch = run_watched (NULL, seconds);
      g_test_message ("the same time with nothing to do: held %.2f ms, %.2f ms on the clock",
                      watch->longest_held_ms, watch->longest_clock_ms);
      watch_stop (watch);
    }

  g_test_minimized_result (best_ms, "longest turn of the main loop in ms");
  g_assert_cmpfloat (best_ms, <, HELD_MS);

  media_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/asset/main-loop-is-free", test_main_loop_is_free);
  return g_test_run ();
}
