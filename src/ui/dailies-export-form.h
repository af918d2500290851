/* dailies-export-form.h: what the artist can choose about an export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-exporter.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_EXPORT_FORM (dailies_export_form_get_type ())
G_DECLARE_FINAL_TYPE (DailiesExportForm, dailies_export_form, DAILIES, EXPORT_FORM, AdwPreferencesPage)

/* Shows what is on the stage, and proposes what suits it. To be called before the form is read. Main thread. */
void dailies_export_form_offer (DailiesExportForm       *self,
                                const DailiesExportPlan *plan);
void dailies_export_form_read  (DailiesExportForm       *self,
                                DailiesExportChoice     *choice);

G_END_DECLS
