/* test-stop.c: what plays ends, also when it fails at that moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-stop.h"

/* An element that fails while it goes down, as one does whose thread finds out just then that it can read nothing. */
#define TYPE_SULKER (sulker_get_type ())
G_DECLARE_FINAL_TYPE (Sulker, sulker, , SULKER, GstElement)

struct _Sulker
{
  GstElement parent_instance;
};

G_DEFINE_FINAL_TYPE (Sulker, sulker, GST_TYPE_ELEMENT)

static GstStateChangeReturn
sulker_change_state (GstElement     *element,
                     GstStateChange  change)
{
  if (change == GST_STATE_CHANGE_PAUSED_TO_READY)
    GST_ELEMENT_ERROR (element, STREAM, TYPE_NOT_FOUND, (NULL), (NULL));
  return GST_ELEMENT_CLASS (sulker_parent_class)->change_state (element, change);
}

static void
sulker_class_init (SulkerClass *klass)
{
  GST_ELEMENT_CLASS (klass)->change_state = sulker_change_state;
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Sulker", "Test", "Fails on its way down", "Dailies");
}

static void
sulker_init (Sulker *self)
{
}

static GstElement *
get_child (GstElement *bin,
           const char *name)
{
  GstElement *child = gst_bin_get_by_name (GST_BIN (bin), name);

  gst_object_unref (child);
  return child;
}

static void
assert_stopped (GstElement *element)
{
  GstState state, pending;

  gst_element_get_state (element, &state, &pending, 0);
  g_assert_cmpint (state, ==, GST_STATE_NULL);
  g_assert_cmpint (pending, ==, GST_STATE_VOID_PENDING);
}

/* A decoder in a bin in a bin: it waits for its first frame, and what it posts as it goes down breaks the way down off. */
static void
test_failing (void)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *outer = gst_bin_new ("outer");
  GstElement *inner = gst_bin_new ("inner");

  gst_bin_add (GST_BIN (inner), gst_element_factory_make ("fakesink", "sink"));
  gst_bin_add (GST_BIN (inner), g_object_new (TYPE_SULKER, "name", "sulker", NULL));
  gst_bin_add (GST_BIN (outer), inner);
  gst_bin_add (GST_BIN (pipeline), outer);
  g_assert_cmpint (gst_element_set_state (pipeline, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_ASYNC);
  gst_element_abort_state (inner);

  dailies_stop (pipeline);
  assert_stopped (pipeline);
  assert_stopped (get_child (pipeline, "outer"));
  assert_stopped (get_child (pipeline, "inner"));
  assert_stopped (get_child (pipeline, "sink"));
  assert_stopped (get_child (pipeline, "sulker"));
}

/* As it mostly is. */
static void
test_playing (void)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch ("audiotestsrc ! fakesink name=sink sync=true", NULL);

  g_assert_nonnull (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  dailies_stop (pipeline);
  assert_stopped (pipeline);
  assert_stopped (get_child (pipeline, "sink"));
  dailies_stop (pipeline);
  assert_stopped (pipeline);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stop/failing", test_failing);
  g_test_add_func ("/stop/playing", test_playing);
  return g_test_run ();
}
