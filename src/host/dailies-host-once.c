/* dailies-host-once.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-host-once.h"

#include "dailies-asset.h"

struct _DailiesHostOnce
{
  GObject parent_instance;

  DailiesHost *host;
  gint64       fresh;  /* µs */
  GHashTable  *places; /* key of the asset → Place */
};

/* One file: on its way, or there. */
typedef struct
{
  GPtrArray    *waiting; /* (element-type GTask) */
  GCancellable *cancellable;
  char         *url; /* %NULL while on its way */
  gint64        since;
} Place;

/* Lies in the task, so that it goes when the task does. */
typedef struct
{
  char  *key;
  gulong cancelled_id;
} Wait;

static void dailies_host_once_iface_init (DailiesHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesHostOnce,
                               dailies_host_once,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DAILIES_TYPE_HOST,
                                                      dailies_host_once_iface_init))

static void
place_free (gpointer data)
{
  Place *place = data;

  g_ptr_array_unref (place->waiting);
  g_object_unref (place->cancellable);
  g_free (place->url);
  g_free (place);
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->key);
  g_free (wait);
}

/* Not g_cancellable_disconnect(): this is also called by the handler itself. */
static void
stop_listening (GTask *task)
{
  Wait         *wait = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL)
    g_clear_signal_handler (&wait->cancelled_id, cancellable);
}

/* --- callbacks -------------------------------------------------------------------------------- */

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) upload = user_data;
  DailiesHostOnce *self = g_task_get_source_object (upload);
  const char      *key = g_task_get_task_data (upload);
  Place           *place = g_hash_table_lookup (self->places, key);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = dailies_host_place_finish (DAILIES_HOST (source), result, &error);
  g_autoptr (GPtrArray) waiting = NULL;

  /* All who waited cancelled, and this is the end of what they wanted; or another began after it. */
  if (place == NULL || place->cancellable != g_task_get_cancellable (upload))
    return;

  waiting = g_steal_pointer (&place->waiting);
  place->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  place->url = g_strdup (url);
  place->since = g_get_monotonic_time ();
  if (url == NULL)
    g_hash_table_remove (self->places, key);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      stop_listening (task);
      if (url != NULL)
        g_task_return_pointer (task, g_strdup (url), g_free);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static gboolean
return_cancelled_cb (gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  DailiesHostOnce *self = g_task_get_source_object (task);
  Wait            *wait = g_task_get_task_data (task);
  Place           *place = g_hash_table_lookup (self->places, wait->key);
  g_autoptr (GTask) held = g_object_ref (task);
  g_autoptr (GSource) idle = NULL;

  stop_listening (task);
  if (place != NULL && g_ptr_array_remove (place->waiting, task) && place->waiting->len == 0)
    {
      g_autoptr (GCancellable) unwanted = g_object_ref (place->cancellable);

      g_hash_table_remove (self->places, wait->key);
      g_cancellable_cancel (unwanted);
    }

  /* Not at once: who cancels does not expect to be called back in the middle of it. */
  idle = g_idle_source_new ();
  g_task_attach_source (task, idle, return_cancelled_cb);
}

/* --- host ------------------------------------------------------------------------------------- */

static const char *
dailies_host_once_get_title (DailiesHost *host)
{
  return dailies_host_get_title (DAILIES_HOST_ONCE (host)->host);
}

static gboolean
dailies_host_once_takes (DailiesHost  *host,
                         DailiesAsset *asset,
                         GError      **error)
{
  return dailies_host_takes (DAILIES_HOST_ONCE (host)->host, asset, error);
}

static Place *
begin (DailiesHostOnce *self,
       DailiesAsset    *asset,
       const char      *key)
{
  Place *place = g_new0 (Place, 1);
  GTask *upload;

  place->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  place->cancellable = g_cancellable_new ();
  g_hash_table_replace (self->places, g_strdup (key), place);

  upload = g_task_new (self, place->cancellable, NULL, NULL);
  g_task_set_source_tag (upload, begin);
  g_task_set_task_data (upload, g_strdup (key), g_free);
  dailies_host_place_async (self->host, asset, place->cancellable, placed_cb, upload);

  return place;
}

static void
dailies_host_once_place_async (DailiesHost         *host,
                               DailiesAsset        *asset,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DailiesHostOnce *self = DAILIES_HOST_ONCE (host);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = g_strdup (dailies_asset_get_key (asset));
  Place           *place;
  Wait            *wait;

  g_task_set_source_tag (task, dailies_host_once_place_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* Nothing to tell it by yet: the host has a sentence for that. */
  if (key == NULL)
    key = g_strdup_printf ("unread %p", task);
  place = g_hash_table_lookup (self->places, key);
  if (place != NULL && place->url != NULL && g_get_monotonic_time () - place->since < self->fresh)
    {
      g_task_return_pointer (task, g_strdup (place->url), g_free);
      return;
    }

  if (place == NULL || place->url != NULL)
    place = begin (self, asset, key);
  wait = g_new0 (Wait, 1);
  wait->key = g_steal_pointer (&key);
  g_task_set_task_data (task, wait, wait_free);
  g_ptr_array_add (place->waiting, g_object_ref (task));
  if (cancellable != NULL)
    wait->cancelled_id =
      g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task);
}

static char *
dailies_host_once_place_finish (DailiesHost  *host,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dailies_host_once_iface_init (DailiesHostInterface *iface)
{
  iface->get_title = dailies_host_once_get_title;
  iface->takes = dailies_host_once_takes;
  iface->place_async = dailies_host_once_place_async;
  iface->place_finish = dailies_host_once_place_finish;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_host_once_finalize (GObject *object)
{
  DailiesHostOnce *self = DAILIES_HOST_ONCE (object);

  g_object_unref (self->host);
  g_hash_table_unref (self->places);

  G_OBJECT_CLASS (dailies_host_once_parent_class)->finalize (object);
}

static void
dailies_host_once_class_init (DailiesHostOnceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_host_once_finalize;
}

static void
dailies_host_once_init (DailiesHostOnce *self)
{
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
}

DailiesHost *
dailies_host_once_new (DailiesHost *host,
                       guint        seconds)
{
  DailiesHostOnce *self;

  g_return_val_if_fail (DAILIES_IS_HOST (host), NULL);

  self = g_object_new (DAILIES_TYPE_HOST_ONCE, NULL);
  self->host = host;
  self->fresh = seconds * G_USEC_PER_SEC;

  return DAILIES_HOST (self);
}
