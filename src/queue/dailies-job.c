/* dailies-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-job-private.h"

#include <math.h>

#include "dailies-cut.h"

struct _DailiesJob
{
  GObject        parent_instance;

  DailiesJobRow *row;
  gboolean       mine;
  gint64         fetched;
  gint64         fetch_size;
  GListStore    *cuts;
};

G_DEFINE_FINAL_TYPE (DailiesJob, dailies_job, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_QUEUE_POSITION,
  PROP_WORD,
  PROP_MESSAGE,
  PROP_WAITING,
  PROP_FETCHED,
  PROP_FETCH_SIZE,
  PROP_COST_USD,
  PROP_MINE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify_if (DailiesJob *self,
           gboolean    different,
           guint       prop_id)
{
  if (different)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
same_number (double a,
             double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

static void
dailies_job_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DailiesJob *self = DAILIES_JOB (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->row->state);
      break;
    case PROP_QUEUE_POSITION:
      g_value_set_int (value, self->row->queue_position);
      break;
    case PROP_WORD:
      g_value_set_string (value, self->row->word);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->row->message);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->row->waiting);
      break;
    case PROP_FETCHED:
      g_value_set_int64 (value, self->fetched);
      break;
    case PROP_FETCH_SIZE:
      g_value_set_int64 (value, self->fetch_size);
      break;
    case PROP_COST_USD:
      g_value_set_double (value, self->row->cost_usd);
      break;
    case PROP_MINE:
      g_value_set_boolean (value, self->mine);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_job_finalize (GObject *object)
{
  DailiesJob *self = DAILIES_JOB (object);

  g_clear_pointer (&self->row, dailies_job_row_free);
  g_clear_object (&self->cuts);

  G_OBJECT_CLASS (dailies_job_parent_class)->finalize (object);
}

static void
dailies_job_class_init (DailiesJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_job_get_property;
  object_class->finalize = dailies_job_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DAILIES_TYPE_JOB_STATE, DAILIES_JOB_DRAFT, flags);
  properties[PROP_QUEUE_POSITION] = g_param_spec_int ("queue-position", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_WORD] = g_param_spec_string ("word", NULL, NULL, NULL, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  properties[PROP_FETCHED] = g_param_spec_int64 ("fetched", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_FETCH_SIZE] = g_param_spec_int64 ("fetch-size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_COST_USD] = g_param_spec_double ("cost-usd", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_MINE] = g_param_spec_boolean ("mine", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_job_init (DailiesJob *self)
{
  self->fetched = -1;
  self->fetch_size = -1;
  self->cuts = g_list_store_new (DAILIES_TYPE_CUT);
}

DailiesJob *
dailies_job_new (DailiesJobRow *row)
{
  DailiesJob *self = g_object_new (DAILIES_TYPE_JOB, NULL);

  self->row = row;
  return self;
}

const DailiesJobRow *
dailies_job_peek_row (DailiesJob *self)
{
  return self->row;
}

/* What says the same stays where it is, so that what a getter has lent stays good. */
static void
keep_if_same (char **old,
              char **fresh)
{
  char *text = *old;

  if (g_strcmp0 (text, *fresh) != 0)
    return;

  *old = *fresh;
  *fresh = text;
}

void
dailies_job_take_row (DailiesJob    *self,
                      DailiesJobRow *row)
{
  g_autoptr(DailiesJobRow) old = self->row;

  keep_if_same (&old->id, &row->id);
  keep_if_same (&old->service, &row->service);
  keep_if_same (&old->protocol, &row->protocol);
  keep_if_same (&old->model, &row->model);
  keep_if_same (&old->prompt, &row->prompt);
  keep_if_same (&old->request, &row->request);
  keep_if_same (&old->assets, &row->assets);
  keep_if_same (&old->remote_id, &row->remote_id);
  keep_if_same (&old->word, &row->word);
  keep_if_same (&old->message, &row->message);
  keep_if_same (&old->words, &row->words);

  /* The state last: who waits for it finds all the rest told. */
  self->row = row;
  notify_if (self, old->queue_position != row->queue_position, PROP_QUEUE_POSITION);
  notify_if (self, g_strcmp0 (old->word, row->word) != 0, PROP_WORD);
  notify_if (self, g_strcmp0 (old->message, row->message) != 0, PROP_MESSAGE);
  notify_if (self, old->waiting != row->waiting, PROP_WAITING);
  notify_if (self, !same_number (old->cost_usd, row->cost_usd), PROP_COST_USD);
  notify_if (self, old->state != row->state, PROP_STATE);
}

void
dailies_job_set_mine (DailiesJob *self,
                      gboolean    mine)
{
  if (self->mine == mine)
    return;

  self->mine = mine;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINE]);
}

void
dailies_job_set_fetched (DailiesJob *self,
                         gint64      fetched,
                         gint64      size)
{
  gboolean other_fetched = self->fetched != fetched;
  gboolean other_size = self->fetch_size != size;

  self->fetched = fetched;
  self->fetch_size = size;
  notify_if (self, other_size, PROP_FETCH_SIZE);
  notify_if (self, other_fetched, PROP_FETCHED);
}

void
dailies_job_pick_cuts (DailiesJob *self,
                       GListModel *cuts)
{
  g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func (g_object_unref);
  guint                n = g_list_model_get_n_items (G_LIST_MODEL (self->cuts));
  gboolean             same;

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr(DailiesCut) cut = g_list_model_get_item (cuts, i);

      if (g_strcmp0 (dailies_cut_get_job_id (cut), self->row->id) == 0)
        g_ptr_array_add (mine, g_steal_pointer (&cut));
    }

  same = n == mine->len;
  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr(DailiesCut) cut = g_list_model_get_item (G_LIST_MODEL (self->cuts), i);

      same = cut == g_ptr_array_index (mine, i);
    }
  if (!same)
    g_list_store_splice (self->cuts, 0, n, mine->pdata, mine->len);
}

/* Returns: a UUID, given at Generate; not the service's id */
const char *
dailies_job_get_id (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->id;
}

gint64
dailies_job_get_shot_id (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), 0);

  return self->row->shot_id;
}

DailiesJobState
dailies_job_get_state (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), DAILIES_JOB_DRAFT);

  return self->row->state;
}

const char *
dailies_job_get_service_id (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->service;
}

const char *
dailies_job_get_model_id (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->model;
}

const char *
dailies_job_get_remote_id (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->remote_id;
}

const char *
dailies_job_get_prompt (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->prompt;
}

const char *
dailies_job_get_request_json (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->request;
}

int
dailies_job_get_queue_position (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), -1);

  return self->row->queue_position;
}

const char *
dailies_job_get_message (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->message;
}

const char *
dailies_job_get_words (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return self->row->words;
}

int
dailies_job_get_error_code (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), -1);

  return self->row->error_code;
}

double
dailies_job_get_cost_usd (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NAN);

  return self->row->cost_usd;
}

gint64
dailies_job_get_created (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), 0);

  return self->row->created;
}

gint64
dailies_job_get_submitted (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), 0);

  return self->row->submitted;
}

gint64
dailies_job_get_ended (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), 0);

  return self->row->ended;
}

gint64
dailies_job_get_held_until (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), 0);

  return self->row->state == DAILIES_JOB_PREPARING ? self->row->held_until : 0;
}

gboolean
dailies_job_lacks_clips (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), FALSE);

  return self->row->state == DAILIES_JOB_DONE && self->row->message != NULL;
}

GListModel *
dailies_job_get_cuts (DailiesJob *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB (self), NULL);

  return G_LIST_MODEL (self->cuts);
}
