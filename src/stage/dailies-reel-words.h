/* dailies-reel-words.h: why a clip does not play, in a sentence
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-types.h"

G_BEGIN_DECLS

GError *dailies_reel_read_error         (GstMessage   *message,
                                         char        **debug);
GError *dailies_reel_find_fault         (GFile        *file);
GError *dailies_reel_explain            (GFile        *file,
                                         const GError *error,
                                         const char   *missing,
                                         gboolean      has_sound);
GError *dailies_reel_explain_no_picture (GFile        *file,
                                         const char   *missing);
GError *dailies_reel_explain_unsteppable (GFile       *file,
                                         const char   *kind);
GError *dailies_reel_explain_stall      (GFile        *file,
                                         guint         seconds);

G_END_DECLS
