/* dailies-sides.h: one to four sides of a reel, painted for comparing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-pane.h"
#include "dailies-types.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_SIDES_SINGLE,
  DAILIES_SIDES_SIDE_BY_SIDE,
  DAILIES_SIDES_WIPE,
  DAILIES_SIDES_DIFFERENCE,
  DAILIES_SIDES_ONION,
} DailiesSidesMode;

#define DAILIES_TYPE_SIDES_MODE (dailies_sides_mode_get_type ())
GType dailies_sides_mode_get_type (void);

#define DAILIES_TYPE_SIDES (dailies_sides_get_type ())
/* Properties: "mode" (DailiesSidesMode); "solo" (uint): the side that "single" shows; "n-sides" (uint, read only);
 * "flipped" (boolean): while it is set the other side is seen in place of the one; "gain" (double 1–16) of the difference;
 * "onion-opacity" (double 0–1) of B over A; "safe-areas", "magnifying" (boolean); "zoom" (double, read only): 1 fits.
 * Wipe, difference and onion are of A and B, and see no other side. All sides change in the same tick of the frame clock. With one side every mode is "single". */
G_DECLARE_FINAL_TYPE (DailiesSides, dailies_sides, DAILIES, SIDES, GtkWidget)

GtkWidget        *dailies_sides_new         (void);
/* Once. Takes its frames and tells it how large they are painted. */
void              dailies_sides_set_reel    (DailiesSides *self,
                                             DailiesReel  *reel);
/* How many sides there are, from the first on; 0 … 4. */
void              dailies_sides_set_n_sides (DailiesSides *self,
                                             guint         n_sides);
guint             dailies_sides_get_n_sides (DailiesSides *self);
/* Lets two sides change places. */
void              dailies_sides_swap        (DailiesSides *self,
                                             guint         one,
                                             guint         other);
/* The side of the reel that is shown as @side, and the other way round. */
guint             dailies_sides_get_reel_side (DailiesSides *self,
                                               guint         side);
guint             dailies_sides_find_reel_side (DailiesSides *self,
                                                guint         reel_side);
/* @title: (nullable): the name of a side; its letter is put in front where there are several */
void              dailies_sides_set_title   (DailiesSides *self,
                                             guint         side,
                                             const char   *title);
/* Without its letter. */
const char       *dailies_sides_get_title   (DailiesSides *self,
                                             guint         side);
/* Frames by which a side is shifted in time; shown in its pane. */
void              dailies_sides_set_slip    (DailiesSides *self,
                                             guint         side,
                                             int           frames);
/* @text: (nullable): why a side cannot be played */
void              dailies_sides_set_error   (DailiesSides *self,
                                             guint         side,
                                             const char   *text);
gboolean          dailies_sides_has_error   (DailiesSides *self,
                                             guint         side);
/* (transfer none) (nullable): the frame of a side that is painted now, in the size in which it was decoded */
GdkTexture       *dailies_sides_get_texture (DailiesSides *self,
                                             guint         side);
DailiesSidesMode  dailies_sides_get_mode    (DailiesSides *self);
void              dailies_sides_set_mode    (DailiesSides     *self,
                                             DailiesSidesMode  mode);
/* The line of the wipe. @x, @y: where its handle lies, 0 … 1 of the stage. @angle: degrees clockwise from upright */
void              dailies_sides_set_wipe    (DailiesSides *self,
                                             double        x,
                                             double        y,
                                             double        angle);
/* @position: how far the line is across the picture of A as it lies in its pane, 0 … 1: where it would be without zoom */
void              dailies_sides_get_wipe    (DailiesSides *self,
                                             double       *angle,
                                             double       *position);
void              dailies_sides_turn_wipe   (DailiesSides *self,
                                             double        degrees);
/* By shares of the stage. */
void              dailies_sides_move_wipe   (DailiesSides *self,
                                             double        dx,
                                             double        dy);
/* How much larger; 0 shows the whole picture again. About the pointer where it is over the pictures. */
void              dailies_sides_zoom_by     (DailiesSides *self,
                                             double        factor);
double            dailies_sides_get_zoom    (DailiesSides *self);
/* (transfer none): what lies over a side */
DailiesPane      *dailies_sides_get_pane    (DailiesSides *self,
                                             guint         side);
/* The side at a point of the widget, -1 where there is none; of two that share their place, the one that is seen there; beside
 * one that lies alone in its row, that one. */
int               dailies_sides_get_side_at (DailiesSides *self,
                                             double        x,
                                             double        y);
/* The side under the pointer, -1 none. */
int               dailies_sides_get_pointed (DailiesSides *self);
/* Whether a drag from there moves the picture or the line of the wipe. */
gboolean          dailies_sides_is_drag_taken (DailiesSides *self,
                                               double        x,
                                               double        y);
/* Where a side lies in the widget; empty where it is not seen. */
void              dailies_sides_get_area    (DailiesSides    *self,
                                             guint            side,
                                             graphene_rect_t *area);
/* Frees what was decoded. */
void              dailies_sides_clear       (DailiesSides *self);
/* "A" … "D" */
const char       *dailies_sides_get_letter  (guint         side);

G_END_DECLS
