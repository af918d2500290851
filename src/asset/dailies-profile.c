/* dailies-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-profile.h"

#include <gio/gio.h>
#include <string.h>

/* ICC.1: a header of 128 bytes, the length in the first four, the colour space in four from 16 on, a signature in four from 36 on. */
#define HEADER_BYTES 128
#define LARGEST (8 * 1024 * 1024)

/* PNG: eight bytes, then chunks, of which the first is IHDR: length, type, 13 bytes, checksum. */
#define PNG_BEFORE (8 + 4 + 4 + 13 + 4)
#define PNG_NAME "ICC profile"

/* JPEG: so much goes into one segment beside its own length, the mark and which one of how many it is. */
#define JPEG_MARK "ICC_PROFILE"
#define JPEG_PIECE (65535 - 2 - (int) sizeof JPEG_MARK - 2)
#define JPEG_MOST 255

static guint32
read_number (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static void
append_number (GByteArray *to,
               guint32     number)
{
  guint8 bytes[4] = { (guint8) (number >> 24), (guint8) (number >> 16), (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (to, bytes, sizeof bytes);
}

GBytes *
dailies_profile_read (GdkPixbuf *pixbuf)
{
  const char *text = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  g_autofree guint8 *bytes = NULL;
  gsize length;

  if (text == NULL)
    return NULL;

  bytes = g_base64_decode (text, &length);
  if (length < HEADER_BYTES || length > LARGEST || read_number (bytes) != length || memcmp (bytes + 16, "RGB ", 4) != 0 ||
      memcmp (bytes + 36, "acsp", 4) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

/* --- PNG -------------------------------------------------------------------------------------- */

/* Of a chunk's type and content, as ISO 3309 has it. */
static guint32
check_sum (const guint8 *bytes,
           gsize         length)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (0xedb88320 & (0 - (sum & 1)));
    }

  return ~sum;
}

static GBytes *
compress (GBytes *bytes)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
  g_autoptr (GInputStream) raw = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (raw, converter);
  g_autoptr (GOutputStream) to = g_memory_output_stream_new_resizable ();

  /* Memory to memory: nothing of it can fail. */
  g_output_stream_splice (to, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (to));
}

GBytes *
dailies_profile_write_png (GBytes *file,
                           GBytes *profile)
{
  gsize length, n;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autoptr (GByteArray) result = NULL;

  if (length < PNG_BEFORE || memcmp (bytes, "\x89PNG", 4) != 0)
    return g_bytes_ref (file);

  packed = compress (profile);
  g_byte_array_append (chunk, (const guint8 *) "iCCP" PNG_NAME "\0", 4 + sizeof PNG_NAME + 1); /* method 0: deflate */
  {
    const guint8 *data = g_bytes_get_data (packed, &n);

    g_byte_array_append (chunk, data, n);
  }

  result = g_byte_array_sized_new (length + chunk->len + 8);
  g_byte_array_append (result, bytes, PNG_BEFORE);
  append_number (result, chunk->len - 4);
  g_byte_array_append (result, chunk->data, chunk->len);
  append_number (result, check_sum (chunk->data, chunk->len));
  g_byte_array_append (result, bytes + PNG_BEFORE, length - PNG_BEFORE);

  return g_byte_array_free_to_bytes (g_steal_pointer (&result));
}

/* --- JPEG ------------------------------------------------------------------------------------- */

/* Behind the beginning, and behind JFIF's own segment where there is one, which has to be first. */
static gsize
find_place (const guint8 *bytes,
            gsize         length)
{
  gsize place = 2;

  if (length >= 6 && bytes[2] == 0xff && bytes[3] == 0xe0)
    place += 2 + ((gsize) bytes[4] << 8 | bytes[5]);

  return MIN (place, length);
}

GBytes *
dailies_profile_write_jpeg (GBytes *file,
                            GBytes *profile)
{
  gsize length, n;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  const guint8 *data = g_bytes_get_data (profile, &n);
  gsize n_pieces = (n + JPEG_PIECE - 1) / JPEG_PIECE;
  g_autoptr (GByteArray) result = NULL;
  gsize place;

  if (length < 4 || bytes[0] != 0xff || bytes[1] != 0xd8 || n_pieces > JPEG_MOST)
    return g_bytes_ref (file);

  place = find_place (bytes, length);
  result = g_byte_array_sized_new (length + n + n_pieces * 32);
  g_byte_array_append (result, bytes, place);
  for (gsize i = 0; i < n_pieces; i++)
    {
      gsize piece = MIN (n - i * JPEG_PIECE, JPEG_PIECE);
      gsize segment = 2 + sizeof JPEG_MARK + 2 + piece;
      guint8 head[4] = { 0xff, 0xe2, (guint8) (segment >> 8), (guint8) segment };
      guint8 which[2] = { (guint8) (i + 1), (guint8) n_pieces };

      g_byte_array_append (result, head, sizeof head);
      g_byte_array_append (result, (const guint8 *) JPEG_MARK, sizeof JPEG_MARK);
      g_byte_array_append (result, which, sizeof which);
      g_byte_array_append (result, data + i * JPEG_PIECE, piece);
    }
  g_byte_array_append (result, bytes + place, length - place);

  return g_byte_array_free_to_bytes (g_steal_pointer (&result));
}
