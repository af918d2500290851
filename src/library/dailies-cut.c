/* dailies-cut.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-cut-private.h"

struct _DailiesCut
{
  GObject  parent_instance;

  gint64   id;
  gint64   shot_id;
  char    *job_id;
  guint    number;
  GFile   *file;
  GFile   *poster;
  int      width;
  int      height;
  double   seconds;
  double   fps;
  gboolean sound;
  gboolean picked;
  gboolean fresh;
  double   cost_usd;
  gint64   created;
  char    *prompt;
  char    *request;
  guint    n_writes;
};

G_DEFINE_FINAL_TYPE (DailiesCut, dailies_cut, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_PICKED,
  PROP_FRESH,
  PROP_POSTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_number (DailiesCut *self,
            guint       number)
{
  if (self->number == number)
    return;

  self->number = number;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBER]);
}

static void
set_poster (DailiesCut *self,
            GFile      *directory,
            const char *path)
{
  g_autoptr(GFile) poster = path != NULL ? g_file_resolve_relative_path (directory, path) : NULL;

  if (poster == self->poster || (poster != NULL && self->poster != NULL && g_file_equal (poster, self->poster)))
    return;

  g_set_object (&self->poster, poster);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSTER]);
}

static void
dailies_cut_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DailiesCut *self = DAILIES_CUT (object);

  switch (prop_id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_PICKED:
      g_value_set_boolean (value, self->picked);
      break;
    case PROP_FRESH:
      g_value_set_boolean (value, self->fresh);
      break;
    case PROP_POSTER:
      g_value_set_object (value, self->poster);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_cut_finalize (GObject *object)
{
  DailiesCut *self = DAILIES_CUT (object);

  g_free (self->job_id);
  g_clear_object (&self->file);
  g_clear_object (&self->poster);
  g_free (self->prompt);
  g_free (self->request);

  G_OBJECT_CLASS (dailies_cut_parent_class)->finalize (object);
}

static void
dailies_cut_class_init (DailiesCutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_cut_get_property;
  object_class->finalize = dailies_cut_finalize;

  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PICKED] = g_param_spec_boolean ("picked", NULL, NULL, FALSE, flags);
  properties[PROP_FRESH] = g_param_spec_boolean ("fresh", NULL, NULL, FALSE, flags);
  properties[PROP_POSTER] = g_param_spec_object ("poster", NULL, NULL, G_TYPE_FILE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_cut_init (DailiesCut *self)
{
}

DailiesCut *
dailies_cut_new (GFile               *directory,
                 const DailiesCutRow *row)
{
  DailiesCut *self = g_object_new (DAILIES_TYPE_CUT, NULL);

  self->id = row->id;
  self->shot_id = row->shot_id;
  self->job_id = g_strdup (row->job_id);
  self->number = row->number;
  self->file = g_file_resolve_relative_path (directory, row->path);
  self->poster = row->poster != NULL ? g_file_resolve_relative_path (directory, row->poster) : NULL;
  self->width = row->width;
  self->height = row->height;
  self->seconds = row->seconds;
  self->fps = row->fps;
  self->sound = row->sound;
  self->picked = row->picked;
  self->fresh = row->fresh;
  self->cost_usd = row->cost_usd;
  self->created = row->created;
  self->prompt = g_strdup (row->prompt);
  self->request = g_strdup (row->request);

  return self;
}

void
dailies_cut_update (DailiesCut          *self,
                    GFile               *directory,
                    const DailiesCutRow *row)
{
  set_number (self, row->number);
  set_poster (self, directory, row->poster);
  if (self->n_writes > 0)
    return;

  dailies_cut_set_picked (self, row->picked);
  dailies_cut_set_fresh (self, row->fresh);
}

void
dailies_cut_set_picked (DailiesCut *self,
                        gboolean    picked)
{
  picked = !!picked;
  if (self->picked == picked)
    return;

  self->picked = picked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICKED]);
}

void
dailies_cut_set_fresh (DailiesCut *self,
                       gboolean    fresh)
{
  fresh = !!fresh;
  if (self->fresh == fresh)
    return;

  self->fresh = fresh;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRESH]);
}

void
dailies_cut_begin_write (DailiesCut *self)
{
  self->n_writes++;
}

void
dailies_cut_end_write (DailiesCut *self)
{
  self->n_writes--;
}

/* Returns: the cut's number in the database, never used again */
gint64
dailies_cut_get_id (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->id;
}

gint64
dailies_cut_get_shot_id (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->shot_id;
}

const char *
dailies_cut_get_job_id (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), NULL);

  return self->job_id;
}

guint
dailies_cut_get_number (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->number;
}

GFile *
dailies_cut_get_file (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), NULL);

  return self->file;
}

GFile *
dailies_cut_get_poster (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), NULL);

  return self->poster;
}

int
dailies_cut_get_width (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->width;
}

int
dailies_cut_get_height (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->height;
}

double
dailies_cut_get_seconds (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->seconds;
}

double
dailies_cut_get_fps (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->fps;
}

gboolean
dailies_cut_has_sound (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), FALSE);

  return self->sound;
}

gboolean
dailies_cut_get_picked (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), FALSE);

  return self->picked;
}

gboolean
dailies_cut_get_fresh (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), FALSE);

  return self->fresh;
}

double
dailies_cut_get_cost_usd (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->cost_usd;
}

gint64
dailies_cut_get_created (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), 0);

  return self->created;
}

const char *
dailies_cut_get_prompt (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), NULL);

  return self->prompt;
}

const char *
dailies_cut_get_request_json (DailiesCut *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT (self), NULL);

  return self->request;
}
