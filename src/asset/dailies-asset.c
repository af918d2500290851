/* dailies-asset.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"

#include <glib/gi18n-lib.h>

#include "dailies-pool.h"
#include "dailies-source.h"

/* How often the share that is read is looked at. */
#define LOOK_MS 100
#define UNKNOWN_FRACTION -1.0

struct _DailiesAsset
{
  GObject           parent_instance;

  DailiesSource    *source;
  DailiesAssetState state;
  GError           *error;
  char             *key;
  DailiesProbe     *probe;
  guint             serial; /* of the newest load: an older one that comes later is not listened to */
  DailiesIntake    *hashed; /* (nullable): what the newest load reads, while it does */
  GSource          *look;   /* at how far that is */
  double            fraction;
};

G_DEFINE_FINAL_TYPE (DailiesAsset, dailies_asset, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (DailiesAssetState, dailies_asset_state,
                    G_DEFINE_ENUM_VALUE (DAILIES_ASSET_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (DAILIES_ASSET_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (DAILIES_ASSET_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (DAILIES_ASSET_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (DailiesMediaKind, dailies_media_kind,
                    G_DEFINE_ENUM_VALUE (DAILIES_MEDIA_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DAILIES_MEDIA_IMAGE, "image"),
                    G_DEFINE_ENUM_VALUE (DAILIES_MEDIA_VIDEO, "video"),
                    G_DEFINE_ENUM_VALUE (DAILIES_MEDIA_AUDIO, "audio"))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_NAME,
  PROP_URI,
  PROP_KEY,
  PROP_FRACTION,
  PROP_KIND,
  PROP_CONTAINER,
  PROP_MIME_TYPE,
  PROP_BYTES,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_SECONDS,
  PROP_FPS,
  PROP_HAS_SOUND,
  PROP_THUMBNAIL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_state (DailiesAsset     *self,
           DailiesAssetState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_error (DailiesAsset *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_key (DailiesAsset *self,
         const char   *key)
{
  if (g_strcmp0 (self->key, key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (key);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

/* Takes @probe. */
static void
set_probe (DailiesAsset *self,
           DailiesProbe *probe)
{
  if (self->probe == NULL && probe == NULL)
    return;
  g_clear_pointer (&self->probe, dailies_probe_free);
  self->probe = probe;
  for (guint i = PROP_KIND; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
set_fraction (DailiesAsset *self,
              double        fraction)
{
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static gboolean
look_cb (gpointer data)
{
  DailiesAsset *self = data;

  set_fraction (self, dailies_intake_get_fraction (self->hashed));
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (DailiesAsset *self)
{
  if (self->look != NULL)
    g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
  g_clear_pointer (&self->hashed, dailies_intake_unref);
}

/* The pool tells nobody: a few looks a second at what it has read cost less than a message for each piece. */
static void
start_looking (DailiesAsset  *self,
               DailiesIntake *intake)
{
  self->hashed = dailies_intake_ref (intake);
  self->look = g_timeout_source_new (LOOK_MS);
  g_source_set_static_name (self->look, "dailies-asset-fraction");
  g_source_set_callback (self->look, look_cb, self, NULL);
  g_source_attach (self->look, g_main_context_get_thread_default ());
}

/* Takes @error. */
static void
end_load (GTask  *task,
          GError *error)
{
  DailiesAsset *self = g_task_get_source_object (task);
  guint         serial = GPOINTER_TO_UINT (g_task_get_task_data (task));

  if (serial == self->serial)
    {
      g_object_freeze_notify (G_OBJECT (self));
      stop_looking (self);
      set_fraction (self, UNKNOWN_FRACTION);
      if (error == NULL)
        {
          set_state (self, DAILIES_ASSET_READY);
        }
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          /* What was known before the load still stands. */
          if (self->error != NULL)
            set_state (self, DAILIES_ASSET_FAILED);
          else
            set_state (self, self->key != NULL ? DAILIES_ASSET_READY : DAILIES_ASSET_NEW);
        }
      else
        {
          set_probe (self, NULL);
          set_key (self, NULL);
          set_error (self, error);
          set_state (self, DAILIES_ASSET_FAILED);
        }
      g_object_thaw_notify (G_OBJECT (self));
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesAsset    *self = g_task_get_source_object (task);
  guint            serial = GPOINTER_TO_UINT (g_task_get_task_data (task));
  GError          *error = NULL;
  g_autofree char *key = dailies_pool_run_finish (result, &error);

  if (key != NULL && serial == self->serial)
    set_key (self, key);
  end_load (task, error);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesAsset *self = g_task_get_source_object (task);
  guint         serial = GPOINTER_TO_UINT (g_task_get_task_data (task));
  DailiesIntake *intake = g_object_steal_data (G_OBJECT (task), "intake");
  GError       *error = NULL;
  DailiesProbe *probe = dailies_pool_run_finish (result, &error);

  if (probe == NULL)
    {
      dailies_intake_unref (intake);
      end_load (task, error);
      return;
    }

  if (serial == self->serial)
    {
      g_object_freeze_notify (G_OBJECT (self));
      /* The key belongs to the bytes of the last time. */
      set_key (self, NULL);
      set_error (self, NULL);
      set_probe (self, probe);
      start_looking (self, intake);
      g_object_thaw_notify (G_OBJECT (self));
    }
  else
    {
      dailies_probe_free (probe);
    }

  dailies_pool_run_async (dailies_intake_hash,
                          intake,
                          (GDestroyNotify) dailies_intake_unref,
                          g_free,
                          g_task_get_cancellable (task),
                          hashed_cb,
                          g_object_ref (task));
}

static void
dailies_asset_finalize (GObject *object)
{
  DailiesAsset *self = DAILIES_ASSET (object);

  stop_looking (self);
  g_clear_pointer (&self->source, dailies_source_unref);
  g_clear_error (&self->error);
  g_free (self->key);
  g_clear_pointer (&self->probe, dailies_probe_free);

  G_OBJECT_CLASS (dailies_asset_parent_class)->finalize (object);
}

static void
dailies_asset_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DailiesAsset *self = DAILIES_ASSET (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->source->name);
      break;
    case PROP_URI:
      g_value_set_string (value, self->source->uri);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_KIND:
      g_value_set_enum (value, dailies_asset_get_kind (self));
      break;
    case PROP_CONTAINER:
      g_value_set_string (value, dailies_asset_get_container (self));
      break;
    case PROP_MIME_TYPE:
      g_value_set_string (value, dailies_asset_get_mime_type (self));
      break;
    case PROP_BYTES:
      g_value_set_int64 (value, dailies_asset_get_bytes (self));
      break;
    case PROP_WIDTH:
      g_value_set_int (value, dailies_asset_get_width (self));
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, dailies_asset_get_height (self));
      break;
    case PROP_SECONDS:
      g_value_set_double (value, dailies_asset_get_seconds (self));
      break;
    case PROP_FPS:
      g_value_set_double (value, dailies_asset_get_fps (self));
      break;
    case PROP_HAS_SOUND:
      g_value_set_boolean (value, dailies_asset_has_sound (self));
      break;
    case PROP_THUMBNAIL:
      g_value_set_object (value, dailies_asset_get_thumbnail (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_asset_class_init (DailiesAssetClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = dailies_asset_finalize;
  object_class->get_property = dailies_asset_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DAILIES_TYPE_ASSET_STATE, DAILIES_ASSET_NEW, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, UNKNOWN_FRACTION, 1, UNKNOWN_FRACTION, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, DAILIES_TYPE_MEDIA_KIND, DAILIES_MEDIA_UNKNOWN, flags);
  properties[PROP_CONTAINER] = g_param_spec_string ("container", NULL, NULL, NULL, flags);
  properties[PROP_MIME_TYPE] = g_param_spec_string ("mime-type", NULL, NULL, NULL, flags);
  properties[PROP_BYTES] = g_param_spec_int64 ("bytes", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SECONDS] = g_param_spec_double ("seconds", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_FPS] = g_param_spec_double ("fps", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, flags);
  properties[PROP_THUMBNAIL] = g_param_spec_object ("thumbnail", NULL, NULL, GDK_TYPE_PIXBUF, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_asset_init (DailiesAsset *self)
{
  self->state = DAILIES_ASSET_NEW;
  self->fraction = UNKNOWN_FRACTION;
}

/* Takes @source. */
static DailiesAsset *
new_for_source (DailiesSource *source)
{
  DailiesAsset *self = g_object_new (DAILIES_TYPE_ASSET, NULL);

  self->source = source;
  if (source->remote)
    {
      self->key = g_strdup (source->uri);
      self->state = DAILIES_ASSET_READY;
    }

  return self;
}

DailiesAsset *
dailies_asset_new_for_file (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return new_for_source (dailies_source_new_for_file (file));
}

DailiesAsset *
dailies_asset_new_for_value (const char *value,
                             GError    **error)
{
  DailiesSource *source;

  g_return_val_if_fail (value != NULL, NULL);

  source = dailies_source_new_for_value (value, error);

  return source != NULL ? new_for_source (source) : NULL;
}

void
dailies_asset_load_async (DailiesAsset       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  DailiesIntake *intake;

  g_return_if_fail (DAILIES_IS_ASSET (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_asset_load_async);

  if (self->source->remote)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_set_task_data (task, GUINT_TO_POINTER (++self->serial), NULL);
  stop_looking (self);
  set_fraction (self, UNKNOWN_FRACTION);
  set_state (self, DAILIES_ASSET_LOADING);

  intake = dailies_intake_new (self->source);
  g_object_set_data (G_OBJECT (task), "intake", intake);
  dailies_pool_run_async (dailies_intake_probe,
                          intake,
                          NULL,
                          (GDestroyNotify) dailies_probe_free,
                          cancellable,
                          probed_cb,
                          g_steal_pointer (&task));
}

gboolean
dailies_asset_load_finish (DailiesAsset *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

DailiesAssetState
dailies_asset_get_state (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), DAILIES_ASSET_NEW);

  return self->state;
}

const GError *
dailies_asset_get_error (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->error;
}

const char *
dailies_asset_get_uri (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->source->uri;
}

GFile *
dailies_asset_get_file (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->source->file;
}

gboolean
dailies_asset_is_remote (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), FALSE);

  return self->source->remote;
}

const char *
dailies_asset_get_name (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->source->name;
}

const char *
dailies_asset_get_key (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->key;
}

double
dailies_asset_get_fraction (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), UNKNOWN_FRACTION);

  return self->fraction;
}

DailiesMediaKind
dailies_asset_get_kind (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), DAILIES_MEDIA_UNKNOWN);

  return self->probe != NULL ? self->probe->kind : DAILIES_MEDIA_UNKNOWN;
}

const char *
dailies_asset_get_container (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->probe != NULL ? self->probe->container->name : NULL;
}

const char *
dailies_asset_get_mime_type (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->probe != NULL ? self->probe->container->mime_type : NULL;
}

goffset
dailies_asset_get_bytes (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), -1);

  return self->probe != NULL ? self->probe->bytes : -1;
}

int
dailies_asset_get_width (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), 0);

  return self->probe != NULL ? self->probe->width : 0;
}

int
dailies_asset_get_height (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), 0);

  return self->probe != NULL ? self->probe->height : 0;
}

double
dailies_asset_get_seconds (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), 0);

  return self->probe != NULL ? self->probe->seconds : 0;
}

double
dailies_asset_get_fps (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), 0);

  return self->probe != NULL ? self->probe->fps : 0;
}

gboolean
dailies_asset_has_sound (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), FALSE);

  return self->probe != NULL && self->probe->has_sound;
}

GdkPixbuf *
dailies_asset_get_thumbnail (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  return self->probe != NULL ? self->probe->thumbnail : NULL;
}

char *
dailies_asset_dup_stem (DailiesAsset *self)
{
  g_autofree char *name = NULL;
  char *dot;

  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  name = g_strdup (self->source->name);
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

char *
dailies_asset_dup_summary (DailiesAsset *self)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  if (self->source->remote)
    {
      g_autoptr (GUri) uri = g_uri_parse (self->source->uri, G_URI_FLAGS_NONE, NULL);

      return g_strdup (uri != NULL ? g_uri_get_host (uri) : self->source->uri);
    }
  if (self->state == DAILIES_ASSET_FAILED)
    return g_strdup (self->error->message);
  if (self->probe == NULL)
    return g_strdup (self->state == DAILIES_ASSET_LOADING ? _ ("Reading…") : "");

  return dailies_probe_dup_summary (self->probe);
}

GInputStream *
dailies_asset_open (DailiesAsset *self,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_return_val_if_fail (DAILIES_IS_ASSET (self), NULL);

  /* The source never changes, so that this may run on another thread. */
  return dailies_source_open (self->source, cancellable, error);
}
