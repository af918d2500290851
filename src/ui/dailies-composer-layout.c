/* dailies-composer-layout.c: how the form and its foot share the height, and that what is written stays in sight
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

/* Of the height: as much of it the foot may take before its list of problems scrolls. */
#define FOOT_SHARE 0.45
/* Logical pixels: what is to be seen above and below the caret. */
#define CARET_MARGIN 12

/* --- following -------------------------------------------------------------------------------- */

/* What shows a part of the form: what is told in its coordinates is told of what is in sight. */
static GtkWidget *
get_view (DailiesComposer *self)
{
  return gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scrolled));
}

/* Where the caret of the prompt stands. */
static gboolean
find_caret (DailiesComposer *self,
            double          *top,
            double          *bottom)
{
  GtkTextView *text = dailies_prompt_view_get_text_view (self->prompt);
  graphene_point_t from, to;
  GdkRectangle caret;
  int x, y;

  gtk_text_view_get_cursor_locations (text, NULL, &caret, NULL);
  gtk_text_view_buffer_to_window_coords (text, GTK_TEXT_WINDOW_WIDGET, caret.x, caret.y, &x, &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (text), get_view (self), graphene_point_init (&from, x, y), &to))
    return FALSE;
  *top = to.y;
  *bottom = to.y + caret.height;
  return TRUE;
}

/* How far to scroll for what lies from @top to @bottom; its begin comes first. */
static double
find_way (double top,
          double bottom,
          double page)
{
  if (top < 0 || bottom - top > page)
    return top;
  return MAX (0, bottom - page);
}

static gboolean
follow_cb (gpointer user_data)
{
  DailiesComposer *self = user_data;
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  graphene_rect_t prompt;
  double page = gtk_adjustment_get_page_size (place);
  double top, bottom, start, end, way;

  self->follow_source = 0;
  if (!gtk_widget_has_focus (GTK_WIDGET (dailies_prompt_view_get_text_view (self->prompt)))
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->prompt), get_view (self), &prompt)
      || !find_caret (self, &top, &bottom))
    return G_SOURCE_REMOVE;
  start = prompt.origin.y;
  end = prompt.origin.y + prompt.size.height;
  /* All of the prompt where there is room for it, else the caret before anything else. A text longer than the prompt scrolls
   * there: its caret is not beyond it. */
  way = find_way (start, end, page);
  way += find_way (CLAMP (top, start, end) - CARET_MARGIN - way, CLAMP (bottom, start, end) + CARET_MARGIN - way, page);
  /* Also to where it is already: it may be on its way to where the focus was seen before. */
  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + way);
  return G_SOURCE_REMOVE;
}

/* Not within an allocation, which is what tells of a new height, and would not hear of another place. */
static void
follow (DailiesComposer *self)
{
  if (self->follow_source == 0
      && gtk_widget_has_focus (GTK_WIDGET (dailies_prompt_view_get_text_view (self->prompt))))
    self->follow_source = g_idle_add_full (GTK_PRIORITY_RESIZE, follow_cb, self, NULL);
}

void
dailies_composer_show_top (DailiesComposer *self)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

/* --- sharing ---------------------------------------------------------------------------------- */

static GtkSizeRequestMode
get_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  int form_minimum, form_natural;

  gtk_widget_measure (self->scrolled, orientation, for_size, &form_minimum, &form_natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->bar), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, form_minimum);
      *natural = MAX (*natural, form_natural);
      return;
    }
  *minimum += form_minimum;
  *natural += form_natural;
}

/* A box would give the foot all that it asks for, and in a low window nothing would be left of the prompt that is written. */
static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  int form_minimum, minimum, natural, foot;

  gtk_widget_measure (self->scrolled, GTK_ORIENTATION_VERTICAL, -1, &form_minimum, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->bar), GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  foot = CLAMP (natural, minimum, MAX (minimum, (int) (height * FOOT_SHARE)));
  foot = MAX (minimum, MIN (foot, height - form_minimum));
  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation) { 0, 0, width, MAX (form_minimum, height - foot) }, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->bar), &(GtkAllocation) { 0, height - foot, width, foot }, -1);
  if (self->foot != foot)
    follow (self);
  self->foot = foot;
}

void
dailies_composer_lay_out (DailiesComposer *self)
{
  GtkTextView *text = dailies_prompt_view_get_text_view (self->prompt);

  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (get_mode, measure, allocate));
  g_signal_connect_object (text, "notify::has-focus", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (text), "notify::cursor-position", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
}
