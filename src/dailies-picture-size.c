/* dailies-picture-size.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-picture-size.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

#define MEGA (1000 * 1000)

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static guint64
read_u64 (const guint8 *bytes)
{
  return (guint64) read_u32 (bytes) << 32 | read_u32 (bytes + 4);
}

static guint32
read_le24 (const guint8 *bytes)
{
  return bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16;
}

/* One box: its type at @type, the offset of its content at @content. Returns its end, 0 where it makes no sense. */
static gsize
next_box (const guint8  *head,
          gsize          offset,
          gsize          end,
          const guint8 **type,
          gsize         *content)
{
  guint64 size;

  if (offset > end || end - offset < 8)
    return 0;

  size = read_u32 (head + offset);
  *type = head + offset + 4;
  *content = offset + 8;

  if (size == 1)
    {
      if (end - offset < 16)
        return 0;
      size = read_u64 (head + offset + 8);
      *content = offset + 16;
    }
  else if (size == 0)
    {
      size = end - offset;
    }

  if (size < *content - offset || size > end - offset)
    return 0;

  return offset + size;
}

static gboolean
find_box (const guint8 *head,
          const char   *name,
          gsize        *start,
          gsize        *end)
{
  const guint8 *type;
  gsize         offset = *start;
  gsize         content;
  gsize         next;

  while ((next = next_box (head, offset, *end, &type, &content)) != 0)
    {
      if (memcmp (type, name, 4) == 0)
        {
          *start = content;
          *end = next;
          return TRUE;
        }
      offset = next;
    }

  return FALSE;
}

gboolean
dailies_picture_size_read_heif (const guint8 *head,
                                gsize         length,
                                int          *width,
                                int          *height)
{
  const guint8 *type;
  gsize         start = 0;
  gsize         end = length;
  gsize         content;
  gsize         next;
  guint32       w = 0;
  guint32       h = 0;
  gboolean      turned = FALSE;

  g_return_val_if_fail (head != NULL && width != NULL && height != NULL, FALSE);

  if (!find_box (head, "meta", &start, &end) || end - start < 4)
    return FALSE;
  start += 4; /* version and flags */
  if (!find_box (head, "iprp", &start, &end) || !find_box (head, "ipco", &start, &end))
    return FALSE;

  /* A thumbnail and an alpha plane have a size too: the picture is the largest. */
  for (; (next = next_box (head, start, end, &type, &content)) != 0; start = next)
    {
      if (memcmp (type, "ispe", 4) == 0 && next - content >= 12)
        {
          guint32 this_w = read_u32 (head + content + 4);
          guint32 this_h = read_u32 (head + content + 8);

          if ((guint64) this_w * this_h > (guint64) w * h)
            {
              w = this_w;
              h = this_h;
            }
        }
      else if (memcmp (type, "irot", 4) == 0 && next - content >= 1)
        {
          turned = (head[content] & 1) != 0;
        }
    }

  if (w == 0 || h == 0 || w > G_MAXINT16 * 2 || h > G_MAXINT16 * 2)
    return FALSE;

  *width = turned ? h : w;
  *height = turned ? w : h;

  return TRUE;
}

/* The first chunk is one of three, and all of them say how large the picture is. */
static gboolean
read_webp (const guint8 *head,
           gsize         length,
           int          *width,
           int          *height)
{
  if (length < 30 || memcmp (head, "RIFF", 4) != 0 || memcmp (head + 8, "WEBPVP8", 7) != 0)
    return FALSE;

  switch (head[15])
    {
    case 'X':
      *width = read_le24 (head + 24) + 1;
      *height = read_le24 (head + 27) + 1;
      return TRUE;
    case 'L':
      *width = ((head[21] | (guint32) head[22] << 8) & 0x3fff) + 1;
      *height = ((head[22] >> 6 | (guint32) head[23] << 2 | (guint32) head[24] << 10) & 0x3fff) + 1;
      return TRUE;
    case ' ':
      *width = (head[26] | head[27] << 8) & 0x3fff;
      *height = (head[28] | head[29] << 8) & 0x3fff;
      return *width > 0 && *height > 0;
    default:
      return FALSE;
    }
}

static gboolean
is_webp_animation (const char   *format,
                   const guint8 *head,
                   gsize         length)
{
  return g_str_equal (format, "webp") && length >= 21 && memcmp (head + 12, "VP8X", 4) == 0 && (head[20] & 2) != 0;
}

gint64
dailies_picture_size_get_most (const char   *format,
                               const guint8 *head,
                               gsize         length)
{
  static const char *const whole[] = { "webp", "avif", "heic", "tiff", "jxl", NULL };

  g_return_val_if_fail (format != NULL, 0);

  /* Measured: 19 bytes a pixel, since the reader keeps several pictures to lay one on the other. */
  if (is_webp_animation (format, head, length))
    return 24 * MEGA;
  /* Up to 12: these are decoded as a whole, in their own depth, before they become pixels. */
  if (g_strv_contains (whole, format))
    return 40 * MEGA;

  /* Up to 6. */
  return 80 * MEGA;
}

gboolean
dailies_picture_size_read (const char   *format,
                           const guint8 *head,
                           gsize         length,
                           int          *width,
                           int          *height)
{
  g_return_val_if_fail (format != NULL && width != NULL && height != NULL, FALSE);

  if (g_str_equal (format, "webp"))
    return read_webp (head, length, width, height);
  if (g_str_equal (format, "avif") || g_str_equal (format, "heic"))
    return dailies_picture_size_read_heif (head, length, width, height);

  *width = *height = 0;
  return TRUE;
}

void
dailies_picture_size_set_error (const char *name,
                                int         width,
                                int         height,
                                gint64      most,
                                GError    **error)
{
  /* Rounded up, so that what is refused never looks like the limit. */
  double megapixels = ceil ((double) width * height / MEGA * 10) / 10;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
               _("“%s” has %d×%d pixels, which are %g megapixels; at most %d are read of such a file. Make the picture "
                 "smaller and choose it again."),
               name, width, height, megapixels, (int) (most / MEGA));
}
