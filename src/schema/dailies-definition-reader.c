/* dailies-definition-reader.c: a definition file, a pasted schema or an entry of a catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-definition-private.h"
#include "dailies-dialect.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-json.h"
#include "dailies-schema-json.h"

#define MAX_TITLE 100

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, message);
  return FALSE;
}

/* It becomes part of a path at the service and of a file's name here. */
static gboolean
is_endpoint (const char *endpoint)
{
  gsize length = strlen (endpoint);

  return length > 0 && length <= 200 && endpoint[0] != '/' && endpoint[0] != '.' &&
         strstr (endpoint, "..") == NULL && strstr (endpoint, "//") == NULL &&
         strspn (endpoint, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-./") == length;
}

static gboolean
is_service (const char *service)
{
  gsize length = strlen (service);

  return length > 0 && length <= 32 && strspn (service, G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

static void
read_budgets (DailiesDefinition *self)
{
  JsonArray *budgets = dailies_schema_json_get_array (self->rules, "budget");

  for (guint i = 0; budgets != NULL && i < MIN (json_array_get_length (budgets), 20); i++)
    {
      JsonNode      *node = json_array_get_element (budgets, i);
      JsonObject    *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      int            max = dailies_schema_json_get_count (entry, "max");
      char         **fields = entry != NULL ? dailies_schema_json_dup_strv (entry, "fields") : NULL;
      DailiesBudget *budget;

      if (max < 0 || fields == NULL)
        {
          g_strfreev (fields);
          continue;
        }

      budget = g_new0 (DailiesBudget, 1);
      budget->fields = fields;
      budget->max = max;
      g_ptr_array_add (self->budgets, budget);
    }
}

/* Clients of the services disagree about what a left-out `keep_audio` means, so without rules that
 * say otherwise every
 * switch about sound is sent. */
static char **
guess_always_sent (DailiesDefinition *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fields)); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
      const char *name = dailies_field_get_name (field);

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_SWITCH &&
          (strstr (name, "audio") != NULL || strstr (name, "sound") != NULL))
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

static void
read_price (DailiesDefinition *self,
            JsonObject        *price)
{
  JsonObject *by = dailies_json_get_object (price, "by");
  double per_second = dailies_schema_json_get_double (price, "usd-per-second");
  double per_output = dailies_schema_json_get_double (price, "usd-per-output");

  /* A price that is not known is never 0. */
  self->usd_per_second = per_second > 0 ? per_second : NAN;
  self->usd_per_output = per_output > 0 ? per_output : NAN;
  if (dailies_schema_json_get_string (price, "as-of") != NULL)
    self->as_of = dailies_schema_json_dup_words (dailies_schema_json_get_string (price, "as-of"), MAX_TITLE);
  if (dailies_schema_json_get_string (by, "field") == NULL || dailies_json_get_object (by, "usd-per-second") == NULL)
    return;
  self->price_field = g_strdup (dailies_schema_json_get_string (by, "field"));
  self->price_by = json_object_ref (dailies_json_get_object (by, "usd-per-second"));
}

static gboolean
read_schema (DailiesDefinition  *self,
             GError            **error)
{
  g_autoptr (GPtrArray) fields = dailies_dialect_read_fields (self->input, self->rules,
                                                              self->mentions, error);

  if (fields == NULL)
    return FALSE;

  for (guint i = 0; i < fields->len; i++)
    g_list_store_append (self->fields, g_ptr_array_index (fields, i));

  read_budgets (self);
  self->beside = dailies_schema_json_dup_strv (self->rules, "beside");
  self->always_sent = dailies_schema_json_dup_strv (self->rules, "always-send");
  if (self->always_sent == NULL)
    self->always_sent = guess_always_sent (self);

  return TRUE;
}

static gboolean
set_identity (DailiesDefinition  *self,
              const char         *service,
              const char         *endpoint,
              const char         *title,
              GError            **error)
{
  if (!is_service (service))
    return fail (error,
                 _("This model definition names no service that could be asked; it should be, for "
                          "example, “runcomfy”."));
  if (!is_endpoint (endpoint))
    return fail (error,
                 _("The name of the model in this definition cannot be used in an address; it "
                   "should be like "
                          "“kling/kling-video-o1/image-to-video”."));

  self->service = g_strdup (service);
  self->endpoint = g_strdup (endpoint);
  self->id = g_strconcat (service, ":", endpoint, NULL);
  self->untranslated_title = g_strstrip (dailies_schema_json_dup_words (title, MAX_TITLE));
  if (self->untranslated_title[0] == '\0')
    {
      g_free (self->untranslated_title);
      self->untranslated_title = g_strdup (endpoint);
    }
  self->title = g_strdup (g_dgettext (GETTEXT_PACKAGE, self->untranslated_title));

  return TRUE;
}

static void
set_kind (DailiesDefinition *self,
          const char        *family,
          const char        *makes)
{
  self->family = dailies_schema_json_dup_words (family, MAX_TITLE);
  self->makes = g_strdup (g_strcmp0 (makes, "image") == 0 ? "image" : "video");
}

static JsonObject *
ref_object (JsonObject *object)
{
  return object != NULL ? json_object_ref (object) : NULL;
}

static gboolean
read_definition_file (DailiesDefinition  *self,
                      JsonObject         *root,
                      GError            **error)
{
  const char *service = dailies_schema_json_get_string (root, "service");
  const char *endpoint = dailies_schema_json_get_string (root, "endpoint");

  if (!set_identity (self, service != NULL ? service : "", endpoint != NULL ? endpoint : "",
                     dailies_schema_json_get_string (root, "title"), error))
    return FALSE;

  set_kind (self, dailies_schema_json_get_string (root, "family"),
            dailies_schema_json_get_string (root, "makes"));
  self->input = json_object_ref (dailies_json_get_object (root, "input"));
  self->rules = ref_object (dailies_json_get_object (root, "rules"));
  self->mentions = ref_object (dailies_json_get_object (root, "mentions"));
  read_price (self, dailies_json_get_object (root, "price"));

  return read_schema (self, error);
}

/* "text-to-image" makes images; so does the category of that name. */
static const char *
guess_makes (JsonObject *entry)
{
  const char     *kind = dailies_schema_json_get_string (entry, "kind");
  g_auto (GStrv)  categories = dailies_schema_json_dup_strv (entry, "categories");

  if (kind != NULL)
    return g_str_has_suffix (kind, "image") ? "image" : "video";

  for (guint i = 0; categories != NULL && categories[i] != NULL; i++)
    {
      if (g_str_has_suffix (categories[i], "to-video"))
        return "video";
      if (g_str_has_suffix (categories[i], "to-image"))
        return "image";
    }

  return "video";
}

static gboolean
read_catalogue_entry (DailiesDefinition  *self,
                      JsonObject         *entry,
                      GError            **error)
{
  const char *service = dailies_schema_json_get_string (entry, "service");
  const char *endpoint = dailies_schema_json_get_string (entry, "model_id");
  const char *unit = dailies_schema_json_get_string (entry, "price_unit");
  double      price = dailies_schema_json_get_double (entry, "base_price_usd");

  if (!set_identity (self, service != NULL ? service : "runcomfy", endpoint != NULL ? endpoint : "",
                     dailies_schema_json_get_string (entry, "display_name"), error))
    return FALSE;

  set_kind (self, NULL, guess_makes (entry));
  self->input = json_object_ref (dailies_json_get_object (entry, "input_schema"));
  if (price > 0)
    *(g_strcmp0 (unit, "output") == 0 ? &self->usd_per_output : &self->usd_per_second) = price;

  return read_schema (self, error);
}

/* A pasted schema does not say whose it is; it gets a name made from its own text, so that pasting
 * it twice
 * gives one model. */
static gboolean
read_raw_schema (DailiesDefinition  *self,
                 JsonNode           *node,
                 GError            **error)
{
  static const char *const id_names[] = { "model_id", "endpoint", "model" };
  JsonObject      *schema = json_node_get_object (node);
  const char      *title = dailies_schema_json_get_string (schema, "title");
  const char      *endpoint = NULL;
  g_autofree char *text = NULL, *digest = NULL, *made_up = NULL;

  for (guint i = 0; endpoint == NULL && i < G_N_ELEMENTS (id_names); i++)
    endpoint = dailies_schema_json_get_string (schema, id_names[i]);

  if (endpoint == NULL)
    {
      text = json_to_string (node, FALSE);
      digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      made_up = g_strdup_printf ("imported/%.8s", digest);
      endpoint = made_up;
    }

  if (!set_identity (self, "runcomfy", endpoint, title != NULL ? title : endpoint, error))
    return FALSE;

  set_kind (self, NULL, NULL);
  self->input = json_object_ref (schema);

  return read_schema (self, error);
}

gboolean
dailies_definition_read (DailiesDefinition  *self,
                         JsonNode           *node,
                         GError            **error)
{
  JsonObject *root = json_node_get_object (node);
  JsonArray  *models = dailies_schema_json_get_array (root, "models");

  if (models != NULL)
    {
      guint n_models = json_array_get_length (models);

      if (n_models == 1 && JSON_NODE_HOLDS_OBJECT (json_array_get_element (models, 0)))
        return dailies_definition_read (self, json_array_get_element (models, 0), error);

      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   g_dngettext (GETTEXT_PACKAGE,
                                "This is a list of %u model; paste the one model to import.",
                                "This is a list of %u models; paste the one model to import.",
                                n_models),
                   n_models);
      return FALSE;
    }

  if (dailies_json_get_object (root, "input_schema") != NULL)
    return read_catalogue_entry (self, root, error);
  if (dailies_json_get_object (root, "input") != NULL &&
      dailies_schema_json_get_string (root, "endpoint") != NULL)
    return read_definition_file (self, root, error);
  if (dailies_dialect_is_schema (root))
    return read_raw_schema (self, node, error);

  return fail (error,
               _("This JSON is neither a model definition, nor an input schema with “properties”, "
                 "nor an entry of a "
                        "service’s catalogue."));
}
