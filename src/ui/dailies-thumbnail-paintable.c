/* dailies-thumbnail-paintable.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-thumbnail-paintable.h"

struct _DailiesThumbnailPaintable
{
  GObject parent_instance;

  GdkPixbuf  *pixbuf;
  int         scale;
  double      max_crop;

  GdkTexture *texture; /* (nullable): made for a place of width × height device pixels */
  int         width;
  int         height;
};

static void paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesThumbnailPaintable, dailies_thumbnail_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

/* The picture as large as it is to be seen, cut to the place. */
static GdkTexture *
make_texture (DailiesThumbnailPaintable *self,
              int                        width,
              int                        height)
{
  int pixbuf_width = gdk_pixbuf_get_width (self->pixbuf);
  int pixbuf_height = gdk_pixbuf_get_height (self->pixbuf);
  double across = (double) width / pixbuf_width;
  double down = (double) height / pixbuf_height;
  double factor = MAX (across, down);
  g_autoptr (GdkPixbuf) fitting = NULL;

  if (MIN (across, down) / factor < 1 - self->max_crop)
    {
      factor = MIN (across, down);
      width = CLAMP ((int) (pixbuf_width * factor + 0.5), 1, width);
      height = CLAMP ((int) (pixbuf_height * factor + 0.5), 1, height);
    }
  fitting = gdk_pixbuf_new (GDK_COLORSPACE_RGB, gdk_pixbuf_get_has_alpha (self->pixbuf), 8, width, height);
  if (fitting == NULL)
    return NULL;
  gdk_pixbuf_scale (self->pixbuf, fitting, 0, 0, width, height, (width - pixbuf_width * factor) / 2,
                    (height - pixbuf_height * factor) / 2, factor, factor, GDK_INTERP_BILINEAR);
  return gdk_texture_new_for_pixbuf (fitting);
}

static void
dailies_thumbnail_paintable_snapshot (GdkPaintable *paintable,
                                      GdkSnapshot  *snapshot,
                                      double        width,
                                      double        height)
{
  DailiesThumbnailPaintable *self = DAILIES_THUMBNAIL_PAINTABLE (paintable);
  int wanted_width = MAX (1, (int) (width * self->scale + 0.5));
  int wanted_height = MAX (1, (int) (height * self->scale + 0.5));
  int x, y;

  if (self->texture == NULL || self->width != wanted_width || self->height != wanted_height)
    {
      g_clear_object (&self->texture);
      self->texture = make_texture (self, wanted_width, wanted_height);
      self->width = wanted_width;
      self->height = wanted_height;
    }
  if (self->texture == NULL)
    return;

  x = (wanted_width - gdk_texture_get_width (self->texture)) / 2;
  y = (wanted_height - gdk_texture_get_height (self->texture)) / 2;
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float) x / self->scale, (float) y / self->scale,
                                                    (float) gdk_texture_get_width (self->texture) / self->scale,
                                                    (float) gdk_texture_get_height (self->texture) / self->scale));
}

static GdkPaintableFlags
dailies_thumbnail_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = dailies_thumbnail_paintable_snapshot;
  iface->get_flags = dailies_thumbnail_paintable_get_flags;
}

static void
dailies_thumbnail_paintable_finalize (GObject *object)
{
  DailiesThumbnailPaintable *self = DAILIES_THUMBNAIL_PAINTABLE (object);

  g_clear_object (&self->pixbuf);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (dailies_thumbnail_paintable_parent_class)->finalize (object);
}

static void
dailies_thumbnail_paintable_class_init (DailiesThumbnailPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_thumbnail_paintable_finalize;
}

static void
dailies_thumbnail_paintable_init (DailiesThumbnailPaintable *self)
{
}

GdkPaintable *
dailies_thumbnail_paintable_new (GdkPixbuf *pixbuf,
                                 int        scale,
                                 double     max_crop)
{
  DailiesThumbnailPaintable *self;

  g_return_val_if_fail (GDK_IS_PIXBUF (pixbuf), NULL);
  g_return_val_if_fail (scale >= 1, NULL);

  self = g_object_new (DAILIES_TYPE_THUMBNAIL_PAINTABLE, NULL);
  self->pixbuf = g_object_ref (pixbuf);
  self->scale = scale;
  self->max_crop = max_crop;
  return GDK_PAINTABLE (self);
}

GdkPixbuf *
dailies_thumbnail_paintable_get_pixbuf (DailiesThumbnailPaintable *self)
{
  g_return_val_if_fail (DAILIES_IS_THUMBNAIL_PAINTABLE (self), NULL);

  return self->pixbuf;
}

int
dailies_thumbnail_paintable_get_scale (DailiesThumbnailPaintable *self)
{
  g_return_val_if_fail (DAILIES_IS_THUMBNAIL_PAINTABLE (self), 1);

  return self->scale;
}
