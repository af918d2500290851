/* dailies-sniff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-sniff.h"

#include <string.h>

typedef enum
{
  JPG,
  PNG,
  WEBP,
  GIF,
  AVIF,
  HEIC,
  BMP,
  TIFF,
  JXL,
  MP4,
  MOV,
  M4A,
  THREE_GP,
  WEBM,
  MKV,
  AVI,
  TS,
  MPG,
  FLV,
  WMV,
  OGG,
  WAV,
  MP3,
  FLAC,
  AAC,
} Known;

static const DailiesContainer containers[] = {
  [JPG] = { "jpg", "image/jpeg", DAILIES_MEDIA_IMAGE },
  [PNG] = { "png", "image/png", DAILIES_MEDIA_IMAGE },
  [WEBP] = { "webp", "image/webp", DAILIES_MEDIA_IMAGE },
  [GIF] = { "gif", "image/gif", DAILIES_MEDIA_IMAGE },
  [AVIF] = { "avif", "image/avif", DAILIES_MEDIA_IMAGE },
  [HEIC] = { "heic", "image/heic", DAILIES_MEDIA_IMAGE },
  [BMP] = { "bmp", "image/bmp", DAILIES_MEDIA_IMAGE },
  [TIFF] = { "tiff", "image/tiff", DAILIES_MEDIA_IMAGE },
  [JXL] = { "jxl", "image/jxl", DAILIES_MEDIA_IMAGE },
  [MP4] = { "mp4", "video/mp4", DAILIES_MEDIA_VIDEO },
  [MOV] = { "mov", "video/quicktime", DAILIES_MEDIA_VIDEO },
  [M4A] = { "m4a", "audio/mp4", DAILIES_MEDIA_AUDIO },
  [THREE_GP] = { "3gp", "video/3gpp", DAILIES_MEDIA_VIDEO },
  [WEBM] = { "webm", "video/webm", DAILIES_MEDIA_VIDEO },
  [MKV] = { "mkv", "video/x-matroska", DAILIES_MEDIA_VIDEO },
  [AVI] = { "avi", "video/x-msvideo", DAILIES_MEDIA_VIDEO },
  [TS] = { "ts", "video/mp2t", DAILIES_MEDIA_VIDEO },
  [MPG] = { "mpg", "video/mpeg", DAILIES_MEDIA_VIDEO },
  [FLV] = { "flv", "video/x-flv", DAILIES_MEDIA_VIDEO },
  [WMV] = { "wmv", "video/x-ms-wmv", DAILIES_MEDIA_VIDEO },
  [OGG] = { "ogg", "audio/ogg", DAILIES_MEDIA_AUDIO },
  [WAV] = { "wav", "audio/wav", DAILIES_MEDIA_AUDIO },
  [MP3] = { "mp3", "audio/mpeg", DAILIES_MEDIA_AUDIO },
  [FLAC] = { "flac", "audio/flac", DAILIES_MEDIA_AUDIO },
  [AAC] = { "aac", "audio/aac", DAILIES_MEDIA_AUDIO },
};

typedef struct
{
  Known       known;
  gsize       offset;
  const char *bytes;
  gsize       length;
} Magic;

/* ISO files and Matroska are looked at apart: their magic alone does not tell which of the family they are. */
static const Magic magics[] = {
  { JPG, 0, "\xff\xd8\xff", 3 },
  { PNG, 0, "\x89PNG\r\n\x1a\n", 8 },
  { WEBP, 8, "WEBP", 4 },
  { GIF, 0, "GIF87a", 6 },
  { GIF, 0, "GIF89a", 6 },
  { TIFF, 0, "II*\0", 4 },
  { TIFF, 0, "MM\0*", 4 },
  { JXL, 0, "\0\0\0\x0cJXL \r\n\x87\n", 12 },
  { JXL, 0, "\xff\x0a", 2 },
  { AVI, 8, "AVI ", 4 },
  { WAV, 8, "WAVE", 4 },
  { MPG, 0, "\0\0\x01\xba", 4 },
  { FLV, 0, "FLV\x01", 4 },
  { WMV, 0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", 8 },
  { OGG, 0, "OggS", 4 },
  { FLAC, 0, "fLaC", 4 },
  { MP3, 0, "ID3", 3 },
  { MP3, 0, "\xff\xfb", 2 },
  { MP3, 0, "\xff\xf3", 2 },
  { MP3, 0, "\xff\xf2", 2 },
  { AAC, 0, "\xff\xf1", 2 },
  { AAC, 0, "\xff\xf9", 2 },
};

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static gboolean
has_brand (const guint8 *head,
           gsize         length,
           const char   *brand)
{
  gsize size = MIN (read_u32 (head), length);

  for (gsize i = 8; i + 4 <= size; i += 4)
    {
      /* Bytes 12 to 15 are the version of the major brand. */
      if (i != 12 && memcmp (head + i, brand, 4) == 0)
        return TRUE;
    }

  return FALSE;
}

static const DailiesContainer *
sniff_iso (const guint8 *head,
           gsize         length)
{
  static const char *const old_quicktime[] = { "moov", "mdat", "wide", "free", "skip", "pnot" };

  if (length < 12)
    return NULL;

  if (memcmp (head + 4, "ftyp", 4) == 0)
    {
      if (has_brand (head, length, "avif") || has_brand (head, length, "avis"))
        return &containers[AVIF];
      if (has_brand (head, length, "heic") || has_brand (head, length, "heix") ||
          has_brand (head, length, "hevc") || has_brand (head, length, "mif1"))
        return &containers[HEIC];
      if (memcmp (head + 8, "qt  ", 4) == 0)
        return &containers[MOV];
      if (memcmp (head + 8, "M4A ", 4) == 0 || memcmp (head + 8, "M4B ", 4) == 0)
        return &containers[M4A];
      if (memcmp (head + 8, "3g", 2) == 0)
        return &containers[THREE_GP];
      return &containers[MP4];
    }

  /* QuickTime files from before the brand have none. */
  for (gsize i = 0; i < G_N_ELEMENTS (old_quicktime); i++)
    {
      if (memcmp (head + 4, old_quicktime[i], 4) == 0)
        return &containers[MOV];
    }

  return NULL;
}

static const DailiesContainer *
sniff_matroska (const guint8 *head,
                gsize         length)
{
  static const guint8 magic[] = { 0x1a, 0x45, 0xdf, 0xa3 };

  if (length < 8 || memcmp (head, magic, sizeof magic) != 0)
    return NULL;

  /* The document type is one of the first things in the first element. */
  if (memmem (head, MIN (length, 256), "webm", 4) != NULL)
    return &containers[WEBM];

  return &containers[MKV];
}

const DailiesContainer *
dailies_sniff (const guint8 *head,
               gsize         length)
{
  const DailiesContainer *found;

  g_return_val_if_fail (head != NULL || length == 0, NULL);

  found = sniff_iso (head, length);
  if (found == NULL)
    found = sniff_matroska (head, length);
  if (found != NULL)
    return found;

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      const Magic *magic = &magics[i];

      if (length < magic->offset + magic->length ||
          memcmp (head + magic->offset, magic->bytes, magic->length) != 0)
        continue;
      if (magic->offset == 8 && memcmp (head, "RIFF", 4) != 0)
        continue;
      return &containers[magic->known];
    }

  /* Two letters would make a bitmap of any text that begins with them: its reserved bytes are zero as well. */
  if (length >= 10 && memcmp (head, "BM", 2) == 0 && memcmp (head + 6, "\0\0\0\0", 4) == 0)
    return &containers[BMP];
  if (length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47)
    return &containers[TS];

  return NULL;
}

gboolean
dailies_sniff_is_same (const char *a,
                       const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (g_ascii_strcasecmp (a, "jpeg") == 0)
    a = "jpg";
  if (g_ascii_strcasecmp (b, "jpeg") == 0)
    b = "jpg";

  return g_ascii_strcasecmp (a, b) == 0;
}

gboolean
dailies_sniff_is_svg (const guint8 *head,
                      gsize         length)
{
  const char *text = (const char *) head;
  g_autofree char *begin = NULL;

  g_return_val_if_fail (head != NULL, FALSE);

  if (length >= 3 && memcmp (text, "\357\273\277", 3) == 0)
    text += 3, length -= 3;
  begin = g_strndup (text, length);
  text = g_strchug (begin);
  /* Behind what may stand before the drawing: the declaration, comments, a document type. */
  return *text == '<' && g_ascii_strncasecmp (text, "<!doctype html", 14) != 0
         && g_ascii_strncasecmp (text, "<html", 5) != 0 && strstr (text, "<svg") != NULL;
}
