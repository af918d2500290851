/* dailies-values.h: what a form is filled with, by the names of its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

/* The lists are made when first asked for and stay the same objects from then on. */
typedef struct
{
  GHashTable *texts;    /* char * → char * */
  GHashTable *assets;   /* char * → GListStore of DailiesAsset */
  GHashTable *elements; /* char * → GListStore of DailiesElement */
} DailiesValues;

DailiesValues *dailies_values_new          (void);
/* Lists of its own with the same assets and elements in them. */
DailiesValues *dailies_values_snapshot     (DailiesValues *self);
void           dailies_values_free         (DailiesValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesValues, dailies_values_free)

const char    *dailies_values_get_text     (DailiesValues *self,
                                            const char    *field);
/* TRUE where it changed. @text: (nullable) */
gboolean       dailies_values_set_text     (DailiesValues *self,
                                            const char    *field,
                                            const char    *text);
GListStore    *dailies_values_get_assets   (DailiesValues *self,
                                            const char    *field);
GListStore    *dailies_values_get_elements (DailiesValues *self,
                                            const char    *field);
/* Without making a list: how many items either kind of list of @field has. */
guint          dailies_values_count        (DailiesValues *self,
                                            const char    *field);
/* Whether both hold the same objects in the same order. */
gboolean       dailies_values_same_list    (GListModel    *one,
                                            GListModel    *other);
/* Makes @to hold what @from holds, in one step. @from: (nullable): empties it */
void           dailies_values_copy_list    (GListStore    *to,
                                            GListModel    *from);
/* (transfer container): the names in one of the tables, sorted */
GPtrArray     *dailies_values_list_names   (GHashTable    *table);

G_END_DECLS
