/* dailies-media-well-private.h: what the files of the well share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-media-well.h"

G_BEGIN_DECLS

struct _DailiesMediaWell
{
  GtkWidget         parent_instance;

  GtkWidget        *surface;
  GtkWidget        *empty;
  GtkWidget        *plus;
  GtkLabel         *invitation;
  GtkWidget        *hint;
  GtkImage         *generic;
  GtkPicture       *picture;
  GtkLabel         *badge;
  GtkLabel         *count;
  GtkWidget        *mark;
  GtkProgressBar   *reading;
  GtkLabel         *landing;
  GtkWidget        *tools;
  GtkWidget        *replace;
  GtkWidget        *footer;
  GtkLabel         *name;
  GtkLabel         *summary;
  GtkWidget        *menu;

  DailiesWellShape  shape;
  DailiesMediaKind  kind;
  char             *title;
  char             *spelling;
  char             *problem;
  DailiesAsset     *asset;
  gpointer          owner; /* compared only */
  guint             position;
  GObject          *carries;
  guint             more;
  gboolean          movable;
  gboolean          multiple;
  gboolean          opens;
  gboolean          replacing;
  gboolean          hovered;
};

/* dailies-media-well-dnd.c */

void dailies_media_well_add_drag_and_drop (DailiesMediaWell   *self);
/* Hands on what was dropped, pasted or chosen. @replace: in place of what is there */
void dailies_media_well_deliver           (DailiesMediaWell   *self,
                                           DailiesDrop        *drop,
                                           gboolean            replace);

/* dailies-media-well-actions.c */

void dailies_media_well_install_actions   (GtkWidgetClass     *klass);
/* @at: (nullable): where the pointer is; %NULL for the well as a whole */
void dailies_media_well_show_menu         (DailiesMediaWell   *self,
                                           const GdkRectangle *at);

G_END_DECLS
