/* test-rows.c: any list becomes any other, and what stays is the same object
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-rows.h"

/* A GMenu stands for any object: its number hangs on it. */
static gint64
item_id (gpointer item)
{
  return GPOINTER_TO_INT (g_object_get_data (item, "id"));
}

static gint64
row_id (gconstpointer row)
{
  return GPOINTER_TO_INT (row);
}

static gpointer
make (gpointer row,
      gpointer user_data)
{
  GMenu *item = g_menu_new ();

  g_object_set_data (G_OBJECT (item), "id", row);
  return item;
}

static void
update (gpointer item,
        gpointer row,
        gpointer n_updates)
{
  g_assert_cmpint (item_id (item), ==, row_id (row));
  (*(guint *) n_updates)++;
}

/* Follows the list by its signal alone, as a view does. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GPtrArray  *mirror)
{
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, position + i, g_list_model_get_item (model, position + i));
}

static GPtrArray *
make_rows (int order)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (int id = 1; id <= 12; id++)
    if (g_test_rand_bit ())
      g_ptr_array_insert (rows, order > 0 ? -1 : 0, GINT_TO_POINTER (id));

  return rows;
}

static void
test_merge (gconstpointer data)
{
  int                   order = GPOINTER_TO_INT (data);
  DailiesRowsClass      klass = { order, row_id, item_id, make, update };
  g_autoptr(GListStore) list = g_list_store_new (G_TYPE_MENU);
  g_autoptr(GPtrArray)  mirror = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), mirror);
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GPtrArray)  rows = make_rows (order);
      g_autoptr(GHashTable) before = g_hash_table_new (NULL, NULL);
      guint                 n_updates = 0;
      guint                 n_same = 0;

      for (guint i = 0; i < mirror->len; i++)
        g_hash_table_insert (before, g_object_get_data (g_ptr_array_index (mirror, i), "id"), g_ptr_array_index (mirror, i));
      dailies_rows_merge (list, rows, &klass, &n_updates);

      g_assert_cmpuint (mirror->len, ==, rows->len);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, rows->len);
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);
          gpointer           old = g_hash_table_lookup (before, g_ptr_array_index (rows, i));

          g_assert_true (item == g_ptr_array_index (mirror, i));
          g_assert_cmpint (item_id (item), ==, row_id (g_ptr_array_index (rows, i)));
          if (old != NULL)
            {
              g_assert_true (old == item);
              n_same++;
            }
        }
      g_assert_cmpuint (n_updates, ==, n_same);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rows/merge/rising", GINT_TO_POINTER (1), test_merge);
  g_test_add_data_func ("/rows/merge/falling", GINT_TO_POINTER (-1), test_merge);
  return g_test_run ();
}
