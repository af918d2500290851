/* dailies-graphics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-graphics.h"

#include <gst/gl/gl.h>

/* Every card has textures of that size, and several pictures of a larger one would fill it. */
#define SIZE "width=(int)[ 1, 4096 ], height=(int)[ 1, 4096 ]"
/* What can be uploaded, or lies on the card, and has no transparency: that would be shown, as on the card it is not taken away.
 * Of what is not RGB glcolorconvert knows these two only, and takes anything else for the first; in memory all are known. */
#define TAKEN                                                                                                        \
  "video/x-raw(ANY), format=(string){ I420, YV12, NV12, NV21, NV16, NV61, YUY2, UYVY, Y41B, Y42B, Y444, P010_10LE, " \
  "P012_LE, P016_LE, DMA_DRM }, colorimetry=(string){ bt601, bt709 }, " SIZE "; "                                    \
  "video/x-raw(ANY), format=(string){ RGB, BGR, RGBx, BGRx, xRGB, xBGR, RGB16, BGR16 }, " SIZE
#define GIVEN "video/x-raw(memory:GLMemory), format=(string)RGBA, texture-target=(string)2D"

struct _DailiesGraphics
{
  GstContext *display;
  GstContext *application;
};

static gboolean
has_elements (void)
{
  static const char *names[] = { "glupload", "glcolorconvert", "glvideoflip" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (names[i]);

      if (factory == NULL)
        return FALSE;
    }

  return TRUE;
}

DailiesGraphics *
dailies_graphics_new (GstContext *display,
                      GstContext *application)
{
  DailiesGraphics *self;

  g_return_val_if_fail (gst_context_has_context_type (display, GST_GL_DISPLAY_CONTEXT_TYPE), NULL);
  g_return_val_if_fail (gst_context_has_context_type (application, "gst.gl.app_context"), NULL);

  if (!has_elements ())
    return NULL;

  self = g_atomic_rc_box_new0 (DailiesGraphics);
  self->display = gst_context_ref (display);
  self->application = gst_context_ref (application);

  return self;
}

DailiesGraphics *
dailies_graphics_ref (DailiesGraphics *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
graphics_clear (gpointer data)
{
  DailiesGraphics *self = data;

  gst_context_unref (self->display);
  gst_context_unref (self->application);
}

void
dailies_graphics_unref (DailiesGraphics *self)
{
  g_atomic_rc_box_release_full (self, graphics_clear);
}

/* The card may still be at work on the picture. Whoever paints it does so in another context, which knows nothing of that: so it
 * is waited for here, where nobody is held up by it. */
static GstPadProbeReturn
finish_cb (GstPad          *pad,
           GstPadProbeInfo *info,
           gpointer         data)
{
  GstBuffer       *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstGLBaseMemory *memory = (GstGLBaseMemory *) gst_buffer_peek_memory (buffer, 0);
  GstGLSyncMeta   *meta = gst_buffer_get_gl_sync_meta (buffer);

  if (meta == NULL)
    {
      /* Freed with each picture it would make whoever does so wait for the card. */
      meta = gst_buffer_add_gl_sync_meta (memory->context, buffer);
      GST_META_FLAG_SET (meta, GST_META_FLAG_POOLED);
    }
  gst_gl_sync_meta_set_sync_point (meta, memory->context);
  gst_gl_sync_meta_wait_cpu (meta, memory->context);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;

  return GST_PAD_PROBE_OK;
}

static void
add_ghost (GstElement *bin,
           GstElement *element,
           const char *name)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  gst_element_add_pad (bin, gst_ghost_pad_new (name, pad));
}

static GstElement *
make_filter (const char *text)
{
  GstElement *filter = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  g_object_set (filter, "caps", caps, NULL);
  return filter;
}

GstElement *
dailies_graphics_make_converter (DailiesGraphics *self)
{
  GstElement *bin = gst_bin_new (NULL);
  GstElement *taken = make_filter (TAKEN);
  GstElement *upload = gst_element_factory_make ("glupload", NULL);
  GstElement *convert = gst_element_factory_make ("glcolorconvert", NULL);
  GstElement *flip = gst_element_factory_make ("glvideoflip", NULL);
  GstElement *given = make_filter (GIVEN);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (given, "src");

  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  gst_bin_add_many (GST_BIN (bin), taken, upload, convert, flip, given, NULL);
  gst_element_link_many (taken, upload, convert, flip, given, NULL);
  add_ghost (bin, taken, "sink");
  add_ghost (bin, given, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, finish_cb, NULL, NULL);
  gst_element_set_context (bin, self->display);
  gst_element_set_context (bin, self->application);

  return bin;
}
