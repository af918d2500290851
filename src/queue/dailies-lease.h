/* dailies-lease.h: which process is alive, told by the locks on files
 *
 * The kernel gives up a lock with the process that holds it, however that ends: after a SIGKILL its jobs are free at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DailiesLease DailiesLease;

/* @folder: where the leases lie; made when it is needed. Touches nothing yet. */
DailiesLease *dailies_lease_new     (const char    *folder);
/* Gives the lock up. Blocking. */
void          dailies_lease_free    (DailiesLease  *self);
/* A UUID, known before the lease is held. */
const char   *dailies_lease_get_id  (DailiesLease  *self);
/* Blocking; again is a no-op. */
gboolean      dailies_lease_hold    (DailiesLease  *self,
                                     GError       **error);
/* Whether no living process holds the lease @id; where that cannot be told, FALSE. Takes a dead one's file away. Blocking. */
gboolean      dailies_lease_is_free (const char    *folder,
                                     const char    *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesLease, dailies_lease_free)

G_END_DECLS
