/* dailies-setting-row.h: one setting of the model: a choice, number, switch or text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-field.h"
#include "dailies-request.h"

G_BEGIN_DECLS

/* Makes the row that fits the role and the number of choices of @field. It writes into @request what the artist sets and
 * follows what the request says; an optional setting that is not touched shows its default and is not written.
 * Returns: (transfer floating): a GtkListBoxRow */
GtkWidget *dailies_setting_row_new       (DailiesRequest *request,
                                          DailiesField   *field);

G_END_DECLS
