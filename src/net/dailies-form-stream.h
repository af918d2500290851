/* dailies-form-stream.h: one file as a multipart/form-data body, made while it is read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_FORM_STREAM (dailies_form_stream_get_type ())
/* Never holds more of the file than one read. Its asynchronous reads run on a thread of GIO's pool. */
G_DECLARE_FINAL_TYPE (DailiesFormStream, dailies_form_stream, DAILIES, FORM_STREAM, GInputStream)

/* @length: bytes of @file. A file that ends before, or goes on after, is DAILIES_ERROR_DISK when the stream gets there. */
DailiesFormStream *dailies_form_stream_new              (const char        *field,
                                                         const char        *file_name,
                                                         const char        *mime_type,
                                                         GInputStream      *file,
                                                         goffset            length);
/* What the Content-Type header must say. */
const char        *dailies_form_stream_get_content_type (DailiesFormStream *self);
/* Bytes of the whole body. */
goffset            dailies_form_stream_get_length       (DailiesFormStream *self);
/* Bytes before the file's own. */
goffset            dailies_form_stream_get_head_length  (DailiesFormStream *self);

G_END_DECLS
