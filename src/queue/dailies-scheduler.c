/* dailies-scheduler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-scheduler.h"

#define FIRST_MILLISECONDS 2000
#define LONGEST_MILLISECONDS 30000
/* Between two turns of one lane, so that twenty jobs do not knock in the same instant. */
#define SPREAD_MILLISECONDS 50

typedef struct
{
  guint            id;
  const char      *lane; /* interned */
  gint64           due;  /* monotonic µs */
  GSourceOnceFunc  func;
  gpointer         data;
} Turn;

struct _DailiesScheduler
{
  GObject     parent_instance;

  guint       first;
  guint       last_id;
  GArray     *turns;
  GHashTable *lanes; /* interned name → gint64: free again at, monotonic µs */
  guint       source;
};

G_DEFINE_FINAL_TYPE (DailiesScheduler, dailies_scheduler, G_TYPE_OBJECT)

static void arm (DailiesScheduler *self);

guint
dailies_schedule_delay (guint  first,
                        gint64 age,
                        double jitter)
{
  guint  longest = MAX (first, LONGEST_MILLISECONDS);
  gint64 plain = CLAMP (age / 10, (gint64) first, (gint64) longest);

  return CLAMP ((gint64) (plain * (0.8 + 0.4 * jitter)), 1, (gint64) longest);
}

static gint64
get_free (DailiesScheduler *self,
          const char       *lane)
{
  gint64 *at = lane != NULL ? g_hash_table_lookup (self->lanes, lane) : NULL;

  return at != NULL ? *at : 0;
}

static void
set_free (DailiesScheduler *self,
          const char       *lane,
          gint64            at)
{
  if (lane != NULL && at > get_free (self, lane))
    g_hash_table_insert (self->lanes, (gpointer) lane, g_memdup2 (&at, sizeof at));
}

/* Returns: the index of the turn that comes first, -1 for none */
static int
find_next (DailiesScheduler *self,
           gint64           *when)
{
  int best = -1;

  for (guint i = 0; i < self->turns->len; i++)
    {
      Turn   *turn = &g_array_index (self->turns, Turn, i);
      gint64  at = MAX (turn->due, get_free (self, turn->lane));

      if (best >= 0 && at >= *when)
        continue;
      best = i;
      *when = at;
    }

  return best;
}

static gboolean
turn_cb (gpointer data)
{
  DailiesScheduler *self = data;
  gint64            when = 0;
  int               i = find_next (self, &when);
  gint64            now = g_get_monotonic_time ();
  Turn              turn;

  self->source = 0;
  if (i >= 0 && when <= now)
    {
      turn = g_array_index (self->turns, Turn, i);
      g_array_remove_index (self->turns, i);
      set_free (self, turn.lane, now + SPREAD_MILLISECONDS * 1000);
      g_object_ref (self);
      turn.func (turn.data);
      arm (self);
      g_object_unref (self);
      return G_SOURCE_REMOVE;
    }

  arm (self);
  return G_SOURCE_REMOVE;
}

static void
arm (DailiesScheduler *self)
{
  gint64 when = 0;

  g_clear_handle_id (&self->source, g_source_remove);
  if (find_next (self, &when) < 0)
    return;

  /* Rounded up: waking early would only wake twice. */
  self->source = g_timeout_add ((MAX (when - g_get_monotonic_time (), 0) + 999) / 1000, turn_cb, self);
}

static void
dailies_scheduler_finalize (GObject *object)
{
  DailiesScheduler *self = DAILIES_SCHEDULER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->turns, g_array_unref);
  g_clear_pointer (&self->lanes, g_hash_table_unref);

  G_OBJECT_CLASS (dailies_scheduler_parent_class)->finalize (object);
}

static void
dailies_scheduler_class_init (DailiesSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_scheduler_finalize;
}

static void
dailies_scheduler_init (DailiesScheduler *self)
{
  self->turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  self->lanes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

DailiesScheduler *
dailies_scheduler_new (guint first)
{
  DailiesScheduler *self = g_object_new (DAILIES_TYPE_SCHEDULER, NULL);
  const char       *seconds = g_getenv ("DAILIES_POLL_SECONDS");

  if (first == 0 && seconds != NULL)
    first = CLAMP (g_ascii_strtod (seconds, NULL) * 1000, 0, LONGEST_MILLISECONDS);
  self->first = first > 0 ? first : FIRST_MILLISECONDS;
  return self;
}

guint
dailies_scheduler_get_delay (DailiesScheduler *self,
                             gint64            since)
{
  g_return_val_if_fail (DAILIES_IS_SCHEDULER (self), 0);

  return dailies_schedule_delay (self->first, (g_get_real_time () - since) / 1000, g_random_double ());
}

guint
dailies_scheduler_add (DailiesScheduler *self,
                       const char       *lane,
                       guint             delay,
                       GSourceOnceFunc   func,
                       gpointer          data)
{
  Turn turn = { 0 };

  g_return_val_if_fail (DAILIES_IS_SCHEDULER (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  if (++self->last_id == 0)
    self->last_id = 1;
  turn.id = self->last_id;
  turn.lane = g_intern_string (lane);
  turn.due = g_get_monotonic_time () + (gint64) delay * 1000;
  turn.func = func;
  turn.data = data;
  g_array_append_val (self->turns, turn);
  arm (self);

  return turn.id;
}

void
dailies_scheduler_remove (DailiesScheduler *self,
                          guint             id)
{
  g_return_if_fail (DAILIES_IS_SCHEDULER (self));

  for (guint i = 0; i < self->turns->len; i++)
    {
      if (g_array_index (self->turns, Turn, i).id != id)
        continue;

      g_array_remove_index (self->turns, i);
      arm (self);
      return;
    }
}

void
dailies_scheduler_hold (DailiesScheduler *self,
                        const char       *lane,
                        guint             delay)
{
  g_return_if_fail (DAILIES_IS_SCHEDULER (self));
  g_return_if_fail (lane != NULL);

  set_free (self, g_intern_string (lane), g_get_monotonic_time () + (gint64) delay * 1000);
  arm (self);
}

guint
dailies_scheduler_get_hold (DailiesScheduler *self,
                            const char       *lane)
{
  gint64 left;

  g_return_val_if_fail (DAILIES_IS_SCHEDULER (self), 0);
  g_return_val_if_fail (lane != NULL, 0);

  left = get_free (self, g_intern_string (lane)) - g_get_monotonic_time ();
  return left > 0 ? (left + 999) / 1000 : 0;
}
