/* dailies-whole.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-whole.h"

#include <string.h>

/* A file made of millions of empty boxes must not keep a thread busy. */
#define MAX_BOXES 65536
#define PIECE (64 * 1024)

typedef goffset (*MissingFunc) (GFileInputStream *stream,
                                goffset           bytes,
                                GCancellable     *cancellable);

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

static gssize
read_at (GFileInputStream *stream,
         goffset           offset,
         guint8           *buffer,
         gsize             length,
         GCancellable     *cancellable)
{
  gsize n = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, cancellable, NULL))
    return -1;
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, length, &n, cancellable, NULL))
    return -1;

  return n;
}

static goffset
missing_of_iso (GFileInputStream *stream,
                goffset           bytes,
                GCancellable     *cancellable)
{
  goffset offset = 0;

  for (guint i = 0; i < MAX_BOXES && offset < bytes; i++)
    {
      guint8  head[16];
      gssize  n = read_at (stream, offset, head, sizeof head, cancellable);
      guint64 size;

      /* Less than the head of a box at the end is padding that some cameras leave. */
      if (n < 8)
        return 0;

      size = read_u32 (head);
      if (size == 0)
        return 0; /* to the end, however long the file is */
      if (size == 1)
        {
          if (n < 16)
            return 0;
          size = read_u64 (head + 8);
        }
      if (size < 8 || size > G_MAXINT64 / 2)
        return 0;
      if (size > (guint64) (bytes - offset))
        return size - (bytes - offset);
      offset += size;
    }

  return 0;
}

/* A variable-length number as EBML writes it; -1 where it is not one, or stands for "unknown". */
static gint64
read_ebml_number (const guint8 *bytes,
                  gsize         length,
                  gsize        *used)
{
  gsize   n = 1;
  guint64 value;
  guint64 all_ones;

  if (length == 0 || bytes[0] == 0)
    return -1;
  while ((bytes[0] & (0x80 >> (n - 1))) == 0)
    n++;
  if (n > length)
    return -1;

  value = bytes[0] & (0xff >> n);
  for (gsize i = 1; i < n; i++)
    value = value << 8 | bytes[i];
  *used = n;
  all_ones = (G_GUINT64_CONSTANT (1) << (7 * n)) - 1;

  return value == all_ones ? -1 : (gint64) value;
}

static goffset
missing_of_matroska (GFileInputStream *stream,
                     goffset           bytes,
                     GCancellable     *cancellable)
{
  static const guint8 segment[] = { 0x18, 0x53, 0x80, 0x67 };
  guint8              head[512];
  gssize              n = read_at (stream, 0, head, sizeof head, cancellable);
  gsize               used = 0;
  gint64              size;
  goffset             offset;

  if (n < 16)
    return 0;
  size = read_ebml_number (head + 4, n - 4, &used);
  if (size < 0 || size > 256)
    return 0;

  offset = 4 + used + size;
  if (offset + 12 > n || memcmp (head + offset, segment, sizeof segment) != 0)
    return 0;

  size = read_ebml_number (head + offset + 4, 8, &used);
  offset += 4 + used;
  if (size < 0 || size <= bytes - offset)
    return 0;

  return size - (bytes - offset);
}

/* Chunks up to IEND; what follows it is of no matter. */
static goffset
missing_of_png (GFileInputStream *stream,
                goffset           bytes,
                GCancellable     *cancellable)
{
  goffset offset = 8;

  for (guint i = 0; i < MAX_BOXES; i++)
    {
      guint8  head[8];
      gssize  n = read_at (stream, offset, head, sizeof head, cancellable);
      goffset size;

      if (n < 0)
        return 0;
      if (n < (gssize) sizeof head)
        return -1;

      size = (goffset) read_u32 (head) + 12;
      if (size > bytes - offset)
        return size - (bytes - offset);
      if (memcmp (head + 4, "IEND", 4) == 0)
        return 0;
      offset += size;
    }

  return 0;
}

static goffset
missing_of_riff (GFileInputStream *stream,
                 goffset           bytes,
                 GCancellable     *cancellable)
{
  guint8  head[12];
  goffset size;

  if (read_at (stream, 0, head, sizeof head, cancellable) < (gssize) sizeof head)
    return 0;
  size = (goffset) (head[4] | head[5] << 8 | head[6] << 16 | (guint32) head[7] << 24) + 8;

  return size > bytes ? size - bytes : 0;
}

/* Where the entropy-coded data begin: behind the first start of scan. -1 where the segments end before it. */
static goffset
find_jpeg_scan (GFileInputStream *stream,
                GCancellable     *cancellable)
{
  goffset offset = 2;

  for (guint i = 0; i < MAX_BOXES; i++)
    {
      guint8 head[4];

      if (read_at (stream, offset, head, sizeof head, cancellable) < (gssize) sizeof head)
        return -1;
      if (head[0] != 0xff)
        return 0;
      if (head[1] == 0xff)
        {
          offset++; /* a fill byte */
          continue;
        }
      offset += 2 + (head[2] << 8 | head[3]);
      if (head[1] == 0xda)
        return offset;
    }

  return 0;
}

/* A small preview inside the file has an end of its own, so only one behind the first scan counts. */
static goffset
missing_of_jpeg (GFileInputStream *stream,
                 goffset           bytes,
                 GCancellable     *cancellable)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  goffset            start = find_jpeg_scan (stream, cancellable);
  goffset            end = bytes;

  if (start <= 0)
    return start;

  /* From the back: normally it is the last thing in the file. Pieces overlap by the one byte that a marker may lie across. */
  while (end > start + 1)
    {
      goffset begin = MAX (start, end - PIECE);
      gssize  n = read_at (stream, begin, piece, end - begin, cancellable);

      if (n < 2)
        return 0;
      for (gssize i = n - 2; i >= 0; i--)
        {
          if (piece[i] == 0xff && piece[i + 1] == 0xd9)
            return 0;
        }
      if (begin == start)
        break;
      end = begin + 1;
    }

  return -1;
}

goffset
dailies_whole_missing_bytes (const DailiesContainer *container,
                             GFileInputStream       *stream,
                             goffset                 bytes,
                             GCancellable           *cancellable)
{
  static const struct
  {
    const char *name;
    MissingFunc func;
  } table[] = {
    { "mp4", missing_of_iso },       { "mov", missing_of_iso },       { "m4a", missing_of_iso },
    { "3gp", missing_of_iso },       { "avif", missing_of_iso },      { "heic", missing_of_iso },
    { "webm", missing_of_matroska }, { "mkv", missing_of_matroska },  { "png", missing_of_png },
    { "webp", missing_of_riff },     { "jpg", missing_of_jpeg },
  };

  g_return_val_if_fail (container != NULL, 0);
  g_return_val_if_fail (G_IS_FILE_INPUT_STREAM (stream), 0);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i].name, container->name))
        return table[i].func (stream, bytes, cancellable);
    }

  return 0;
}
