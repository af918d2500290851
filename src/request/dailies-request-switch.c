/* dailies-request-switch.c: what stays of a form when its model changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-request-private.h"
#include "dailies-value-check.h"

/* What can take the place of one another. */
typedef enum
{
  FAMILY_PROMPT,
  FAMILY_VALUE,
  FAMILY_IMAGE,
  FAMILY_VIDEO,
  FAMILY_AUDIO,
  FAMILY_ELEMENT,
} Family;

static Family
get_family (DailiesField *field)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_PROMPT:
      return FAMILY_PROMPT;
    case DAILIES_FIELD_ROLE_IMAGE:
    case DAILIES_FIELD_ROLE_IMAGES:
      return FAMILY_IMAGE;
    case DAILIES_FIELD_ROLE_VIDEO:
    case DAILIES_FIELD_ROLE_VIDEOS:
      return FAMILY_VIDEO;
    case DAILIES_FIELD_ROLE_AUDIO:
    case DAILIES_FIELD_ROLE_AUDIOS:
      return FAMILY_AUDIO;
    case DAILIES_FIELD_ROLE_ELEMENTS:
      return FAMILY_ELEMENT;
    default:
      return FAMILY_VALUE;
    }
}

static gboolean
is_media_family (Family family)
{
  return family == FAMILY_IMAGE || family == FAMILY_VIDEO || family == FAMILY_AUDIO;
}

/* The field of @definition that is the same as @field, by name. */
static DailiesField *
find_same (DailiesDefinition *definition,
           DailiesField      *field)
{
  DailiesField *other = dailies_definition_get_field (definition, dailies_field_get_name (field));

  return other != NULL && get_family (other) == get_family (field) ? other : NULL;
}

static void
copy_field (DailiesValues *to,
            DailiesValues *from,
            DailiesField  *field)
{
  const char *name = dailies_field_get_name (field);
  Family      family = get_family (field);

  if (family == FAMILY_ELEMENT)
    dailies_values_copy_list (dailies_values_get_elements (to, name),
                              G_LIST_MODEL (dailies_values_get_elements (from, name)));
  else if (is_media_family (family))
    dailies_values_copy_list (dailies_values_get_assets (to, name),
                              G_LIST_MODEL (dailies_values_get_assets (from, name)));
  else if (family == FAMILY_VALUE)
    dailies_values_set_text (to, name, dailies_values_get_text (from, name));
}

static gboolean
has_fitting (DailiesValues *values,
             DailiesField  *field)
{
  const char *name = dailies_field_get_name (field);

  if (values == NULL)
    return FALSE;
  if (get_family (field) != FAMILY_VALUE)
    return dailies_values_count (values, name) > 0;

  return dailies_values_get_text (values, name) != NULL &&
         dailies_value_fits (field, dailies_values_get_text (values, name));
}

/* A field that is in both models keeps its value, as far as the new one takes it. Any other gets
 * what a field of its name had
 * last, and else what it had itself when its model was left. */
static void
take_field (DailiesValues *next,
            DailiesField  *field,
            DailiesField  *same,
            DailiesValues *old,
            DailiesValues *by_name,
            DailiesValues *kept)
{
  const char *text = dailies_values_get_text (old, dailies_field_get_name (field));

  if (same != NULL &&
      (get_family (field) != FAMILY_VALUE || text == NULL || dailies_value_fits (field, text)))
    copy_field (next, old, field);
  else if (same == NULL && has_fitting (by_name, field))
    copy_field (next, by_name, field);
  else if (has_fitting (kept, field))
    copy_field (next, kept, field);
}

/* Returns: (transfer none): what any field had last, now with what @from leaves behind */
static DailiesValues *
remember_by_name (DailiesRequest    *self,
                  DailiesDefinition *from,
                  DailiesValues     *old)
{
  DailiesValues *by_name = g_hash_table_lookup (self->parked, DAILIES_PARKED_BY_NAME);
  GListModel    *fields = dailies_definition_get_fields (from);

  if (by_name == NULL)
    {
      by_name = dailies_values_new ();
      g_hash_table_insert (self->parked, g_strdup (DAILIES_PARKED_BY_NAME), by_name);
    }

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      copy_field (by_name, old, field);
    }

  return by_name;
}

static gboolean
is_placed (DailiesValues     *values,
           DailiesDefinition *definition,
           gpointer           asset)
{
  GListModel *fields = dailies_definition_get_fields (definition);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (dailies_field_is_media (field) &&
          g_list_store_find (dailies_values_get_assets (values, dailies_field_get_name (field)),
                             asset, NULL))
        return TRUE;
    }

  return FALSE;
}

/* Media of fields that the new model does not have, in the order of the form. */
static GPtrArray *
collect_homeless (DailiesDefinition *from,
                  DailiesDefinition *to,
                  DailiesValues     *old,
                  DailiesValues     *next,
                  Family             family)
{
  GPtrArray  *homeless = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *fields = dailies_definition_get_fields (from);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      GListModel *list;

      if (get_family (field) != family || find_same (to, field) != NULL)
        continue;

      list = G_LIST_MODEL (dailies_values_get_assets (old, dailies_field_get_name (field)));
      for (guint a = 0; a < g_list_model_get_n_items (list); a++)
        {
          g_autoptr (GObject) asset = g_list_model_get_item (list, a);

          if (!is_placed (next, to, asset))
            g_ptr_array_add (homeless, g_steal_pointer (&asset));
        }
    }

  return homeless;
}

/* The start frame becomes the first reference image, and the other way round. */
static void
house (DailiesDefinition *from,
       DailiesDefinition *to,
       DailiesValues     *next,
       GPtrArray         *homeless,
       Family             family)
{
  GListModel *fields = dailies_definition_get_fields (to);

  for (guint i = 0; i < g_list_model_get_n_items (fields) && homeless->len > 0; i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      GListStore *list;
      guint       taken;

      if (get_family (field) != family || find_same (from, field) != NULL)
        continue;

      list = dailies_values_get_assets (next, dailies_field_get_name (field));
      if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
        continue;

      taken = dailies_field_is_list (field) ? homeless->len : 1;
      g_list_store_splice (list, 0, 0, homeless->pdata, taken);
      g_ptr_array_remove_range (homeless, 0, taken);
    }
}

void
dailies_request_show_values (DailiesValues *live,
                             DailiesValues *next)
{
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  GHashTableIter iter;
  gpointer       name, text;

  for (g_hash_table_iter_init (&iter, next->assets); g_hash_table_iter_next (&iter, &name, NULL);)
    dailies_values_get_assets (live, name);
  for (g_hash_table_iter_init (&iter, next->elements); g_hash_table_iter_next (&iter, &name, NULL);)
    dailies_values_get_elements (live, name);

  assets = dailies_values_list_names (live->assets);
  for (guint i = 0; i < assets->len; i++)
    dailies_values_copy_list (dailies_values_get_assets (live, g_ptr_array_index (assets, i)),
                              g_hash_table_lookup (next->assets, g_ptr_array_index (assets, i)));
  elements = dailies_values_list_names (live->elements);
  for (guint i = 0; i < elements->len; i++)
    dailies_values_copy_list (dailies_values_get_elements (live, g_ptr_array_index (elements, i)),
                              g_hash_table_lookup (next->elements,
                                                   g_ptr_array_index (elements, i)));

  g_hash_table_remove_all (live->texts);
  for (g_hash_table_iter_init (&iter, next->texts); g_hash_table_iter_next (&iter, &name, &text);)
    dailies_values_set_text (live, name, text);
}

void
dailies_request_switch_values (DailiesRequest    *self,
                               DailiesDefinition *from,
                               DailiesDefinition *to)
{
  DailiesValues *old = dailies_values_snapshot (self->values);
  DailiesValues *by_name = remember_by_name (self, from, old);
  DailiesValues *kept = g_hash_table_lookup (self->parked, dailies_definition_get_id (to));
  g_autoptr (DailiesValues) next = dailies_values_new ();
  GListModel *fields = dailies_definition_get_fields (to);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      take_field (next, field, find_same (from, field), old, by_name, kept);
    }

  for (Family family = FAMILY_IMAGE; family <= FAMILY_AUDIO; family++)
    {
      g_autoptr (GPtrArray) homeless = collect_homeless (from, to, old, next, family);

      house (from, to, next, homeless, family);
    }

  g_hash_table_insert (self->parked, g_strdup (dailies_definition_get_id (from)), old);
  dailies_request_show_values (self->values, next);
}
