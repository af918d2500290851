/* dailies-host-upload.h: a service's own storage, to which files are uploaded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-host.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_HOST_UPLOAD (dailies_host_upload_get_type ())
/* PUT, multipart field "file", bearer token of @access; the answer names the file's address: api.md, Unifically, "upload" */
G_DECLARE_FINAL_TYPE (DailiesHostUpload, dailies_host_upload, DAILIES, HOST_UPLOAD, GObject)

/* @url: https, or http on loopback; this address, and no other, gets the token
 * @title: (nullable): else the host of @url */
DailiesHost *dailies_host_upload_new (DailiesTransport *transport,
                                      DailiesAccess    *access,
                                      const char       *url,
                                      const char       *title);

G_END_DECLS
