/* dailies-generate-bar.h: the fixed foot of the form: what is wrong, where files go, Generate and its price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_GENERATE_BAR (dailies_generate_bar_get_type ())
/* Generate activates "composer.generate" of an ancestor.
 * Signal "mend" (self, DailiesProblem): the artist wants made what would mend it; other fixes are applied here. */
G_DECLARE_FINAL_TYPE (DailiesGenerateBar, dailies_generate_bar, DAILIES, GENERATE_BAR, GtkWidget)

GtkWidget *dailies_generate_bar_new          (void);
/* @request: (nullable) */
void       dailies_generate_bar_set_request  (DailiesGenerateBar *self,
                                              DailiesRequest     *request);
/* The request changed. @refusing_title: (nullable): the name of the chosen service, where it does not have the model of
 * the request, so that this can be said */
void       dailies_generate_bar_refresh      (DailiesGenerateBar *self,
                                              const char         *refusing_title);
void       dailies_generate_bar_set_price    (DailiesGenerateBar *self,
                                              guint               count,
                                              const char         *price,
                                              const char         *source);
/* @summary: (nullable): where the files go; @problems: (nullable) (element-type DailiesProblem): why some of them cannot go
 * anywhere, shown with those of the request */
void       dailies_generate_bar_set_placement (DailiesGenerateBar *self,
                                              const char         *summary,
                                              GPtrArray          *problems);
/* What would mend the problems of @asset is being made. */
void       dailies_generate_bar_set_mending  (DailiesGenerateBar *self,
                                              DailiesAsset       *asset,
                                              gboolean            mending);
void       dailies_generate_bar_set_busy     (DailiesGenerateBar *self,
                                              gboolean            busy);
/* One sentence about something that could not be taken; stays until it is closed or the next one comes. */
void       dailies_generate_bar_complain     (DailiesGenerateBar *self,
                                              const char         *sentence);
gboolean   dailies_generate_bar_is_complaining (DailiesGenerateBar *self);
/* What that sentence was about is over. */
void       dailies_generate_bar_forgive      (DailiesGenerateBar *self);

G_END_DECLS
