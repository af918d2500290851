/* dailies-icons.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-icons.h"

#define ICON_SIZE 16
#define SPINNER "process-working-symbolic"

static void
load (GtkWidget       *widget,
      const char      *name,
      GtkTextDirection direction)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkSnapshot) unused = gtk_snapshot_new ();
  /* Looked up as it will be, or it would be another icon to the theme; and painted here, without asking for a thread. */
  GtkIconPaintable *icon = gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                                       direction, 0);

  gdk_paintable_snapshot (GDK_PAINTABLE (icon), unused, ICON_SIZE, ICON_SIZE);
  /* The theme forgets an icon that nobody holds. */
  g_object_set_data_full (G_OBJECT (widget), name, icon, g_object_unref);
}

void
dailies_icons_load (GtkWidget *widget)
{
  /* Style sheets show theirs in no direction. */
  load (widget, SPINNER, GTK_TEXT_DIR_NONE);
  load (widget, DAILIES_ICON_LOADING, gtk_widget_get_direction (widget));
}
