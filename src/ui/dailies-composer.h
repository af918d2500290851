/* dailies-composer.h: the form of one request, built from the model's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-drop.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_COMPOSER (dailies_composer_get_type ())
/* Properties: "variations" (uint, 1–8), "service-id" (string: practice, runcomfy, unifically: where Generate would send it;
 * decides which models are offered, the price and where files go).
 * Signals: "generate" (self): the artist pressed Generate or Ctrl+Return and the request is sendable; "trimming" (self): a clip of the
 * form is about to be looked at and listened to by itself.
 * Actions: "composer.generate", "composer.choose-file::FIELD", "composer.trim::URI": a part of a clip of the form. */
G_DECLARE_FINAL_TYPE (DailiesComposer, dailies_composer, DAILIES, COMPOSER, GtkWidget)

GtkWidget      *dailies_composer_new             (void);
/* Once, before anything else. */
void            dailies_composer_set_studio      (DailiesComposer *self,
                                                  DailiesStudio   *studio);
DailiesRequest *dailies_composer_get_request     (DailiesComposer *self); /* (nullable) (transfer none) */
/* @request: (nullable): shown and changed in place; the window saves it */
void            dailies_composer_set_request     (DailiesComposer *self,
                                                  DailiesRequest  *request);
void            dailies_composer_set_service_id  (DailiesComposer *self,
                                                  const char      *service_id);
const char     *dailies_composer_get_service_id  (DailiesComposer *self);
guint           dailies_composer_get_variations  (DailiesComposer *self);
/* While the jobs are being written: Generate shows that it was heard and cannot be pressed twice. */
void            dailies_composer_set_busy        (DailiesComposer *self,
                                                  gboolean         busy);
/* The form is looked at from its beginning, as one that is new. */
void            dailies_composer_show_top        (DailiesComposer *self);
void            dailies_composer_focus_prompt    (DailiesComposer *self);
/* What falls beside every field: goes to the best empty one, or it is said why it cannot. */
void            dailies_composer_take_drop       (DailiesComposer *self,
                                                  DailiesDrop     *drop);

G_END_DECLS
