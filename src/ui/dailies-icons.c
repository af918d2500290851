/* dailies-icons.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-icons.h"

#define ICON_SIZE 16
#define SPINNER "process-working-symbolic"

void
dailies_icons_load (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkSnapshot) unused = gtk_snapshot_new ();
  /* Looked up as the style sheet does it, or it would be another icon to the theme: in no direction and, which is why it is
   * painted here, without asking for a thread. */
  GtkIconPaintable *icon = gtk_icon_theme_lookup_icon (theme, SPINNER, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                                       GTK_TEXT_DIR_NONE, 0);

  gdk_paintable_snapshot (GDK_PAINTABLE (icon), unused, ICON_SIZE, ICON_SIZE);
  /* The theme forgets an icon that nobody holds. */
  g_object_set_data_full (G_OBJECT (widget), "dailies-spinner-icon", icon, g_object_unref);
}
