/* test-reel-card.c: a graphics card that makes no picture is done without; what is slow for another reason is not taken for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reel-stage.h"
#include "slow-decoders.h"

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 48 },
  { "other.mp4", 320, 180, 24, 1, 24 },
};

/* What the card gets before it counts as dead. */
#define CARD_PATIENCE (5 * G_TIME_SPAN_SECOND)
#define SLOWNESS (6 * G_TIME_SPAN_SECOND)

/* --- a card that makes nothing ---------------------------------------------------------------- */

static int n_uploads; /* pictures that it got; atomic */

#define TEST_TYPE_CARD (test_card_get_type ())
G_DECLARE_FINAL_TYPE (TestCard, test_card, TEST, CARD, GstElement)

struct _TestCard
{
  GstElement parent_instance;
};

G_DEFINE_FINAL_TYPE (TestCard, test_card, GST_TYPE_ELEMENT)

/* Until nobody wants it any more. */
static GstFlowReturn
hang (GstPad    *pad,
      GstObject *parent,
      GstBuffer *buffer)
{
  g_atomic_int_inc (&n_uploads);
  gst_buffer_unref (buffer);
  while (!GST_PAD_IS_FLUSHING (pad))
    g_usleep (1000);
  return GST_FLOW_FLUSHING;
}

/* What it would make is not what it gets. */
static gboolean
swallow_event (GstPad    *pad,
               GstObject *parent,
               GstEvent  *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return gst_pad_event_default (pad, parent, event);

  gst_event_unref (event);
  return TRUE;
}

static void
test_card_class_init (TestCardClass *klass)
{
  static GstStaticPadTemplate sink = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
  static GstStaticPadTemplate src = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);

  gst_element_class_add_static_pad_template (element, &sink);
  gst_element_class_add_static_pad_template (element, &src);
  gst_element_class_set_static_metadata (element, "Card", "Filter/Effect/Video", "Makes nothing", "Dailies");
}

static void
test_card_init (TestCard *self)
{
  GstElementClass *klass = GST_ELEMENT_GET_CLASS (self);
  GstPad *sink = gst_pad_new_from_template (gst_element_class_get_pad_template (klass, "sink"), "sink");
  GstPad *src = gst_pad_new_from_template (gst_element_class_get_pad_template (klass, "src"), "src");

  gst_pad_set_chain_function (sink, hang);
  gst_pad_set_event_function (sink, swallow_event);
  /* Anything is taken: it never gets as far as that what it makes matters. */
  GST_PAD_SET_ACCEPT_TEMPLATE (sink);
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), src);
}

static void
register_card (void)
{
  static const char *names[] = { "glupload", "glcolorconvert", "glvideoflip" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (gst_element_register (NULL, names[i], GST_RANK_NONE, TEST_TYPE_CARD));
}

static Stage *
stage_new_on_card (void)
{
  g_autoptr (GstContext) display = gst_context_new ("gst.gl.GLDisplay", TRUE);
  g_autoptr (GstContext) application = gst_context_new ("gst.gl.app_context", TRUE);
  DailiesGraphics *graphics = dailies_graphics_new (display, application);
  Stage *stage = stage_new ();

  g_assert_nonnull (graphics);
  dailies_reel_set_graphics (stage->reel, graphics);
  dailies_graphics_unref (graphics);
  g_atomic_int_set (&n_uploads, 0);

  return stage;
}

/* --- tests ------------------------------------------------------------------------------------ */

/* Returns: µs until the first picture */
static gint64
wait_for_picture (Stage *stage,
                  guint  side)
{
  gint64 start = g_get_monotonic_time ();

  /* More than either of the two takes by itself. */
  for (int i = 0; i < 3 && shown (stage, side) < 0; i++)
    {
      gboolean expired = FALSE;
      guint    timer = g_timeout_add (PATIENCE / 1000, expire_cb, &expired);

      while (!expired && shown (stage, side) < 0)
        g_main_context_iteration (NULL, TRUE);
      if (!expired)
        g_source_remove (timer);
    }
  g_assert_cmpint (shown (stage, side), ==, 0);
  return g_get_monotonic_time () - start;
}

/* The clip is shown from memory, and the next one does not wait for the card any more. */
static void
test_dead (void)
{
  Stage *stage = stage_new_on_card ();
  gint64 first;

  set_clip (stage, 0, "plain.mp4");
  first = wait_for_picture (stage, 0);
  g_assert_cmpint (g_atomic_int_get (&n_uploads), >, 0);
  g_assert_cmpint (first, >, CARD_PATIENCE);
  g_assert_no_error (stage->error);

  g_atomic_int_set (&n_uploads, 0);
  set_clip (stage, 1, "other.mp4");
  g_assert_cmpint (wait_for_picture (stage, 1), <, CARD_PATIENCE);
  g_assert_cmpint (g_atomic_int_get (&n_uploads), ==, 0);
  g_assert_no_error (stage->error);
  stage_free (stage);
}

/* The card's time begins when it has something to make a picture of. */
static void
test_slow_clip (void)
{
  Stage *stage = stage_new_on_card ();

  g_atomic_int_set (&slowness_once, SLOWNESS);
  set_clip (stage, 0, "plain.mp4");
  g_assert_cmpint (wait_for_picture (stage, 0), >, SLOWNESS + CARD_PATIENCE);
  g_assert_no_error (stage->error);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  register_card ();
  slow_decoders_watch ();
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }
  /* First, as jogs of the other's clips may still be decoded behind it, and be what is slow. */
  g_test_add_func ("/reel-card/slow-clip", test_slow_clip);
  g_test_add_func ("/reel-card/dead", test_dead);
  status = g_test_run ();
  remove_clips ();

  return status;
}
