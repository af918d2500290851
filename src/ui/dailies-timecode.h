/* dailies-timecode.h: a place in a clip, as artists write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dailies_timecode_format (gint64 time,
                               double fps);

G_END_DECLS
