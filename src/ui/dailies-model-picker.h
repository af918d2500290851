/* dailies-model-picker.h: which model the request is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-definition.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_MODEL_PICKER (dailies_model_picker_get_type ())
/* Signal "picked" (self, DailiesDefinition). */
G_DECLARE_FINAL_TYPE (DailiesModelPicker, dailies_model_picker, DAILIES, MODEL_PICKER, GtkWidget)

GtkWidget *dailies_model_picker_new            (void);
/* @catalogue: (nullable): a list of #DailiesDefinition */
void       dailies_model_picker_set_catalogue  (DailiesModelPicker *self,
                                                GListModel         *catalogue);
/* Only the models of this service are offered; "practice" takes all. */
void       dailies_model_picker_set_service_id (DailiesModelPicker *self,
                                                const char         *service_id);
void       dailies_model_picker_set_current    (DailiesModelPicker *self,
                                                DailiesDefinition  *definition);
/* (transfer full): "Kling O1 · image-to-video" */
char      *dailies_model_picker_dup_subtitle   (DailiesDefinition  *definition);

G_END_DECLS
