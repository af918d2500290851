/* dailies-services.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-services.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"
#include "dailies-host-inline.h"
#include "dailies-host-once.h"
#include "dailies-host-upload.h"
#include "dailies-json.h"
#include "dailies-practice-launcher.h"
#include "dailies-runcomfy.h"
#include "dailies-tokens.h"
#include "dailies-transport.h"
#include "dailies-unifically.h"

struct _DailiesServices
{
  GObject                  parent_instance;

  DailiesTransport        *transport;
  DailiesPracticeLauncher *launcher;
  DailiesTokens           *tokens;
};

G_DEFINE_FINAL_TYPE (DailiesServices, dailies_services, G_TYPE_OBJECT)

enum
{
  TOKENS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *id;
  char *protocol;
} Wanted;

static void
wanted_free (Wanted *self)
{
  g_free (self->id);
  g_free (self->protocol);
  g_free (self);
}

static const char *
get_setting (const char *variable,
             const char *published)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : published;
}

static DailiesAccess *
new_access (const char *id,
            const char *token,
            GError    **error)
{
  gboolean runcomfy = strcmp (id, "runcomfy") == 0;
  const char *variable = runcomfy ? "DAILIES_RUNCOMFY_URL" : "DAILIES_UNIFICALLY_URL";
  DailiesAccess *access;

  access = dailies_access_new (get_setting (variable, runcomfy ? DAILIES_RUNCOMFY_URL : DAILIES_UNIFICALLY_URL),
                               token, error);
  if (access == NULL)
    g_prefix_error (error, "%s: ", variable);
  else
    dailies_access_set_title (access, runcomfy ? "RunComfy" : "Unifically");
  return access;
}

/* A stand-in for the service on this machine has its storage there too: a token must never go from a test to the world. */
static char *
dup_upload_url (DailiesAccess *access)
{
  const char *url = get_setting ("DAILIES_UNIFICALLY_UPLOAD_URL", NULL);

  if (url != NULL && dailies_url_check (url, NULL))
    return g_strdup (url);
  if (dailies_access_is_loopback (access))
    return g_strconcat (dailies_access_get_base_url (access), "/upload", NULL);
  return g_strdup (DAILIES_UNIFICALLY_UPLOAD_URL);
}

static DailiesService *
new_service (DailiesServices *self,
             const char      *id,
             const char      *protocol,
             DailiesAccess   *access)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean practice = strcmp (id, "practice") == 0;
  gboolean runcomfy = strcmp (protocol, "runcomfy") == 0;

  if (runcomfy)
    g_ptr_array_add (hosts, dailies_host_inline_new (DAILIES_HOST_INLINE_MAX_IMAGE, DAILIES_HOST_INLINE_MAX_MEDIA));
  if (practice)
    {
      g_autofree char *url = g_strconcat (dailies_access_get_base_url (access), "/upload", NULL);

      g_ptr_array_add (hosts, dailies_host_upload_new (self->transport, access, url, _("the practice service")));
    }
  else if (!runcomfy)
    {
      g_autofree char *url = dup_upload_url (access);
      DailiesHost *storage = dailies_host_upload_new (self->transport, access, url, NULL);

      g_ptr_array_add (hosts, dailies_host_once_new (storage, DAILIES_HOST_ONCE_SECONDS));
    }
  return runcomfy ? dailies_runcomfy_new (self->transport, access, hosts, practice)
                  : dailies_unifically_new (self->transport, access, hosts, practice);
}

static gboolean
check_wanted (const char *id,
              const char *protocol,
              GError    **error)
{
  gboolean known = g_strcmp0 (protocol, "runcomfy") == 0 || g_strcmp0 (protocol, "unifically") == 0;

  if (known && (strcmp (id, "practice") == 0 || strcmp (id, protocol) == 0))
    return TRUE;
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
               _("The service “%s” does not have this model. Choose another service or another model."), id);
  return FALSE;
}

static void
practice_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DailiesAccess) access = NULL;
  Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;

  access = dailies_practice_launcher_run_finish (DAILIES_PRACTICE_LAUNCHER (source), result, &error);
  if (access == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, new_service (g_task_get_source_object (task), wanted->id, wanted->protocol, access),
                           g_object_unref);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DailiesAccess) access = NULL;
  g_autofree char *token = NULL;
  Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;

  token = dailies_tokens_find_finish (DAILIES_TOKENS (source), result, NULL, &error);
  if (error == NULL && token == NULL && dailies_tokens_check_environment (wanted->id, &error))
    g_set_error (&error, DAILIES_ERROR, DAILIES_ERROR_TOKEN,
                 _("%s needs a token. Paste one in the preferences, or set %s."),
                 dailies_tokens_get_title (wanted->id), dailies_tokens_get_variable (wanted->id));
  if (error == NULL)
    access = new_access (wanted->id, token, &error);
  if (access == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, new_service (g_task_get_source_object (task), wanted->id, wanted->protocol, access),
                           g_object_unref);
}

static void
tokens_changed_cb (DailiesTokens   *tokens,
                   const char      *id,
                   DailiesServices *self)
{
  g_signal_emit (self, signals[TOKENS_CHANGED], 0, id);
}

static void
dailies_services_dispose (GObject *object)
{
  DailiesServices *self = DAILIES_SERVICES (object);

  g_clear_object (&self->tokens);
  g_clear_object (&self->launcher);
  g_clear_object (&self->transport);

  G_OBJECT_CLASS (dailies_services_parent_class)->dispose (object);
}

static void
dailies_services_class_init (DailiesServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_services_dispose;

  /**
   * DailiesServices::tokens-changed:
   * @id: of the service whose token came, changed or went
   */
  signals[TOKENS_CHANGED] = g_signal_new ("tokens-changed", DAILIES_TYPE_SERVICES, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dailies_services_init (DailiesServices *self)
{
  self->tokens = dailies_tokens_new ();
  g_signal_connect_object (self->tokens, "changed", G_CALLBACK (tokens_changed_cb), self, 0);
}

DailiesServices *
dailies_services_new (DailiesTransport *transport,
                      GFile            *practice_state)
{
  DailiesServices *self;

  g_return_val_if_fail (DAILIES_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (practice_state == NULL || G_IS_FILE (practice_state), NULL);

  self = g_object_new (DAILIES_TYPE_SERVICES, NULL);
  self->transport = g_object_ref (transport);
  self->launcher = dailies_practice_launcher_new (transport, practice_state);
  return self;
}

void
dailies_services_get_async (DailiesServices     *self,
                            const char          *id,
                            const char          *protocol,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Wanted *wanted;

  g_return_if_fail (DAILIES_IS_SERVICES (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (protocol != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_services_get_async);
  wanted = g_new0 (Wanted, 1);
  wanted->id = g_strdup (id);
  wanted->protocol = g_strdup (protocol);
  g_task_set_task_data (task, wanted, (GDestroyNotify) wanted_free);
  if (!check_wanted (id, protocol, &error))
    g_task_return_error (task, error);
  else if (strcmp (id, "practice") == 0)
    dailies_practice_launcher_run_async (self->launcher, cancellable, practice_cb, g_steal_pointer (&task));
  else
    dailies_tokens_find_async (self->tokens, id, cancellable, token_cb, g_steal_pointer (&task));
}

DailiesService *
dailies_services_get_finish (DailiesServices *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

DailiesService *
dailies_services_peek (DailiesServices *self,
                       const char      *id,
                       const char      *protocol)
{
  g_autoptr (DailiesAccess) access = NULL;
  gboolean practice;

  g_return_val_if_fail (DAILIES_IS_SERVICES (self), NULL);
  g_return_val_if_fail (id != NULL && protocol != NULL, NULL);

  practice = strcmp (id, "practice") == 0;
  if (!practice)
    access = new_access (protocol, NULL, NULL);
  /* The practice service has no address before it runs, and a wrong one in the environment is told by get_async(). */
  if (access == NULL)
    access = dailies_access_new ("http://127.0.0.1:9", NULL, NULL);
  dailies_access_set_title (access, dailies_tokens_get_title (practice ? id : protocol));
  return new_service (self, id, protocol, access);
}

/* --- tokens ----------------------------------------------------------------------------------- */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *token = NULL;
  DailiesTokenSource from;
  GError *error = NULL;

  token = dailies_tokens_find_finish (DAILIES_TOKENS (source), result, &from, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, from);
}

void
dailies_services_find_token_async (DailiesServices     *self,
                                   const char          *id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_SERVICES (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_services_find_token_async);
  dailies_tokens_find_async (self->tokens, id, cancellable, found_cb, task);
}

DailiesTokenSource
dailies_services_find_token_finish (DailiesServices *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  gssize from;

  g_return_val_if_fail (g_task_is_valid (result, self), DAILIES_TOKEN_NONE);

  from = g_task_propagate_int (G_TASK (result), error);
  return from >= 0 ? (DailiesTokenSource) from : DAILIES_TOKEN_NONE;
}

/* Where the token is now is told even when there is an error to tell beside it, so it lies with the task. */
static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesTokenSource from = DAILIES_TOKEN_NONE;
  GError *error = NULL;

  dailies_tokens_set_finish (DAILIES_TOKENS (source), result, &from, &error);
  g_task_set_task_data (task, GINT_TO_POINTER (from), NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
dailies_services_set_token_async (DailiesServices     *self,
                                  const char          *id,
                                  const char          *token,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_SERVICES (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_services_set_token_async);
  dailies_tokens_set_async (self->tokens, id, token, cancellable, set_cb, task);
}

gboolean
dailies_services_set_token_finish (DailiesServices    *self,
                                   GAsyncResult       *result,
                                   DailiesTokenSource *source,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (source != NULL)
    *source = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* {"access_token": …}, as the RunComfy command line keeps it. */
static char *
read_cli_token (const char *text,
                gsize       length)
{
  g_autoptr (JsonNode) node = dailies_json_parse (text, length, NULL);
  const char *token = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    token = dailies_json_get_string (json_node_get_object (node), "access_token");
  return token != NULL ? dailies_token_clean (token, NULL) : NULL;
}

static void
cli_file_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (G_FILE (source));
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  DailiesServices *self = g_task_get_source_object (task);
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND,
                                 _("The RunComfy command line has left no token at “%s”. Sign in there first, or paste the "
                                   "token here."), path);
      return;
    }
  token = read_cli_token (text, length);
  if (token == NULL)
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_TOKEN,
                             _("There is no token in “%s”. Sign in with the RunComfy command line again, or paste the token "
                               "here."), path);
  else
    dailies_tokens_set_async (self->tokens, "runcomfy", token, g_task_get_cancellable (task), set_cb,
                              g_object_ref (task));
}

void
dailies_services_import_token_async (DailiesServices     *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GFile) file = NULL;
  GTask *task;

  g_return_if_fail (DAILIES_IS_SERVICES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_services_import_token_async);
  file = g_file_new_build_filename (g_get_user_config_dir (), "runcomfy", "token.json", NULL);
  g_file_load_contents_async (file, cancellable, cli_file_cb, task);
}

gboolean
dailies_services_import_token_finish (DailiesServices *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
