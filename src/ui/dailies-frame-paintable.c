/* dailies-frame-paintable.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-frame-paintable.h"

#include <gst/video/video.h>

#include "dailies-compat.h"
#include "dailies-gl.h"

struct _DailiesFramePaintable
{
  GObject parent_instance;

  GdkTexture      *texture;
  cairo_surface_t *surface;  /* the same memory once more, for a renderer that is cairo */
  cairo_surface_t *previous; /* still recorded in what the renderer has last drawn: cairo copies a surface that goes before */
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
static gboolean
wrap_sample (DailiesFramePaintable *self,
             GstSample             *sample)
{
  static const cairo_user_data_key_t key;
  GBytes        *bytes;
  GstVideoFrame *frame;
  GstVideoInfo   info;
  gsize          stride;

  self->texture = dailies_gl_wrap (sample);
  if (self->texture != NULL)
    return TRUE;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      GST_VIDEO_INFO_FORMAT (&info) != GST_VIDEO_FORMAT_BGRA)
    return FALSE;

  frame = g_new (GstVideoFrame, 1);
  if (!gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_free (frame);
      return FALSE;
    }

  stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  bytes = g_bytes_new_with_free_func (
    GST_VIDEO_FRAME_PLANE_DATA (frame, 0), stride * info.height, unmap_frame, frame);

  /* The frames are opaque, so "premultiplied" is true, and spares GTK a conversion. */
  self->texture = gdk_memory_texture_new (
    info.width, info.height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, stride);
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN && stride % 4 == 0)
    {
      self->surface = cairo_image_surface_create_for_data (
        frame->data[0], CAIRO_FORMAT_RGB24, info.width, info.height, (int) stride);
      cairo_surface_set_user_data (
        self->surface, &key, g_bytes_ref (bytes), (cairo_destroy_func_t) g_bytes_unref);
    }
  g_bytes_unref (bytes);

  return TRUE;
}

/* --- painting --------------------------------------------------------------------------------- */

/* All windows of a program are painted the same way. */
static gboolean
is_painted_by_cairo (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkNative) native = g_list_model_get_item (windows, i);
      GskRenderer *renderer = gtk_native_get_renderer (native);

      if (renderer != NULL)
        return GSK_IS_CAIRO_RENDERER (renderer);
    }

  return FALSE;
}

/* GTK 4.8 takes 7 ms to hand half a million pixels of a texture to cairo: it turns each into floating point and back
 * though the formats are the same.
 *
 * The node knows nothing of where it goes: gtk_snapshot_append_cairo() draws by the transform of the snapshot, and GTK 4.8
 * scales what that moves as well, so that whatever is shown larger lies somewhere else than it should. */
static void
paint_surface (DailiesFramePaintable *self,
               GdkSnapshot           *snapshot,
               double                 width,
               double                 height)
{
  double   across = width / cairo_image_surface_get_width (self->surface);
  double   down = height / cairo_image_surface_get_height (self->surface);
  gboolean same = ABS (across - 1) < 1e-6 && ABS (down - 1) < 1e-6;
  g_autoptr (GskRenderNode) node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_rectangle (cr, 0, 0, width, height);
  cairo_scale (cr, across, down);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  /* Beyond the border lies the border, so that no black creeps in where it is scaled. */
  cairo_pattern_set_extend (cairo_get_source (cr), same ? CAIRO_EXTEND_NONE : CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            same ? CAIRO_FILTER_FAST : CAIRO_FILTER_BILINEAR);
  cairo_fill (cr);
  cairo_destroy (cr);
  gtk_snapshot_append_node (snapshot, node);
}

static void
paintable_snapshot (GdkPaintable *paintable,
                    GdkSnapshot  *snapshot,
                    double        width,
                    double        height)
{
  DailiesFramePaintable *self = DAILIES_FRAME_PAINTABLE (paintable);

  if (self->surface != NULL && width > 0 && height > 0 && is_painted_by_cairo ())
    paint_surface (self, snapshot, width, height);
  else if (self->texture != NULL)
    dailies_compat_append_smoothly (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
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
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->previous, cairo_surface_destroy);

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
 * @sample: (nullable): BGRA in memory, or on the graphics card; %NULL for nothing
 */
void
dailies_frame_paintable_set_frame (DailiesFramePaintable *self,
                                   GstSample             *sample)
{
  g_return_if_fail (DAILIES_IS_FRAME_PAINTABLE (self));

  if (sample == NULL && self->texture == NULL)
    return;

  g_clear_object (&self->texture);
  g_clear_pointer (&self->previous, cairo_surface_destroy);
  self->previous = g_steal_pointer (&self->surface);
  if (sample == NULL || !wrap_sample (self, sample))
    g_clear_pointer (&self->previous, cairo_surface_destroy);
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/**
 * dailies_frame_paintable_set_surface:
 * @surface: (nullable): an image without transparency whose unused bytes are 255; not written to any more; %NULL for nothing
 */
void
dailies_frame_paintable_set_surface (DailiesFramePaintable *self,
                                     cairo_surface_t       *surface)
{
  g_return_if_fail (DAILIES_IS_FRAME_PAINTABLE (self));

  g_clear_object (&self->texture);
  g_clear_pointer (&self->previous, cairo_surface_destroy);
  self->previous = g_steal_pointer (&self->surface);
  if (surface != NULL)
    {
      int   height = cairo_image_surface_get_height (surface);
      gsize stride = (gsize) cairo_image_surface_get_stride (surface);
      g_autoptr (GBytes) bytes =
        g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                    stride * height,
                                    (GDestroyNotify) cairo_surface_destroy,
                                    cairo_surface_reference (surface));

      self->surface = cairo_surface_reference (surface);
      self->texture = gdk_memory_texture_new (
        cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, stride);
    }
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/**
 * dailies_frame_paintable_dup_surface:
 *
 * The memory of the frame itself where cairo can read it, else a copy.
 *
 * Returns: (transfer full) (nullable): what is painted, in the size in which it was decoded
 */
cairo_surface_t *
dailies_frame_paintable_dup_surface (DailiesFramePaintable *self)
{
  cairo_surface_t *copy;

  g_return_val_if_fail (DAILIES_IS_FRAME_PAINTABLE (self), NULL);

  if (self->surface != NULL)
    return cairo_surface_reference (self->surface);
  if (self->texture == NULL)
    return NULL;

  copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                     gdk_texture_get_width (self->texture),
                                     gdk_texture_get_height (self->texture));
  gdk_texture_download (self->texture,
                        cairo_image_surface_get_data (copy),
                        (gsize) cairo_image_surface_get_stride (copy));
  cairo_surface_mark_dirty (copy);

  return copy;
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
