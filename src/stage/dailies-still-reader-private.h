/* dailies-still-reader-private.h: a reader, and the pipeline it reads from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-reel-tile.h"
#include "dailies-still-reader.h"

G_BEGIN_DECLS

typedef struct
{
  GstSample *sample;
  gint64     time; /* ns in the clip */
} Frame;

struct _DailiesStillReader
{
  GFile      *file;
  char       *format;
  GstElement *pipeline;
  GstElement *source;
  GstElement *queue;
  GstElement *filter;
  GstElement *sink;
  GstBus     *bus;
  char       *missing;
  int         has_sound; /* atomic */

  GMutex          lock; /* of what the streaming threads find out */
  DailiesReelTile tile;
  DailiesReelGrid grid;
  int             width, height; /* what was asked for; 0 as many as there are */
  gboolean        resized;       /* what is decoded already has another size */
  gboolean        exposed, has_video;

  gint64   duration;
  gboolean straight; /* read from the beginning, and not sought in */
  gboolean measured; /* of what was read, and not as it is told */
  gboolean opened; /* and not started since */
  gboolean at_end;
  Frame    current;
  Frame    next; /* decoded already, but later than what was wanted */
};

/* Makes the pipeline of a reader whose file and format are set. */
void dailies_still_reader_build         (DailiesStillReader *self);
/* Asks the pipeline for frames of the size that is set; any thread. */
void dailies_still_reader_update_filter (DailiesStillReader *self);

G_END_DECLS
