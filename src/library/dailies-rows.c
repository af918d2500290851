/* dailies-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-rows.h"

#include "dailies-sql.h"

void
dailies_cut_row_free (gpointer data)
{
  DailiesCutRow *row = data;

  g_free (row->job_id);
  g_free (row->path);
  g_free (row->poster);
  g_free (row->prompt);
  g_free (row->request);
  g_free (row);
}

void
dailies_shot_row_free (gpointer data)
{
  DailiesShotRow *row = data;

  g_free (row->title);
  g_free (row->prompt);
  g_free (row->draft);
  g_free (row->poster);
  g_free (row->notes);
  g_free (row);
}

GPtrArray *
dailies_shot_rows_read (sqlite3  *db,
                        gint64    since,
                        GError  **error)
{
  g_autoptr(GPtrArray)    rows = g_ptr_array_new_with_free_func (dailies_shot_row_free);
  g_autoptr(sqlite3_stmt) stmt = NULL;

  /* The artist's pick stands for the shot, else its newest cut. */
  stmt = dailies_sql_prepare (db, error,
                              "SELECT s.id, s.title, s.prompt, s.updated, s.updated >= ?1,"
                              "  CASE WHEN s.updated >= ?1 THEN s.draft END, ifnull (c.cuts, 0), ifnull (c.picks, 0),"
                              "  (SELECT p.poster FROM cut AS p WHERE p.shot = s.id AND p.removed = 0 AND p.poster NOT NULL"
                              "   ORDER BY p.picked DESC, p.number DESC LIMIT 1), n.notes"
                              " FROM shot AS s LEFT JOIN (SELECT shot, count (*) AS cuts, sum (picked) AS picks"
                              "   FROM cut WHERE removed = 0 GROUP BY shot) AS c ON c.shot = s.id"
                              " LEFT JOIN (SELECT cut.shot AS shot, group_concat (note.text, char (10)) AS notes"
                              "   FROM note JOIN cut ON cut.id = note.cut AND cut.removed = 0"
                              "   WHERE note.removed = 0 GROUP BY cut.shot) AS n ON n.shot = s.id"
                              " WHERE s.removed = 0 ORDER BY s.id DESC", "i", since);
  if (stmt == NULL)
    return NULL;

  while (dailies_sql_next (stmt, error))
    {
      DailiesShotRow *row = g_new0 (DailiesShotRow, 1);

      row->id = sqlite3_column_int64 (stmt, 0);
      row->title = dailies_sql_dup_text (stmt, 1);
      row->prompt = dailies_sql_dup_text (stmt, 2);
      row->updated = sqlite3_column_int64 (stmt, 3);
      row->fresh = sqlite3_column_int (stmt, 4);
      row->draft = dailies_sql_dup_text (stmt, 5);
      row->n_cuts = sqlite3_column_int (stmt, 6);
      row->n_picks = sqlite3_column_int (stmt, 7);
      row->poster = dailies_sql_dup_text (stmt, 8);
      row->notes = dailies_sql_dup_text (stmt, 9);
      g_ptr_array_add (rows, row);
    }

  return *error == NULL ? g_steal_pointer (&rows) : NULL;
}

gboolean
dailies_cut_rows_read (sqlite3    *db,
                       gint64      shot_id,
                       GPtrArray  *rows,
                       GError    **error)
{
  g_autoptr(sqlite3_stmt) stmt = NULL;

  stmt = dailies_sql_prepare (db, error,
                              "SELECT c.id, c.job, c.number, c.path, c.poster, c.width, c.height, c.seconds, c.fps, c.sound,"
                              "  c.picked, c.cost, c.created, j.prompt, j.request, c.fresh"
                              " FROM cut AS c JOIN job AS j ON j.id = c.job"
                              " WHERE c.shot = ?1 AND c.removed = 0 ORDER BY c.id", "i", shot_id);
  if (stmt == NULL)
    return FALSE;

  while (dailies_sql_next (stmt, error))
    {
      DailiesCutRow *row = g_new0 (DailiesCutRow, 1);

      row->id = sqlite3_column_int64 (stmt, 0);
      row->shot_id = shot_id;
      row->job_id = dailies_sql_dup_text (stmt, 1);
      row->number = sqlite3_column_int (stmt, 2);
      row->path = dailies_sql_dup_text (stmt, 3);
      row->poster = dailies_sql_dup_text (stmt, 4);
      row->width = sqlite3_column_int (stmt, 5);
      row->height = sqlite3_column_int (stmt, 6);
      row->seconds = sqlite3_column_double (stmt, 7);
      row->fps = sqlite3_column_double (stmt, 8);
      row->sound = sqlite3_column_int (stmt, 9);
      row->picked = sqlite3_column_int (stmt, 10);
      row->cost_usd = dailies_sql_get_double (stmt, 11);
      row->created = sqlite3_column_int64 (stmt, 12);
      row->prompt = dailies_sql_dup_text (stmt, 13);
      row->request = dailies_sql_dup_text (stmt, 14);
      row->fresh = sqlite3_column_int (stmt, 15);
      g_ptr_array_add (rows, row);
    }

  return *error == NULL;
}

/* Returns: <0 where @item comes before row @n in the list, 0 where it is that row, >0 where it comes behind */
static int
compare (gpointer                item,
         GPtrArray              *rows,
         guint                   n,
         const DailiesRowsClass *klass)
{
  gint64 a = klass->item_id (item);
  gint64 b;

  if (n == rows->len)
    return -1;

  b = klass->row_id (g_ptr_array_index (rows, n));
  return a == b ? 0 : ((a < b) ? -klass->order : klass->order);
}

void
dailies_rows_merge (GListStore             *list,
                    GPtrArray              *rows,
                    const DailiesRowsClass *klass,
                    gpointer                user_data)
{
  guint position = 0;
  guint n = 0;

  while (TRUE)
    {
      g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr(GObject)   item = g_list_model_get_item (G_LIST_MODEL (list), position);
      guint                n_gone = 0;

      /* What left and what came at one place is one change, told before the next object is touched. */
      while (item != NULL && compare (item, rows, n, klass) < 0)
        {
          n_gone++;
          g_object_unref (item);
          item = g_list_model_get_item (G_LIST_MODEL (list), position + n_gone);
        }
      while (n < rows->len && (item == NULL || compare (item, rows, n, klass) > 0))
        g_ptr_array_add (fresh, klass->make (g_ptr_array_index (rows, n++), user_data));

      if (n_gone > 0 || fresh->len > 0)
        g_list_store_splice (list, position, n_gone, fresh->pdata, fresh->len);
      position += fresh->len;

      if (item == NULL)
        break;
      if (n < rows->len && compare (item, rows, n, klass) == 0)
        {
          klass->update (item, g_ptr_array_index (rows, n++), user_data);
          position++;
        }
    }
}
