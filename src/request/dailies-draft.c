/* dailies-draft.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-draft.h"

#include "dailies-asset.h"
#include "dailies-json.h"
#include "dailies-schema-json.h"

/* What the numbers in a draft stand for. */
typedef struct
{
  GPtrArray *assets;   /* (element-type DailiesAsset): NULL for what is no address */
  GPtrArray *elements; /* (element-type DailiesDraftItem) */
} Pools;

static void
item_free (gpointer data)
{
  DailiesDraftItem *item = data;

  g_clear_object (&item->asset);
  g_free (item->key);
  g_free (item);
}

static DailiesDraftItem *
item_new (DailiesAsset *asset,
          const char   *key)
{
  DailiesDraftItem *item = g_new0 (DailiesDraftItem, 1);

  item->asset = asset != NULL ? g_object_ref (asset) : NULL;
  item->key = g_strdup (key);

  return item;
}

static gpointer
find_numbered (GPtrArray *pool,
               JsonNode  *number)
{
  gint64 index;

  if (number == NULL || !JSON_NODE_HOLDS_VALUE (number) ||
      json_node_get_value_type (number) != G_TYPE_INT64)
    return NULL;

  index = json_node_get_int (number);

  return index >= 0 && index < pool->len ? g_ptr_array_index (pool, index) : NULL;
}

static DailiesAsset *
share_asset (GHashTable *assets,
             JsonNode   *node)
{
  DailiesAsset *asset;
  const char   *uri;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  uri = json_node_get_string (node);
  asset = g_hash_table_lookup (assets, uri);
  if (asset == NULL)
    {
      asset = dailies_asset_new_for_value (uri, NULL);
      if (asset != NULL)
        g_hash_table_insert (assets, g_strdup (uri), asset);
    }

  return asset;
}

static DailiesDraftItem *
read_element (Pools    *pools,
              JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray  *angles = dailies_schema_json_get_array (object, "angles");
  const char *words = dailies_schema_json_get_string (object, "description");
  g_autoptr (GString) key = g_string_new (NULL);
  DailiesAsset *frontal = NULL;

  if (object != NULL)
    frontal = find_numbered (pools->assets, json_object_get_member (object, "frontal"));
  if (frontal != NULL)
    g_string_append (key, dailies_asset_get_uri (frontal));
  for (guint i = 0; angles != NULL && i < json_array_get_length (angles); i++)
    {
      DailiesAsset *angle = find_numbered (pools->assets, json_array_get_element (angles, i));

      if (angle != NULL)
        g_string_append_printf (key, "\n%s", dailies_asset_get_uri (angle));
    }
  g_string_append_printf (key, "\n\n%s", words != NULL ? words : "");

  return item_new (frontal, key->str);
}

static void
read_pools (Pools      *pools,
            JsonObject *root,
            GHashTable *shared)
{
  JsonArray *assets = dailies_schema_json_get_array (root, "assets");
  JsonArray *elements = dailies_schema_json_get_array (root, "elements");

  pools->assets = g_ptr_array_new ();
  for (guint i = 0; assets != NULL && i < json_array_get_length (assets); i++)
    g_ptr_array_add (pools->assets, share_asset (shared, json_array_get_element (assets, i)));

  pools->elements = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; elements != NULL && i < json_array_get_length (elements); i++)
    g_ptr_array_add (pools->elements, read_element (pools, json_array_get_element (elements, i)));
}

static GPtrArray *
get_list (DailiesDraft *self,
          const char   *field)
{
  GPtrArray *list = g_hash_table_lookup (self->items, field);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (item_free);
      g_hash_table_insert (self->items, g_strdup (field), list);
    }

  return list;
}

static void
read_items (DailiesDraft *self,
            JsonObject   *object,
            GPtrArray    *pool,
            gboolean      elements)
{
  JsonObjectIter iter;
  const char    *field;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &field, NULL))
    {
      JsonArray *numbers = dailies_schema_json_get_array (object, field);

      for (guint i = 0; numbers != NULL && i < json_array_get_length (numbers); i++)
        {
          gpointer          found = find_numbered (pool, json_array_get_element (numbers, i));
          DailiesDraftItem *element = found;

          if (found != NULL)
            g_ptr_array_add (get_list (self, field),
                             elements ? item_new (element->asset, element->key)
                                      : item_new (found, dailies_asset_get_uri (found)));
        }
    }
}

static void
read_texts (DailiesDraft *self,
            JsonObject   *texts)
{
  JsonObjectIter iter;
  const char    *field;

  if (texts == NULL)
    return;

  json_object_iter_init_ordered (&iter, texts);
  while (json_object_iter_next_ordered (&iter, &field, NULL))
    {
      const char *text = dailies_schema_json_get_string (texts, field);

      if (text != NULL)
        g_hash_table_insert (self->texts, g_strdup (field), g_strdup (text));
    }
}

static char *
read_prompt (JsonArray *pieces)
{
  g_autoptr (GString) prompt = NULL;

  if (pieces == NULL)
    return NULL;

  prompt = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (pieces); i++)
    {
      JsonNode   *node = json_array_get_element (pieces, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *text = NULL;

      if (object != NULL)
        text = g_strdup (dailies_schema_json_get_string (object, "text"));
      else
        text = dailies_schema_json_dup_scalar (node);
      if (text != NULL)
        g_string_append (prompt, text);
    }

  return g_string_free (g_steal_pointer (&prompt), FALSE);
}

DailiesDraft *
dailies_draft_new (const char *json,
                   const char *prompt,
                   GHashTable *assets)
{
  DailiesDraft *self = g_new0 (DailiesDraft, 1);
  g_autoptr (JsonNode) node = json != NULL ? dailies_json_parse (json, -1, NULL) : NULL;
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *values = dailies_json_get_object (root, "values");
  Pools       pools;

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  if (values != NULL)
    {
      self->model = g_strdup (dailies_json_get_string (root, "model"));
      read_pools (&pools, root, assets);
      read_texts (self, dailies_json_get_object (values, "texts"));
      read_items (self, dailies_json_get_object (values, "assets"), pools.assets, FALSE);
      read_items (self, dailies_json_get_object (values, "elements"), pools.elements, TRUE);
      self->prompt = read_prompt (dailies_schema_json_get_array (root, "prompt"));
      g_ptr_array_unref (pools.assets);
      g_ptr_array_unref (pools.elements);
    }
  if (self->prompt == NULL && prompt != NULL)
    self->prompt = g_utf8_make_valid (prompt, -1);

  return self;
}

void
dailies_draft_free (DailiesDraft *self)
{
  g_free (self->model);
  g_free (self->prompt);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->items);
  g_free (self);
}

gboolean
dailies_draft_is_blank (DailiesDraft *self)
{
  return self->model == NULL && self->prompt == NULL;
}

GPtrArray *
dailies_draft_get_items (DailiesDraft *self,
                         const char   *field)
{
  return g_hash_table_lookup (self->items, field);
}
