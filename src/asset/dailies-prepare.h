/* dailies-prepare.h: a picture made anew, so that a field takes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"

G_BEGIN_DECLS

/**
 * DailiesPicturePlan: what is to become of a picture
 * @x: pixels as shown: the left end of the part that is kept
 * @y: its upper end
 * @width: how wide that part is
 * @height: likewise
 * @to_width: pixels of the new picture, unless it would have too many bytes
 * @to_height: likewise
 * @least_width: what it has to keep where it has too many bytes
 * @least_height: likewise
 * @most_bytes: of the new file; -1 any number
 * @formats: (nullable): what it may be: "png", "jpg" …; %NULL anything
 */
typedef struct
{
  int      x, y;
  int      width, height;
  int      to_width, to_height;
  int      least_width, least_height;
  goffset  most_bytes;
  char   **formats;
} DailiesPicturePlan;

DailiesPicturePlan *dailies_picture_plan_copy      (const DailiesPicturePlan *self);
void                dailies_picture_plan_free      (DailiesPicturePlan       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesPicturePlan, dailies_picture_plan_free)

/* Whether one of @formats (%NULL: any) can be written here: PNG and JPEG. */
gboolean            dailies_prepare_can_write      (const char * const       *formats);

/**
 * dailies_prepare_picture_async:
 * @asset: a local picture, or one in a data: URI
 * @plan: may go when this returns
 * @cancellable: (nullable)
 *
 * What is shown stays as it was: colours by the profile in it, the way it is turned, what is transparent where the format knows that.
 * A photo becomes a JPEG, a drawing a PNG; where that has too many bytes, first its quality is lowered, as far as nobody sees, and
 * then its size. The file of @asset is only read. Works on the pool.
 */
void                dailies_prepare_picture_async  (DailiesAsset             *asset,
                                                    const DailiesPicturePlan *plan,
                                                    GCancellable             *cancellable,
                                                    GAsyncReadyCallback       callback,
                                                    gpointer                  user_data);
/* @format: (out): static: "jpg" or "png".
 * Returns: (transfer full) (nullable): the bytes of a file; %NULL with a #DailiesError and a sentence, or %G_IO_ERROR_CANCELLED */
GBytes             *dailies_prepare_picture_finish (GAsyncResult             *result,
                                                    const char              **format,
                                                    GError                  **error);

G_END_DECLS
