/* test-sniff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dailies-picture-size.h"
#include "dailies-sniff.h"

#define BYTES(text) (const guint8 *) text, sizeof text - 1

static void
test_known (void)
{
  static const struct
  {
    const guint8 *head;
    gsize         length;
    const char   *name;
  } cases[] = {
    { BYTES ("\xff\xd8\xff\xe0\0\x10JFIF"), "jpg" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "png" },
    { BYTES ("RIFF\x10\0\0\0WEBPVP8L"), "webp" },
    { BYTES ("RIFF\x10\0\0\0WAVEfmt "), "wav" },
    { BYTES ("RIFF\x10\0\0\0AVI LIST"), "avi" },
    { BYTES ("XXXX\x10\0\0\0WEBPVP8L"), NULL },
    { BYTES ("GIF87a\1\0\1\0"), "gif" },
    { BYTES ("GIF89a\1\0\1\0"), "gif" },
    { BYTES ("\0\0\0\x14" "ftypavif\0\0\0\0mif1"), "avif" },
    { BYTES ("\0\0\0\x14" "ftypmif1\0\0\0\0avif"), "avif" },
    { BYTES ("\0\0\0\x14" "ftypheic\0\0\0\0mif1"), "heic" },
    { BYTES ("\0\0\0\x14" "ftypisom\0\0\0\0mp41"), "mp4" },
    { BYTES ("\0\0\0\x14" "ftypmp42\0\0\0\0isom"), "mp4" },
    { BYTES ("\0\0\0\x14" "ftypqt  \0\0\0\0qt  "), "mov" },
    { BYTES ("\0\0\0\x14" "ftypM4A \0\0\0\0isom"), "m4a" },
    { BYTES ("\0\0\0\x14" "ftyp3gp5\0\0\0\0isom"), "3gp" },
    { BYTES ("\0\0\0\x08" "wide\0\0\x10\0mdat"), "mov" },
    { BYTES ("\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"), "webm" },
    { BYTES ("\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska"), "mkv" },
    { BYTES ("OggS\0\2"), "ogg" },
    { BYTES ("fLaC\0\0"), "flac" },
    { BYTES ("ID3\4\0"), "mp3" },
    { BYTES ("II*\0\x08\0\0\0"), "tiff" },
    { BYTES ("BM\x10\0\0\0\0\0\0\0\x36\0"), "bmp" },
    { BYTES ("BMW is a maker of cars"), NULL },
    { BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), NULL },
    { BYTES ("<!DOCTYPE html>"), NULL },
    { BYTES ("#!/bin/sh\nexit 0\n"), NULL },
    { BYTES ("%PDF-1.7"), NULL },
    { BYTES ("\xff"), NULL },
    { BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0"), NULL },
    { BYTES (""), NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* A copy of just this length, so that a look past its end is caught. */
      g_autofree guint8 *head = g_memdup2 (cases[i].head, cases[i].length);
      const DailiesContainer *container = dailies_sniff (head, cases[i].length);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (container != NULL ? container->name : NULL, ==, cases[i].name);
    }
}

/* Any beginning of anything is taken without a fault. */
static void
test_short (void)
{
  static const guint8 file[] = "\0\0\0\x14" "ftypavif\0\0\0\0mif1"
                               "\0\0\0\x3c" "meta\0\0\0\0" "\0\0\0\x30" "iprp" "\0\0\0\x28" "ipco"
                               "\0\0\0\x14" "ispe\0\0\0\0\0\0\2\0\0\0\1\0" "\0\0\0\x09" "irot\1" "\0\0\0";
  int width;
  int height;

  for (gsize n = 0; n < sizeof file; n++)
    {
      g_autofree guint8 *head = g_memdup2 (file, MAX (n, 1));

      dailies_sniff (head, n);
      width = height = 0;
      if (dailies_picture_size_read_heif (head, n, &width, &height))
        g_assert_cmpint (width, ==, 256);
    }
}

static void
test_heif_size (void)
{
  static const guint8 file[] = "\0\0\0\x14" "ftypavif\0\0\0\0mif1"
                               "\0\0\0\x4d" "meta\0\0\0\0" "\0\0\0\x41" "iprp" "\0\0\0\x39" "ipco"
                               "\0\0\0\x14" "ispe\0\0\0\0\0\0\0\x10\0\0\0\x10"
                               "\0\0\0\x14" "ispe\0\0\0\0\0\0\2\0\0\0\1\0"
                               "\0\0\0\x09" "irot";
  guint8 *copy = g_memdup2 (file, sizeof file);
  int     width = 0;
  int     height = 0;

  copy[sizeof file - 1] = 0;
  g_assert_true (dailies_picture_size_read_heif (copy, sizeof file, &width, &height));
  g_assert_cmpint (width, ==, 512);
  g_assert_cmpint (height, ==, 256);

  copy[sizeof file - 1] = 1;
  g_assert_true (dailies_picture_size_read_heif (copy, sizeof file, &width, &height));
  g_assert_cmpint (width, ==, 256);
  g_assert_cmpint (height, ==, 512);
  g_free (copy);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sniff/known", test_known);
  g_test_add_func ("/sniff/short", test_short);
  g_test_add_func ("/sniff/heif-size", test_heif_size);
  return g_test_run ();
}
