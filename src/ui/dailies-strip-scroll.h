/* dailies-strip-scroll.h: which part of a strip is in sight
 *
 * Private to the strip. It stays at its end as long as it is there, and goes as little away from it as shows what is to be seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _DailiesStripScroll DailiesStripScroll;

/* @scroller and @view have to outlive it. */
DailiesStripScroll *dailies_strip_scroll_new     (GtkScrolledWindow  *scroller,
                                                  GtkListView        *view);
void                dailies_strip_scroll_free    (DailiesStripScroll *self);
/* The items of the view are others. @to_end: what is new is at the end, and is to be seen */
void                dailies_strip_scroll_change  (DailiesStripScroll *self,
                                                  gboolean            to_end);
/* @item: (nullable): one of the view's model that is to be brought into sight; NULL none any more */
void                dailies_strip_scroll_reveal  (DailiesStripScroll *self,
                                                  GObject            *item);

G_END_DECLS
