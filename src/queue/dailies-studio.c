/* dailies-studio.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-studio.h"

#include "dailies-catalogue.h"
#include "dailies-library.h"
#include "dailies-queue.h"
#include "dailies-services.h"
#include "dailies-store.h"
#include "dailies-transport.h"

struct _DailiesStudio
{
  GObject           parent_instance;

  DailiesTransport *transport;
  DailiesCatalogue *catalogue;
  DailiesServices  *services;
  DailiesStore     *store;
  DailiesLibrary   *library;
  DailiesQueue     *queue;
  guint             n_loading;
  GError           *error;
};

G_DEFINE_FINAL_TYPE (DailiesStudio, dailies_studio, G_TYPE_OBJECT)

static void
dailies_studio_finalize (GObject *object)
{
  DailiesStudio *self = DAILIES_STUDIO (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->store);
  g_clear_object (&self->services);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->transport);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (dailies_studio_parent_class)->finalize (object);
}

static void
dailies_studio_class_init (DailiesStudioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_studio_finalize;
}

static void
dailies_studio_init (DailiesStudio *self)
{
  self->transport = dailies_transport_new ();
}

/* --- opening --- */

static void
loaded (GTask  *task,
        GError *error)
{
  DailiesStudio *self = g_task_get_task_data (task);

  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  if (--self->n_loading > 0)
    return;

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  g_object_unref (task);
}

static void
library_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GError *error = NULL;

  if (dailies_library_load_finish (DAILIES_LIBRARY (object), result, &error))
    dailies_library_take_up_removals (DAILIES_LIBRARY (object));
  loaded (user_data, error);
}

static void
catalogue_loaded_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GError *error = NULL;

  dailies_catalogue_load_finish (DAILIES_CATALOGUE (object), result, &error);
  /* A folder of definitions that cannot be read leaves the bundled ones; what is left out is in the complaints. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_warning ("The user's model definitions cannot be read: %s", error->message);
      g_clear_error (&error);
    }
  loaded (user_data, error);
}

static void
store_opened_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask         *task = user_data;
  DailiesStudio *self = g_task_get_task_data (task);
  GError        *error = NULL;

  self->store = dailies_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  self->library = dailies_library_new (self->store);
  self->queue = dailies_queue_new (self->library, self->catalogue, self->services, self->transport);
  self->n_loading = 2;
  dailies_library_load_async (self->library, g_task_get_cancellable (task), library_loaded_cb, task);
  dailies_catalogue_load_async (self->catalogue, g_task_get_cancellable (task), catalogue_loaded_cb, task);
}

void
dailies_studio_open_async (GFile               *directory,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(DailiesStudio) self = g_object_new (DAILIES_TYPE_STUDIO, NULL);
  g_autofree char         *home = g_build_filename (g_get_user_data_dir (), "dailies", NULL);
  g_autofree char         *models_path = g_build_filename (home, "models", NULL);
  g_autoptr(GFile)         models = g_file_new_for_path (models_path);
  g_autoptr(GFile)         folder = directory != NULL ? g_object_ref (directory) : g_file_new_for_path (home);
  g_autoptr(GFile)         practice = g_file_get_child (folder, "practice");
  GTask                   *task;

  g_return_if_fail (directory == NULL || G_IS_FILE (directory));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_studio_open_async);
  self->catalogue = dailies_catalogue_new (models);
  self->services = dailies_services_new (self->transport, practice);
  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  dailies_store_open_async (folder, cancellable, store_opened_cb, task);
}

DailiesStudio *
dailies_studio_open_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- closing --- */

static void
store_closed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError          *error = NULL;

  if (dailies_store_close_finish (DAILIES_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
library_settled_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask         *task = user_data;
  DailiesStudio *self = g_task_get_source_object (task);

  dailies_library_settle_finish (DAILIES_LIBRARY (object), result, NULL);
  dailies_store_close_async (self->store, store_closed_cb, task);
}

static void
queue_stopped_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask         *task = user_data;
  DailiesStudio *self = g_task_get_source_object (task);

  dailies_queue_stop_finish (DAILIES_QUEUE (object), result, NULL);
  dailies_library_settle_async (self->library, NULL, library_settled_cb, task);
}

void
dailies_studio_close_async (DailiesStudio       *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_STUDIO (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dailies_studio_close_async);
  dailies_queue_stop_async (self->queue, queue_stopped_cb, task);
}

gboolean
dailies_studio_close_finish (DailiesStudio  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what it is made of --- */

DailiesCatalogue *
dailies_studio_get_catalogue (DailiesStudio *self)
{
  g_return_val_if_fail (DAILIES_IS_STUDIO (self), NULL);

  return self->catalogue;
}

DailiesServices *
dailies_studio_get_services (DailiesStudio *self)
{
  g_return_val_if_fail (DAILIES_IS_STUDIO (self), NULL);

  return self->services;
}

DailiesLibrary *
dailies_studio_get_library (DailiesStudio *self)
{
  g_return_val_if_fail (DAILIES_IS_STUDIO (self), NULL);

  return self->library;
}

DailiesQueue *
dailies_studio_get_queue (DailiesStudio *self)
{
  g_return_val_if_fail (DAILIES_IS_STUDIO (self), NULL);

  return self->queue;
}
