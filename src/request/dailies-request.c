/* dailies-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "dailies-asset.h"
#include "dailies-builder.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-problem-private.h"
#include "dailies-request-private.h"
#include "dailies-schema-json.h"
#include "dailies-validator.h"

G_DEFINE_FINAL_TYPE (DailiesRequest, dailies_request, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DEFINITION,
  PROP_PROMPT,
  PROP_SENDABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- following what was dropped ------------------------------------------------------------- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A failure is the asset's state, and becomes a problem from there. */
  dailies_asset_load_finish (DAILIES_ASSET (source), result, &error);
}

static void
item_changed_cb (DailiesRequest *self)
{
  dailies_request_update (self, "");
}

static void
watch_item (DailiesRequest *self,
            GObject        *item)
{
  if (DAILIES_IS_ASSET (item))
    {
      if (dailies_asset_get_state (DAILIES_ASSET (item)) == DAILIES_ASSET_NEW)
        dailies_asset_load_async (DAILIES_ASSET (item), NULL, loaded_cb, NULL);
      g_signal_connect_object (item, "notify::state", G_CALLBACK (item_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (item, "notify::kind", G_CALLBACK (item_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (item, "notify::error", G_CALLBACK (item_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      g_signal_connect_object (item, "notify", G_CALLBACK (item_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (dailies_element_get_angles (DAILIES_ELEMENT (item)), "items-changed",
                               G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
unwatch_item (DailiesRequest *self,
              GObject        *item)
{
  g_signal_handlers_disconnect_by_func (item, item_changed_cb, self);
  if (DAILIES_IS_ELEMENT (item))
    g_signal_handlers_disconnect_by_func (dailies_element_get_angles (DAILIES_ELEMENT (item)),
                                          item_changed_cb, self);
}

static void
sync_watches (DailiesRequest *self)
{
  g_autoptr (GPtrArray) items = dailies_request_list_items (self);
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer       item;

  for (guint i = 0; i < items->len; i++)
    {
      item = g_ptr_array_index (items, i);
      g_hash_table_add (wanted, item);
      if (g_hash_table_contains (self->watched, item))
        continue;
      g_hash_table_add (self->watched, g_object_ref (item));
      watch_item (self, item);
    }

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (!g_hash_table_contains (wanted, item))
      {
        unwatch_item (self, item);
        g_hash_table_iter_remove (&iter);
      }
}

/* --- problems ------------------------------------------------------------------------------- */

static gboolean
is_same_problem (DailiesRequest *self,
                 guint           position,
                 GPtrArray      *problems,
                 guint           new_position)
{
  g_autoptr (DailiesProblem) problem = g_list_model_get_item (G_LIST_MODEL (self->problems), position);

  return dailies_problem_equal (problem, g_ptr_array_index (problems, new_position));
}

/* Only what has changed is replaced: what is made of a problem that stays, a row on the screen say, stays too. */
static void
set_problems (DailiesRequest *self,
              GPtrArray      *problems)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->problems));
  guint n_new = problems->len;
  guint first = 0;

  while (first < MIN (n_old, n_new) && is_same_problem (self, first, problems, first))
    first++;
  while (MIN (n_old, n_new) > first && is_same_problem (self, n_old - 1, problems, n_new - 1))
    {
      n_old--;
      n_new--;
    }
  if (n_old > first || n_new > first)
    g_list_store_splice (self->problems, first, n_old - first, problems->pdata + first, n_new - first);
}

static void
validate (DailiesRequest *self)
{
  g_autoptr (GPtrArray) problems = dailies_validator_run (self);
  gboolean sendable = TRUE;

  for (guint i = 0; i < problems->len; i++)
    if (dailies_problem_get_severity (g_ptr_array_index (problems, i)) != DAILIES_PROBLEM_WARNING)
      sendable = FALSE;

  set_problems (self, problems);

  if (self->sendable != sendable)
    {
      self->sendable = sendable;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDABLE]);
    }
}

static DailiesSpeller *
make_speller (DailiesRequest *self)
{
  return dailies_speller_new (self->definition, self->values);
}

/* --- overrides ------------------------------------------------------------------------------ */

static void
dailies_request_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DailiesRequest *self = DAILIES_REQUEST (object);

  switch (prop_id)
    {
    case PROP_DEFINITION:
      g_value_set_object (value, self->definition);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, dailies_request_get_prompt (self));
      break;
    case PROP_SENDABLE:
      g_value_set_boolean (value, self->sendable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_request_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DailiesRequest *self = DAILIES_REQUEST (object);

  switch (prop_id)
    {
    case PROP_DEFINITION:
      dailies_request_set_definition (self, g_value_get_object (value));
      break;
    case PROP_PROMPT:
      dailies_request_set_prompt (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_request_dispose (GObject *object)
{
  DailiesRequest *self = DAILIES_REQUEST (object);
  GHashTableIter  iter;
  gpointer        item;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      unwatch_item (self, item);
      g_hash_table_iter_remove (&iter);
    }

  G_OBJECT_CLASS (dailies_request_parent_class)->dispose (object);
}

static void
dailies_request_finalize (GObject *object)
{
  DailiesRequest *self = DAILIES_REQUEST (object);

  g_clear_object (&self->definition);
  g_clear_pointer (&self->values, dailies_values_free);
  g_clear_pointer (&self->parked, g_hash_table_unref);
  g_clear_pointer (&self->prompt, dailies_prompt_free);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_object (&self->problems);

  G_OBJECT_CLASS (dailies_request_parent_class)->finalize (object);
}

static void
dailies_request_class_init (DailiesRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_request_get_property;
  object_class->set_property = dailies_request_set_property;
  object_class->dispose = dailies_request_dispose;
  object_class->finalize = dailies_request_finalize;

  properties[PROP_DEFINITION] =
    g_param_spec_object ("definition", NULL, NULL, DAILIES_TYPE_DEFINITION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PROMPT] =
    g_param_spec_string ("prompt", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SENDABLE] =
    g_param_spec_boolean ("sendable", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dailies_request_init (DailiesRequest *self)
{
  self->values = dailies_values_new ();
  self->parked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) dailies_values_free);
  self->prompt = dailies_prompt_new ();
  self->problems = g_list_store_new (DAILIES_TYPE_PROBLEM);
  self->watched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/* --- for this room -------------------------------------------------------------------------- */

void
dailies_request_update (DailiesRequest *self,
                        const char     *field)
{
  g_autoptr (DailiesRequest) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (DailiesSpeller) speller = make_speller (self);

  sync_watches (self);
  if (dailies_prompt_respell (self->prompt, speller))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROMPT]);
  validate (self);

  g_signal_emit (self, signals[CHANGED], 0, field);
}

static void
add_once (GPtrArray *items,
          gpointer   item)
{
  if (item != NULL && !g_ptr_array_find (items, item, NULL))
    g_ptr_array_add (items, g_object_ref (item));
}

static void
add_list (GPtrArray  *items,
          GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      add_once (items, item);
      if (DAILIES_IS_ELEMENT (item))
        {
          add_once (items, dailies_element_get_frontal (DAILIES_ELEMENT (item)));
          add_list (items, G_LIST_MODEL (dailies_element_get_angles (DAILIES_ELEMENT (item))));
        }
    }
}

static void
list_field (DailiesRequest *self,
            DailiesField   *field,
            GPtrArray      *items)
{
  const char *name = dailies_field_get_name (field);

  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    add_list (items, G_LIST_MODEL (dailies_values_get_elements (self->values, name)));
  else if (dailies_field_is_media (field))
    add_list (items, G_LIST_MODEL (dailies_values_get_assets (self->values, name)));
}

GPtrArray *
dailies_request_list_items (DailiesRequest *self)
{
  GPtrArray  *items = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *fields = dailies_definition_get_fields (self->definition);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      list_field (self, field, items);
    }

  return items;
}

static gboolean
has_any (DailiesRequest *self,
         char          **fields)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    if (dailies_definition_get_field (self->definition, fields[i]) != NULL &&
        dailies_values_count (self->values, fields[i]) > 0)
      return TRUE;

  return FALSE;
}

const char *
dailies_request_get_followed (DailiesRequest *self,
                              const char     *field,
                              gboolean       *exactly)
{
  JsonObject *rules = dailies_definition_get_rules (self->definition);
  JsonArray  *follows = dailies_schema_json_get_array (rules, "follows");

  for (guint i = 0; follows != NULL && i < json_array_get_length (follows); i++)
    {
      JsonNode   *node = json_array_get_element (follows, i);
      JsonObject *rule = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_auto (GStrv) with = rule != NULL ? dailies_schema_json_dup_strv (rule, "with") : NULL;

      if (g_strcmp0 (dailies_schema_json_get_string (rule, "field"), field) != 0 ||
          !has_any (self, with))
        continue;

      if (exactly != NULL)
        *exactly = dailies_schema_json_get_bool (rule, "exactly", FALSE);
      return dailies_schema_json_get_string (rule, "value");
    }

  return NULL;
}

gboolean
dailies_request_decides (DailiesRequest *self,
                         const char     *field)
{
  JsonObject *rules;
  JsonArray *follows;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  rules = dailies_definition_get_rules (self->definition);
  follows = dailies_schema_json_get_array (rules, "follows");
  for (guint i = 0; follows != NULL && i < json_array_get_length (follows); i++)
    {
      JsonNode   *node = json_array_get_element (follows, i);
      JsonObject *rule = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      /* What goes with some other field and with nothing else is decided only while that is there. */
      if (g_strcmp0 (dailies_schema_json_get_string (rule, "field"), field) == 0 &&
          !dailies_schema_json_get_bool (rule, "exactly", FALSE))
        return TRUE;
    }

  return dailies_request_get_followed (self, field, NULL) != NULL;
}

/* --- public --------------------------------------------------------------------------------- */

DailiesRequest *
dailies_request_new (DailiesDefinition *definition)
{
  DailiesRequest *self;

  g_return_val_if_fail (DAILIES_IS_DEFINITION (definition), NULL);

  self = g_object_new (DAILIES_TYPE_REQUEST, NULL);
  self->definition = g_object_ref (definition);
  validate (self);

  return self;
}

DailiesDefinition *
dailies_request_get_definition (DailiesRequest *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  return self->definition;
}

void
dailies_request_set_definition (DailiesRequest    *self,
                                DailiesDefinition *definition)
{
  g_autoptr (DailiesDefinition) old = NULL;

  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (DAILIES_IS_DEFINITION (definition));

  if (self->definition == definition)
    return;

  old = g_steal_pointer (&self->definition);
  self->definition = g_object_ref (definition);
  self->orphan = FALSE;
  dailies_request_switch_values (self, old, definition);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEFINITION]);
  dailies_request_update (self, "");
}

const char *
dailies_request_get_prompt (DailiesRequest *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  return dailies_prompt_get_text (self->prompt);
}

static const char *
get_prompt_field_name (DailiesRequest *self)
{
  GListModel *fields = dailies_definition_get_fields (self->definition);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT)
        return dailies_field_get_name (field);
    }

  return "";
}

void
dailies_request_set_prompt (DailiesRequest *self,
                            const char     *prompt)
{
  g_autoptr (DailiesSpeller) speller = NULL;

  g_return_if_fail (DAILIES_IS_REQUEST (self));

  if (prompt == NULL)
    prompt = "";
  if (g_str_equal (dailies_prompt_get_text (self->prompt), prompt))
    return;

  speller = make_speller (self);
  dailies_prompt_set_text (self->prompt, prompt, speller);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROMPT]);
  dailies_request_update (self, get_prompt_field_name (self));
}

const char *
dailies_request_get_text (DailiesRequest *self,
                          const char     *field)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (g_str_equal (field, get_prompt_field_name (self)))
    return dailies_request_get_prompt (self);

  return dailies_values_get_text (self->values, field);
}

void
dailies_request_set_text (DailiesRequest *self,
                          const char     *field,
                          const char     *text)
{
  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (field != NULL);

  if (g_str_equal (field, get_prompt_field_name (self)))
    dailies_request_set_prompt (self, text);
  else if (dailies_values_set_text (self->values, field, text))
    dailies_request_update (self, field);
}

GListModel *
dailies_request_get_problems (DailiesRequest *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  return G_LIST_MODEL (self->problems);
}

gboolean
dailies_request_is_sendable (DailiesRequest *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), FALSE);

  return self->sendable;
}

GPtrArray *
dailies_request_dup_all_assets (DailiesRequest *self)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GHashTable) keys = NULL;
  GPtrArray *assets;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  items = dailies_request_list_items (self);
  keys = g_hash_table_new (g_str_hash, g_str_equal);
  assets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    {
      GObject    *item = g_ptr_array_index (items, i);
      const char *key = NULL;

      if (!DAILIES_IS_ASSET (item))
        continue;

      /* The same bytes dropped twice travel once. */
      key = dailies_asset_get_key (DAILIES_ASSET (item));
      if (key == NULL || g_hash_table_add (keys, (gpointer) key))
        g_ptr_array_add (assets, g_object_ref (item));
    }

  return assets;
}

const char *
dailies_request_find_field (DailiesRequest *self,
                            DailiesAsset   *asset)
{
  GListModel *fields;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  fields = dailies_definition_get_fields (self->definition);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

      list_field (self, field, items);
      if (g_ptr_array_find (items, asset, NULL))
        return dailies_field_get_name (field);
    }

  return NULL;
}

double
dailies_request_get_seconds (DailiesRequest *self)
{
  g_autoptr (GPtrArray) assets = NULL;
  DailiesField *length;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NAN);

  length = dailies_definition_get_length_field (self->definition);
  if (length != NULL)
    {
      const char *text = dailies_values_get_text (self->values, dailies_field_get_name (length));
      char       *end = NULL;
      double      seconds;

      if (text == NULL)
        text = dailies_field_get_default (length);
      if (text == NULL)
        return NAN;

      seconds = g_ascii_strtod (text, &end);
      return end != text && seconds > 0 ? seconds : NAN;
    }

  assets = dailies_request_dup_all_assets (self);
  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (assets, i);

      if (dailies_asset_get_kind (asset) == DAILIES_MEDIA_VIDEO &&
          dailies_asset_get_seconds (asset) > 0)
        return dailies_asset_get_seconds (asset);
    }

  return NAN;
}

JsonNode *
dailies_request_build (DailiesRequest  *self,
                       GHashTable      *urls,
                       JsonNode       **beside,
                       GError         **error)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  if (!self->sendable)
    {
      g_autoptr (DailiesProblem) first = g_list_model_get_item (G_LIST_MODEL (self->problems), 0);

      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                           dailies_problem_get_message (first));
      return NULL;
    }

  return dailies_builder_run (self, urls, beside, error);
}
