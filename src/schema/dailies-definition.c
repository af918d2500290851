/* dailies-definition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-definition-private.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-schema-json.h"

G_DEFINE_FINAL_TYPE (DailiesDefinition, dailies_definition, G_TYPE_OBJECT)

static void
budget_free (DailiesBudget *budget)
{
  g_strfreev (budget->fields);
  g_free (budget);
}

static void
set_invalid (GError     **error,
             const char  *message)
{
  g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, message);
}

/* json_node_copy() shares what is inside; the caller may change its tree later, and ours is sealed.
 * */
static JsonNode *
copy_deeply (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  JsonNode        *copy = json_from_string (text, NULL);

  if (copy != NULL)
    json_node_seal (copy);

  return copy;
}

static void
dailies_definition_finalize (GObject *object)
{
  DailiesDefinition *self = DAILIES_DEFINITION (object);

  g_free (self->id);
  g_free (self->service);
  g_free (self->endpoint);
  g_free (self->title);
  g_free (self->untranslated_title);
  g_free (self->family);
  g_free (self->makes);
  g_free (self->as_of);
  g_free (self->price_field);
  g_clear_pointer (&self->price_by, json_object_unref);
  g_clear_pointer (&self->input, json_object_unref);
  g_clear_pointer (&self->rules, json_object_unref);
  g_clear_pointer (&self->mentions, json_object_unref);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->budgets, g_ptr_array_unref);
  g_strfreev (self->always_sent);
  g_strfreev (self->beside);

  G_OBJECT_CLASS (dailies_definition_parent_class)->finalize (object);
}

static void
dailies_definition_class_init (DailiesDefinitionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_definition_finalize;
}

static void
dailies_definition_init (DailiesDefinition *self)
{
  self->fields = g_list_store_new (DAILIES_TYPE_FIELD);
  self->budgets = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_free);
  self->usd_per_second = NAN;
  self->usd_per_output = NAN;
}

DailiesDefinition *
dailies_definition_new_from_json (JsonNode  *node,
                                  GError   **error)
{
  g_autoptr (DailiesDefinition) self = NULL;
  g_autoptr (JsonNode) copy = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_node_get_object (node) == NULL)
    {
      set_invalid (error, _("A model definition is a JSON object, {…}; this is something else."));
      return NULL;
    }
  if (!dailies_schema_json_is_shallow (node))
    {
      set_invalid (error, _("This model definition is nested too deeply to be read."));
      return NULL;
    }

  self = g_object_new (DAILIES_TYPE_DEFINITION, NULL);
  copy = copy_deeply (node);
  if (copy == NULL)
    {
      set_invalid (error, _("This model definition holds numbers or texts that cannot be read."));
      return NULL;
    }
  if (!dailies_definition_read (self, copy, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
add_price (DailiesDefinition *self,
           JsonBuilder       *builder)
{
  json_builder_set_member_name (builder, "price");
  json_builder_begin_object (builder);
  if (!isnan (self->usd_per_second))
    {
      json_builder_set_member_name (builder, "usd-per-second");
      json_builder_add_double_value (builder, self->usd_per_second);
    }
  if (!isnan (self->usd_per_output))
    {
      json_builder_set_member_name (builder, "usd-per-output");
      json_builder_add_double_value (builder, self->usd_per_output);
    }
  if (self->price_field != NULL)
    {
      g_autoptr (JsonNode) by = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (by, self->price_by);
      json_builder_set_member_name (builder, "by");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, self->price_field);
      json_builder_set_member_name (builder, "usd-per-second");
      json_builder_add_value (builder, g_steal_pointer (&by));
      json_builder_end_object (builder);
    }
  if (self->as_of != NULL)
    {
      json_builder_set_member_name (builder, "as-of");
      json_builder_add_string_value (builder, self->as_of);
    }
  json_builder_end_object (builder);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_object (JsonBuilder *builder,
            const char  *name,
            JsonObject  *object)
{
  JsonNode *node;

  if (object == NULL)
    return;

  node = json_node_init_object (json_node_alloc (), object);
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, node);
}

JsonNode *
dailies_definition_to_json (DailiesDefinition *self)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "id", self->id);
  add_text (builder, "service", self->service);
  add_text (builder, "endpoint", self->endpoint);
  add_text (builder, "title", self->untranslated_title);
  add_text (builder, "family", self->family);
  add_text (builder, "makes", self->makes);
  add_object (builder, "input", self->input);
  add_object (builder, "rules", self->rules);
  add_object (builder, "mentions", self->mentions);
  add_price (self, builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

const char *
dailies_definition_get_id (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->id;
}

const char *
dailies_definition_get_service (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->service;
}

const char *
dailies_definition_get_endpoint (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->endpoint;
}

const char *
dailies_definition_get_title (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->title;
}

const char *
dailies_definition_get_family (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->family;
}

const char *
dailies_definition_get_makes (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->makes;
}

GListModel *
dailies_definition_get_fields (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return G_LIST_MODEL (self->fields);
}

DailiesField *
dailies_definition_get_field (DailiesDefinition *self,
                              const char        *name)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->fields)); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

      /* The list keeps it alive: a definition never changes. */
      if (g_str_equal (dailies_field_get_name (field), name))
        return field;
    }

  return NULL;
}

double
dailies_definition_get_usd_per_second (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NAN);

  return self->usd_per_second;
}

double
dailies_definition_get_usd_per_output (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NAN);

  return self->usd_per_output;
}

const char *
dailies_definition_get_price_field (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->price_field;
}

double
dailies_definition_get_usd_per_second_of (DailiesDefinition *self,
                                          const char        *choice)
{
  double usd = 0;

  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NAN);

  if (choice != NULL && self->price_by != NULL)
    usd = dailies_schema_json_get_double (self->price_by, choice);
  return usd > 0 ? usd : self->usd_per_second;
}

const char *
dailies_definition_get_price_as_of (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->as_of;
}

GPtrArray *
dailies_definition_get_budgets (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->budgets;
}

gboolean
dailies_definition_always_sends (DailiesDefinition *self,
                                 const char        *field)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), FALSE);

  return g_strv_contains ((const char *const *) self->always_sent, field);
}

gboolean
dailies_definition_is_beside (DailiesDefinition *self,
                              const char        *field)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), FALSE);

  return self->beside != NULL && g_strv_contains ((const char *const *) self->beside, field);
}

DailiesField *
dailies_definition_get_length_field (DailiesDefinition *self)
{
  static const char *const names[] = { "duration", "duration_seconds", "seconds", "video_length" };

  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      DailiesField *field = dailies_definition_get_field (self, names[i]);

      if (field != NULL && (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_CHOICE ||
                            dailies_field_get_role (field) == DAILIES_FIELD_ROLE_NUMBER))
        return field;
    }

  return NULL;
}

JsonObject *
dailies_definition_get_rules (DailiesDefinition *self)
{
  g_return_val_if_fail (DAILIES_IS_DEFINITION (self), NULL);

  return self->rules;
}
