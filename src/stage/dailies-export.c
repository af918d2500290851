/* dailies-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-export-job.h"

/* How often it is told how far it is, µs */
#define PROGRESS_INTERVAL (G_TIME_SPAN_SECOND / 20)

struct _DailiesExport
{
  GObject parent_instance;

  DailiesExportOrder order;
  GMainContext      *context;
  gboolean           started;
  double             progress;

  /* of the thread that works */
  gint64 told;
  double seconds; /* of the movie, once it is there */

  GMutex lock;
  double reached; /* with the lock */
  guint  source;  /* with the lock: 0 none is under way */
};

G_DEFINE_FINAL_TYPE (DailiesExport, dailies_export, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* --- progress --------------------------------------------------------------------------------- */

static gboolean
progress_cb (gpointer data)
{
  DailiesExport *self = data;
  double         reached;

  g_mutex_lock (&self->lock);
  reached = self->reached;
  self->source = 0;
  g_mutex_unlock (&self->lock);

  if (reached != self->progress)
    {
      self->progress = reached;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }

  return G_SOURCE_REMOVE;
}

/* On the thread that works. */
static void
reached_cb (double reached, gpointer data)
{
  DailiesExport *self = data;
  gint64         now = g_get_monotonic_time ();

  if (reached < 1 && now - self->told < PROGRESS_INTERVAL)
    return;

  self->told = now;
  g_mutex_lock (&self->lock);
  self->reached = reached;
  if (self->source == 0)
    {
      GSource *source = g_idle_source_new ();

      g_source_set_callback (source, progress_cb, g_object_ref (self), g_object_unref);
      g_source_set_static_name (source, "dailies-export");
      self->source = g_source_attach (source, self->context);
      g_source_unref (source);
    }
  g_mutex_unlock (&self->lock);
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DailiesExport *self = source;
  GError        *error = NULL;

  if (dailies_export_job_run (&self->order, data, reached_cb, self, &self->seconds, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_export_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, DAILIES_EXPORT (object)->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dailies_export_finalize (GObject *object)
{
  DailiesExport *self = DAILIES_EXPORT (object);

  for (guint i = 0; i < self->order.n_sides; i++)
    {
      g_object_unref (self->order.sides[i].clip);
      g_free (self->order.sides[i].label);
    }
  g_ptr_array_unref (self->order.spared);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (dailies_export_parent_class)->finalize (object);
}

static void
dailies_export_class_init (DailiesExportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_export_get_property;
  object_class->finalize = dailies_export_finalize;

  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress",
                         NULL,
                         NULL,
                         0,
                         1,
                         0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_export_init (DailiesExport *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->order.spared = g_ptr_array_new_with_free_func (g_object_unref);
  self->order.in = self->order.out = -1;
  self->order.fps_d = 1;
  self->order.wipe_position = 0.5;
  g_mutex_init (&self->lock);
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesExport *
dailies_export_new (void)
{
  return g_object_new (DAILIES_TYPE_EXPORT, NULL);
}

void
dailies_export_add_side (DailiesExport *self, GFile *clip, const char *label, int slip)
{
  DailiesExportSide *side;

  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);
  g_return_if_fail (G_IS_FILE (clip));
  g_return_if_fail (self->order.n_sides < DAILIES_EXPORT_MAX_SIDES);

  side = &self->order.sides[self->order.n_sides++];
  side->clip = g_object_ref (clip);
  side->label = g_strdup (label);
  side->slip = slip;
}

void
dailies_export_spare (DailiesExport *self, GFile *file)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);
  g_return_if_fail (G_IS_FILE (file));

  g_ptr_array_add (self->order.spared, g_object_ref (file));
}

void
dailies_export_set_mode (DailiesExport *self, DailiesExportMode mode)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);

  self->order.mode = mode;
}

void
dailies_export_set_wipe (DailiesExport *self, double angle, double position)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);

  self->order.wipe_angle = angle;
  self->order.wipe_position = CLAMP (position, 0, 1);
}

void
dailies_export_set_range (DailiesExport *self, gint64 in, gint64 out)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);

  self->order.in = in;
  self->order.out = out;
}

void
dailies_export_set_rate (DailiesExport *self, int fps_n, int fps_d)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);
  g_return_if_fail (fps_n >= 0 && fps_d > 0);

  self->order.fps_n = fps_n;
  self->order.fps_d = fps_d;
}

void
dailies_export_set_sound (DailiesExport *self, int side)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);

  self->order.sound = side;
}

void
dailies_export_set_size (DailiesExport *self, int width, int height)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);
  g_return_if_fail (width >= 0 && height >= 0 && width % 2 == 0 && height % 2 == 0 && (width > 0) == (height > 0));

  self->order.width = width;
  self->order.height = height;
}

void
dailies_export_set_sound_within (DailiesExport *self, gboolean within)
{
  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);

  self->order.sound_within = within;
}

double
dailies_export_get_progress (DailiesExport *self)
{
  g_return_val_if_fail (DAILIES_IS_EXPORT (self), 0);

  return self->progress;
}

double
dailies_export_get_seconds (DailiesExport *self)
{
  g_return_val_if_fail (DAILIES_IS_EXPORT (self), 0);

  return self->seconds;
}

void
dailies_export_run_async (DailiesExport      *self,
                          GFile              *movie,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DAILIES_IS_EXPORT (self) && !self->started);
  g_return_if_fail (G_IS_FILE (movie));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_export_run_async);
  if (self->order.n_sides == 0)
    {
      g_task_return_new_error (task,
                               DAILIES_ERROR,
                               DAILIES_ERROR_INVALID,
                               _ ("There is no cut to export. Put one on the stage first."));
      return;
    }
  if (self->order.mode == DAILIES_EXPORT_WIPE && self->order.n_sides != 2)
    {
      g_task_return_new_error (
        task,
        DAILIES_ERROR,
        DAILIES_ERROR_INVALID,
        _ ("A wipe shows two cuts, not %u. Choose two, or export them side by side."),
        self->order.n_sides);
      return;
    }

  /* Minutes long: on a thread of its own rather than one of the two of the pool. */
  self->started = TRUE;
  g_task_set_task_data (task, g_object_ref (movie), g_object_unref);
  g_task_run_in_thread (task, run_thread);
}

gboolean
dailies_export_run_finish (DailiesExport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_export_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
