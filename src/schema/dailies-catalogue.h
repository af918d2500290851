/* dailies-catalogue.h: every model the program knows: bundled definitions and the user's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_CATALOGUE (dailies_catalogue_get_type ())
/* A GListModel of #DailiesDefinition, bundled ones first. */
G_DECLARE_FINAL_TYPE (DailiesCatalogue, dailies_catalogue, DAILIES, CATALOGUE, GObject)

/* @user_dir: (nullable): normally $XDG_DATA_HOME/dailies/models; need not exist */
DailiesCatalogue  *dailies_catalogue_new           (GFile                *user_dir);

/* Reads the user's definitions. A file that cannot be read does not hide the others: it is left out
 * and
 * told in dailies_catalogue_get_complaints(). */
void               dailies_catalogue_load_async    (DailiesCatalogue     *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           dailies_catalogue_load_finish   (DailiesCatalogue     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
const char * const *dailies_catalogue_get_complaints (DailiesCatalogue   *self);

/* @name: an id, or an id without its service prefix, or a unique tail of it.
 * Returns: (transfer none) (nullable); DAILIES_ERROR_INVALID names the candidates where it is
 * unclear */
DailiesDefinition *dailies_catalogue_lookup        (DailiesCatalogue     *self,
                                                    const char           *name,
                                                    GError              **error);

/* The bundled model whose place @definition, one of the user's, has taken with rules of its own.
 * @file: (out) (optional) (transfer full) (nullable): what to delete to have the bundled one back
 * Returns: (transfer none) (nullable): %NULL where it has taken none */
DailiesDefinition *dailies_catalogue_get_replaced  (DailiesCatalogue     *self,
                                                    DailiesDefinition    *definition,
                                                    GFile               **file);

/* Takes a raw schema, a catalogue entry or a definition, stores it in the user's folder and adds
 * it.
 * Returns: (transfer full): the definition */
void               dailies_catalogue_import_async  (DailiesCatalogue     *self,
                                                    GBytes               *bytes,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DailiesDefinition *dailies_catalogue_import_finish (DailiesCatalogue     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
