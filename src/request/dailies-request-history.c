/* dailies-request-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-history.h"

#include "dailies-request.h"

/* What is further back than this nobody finds again by one step after the other. */
#define MOST_STEPS 100

/* How the request was at one moment. */
typedef struct
{
  DailiesRequest *request; /* nobody else's */
  char           *rest;    /* all of it but the prompt, to compare by */
  char           *prompt;  /* likewise, with what its mentions mean */
  gint64          noted;   /* µs, monotonic */
} Moment;

struct _DailiesRequestHistory
{
  GPtrArray *before; /* of Moment, the oldest first */
  GPtrArray *after;  /* of Moment that were undone, the latest first */
  Moment    *now;
};

/* --- moments ---------------------------------------------------------------------------------- */

static void
moment_free (gpointer data)
{
  Moment *self = data;

  g_object_unref (self->request);
  g_free (self->rest);
  g_free (self->prompt);
  g_free (self);
}

static void
describe (DailiesRequest *request,
          char          **rest,
          char          **prompt)
{
  g_autoptr (JsonNode) node = dailies_request_to_json (request);
  JsonObject *object = json_node_get_object (node);

  *prompt = json_to_string (json_object_get_member (object, "prompt"), FALSE);
  json_object_remove_member (object, "prompt");
  *rest = json_to_string (node, FALSE);
}

static Moment *
moment_new (DailiesRequest *request)
{
  Moment *self = g_new0 (Moment, 1);

  self->request = dailies_request_copy (request);
  describe (request, &self->rest, &self->prompt);
  self->noted = g_get_monotonic_time ();
  return self;
}

static gboolean
moment_is (const Moment   *self,
           DailiesRequest *request)
{
  g_autofree char *rest = NULL;
  g_autofree char *prompt = NULL;

  describe (request, &rest, &prompt);
  return g_str_equal (rest, self->rest) && g_str_equal (prompt, self->prompt);
}

/* Returns: (nullable) */
static Moment *
get_last (GPtrArray *moments)
{
  return moments->len > 0 ? moments->pdata[moments->len - 1] : NULL;
}

/* Returns: (transfer full) */
static gpointer
take_last (GPtrArray *moments)
{
  return g_ptr_array_steal_index (moments, moments->len - 1);
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesRequestHistory *
dailies_request_history_new (DailiesRequest *request)
{
  DailiesRequestHistory *self;

  g_return_val_if_fail (DAILIES_IS_REQUEST (request), NULL);

  self = g_new0 (DailiesRequestHistory, 1);
  self->before = g_ptr_array_new_with_free_func (moment_free);
  self->after = g_ptr_array_new_with_free_func (moment_free);
  self->now = moment_new (request);
  return self;
}

void
dailies_request_history_free (DailiesRequestHistory *self)
{
  g_ptr_array_unref (self->before);
  g_ptr_array_unref (self->after);
  moment_free (self->now);
  g_free (self);
}

gboolean
dailies_request_history_note (DailiesRequestHistory *self,
                              DailiesRequest        *request)
{
  if (moment_is (self->now, request))
    return FALSE;

  /* Where the text took words back by itself, that is an undo, and no step. */
  if (dailies_request_history_is_typed (self) && moment_is (get_last (self->before), request))
    {
      g_ptr_array_add (self->after, self->now);
      self->now = take_last (self->before);
      return TRUE;
    }

  g_ptr_array_add (self->before, self->now);
  self->now = moment_new (request);
  if (self->before->len > MOST_STEPS)
    g_ptr_array_remove_index (self->before, 0);
  g_ptr_array_set_size (self->after, 0);
  return TRUE;
}

gboolean
dailies_request_history_can_undo (DailiesRequestHistory *self)
{
  return self->before->len > 0;
}

gboolean
dailies_request_history_can_redo (DailiesRequestHistory *self)
{
  return self->after->len > 0;
}

gboolean
dailies_request_history_is_typed (DailiesRequestHistory *self)
{
  const Moment *last = get_last (self->before);

  return last != NULL && g_str_equal (last->rest, self->now->rest);
}

gint64
dailies_request_history_get_time (DailiesRequestHistory *self)
{
  return self->before->len > 0 ? self->now->noted : 0;
}

DailiesRequest *
dailies_request_history_undo (DailiesRequestHistory *self)
{
  if (self->before->len == 0)
    return NULL;

  g_ptr_array_add (self->after, self->now);
  self->now = take_last (self->before);
  return dailies_request_copy (self->now->request);
}

DailiesRequest *
dailies_request_history_redo (DailiesRequestHistory *self)
{
  if (self->after->len == 0)
    return NULL;

  g_ptr_array_add (self->before, self->now);
  self->now = take_last (self->after);
  return dailies_request_copy (self->now->request);
}
