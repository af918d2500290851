/* dailies-host-inline.h: files travel inside the request itself, as data: URIs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-host.h"

G_BEGIN_DECLS

/* What RunComfy's own client sends inline (api.md): images up to 6 MiB each, 64 MiB the whole body. A byte becomes
 * 4/3 of a byte as base64, so a video may have 45 MiB and leave room for the pictures beside it. */
#define DAILIES_HOST_INLINE_MAX_IMAGE (6 * 1024 * 1024)
#define DAILIES_HOST_INLINE_MAX_MEDIA (45 * 1024 * 1024)

#define DAILIES_TYPE_HOST_INLINE (dailies_host_inline_get_type ())
G_DECLARE_FINAL_TYPE (DailiesHostInline, dailies_host_inline, DAILIES, HOST_INLINE, GObject)

/* @max_image, @max_media: bytes of one image, and of one video or sound */
DailiesHost *dailies_host_inline_new      (goffset       max_image,
                                           goffset       max_media);
/* Bytes that @asset takes up inside a request; 0 as long as its size is not known. */
goffset      dailies_host_inline_get_size (DailiesAsset *asset);

G_END_DECLS
