/* test-proof.c: a pipeline that sticks does not condemn a clip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-proof.h"

#include <gst/video/video.h>

#include "media.h"

/* Decoders of pictures that were made, and which of them is to stick, counted from 1; atomic. */
static int n_made;
static int stuck;

static GstPadProbeReturn
stick_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         data)
{
  /* Of a probe that blocks: goes on blocking, until the pipeline is taken down. */
  return GST_PAD_PROBE_OK;
}

static gboolean
added_hook (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  GstElement *element = g_value_get_object (&values[2]);

  if (GST_IS_VIDEO_DECODER (element) && GST_OBJECT_PARENT (g_value_get_object (&values[0])) == NULL
      && g_atomic_int_add (&n_made, 1) + 1 == g_atomic_int_get (&stuck))
    gst_pad_add_probe (GST_VIDEO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER,
                       stick_cb, NULL, NULL);
  return TRUE;
}

static void
assert_good (GFile *file)
{
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GError) error = NULL;

  g_atomic_int_set (&n_made, 0);
  probe = dailies_proof_take (file, "a.mp4", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (probe);
  g_assert_cmpint (probe->kind, ==, DAILIES_MEDIA_VIDEO);
}

static void
test_stuck_once (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_clip (folder, "a.mp4", "mp4mux", 320, 240, 24, 48, FALSE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int n;

  assert_good (file);
  n = g_atomic_int_get (&n_made);
  g_assert_cmpint (n, >, 0);

  /* The last one decodes both ends; another one has to follow it. */
  g_atomic_int_set (&stuck, n);
  assert_good (file);
  g_assert_cmpint (g_atomic_int_get (&n_made), ==, n + 1);

  media_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (gst_init_check (NULL, NULL, NULL));
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN));
  g_signal_add_emission_hook (g_signal_lookup ("deep-element-added", GST_TYPE_BIN), 0, added_hook, NULL, NULL);
  g_test_add_func ("/proof/stuck-once", test_stuck_once);
  return g_test_run ();
}
