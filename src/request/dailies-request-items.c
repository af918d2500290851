/* dailies-request-items.c: adding, removing, moving what the artist brought, and the one-click
 * fixes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-problem-private.h"
#include "dailies-request-private.h"

/* A mention that is left from an item that went away means the new one in its place. */
static void
adopt (DailiesRequest *self,
       gpointer        item)
{
  g_autoptr (DailiesSpeller) speller = dailies_speller_new (self->definition, self->values);

  dailies_prompt_adopt (self->prompt, speller, item);
}

static void
insert (DailiesRequest *self,
        GListStore     *list,
        const char     *field,
        gpointer        item,
        guint           position)
{
  g_list_store_insert (list, MIN (position, g_list_model_get_n_items (G_LIST_MODEL (list))), item);
  adopt (self, item);
  dailies_request_update (self, field);
}

static void
remove_item (DailiesRequest *self,
             GListStore     *list,
             const char     *field,
             guint           position)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (list)))
    return;

  g_list_store_remove (list, position);
  dailies_request_update (self, field);
}

/* In one step, so that a view moves its row instead of making a new one for a list that was shorter
 * for a moment. */
static void
move_item (DailiesRequest *self,
           GListStore     *list,
           const char     *field,
           guint           from,
           guint           to)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint    n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint    first, last;
  gpointer moved;

  to = MIN (to, n_items > 0 ? n_items - 1 : 0);
  if (from >= n_items || from == to)
    return;

  first = MIN (from, to);
  last = MAX (from, to);
  for (guint i = first; i <= last; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (list), i));
  moved = g_ptr_array_steal_index (items, from - first);
  g_ptr_array_insert (items, to - first, moved);

  g_list_store_splice (list, first, items->len, items->pdata, items->len);
  dailies_request_update (self, field);
}

GListModel *
dailies_request_get_assets (DailiesRequest *self,
                            const char     *field)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  return G_LIST_MODEL (dailies_values_get_assets (self->values, field));
}

void
dailies_request_add_asset (DailiesRequest *self,
                           const char     *field,
                           DailiesAsset   *asset,
                           guint           position)
{
  DailiesField *definition_field;
  GListStore   *list;
  g_autoptr (DailiesAsset) old = NULL;

  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);
  g_return_if_fail (DAILIES_IS_ASSET (asset));

  list = dailies_values_get_assets (self->values, field);
  definition_field = dailies_definition_get_field (self->definition, field);
  old = g_list_model_get_item (G_LIST_MODEL (list), 0);
  if (old == NULL || definition_field == NULL || dailies_field_is_list (definition_field))
    {
      insert (self, list, field, asset, position);
      return;
    }

  if (old == asset)
    return;

  /* Whoever mentions the start frame means the start frame, not the picture that was there before.
   * */
  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), (gpointer *) &asset,
                       1);
  {
    g_autoptr (DailiesSpeller) speller = dailies_speller_new (self->definition, self->values);

    if (dailies_speller_spell (speller, old, NULL) == NULL)
      dailies_prompt_replace_target (self->prompt, old, asset);
  }
  adopt (self, asset);
  dailies_request_update (self, field);
}

void
dailies_request_remove_asset (DailiesRequest *self,
                              const char     *field,
                              guint           position)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);

  remove_item (self, dailies_values_get_assets (self->values, field), field, position);
}

void
dailies_request_move_asset (DailiesRequest *self,
                            const char     *field,
                            guint           from,
                            guint           to)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);

  move_item (self, dailies_values_get_assets (self->values, field), field, from, to);
}

GListModel *
dailies_request_get_elements (DailiesRequest *self,
                              const char     *field)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  return G_LIST_MODEL (dailies_values_get_elements (self->values, field));
}

void
dailies_request_add_element (DailiesRequest *self,
                             const char     *field,
                             DailiesElement *element,
                             guint           position)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);
  g_return_if_fail (DAILIES_IS_ELEMENT (element));

  insert (self, dailies_values_get_elements (self->values, field), field, element, position);
}

void
dailies_request_remove_element (DailiesRequest *self,
                                const char     *field,
                                guint           position)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);

  remove_item (self, dailies_values_get_elements (self->values, field), field, position);
}

void
dailies_request_move_element (DailiesRequest *self,
                              const char     *field,
                              guint           from,
                              guint           to)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);

  move_item (self, dailies_values_get_elements (self->values, field), field, from, to);
}

static gboolean
remove_from_list (GListStore   *list,
                  DailiesAsset *asset)
{
  guint position;

  if (!g_list_store_find (list, asset, &position))
    return FALSE;

  g_list_store_remove (list, position);
  return TRUE;
}

static void
remove_asset_anywhere (DailiesRequest *self,
                       const char     *field,
                       DailiesAsset   *asset)
{
  GListModel *elements = G_LIST_MODEL (dailies_values_get_elements (self->values, field));

  if (remove_from_list (dailies_values_get_assets (self->values, field), asset))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (elements); i++)
    {
      g_autoptr (DailiesElement) element = g_list_model_get_item (elements, i);

      if (dailies_element_get_frontal (element) == asset)
        {
          dailies_element_set_frontal (element, NULL);
          return;
        }
      if (remove_from_list (dailies_element_get_angles (element), asset))
        return;
    }
}

static gboolean
replace_in_list (GListStore   *list,
                 DailiesAsset *asset,
                 DailiesAsset *by)
{
  guint position;
  gboolean found = FALSE;

  /* In one step: a list that is shorter for a moment would lose what a view has of the item. */
  while (g_list_store_find (list, asset, &position))
    {
      g_list_store_splice (list, position, 1, (gpointer *) &by, 1);
      found = TRUE;
    }
  return found;
}

static gboolean
replace_in_element (DailiesElement *element,
                    DailiesAsset   *asset,
                    DailiesAsset   *by)
{
  gboolean found = replace_in_list (dailies_element_get_angles (element), asset, by);

  if (dailies_element_get_frontal (element) != asset)
    return found;

  dailies_element_set_frontal (element, by);
  return TRUE;
}

gboolean
dailies_request_replace_asset (DailiesRequest *self,
                               DailiesAsset   *asset,
                               DailiesAsset   *by)
{
  g_autoptr (DailiesAsset) held = NULL;
  GListModel *fields;
  gboolean found = FALSE;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), FALSE);
  g_return_val_if_fail (DAILIES_IS_ASSET (asset), FALSE);
  g_return_val_if_fail (DAILIES_IS_ASSET (by) && by != asset, FALSE);

  /* The lists may have the only references. */
  held = g_object_ref (asset);
  fields = dailies_definition_get_fields (self->definition);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char *name = dailies_field_get_name (field);
      GListModel *elements;

      if (!dailies_field_is_media (field) && dailies_field_get_role (field) != DAILIES_FIELD_ROLE_ELEMENTS)
        continue;
      found = replace_in_list (dailies_values_get_assets (self->values, name), asset, by) || found;
      elements = G_LIST_MODEL (dailies_values_get_elements (self->values, name));
      for (guint k = 0; k < g_list_model_get_n_items (elements); k++)
        {
          g_autoptr (DailiesElement) element = g_list_model_get_item (elements, k);

          found = replace_in_element (element, asset, by) || found;
        }
    }
  if (!found)
    return FALSE;

  dailies_prompt_replace_target (self->prompt, asset, by);
  dailies_request_update (self, "");
  return TRUE;
}

static void
remove_mention (DailiesRequest *self,
                DailiesProblem *problem)
{
  g_autoptr (GArray) mentions = dailies_request_dup_mentions (self);
  const char     *text = dailies_prompt_get_text (self->prompt);
  gsize           start;
  const char     *wanted = dailies_problem_get_mention (problem, &start);
  DailiesMention *found = NULL;

  /* The text may have moved since the problem was found. */
  for (guint i = 0; i < mentions->len; i++)
    {
      DailiesMention *mention = &g_array_index (mentions, DailiesMention, i);

      if (mention->target != NULL || strlen (wanted) != mention->end - mention->start ||
          strncmp (text + mention->start, wanted, strlen (wanted)) != 0)
        continue;
      if (found == NULL || mention->start == start)
        found = mention;
    }

  if (found == NULL)
    return;

  dailies_prompt_remove (self->prompt, found->start, found->end);
  g_object_notify (G_OBJECT (self), "prompt");
}

void
dailies_request_apply_fix (DailiesRequest *self,
                           DailiesProblem *problem)
{
  g_autoptr (DailiesProblem) held = NULL;
  const char *field;

  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (DAILIES_IS_PROBLEM (problem));

  /* The list of problems may hold the only other reference. */
  held = g_object_ref (problem);
  field = dailies_problem_get_field (problem);
  switch (dailies_problem_get_fix (problem))
    {
    case DAILIES_FIX_REMOVE_MENTION:
      remove_mention (self, problem);
      break;

    case DAILIES_FIX_REMOVE_ASSET:
      remove_asset_anywhere (self, field, dailies_problem_get_asset (problem));
      break;

    case DAILIES_FIX_RESET_VALUE:
      dailies_values_set_text (self->values, field, NULL);
      break;

    case DAILIES_FIX_PREPARE:
    case DAILIES_FIX_NONE:
    default:
      return;
    }

  dailies_request_update (self, field);
}
