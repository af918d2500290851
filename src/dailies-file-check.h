/* dailies-file-check.h: what is no file to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DAILIES_FILE_CHECK_ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE

/* @info: with %DAILIES_FILE_CHECK_ATTRIBUTES; @name: for the sentence. Any thread.
 *
 * Returns: FALSE with a #DailiesError where it is a folder, a link that leads nowhere, empty, or a pipe or device, for whose
 * bytes whoever opens it would wait without an end. */
gboolean dailies_file_check (GFileInfo   *info,
                             const char  *name,
                             GError     **error);

G_END_DECLS
