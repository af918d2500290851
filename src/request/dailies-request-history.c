/* dailies-request-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-history.h"

#include "dailies-request.h"

/* What is further back than this nobody finds again by one step after the other. */
#define MOST_STEPS 200

/* How the request was at one moment. */
typedef struct
{
  DailiesRequest *request; /* nobody else's */
  char           *text;    /* all of it, to compare by */
  guint           variations;
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
  g_free (self->text);
  g_free (self);
}

/* Returns: (transfer full) */
static char *
describe (DailiesRequest *request)
{
  g_autoptr (JsonNode) node = dailies_request_to_json (request);

  return json_to_string (node, FALSE);
}

static Moment *
moment_new (DailiesRequest *request,
            guint           variations)
{
  Moment *self = g_new0 (Moment, 1);

  self->request = dailies_request_copy (request);
  self->text = describe (request);
  self->variations = variations;
  self->noted = g_get_monotonic_time ();
  return self;
}

static gboolean
is_same (const Moment *one,
         const Moment *other)
{
  return one->variations == other->variations && g_str_equal (one->text, other->text);
}

/* From what @request is now, which is kept in @to, to the last of @from that is something else. */
static gboolean
go (DailiesRequestHistory *self,
    DailiesRequest        *request,
    guint                 *variations,
    GPtrArray             *from,
    GPtrArray             *to)
{
  while (from->len > 0)
    {
      Moment *next = g_ptr_array_steal_index (from, from->len - 1);

      if (is_same (next, self->now))
        {
          moment_free (next);
          continue;
        }
      g_ptr_array_add (to, self->now);
      self->now = next;
      *variations = next->variations;
      dailies_request_restore (request, next->request);
      return TRUE;
    }

  return FALSE;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesRequestHistory *
dailies_request_history_new (DailiesRequest *request,
                             guint           variations)
{
  DailiesRequestHistory *self;

  g_return_val_if_fail (DAILIES_IS_REQUEST (request), NULL);

  self = g_new0 (DailiesRequestHistory, 1);
  self->before = g_ptr_array_new_with_free_func (moment_free);
  self->after = g_ptr_array_new_with_free_func (moment_free);
  self->now = moment_new (request, variations);
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
                              DailiesRequest        *request,
                              guint                  variations)
{
  g_autofree char *text = describe (request);

  if (variations == self->now->variations && g_str_equal (text, self->now->text))
    return FALSE;

  g_ptr_array_add (self->before, self->now);
  self->now = moment_new (request, variations);
  if (self->before->len > MOST_STEPS)
    g_ptr_array_remove_index (self->before, 0);
  g_ptr_array_set_size (self->after, 0);
  return TRUE;
}

void
dailies_request_history_set_variations (DailiesRequestHistory *self,
                                        guint                  variations)
{
  self->now->variations = variations;
  for (guint i = 0; i < self->before->len; i++)
    ((Moment *) self->before->pdata[i])->variations = variations;
  for (guint i = 0; i < self->after->len; i++)
    ((Moment *) self->after->pdata[i])->variations = variations;
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

gint64
dailies_request_history_get_time (DailiesRequestHistory *self)
{
  return self->before->len > 0 ? self->now->noted : 0;
}

gboolean
dailies_request_history_undo (DailiesRequestHistory *self,
                              DailiesRequest        *request,
                              guint                 *variations)
{
  return go (self, request, variations, self->before, self->after);
}

gboolean
dailies_request_history_redo (DailiesRequestHistory *self,
                              DailiesRequest        *request,
                              guint                 *variations)
{
  if (!go (self, request, variations, self->after, self->before))
    return FALSE;

  /* It was done just now. */
  self->now->noted = g_get_monotonic_time ();
  return TRUE;
}
