/* dailies-keyring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "dailies-error.h"

static const SecretSchema schema = {
  "io.github.dailies.Dailies.Token",
  SECRET_SCHEMA_NONE,
  { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* Our task ends at the latest when the time is over, whether or not libsecret notices that it was cancelled: a daemon
 * that hangs, or a prompt that nobody sees, must not hold up the program. */
typedef struct
{
  GCancellable *inner;
  gulong        outer_id;
  guint         timeout_id;
  gboolean      returned;
} Asking;

static void
asking_free (Asking *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->inner);
  g_free (self);
}

/* The first to come back may answer. */
static gboolean
claim (GTask *task)
{
  Asking *self = g_task_get_task_data (task);

  if (self->returned)
    return FALSE;
  self->returned = TRUE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->outer_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->outer_id);
  self->outer_id = 0;
  return TRUE;
}

static gboolean
time_over_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Asking *self = g_task_get_task_data (task);

  self->timeout_id = 0;
  if (claim (task))
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_KEYRING,
                               _("The keyring does not answer. Unlock it in your desktop’s settings, then try again."));
      g_cancellable_cancel (self->inner);
    }
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static GTask *
begin (GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Asking *self = g_new0 (Asking, 1);
  const char *limit = g_getenv ("DAILIES_KEYRING_TIMEOUT");
  guint milliseconds = limit != NULL ? g_ascii_strtoull (limit, NULL, 10) : DAILIES_KEYRING_TIMEOUT * 1000;

  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, self, (GDestroyNotify) asking_free);
  self->inner = g_cancellable_new ();
  if (cancellable != NULL)
    self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                            g_object_ref (self->inner), g_object_unref);
  /* Without a reference: the asking itself holds the task, and its end removes the source. */
  self->timeout_id = g_timeout_add (milliseconds, time_over_cb, task);
  return task;
}

static GError *
new_error (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  return dailies_error_new_with_words (DAILIES_ERROR_KEYRING, cause->message, 0,
                                       _("The keyring is locked or missing. Unlock it in your desktop’s settings, then try "
                                         "again."));
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (claim (task))
    {
      if (error != NULL)
        g_task_return_error (task, new_error (error));
      else
        g_task_return_pointer (task, g_strdup (secret), g_free);
    }
  secret_password_free (secret);
}

void
dailies_keyring_lookup_async (const char          *service,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  Asking *asking;

  g_return_if_fail (service != NULL);

  task = begin (cancellable, callback, user_data);
  asking = g_task_get_task_data (task);
  secret_password_lookup (&schema, asking->inner, lookup_cb, task, "service", service, NULL);
}

char *
dailies_keyring_lookup_finish (GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  if (!claim (task))
    return;
  if (error != NULL)
    g_task_return_error (task, new_error (error));
  else
    g_task_return_boolean (task, stored);
}

static void
clear_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was nothing to take out. */
  secret_password_clear_finish (result, &error);
  if (!claim (task))
    return;
  if (error != NULL)
    g_task_return_error (task, new_error (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
dailies_keyring_store_async (const char          *service,
                             const char          *title,
                             const char          *token,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autofree char *label = NULL;
  GTask *task;
  Asking *asking;

  g_return_if_fail (service != NULL);
  g_return_if_fail (title != NULL);

  task = begin (cancellable, callback, user_data);
  asking = g_task_get_task_data (task);
  if (token == NULL)
    {
      secret_password_clear (&schema, asking->inner, clear_cb, task, "service", service, NULL);
      return;
    }
  /* Translators: the name under which the keyring's own program lists it; %s is a service */
  label = g_strdup_printf (_("Dailies: token for %s"), title);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, asking->inner, store_cb, task,
                         "service", service, NULL);
}

gboolean
dailies_keyring_store_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
