/* dailies-tokens.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-tokens.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"
#include "dailies-keyring.h"

static const struct
{
  const char *id;
  const char *title;
  const char *variables[4];
} known[] = {
  { "runcomfy", "RunComfy", { "RUNCOMFY_API_TOKEN", "RUNCOMFY_TOKEN", "YOUR_API_TOKEN", NULL } },
  { "unifically", "Unifically", { "UNIFICALLY_API_KEY", NULL } },
};

typedef struct
{
  char              *token;
  DailiesTokenSource source;
} Held;

struct _DailiesTokens
{
  GObject     parent_instance;

  GHashTable *held; /* service id to Held: the keyring is asked once a session */
};

G_DEFINE_FINAL_TYPE (DailiesTokens, dailies_tokens, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char              *id;
  char              *token;
  DailiesTokenSource source;
} Change;

static void
held_free (gpointer data)
{
  Held *self = data;

  g_free (self->token);
  g_free (self);
}

static void
change_free (Change *self)
{
  g_free (self->id);
  g_free (self->token);
  g_free (self);
}

static void
hold (DailiesTokens      *self,
      const char         *id,
      const char         *token,
      DailiesTokenSource  source)
{
  Held *held = g_new0 (Held, 1);

  held->token = g_strdup (token);
  held->source = source;
  g_hash_table_replace (self->held, g_strdup (id), held);
}

/* (transfer full) (nullable): a value that cannot be a token is as good as none */
static char *
dup_from_environment (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    for (guint k = 0; strcmp (known[i].id, id) == 0 && known[i].variables[k] != NULL; k++)
      {
        const char *value = g_getenv (known[i].variables[k]);
        char *token = value != NULL ? dailies_token_clean (value, NULL) : NULL;

        if (token != NULL)
          return token;
      }
  return NULL;
}

static void
return_found (GTask              *task,
              char               *token,
              DailiesTokenSource  source)
{
  Change *found = g_task_get_task_data (task);

  found->source = token != NULL ? source : DAILIES_TOKEN_NONE;
  g_task_return_pointer (task, token, g_free);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  DailiesTokens *self = g_task_get_source_object (task);
  Change *found = g_task_get_task_data (task);
  char *token;

  kept = dailies_keyring_lookup_finish (result, &error);
  token = kept != NULL ? dailies_token_clean (kept, NULL) : NULL;
  if (token != NULL)
    {
      /* One that was pasted while the keyring was being asked is newer. */
      if (!g_hash_table_contains (self->held, found->id))
        hold (self, found->id, token, DAILIES_TOKEN_KEYRING);
      return_found (task, token, DAILIES_TOKEN_KEYRING);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* No keyring is nothing unusual on a machine without a desktop: what is missing is the token, and that is told. */
  return_found (task, dup_from_environment (found->id), DAILIES_TOKEN_ENVIRONMENT);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  DailiesTokens *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  const char *title = dailies_tokens_get_title (change->id);

  dailies_keyring_store_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  change->source = error == NULL ? DAILIES_TOKEN_KEYRING : DAILIES_TOKEN_SESSION;
  hold (self, change->id, change->token, change->source);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, dailies_error_new_with_words (DAILIES_ERROR_KEYRING, dailies_error_get_words (error), 0,
                                                             _("The keyring is locked or missing, so the token for %s is kept "
                                                               "only until Dailies is closed. Unlock the keyring and paste "
                                                               "the token again to keep it."), title));
  g_signal_emit (self, signals[CHANGED], 0, change->id);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  DailiesTokens *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  Held *held = g_hash_table_lookup (self->held, change->id);
  gboolean was_kept = held != NULL && held->source == DAILIES_TOKEN_KEYRING;

  dailies_keyring_store_finish (result, &error);
  if (error != NULL && was_kept)
    {
      change->source = DAILIES_TOKEN_KEYRING;
      g_task_return_error (task, dailies_error_new_with_words (DAILIES_ERROR_KEYRING, dailies_error_get_words (error), 0,
                                                               _("The keyring is locked, so the token for %s is still in it. "
                                                                 "Unlock the keyring and remove the token again."),
                                                               dailies_tokens_get_title (change->id)));
      return;
    }
  g_hash_table_remove (self->held, change->id);
  token = dup_from_environment (change->id);
  change->source = token != NULL ? DAILIES_TOKEN_ENVIRONMENT : DAILIES_TOKEN_NONE;
  g_task_return_boolean (task, TRUE);
  g_signal_emit (self, signals[CHANGED], 0, change->id);
}

static void
dailies_tokens_finalize (GObject *object)
{
  g_hash_table_unref (DAILIES_TOKENS (object)->held);
  G_OBJECT_CLASS (dailies_tokens_parent_class)->finalize (object);
}

static void
dailies_tokens_class_init (DailiesTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_tokens_finalize;

  signals[CHANGED] = g_signal_new ("changed", DAILIES_TYPE_TOKENS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dailies_tokens_init (DailiesTokens *self)
{
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, held_free);
}

DailiesTokens *
dailies_tokens_new (void)
{
  return g_object_new (DAILIES_TYPE_TOKENS, NULL);
}

const char *
dailies_tokens_get_title (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].id, id) == 0)
      return known[i].title;
  /* Translators: the name of the bundled service. It stands in sentences beside "RunComfy": "%s took the job". */
  return _("Practice");
}

const char *
dailies_tokens_get_variable (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].id, id) == 0)
      return known[i].variables[0];
  return "";
}

gboolean
dailies_tokens_check_environment (const char *id,
                                  GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    for (guint k = 0; strcmp (known[i].id, id) == 0 && known[i].variables[k] != NULL; k++)
      {
        const char *value = g_getenv (known[i].variables[k]);
        g_autofree char *token = value != NULL && *value != '\0' ? dailies_token_clean (value, NULL) : NULL;

        if (value == NULL || *value == '\0' || token != NULL)
          continue;
        g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN,
                     _("The variable %s is set, but what it holds is no token for %s: it is empty or has spaces, line breaks "
                       "or letters that no token has. Set it again, to the token alone."),
                     known[i].variables[k], known[i].title);
        return FALSE;
      }
  return TRUE;
}

static GTask *
new_task (DailiesTokens       *self,
          const char          *id,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->id = g_strdup (id);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  return task;
}

void
dailies_tokens_find_async (DailiesTokens       *self,
                           const char          *id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Held *held;

  g_return_if_fail (DAILIES_IS_TOKENS (self));
  g_return_if_fail (id != NULL);

  task = new_task (self, id, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_tokens_find_async);
  held = g_hash_table_lookup (self->held, id);
  if (held != NULL)
    return_found (task, g_strdup (held->token), held->source);
  else if (*dailies_tokens_get_variable (id) == '\0')
    return_found (task, NULL, DAILIES_TOKEN_NONE);
  else
    dailies_keyring_lookup_async (id, cancellable, looked_up_cb, g_steal_pointer (&task));
}

char *
dailies_tokens_find_finish (DailiesTokens       *self,
                            GAsyncResult        *result,
                            DailiesTokenSource  *source,
                            GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (source != NULL)
    *source = ((Change *) g_task_get_task_data (G_TASK (result)))->source;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_tokens_set_async (DailiesTokens       *self,
                          const char          *id,
                          const char          *token,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Change *change;

  g_return_if_fail (DAILIES_IS_TOKENS (self));
  g_return_if_fail (id != NULL);

  task = new_task (self, id, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_tokens_set_async);
  change = g_task_get_task_data (task);
  if (token == NULL)
    {
      dailies_keyring_store_async (id, dailies_tokens_get_title (id), NULL, cancellable, cleared_cb,
                                   g_steal_pointer (&task));
      return;
    }
  change->token = dailies_token_clean (token, &error);
  if (change->token == NULL)
    g_task_return_error (task, error);
  else
    dailies_keyring_store_async (id, dailies_tokens_get_title (id), change->token, cancellable, stored_cb,
                                 g_steal_pointer (&task));
}

gboolean
dailies_tokens_set_finish (DailiesTokens       *self,
                           GAsyncResult        *result,
                           DailiesTokenSource  *source,
                           GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (source != NULL)
    *source = ((Change *) g_task_get_task_data (G_TASK (result)))->source;
  return g_task_propagate_boolean (G_TASK (result), error);
}
