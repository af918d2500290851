/* dailies-media-words.h: what the form says and shows of each kind of media
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-asset.h"
#include "dailies-field.h"

G_BEGIN_DECLS

/* "Drop a picture here" */
const char       *dailies_media_words_invitation (DailiesMediaKind  kind);
/* For screen readers: "empty, drop a picture or press Enter to choose a file" */
const char       *dailies_media_words_empty      (DailiesMediaKind  kind);
/* (transfer full): "Drop to use as end frame" */
char             *dailies_media_words_landing    (const char       *title,
                                                  gboolean          replaces);
/* (transfer full): "clip.mp4 is a video; Start frame takes a picture." */
char             *dailies_media_words_mismatch   (const char       *name,
                                                  DailiesMediaKind  is,
                                                  const char       *title,
                                                  DailiesMediaKind  takes);
const char       *dailies_media_words_icon       (DailiesAsset     *asset);
/* (transfer full) (nullable): for the file chooser; %NULL offers every file */
GtkFileFilter    *dailies_media_words_filter     (DailiesMediaKind  kind);
/* (transfer full): what hangs on the pointer while @asset is dragged */
GdkPaintable     *dailies_media_words_drag_icon  (DailiesAsset     *asset,
                                                  GtkWidget        *widget);
/* What a field takes; UNKNOWN for fields without media. Elements take images. */
DailiesMediaKind  dailies_media_words_kind_of    (DailiesField     *field);

G_END_DECLS
