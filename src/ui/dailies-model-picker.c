/* dailies-model-picker.c: which model the request is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-model-picker.h"

#include <glib/gi18n.h>

#include "dailies-text.h"

/* Below this a search entry is more than the list it searches. */
#define SEARCH_FROM 9

struct _DailiesModelPicker
{
  GtkWidget          parent_instance;

  GtkWidget         *button;
  GtkPopover        *popover;
  GtkEditable       *search;
  GtkListBox        *list;
  GtkLabel          *title;
  GtkLabel          *subtitle;

  GtkFilter         *filter;
  GListModel        *offered;
  DailiesDefinition *current;
  char              *service_id;
};

G_DEFINE_FINAL_TYPE (DailiesModelPicker, dailies_model_picker, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define DEFINITION_KEY "dailies-definition"

char *
dailies_model_picker_dup_subtitle (DailiesDefinition *definition)
{
  const char *family = dailies_definition_get_family (definition);
  g_auto (GStrv) parts = g_strsplit (dailies_definition_get_endpoint (definition), "/", -1);
  guint n = g_strv_length (parts);
  g_autofree char *tail = NULL;

  /* "vendor/model/what/it/does": the vendor and the model are what the family says already. */
  tail = g_strjoinv ("/", parts + (n > 2 ? 2 : n > 0 ? n - 1 : 0));
  if (family == NULL || *family == '\0')
    return g_steal_pointer (&tail);
  return *tail != '\0' ? g_strdup_printf ("%s · %s", family, tail) : g_strdup (family);
}

static gboolean
offers (gpointer item,
        gpointer user_data)
{
  DailiesModelPicker *self = user_data;
  const char *service = dailies_definition_get_service (item);
  const char *typed = gtk_editable_get_text (self->search);
  g_autofree char *words = NULL;

  if (self->service_id != NULL && !g_str_equal (self->service_id, "practice")
      && g_strcmp0 (service, self->service_id) != 0)
    return FALSE;
  words = g_strdup_printf ("%s %s %s", dailies_definition_get_title (item),
                           dailies_definition_get_family (item),
                           dailies_definition_get_endpoint (item));
  return *typed == '\0' || g_str_match_string (typed, words, TRUE);
}

static char *
dup_group (DailiesDefinition *definition)
{
  const char *service = dailies_text_service (dailies_definition_get_service (definition));
  const char *family = dailies_definition_get_family (definition);

  if (service == NULL)
    service = "";
  if (family == NULL || *family == '\0')
    return g_strdup (service);
  return g_strdup_printf ("%s · %s", family, service);
}

static DailiesDefinition *
get_definition (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), DEFINITION_KEY);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  g_autofree char *group = dup_group (get_definition (row));
  g_autofree char *group_before = before != NULL ? dup_group (get_definition (before)) : NULL;
  GtkWidget *label;

  if (g_strcmp0 (group, group_before) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "group");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  DailiesModelPicker *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *below = dailies_model_picker_dup_subtitle (item);
  GtkWidget *title = gtk_label_new (dailies_definition_get_title (item));
  GtkWidget *subtitle = gtk_label_new (below);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), subtitle);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (item == self->current)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dailies_definition_get_title (item),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, below, -1);
  g_object_set_data_full (G_OBJECT (row), DEFINITION_KEY, g_object_ref (item), g_object_unref);
  return row;
}

static void
row_activated_cb (GtkListBox         *list,
                  GtkListBoxRow      *row,
                  DailiesModelPicker *self)
{
  g_autoptr (DailiesDefinition) definition = g_object_ref (get_definition (row));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[PICKED], 0, definition);
}

/* The rows are made when the list opens: that is when the tick has to be right. And before it opens: it is not measured anew
 * for what it gets while it does. */
static void
fill (DailiesModelPicker *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (GTK_WIDGET (self->search),
                          g_list_model_get_n_items (self->offered) >= SEARCH_FROM);
  gtk_list_box_bind_model (self->list, self->offered, create_row, self, NULL);
}

/* The popover remembers what had the focus when it was last open, and that row is gone. */
static void
focus_current (DailiesModelPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  for (int i = 0; row != NULL && get_definition (row) != self->current; i++)
    row = gtk_list_box_get_row_at_index (self->list, i);
  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
clicked_cb (DailiesModelPicker *self)
{
  fill (self);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), gtk_widget_get_width (self->button), -1);
  gtk_popover_popup (self->popover);
  focus_current (self);
}

static void
search_cb (DailiesModelPicker *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
closed_cb (DailiesModelPicker *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
dailies_model_picker_dispose (GObject *object)
{
  DailiesModelPicker *self = DAILIES_MODEL_PICKER (object);
  GtkWidget *child;

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->offered);
  g_clear_object (&self->current);
  g_clear_pointer (&self->service_id, g_free);
  G_OBJECT_CLASS (dailies_model_picker_parent_class)->dispose (object);
}

static void
dailies_model_picker_class_init (DailiesModelPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_model_picker_dispose;
  signals[PICKED] = g_signal_new ("picked", DAILIES_TYPE_MODEL_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, DAILIES_TYPE_DEFINITION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-model-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, button);
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, search);
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, list);
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesModelPicker, subtitle);
  gtk_widget_class_set_css_name (widget_class, "modelpicker");
}

static void
dailies_model_picker_init (DailiesModelPicker *self)
{
  GtkFilterListModel *offered;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (offers, self, NULL));
  offered = gtk_filter_list_model_new (NULL, self->filter);
  self->offered = G_LIST_MODEL (offered);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dailies_model_picker_new (void)
{
  return g_object_new (DAILIES_TYPE_MODEL_PICKER, NULL);
}

void
dailies_model_picker_set_catalogue (DailiesModelPicker *self,
                                    GListModel         *catalogue)
{
  g_return_if_fail (DAILIES_IS_MODEL_PICKER (self));

  gtk_filter_list_model_set_model (GTK_FILTER_LIST_MODEL (self->offered), catalogue);
}

void
dailies_model_picker_set_service_id (DailiesModelPicker *self,
                                     const char         *service_id)
{
  g_return_if_fail (DAILIES_IS_MODEL_PICKER (self));

  if (g_strcmp0 (self->service_id, service_id) == 0)
    return;
  g_free (self->service_id);
  self->service_id = g_strdup (service_id);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
dailies_model_picker_set_current (DailiesModelPicker *self,
                                  DailiesDefinition  *definition)
{
  g_autofree char *below = NULL;
  g_autofree char *spoken = NULL;
  const char *title;

  g_return_if_fail (DAILIES_IS_MODEL_PICKER (self));

  g_set_object (&self->current, definition);
  title = definition != NULL ? dailies_definition_get_title (definition) : _("Choose a model");
  below = definition != NULL ? dailies_model_picker_dup_subtitle (definition) : g_strdup ("");
  /* Translators: for screen readers: "Model: Edit Video". */
  spoken = g_strdup_printf (_("Model: %s"), title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, below);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *below != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}
