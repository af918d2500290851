/* dailies-validator.h: every rule of a model against a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-request.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type DailiesProblem): errors first, then waits, empties,
 * warnings */
GPtrArray *dailies_validator_run (DailiesRequest *request);

G_END_DECLS
