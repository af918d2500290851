/* dailies-rows.h: rows of the database on their way to the objects of a list, and back into a list that is in use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/**
 * DailiesCutRow: what the database says of a cut
 * @path: relative to the library's folder, so that the folder can be moved
 * @poster: (nullable): likewise
 */
typedef struct
{
  gint64   id;
  gint64   shot_id;
  char    *job_id;
  guint    number;
  char    *path;
  char    *poster;
  int      width;
  int      height;
  double   seconds;
  double   fps;
  gboolean sound;
  gboolean picked;
  gboolean fresh;
  double   cost_usd;
  gint64   created;
  char    *prompt;
  char    *request;
} DailiesCutRow;

/**
 * DailiesShotRow: what the database says of a shot
 * @notes: (nullable): the text of all notes on its cuts, a line each
 * @fresh: @draft was read; else it is as old as the one the reader has
 */
typedef struct
{
  gint64   id;
  char    *title;
  char    *prompt;
  char    *draft;
  char    *poster;
  gint64   updated;
  guint    n_cuts;
  guint    n_picks;
  gboolean fresh;
  char    *notes;
} DailiesShotRow;

void        dailies_cut_row_free   (gpointer        row);
void        dailies_shot_row_free  (gpointer        row);

/* (transfer full) (element-type DailiesShotRow): newest first. Drafts only of shots changed at or after @since. */
GPtrArray  *dailies_shot_rows_read (sqlite3        *db,
                                    gint64          since,
                                    GError        **error);
/* Adds the cuts of one shot to @rows, oldest first. */
gboolean    dailies_cut_rows_read  (sqlite3        *db,
                                    gint64          shot_id,
                                    GPtrArray      *rows,
                                    GError        **error);

/**
 * DailiesRowsClass: how dailies_rows_merge() treats one kind of row
 * @order: 1 where ids grow along the list, -1 where they fall
 */
typedef struct
{
  int      order;
  gint64 (*row_id)  (gconstpointer row);
  gint64 (*item_id) (gpointer      item);
  gpointer (*make)  (gpointer      row,
                     gpointer      user_data);
  void   (*update)  (gpointer      item,
                     gpointer      row,
                     gpointer      user_data);
} DailiesRowsClass;

/* Brings @list to what @rows say with the fewest changes: an object whose row is still there stays the same object. */
void        dailies_rows_merge     (GListStore             *list,
                                    GPtrArray              *rows,
                                    const DailiesRowsClass *klass,
                                    gpointer                user_data);

G_END_DECLS
