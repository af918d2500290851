/* dailies-request-json.c: a request as the store keeps it
 *
 * Assets and elements lie in two pools and everything else names them by their number there, so
 * that one picture used
 * twice stays one picture and the mentions in the prompt stay bound:
 *
 *   { "version": 1, "model": "runcomfy:…",
 *     "assets": ["file:///…"], "elements": [{"frontal": 0, "angles": [1], "description": "…"}],
 *     "prompt": ["a ", {"text": "@Image1", "asset": 0}],
 *     "values": {"texts": {…}, "assets": {"image_urls": [0]}, "elements": {"elements": [0]}},
 *     "parked": {"id of another model, or * for all of them": {…as values…}} }
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-error.h"
#include "dailies-guess.h"
#include "dailies-json.h"
#include "dailies-request-private.h"
#include "dailies-schema-json.h"

#define VERSION 1

/* --- writing -------------------------------------------------------------------------------- */

typedef struct
{
  JsonArray *assets;
  JsonArray *elements;
  JsonArray *prompt;
  GPtrArray *seen_assets;
  GPtrArray *seen_elements;
} Writer;

static int
number_asset (Writer       *writer,
              DailiesAsset *asset)
{
  guint number;

  if (!g_ptr_array_find (writer->seen_assets, asset, &number))
    {
      number = writer->seen_assets->len;
      g_ptr_array_add (writer->seen_assets, asset);
      json_array_add_string_element (writer->assets, dailies_asset_get_uri (asset));
    }

  return (int) number;
}

static JsonArray *
number_assets (Writer     *writer,
               GListModel *list)
{
  JsonArray *numbers = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (DailiesAsset) asset = g_list_model_get_item (list, i);

      json_array_add_int_element (numbers, number_asset (writer, asset));
    }

  return numbers;
}

static int
number_element (Writer         *writer,
                DailiesElement *element)
{
  JsonObject *object;
  GListModel *angles;
  guint       number;

  if (g_ptr_array_find (writer->seen_elements, element, &number))
    return (int) number;

  number = writer->seen_elements->len;
  g_ptr_array_add (writer->seen_elements, element);

  object = json_object_new ();
  if (dailies_element_get_frontal (element) != NULL)
    json_object_set_int_member (object, "frontal",
                                number_asset (writer, dailies_element_get_frontal (element)));
  angles = G_LIST_MODEL (dailies_element_get_angles (element));
  json_object_set_array_member (object, "angles", number_assets (writer, angles));
  json_object_set_string_member (object, "description", dailies_element_get_description (element));
  json_array_add_object_element (writer->elements, object);

  return (int) number;
}

static JsonArray *
number_elements (Writer     *writer,
                 GListModel *list)
{
  JsonArray *numbers = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (DailiesElement) element = g_list_model_get_item (list, i);

      json_array_add_int_element (numbers, number_element (writer, element));
    }

  return numbers;
}

static JsonObject *
write_lists (Writer     *writer,
             GHashTable *table,
             JsonArray *(*number) (Writer *, GListModel *))
{
  JsonObject *object = json_object_new ();
  g_autoptr (GPtrArray) names = dailies_values_list_names (table);

  for (guint i = 0; i < names->len; i++)
    {
      GListModel *list = g_hash_table_lookup (table, g_ptr_array_index (names, i));

      if (g_list_model_get_n_items (list) > 0)
        json_object_set_array_member (object, g_ptr_array_index (names, i), number (writer, list));
    }

  return object;
}

static JsonObject *
write_values (Writer        *writer,
              DailiesValues *values)
{
  JsonObject *object = json_object_new ();
  JsonObject *texts = json_object_new ();
  g_autoptr (GPtrArray) names = dailies_values_list_names (values->texts);

  for (guint i = 0; i < names->len; i++)
    json_object_set_string_member (texts, g_ptr_array_index (names, i),
                                   dailies_values_get_text (values, g_ptr_array_index (names, i)));
  json_object_set_object_member (object, "texts", texts);
  json_object_set_object_member (object, "assets",
                                 write_lists (writer, values->assets, number_assets));
  json_object_set_object_member (object, "elements",
                                 write_lists (writer, values->elements, number_elements));

  return object;
}

static void
write_piece (const char *text,
             GObject    *target,
             gpointer    user_data)
{
  Writer     *writer = user_data;
  JsonObject *object;

  if (target == NULL)
    {
      json_array_add_string_element (writer->prompt, text);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "text", text);
  if (DAILIES_IS_ASSET (target))
    json_object_set_int_member (object, "asset", number_asset (writer, DAILIES_ASSET (target)));
  else
    json_object_set_int_member (object, "element",
                                number_element (writer, DAILIES_ELEMENT (target)));
  json_array_add_object_element (writer->prompt, object);
}

JsonNode *
dailies_request_to_json (DailiesRequest *self)
{
  g_autoptr (GPtrArray) seen_assets = g_ptr_array_new ();
  g_autoptr (GPtrArray) seen_elements = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *parked = json_object_new ();
  Writer      writer = { json_array_new (), json_array_new (), json_array_new (), seen_assets,
                         seen_elements };

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  json_object_set_int_member (root, "version", VERSION);
  json_object_set_string_member (root, "model", dailies_definition_get_id (self->definition));
  json_object_set_array_member (root, "assets", writer.assets);
  json_object_set_array_member (root, "elements", writer.elements);
  json_object_set_array_member (root, "prompt", writer.prompt);
  json_object_set_object_member (root, "values", write_values (&writer, self->values));
  dailies_prompt_foreach (self->prompt, write_piece, &writer);

  names = dailies_values_list_names (self->parked);
  for (guint i = 0; i < names->len; i++)
    json_object_set_object_member (parked, g_ptr_array_index (names, i),
                                   write_values (&writer,
                                                 g_hash_table_lookup (self->parked,
                                                                      g_ptr_array_index (names,
                                                                                         i))));
  json_object_set_object_member (root, "parked", parked);

  return json_node_init_object (json_node_alloc (), root);
}

/* --- reading -------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *assets;   /* DailiesAsset, or NULL for what is no address any more */
  GPtrArray *elements; /* DailiesElement */
} Pools;

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

static void
read_list (GListStore *list,
           JsonArray  *numbers,
           GPtrArray  *pool)
{
  for (guint i = 0; numbers != NULL && i < json_array_get_length (numbers); i++)
    {
      gpointer item = find_numbered (pool, json_array_get_element (numbers, i));

      if (item != NULL)
        g_list_store_append (list, item);
    }
}

static void
unref_any (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static void
read_pools (Pools      *pools,
            JsonObject *root)
{
  JsonArray *assets = dailies_schema_json_get_array (root, "assets");
  JsonArray *elements = dailies_schema_json_get_array (root, "elements");

  pools->assets = g_ptr_array_new_with_free_func (unref_any);
  for (guint i = 0; assets != NULL && i < json_array_get_length (assets); i++)
    {
      JsonNode *node = json_array_get_element (assets, i);
      gboolean  is_text = JSON_NODE_HOLDS_VALUE (node) &&
                         json_node_get_value_type (node) == G_TYPE_STRING;
      DailiesAsset *asset = NULL;

      if (is_text)
        asset = dailies_asset_new_for_value (json_node_get_string (node), NULL);
      g_ptr_array_add (pools->assets, asset);
    }

  pools->elements = g_ptr_array_new_with_free_func (unref_any);
  for (guint i = 0; elements != NULL && i < json_array_get_length (elements); i++)
    {
      JsonNode       *node = json_array_get_element (elements, i);
      JsonObject     *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      DailiesElement *element = dailies_element_new ();

      if (object != NULL)
        dailies_element_set_frontal (element, find_numbered (pools->assets,
                                                             json_object_get_member (object,
                                                                                     "frontal")));
      read_list (dailies_element_get_angles (element),
                 dailies_schema_json_get_array (object, "angles"), pools->assets);
      dailies_element_set_description (element,
                                       dailies_schema_json_get_string (object, "description"));
      g_ptr_array_add (pools->elements, element);
    }
}

static void
read_lists (DailiesValues *values,
            JsonObject    *object,
            GListStore   *(*get_list) (DailiesValues *, const char *),
            GPtrArray     *pool)
{
  JsonObjectIter iter;
  const char    *name;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    read_list (get_list (values, name), dailies_schema_json_get_array (object, name), pool);
}

static DailiesValues *
read_values (JsonObject *object,
             Pools      *pools)
{
  DailiesValues *values = dailies_values_new ();
  JsonObject    *texts = dailies_json_get_object (object, "texts");

  if (texts != NULL)
    {
      JsonObjectIter iter;
      const char    *name;

      json_object_iter_init_ordered (&iter, texts);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        dailies_values_set_text (values, name, dailies_schema_json_get_string (texts, name));
    }
  read_lists (values, dailies_json_get_object (object, "assets"), dailies_values_get_assets,
              pools->assets);
  read_lists (values, dailies_json_get_object (object, "elements"), dailies_values_get_elements,
              pools->elements);

  return values;
}

static void
read_prompt (DailiesPrompt *prompt,
             JsonArray     *pieces,
             Pools         *pools)
{
  for (guint i = 0; pieces != NULL && i < json_array_get_length (pieces); i++)
    {
      JsonNode   *node = json_array_get_element (pieces, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      GObject    *target;

      if (object == NULL)
        {
          g_autofree char *text = dailies_schema_json_dup_scalar (node);

          if (text != NULL)
            dailies_prompt_append (prompt, json_node_get_value_type (node) == G_TYPE_STRING
                                             ? json_node_get_string (node) : text, NULL);
          continue;
        }

      target = find_numbered (pools->assets, json_object_get_member (object, "asset"));
      if (target == NULL)
        target = find_numbered (pools->elements, json_object_get_member (object, "element"));
      if (dailies_schema_json_get_string (object, "text") != NULL)
        dailies_prompt_append (prompt, dailies_schema_json_get_string (object, "text"), target);
    }
}

static void
add_properties (JsonObject *properties,
                GHashTable *table,
                const char *type,
                gboolean    media)
{
  g_autoptr (GPtrArray) names = dailies_values_list_names (table);

  for (guint i = 0; i < names->len; i++)
    {
      const char      *name = g_ptr_array_index (names, i);
      JsonObject      *property = json_object_new ();
      DailiesFieldRole role;

      json_object_set_string_member (property, "type", type);
      if (!media)
        json_object_set_string_member (property, "format", "text");
      else if (!dailies_guess_media_role (name, NULL, TRUE, &role))
        json_object_set_string_member (property, "format", "image_uris");
      json_object_set_object_member (properties, name, property);
    }
}

static void
add_element_properties (JsonObject *properties,
                        GHashTable *table)
{
  g_autoptr (GPtrArray) names = dailies_values_list_names (table);

  for (guint i = 0; i < names->len; i++)
    json_object_set_member (properties, g_ptr_array_index (names, i),
                            json_from_string ("{\"type\": \"array\", \"items\": {"
                                              "  \"frontal\": {\"type\": \"string\", \"format\": "
                                              "\"image_uri\"},"
                                              "  \"angles\": {\"type\": \"array\", \"format\": "
                                              "\"image_uris\"}}}",
                                              NULL));
}

static DailiesDefinition *
make_definition (const char *service,
                 const char *endpoint,
                 JsonObject *properties)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *input = json_object_new ();

  json_object_set_object_member (input, "properties", json_object_ref (properties));
  json_object_set_string_member (root, "service", service);
  json_object_set_string_member (root, "endpoint", endpoint);
  json_object_set_object_member (root, "input", input);
  node = json_node_init_object (json_node_alloc (), root);

  return dailies_definition_new_from_json (node, NULL);
}

/* A model that nobody knows any more still has a form, made from what the draft holds, so that all
 * of it can be seen and
 * taken along to another model. */
static DailiesDefinition *
make_orphan (const char    *id,
             DailiesValues *values)
{
  g_auto (GStrv) parts = g_strsplit (id, ":", 2);
  g_autoptr (JsonObject) properties = json_object_new ();
  g_autoptr (JsonObject) plain = json_object_new ();
  gboolean complete = parts[0] != NULL && parts[1] != NULL;
  DailiesDefinition *definition;

  json_object_set_member (plain, "prompt", json_from_string ("{\"type\": \"string\"}", NULL));
  json_object_set_member (properties, "prompt", json_from_string ("{\"type\": \"string\"}", NULL));
  add_properties (properties, values->texts, "string", FALSE);
  add_properties (properties, values->assets, "array", TRUE);
  add_element_properties (properties, values->elements);

  definition = make_definition (complete ? parts[0] : "unknown", complete ? parts[1] : id,
                                properties);
  if (definition == NULL)
    definition = make_definition ("unknown", "unknown", properties);
  /* With inputs whose names cannot even be read; their values are still kept. */
  if (definition == NULL)
    definition = make_definition ("unknown", "unknown", plain);

  return definition;
}

DailiesRequest *
dailies_request_new_from_json (JsonNode          *node,
                               DailiesCatalogue  *catalogue,
                               GError           **error)
{
  g_autoptr (DailiesRequest) self = NULL;
  g_autoptr (DailiesDefinition) definition = NULL;
  DailiesValues *values;
  JsonObject    *root, *parked;
  const char    *id;
  Pools          pools;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (catalogue == NULL || DAILIES_IS_CATALOGUE (catalogue), NULL);

  root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  id = dailies_schema_json_get_string (root, "model");
  if (id == NULL || dailies_json_get_object (root, "values") == NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This shot’s draft cannot be read."));
      return NULL;
    }
  if (dailies_schema_json_get_count (root, "version") > VERSION)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This shot’s draft was written by a newer version of Dailies."));
      return NULL;
    }

  read_pools (&pools, root);
  values = read_values (dailies_json_get_object (root, "values"), &pools);

  if (catalogue != NULL)
    definition = dailies_catalogue_lookup (catalogue, id, NULL);
  if (definition != NULL)
    g_object_ref (definition);

  self = g_object_new (DAILIES_TYPE_REQUEST, NULL);
  self->orphan = definition == NULL;
  if (definition == NULL)
    definition = make_orphan (id, values);
  self->definition = g_steal_pointer (&definition);
  dailies_values_free (self->values);
  self->values = values;
  read_prompt (self->prompt, dailies_schema_json_get_array (root, "prompt"), &pools);

  parked = dailies_json_get_object (root, "parked");
  if (parked != NULL)
    {
      JsonObjectIter iter;
      const char    *name;

      json_object_iter_init_ordered (&iter, parked);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_hash_table_insert (self->parked, g_strdup (name),
                             read_values (dailies_json_get_object (parked, name), &pools));
    }

  g_ptr_array_unref (pools.assets);
  g_ptr_array_unref (pools.elements);
  dailies_request_update (self, "");

  return g_steal_pointer (&self);
}
