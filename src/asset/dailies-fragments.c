/* dailies-fragments.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-fragments.h"

#include <string.h>

/* A file made of millions of empty boxes must not keep a thread busy, nor one large box fill the memory. */
#define MAX_BOXES 65536
#define MAX_LIST (16 * 1024 * 1024)
#define MAX_TRACKS 16

/* Flags of tfhd and trun: which optional numbers are there. */
#define TFHD_BASE_OFFSET 0x1
#define TFHD_DESCRIPTION 0x2
#define TFHD_DURATION 0x8
#define TRUN_DATA_OFFSET 0x1
#define TRUN_FIRST_FLAGS 0x4
#define TRUN_DURATION 0x100
#define TRUN_OTHERS 0xe00

typedef struct
{
  const guint8 *bytes; /* what the box holds, without its size and type */
  gsize         length;
} Box;

typedef struct
{
  guint32  id;
  guint32  timescale; /* units a second */
  guint32  lasts;     /* a frame that does not tell, in units */
  guint64  begin, end;
  gboolean begun;
  gboolean is_picture;
} Track;

typedef struct
{
  Track tracks[MAX_TRACKS];
  guint n_tracks;
} Movie;

/* --- bytes ------------------------------------------------------------------------------------ */

static guint32
read_u32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static guint64
read_u64 (const guint8 *at)
{
  return (guint64) read_u32 (at) << 32 | read_u32 (at + 4);
}

/* The number at @offset; 0 behind the end. */
static guint32
take_u32 (Box   box,
          gsize offset)
{
  return box.length >= 4 && offset <= box.length - 4 ? read_u32 (box.bytes + offset) : 0;
}

/* Goes on to the next box of that type in what is left of @within. */
static gboolean
take_box (Box        *within,
          const char *type,
          Box        *box)
{
  while (within->length >= 8)
    {
      guint32  size = read_u32 (within->bytes);
      gboolean found = memcmp (within->bytes + 4, type, 4) == 0;

      if (size < 8 || size > within->length)
        return FALSE;
      *box = (Box){ within->bytes + 8, size - 8 };
      within->bytes += size;
      within->length -= size;
      if (found)
        return TRUE;
    }

  return FALSE;
}

static gboolean
find_box (Box         within,
          const char *type,
          Box        *box)
{
  return take_box (&within, type, box);
}

/* --- the movie -------------------------------------------------------------------------------- */

static Track *
find_track (Movie   *movie,
            guint32  id)
{
  for (guint i = 0; i < movie->n_tracks; i++)
    if (movie->tracks[i].id == id)
      return &movie->tracks[i];

  return NULL;
}

static void
read_track (Movie *movie,
            Box    trak)
{
  Box   tkhd, mdia, mdhd, hdlr;
  Track track = { 0 };

  if (movie->n_tracks == MAX_TRACKS || !find_box (trak, "tkhd", &tkhd) || !find_box (trak, "mdia", &mdia) ||
      !find_box (mdia, "mdhd", &mdhd) || !find_box (mdia, "hdlr", &hdlr) || tkhd.length < 4 || mdhd.length < 4)
    return;

  /* Of the first version the two times before them have four bytes, of the second one eight. */
  track.id = take_u32 (tkhd, tkhd.bytes[0] == 1 ? 20 : 12);
  track.timescale = take_u32 (mdhd, mdhd.bytes[0] == 1 ? 20 : 12);
  track.is_picture = hdlr.length >= 12 && memcmp (hdlr.bytes + 8, "vide", 4) == 0;
  if (track.timescale > 0)
    movie->tracks[movie->n_tracks++] = track;
}

static void
read_movie (Movie *movie,
            Box    moov)
{
  Box rest = moov;
  Box trak, mvex, trex;

  while (take_box (&rest, "trak", &trak))
    read_track (movie, trak);
  if (!find_box (moov, "mvex", &mvex))
    return;
  while (take_box (&mvex, "trex", &trex))
    {
      Track *track = find_track (movie, take_u32 (trex, 4));

      if (track != NULL)
        track->lasts = take_u32 (trex, 12);
    }
}

/* --- fragments -------------------------------------------------------------------------------- */

/* Returns: how long the frames of one list last together, in units of the track */
static guint64
add_up (Box     trun,
        guint32 lasts)
{
  guint32 flags = take_u32 (trun, 0) & 0xffffff;
  guint32 n = take_u32 (trun, 4);
  gsize   offset = 8 + (flags & TRUN_DATA_OFFSET ? 4 : 0) + (flags & TRUN_FIRST_FLAGS ? 4 : 0);
  gsize   step = 0;
  guint64 sum = 0;

  if (!(flags & TRUN_DURATION))
    return (guint64) n * lasts;

  for (guint32 flag = TRUN_DURATION; flag <= TRUN_OTHERS; flag <<= 1)
    step += flags & flag ? 4 : 0;
  for (; n > 0 && offset + step <= trun.length; n--, offset += step)
    sum += read_u32 (trun.bytes + offset);

  return sum;
}

static void
read_track_fragment (Movie *movie,
                     Box    traf)
{
  Box     tfhd, tfdt, trun;
  Track  *track;
  guint32 flags, lasts;
  gsize   offset;

  if (!find_box (traf, "tfhd", &tfhd) || (track = find_track (movie, take_u32 (tfhd, 4))) == NULL)
    return;

  flags = take_u32 (tfhd, 0) & 0xffffff;
  offset = 8 + (flags & TFHD_BASE_OFFSET ? 8 : 0) + (flags & TFHD_DESCRIPTION ? 4 : 0);
  lasts = flags & TFHD_DURATION ? take_u32 (tfhd, offset) : track->lasts;
  if (find_box (traf, "tfdt", &tfdt) && tfdt.length >= 8)
    track->end = tfdt.bytes[0] == 1 && tfdt.length >= 12 ? read_u64 (tfdt.bytes + 4) : read_u32 (tfdt.bytes + 4);
  if (!track->begun)
    track->begin = track->end;
  track->begun = TRUE;
  while (take_box (&traf, "trun", &trun))
    track->end += add_up (trun, lasts);
}

static void
read_fragment (Movie *movie,
               Box    moof)
{
  Box traf;

  while (take_box (&moof, "traf", &traf))
    read_track_fragment (movie, traf);
}

static double
get_seconds (const Movie *movie,
             gboolean     of_picture)
{
  double seconds = 0;

  for (guint i = 0; i < movie->n_tracks; i++)
    {
      const Track *track = &movie->tracks[i];

      if (track->is_picture == of_picture && track->end > track->begin)
        seconds = MAX (seconds, (double) (track->end - track->begin) / track->timescale);
    }

  return seconds;
}

/* --- the file --------------------------------------------------------------------------------- */

/* Returns: whether there is a box; its type in @head at 4, what it holds @header bytes after @offset */
static gboolean
read_head (GFileInputStream *stream,
           goffset           offset,
           guint8            head[16],
           guint64          *size,
           gsize            *header,
           GCancellable     *cancellable)
{
  gsize n = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, cancellable, NULL) ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, 16, &n, cancellable, NULL) || n < 8)
    return FALSE;

  *size = read_u32 (head);
  *header = 8;
  if (*size == 1)
    {
      if (n < 16)
        return FALSE;
      *size = read_u64 (head + 8);
      *header = 16;
    }

  return *size >= *header && *size < G_MAXINT64 / 2;
}

double
dailies_fragments_measure (GFileInputStream *stream,
                           GCancellable     *cancellable)
{
  Movie    movie = { 0 };
  goffset  offset = 0;
  gboolean in_fragments = FALSE, starts_in_movie = FALSE, ended = FALSE;
  double   seconds;

  g_return_val_if_fail (G_IS_FILE_INPUT_STREAM (stream), 0);

  for (guint i = 0; i < MAX_BOXES; i++)
    {
      guint8   head[16];
      guint64  size;
      gsize    header, n;
      gboolean is_fragment;

      ended = !read_head (stream, offset, head, &size, &header, cancellable);
      if (ended)
        break;
      is_fragment = memcmp (head + 4, "moof", 4) == 0;
      starts_in_movie |= !in_fragments && memcmp (head + 4, "mdat", 4) == 0;
      in_fragments |= is_fragment;
      if (is_fragment || memcmp (head + 4, "moov", 4) == 0)
        {
          g_autofree guint8 *bytes = NULL;

          if (size - header > MAX_LIST)
            return 0;
          bytes = g_malloc (size - header + 1);
          ended = !g_seekable_seek (G_SEEKABLE (stream), offset + header, G_SEEK_SET, cancellable, NULL) ||
                  !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, size - header, &n, cancellable, NULL) ||
                  n < size - header;
          if (ended)
            break;
          if (is_fragment)
            read_fragment (&movie, (Box){ bytes, n });
          else
            read_movie (&movie, (Box){ bytes, n });
        }
      offset += size;
    }
  /* The rest is not known. */
  if (!in_fragments || !ended || g_cancellable_is_cancelled (cancellable))
    return 0;

  /* Those are listed at the beginning, and the fragments go on from there. */
  for (guint i = 0; starts_in_movie && i < movie.n_tracks; i++)
    movie.tracks[i].begin = 0;
  seconds = get_seconds (&movie, TRUE);
  return seconds > 0 ? seconds : get_seconds (&movie, FALSE);
}

gint64
dailies_fragments_measure_file (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);

  return stream != NULL ? (gint64) (dailies_fragments_measure (stream, NULL) * 1e9) : 0;
}
