/* scrub.c: how long a random position, and a step either way, takes until it is painted on all sides
 *
 *   scrub [SIDES [SCRUBS]]
 *
 * A real window with two or four sides of 1080p30 (GOP 60). Times run from the request to the end of the painting, and what was painted
 * is read off the painted textures by the numbers burnt into the clip. Beside it, in the same run: the same without jog material (a
 * bare exact seek), and while the material is being made. Ends with 1 where a frame was wrong or a limit is passed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "barcode-clip.h"

#include "dailies-jog-maker.h"
#include "dailies-jog.h"
#include "dailies-jog-store.h"
#include "dailies-reel.h"
#include "dailies-sides.h"

#define WIDTH 1920
#define HEIGHT 1080
#define FPS 30
#define N_FRAMES 300
#define FLIGHT_SEED 7
#define N_FLIGHTS 20
#define N_ROUNDS 5
#define PATIENCE_SECONDS 60
/* An odd number. */
#define N_MAKINGS 5

typedef struct
{
  GtkWidget    *window;
  DailiesSides *sides;
  DailiesReel  *reel;
  guint         n;
  int           target;  /* -1: nothing is waited for */
  int           before;  /* what was shown when it was asked for */
  gint64        asked;   /* µs */
  gint64        painted; /* µs; 0 not yet */
  int           n_wrong; /* paintings with a frame that was not asked for, or with two different ones */
} Bench;

static int n_failures;
static int n_wrong_in_flight;

/* --- a clip that is worth decoding ------------------------------------------------------------ */

/* Moving texture that an encoder has work with, and the number in the middle. */
static GstBuffer *
draw (int number)
{
  gsize      luma = WIDTH * HEIGHT;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, luma * 3 / 2, NULL);
  GstMapInfo map;
  guint      code = number | 1 << 10;
  guint      noise = number + 1;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (int y = 0; y < HEIGHT; y++)
    {
      guint8 *row = map.data + (gsize) y * WIDTH;

      for (int x = 0; x < WIDTH; x++)
        {
          noise = noise * 1664525 + 1013904223;
          row[x] = 40 + (ABS (((x + 3 * number) & 255) - 128) + ABS (((2 * y + number) & 255) - 128)) / 2 +
                   (noise >> 30);
        }
      if (ABS (y - HEIGHT / 2) < 60)
        {
          for (int x = 0; x < WIDTH; x++)
            row[x] = code >> (x * BARCODE_BARS / WIDTH) & 1 ? 235 : 16;
        }
    }
  for (gsize i = 0; i < luma / 2; i++)
    map.data[luma + i] = 96 + ABS ((int) ((i + 2 * number) & 127) - 64);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, FPS);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / FPS;

  return buffer;
}

static GFile *
make_clip (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "clip.mp4", NULL);
  g_autofree char *description =
    g_strdup_printf ("appsrc name=frames format=time block=true max-bytes=30000000 caps=video/x-raw,format=I420,width=%d,"
                     "height=%d,framerate=%d/1,colorimetry=bt709 ! x264enc speed-preset=superfast "
                     "key-int-max=60 bitrate=10000 ! h264parse ! mp4mux ! filesink location=\"%s\"",
                     WIDTH, HEIGHT, FPS, path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (int i = 0; i < N_FRAMES; i++)
    gst_app_src_push_buffer (GST_APP_SRC (source), draw (i));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  message =
    gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_file_new_for_path (path);
}

/* --- what is painted -------------------------------------------------------------------------- */

static int
read_side (Bench *bench,
           guint  side)
{
  GdkTexture         *texture = dailies_sides_get_texture (bench->sides, side);
  g_autofree guint32 *pixels = NULL;
  int                 width, height, code = 0;

  if (texture == NULL)
    return -1;

  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, 4 * width);
  for (int bar = 0; bar < BARCODE_BARS; bar++)
    {
      guint32 pixel =
        pixels[(gsize) (height / 2) * width + (2 * bar + 1) * width / (2 * BARCODE_BARS)];

      if ((pixel >> 8 & 255) > 127)
        code |= 1 << bar;
    }

  return code >> 10 == 1 ? code & 1023 : -1;
}

static gboolean
is_side_jogged (Bench *bench,
                guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (bench->reel, side);
  const GstStructure *info = sample != NULL ? gst_sample_get_info (sample) : NULL;

  return info != NULL && gst_structure_has_name (info, DAILIES_JOG_INFO);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  gint64 now = g_get_monotonic_time ();
  int    shown[DAILIES_REEL_MAX_SIDES] = { -1 };
  guint  all = 0;

  /* Sides come one after the other when they are opened; from then on all show the same. */
  for (guint i = 0; i < bench->n; i++)
    {
      shown[i] = read_side (bench, i);
      all += shown[i] == bench->target;
      if (bench->before >= 0 &&
          (shown[i] != shown[0] || (shown[i] != bench->target && shown[i] != bench->before)))
        {
          bench->n_wrong++;
          g_print ("  side %u shows %d on the way from %d to %d, %.1f ms after it was asked for%s\n",
                   i, shown[i], bench->before, bench->target, (now - bench->asked) / 1000.,
                   is_side_jogged (bench, i) ? ", from the jog" : "");
        }
    }
  if (bench->target >= 0 && bench->painted == 0 && all == bench->n)
    bench->painted = now;
}

static gboolean
expire_cb (gpointer data)
{
  g_error ("A frame is not painted after %d s", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Returns: ms */
static double
wait_until_painted (Bench *bench)
{
  guint timer = g_timeout_add_seconds (PATIENCE_SECONDS, expire_cb, NULL);

  while (bench->painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  bench->before = bench->target;
  bench->target = -1;

  return (bench->painted - bench->asked) / 1000.;
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* A hand does not ask in the moment in which the last picture was painted: right after that the frame clock would wait
 * for the next refresh of the screen. */
static void
pause_like_a_hand (void)
{
  wait_ms (17 + g_random_int_range (0, 16));
}

static void
ask (Bench *bench,
     int    target)
{
  bench->target = target;
  bench->painted = 0;
  bench->asked = g_get_monotonic_time ();
}

static double
scrub_to (Bench *bench,
          int    number)
{
  pause_like_a_hand ();
  ask (bench, number);
  dailies_reel_seek (bench->reel, gst_util_uint64_scale (4 * number + 1, GST_SECOND, 4 * FPS));
  return wait_until_painted (bench);
}

static gboolean
is_jogged (Bench *bench)
{
  gboolean jogged = TRUE;

  for (guint i = 0; i < bench->n; i++)
    jogged = jogged && is_side_jogged (bench, i);

  return jogged;
}

/* --- figures ---------------------------------------------------------------------------------- */

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

/* Returns: the 95th percentile */
static double
tell (const char *what,
      double     *times,
      int         n)
{
  if (n == 0)
    {
      g_print ("  %-36s none\n", what);
      return 0;
    }

  qsort (times, n, sizeof *times, compare_doubles);
  g_print ("  %-36s n=%3d  median %6.1f ms  p95 %6.1f ms  most %6.1f ms\n",
           what, n, times[n / 2], times[n * 95 / 100], times[n - 1]);

  return times[n * 95 / 100];
}

static void
check (const char *what,
       double      value,
       double      limit)
{
  g_print ("  %-36s %.2f (limit %.2f)%s\n", what, value, limit, value > limit ? "  TOO MUCH" : "");
  n_failures += value > limit;
}

/* --- the runs --------------------------------------------------------------------------------- */

/* Clips of their own: frames of the same clip would be made once for all sides. */
static GFile *
copy_for_side (GFile *file,
               guint  side)
{
  g_autofree char *path = g_strdup_printf ("%s.%u.mp4", g_file_peek_path (file), side);
  g_autoptr (GError) error = NULL;
  GFile *copy = g_file_new_for_path (path);

  if (!g_file_query_exists (copy, NULL))
    g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return copy;
}

static void
open_sides (Bench *bench,
            guint  n,
            GFile *file)
{
  memset (bench, 0, sizeof *bench);
  bench->n = n;
  bench->reel = dailies_reel_new ();
  bench->sides = DAILIES_SIDES (dailies_sides_new ());
  dailies_sides_set_reel (bench->sides, bench->reel);
  dailies_sides_set_n_sides (bench->sides, n);
  dailies_sides_set_mode (bench->sides, DAILIES_SIDES_SIDE_BY_SIDE);
  bench->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1600, 900);
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->sides));
  gtk_window_present (GTK_WINDOW (bench->window));
  g_signal_connect_after (gtk_widget_get_frame_clock (bench->window),
                          "after-paint", G_CALLBACK (after_paint_cb), bench);
  bench->before = -1;
  ask (bench, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) copy = copy_for_side (file, i);

      dailies_reel_set_file (bench->reel, i, copy);
    }
  wait_until_painted (bench);
  bench->n_wrong = 0;
}

static void
close_sides (Bench *bench)
{
  dailies_reel_close (bench->reel);
  g_clear_object (&bench->reel);
  gtk_window_destroy (GTK_WINDOW (bench->window));
}

/* Seeks begin as soon as the clips are there, at the same places: how far one is from the key frame before it decides how long a seek
 * takes. @times: ms, -1 where there was a jog after all */
static void
measure_flights (guint    n,
                 GFile   *file,
                 gboolean makes_jogs,
                 double   times[N_FLIGHTS])
{
  GRand *rand = g_rand_new_with_seed (FLIGHT_SEED);
  Bench  bench;

  /* Where cores abound nothing gives way to that, but finds no room. */
  if (!makes_jogs)
    {
      dailies_jog_maker_claim (TRUE);
      dailies_jog_store_set_budget (1);
    }
  open_sides (&bench, n, file);
  for (int i = 0; i < N_FLIGHTS; i++)
    {
      times[i] = scrub_to (&bench, g_rand_int_range (rand, 0, N_FRAMES));
      if (is_jogged (&bench))
        times[i] = -1;
    }
  n_wrong_in_flight += bench.n_wrong;
  if (makes_jogs)
    g_print ("  made meanwhile: %.1f MB\n", dailies_jog_store_get_total () / 1e6);
  close_sides (&bench);
  if (!makes_jogs)
    dailies_jog_maker_claim (FALSE);
  dailies_jog_maker_forget ();
  dailies_jog_store_set_budget (0);
  g_rand_free (rand);
}

/* Bare exact seeks, and those that meet the making of jogs, in turn: the machine is not the same from one minute to the next.
 * Returns: how the 95th percentiles compare */
static double
measure_unready (guint   n,
                 GFile  *file,
                 double *bare)
{
  double bares[N_ROUNDS * N_FLIGHTS], unreadies[N_ROUNDS * N_FLIGHTS];
  int    n_pairs = 0;
  double unready;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      double without[N_FLIGHTS], with[N_FLIGHTS];

      measure_flights (n, file, FALSE, without);
      measure_flights (n, file, TRUE, with);
      for (int i = 0; i < N_FLIGHTS; i++)
        {
          if (with[i] < 0)
            continue;
          bares[n_pairs] = without[i];
          unreadies[n_pairs++] = with[i];
        }
    }
  *bare = tell ("bare exact seek", bares, n_pairs);
  unready = tell ("exact seek while frames are made", unreadies, n_pairs);

  return *bare > 0 ? unready / *bare : G_MAXDOUBLE;
}

static void
measure_sides (guint  n,
               GFile *file,
               int    n_scrubs)
{
  g_autofree double *times = g_new (double, n_scrubs);
  GRand *rand = g_rand_new_with_seed (11);
  Bench  bench;
  double bare, worse, p95, forth, back;

  g_print ("%u sides\n", n);
  worse = measure_unready (n, file, &bare);
  open_sides (&bench, n, file);
  /* The making gives way to seeks that are flown: to ask more often would wait for long. */
  do
    {
      wait_ms (3000);
      scrub_to (&bench, 1);
      scrub_to (&bench, N_FRAMES - 2);
    }
  while (!is_jogged (&bench));

  bench.n_wrong = 0;
  for (int i = 0; i < n_scrubs; i++)
    times[i] = scrub_to (&bench, g_rand_int_range (rand, 0, N_FRAMES));
  p95 = tell ("scrub", times, n_scrubs);
  scrub_to (&bench, 10);
  for (int i = 0; i < n_scrubs; i++)
    {
      pause_like_a_hand ();
      ask (&bench, bench.before + 1);
      dailies_reel_step (bench.reel, 1);
      times[i] = wait_until_painted (&bench);
    }
  forth = tell ("step forward", times, n_scrubs);
  for (int i = 0; i < n_scrubs; i++)
    {
      pause_like_a_hand ();
      ask (&bench, bench.before - 1);
      dailies_reel_step (bench.reel, -1);
      times[i] = wait_until_painted (&bench);
    }
  back = tell ("step back", times, n_scrubs);

  check ("scrub p95, ms", p95, n == 2 ? 16 : 33);
  check ("scrub p95 / bare exact seek p95", p95 / bare, 1);
  /* No worse, as far as can be told. */
  check ("the same before frames are made", worse, 1.05);
  check ("step back p95 / step forward p95", back / forth, 1.2);
  check ("wrong frames", bench.n_wrong, 0);
  check ("wrong frames before they are made", n_wrong_in_flight, 0);
  close_sides (&bench);
  g_rand_free (rand);
}

static void
settled_cb (DailiesJog *jog,
            gboolean   *settled)
{
  *settled = TRUE;
}

static double
get_cpu_seconds (void)
{
  struct rusage use;

  getrusage (RUSAGE_SELF, &use);
  return use.ru_utime.tv_sec + use.ru_stime.tv_sec +
         (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* The floor under it: seconds of processor time that decoding takes, and nothing else. */
static double
measure_decoding (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *line = g_strdup_printf ("uridecodebin uri=%s ! fakesink sync=false", uri);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  double cpu = get_cpu_seconds ();

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE_SECONDS * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  cpu = get_cpu_seconds () - cpu;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);

  return cpu;
}

/* Seconds of processor time that making takes. */
static double
measure_jog (GFile *file)
{
  double   cpu = get_cpu_seconds ();
  gint64   begin = g_get_monotonic_time ();
  gboolean settled = FALSE;
  g_autoptr (DailiesJog) jog = dailies_jog_new (file, 960, 540);

  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &settled);
  while (!settled)
    g_main_context_iteration (NULL, TRUE);
  cpu = get_cpu_seconds () - cpu;
  g_assert_true (dailies_jog_is_ready (jog));
  g_print ("  making %.1f MB: %.2f s of processor time, %.2f s by the clock\n",
           dailies_jog_store_get_total () / 1e6, cpu, (g_get_monotonic_time () - begin) / 1e6);
  g_clear_object (&jog);
  dailies_jog_maker_forget ();

  return cpu;
}

/* What shares the machine shares its processors' time: each is done in turn with the other, and the middle one counts. */
static void
measure_making (GFile *file)
{
  double floors[N_MAKINGS], makings[N_MAKINGS];

  g_print ("jog material of 10 s of 1080p30 at 960×540\n");
  for (int i = 0; i < N_MAKINGS; i++)
    {
      floors[i] = measure_decoding (file);
      makings[i] = measure_jog (file);
      g_print ("  decoding alone: %.2f s of processor time\n", floors[i]);
    }
  qsort (floors, N_MAKINGS, sizeof *floors, compare_doubles);
  qsort (makings, N_MAKINGS, sizeof *makings, compare_doubles);
  g_print ("  ratio to decoding alone %.2f\n", makings[N_MAKINGS / 2] / floors[N_MAKINGS / 2]);
  check ("jog: seconds of processor time", makings[N_MAKINGS / 2], 3);
}

int
main (int   argc,
      char *argv[])
{
  int              n_sides = argc > 1 ? atoi (argv[1]) : 2;
  int              n_scrubs = argc > 2 ? atoi (argv[2]) : 200;
  g_autofree char *folder = g_dir_make_tmp ("dailies-scrub-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;

  gtk_init ();
  gst_init (NULL, NULL);
  file = make_clip (folder);
  measure_making (file);
  measure_sides (CLAMP (n_sides, 1, DAILIES_REEL_MAX_SIDES), file, n_scrubs);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      g_autoptr (GFile) copy = copy_for_side (file, i);

      g_file_delete (copy, NULL, NULL);
    }
  g_file_delete (file, NULL, NULL);
  rmdir (folder);
  return n_failures > 0;
}
