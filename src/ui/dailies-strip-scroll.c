/* dailies-strip-scroll.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-strip-scroll.h"

struct _DailiesStripScroll
{
  GtkScrolledWindow *scroller;
  GtkListView       *view;
  GtkAdjustment     *adjustment;
  GObject           *to_reveal; /* (nullable) */
  guint              tick;      /* 0: it need not scroll */
  gboolean           at_end;    /* stays there when a card grows */
  gboolean           laid_out;  /* every card has its place; until then the view cannot go to any of them */
};

/* The end is on the left where one reads from the right, and the list then counts its pixels from there. */
static gboolean
ends_at_lower (DailiesStripScroll *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self->scroller)) == GTK_TEXT_DIR_RTL;
}

/* Returns: GTK_INVALID_LIST_POSITION where it is not there any more */
static guint
find_position (DailiesStripScroll *self,
               GObject            *item)
{
  GListModel *items = G_LIST_MODEL (gtk_list_view_get_model (self->view));

  for (guint i = 0; item != NULL && items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) here = g_list_model_get_item (items, i);

      if (here == item)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* To the end, and then as little back as shows what is to be seen. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  DailiesStripScroll *self = data;
  guint position;

  if (!self->laid_out)
    {
      self->laid_out = TRUE;
      return G_SOURCE_CONTINUE;
    }

  if (self->at_end)
    gtk_adjustment_set_value (self->adjustment, ends_at_lower (self) ? gtk_adjustment_get_lower (self->adjustment)
                                                                     : gtk_adjustment_get_upper (self->adjustment));
  position = find_position (self, self->to_reveal);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  g_clear_object (&self->to_reveal);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* With the next frame: now it may be the middle of being laid out, and when nothing else is to be done may be seconds away, where
 * something is always moving. */
static void
scroll (DailiesStripScroll *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), tick_cb, self, NULL);
}

static void
scrolled_cb (GtkAdjustment      *adjustment,
             DailiesStripScroll *self)
{
  double value = gtk_adjustment_get_value (adjustment);

  self->at_end = ends_at_lower (self) ? value <= gtk_adjustment_get_lower (adjustment) + 1
                                      : value + gtk_adjustment_get_page_size (adjustment)
                                          >= gtk_adjustment_get_upper (adjustment) - 1;
}

/* The view is laid out some time after it was given a card, and a job that ends badly gets a wider one: either would stick out of
 * sight. */
static void
grown_cb (GtkAdjustment      *adjustment,
          DailiesStripScroll *self)
{
  if (self->at_end)
    scroll (self);
}

DailiesStripScroll *
dailies_strip_scroll_new (GtkScrolledWindow *scroller,
                          GtkListView       *view)
{
  DailiesStripScroll *self = g_new0 (DailiesStripScroll, 1);

  self->scroller = scroller;
  self->view = view;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_hadjustment (scroller));
  g_signal_connect (self->adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  g_signal_connect (self->adjustment, "changed", G_CALLBACK (grown_cb), self);

  return self;
}

void
dailies_strip_scroll_free (DailiesStripScroll *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scroller), self->tick);
  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_object_unref (self->adjustment);
  g_clear_object (&self->to_reveal);
  g_free (self);
}

void
dailies_strip_scroll_change (DailiesStripScroll *self,
                             gboolean            to_end)
{
  self->laid_out = FALSE;
  if (!to_end)
    return;

  self->at_end = TRUE;
  scroll (self);
}

void
dailies_strip_scroll_reveal (DailiesStripScroll *self,
                             GObject            *item)
{
  g_set_object (&self->to_reveal, item);
  if (item != NULL)
    scroll (self);
}
