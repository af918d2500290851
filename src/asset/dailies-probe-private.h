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

G_END_DECLS
