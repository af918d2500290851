/* dailies-host-once.h: another host, asked once for each file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-host.h"

G_BEGIN_DECLS

/* No storage says how long it keeps a file, so an address is given again only while it is fresh. */
#define DAILIES_HOST_ONCE_SECONDS (15 * 60)

#define DAILIES_TYPE_HOST_ONCE (dailies_host_once_get_type ())
/* Variations of one request bring the same files: each is uploaded once, however many jobs wait for it, and its address given
 * again for a while. A failure is everybody's who waited, and is forgotten. An upload ends early only when all who wait for it
 * cancel. Files are told apart by their content. Main context only. */
G_DECLARE_FINAL_TYPE (DailiesHostOnce, dailies_host_once, DAILIES, HOST_ONCE, GObject)

/* @host: (transfer full): does the work
 * @seconds: how long an address is given again */
DailiesHost *dailies_host_once_new (DailiesHost *host,
                                    guint        seconds);

G_END_DECLS
