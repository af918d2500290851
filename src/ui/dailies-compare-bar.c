/* dailies-compare-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-compare-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dailies-tip.h"

struct _DailiesCompareBar
{
  GtkWidget parent_instance;

  AdwSqueezer   *squeezer;
  GtkMenuButton *mode_button;
  GtkMenuButton *view_button;

  DailiesSides *sides;
};

G_DEFINE_FINAL_TYPE (DailiesCompareBar, dailies_compare_bar, GTK_TYPE_WIDGET)

/* With one clip there is nothing to compare. */
static void
update (DailiesCompareBar *self)
{
  static const struct
  {
    const char *name;
    const char *icon;
  } modes[] = {
    [DAILIES_SIDES_SINGLE] = { N_ ("Single"), "side-single-symbolic" },
    [DAILIES_SIDES_SIDE_BY_SIDE] = { N_ ("Side by Side"), "compare-symbolic" },
    [DAILIES_SIDES_WIPE] = { N_ ("Wipe"), "side-wipe-symbolic" },
    [DAILIES_SIDES_DIFFERENCE] = { N_ ("Difference"), "side-difference-symbolic" },
    [DAILIES_SIDES_ONION] = { N_ ("Onion"), "side-onion-symbolic" },
  };
  DailiesSidesMode mode = dailies_sides_get_mode (self->sides);
  g_autofree char *tip = NULL;

  /* Translators: %s is one of Single, Side by Side, Wipe, Difference, Onion */
  tip = g_strdup_printf (_ ("How the Sides Are Compared: %s"), _ (modes[mode].name));
  gtk_widget_set_visible (GTK_WIDGET (self->squeezer), dailies_sides_get_n_sides (self->sides) > 1);
  /* No words: it is what is left where there is no room for more. */
  gtk_menu_button_set_icon_name (self->mode_button, modes[mode].icon);
  dailies_tip_set (GTK_WIDGET (self->mode_button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mode_button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

static void
dailies_compare_bar_dispose (GObject *object)
{
  DailiesCompareBar *self = DAILIES_COMPARE_BAR (object);
  GtkWidget         *child;

  g_clear_object (&self->sides);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dailies_compare_bar_parent_class)->dispose (object);
}

static void
dailies_compare_bar_class_init (DailiesCompareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_compare_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-compare-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesCompareBar, squeezer);
  gtk_widget_class_bind_template_child (widget_class, DailiesCompareBar, mode_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesCompareBar, view_button);
}

static void
dailies_compare_bar_init (DailiesCompareBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dailies_compare_bar_set_sides (DailiesCompareBar *self,
                               DailiesSides      *sides)
{
  g_return_if_fail (DAILIES_IS_COMPARE_BAR (self));
  g_return_if_fail (self->sides == NULL);

  self->sides = g_object_ref (sides);
  g_signal_connect_object (sides, "notify::n-sides", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sides, "notify::mode", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

gboolean
dailies_compare_bar_is_busy (DailiesCompareBar *self)
{
  g_return_val_if_fail (DAILIES_IS_COMPARE_BAR (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->mode_button))) ||
         gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->view_button)));
}
