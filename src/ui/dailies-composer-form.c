/* dailies-composer-form.c: the sections and rows of the form, made from the definition's fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

#include <glib/gi18n.h>

#include "dailies-field-section.h"
#include "dailies-setting-row.h"
#include "dailies-stepper.h"

static void
remove_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    {
      if (GTK_IS_LIST_BOX (widget))
        gtk_list_box_remove (GTK_LIST_BOX (widget), child);
      else
        gtk_box_remove (GTK_BOX (widget), child);
    }
}

/* Single media first, then elements, then lists; the order of the definition within each. */
static int
media_rank (DailiesField *field)
{
  if (!dailies_field_is_media (field)
      && dailies_field_get_role (field) != DAILIES_FIELD_ROLE_ELEMENTS)
    return -1;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    return 1;
  return dailies_field_is_list (field) ? 2 : 0;
}

static void
build_media (DailiesComposer *self,
             GListModel      *fields)
{
  for (int rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
      {
        g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

        if (media_rank (field) == rank)
          gtk_box_append (GTK_BOX (self->media), dailies_field_section_new (self->request, field));
      }
}

static const char *
choose_placeholder (GListModel *fields)
{
  guint frames = 0;
  gboolean video = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      frames += dailies_field_get_role (field) == DAILIES_FIELD_ROLE_IMAGE;
      video = video || dailies_field_get_role (field) == DAILIES_FIELD_ROLE_VIDEO;
    }
  if (video)
    return _("What should change, and what should stay?");
  if (frames == 2)
    return _("What happens between the two frames?");
  return _("What happens in this shot?");
}

static void
build_prompt (DailiesComposer *self,
              GListModel      *fields)
{
  DailiesField *prompt = NULL;
  gboolean mentions = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT)
        prompt = field;
      mentions = mentions || dailies_field_get_mention (field) != NULL;
    }
  if (self->prompt_header != NULL)
    gtk_box_remove (GTK_BOX (self->prompt_section), self->prompt_header);
  self->prompt_header = NULL;
  gtk_widget_set_visible (self->prompt_section, prompt != NULL);
  if (prompt == NULL)
    return;
  self->prompt_header = dailies_field_section_new_header (
      dailies_field_get_title (prompt), mentions ? _("type @ to mention") : "", NULL);
  gtk_widget_set_tooltip_text (self->prompt_header, dailies_field_get_description (prompt));
  gtk_box_prepend (GTK_BOX (self->prompt_section), self->prompt_header);
  dailies_prompt_view_set_title (self->prompt, dailies_field_get_title (prompt));
  dailies_prompt_view_set_placeholder (self->prompt, choose_placeholder (fields));
}

static GtkWidget *
make_variations_row (DailiesComposer *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = dailies_stepper_new (self->variations);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Variations"));
  gtk_widget_set_tooltip_text (row, _("How many cuts Generate makes at once; each is a job of its "
                                      "own and is paid on its own"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Variations"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  return row;
}

static void
build_settings (DailiesComposer *self,
                GListModel      *fields)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (media_rank (field) < 0 && dailies_field_get_role (field) != DAILIES_FIELD_ROLE_PROMPT)
        gtk_list_box_append (self->settings, dailies_setting_row_new (self->request, field));
    }
  gtk_list_box_append (self->settings, make_variations_row (self));
}

void
dailies_composer_build_form (DailiesComposer *self)
{
  DailiesDefinition *definition = dailies_composer_get_definition (self);
  GListModel *fields;

  self->lit = NULL;
  remove_children (self->media);
  remove_children (GTK_WIDGET (self->settings));
  gtk_widget_set_visible (self->media, definition != NULL);
  gtk_widget_set_visible (self->prompt_section, definition != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->settings), definition != NULL);
  if (definition == NULL)
    return;
  fields = dailies_definition_get_fields (definition);
  build_media (self, fields);
  build_prompt (self, fields);
  build_settings (self, fields);
}

GtkWidget *
dailies_composer_find_section (DailiesComposer *self,
                               DailiesField    *field)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->media); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (dailies_field_section_get_field (DAILIES_FIELD_SECTION (child)) == field)
      return child;
  return NULL;
}

void
dailies_composer_refresh_form (DailiesComposer *self)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->media); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dailies_field_section_refresh (DAILIES_FIELD_SECTION (child));
}
