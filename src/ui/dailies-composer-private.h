/* dailies-composer-private.h: what the files of the composer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-composer.h"

#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-drop.h"
#include "dailies-generate-bar.h"
#include "dailies-model-picker.h"
#include "dailies-price-watch.h"
#include "dailies-prompt-view.h"
#include "dailies-request.h"
#include "dailies-studio.h"

G_BEGIN_DECLS

struct _DailiesComposer
{
  GtkWidget           parent_instance;

  GtkWidget          *scrolled;
  GtkWidget          *body;
  DailiesModelPicker *picker;
  GtkWidget          *media;
  GtkWidget          *prompt_section;
  DailiesPromptView  *prompt;
  GtkListBox         *settings;
  DailiesGenerateBar *bar;

  DailiesStudio      *studio;
  DailiesRequest     *request;
  DailiesPriceWatch  *price;
  GtkAdjustment      *variations;
  GtkWidget          *prompt_header;
  GtkWidget          *lit; /* the section a drag beside all of them would go to */
  DailiesDrop        *homeless; /* (nullable): dropped last, and found no place in the model */
  GQueue             *preparing; /* pictures that are to be made anew, as dailies-composer-prepare.c knows them; the first one is */
  GCancellable       *looking; /* whether what a clip was trimmed of is still there */
  GHashTable         *origins; /* the URI of a clip that was trimmed: what of, as that file knows it */
  char               *service_id;
  guint               placement_source;
  guint               follow_source; /* the caret of the prompt is to be brought into sight */
  int                 foot; /* its height, in logical pixels */
  gboolean            unplaced; /* a file finds no place at the service */
  gboolean            busy;
};

/* (nullable) (transfer none) */
DailiesDefinition *dailies_composer_get_definition  (DailiesComposer *self);
/* Whether Generate would send the request now. */
gboolean           dailies_composer_is_ready        (DailiesComposer *self);
/* Looks at once where the files go, where that was still to come. */
void               dailies_composer_settle          (DailiesComposer *self);

/* dailies-composer-form.c */

/* Makes the form anew from the definition of the request. */
void               dailies_composer_build_form      (DailiesComposer *self);
/* (nullable) (transfer none): the section of a media field */
GtkWidget         *dailies_composer_find_section    (DailiesComposer *self,
                                                     DailiesField    *field);
/* Something of the request changed. */
void               dailies_composer_refresh_form    (DailiesComposer *self);

/* dailies-composer-layout.c */

/* Shares the height between the form and its foot, and keeps the caret of the prompt in sight. */
void               dailies_composer_lay_out         (DailiesComposer *self);

/* dailies-composer-dnd.c */

/* Makes everything beside the wells one drop target: what falls there goes to the best empty field. */
void               dailies_composer_add_drops       (DailiesComposer *self);
/* The artist chose a model: what was just dropped and had no place goes where it has one. */
void               dailies_composer_choose_definition (DailiesComposer   *self,
                                                       DailiesDefinition *definition);

/* dailies-composer-prepare.c */

/* (transfer full): an empty table for what clips were trimmed of */
GHashTable        *dailies_composer_make_origins    (void);

/* Makes of @asset what @field takes: of a picture at once, of a clip in a window. */
void               dailies_composer_prepare         (DailiesComposer *self,
                                                     DailiesField    *field,
                                                     DailiesAsset    *asset);
/* The same, for a problem that DAILIES_FIX_PREPARE mends. */
void               dailies_composer_mend            (DailiesComposer *self,
                                                     DailiesProblem  *problem);
/* The same, for the clip at @uri; one that was trimmed is so anew, from the whole one. */
void               dailies_composer_trim            (DailiesComposer *self,
                                                     const char      *uri);

/* dailies-composer-actions.c */

void               dailies_composer_install_actions (GtkWidgetClass  *klass);

G_END_DECLS
