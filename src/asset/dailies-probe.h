/* dailies-probe.h: what a media file is, looked at from the inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-sniff.h"

G_BEGIN_DECLS

/* The longer side of a thumbnail. */
#define DAILIES_PROBE_THUMBNAIL 512

/**
 * DailiesProbe:
 * @container: static; what the bytes say
 * @kind: what is really inside (an mp4 may hold sound only)
 * @bytes: length of the file
 * @width: pixels as shown: rotation and shape of the pixels applied; 0 unknown
 * @height: likewise
 * @seconds: 0 for images, and where it is unknown
 * @fps: 0 where it is unknown
 * @has_sound: whether there is a sound track
 * @thumbnail: (nullable): at most %DAILIES_PROBE_THUMBNAIL on the longer side
 */
typedef struct
{
  const DailiesContainer *container;
  DailiesMediaKind        kind;
  goffset                 bytes;
  int                     width;
  int                     height;
  double                  seconds;
  double                  fps;
  gboolean                has_sound;
  GdkPixbuf              *thumbnail;
} DailiesProbe;

void          dailies_probe_free (DailiesProbe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesProbe, dailies_probe_free)

/* (transfer full): "1920×1080 · 2.1 MB", "7.2 s · 1080p24 · 34 MB" */
char         *dailies_probe_dup_summary (const DailiesProbe *self);

/**
 * dailies_probe_check_file:
 * @file: a local file
 * @name: how to call it in a sentence
 * @bytes: (out): its length
 * @cancellable: (nullable)
 * @error: %DAILIES_ERROR_MEDIA or %DAILIES_ERROR_DISK
 *
 * To be called before a file of an artist is opened: opening a pipe waits for its other end, perhaps for ever.
 *
 * Returns: %TRUE for an ordinary file with something in it
 */
gboolean      dailies_probe_check_file (GFile         *file,
                                        const char    *name,
                                        goffset       *bytes,
                                        GCancellable  *cancellable,
                                        GError       **error);

/**
 * dailies_probe_check_head:
 * @name: as the artist knows the file
 * @head: its first bytes, up to %DAILIES_SNIFF_BYTES
 *
 * Returns: %TRUE for a file that begins as a picture, a clip or a sound does
 */
gboolean      dailies_probe_check_head (const char    *name,
                                        const guint8  *head,
                                        gsize          length,
                                        GError       **error);

/* Says in a sentence about @name why its bytes cannot be had. A cancellation stays what it is. */
void          dailies_probe_set_unreadable (const char   *name,
                                            const GError *cause,
                                            GError      **error);

/**
 * dailies_probe_file:
 * @file: a local file
 * @name: how to call it in a sentence
 * @cancellable: (nullable)
 * @error: %DAILIES_ERROR_MEDIA where it is not the media it should be, %DAILIES_ERROR_DISK where it cannot be read
 *
 * Blocking, and may take seconds: for the pool. Never waits on a pipe or a device.
 *
 * Returns: (transfer full) (nullable)
 */
DailiesProbe *dailies_probe_file (GFile        *file,
                                  const char   *name,
                                  GCancellable *cancellable,
                                  GError      **error);

/**
 * dailies_probe_check_clip:
 * @file: a local file
 * @name: how to call it in a sentence
 * @cancellable: (nullable)
 * @error: %DAILIES_ERROR_MEDIA or %DAILIES_ERROR_DISK: why not
 *
 * Blocking, for the pool, like dailies_probe_file(); but the stage plays more containers than services know.
 *
 * Returns: whether there is a moving picture in it
 */
gboolean      dailies_probe_check_clip (GFile         *file,
                                        const char    *name,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* Whether the picture in @bytes may be decoded, for whoever decodes it by other means. DAILIES_ERROR_MEDIA where it is none,
 * or too large. Any thread. */
gboolean      dailies_probe_check_picture (GBytes      *bytes,
                                           const char  *name,
                                           GError     **error);

G_END_DECLS
