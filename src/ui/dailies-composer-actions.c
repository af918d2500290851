/* dailies-composer-actions.c: what the composer does when asked to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

#include "dailies-field-section.h"

static void
generate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  dailies_composer_settle (DAILIES_COMPOSER (widget));
  if (dailies_composer_is_ready (DAILIES_COMPOSER (widget)))
    g_signal_emit_by_name (widget, "generate");
}

static void
choose_file_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  DailiesDefinition *definition = dailies_composer_get_definition (self);
  DailiesField *field = NULL;
  GtkWidget *section;

  if (definition != NULL)
    field = dailies_definition_get_field (definition, g_variant_get_string (parameter, NULL));
  section = field != NULL ? dailies_composer_find_section (self, field) : NULL;
  if (section != NULL)
    dailies_field_section_choose (DAILIES_FIELD_SECTION (section));
}

static void
complain_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  dailies_generate_bar_complain (DAILIES_COMPOSER (widget)->bar,
                                 g_variant_get_string (parameter, NULL));
}

static void
forgive_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  dailies_generate_bar_forgive (DAILIES_COMPOSER (widget)->bar);
}

static void
mention_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);

  dailies_prompt_view_insert_mention (self->prompt, g_variant_get_string (parameter, NULL));
  dailies_composer_focus_prompt (self);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesComposer) self = user_data;
  g_autoptr (DailiesDrop) drop = dailies_drop_read_finish (result, NULL);

  if (drop != NULL)
    dailies_composer_take_drop (self, drop);
}

/* Ctrl+V beside the wells and the prompt: to the best empty field, like a drop there. */
static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  dailies_drop_paste_async (widget, gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                            g_object_ref (widget));
}

static void
trim_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dailies_composer_trim (DAILIES_COMPOSER (widget), g_variant_get_string (parameter, NULL));
}

void
dailies_composer_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "composer.generate", NULL, generate_action);
  gtk_widget_class_install_action (klass, "composer.choose-file", "s", choose_file_action);
  gtk_widget_class_install_action (klass, "composer.complain", "s", complain_action);
  gtk_widget_class_install_action (klass, "composer.forgive", NULL, forgive_action);
  gtk_widget_class_install_action (klass, "composer.mention", "s", mention_action);
  gtk_widget_class_install_action (klass, "composer.trim", "s", trim_action);
  gtk_widget_class_install_action (klass, "composer.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "composer.generate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "composer.paste", NULL);
}
