/* dailies-asset.h: one file or URL the artist brought in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_ASSET (dailies_asset_get_type ())
/* Properties, all read only and notified: "state", "error", "name", "uri", "key", "kind", "container", "mime-type",
 * "fraction", "bytes", "width", "height", "seconds", "fps", "has-sound", "thumbnail". Size, length and thumbnail come
 * first, while the state is still LOADING; the key, and with it READY, comes when the whole file has been hashed. */
G_DECLARE_FINAL_TYPE (DailiesAsset, dailies_asset, DAILIES, ASSET, GObject)

typedef enum
{
  DAILIES_ASSET_NEW,     /* nothing is known yet */
  DAILIES_ASSET_LOADING, /* being hashed and probed */
  DAILIES_ASSET_READY,   /* everything that can be known is known */
  DAILIES_ASSET_FAILED,  /* dailies_asset_get_error() says why */
} DailiesAssetState;

typedef enum
{
  DAILIES_MEDIA_UNKNOWN,
  DAILIES_MEDIA_IMAGE,
  DAILIES_MEDIA_VIDEO,
  DAILIES_MEDIA_AUDIO,
} DailiesMediaKind;

GType dailies_asset_state_get_type (void);
#define DAILIES_TYPE_ASSET_STATE (dailies_asset_state_get_type ())
GType dailies_media_kind_get_type (void);
#define DAILIES_TYPE_MEDIA_KIND (dailies_media_kind_get_type ())

/* A local file. Nothing is read before dailies_asset_load_async(). */
DailiesAsset      *dailies_asset_new_for_file   (GFile                *file);
/* @value: a path, file:, https: (http: on loopback only) or data: URI. Anything else is DAILIES_ERROR_INVALID. */
DailiesAsset      *dailies_asset_new_for_value  (const char           *value,
                                                 GError              **error);

/* Hashes, probes by content and makes the thumbnail on the pool of two; properties are notified on the
 * thread-default main context of the caller. A remote asset is ready at once with kind unknown: it is the
 * service that fetches it, and Dailies never does. May be called again after the file changed. */
void               dailies_asset_load_async     (DailiesAsset         *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           dailies_asset_load_finish    (DailiesAsset         *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

DailiesAssetState  dailies_asset_get_state      (DailiesAsset         *self);
const GError      *dailies_asset_get_error      (DailiesAsset         *self); /* (nullable) */
const char        *dailies_asset_get_uri        (DailiesAsset         *self); /* file:, https: or data: */
GFile             *dailies_asset_get_file       (DailiesAsset         *self); /* (nullable): local ones */
gboolean           dailies_asset_is_remote      (DailiesAsset         *self); /* https: */
const char        *dailies_asset_get_name       (DailiesAsset         *self); /* to show: the file's name */
char              *dailies_asset_dup_stem       (DailiesAsset         *self); /* "fox" of "fox.webp" */
/* SHA-256 of the bytes in hex once READY; of remote ones the URI itself. Stable key of an asset. */
const char        *dailies_asset_get_key        (DailiesAsset         *self); /* (nullable) */

/* How much of the bytes has been hashed, 0 to 1, told ten times a second, 0 while it waits for its turn; -1 where nothing is
 * to be hashed */
double             dailies_asset_get_fraction   (DailiesAsset         *self);

DailiesMediaKind   dailies_asset_get_kind       (DailiesAsset         *self);
const char        *dailies_asset_get_container  (DailiesAsset         *self); /* (nullable): jpg png webp gif avif mp4 mov webm … */
const char        *dailies_asset_get_mime_type  (DailiesAsset         *self); /* (nullable) */
goffset            dailies_asset_get_bytes      (DailiesAsset         *self); /* -1 unknown */
int                dailies_asset_get_width      (DailiesAsset         *self); /* pixels as shown (rotation applied); 0 unknown */
int                dailies_asset_get_height     (DailiesAsset         *self);
double             dailies_asset_get_seconds    (DailiesAsset         *self); /* 0 for images, unknown too */
double             dailies_asset_get_fps        (DailiesAsset         *self); /* 0 unknown */
gboolean           dailies_asset_has_sound      (DailiesAsset         *self);
/* (nullable) (transfer none): at most 512 px on the longer side */
GdkPixbuf         *dailies_asset_get_thumbnail  (DailiesAsset         *self);
/* "1920×1080 · 2.1 MB", "7.2 s · 1080p24 · 34 MB" */
char              *dailies_asset_dup_summary    (DailiesAsset         *self);
/* For inlining, uploading and hashing again: opens the bytes of a local or data: asset. Blocking: pool only. */
GInputStream      *dailies_asset_open           (DailiesAsset         *self,
                                                 GCancellable         *cancellable,
                                                 GError              **error);

G_END_DECLS
