/* dailies-still.h: one frame of a clip, exact and at full resolution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/**
 * dailies_still_load_async:
 * @clip: a local file
 * @time: ns from the clip's first frame; the frame that covers it is taken, counted as the reel counts. Before the beginning that is the
 *   first frame, after the end the last.
 * @cancellable: (nullable)
 * @callback: called in the thread-default main context of the caller
 *
 * Decodes a frame as it is shown: turned, with square pixels, nothing scaled down. Works on the pool.
 */
void       dailies_still_load_async  (GFile                *clip,
                                      gint64                time,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns: (transfer full) (nullable): RGBA in ordinary memory, its size in the caps; where it is %NULL, @error is
 * %DAILIES_ERROR_MEDIA or %DAILIES_ERROR_DISK with a sentence, or %G_IO_ERROR_CANCELLED */
GstSample *dailies_still_load_finish (GAsyncResult         *result,
                                      GError              **error);

/**
 * dailies_still_save_async:
 * @png: a local file; replaced where it exists, and never seen half written; %DAILIES_ERROR_INVALID where it is @clip
 *
 * The same, into a PNG.
 */
void       dailies_still_save_async  (GFile                *clip,
                                      gint64                time,
                                      GFile                *png,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* The same, but a time after the last frame is %DAILIES_ERROR_INVALID. */
void       dailies_still_save_within_async (GFile              *clip,
                                            gint64              time,
                                            GFile              *png,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
gboolean   dailies_still_save_finish (GAsyncResult         *result,
                                      GError              **error);

/**
 * dailies_still_save_all_async:
 * @in: ns from the clip's first frame; the frame there is the first, -1 that of the clip
 * @out: likewise the last
 * @png: a local file; the frame's number is put before its ending: "fox.png" becomes "fox-0000.png", "fox-0001.png" …
 *
 * All frames from one to another, as dailies_still_save_async(). Where it fails or is cancelled none is left. Works on a
 * thread of its own.
 */
void       dailies_still_save_all_async  (GFile               *clip,
                                          gint64               in,
                                          gint64               out,
                                          GFile               *png,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
/* Returns: (transfer full) (nullable) (element-type GFile): what was written, in order; %NULL with @error set */
GPtrArray *dailies_still_save_all_finish (GAsyncResult        *result,
                                          GError             **error);

/* Any thread, blocking: writes a frame of dailies_still_load_async() (or one in RGB) as PNG, as dailies_still_save_async() does. */
gboolean   dailies_still_write_png   (GstSample            *sample,
                                      GFile                *png,
                                      GError              **error);

G_END_DECLS
