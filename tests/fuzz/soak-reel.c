/* soak-reel.c: four sides go round for a long time, with seeks, steps and slips; nothing may grow
 *
 *   soak-reel SECONDS
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__ /* as one of the above tells */
#include <malloc.h>
#endif

#include "../reel-stage.h"
#include "dailies-heap.h"

static const BarcodeClip clips[] = {
  { "a.mp4", 640, 360, 24, 1, 72, .sound = 141 },
  { "b.mp4", 640, 360, 30, 1, 120 },
  { "c.mp4", 360, 640, 30000, 1001, 90, .sound = 141 },
  { "d.mp4", 640, 480, 60, 1, 150 },
};

/* One look comes at a moment when pictures are on their way, and the next when none are: twenty megabytes apart and more. What is
 * compared are medians of whole rounds of what act_cb() does, so that both have seen the same. */
#define ACT_MS 400
#define ROUND 1200 /* acts; one look with each */
#define SAY 25     /* of them: every ten seconds */
/* Above what it was after the first minute: what the issue of it asks for. */
#define GROWTH_MB 5

static guint seconds = 60;

typedef struct
{
  double megabytes; /* resident */
  double allocated; /* of the C library: without what it keeps for later */
  int    threads;
  int    files;
} Use;

static int
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static Use
measure (void)
{
  g_autofree char *text = NULL;
  Use  use;
  long pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  sscanf (text, "%*d %ld", &pages);
  use.megabytes = pages * sysconf (_SC_PAGESIZE) / 1e6;
#ifdef __GLIBC__
  {
    struct mallinfo2 info = mallinfo2 ();

    use.allocated = (info.uordblks + info.hblkhd) / 1e6;
  }
#else
  use.allocated = 0;
#endif
  use.threads = count_entries ("/proc/self/task");
  use.files = count_entries ("/proc/self/fd");

  return use;
}

static int
compare_megabytes (gconstpointer a,
                   gconstpointer b)
{
  double x = ((const Use *) a)->megabytes;
  double y = ((const Use *) b)->megabytes;

  return x < y ? -1 : x > y;
}

/* The middle one of @n looks from @first on, by megabytes */
static double
take_median (GArray *uses,
             guint   first,
             guint   n)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Use));

  g_array_append_vals (sorted, &g_array_index (uses, Use, first), n);
  g_array_sort (sorted, compare_megabytes);
  return g_array_index (sorted, Use, n / 2).megabytes;
}

typedef struct
{
  Stage  *stage;
  gint64  start;
  guint   warm;  /* s from the start: what comes before is not compared */
  guint   n;
  GArray *uses;  /* (element-type Use): after that */
} Soak;

static void
look (Soak *soak)
{
  Use now = measure ();
  int at = (g_get_monotonic_time () - soak->start) / G_USEC_PER_SEC;

  if (soak->n % SAY == 0)
    g_test_message ("%3d s: %.1f MB, %.1f of them allocated, %d threads, %d files", at, now.megabytes, now.allocated,
                    now.threads, now.files);
  if (at >= (int) soak->warm)
    g_array_append_val (soak->uses, now);
}

static gboolean
act_cb (gpointer data)
{
  Soak *soak = data;
  Stage *stage = soak->stage;
  guint n = ++soak->n;

  look (soak);
  switch (n % 10)
    {
    case 3:
    case 7:
      dailies_reel_seek (stage->reel, (gint64) (n * 37 % 40) * GST_SECOND / 10);
      break;
    case 4:
      dailies_reel_step (stage->reel, n % 3 - 1);
      break;
    case 5:
      dailies_reel_shuttle (stage->reel, -1);
      break;
    case 6:
      g_object_set (stage->reel, "audible", (int) (n / 10 % 5) - 1, NULL);
      dailies_reel_play (stage->reel);
      break;
    case 8:
      dailies_reel_set_slip (stage->reel, 1, n / 10 % 7 - 3);
      break;
    case 9:
      if (n / 10 % 4 == 0)
        set_clip (stage, 3, n / 40 % 2 ? "a.mp4" : "d.mp4");
      break;
    default:
      break;
    }

  return G_SOURCE_CONTINUE;
}

static void
test_soak (void)
{
  g_autoptr (GArray) uses = g_array_new (FALSE, FALSE, sizeof (Use));
  Soak  soak = { stage_new (), g_get_monotonic_time (), MIN (60, seconds / 3), 0, uses };
  guint timer, n;
  Use   first, now;

  g_signal_handlers_disconnect_by_data (soak.stage->reel, soak.stage);
  g_signal_connect (soak.stage->reel, "side-failed", G_CALLBACK (side_failed_cb), soak.stage);
  g_object_set (soak.stage->reel, "looping", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    set_clip (soak.stage, i, clips[i].name);
  dailies_reel_play (soak.stage->reel);
  timer = g_timeout_add (ACT_MS, act_cb, &soak);
  while (g_get_monotonic_time () < soak.start + seconds * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_no_error (soak.stage->error);
  g_assert_cmpuint (uses->len, >, 1);
  first = g_array_index (uses, Use, 0);
  now = measure ();
  /* While a side is replaced there are a few more of both. */
  g_assert_cmpint (now.threads, <=, first.threads + 12);
  g_assert_cmpint (now.files, <=, first.files + 8);

  n = MIN (ROUND, uses->len / 2);
  for (guint i = 0; i + n <= uses->len; i += n)
    g_test_message ("median of round %u: %.1f MB", i / n + 1, take_median (uses, i, n));
  g_test_message ("and of the last %u looks: %.1f MB", n, take_median (uses, uses->len - n, n));
  /* A short run has too few looks to tell a growth of that size from what comes and goes. */
  g_assert_cmpfloat (take_median (uses, uses->len - n, n), <,
                     take_median (uses, 0, n) + (n == ROUND ? GROWTH_MB : 5 * GROWTH_MB));
  stage_free (soak.stage);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  /* As the program does. */
  dailies_heap_keep ();
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    seconds = atoi (argv[1]);
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }
  g_test_add_func ("/reel/soak", test_soak);
  status = g_test_run ();
  remove_clips ();

  return status;
}
