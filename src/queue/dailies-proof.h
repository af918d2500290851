/* dailies-proof.h: that a file really is a clip, by taking it apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-probe.h"

G_BEGIN_DECLS

/* What a server calls it proves nothing, neither way: only the first bytes tell HTML, XML or JSON from a clip. */
gboolean      dailies_proof_is_page (gconstpointer head,
                                     gsize         length);

/**
 * dailies_proof_take:
 * @file: a local file
 * @name: how to call it in a sentence
 * @cancellable: (nullable)
 * @error: DAILIES_ERROR_MEDIA where it is not a whole picture or clip that this computer can show, DAILIES_ERROR_DISK
 *
 * What the container says is not enough: the first frames and the last second are really decoded. Blocking, for the pool.
 *
 * Returns: (transfer full) (nullable): what it is
 */
DailiesProbe *dailies_proof_take (GFile        *file,
                                  const char   *name,
                                  GCancellable *cancellable,
                                  GError      **error);

G_END_DECLS
