/* dailies-builder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-builder.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-request-private.h"
#include "dailies-value-json.h"

typedef struct
{
  DailiesRequest *request;
  GHashTable     *urls;  /* nullable */
  GError         *error; /* the first one */
} Build;

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  return node;
}

static const char *
find_url (Build        *build,
          DailiesAsset *asset)
{
  const char *key = dailies_asset_get_key (asset);
  const char *url = NULL;

  if (build->urls != NULL && key != NULL)
    url = g_hash_table_lookup (build->urls, key);

  if (url != NULL)
    return url;
  if (dailies_asset_is_remote (asset))
    return dailies_asset_get_uri (asset);

  if (build->error == NULL)
    g_set_error (&build->error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                 _("“%s” has no address yet that the service could fetch it from."),
                 dailies_asset_get_name (asset));

  return "";
}

static JsonArray *
build_urls (Build      *build,
            GListModel *assets)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (assets); i++)
    {
      g_autoptr (DailiesAsset) asset = g_list_model_get_item (assets, i);

      json_array_add_string_element (array, find_url (build, asset));
    }

  return array;
}

static JsonObject *
build_element (Build                     *build,
               const DailiesElementShape *shape,
               DailiesElement            *element)
{
  JsonObject *object = json_object_new ();
  GListModel *angles = G_LIST_MODEL (dailies_element_get_angles (element));
  const char *frontal = dailies_element_get_frontal (element) != NULL
                          ? find_url (build, dailies_element_get_frontal (element))
                          : NULL;
  JsonArray  *urls = build_urls (build, angles);

  if (shape->constants != NULL)
    {
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *value;

      json_object_iter_init_ordered (&iter, shape->constants);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        json_object_set_member (object, name, json_node_copy (value));
    }
  if (shape->description != NULL && dailies_element_get_description (element)[0] != '\0')
    json_object_set_string_member (object, shape->description,
                                   dailies_element_get_description (element));
  if (shape->frontal != NULL && frontal != NULL)
    json_object_set_string_member (object, shape->frontal, frontal);

  if (shape->images != NULL)
    {
      JsonArray *images = json_array_new ();

      if (frontal != NULL)
        json_array_add_string_element (images, frontal);
      for (guint i = 0; i < json_array_get_length (urls); i++)
        json_array_add_string_element (images, json_array_get_string_element (urls, i));
      json_object_set_array_member (object, shape->images, images);
    }
  if (shape->angles != NULL)
    json_object_set_array_member (object, shape->angles, json_array_ref (urls));
  json_array_unref (urls);

  return object;
}

static JsonNode *
build_elements (Build        *build,
                DailiesField *field)
{
  GListModel *elements =
    G_LIST_MODEL (dailies_values_get_elements (build->request->values,
                                               dailies_field_get_name (field)));
  JsonArray  *array;

  if (g_list_model_get_n_items (elements) == 0 && !dailies_field_is_required (field))
    return NULL;

  array = json_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (elements); i++)
    {
      g_autoptr (DailiesElement) element = g_list_model_get_item (elements, i);

      json_array_add_object_element (array, build_element (build,
                                                           dailies_field_get_element_shape (field),
                                                           element));
    }

  return take_array (array);
}

/* A required list is sent even when it is empty: left out, the service may fall back to its sample.
 * */
static JsonNode *
build_media (Build        *build,
             DailiesField *field)
{
  GListModel *assets = G_LIST_MODEL (dailies_values_get_assets (build->request->values,
                                                                dailies_field_get_name (field)));
  g_autoptr (DailiesAsset) first = g_list_model_get_item (assets, 0);

  if (dailies_field_is_list (field))
    {
      if (first == NULL && !dailies_field_is_required (field))
        return NULL;
      return take_array (build_urls (build, assets));
    }

  if (first == NULL)
    return NULL;

  return json_node_init_string (json_node_alloc (), find_url (build, first));
}

static JsonNode *
build_prompt (Build        *build,
              DailiesField *field)
{
  const char *text = dailies_prompt_get_text (build->request->prompt);

  if (text[0] == '\0' && !dailies_field_is_required (field))
    return NULL;

  return json_node_init_string (json_node_alloc (), text);
}

/* What the artist has not touched is left out, unless it has to be sent or follows from what they
 * brought. */
static JsonNode *
build_value (Build        *build,
             DailiesField *field)
{
  const char *name = dailies_field_get_name (field);
  const char *text = dailies_values_get_text (build->request->values, name);

  if (text != NULL && text[0] == '\0' && dailies_field_get_role (field) == DAILIES_FIELD_ROLE_TEXT)
    text = NULL;
  if (text == NULL)
    text = dailies_request_get_followed (build->request, name, NULL);
  if (text == NULL && (dailies_field_is_required (field) ||
                       dailies_definition_always_sends (build->request->definition, name)))
    {
      text = dailies_field_get_default (field);
      if (text == NULL && dailies_field_get_role (field) == DAILIES_FIELD_ROLE_SWITCH)
        text = "false";
      /* Left out, the service may fall back to its sample, as with a list of pictures. */
      if (text == NULL && dailies_field_is_value_list (field))
        text = "[]";
    }

  return text != NULL ? dailies_value_to_json (field, text) : NULL;
}

static JsonNode *
build_field (Build        *build,
             DailiesField *field)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_PROMPT:
      return build_prompt (build, field);

    case DAILIES_FIELD_ROLE_ELEMENTS:
      return build_elements (build, field);

    case DAILIES_FIELD_ROLE_TEXT:
    case DAILIES_FIELD_ROLE_CHOICE:
    case DAILIES_FIELD_ROLE_NUMBER:
    case DAILIES_FIELD_ROLE_SWITCH:
      return build_value (build, field);

    default:
      return build_media (build, field);
    }
}

JsonNode *
dailies_builder_run (DailiesRequest  *request,
                     GHashTable      *urls,
                     JsonNode       **beside,
                     GError         **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonObject) aside = json_object_new ();
  GListModel *fields = dailies_definition_get_fields (request->definition);
  Build       build = { request, urls, NULL };

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char *name = dailies_field_get_name (field);
      JsonNode   *value = build_field (&build, field);

      if (value != NULL)
        {
          gboolean is_beside = dailies_definition_is_beside (request->definition, name);

          json_object_set_member (is_beside ? aside : input, name, value);
        }
    }

  if (build.error != NULL)
    {
      g_propagate_error (error, build.error);
      return NULL;
    }

  if (beside != NULL)
    {
      *beside = NULL;
      if (json_object_get_size (aside) > 0)
        *beside = json_node_init_object (json_node_alloc (), aside);
    }

  return json_node_init_object (json_node_alloc (), input);
}
