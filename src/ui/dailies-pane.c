/* dailies-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-pane.h"

struct _DailiesPane
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *error_box;
  GtkLabel  *error_label;
  GtkLabel  *title_label;
  GtkLabel  *code_label;
  AdwBin    *caption;
};

G_DEFINE_FINAL_TYPE (DailiesPane, dailies_pane, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* A pane is as large as its part of the stage, however much is written into it. */
static void
dailies_pane_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
dailies_pane_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  DailiesPane *self = DAILIES_PANE (widget);
  int          minimum_width, minimum_height;

  gtk_widget_measure (
    self->overlay, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  width = MAX (width, minimum_width);
  gtk_widget_measure (
    self->overlay, GTK_ORIENTATION_VERTICAL, width, &minimum_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->overlay, width, MAX (height, minimum_height), -1, NULL);
}

static void
dailies_pane_dispose (GObject *object)
{
  g_clear_pointer (&DAILIES_PANE (object)->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (dailies_pane_parent_class)->dispose (object);
}

static void
dailies_pane_class_init (DailiesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_pane_dispose;
  widget_class->measure = dailies_pane_measure;
  widget_class->size_allocate = dailies_pane_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, overlay);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, error_box);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, error_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, title_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, code_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, caption);
  gtk_widget_class_set_css_name (widget_class, "pane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_pane_init (DailiesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dailies_pane_new (void)
{
  return g_object_new (DAILIES_TYPE_PANE, NULL);
}

void
dailies_pane_set_title (DailiesPane *self,
                        const char  *title)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  set_text (self->title_label, title);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
}

const char *
dailies_pane_get_title (DailiesPane *self)
{
  g_return_val_if_fail (DAILIES_IS_PANE (self), NULL);

  return gtk_label_get_text (self->title_label);
}

void
dailies_pane_set_at_end (DailiesPane *self,
                         gboolean     at_end)
{
  GtkAlign align = at_end ? GTK_ALIGN_END : GTK_ALIGN_START;

  g_return_if_fail (DAILIES_IS_PANE (self));

  gtk_widget_set_halign (GTK_WIDGET (self->title_label), align);
  gtk_widget_set_halign (GTK_WIDGET (self->code_label), align);
}

void
dailies_pane_set_error (DailiesPane *self,
                        const char  *text)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->error_box, text != NULL);
}

gboolean
dailies_pane_has_error (DailiesPane *self)
{
  g_return_val_if_fail (DAILIES_IS_PANE (self), FALSE);

  return gtk_widget_get_visible (self->error_box);
}

void
dailies_pane_set_code (DailiesPane *self,
                       const char  *text)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  if (g_strcmp0 (text != NULL ? text : "", gtk_label_get_text (self->code_label)) != 0)
    set_text (self->code_label, text);
}

void
dailies_pane_set_caption (DailiesPane *self,
                          GtkWidget   *child)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  adw_bin_set_child (self->caption, child);
}
