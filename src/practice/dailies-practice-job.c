/* dailies-practice-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dailies-error.h"

static const char *const states[] = { "queued", "running", "completed", "failed", "cancelled" };

DailiesPracticeJob *
dailies_practice_job_new (const char *model,
                          JsonNode   *input,
                          const char *origin)
{
  DailiesPracticeJob *self = g_new0 (DailiesPracticeJob, 1);

  self->id = g_uuid_string_random ();
  self->model = g_strdup (model);
  self->input = json_node_copy (input);
  self->origin = g_strdup (origin);
  self->created = g_get_real_time () / G_USEC_PER_SEC;

  return self;
}

void
dailies_practice_job_free (DailiesPracticeJob *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->model);
  g_clear_pointer (&self->input, json_node_unref);
  g_free (self->origin);
  g_free (self->error);
  g_free (self->clip);
  g_free (self);
}

gboolean
dailies_practice_job_is_over (const DailiesPracticeJob *self)
{
  return self->state >= DAILIES_PRACTICE_COMPLETED;
}

DailiesPracticeJob *
dailies_practice_job_load (const char *path,
                           GError    **error)
{
  g_autoptr (JsonParser)         parser = json_parser_new ();
  g_autoptr (DailiesPracticeJob) self = NULL;
  JsonNode                      *root;
  JsonObject                    *object;
  const char                    *state;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;

  root = json_parser_get_root (parser);
  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || json_object_get_string_member_with_default (object, "id", NULL) == NULL
      || json_object_get_string_member_with_default (object, "model", NULL) == NULL
      || !json_object_has_member (object, "input"))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL, _("“%s” is not a job of the practice service"), path);
      return NULL;
    }

  self = g_new0 (DailiesPracticeJob, 1);
  self->id = g_strdup (json_object_get_string_member (object, "id"));
  self->model = g_strdup (json_object_get_string_member (object, "model"));
  self->input = json_node_copy (json_object_get_member (object, "input"));
  self->origin = g_strdup (json_object_get_string_member_with_default (object, "origin", ""));
  self->error = g_strdup (json_object_get_string_member_with_default (object, "error", NULL));
  self->created = json_object_get_int_member_with_default (object, "created", 0);
  self->finished = json_object_get_int_member_with_default (object, "finished", 0);
  state = json_object_get_string_member_with_default (object, "state", "");
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], state))
      self->state = (DailiesPracticeState) i;

  return g_steal_pointer (&self);
}

gboolean
dailies_practice_job_save (const DailiesPracticeJob *self,
                           const char               *path,
                           GError                  **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();
  g_autofree char     *text = NULL;

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "model", self->model);
  json_object_set_string_member (object, "origin", self->origin);
  json_object_set_string_member (object, "state", states[self->state]);
  if (self->error != NULL)
    json_object_set_string_member (object, "error", self->error);
  json_object_set_int_member (object, "created", self->created);
  json_object_set_int_member (object, "finished", self->finished);
  json_object_set_member (object, "input", json_node_copy (self->input));
  json_node_take_object (root, object);
  text = json_to_string (root, FALSE);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/* Returns a node in the place of @node, or NULL where it stays. */
static JsonNode *
shorten (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject      *object = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *l = names; l != NULL; l = l->next)
        {
          JsonNode *other = shorten (json_object_get_member (object, l->data));

          if (other != NULL)
            json_object_set_member (object, l->data, other);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      JsonArray *copy = json_array_new ();
      JsonNode  *result = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *other = shorten (json_array_get_element (array, i));

          json_array_add_element (copy, other != NULL ? other : json_node_copy (json_array_get_element (array, i)));
        }
      json_node_take_array (result, copy);
      return result;
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;

      if (comma != NULL)
        {
          g_autofree char *head = g_strndup (text, (gsize) (comma + 1 - text));

          return json_node_init_string (json_node_alloc (), head);
        }
    }

  return NULL;
}

void
dailies_practice_job_forget (DailiesPracticeJob *self)
{
  JsonNode *other = shorten (self->input);

  if (other != NULL)
    {
      json_node_unref (self->input);
      self->input = other;
    }
}
