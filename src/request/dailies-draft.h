/* dailies-draft.h: a stored draft, only read
 *
 * What dailies_request_to_json() wrote, without the form around it: nothing is loaded, checked or bound. For looking
 * at what a cut was made from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

/**
 * DailiesDraftItem: a picture, a clip or an element in one field
 * @asset: (nullable): what stands for it: an element's frontal image; not loaded
 * @key: what makes it this one: equal in two drafts for the same item
 */
typedef struct
{
  DailiesAsset *asset;
  char         *key;
} DailiesDraftItem;

/**
 * DailiesDraft:
 * @model: (nullable): id of the model; %NULL where only the prompt is known
 * @prompt: (nullable): as it was spelt
 * @texts: char * → char *, by field: what the artist set
 * @items: char * → GPtrArray of DailiesDraftItem, by field
 */
typedef struct
{
  char       *model;
  char       *prompt;
  GHashTable *texts;
  GHashTable *items;
} DailiesDraft;

/* Takes any text: of what cannot be read there is nothing in it.
 * @json: (nullable)
 * @prompt: (nullable): what to show where @json has none
 * @assets: (element-type utf8 DailiesAsset): one object for each address, shared between drafts; added to */
DailiesDraft *dailies_draft_new       (const char   *json,
                                       const char   *prompt,
                                       GHashTable   *assets);
void          dailies_draft_free      (DailiesDraft *self);
/* Nothing is known of it, not even a prompt. */
gboolean      dailies_draft_is_blank  (DailiesDraft *self);
/* (nullable) (transfer none) (element-type DailiesDraftItem) */
GPtrArray    *dailies_draft_get_items (DailiesDraft *self,
                                       const char   *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesDraft, dailies_draft_free)

G_END_DECLS
