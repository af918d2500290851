/* dailies-drop-zone.h: makes a widget take drops, lighting up only for what it would accept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-drop.h"

G_BEGIN_DECLS

/**
 * DailiesDropZoneFuncs:
 * @accepts: whether @widget takes it. @kind is UNKNOWN where it cannot be told; @dragged is %NULL for drags from
 *   elsewhere. What is not accepted goes to the next zone around this one.
 * @lit: the drag is over @widget and accepted, or no longer
 * @dropped: @drop: (transfer none): read, complaints included
 */
typedef struct
{
  gboolean (*accepts) (GtkWidget        *widget,
                       DailiesMediaKind  kind,
                       DailiesDragged   *dragged);
  void     (*lit)     (GtkWidget        *widget,
                       gboolean          lit,
                       DailiesMediaKind  kind);
  void     (*dropped) (GtkWidget        *widget,
                       DailiesDrop      *drop);
} DailiesDropZoneFuncs;

/* @funcs: static */
void dailies_drop_zone_attach (GtkWidget                  *widget,
                               const DailiesDropZoneFuncs *funcs);
/* (nullable) (transfer none): of GFile, what hovers over @widget, where that is files and known already */
GListModel *dailies_drop_zone_get_files (GtkWidget         *widget);

G_END_DECLS
