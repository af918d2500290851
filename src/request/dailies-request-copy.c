/* dailies-request-copy.c: a request of its own with the same media, and back from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-element.h"
#include "dailies-request-private.h"

static DailiesElement *
copy_element (GHashTable     *copies,
              DailiesElement *element)
{
  DailiesElement *copy = g_hash_table_lookup (copies, element);

  if (copy != NULL)
    return copy;

  copy = dailies_element_new ();
  dailies_element_set_frontal (copy, dailies_element_get_frontal (element));
  dailies_element_set_description (copy, dailies_element_get_description (element));
  dailies_values_copy_list (dailies_element_get_angles (copy),
                            G_LIST_MODEL (dailies_element_get_angles (element)));
  g_hash_table_insert (copies, element, copy);

  return copy;
}

/* An element can be changed, so a copy needs its own; assets never change and are shared. */
static DailiesValues *
copy_values (DailiesValues *values,
             GHashTable    *copies)
{
  DailiesValues *copy = dailies_values_snapshot (values);
  GHashTableIter iter;
  gpointer       list;

  g_hash_table_iter_init (&iter, copy->elements);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr (DailiesElement) element = g_list_model_get_item (list, i);
        gpointer replacement = copy_element (copies, element);

        g_list_store_splice (list, i, 1, &replacement, 1);
      }

  return copy;
}

static void
copy_parked (GHashTable *to,
             GHashTable *from,
             GHashTable *copies)
{
  GHashTableIter iter;
  gpointer       name, values;

  g_hash_table_remove_all (to);
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &values))
    g_hash_table_insert (to, g_strdup (name), copy_values (values, copies));
}

typedef struct
{
  DailiesPrompt *prompt;
  GHashTable    *copies;
} PromptCopy;

static void
copy_piece (const char *text,
            GObject    *target,
            gpointer    user_data)
{
  PromptCopy *copy = user_data;

  if (target != NULL && DAILIES_IS_ELEMENT (target))
    target = G_OBJECT (copy_element (copy->copies, DAILIES_ELEMENT (target)));
  dailies_prompt_append (copy->prompt, text, target);
}

DailiesRequest *
dailies_request_copy (DailiesRequest *self)
{
  g_autoptr (GHashTable) copies = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  DailiesRequest *copy;
  PromptCopy      prompt;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  copy = g_object_new (DAILIES_TYPE_REQUEST, NULL);
  copy->definition = g_object_ref (self->definition);
  copy->orphan = self->orphan;
  dailies_values_free (copy->values);
  copy->values = copy_values (self->values, copies);
  copy_parked (copy->parked, self->parked, copies);

  prompt = (PromptCopy) { copy->prompt, copies };
  dailies_prompt_foreach (self->prompt, copy_piece, &prompt);
  dailies_request_update (copy, "");

  return copy;
}

/* --- back ------------------------------------------------------------------------------------- */

static gboolean
has_same_pictures (DailiesElement *one,
                   DailiesElement *other)
{
  return dailies_element_get_frontal (one) == dailies_element_get_frontal (other) &&
         dailies_values_same_list (G_LIST_MODEL (dailies_element_get_angles (one)),
                                   G_LIST_MODEL (dailies_element_get_angles (other)));
}

/* (transfer full) (nullable): one in @live that has the pictures of @element, and stands for none yet */
static DailiesElement *
find_counterpart (GListModel     *live,
                  DailiesElement *element,
                  GHashTable     *taken)
{
  for (guint i = 0; live != NULL && i < g_list_model_get_n_items (live); i++)
    {
      g_autoptr (DailiesElement) one = g_list_model_get_item (live, i);

      if (has_same_pictures (one, element) && g_hash_table_add (taken, one))
        return g_steal_pointer (&one);
    }

  return NULL;
}

/* An element that is shown already, and has other words at the most, is not made anew: somebody may be writing in it. */
static void
reuse_elements (DailiesRequest *self,
                DailiesRequest *from,
                GHashTable     *copies)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer       name, list;

  g_hash_table_iter_init (&iter, from->values->elements);
  while (g_hash_table_iter_next (&iter, &name, &list))
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr (DailiesElement) element = g_list_model_get_item (list, i);
        DailiesElement *live =
          find_counterpart (g_hash_table_lookup (self->values->elements, name), element, taken);

        if (live == NULL)
          continue;
        dailies_element_set_description (live, dailies_element_get_description (element));
        g_hash_table_insert (copies, element, live);
      }
}

void
dailies_request_restore (DailiesRequest *self,
                         DailiesRequest *from)
{
  g_autoptr (GHashTable) copies = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_autoptr (DailiesValues) values = NULL;
  g_autofree char *before = NULL;
  gboolean   other;
  PromptCopy prompt = { dailies_prompt_new (), copies };

  g_return_if_fail (DAILIES_IS_REQUEST (self));
  g_return_if_fail (DAILIES_IS_REQUEST (from) && from != self);

  before = g_strdup (dailies_request_get_prompt (self));
  reuse_elements (self, from, copies);
  values = copy_values (from->values, copies);
  copy_parked (self->parked, from->parked, copies);
  dailies_prompt_foreach (from->prompt, copy_piece, &prompt);
  dailies_prompt_free (self->prompt);
  self->prompt = prompt.prompt;
  other = g_set_object (&self->definition, from->definition);
  self->orphan = from->orphan;
  dailies_request_show_values (self->values, values);

  if (other)
    g_object_notify (G_OBJECT (self), "definition");
  if (!g_str_equal (before, dailies_request_get_prompt (self)))
    g_object_notify (G_OBJECT (self), "prompt");
  dailies_request_update (self, "");
}
