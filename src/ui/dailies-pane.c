/* dailies-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-pane.h"

#include <glib/gi18n.h>

#include "dailies-figures.h"
#include "dailies-tip.h"

struct _DailiesPane
{
  GtkWidget parent_instance;

  GtkWidget      *header;
  GtkLabel       *title_label;
  GtkLabel       *zoom_label;
  GtkMenuButton  *menu_button;
  GtkWidget      *error_box;
  GtkLabel       *error_label;
  GtkWidget      *footer;
  DailiesFigures *code_label;
  AdwBin         *caption;
  gboolean        at_end;
  gboolean        shared; /* with another pane, whose picture lies behind */
  int             rise; /* application pixels that are kept free below the footer */
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

/* Above at its natural width where there is room, below at the full one. */
static void
place (GtkWidget *child,
       gboolean   at_end,
       gboolean   below,
       int        width,
       int        height)
{
  int minimum, natural, needed;

  if (!gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  natural = MAX (minimum, below ? width : MIN (natural, width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural, &needed, NULL, NULL, NULL);
  gtk_widget_size_allocate (
    child,
    &(GtkAllocation){ at_end ? width - natural : 0, below ? height - needed : 0, natural, needed },
    -1);
}

/* In the middle; of a place that is shared in that of its own half, beside the handle of a wipe and what the other may have to
 * tell. */
static void
place_error (DailiesPane *self,
             int          width,
             int          height)
{
  int half = self->shared ? width / 2 : width;
  int left = self->shared && self->at_end ? width - half : 0;
  int minimum, natural, needed;

  if (!gtk_widget_should_layout (self->error_box))
    return;

  gtk_widget_measure (self->error_box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  natural = MAX (minimum, MIN (natural, half));
  gtk_widget_measure (self->error_box, GTK_ORIENTATION_VERTICAL, natural, &needed, NULL, NULL, NULL);
  gtk_widget_size_allocate (
    self->error_box,
    &(GtkAllocation){ left + (half - natural) / 2, MAX (height - needed, 0) / 2, natural, needed },
    -1);
}

static void
dailies_pane_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  DailiesPane *self = DAILIES_PANE (widget);

  place (self->header, self->at_end, FALSE, width, height);
  place (self->footer, self->at_end, TRUE, width, height - self->rise);
  place_error (self, width, height);
}

/* The pointer reaches the pictures through it, and a pane that shares their place. */
static gboolean
dailies_pane_contains (GtkWidget *widget,
                       double     x,
                       double     y)
{
  return FALSE;
}

static void
dailies_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dailies_pane_parent_class)->dispose (object);
}

static void
dailies_pane_class_init (DailiesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_pane_dispose;
  widget_class->measure = dailies_pane_measure;
  widget_class->contains = dailies_pane_contains;
  widget_class->size_allocate = dailies_pane_size_allocate;

  g_type_ensure (DAILIES_TYPE_FIGURES);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, header);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, footer);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, error_box);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, error_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, title_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesPane, zoom_label);
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

  self->at_end = at_end;
  gtk_widget_set_halign (GTK_WIDGET (self->code_label), align);
  /* The figure and the menu lie on the inner side of the name. */
  gtk_box_reorder_child_after (GTK_BOX (self->header), GTK_WIDGET (self->zoom_label),
                               at_end ? NULL : GTK_WIDGET (self->title_label));
  gtk_box_reorder_child_after (GTK_BOX (self->header), GTK_WIDGET (self->title_label),
                               at_end ? GTK_WIDGET (self->zoom_label) : NULL);
  gtk_box_reorder_child_after (GTK_BOX (self->header), GTK_WIDGET (self->menu_button),
                               at_end ? NULL : GTK_WIDGET (self->zoom_label));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
dailies_pane_get_at_end (DailiesPane *self)
{
  g_return_val_if_fail (DAILIES_IS_PANE (self), FALSE);

  return self->at_end;
}

void
dailies_pane_set_shared (DailiesPane *self,
                         gboolean     shared)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  if (self->shared == shared)
    return;

  self->shared = shared;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
dailies_pane_set_zoom (DailiesPane *self,
                       double       zoom)
{
  g_autofree char *figure = zoom > 0 ? g_strdup_printf ("\u200e%.0f %%", zoom * 100) : g_strdup ("");
  g_autofree char *tip = NULL;

  g_return_if_fail (DAILIES_IS_PANE (self));

  if (g_str_equal (figure, gtk_label_get_text (self->zoom_label)))
    return;

  set_text (self->zoom_label, figure);
  if (zoom <= 0)
    return;

  /* Translators: how large the picture is: "225 %" */
  tip = g_strdup_printf (_ ("Zoom: %s of the Clip’s Own Pixels; Key 0 Shows the Whole Picture"), figure);
  dailies_tip_set (GTK_WIDGET (self->zoom_label), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom_label), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
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

  dailies_figures_set_text (self->code_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->code_label), text != NULL && *text != '\0');
}

void
dailies_pane_set_menu (DailiesPane *self,
                       GMenuModel  *menu)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), menu != NULL);
}

gboolean
dailies_pane_is_busy (DailiesPane *self)
{
  GtkPopover *popover;

  g_return_val_if_fail (DAILIES_IS_PANE (self), FALSE);

  popover = gtk_menu_button_get_popover (self->menu_button);

  return popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover));
}

void
dailies_pane_set_caption (DailiesPane *self,
                          GtkWidget   *child)
{
  g_return_if_fail (DAILIES_IS_PANE (self));

  adw_bin_set_child (self->caption, child);
}

void
dailies_pane_rise_above (DailiesPane *self,
                         DailiesPane *other,
                         int          width)
{
  int rise = 0;

  g_return_if_fail (DAILIES_IS_PANE (self));
  g_return_if_fail (other == NULL || DAILIES_IS_PANE (other));

  if (other != NULL && gtk_widget_should_layout (GTK_WIDGET (other->caption)))
    gtk_widget_measure (GTK_WIDGET (other->caption), GTK_ORIENTATION_VERTICAL, width, NULL, &rise, NULL, NULL);
  if (self->rise == rise)
    return;

  self->rise = rise;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
