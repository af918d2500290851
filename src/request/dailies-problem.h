/* dailies-problem.h: one thing that keeps a request from being sent, or that deserves a look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PROBLEM (dailies_problem_get_type ())
G_DECLARE_FINAL_TYPE (DailiesProblem, dailies_problem, DAILIES, PROBLEM, GObject)

typedef enum
{
  DAILIES_PROBLEM_ERROR,   /* cannot be sent */
  DAILIES_PROBLEM_WARNING, /* can be sent, deserves a look */
  DAILIES_PROBLEM_WAIT,    /* cannot be sent yet: a file is still being read */
  DAILIES_PROBLEM_EMPTY,
  /* cannot be sent: a required field has not been filled in yet; shown quietly */
} DailiesSeverity;

typedef enum
{
  DAILIES_FIX_NONE,
  DAILIES_FIX_REMOVE_MENTION,
  DAILIES_FIX_REMOVE_ASSET,
  DAILIES_FIX_RESET_VALUE,
  DAILIES_FIX_PREPARE, /* what dailies-remedy.h plans for the asset: it takes a while, and is not dailies_request_apply_fix()'s */
} DailiesFix;

DailiesProblem *dailies_problem_new          (DailiesSeverity severity,
                                              const char     *field,
                                              const char     *message);
DailiesSeverity dailies_problem_get_severity (DailiesProblem *self);
const char     *dailies_problem_get_field    (DailiesProblem *self); /* name of the field, "" for the whole */
const char     *dailies_problem_get_message  (DailiesProblem *self); /* translated: thing, measured value, limit */
DailiesFix      dailies_problem_get_fix      (DailiesProblem *self);
const char     *dailies_problem_get_fix_label (DailiesProblem *self); /* (nullable): for the button */
DailiesAsset   *dailies_problem_get_asset    (DailiesProblem *self); /* (nullable): what it is about */

G_END_DECLS
