/* dailies-probe-private.h: the parts of probing a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-probe.h"

G_BEGIN_DECLS

/* @stream: at the beginning; @head: its first bytes. Fills in the size and the thumbnail. */
gboolean dailies_probe_image       (DailiesProbe        *probe,
                                    GInputStream        *stream,
                                    const guint8        *head,
                                    gsize                length,
                                    const char          *name,
                                    GCancellable        *cancellable,
                                    GError             **error);
/* Returns: FALSE. @cause: (nullable): a cancellation is handed on, an error of the disk told as one */
gboolean dailies_probe_set_damaged (const DailiesProbe  *probe,
                                    const char          *name,
                                    const GError        *cause,
                                    GError             **error);
/* Each thread of the pool may decode a large picture, but not both at once: together they would take a gigabyte.
 * Returns: whether it was one, and dailies_probe_unlock_large() is to follow */
gboolean dailies_probe_lock_large   (gint64               pixels);
void     dailies_probe_unlock_large (void);

G_END_DECLS
