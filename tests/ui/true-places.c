/* true-places.c: has a program say to the accessibility bus where its widgets really are
 *
 *   LD_PRELOAD=libtrue-places.so PROGRAM
 *
 * GTK 4.10 to 4.18 add up the places of a widget and of all that lies around it to find where it is in its window, and leave
 * out the padding and border of each of them: a button is said to be a dozen pixels from where it is, and a pointer that goes
 * there misses it. For what is not realized they say whatever stood in memory. Hands that work the program by what the bus
 * says need the truth: each place is told from the outer edge of its parent's border here, so that the sum is right, and
 * nothing that is not on the screen has a size. The program itself is none the wiser.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>

#include <gtk/gtk.h>

static gboolean
get_bounds (GtkAccessible *accessible,
            int           *x,
            int           *y,
            int           *width,
            int           *height)
{
  GtkWidget      *widget = GTK_WIDGET (accessible);
  GtkWidget      *parent = gtk_widget_get_parent (widget);
  GtkWidget      *around = parent != NULL ? parent : widget;
  graphene_rect_t own, outer;

  *x = *y = *width = *height = 0;
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, around, &own) ||
      !gtk_widget_compute_bounds (around, around, &outer))
    return TRUE;

  *x = floorf (own.origin.x - outer.origin.x);
  *y = floorf (own.origin.y - outer.origin.y);
  *width = ceilf (own.size.width);
  *height = ceilf (own.size.height);
  return TRUE;
}

/* Before the first widget class of another kind exists, which takes over what it finds. */
__attribute__ ((constructor)) static void
begin (void)
{
  GtkAccessibleInterface *accessible;

  /* The programs that this one starts have nothing to do with it. */
  unsetenv ("LD_PRELOAD");
  accessible = g_type_interface_peek (g_type_class_ref (GTK_TYPE_WIDGET), GTK_TYPE_ACCESSIBLE);
  accessible->get_bounds = get_bounds;
}
