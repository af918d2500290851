/* dailies-trim.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-trim.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <math.h>

#include "dailies-error.h"
#include "dailies-export.h"
#include "dailies-library.h"

#define FORMAT "mp4"
#define BYTES_PER_MEGABYTE 1e6
/* What has become too large is made again, smaller; a little more than by its share, since fewer pixels have more bits each. */
#define SHRINK_MORE 0.93
/* Of a second: a length is a quotient of whole numbers. */
#define HAIR 1e-6
/* Less is no gain that would be worth the time. */
#define LEAST_SHRINK 0.97

struct _DailiesTrim
{
  GObject         parent_instance;

  DailiesLibrary *library;
  GFile          *clip;
  DailiesClipPlan plan;
  gint64          in;
  gint64          out;
  gboolean        with_sound;

  /* while it runs */
  DailiesExport  *export; /* (nullable) */
  GFile          *made;   /* (nullable): where it will be */
  int             width;  /* of which it will be */
  int             height;
  double          progress;
};

G_DEFINE_FINAL_TYPE (DailiesTrim, dailies_trim, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS
};

enum
{
  AGAIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void make (GTask *task);

/* --- ends ------------------------------------------------------------------------------------- */

/* @error: (transfer full) */
static void
end_with (GTask  *task,
          GError *error)
{
  DailiesTrim *self = g_task_get_source_object (task);

  if (self->made != NULL)
    dailies_library_give_up_place (self->library, self->made);
  g_clear_object (&self->made);
  g_task_return_error (task, error);
}

/* Returns: whether it may become small enough with fewer pixels, which are then set */
static gboolean
shrink (DailiesTrim *self,
        goffset      bytes)
{
  double scale = sqrt ((double) self->plan.aim_bytes / bytes) * SHRINK_MORE;

  scale = MAX (scale, (double) self->plan.least_side / MIN (self->width, self->height));
  if (scale > LEAST_SHRINK)
    return FALSE;

  self->width = dailies_remedy_make_even (self->width * scale);
  self->height = dailies_remedy_make_even (self->height * scale);
  return TRUE;
}

/* What it becomes is not known before: how much moves in a picture decides how many bytes it has. */
static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesTrim *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  goffset bytes = info != NULL ? g_file_info_get_size (info) : 0;

  if (info == NULL)
    {
      end_with (task, error);
    }
  else if (self->plan.aim_bytes >= 0 && bytes > self->plan.aim_bytes && shrink (self, bytes))
    {
      g_signal_emit (self, signals[AGAIN], 0, (gint64) bytes, self->width, self->height);
      make (task);
    }
  /* What is only more than is recommended is taken. */
  else if (self->plan.most_bytes >= 0 && bytes > self->plan.most_bytes)
    {
      end_with (task, g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                                   _("This part has become %.0f MB; the limit is %g MB. Pick a shorter one."),
                                   bytes / BYTES_PER_MEGABYTE, self->plan.most_bytes / BYTES_PER_MEGABYTE));
    }
  else
    {
      g_task_return_pointer (task, g_steal_pointer (&self->made), g_object_unref);
    }
}

/* --- making ----------------------------------------------------------------------------------- */

/* One that has ended may still tell how far it was. */
static void
progress_cb (DailiesExport *export,
             GParamSpec    *pspec,
             DailiesTrim   *self)
{
  if (export != self->export)
    return;

  self->progress = dailies_export_get_progress (export);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesTrim *self = g_task_get_source_object (task);
  double seconds = dailies_export_get_seconds (DAILIES_EXPORT (source));
  GError *error = NULL;

  g_clear_object (&self->export);
  if (!dailies_export_run_finish (DAILIES_EXPORT (source), result, &error))
    end_with (task, error);
  /* The picture may be over before the clip is. */
  else if (seconds < self->plan.min_seconds - HAIR)
    end_with (task, g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                                 _("This part has only %.1f s of picture; it has to be at least %g s. Pick one that begins earlier."),
                                 seconds, self->plan.min_seconds));
  else
    g_file_query_info_async (self->made, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), measured_cb, g_object_ref (task));
}

static void
make (GTask *task)
{
  DailiesTrim *self = g_task_get_source_object (task);

  self->export = dailies_export_new ();
  dailies_export_add_side (self->export, self->clip, NULL, 0);
  dailies_export_set_size (self->export, self->width, self->height);
  dailies_export_set_range (self->export, self->in, self->out);
  dailies_export_set_sound (self->export, self->with_sound ? 0 : -1);
  dailies_export_set_sound_within (self->export, TRUE);
  if (self->plan.fps > 0)
    {
      int fps_n, fps_d;

      gst_util_double_to_fraction (self->plan.fps, &fps_n, &fps_d);
      dailies_export_set_rate (self->export, fps_n, fps_d);
    }
  g_signal_connect_object (self->export, "notify::progress", G_CALLBACK (progress_cb), self, 0);
  dailies_export_run_async (self->export, self->made, g_task_get_cancellable (task), exported_cb, g_object_ref (task));
}

static void
place_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesTrim *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->made = dailies_library_make_place_finish (DAILIES_LIBRARY (source), result, &error);
  if (self->made != NULL)
    make (task);
  else
    end_with (task, error);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_trim_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, DAILIES_TRIM (object)->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dailies_trim_finalize (GObject *object)
{
  DailiesTrim *self = DAILIES_TRIM (object);

  g_clear_object (&self->export);
  g_clear_object (&self->made);
  g_object_unref (self->clip);
  g_object_unref (self->library);

  G_OBJECT_CLASS (dailies_trim_parent_class)->finalize (object);
}

static void
dailies_trim_class_init (DailiesTrimClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_trim_get_property;
  object_class->finalize = dailies_trim_finalize;

  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[AGAIN] = g_signal_new ("again", DAILIES_TYPE_TRIM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64,
                                 G_TYPE_INT, G_TYPE_INT);
}

static void
dailies_trim_init (DailiesTrim *self)
{
  self->in = self->out = -1;
  self->with_sound = TRUE;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesTrim *
dailies_trim_new (DailiesLibrary        *library,
                  GFile                 *clip,
                  const DailiesClipPlan *plan)
{
  DailiesTrim *self;

  g_return_val_if_fail (DAILIES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (clip), NULL);

  self = g_object_new (DAILIES_TYPE_TRIM, NULL);
  self->library = g_object_ref (library);
  self->clip = g_object_ref (clip);
  self->plan = *plan;
  self->width = plan->width;
  self->height = plan->height;
  return self;
}

void
dailies_trim_set_range (DailiesTrim *self,
                        gint64       in,
                        gint64       out)
{
  g_return_if_fail (DAILIES_IS_TRIM (self));

  self->in = in;
  self->out = out;
}

void
dailies_trim_set_with_sound (DailiesTrim *self,
                             gboolean     with_sound)
{
  g_return_if_fail (DAILIES_IS_TRIM (self));

  self->with_sound = with_sound;
}

double
dailies_trim_get_progress (DailiesTrim *self)
{
  g_return_val_if_fail (DAILIES_IS_TRIM (self), 0);

  return self->progress;
}

void
dailies_trim_run_async (DailiesTrim         *self,
                        const char          *name,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DAILIES_IS_TRIM (self) && self->made == NULL && self->export == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_trim_run_async);
  /* What is finished is handed over, or taken away, by whoever asked. */
  g_task_set_check_cancellable (task, FALSE);
  dailies_library_make_place_async (self->library, name, FORMAT, place_cb, g_object_ref (task));
}

GFile *
dailies_trim_run_finish (DailiesTrim   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_trim_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
