/* dailies-pane.h: what is written over one side: its name, its place in time, its zoom, why it cannot be played
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_PANE (dailies_pane_get_type ())
/* Transparent: the picture is painted below it by #DailiesSides. */
G_DECLARE_FINAL_TYPE (DailiesPane, dailies_pane, DAILIES, PANE, GtkWidget)

GtkWidget  *dailies_pane_new         (void);
/* "A · Cut 2"; %NULL or "" for none */
void        dailies_pane_set_title   (DailiesPane *self,
                                      const char  *title);
const char *dailies_pane_get_title   (DailiesPane *self);
/* At the right edge, for the second of two. */
void        dailies_pane_set_at_end  (DailiesPane *self,
                                      gboolean     at_end);
gboolean    dailies_pane_get_at_end  (DailiesPane *self);
/* Its place is that of another pane, too: what it tells of an error stays on its own half. */
void        dailies_pane_set_shared  (DailiesPane *self,
                                      gboolean     shared);
/* @zoom: how large a pixel of the clip is, in pixels of the screen; 0: the whole picture is shown, which needs no figure */
void        dailies_pane_set_zoom    (DailiesPane *self,
                                      double       zoom);
/* @text: (nullable): a sentence; the others play on */
void        dailies_pane_set_error   (DailiesPane *self,
                                      const char  *text);
gboolean    dailies_pane_has_error   (DailiesPane *self);
/* @text: (nullable): the timecode of this side where it is not that of the others, and whether it is over */
void        dailies_pane_set_code    (DailiesPane *self,
                                      const char  *text);
/* @menu: (nullable): what can be done with this side and its frame */
void        dailies_pane_set_menu    (DailiesPane *self,
                                      GMenuModel  *menu);
/* Whether its menu is open. */
gboolean    dailies_pane_is_busy     (DailiesPane *self);
/* Lies at the lower edge; for the caption of what differs. @child: (nullable) */
void        dailies_pane_set_caption (DailiesPane *self,
                                      GtkWidget   *child);
/* Where two panes share their place, the caption of one lies across both: the words of the other stay above it.
 * Before each layout. @other: (nullable): the one with the caption; @width: of both, application pixels */
void        dailies_pane_rise_above  (DailiesPane *self,
                                      DailiesPane *other,
                                      int          width);

G_END_DECLS
