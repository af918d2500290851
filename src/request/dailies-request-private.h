/* dailies-request-private.h: what the files of this room share about a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-prompt.h"
#include "dailies-request.h"
#include "dailies-values.h"

G_BEGIN_DECLS

#define DAILIES_PARKED_BY_NAME "*"

struct _DailiesRequest
{
  GObject            parent_instance;

  DailiesDefinition *definition;
  /* TRUE while the definition is only made up from a stored draft, since nobody knows the model any
   * more. */
  gboolean           orphan;
  DailiesValues     *values;
  /* id of a definition → DailiesValues, as they were when it was left; DAILIES_PARKED_BY_NAME →
   * what any field of that name
   * had last */
  GHashTable        *parked;
  DailiesPrompt     *prompt;
  GListStore        *problems;
  gboolean           sendable;
  GHashTable        *watched; /* GObject → itself: assets and elements whose changes are followed */
};

/* After any change: follows the new items, respells, validates, tells. */
void dailies_request_update         (DailiesRequest    *self,
                                     const char        *field);
/* Moves what fits from the one model to the other and parks the rest. */
void dailies_request_switch_values  (DailiesRequest    *self,
                                     DailiesDefinition *from,
                                     DailiesDefinition *to);

/* Makes @live hold what @next holds. The lists themselves stay the same objects, since views look at them. */
void dailies_request_show_values    (DailiesValues     *live,
                                     DailiesValues     *next);

/* What @values have for @definition, in the order of the form: assets and elements, those of the
 * elements included.
 * Returns: (transfer full) (element-type GObject) */
GPtrArray *dailies_request_list_items (DailiesRequest *self);

/* What is sent for a field that the artist has not touched, by the rule "follows"; NULL where there
 * is none.
 * @exactly: (out) (optional): nothing else may be sent then */
const char *dailies_request_get_followed (DailiesRequest *self,
                                          const char     *field,
                                          gboolean       *exactly);

G_END_DECLS
