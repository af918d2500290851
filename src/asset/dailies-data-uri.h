/* dailies-data-uri.h: media that is written out inside a value, `data:image/png;base64,…`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most a data: value may carry; also what the largest request body of a service takes. */
#define DAILIES_DATA_URI_MAX_BYTES (64 * 1024 * 1024)

gboolean dailies_data_uri_is    (const char  *value);

/**
 * dailies_data_uri_check:
 * @value: a `data:` URI
 * @error: %DAILIES_ERROR_INVALID
 *
 * Looks at the outline only (there is a comma, it is not too long), which costs next to nothing.
 */
gboolean dailies_data_uri_check (const char  *value,
                                 GError     **error);

/**
 * dailies_data_uri_decode:
 * @value: a `data:` URI, base64 or percent-encoded
 * @error: %DAILIES_ERROR_INVALID with a sentence for what is malformed, empty or too large
 *
 * Takes as long as @value is large: for the pool.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes  *dailies_data_uri_decode (const char  *value,
                                  GError     **error);

G_END_DECLS
