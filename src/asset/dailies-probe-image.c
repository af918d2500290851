/* dailies-probe-image.c: pictures, decoded small and never at the cost of all memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-probe-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-picture-size.h"
#include "dailies-thumbnail.h"

#define PIECE (64 * 1024)
#define SLICE 512

typedef struct
{
  int      width;
  int      height;
  gint64   most;      /* pixels */
  gboolean too_large;
  gboolean alone;     /* holds decoding_large */
  gboolean asks_only; /* for the size */
} Decoding;

static GMutex decoding_large;

#define LARGE_PIXELS (10 * 1000 * 1000)

gboolean
dailies_probe_lock_large (gint64 pixels)
{
  if (pixels < LARGE_PIXELS)
    return FALSE;

  g_mutex_lock (&decoding_large);
  return TRUE;
}

void
dailies_probe_unlock_large (void)
{
  g_mutex_unlock (&decoding_large);
}

static void
note_size (Decoding *decoding,
           int       width,
           int       height)
{
  decoding->too_large = (gint64) width * height > decoding->most;
  if (!decoding->too_large && !decoding->alone && !decoding->asks_only)
    decoding->alone = dailies_probe_lock_large ((gint64) width * height);
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Decoding        *decoding)
{
  if (decoding->width > 0)
    return;

  decoding->width = width;
  decoding->height = height;

  /* Asking for nothing makes the loader stop before it takes memory for the pixels. */
  note_size (decoding, width, height);
  if (decoding->too_large || decoding->asks_only)
    {
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  dailies_thumbnail_fit (&width, &height, DAILIES_PROBE_THUMBNAIL);
  gdk_pixbuf_loader_set_size (loader, width, height);
}

/* In small slices until the size is known: a reader goes on to the end of what it is given, and a slice of PNG can be
 * many megabytes of pixels. */
static gboolean
write_slices (GdkPixbufLoader *loader,
              const guint8    *bytes,
              gsize            length,
              const Decoding  *decoding,
              GError         **error)
{
  gsize slice;

  for (gsize at = 0; at < length && !decoding->too_large; at += slice)
    {
      slice = decoding->width > 0 ? length - at : MIN (SLICE, length - at);
      if (!gdk_pixbuf_loader_write (loader, bytes + at, slice, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
feed_loader (GdkPixbufLoader *loader,
             GInputStream    *stream,
             const Decoding  *decoding,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize             n;

  while ((n = g_input_stream_read (stream, piece, PIECE, cancellable, error)) > 0)
    {
      if (!write_slices (loader, piece, n, decoding, error))
        return FALSE;
      if (decoding->too_large)
        return TRUE;
    }

  return n == 0;
}

static gboolean
is_turned (GdkPixbuf *pixbuf)
{
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");

  /* 5 to 8 of EXIF lie on their side. */
  return orientation != NULL && orientation[0] >= '5' && orientation[0] <= '8';
}

static gboolean
take_picture (DailiesProbe    *probe,
              GdkPixbufLoader *loader,
              const Decoding  *decoding)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf == NULL)
    return FALSE;

  probe->width = decoding->width;
  probe->height = decoding->height;
  if (is_turned (pixbuf))
    {
      probe->width = decoding->height;
      probe->height = decoding->width;
    }
  probe->thumbnail = gdk_pixbuf_apply_embedded_orientation (pixbuf);

  return TRUE;
}

static gboolean
probe_without_reader (DailiesProbe *probe,
                      const guint8 *head,
                      gsize         length,
                      const char   *name,
                      GError      **error)
{
  if (dailies_picture_size_read_heif (head, length, &probe->width, &probe->height))
    return TRUE;

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("“%s” is a %s picture, and this computer has no reader for those. Install a GdkPixbuf loader "
                  "for %s or convert the picture to PNG."),
               name,
               probe->container->name,
               probe->container->name);
  return FALSE;
}

gboolean
dailies_probe_image (DailiesProbe *probe,
                     GInputStream *stream,
                     const guint8 *head,
                     gsize         length,
                     const char   *name,
                     GCancellable *cancellable,
                     GError      **error)
{
  const char *format = probe->container->name;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) cause = NULL;
  Decoding decoding = { .most = dailies_picture_size_get_most (format, head, length) };
  gboolean fed = FALSE;
  int      width, height;

  /* By type, not by guessing: what the bytes are has been decided already. */
  loader = gdk_pixbuf_loader_new_with_mime_type (probe->container->mime_type, NULL);
  if (loader == NULL)
    return probe_without_reader (probe, head, length, name, error);

  if (!dailies_picture_size_read (format, head, length, &width, &height))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return dailies_probe_set_damaged (probe, name, NULL, error);
    }
  note_size (&decoding, width, height);
  if (decoding.too_large)
    {
      gdk_pixbuf_loader_close (loader, NULL);
      dailies_picture_size_set_error (name, width, height, decoding.most, error);
      return FALSE;
    }

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &decoding);
  fed = feed_loader (loader, stream, &decoding, cancellable, &cause);
  if (!gdk_pixbuf_loader_close (loader, fed ? &cause : NULL))
    fed = FALSE;

  if (decoding.alone)
    dailies_probe_unlock_large ();

  if (decoding.too_large)
    {
      dailies_picture_size_set_error (name, decoding.width, decoding.height, decoding.most, error);
      return FALSE;
    }
  if (!fed || !take_picture (probe, loader, &decoding))
    return dailies_probe_set_damaged (probe, name, cause, error);

  return TRUE;
}

/* Only as far as the reader tells the size. */
gboolean
dailies_probe_check_picture (GBytes      *bytes,
                             const char  *name,
                             GError     **error)
{
  gsize         length;
  const guint8 *head = g_bytes_get_data (bytes, &length);
  const DailiesContainer *container = dailies_sniff (head, MIN (length, DAILIES_SNIFF_BYTES));
  g_autoptr (GdkPixbufLoader) loader = NULL;
  Decoding      decoding = { 0 };
  int           width, height;

  /* What is not known here is not read there. */
  if (container == NULL || container->kind != DAILIES_MEDIA_IMAGE)
    return TRUE;

  decoding.most = dailies_picture_size_get_most (container->name, head, length);
  decoding.asks_only = TRUE;
  if (!dailies_picture_size_read (container->name, head, length, &width, &height))
    {
      dailies_probe_set_damaged (&(DailiesProbe) { .container = container }, name, NULL, error);
      return FALSE;
    }
  if (width > 0)
    note_size (&decoding, decoding.width = width, decoding.height = height);
  else if ((loader = gdk_pixbuf_loader_new_with_mime_type (container->mime_type, NULL)) != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &decoding);
      for (gsize at = 0; at < length && decoding.width == 0; at += SLICE)
        if (!gdk_pixbuf_loader_write (loader, head + at, MIN (SLICE, length - at), NULL))
          break;
      gdk_pixbuf_loader_close (loader, NULL);
    }

  if (!decoding.too_large)
    return TRUE;

  dailies_picture_size_set_error (name, decoding.width, decoding.height, decoding.most, error);
  return FALSE;
}
