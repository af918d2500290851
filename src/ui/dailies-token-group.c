/* dailies-token-group.c: the token of one service: where it comes from, what it is good for, paste, import, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-error.h"
#include "dailies-text.h"
#include "dailies-token-group.h"

struct _DailiesTokenGroup
{
  AdwPreferencesGroup parent_instance;

  GtkEditable     *entry;
  AdwActionRow    *state;
  GtkWidget       *remove;
  GtkWidget       *import;
  AdwActionRow    *balance;

  DailiesServices   *services;
  char              *service_id;
  DailiesTokenSource source;
  GCancellable      *cancellable;
};

G_DEFINE_FINAL_TYPE (DailiesTokenGroup, dailies_token_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CONNECTED,
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (DailiesTokenGroup *self,
      const char        *sentence)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, sentence);
}

static const char *
explain (DailiesTokenSource source)
{
  switch (source)
    {
    case DAILIES_TOKEN_KEYRING:
      return _("Kept in the keyring");
    case DAILIES_TOKEN_ENVIRONMENT:
      return _("From the environment of this session. A token pasted here is used instead.");
    case DAILIES_TOKEN_SESSION:
      return _("Kept until Dailies quits, because the keyring is locked or missing. Unlock it and paste the token again "
               "to keep it.");
    case DAILIES_TOKEN_NONE:
    default:
      return _("None yet. Create one on the website of the service, under its API settings.");
    }
}

static void
balance_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  double usd;

  if (dailies_service_balance_finish (DAILIES_SERVICE (source), result, &usd, &error))
    text = g_strdup_printf (_("$%.2f"), usd);
  else if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN))
    text = g_strdup (error->message);
  /* A service that does not tell, or cannot be reached now, has no row. */
  if (self->balance == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->balance), text != NULL);
  adw_action_row_set_subtitle (self->balance, text != NULL ? text : "");
}

static void
service_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (DailiesService) service = dailies_services_get_finish (DAILIES_SERVICES (source), result, NULL);

  if (service != NULL)
    dailies_service_balance_async (service, self->cancellable, balance_cb, g_object_ref (self));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  DailiesTokenSource found = dailies_services_find_token_finish (DAILIES_SERVICES (source), result, &error);

  if (self->state == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->source = found;
  adw_action_row_set_subtitle (self->state, error != NULL ? error->message : explain (found));
  gtk_widget_set_visible (self->remove, found == DAILIES_TOKEN_KEYRING || found == DAILIES_TOKEN_SESSION);
  gtk_widget_set_visible (self->import, found == DAILIES_TOKEN_NONE && g_str_equal (self->service_id, "runcomfy"));
  if (found != DAILIES_TOKEN_NONE)
    dailies_services_get_async (self->services, self->service_id, self->service_id, self->cancellable, service_cb,
                                g_object_ref (self));
  else
    gtk_widget_set_visible (GTK_WIDGET (self->balance), FALSE);
}

static void
refresh (DailiesTokenGroup *self)
{
  dailies_services_find_token_async (self->services, self->service_id, self->cancellable, found_cb,
                                     g_object_ref (self));
}

static void
tokens_changed_cb (DailiesTokenGroup *self,
                   const char        *service_id)
{
  if (g_strcmp0 (service_id, self->service_id) == 0)
    refresh (self);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  DailiesTokenSource before = self->source;
  DailiesTokenSource now = DAILIES_TOKEN_NONE;
  gboolean kept = dailies_services_set_token_finish (DAILIES_SERVICES (source), result, &now, &error);

  if (self->state == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_editable_set_editable (self->entry, TRUE);
  if (error != NULL)
    tell (self, error->message);
  if (!kept && now == DAILIES_TOKEN_NONE)
    return;
  /* Out of sight as soon as it is kept. */
  gtk_editable_set_text (self->entry, "");
  refresh (self);
  if (before == DAILIES_TOKEN_NONE && now != DAILIES_TOKEN_NONE)
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0);
}

static void
apply_cb (DailiesTokenGroup *self)
{
  g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (token[0] == '\0')
    return;
  /* It has the focus, which GTK takes from what is made insensitive with a complaint. */
  gtk_editable_set_editable (self->entry, FALSE);
  dailies_services_set_token_async (self->services, self->service_id, token, NULL, set_cb, g_object_ref (self));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  dailies_services_set_token_finish (DAILIES_SERVICES (source), result, NULL, &error);
  if (self->state == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    tell (self, error->message);
  refresh (self);
}

static void
remove_cb (DailiesTokenGroup *self)
{
  dailies_services_set_token_async (self->services, self->service_id, NULL, NULL, removed_cb, g_object_ref (self));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DailiesTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean imported = dailies_services_import_token_finish (DAILIES_SERVICES (source), result, &error);

  if (self->state == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    tell (self, error->message);
  refresh (self);
  if (imported && self->source == DAILIES_TOKEN_NONE)
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0);
}

static void
import_cb (DailiesTokenGroup *self)
{
  dailies_services_import_token_async (self->services, self->cancellable, imported_cb, g_object_ref (self));
}

static void
dailies_token_group_dispose (GObject *object)
{
  DailiesTokenGroup *self = DAILIES_TOKEN_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (dailies_token_group_parent_class)->dispose (object);
}

static void
dailies_token_group_finalize (GObject *object)
{
  DailiesTokenGroup *self = DAILIES_TOKEN_GROUP (object);

  g_clear_object (&self->cancellable);
  g_free (self->service_id);

  G_OBJECT_CLASS (dailies_token_group_parent_class)->finalize (object);
}

static void
dailies_token_group_class_init (DailiesTokenGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_token_group_dispose;
  object_class->finalize = dailies_token_group_finalize;

  signals[SIGNAL_CONNECTED] = g_signal_new ("connected", DAILIES_TYPE_TOKEN_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOLD] = g_signal_new ("told", DAILIES_TYPE_TOKEN_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-token-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesTokenGroup, entry);
  gtk_widget_class_bind_template_child (widget_class, DailiesTokenGroup, state);
  gtk_widget_class_bind_template_child (widget_class, DailiesTokenGroup, remove);
  gtk_widget_class_bind_template_child (widget_class, DailiesTokenGroup, import);
  gtk_widget_class_bind_template_child (widget_class, DailiesTokenGroup, balance);
}

static void
dailies_token_group_init (DailiesTokenGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "clicked", G_CALLBACK (import_cb), self, G_CONNECT_SWAPPED);
}

void
dailies_token_group_set_service (DailiesTokenGroup *self,
                                 DailiesServices   *services,
                                 const char        *service_id)
{
  g_autofree char *name = NULL;

  g_return_if_fail (DAILIES_IS_TOKEN_GROUP (self));
  g_return_if_fail (self->services == NULL);

  self->services = g_object_ref (services);
  self->service_id = g_strdup (service_id);
  /* Translators: for a screen reader; the name of a service */
  name = g_strdup_printf (_("Token of %s"), dailies_text_service (service_id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (services, "tokens-changed", G_CALLBACK (tokens_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

const char *
dailies_token_group_get_service (DailiesTokenGroup *self)
{
  g_return_val_if_fail (DAILIES_IS_TOKEN_GROUP (self), NULL);

  return self->service_id;
}
