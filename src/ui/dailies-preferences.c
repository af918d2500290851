/* dailies-preferences.c: services and their tokens, colours, where things are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-clicks.h"
#include "dailies-compat.h"
#include "dailies-library.h"
#include "dailies-preferences.h"
#include "dailies-store.h"
#include "dailies-studio.h"
#include "dailies-text.h"
#include "dailies-toast.h"
#include "dailies-token-group.h"

/* Time for two lines. */
#define TOAST_SECONDS 10

struct _DailiesPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow       *service;
  DailiesTokenGroup *runcomfy;
  DailiesTokenGroup *unifically;
  AdwComboRow       *colors;
  AdwActionRow      *folder;
  GtkWidget         *show_folder;

  DailiesSettings   *settings;
  DailiesStudio     *studio;
  gboolean           held; /* this run is, to the practice service */
};

G_DEFINE_FINAL_TYPE (DailiesPreferences, dailies_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const char *service_ids[] = { "practice", "runcomfy", "unifically" };

static gboolean
service_to_index (GBinding     *binding,
                  const GValue *from,
                  GValue       *to,
                  gpointer      user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (service_ids); i++)
    if (g_strcmp0 (g_value_get_string (from), service_ids[i]) == 0)
      {
        g_value_set_uint (to, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
index_to_service (GBinding     *binding,
                  const GValue *from,
                  GValue       *to,
                  gpointer      user_data)
{
  guint index = g_value_get_uint (from);

  if (index >= G_N_ELEMENTS (service_ids))
    return FALSE;
  g_value_set_string (to, service_ids[index]);
  return TRUE;
}

static gboolean
colors_to_index (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      user_data)
{
  g_value_set_uint (to, g_value_get_enum (from));
  return TRUE;
}

static gboolean
index_to_colors (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      user_data)
{
  guint index = g_value_get_uint (from);

  if (index > DAILIES_COLORS_SYSTEM)
    return FALSE;
  g_value_set_enum (to, index);
  return TRUE;
}

static void
told_cb (DailiesPreferences *self,
         const char         *sentence)
{
  AdwToast *toast = dailies_toast_new (sentence);

  adw_toast_set_timeout (toast, MAX (adw_toast_get_timeout (toast), TOAST_SECONDS));
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), toast);
}

/* Somebody who has just pasted a token wants to use it. */
static void
connected_cb (DailiesPreferences *self,
              DailiesTokenGroup  *group)
{
  const char *service = dailies_token_group_get_service (group);
  g_autofree char *sentence = NULL;

  dailies_settings_set_service (self->settings, service);
  sentence = g_strdup_printf (self->held ? _("From the next start on Generate uses %s") : _("Generate now uses %s"),
                              dailies_text_service (service));
  told_cb (self, sentence);
}

static void
update_held (DailiesPreferences *self)
{
  gboolean differs = self->held && !g_str_equal (dailies_settings_get_service (self->settings), "practice");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->service),
                               differs ? _("From the next start on. This run was started with --practice and stays on "
                                           "the practice service.")
                                       : "");
}

static GFile *
get_directory (DailiesPreferences *self)
{
  return dailies_store_get_directory (dailies_library_get_store (dailies_studio_get_library (self->studio)));
}

static void
show_folder_cb (DailiesPreferences *self)
{
  dailies_compat_show_in_folder (GTK_WINDOW (self), get_directory (self));
}

static void
dailies_preferences_dispose (GObject *object)
{
  DailiesPreferences *self = DAILIES_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dailies_preferences_parent_class)->dispose (object);
}

static void
dailies_preferences_class_init (DailiesPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_preferences_dispose;

  g_type_ensure (DAILIES_TYPE_TOKEN_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, service);
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, runcomfy);
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, unifically);
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, colors);
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, folder);
  gtk_widget_class_bind_template_child (widget_class, DailiesPreferences, show_folder);
}

static void
dailies_preferences_init (DailiesPreferences *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  dailies_clicks_keep (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (service_ids); i++)
    gtk_string_list_append (names, dailies_text_service (service_ids[i]));
  adw_combo_row_set_model (self->service, G_LIST_MODEL (names));
  g_object_unref (names);

  g_signal_connect_object (self->runcomfy, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unifically, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runcomfy, "connected", G_CALLBACK (connected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unifically, "connected", G_CALLBACK (connected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->show_folder, "clicked", G_CALLBACK (show_folder_cb), self, G_CONNECT_SWAPPED);
}

GtkWindow *
dailies_preferences_new (DailiesSettings *settings,
                         DailiesStudio   *studio)
{
  DailiesPreferences *self;
  DailiesServices *services;
  g_autofree char *path = NULL;

  g_return_val_if_fail (DAILIES_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (DAILIES_IS_STUDIO (studio), NULL);

  self = g_object_new (DAILIES_TYPE_PREFERENCES, NULL);
  self->settings = g_object_ref (settings);
  self->studio = g_object_ref (studio);
  services = dailies_studio_get_services (studio);
  path = g_file_get_parse_name (get_directory (self));

  g_object_bind_property_full (settings, "service", self->service, "selected",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, service_to_index, index_to_service,
                               NULL, NULL);
  g_object_bind_property_full (settings, "color-scheme", self->colors, "selected",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, colors_to_index, index_to_colors,
                               NULL, NULL);
  g_signal_connect_object (settings, "notify::service", G_CALLBACK (update_held), self, G_CONNECT_SWAPPED);
  adw_action_row_set_subtitle (self->folder, path);
  dailies_token_group_set_service (self->runcomfy, services, "runcomfy");
  dailies_token_group_set_service (self->unifically, services, "unifically");
  return GTK_WINDOW (self);
}

void
dailies_preferences_set_held (DailiesPreferences *self,
                              gboolean            held)
{
  g_return_if_fail (DAILIES_IS_PREFERENCES (self));

  self->held = held;
  update_held (self);
}
