/* dailies-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"
#include "dailies-element.h"
#include "dailies-values.h"

static GListStore *
get_list (GHashTable *table,
          const char *field,
          GType       type)
{
  GListStore *list = g_hash_table_lookup (table, field);

  if (list == NULL)
    {
      list = g_list_store_new (type);
      g_hash_table_insert (table, g_strdup (field), list);
    }

  return list;
}

static void
copy_table (GHashTable *to,
            GHashTable *from,
            GType       type)
{
  GHashTableIter iter;
  gpointer       name, list;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &list))
    if (g_list_model_get_n_items (list) > 0)
      dailies_values_copy_list (get_list (to, name, type), list);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

DailiesValues *
dailies_values_new (void)
{
  DailiesValues *self = g_new0 (DailiesValues, 1);

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  return self;
}

DailiesValues *
dailies_values_snapshot (DailiesValues *self)
{
  DailiesValues *copy = dailies_values_new ();
  GHashTableIter iter;
  gpointer       name, text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (copy->texts, g_strdup (name), g_strdup (text));
  copy_table (copy->assets, self->assets, DAILIES_TYPE_ASSET);
  copy_table (copy->elements, self->elements, DAILIES_TYPE_ELEMENT);

  return copy;
}

void
dailies_values_free (DailiesValues *self)
{
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->assets);
  g_hash_table_unref (self->elements);
  g_free (self);
}

const char *
dailies_values_get_text (DailiesValues *self,
                         const char    *field)
{
  return g_hash_table_lookup (self->texts, field);
}

gboolean
dailies_values_set_text (DailiesValues *self,
                         const char    *field,
                         const char    *text)
{
  if (g_strcmp0 (g_hash_table_lookup (self->texts, field), text) == 0)
    return FALSE;

  if (text == NULL)
    g_hash_table_remove (self->texts, field);
  else
    g_hash_table_insert (self->texts, g_strdup (field), g_utf8_make_valid (text, -1));

  return TRUE;
}

GListStore *
dailies_values_get_assets (DailiesValues *self,
                           const char    *field)
{
  return get_list (self->assets, field, DAILIES_TYPE_ASSET);
}

GListStore *
dailies_values_get_elements (DailiesValues *self,
                             const char    *field)
{
  return get_list (self->elements, field, DAILIES_TYPE_ELEMENT);
}

guint
dailies_values_count (DailiesValues *self,
                      const char    *field)
{
  GListModel *assets = g_hash_table_lookup (self->assets, field);
  GListModel *elements = g_hash_table_lookup (self->elements, field);

  return (assets != NULL ? g_list_model_get_n_items (assets) : 0) +
         (elements != NULL ? g_list_model_get_n_items (elements) : 0);
}

gboolean
dailies_values_same_list (GListModel *one,
                          GListModel *other)
{
  guint    n = g_list_model_get_n_items (one);
  gboolean same = n == g_list_model_get_n_items (other);

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (one, i);
      g_autoptr (GObject) counterpart = g_list_model_get_item (other, i);

      same = item == counterpart;
    }

  return same;
}

void
dailies_values_copy_list (GListStore *to,
                          GListModel *from)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint before = g_list_model_get_n_items (G_LIST_MODEL (to));

  /* A view that shows the list already must not be rebuilt for nothing. */
  if (from != NULL ? dailies_values_same_list (G_LIST_MODEL (to), from) : before == 0)
    return;

  for (guint i = 0; from != NULL && i < g_list_model_get_n_items (from); i++)
    g_ptr_array_add (items, g_list_model_get_item (from, i));

  g_list_store_splice (to, 0, before, items->pdata, items->len);
}

GPtrArray *
dailies_values_list_names (GHashTable *table)
{
  GPtrArray     *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);

  return names;
}
