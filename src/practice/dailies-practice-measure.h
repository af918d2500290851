/* dailies-practice-measure.h: looks at fetched inputs as the service would
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dailies-practice-check.h"

G_BEGIN_DECLS

/* Blocking, worker threads only. Both fail with DAILIES_ERROR_MEDIA and a sentence that names @input's field, what was
 * measured and the limit. @path: the fetched file */

/* Returns: (transfer full): the decoded picture, the right way up */
GdkPixbuf *dailies_practice_read_image   (const DailiesPracticeInput  *input,
                                          const char                  *path,
                                          GError                     **error);
gboolean   dailies_practice_check_video  (const DailiesPracticeInput  *input,
                                          const char                  *path,
                                          GError                     **error);

G_END_DECLS
