/* dailies-request.h: a filled-in form for one model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_REQUEST (dailies_request_get_type ())
/* Properties: "definition" (writable: keeps what the new model also takes, remembers the rest and
 * gives it back
 * on return), "prompt" (string, as spelt for the model), "sendable" (boolean).
 * Signal: "changed" (self, field name or ""), after any value, asset state or problem changed. Main
 * thread only. */
G_DECLARE_FINAL_TYPE (DailiesRequest, dailies_request, DAILIES, REQUEST, GObject)

DailiesRequest    *dailies_request_new            (DailiesDefinition *definition);
DailiesDefinition *dailies_request_get_definition (DailiesRequest    *self);
void               dailies_request_set_definition (DailiesRequest    *self,
                                                   DailiesDefinition *definition);

/* The prompt as the artist sees it, mentions spelt for this model. Setting it binds every mention
 * that names
 * an existing item to that item; reordering, removing or changing the model respells bound mentions
 * and
 * notifies "prompt". A mention whose item went away stays as text and becomes a problem. */
const char        *dailies_request_get_prompt     (DailiesRequest    *self);
void               dailies_request_set_prompt     (DailiesRequest    *self,
                                                   const char        *prompt);

/**
 * DailiesMention: one mention in the prompt
 * @start: byte offset in dailies_request_get_prompt()
 * @end: byte offset behind it
 * @target: (nullable): the #DailiesAsset or #DailiesElement, %NULL where it names nothing
 */
typedef struct
{
  gsize    start;
  gsize    end;
  GObject *target;
} DailiesMention;

/* (transfer container) (element-type DailiesMention), in order */
GArray            *dailies_request_dup_mentions   (DailiesRequest    *self);

/* What could be mentioned now, for the completion popup. */
typedef struct
{
  char    *spelling; /* "@Image1" */
  GObject *target;   /* DailiesAsset or DailiesElement */
} DailiesMentionable;

void               dailies_mentionable_free       (DailiesMentionable *self);
/* (transfer full) (element-type DailiesMentionable) */
GPtrArray         *dailies_request_dup_mentionables (DailiesRequest  *self);
/* (transfer full) (nullable): how @target is spelt in this request */
char              *dailies_request_dup_spelling   (DailiesRequest    *self,
                                                   gpointer           target);

/* Text, choices, numbers and switches ("true"/"false") as text. NULL: the artist has not touched
 * it. */
const char        *dailies_request_get_text       (DailiesRequest    *self,
                                                   const char        *field);
/* Whether the value of @field follows from what the artist brings along while it is not set. */
gboolean           dailies_request_decides        (DailiesRequest    *self,
                                                   const char        *field);
void               dailies_request_set_text       (DailiesRequest    *self,
                                                   const char        *field,
                                                   const char        *text);

/* (transfer none): a live list of #DailiesAsset of one media field (0 or 1 for a single one), in
 * order */
GListModel        *dailies_request_get_assets     (DailiesRequest    *self,
                                                   const char        *field);
/* Fields that take one: replaces it. Lists: inserts at @position (G_MAXUINT: at the end). Nothing
 * is refused for
 * being too many or of the wrong kind: the artist sees a problem instead of losing a drop.
 * Assets that are NEW are loaded. */
void               dailies_request_add_asset      (DailiesRequest    *self,
                                                   const char        *field,
                                                   DailiesAsset      *asset,
                                                   guint              position);
void               dailies_request_remove_asset   (DailiesRequest    *self,
                                                   const char        *field,
                                                   guint              position);
void               dailies_request_move_asset     (DailiesRequest    *self,
                                                   const char        *field,
                                                   guint              from,
                                                   guint              to);
/* Puts @by wherever @asset is, in elements too; what mentions the one mentions the other. FALSE where it is not there any more. */
gboolean           dailies_request_replace_asset  (DailiesRequest    *self,
                                                   DailiesAsset      *asset,
                                                   DailiesAsset      *by);

/* (transfer none): a live list of #DailiesElement */
GListModel        *dailies_request_get_elements   (DailiesRequest    *self,
                                                   const char        *field);
void               dailies_request_add_element    (DailiesRequest    *self,
                                                   const char        *field,
                                                   DailiesElement    *element,
                                                   guint              position);
void               dailies_request_remove_element (DailiesRequest    *self,
                                                   const char        *field,
                                                   guint              position);
void               dailies_request_move_element   (DailiesRequest    *self,
                                                   const char        *field,
                                                   guint              from,
                                                   guint              to);

/* (transfer none): a live list of #DailiesProblem, errors first, then waits, empties, warnings */
GListModel        *dailies_request_get_problems   (DailiesRequest    *self);
gboolean           dailies_request_is_sendable    (DailiesRequest    *self);
void               dailies_request_apply_fix      (DailiesRequest    *self,
                                                   DailiesProblem    *problem);

/* (transfer container) (element-type DailiesAsset): every asset that would be sent, each once */
GPtrArray         *dailies_request_dup_all_assets (DailiesRequest    *self);
/* (nullable): the name of the first field that @asset is in, as itself or in an element */
const char        *dailies_request_find_field     (DailiesRequest    *self,
                                                   DailiesAsset      *asset);
/* Seconds of video this request asks for or brings along, NaN where it cannot be known; for the
 * price. */
double             dailies_request_get_seconds    (DailiesRequest    *self);

/* The model's input exactly as api.md's tables say. @urls maps dailies_asset_get_key() to the URL
 * to send; a remote
 * asset needs no entry. @beside: (out) (optional): fields that travel beside the input.
 * DAILIES_ERROR_INVALID with the first problem's message where it is not sendable. */
JsonNode          *dailies_request_build          (DailiesRequest    *self,
                                                   GHashTable        *urls,
                                                   JsonNode         **beside,
                                                   GError           **error);

/* The draft for the store: nothing typed or dropped is lost, bindings of mentions included. */
JsonNode          *dailies_request_to_json        (DailiesRequest    *self);
DailiesRequest    *dailies_request_new_from_json  (JsonNode          *node,
                                                   DailiesCatalogue  *catalogue,
                                                   GError           **error);
/* (transfer full): with elements of its own; assets never change and are shared */
DailiesRequest    *dailies_request_copy           (DailiesRequest    *self);
/* Makes @self what @from is, a copy of it from before. Its lists stay the same objects, and so do elements whose pictures are. */
void               dailies_request_restore        (DailiesRequest    *self,
                                                   DailiesRequest    *from);

G_END_DECLS
