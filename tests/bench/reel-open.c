/* reel-open.c: from four files to the first frame on all four sides, beside bare pipelines that do no more than decode one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../media.h"

#include "dailies-reel.h"

#define N_SIDES  4
#define N_ROUNDS 7
#define LIMIT_MS 400

static char *paths[N_SIDES];

static double
ms_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e3;
}

static double
open_bare (void)
{
  GstElement *pipelines[N_SIDES];
  gint64      start = g_get_monotonic_time ();
  double      taken;

  for (int i = 0; i < N_SIDES; i++)
    {
      g_autofree char *description = g_strdup_printf (
        "filesrc location=\"%s\" ! qtdemux ! h264parse ! avdec_h264 ! fakesink", paths[i]);

      pipelines[i] = gst_object_ref_sink (gst_parse_launch (description, NULL));
      gst_element_set_state (pipelines[i], GST_STATE_PAUSED);
    }
  for (int i = 0; i < N_SIDES; i++)
    gst_element_get_state (pipelines[i], NULL, NULL, 10 * GST_SECOND);
  taken = ms_since (start);
  for (int i = 0; i < N_SIDES; i++)
    {
      gst_element_set_state (pipelines[i], GST_STATE_NULL);
      gst_object_unref (pipelines[i]);
    }

  return taken;
}

static double
open_reel (void)
{
  DailiesReel *reel = dailies_reel_new ();
  gint64       start = g_get_monotonic_time ();
  int          n = 0;
  double       taken;

  for (int i = 0; i < N_SIDES; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      dailies_reel_set_tile (reel, i, 640, 360);
      dailies_reel_set_file (reel, i, file);
    }
  while (n < N_SIDES)
    {
      g_main_context_iteration (NULL, TRUE);
      n = 0;
      for (int i = 0; i < N_SIDES; i++)
        {
          g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, i);

          n += sample != NULL;
        }
    }
  taken = ms_since (start);
  dailies_reel_close (reel);
  g_object_unref (reel);

  return taken;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  double bare[N_ROUNDS], reel[N_ROUNDS];

  gst_init (&argc, &argv);
  folder = media_folder_new ();
  paths[0] = media_make_clip (folder, "0.mp4", "mp4mux", 1920, 1080, 30, 300, TRUE);
  for (int i = 1; i < N_SIDES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.mp4", i);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (paths[0], &bytes, &length, NULL));
      paths[i] = media_write (folder, name, bytes, length);
    }

  /* The first of each loads plug-ins. */
  open_bare ();
  open_reel ();
  for (int i = 0; i < N_ROUNDS; i++)
    {
      bare[i] = open_bare ();
      reel[i] = open_reel ();
    }
  qsort (bare, N_ROUNDS, sizeof *bare, compare);
  qsort (reel, N_ROUNDS, sizeof *reel, compare);
  g_print ("open %d cuts of 1080p to the first joint frame: reel %.0f ms (worst %.0f), bare preroll %.0f ms, ratio %.2f\n",
           N_SIDES, reel[N_ROUNDS / 2], reel[N_ROUNDS - 1], bare[N_ROUNDS / 2], reel[N_ROUNDS / 2] / bare[N_ROUNDS / 2]);
  media_folder_remove (folder);
  for (int i = 0; i < N_SIDES; i++)
    g_free (paths[i]);

  return reel[N_ROUNDS / 2] <= LIMIT_MS ? 0 : 1;
}
