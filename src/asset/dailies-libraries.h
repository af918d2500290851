/* dailies-libraries.h: the shared libraries that another one needs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * dailies_libraries_open_needed:
 * @path: a shared library or plug-in
 *
 * Opens every library that @path names as needed and that is not in the process yet, and before it those that it needs in turn,
 * each with a call of its own. They stay open. What cannot be read, found or opened alone is passed over: it comes along with
 * @path when that is opened.
 *
 * Returns: how many were opened
 */
guint dailies_libraries_open_needed (const char *path);

/**
 * dailies_libraries_read_needed:
 * @path: a shared library or plug-in
 *
 * Reads the names of the libraries that @path needs, as `readelf --dynamic` shows them. Brings the parts of the file that
 * opening it will touch into memory.
 *
 * Returns: (transfer full): names like "libm.so.6"; none where @path is not a library of this machine or is damaged
 */
GStrv dailies_libraries_read_needed (const char *path);

G_END_DECLS
