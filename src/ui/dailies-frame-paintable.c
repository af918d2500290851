/* dailies-frame-paintable.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-frame-paintable.h"

#include <gst/video/video.h>

struct _DailiesFramePaintable
{
  GObject parent_instance;

  GdkTexture *texture;
  int width; /* of the clip: the same from frame to frame, so that nothing is laid out anew */
  int height;
};

static void paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesFramePaintable,
                               dailies_frame_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

/* --- a texture that is the decoder's own memory ----------------------------------------------- */

static void
unmap_frame (gpointer data)
{
  GstVideoFrame *frame = data;

  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* The mapping holds the buffer exactly as long as the texture lives. */
static GdkTexture *
wrap_sample (GstSample *sample)
{
  g_autoptr (GBytes) bytes = NULL;
  GstVideoFrame *frame;
  GstVideoInfo   info;
  gsize          stride;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      GST_VIDEO_INFO_FORMAT (&info) != GST_VIDEO_FORMAT_BGRA)
    return NULL;

  frame = g_new (GstVideoFrame, 1);
  if (!gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_free (frame);
      return NULL;
    }

  stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  bytes = g_bytes_new_with_free_func (
    GST_VIDEO_FRAME_PLANE_DATA (frame, 0), stride * info.height, unmap_frame, frame);

  /* The frames are opaque, so "premultiplied" is true, and spares GTK a conversion. */
  return gdk_memory_texture_new (
    info.width, info.height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, stride);
}

/* --- painting --------------------------------------------------------------------------------- */

static void
paintable_snapshot (GdkPaintable *paintable,
                    GdkSnapshot  *snapshot,
                    double        width,
                    double        height)
{
  DailiesFramePaintable *self = DAILIES_FRAME_PAINTABLE (paintable);

  if (self->texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->texture), snapshot, width, height);
}

static int
paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return DAILIES_FRAME_PAINTABLE (paintable)->width;
}

static int
paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return DAILIES_FRAME_PAINTABLE (paintable)->height;
}

static GdkPaintable *
paintable_get_current_image (GdkPaintable *paintable)
{
  DailiesFramePaintable *self = DAILIES_FRAME_PAINTABLE (paintable);

  if (self->texture != NULL)
    return GDK_PAINTABLE (g_object_ref (self->texture));

  return gdk_paintable_new_empty (self->width, self->height);
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = paintable_snapshot;
  iface->get_intrinsic_width = paintable_get_intrinsic_width;
  iface->get_intrinsic_height = paintable_get_intrinsic_height;
  iface->get_current_image = paintable_get_current_image;
}

static void
dailies_frame_paintable_dispose (GObject *object)
{
  DailiesFramePaintable *self = DAILIES_FRAME_PAINTABLE (object);

  g_clear_object (&self->texture);

  G_OBJECT_CLASS (dailies_frame_paintable_parent_class)->dispose (object);
}

static void
dailies_frame_paintable_class_init (DailiesFramePaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_frame_paintable_dispose;
}

static void
dailies_frame_paintable_init (DailiesFramePaintable *self)
{
}

/**
 * dailies_frame_paintable_new:
 *
 * Returns: (transfer full): a paintable that is empty until it is given a frame
 */
DailiesFramePaintable *
dailies_frame_paintable_new (void)
{
  return g_object_new (DAILIES_TYPE_FRAME_PAINTABLE, NULL);
}

/**
 * dailies_frame_paintable_set_size:
 * @width: of the clip as shown, in its own pixels; 0 not known
 * @height: likewise
 */
void
dailies_frame_paintable_set_size (DailiesFramePaintable *self,
                                  int                    width,
                                  int                    height)
{
  g_return_if_fail (DAILIES_IS_FRAME_PAINTABLE (self));

  if (self->width == width && self->height == height)
    return;

  self->width = width;
  self->height = height;
  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
}

/**
 * dailies_frame_paintable_set_frame:
 * @sample: (nullable): BGRA; %NULL for nothing
 */
void
dailies_frame_paintable_set_frame (DailiesFramePaintable *self,
                                   GstSample             *sample)
{
  g_return_if_fail (DAILIES_IS_FRAME_PAINTABLE (self));

  if (sample == NULL && self->texture == NULL)
    return;

  g_clear_object (&self->texture);
  if (sample != NULL)
    self->texture = wrap_sample (sample);
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/**
 * dailies_frame_paintable_get_texture:
 *
 * Returns: (transfer none) (nullable): what is painted, in the size in which it was decoded
 */
GdkTexture *
dailies_frame_paintable_get_texture (DailiesFramePaintable *self)
{
  g_return_val_if_fail (DAILIES_IS_FRAME_PAINTABLE (self), NULL);

  return self->texture;
}
