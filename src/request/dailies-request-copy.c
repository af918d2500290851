/* dailies-request-copy.c: a request of its own with the same media
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
  GHashTableIter  iter;
  gpointer        name, values;
  PromptCopy      prompt;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  copy = g_object_new (DAILIES_TYPE_REQUEST, NULL);
  copy->definition = g_object_ref (self->definition);
  copy->orphan = self->orphan;
  dailies_values_free (copy->values);
  copy->values = copy_values (self->values, copies);
  g_hash_table_iter_init (&iter, self->parked);
  while (g_hash_table_iter_next (&iter, &name, &values))
    g_hash_table_insert (copy->parked, g_strdup (name), copy_values (values, copies));

  prompt = (PromptCopy) { copy->prompt, copies };
  dailies_prompt_foreach (self->prompt, copy_piece, &prompt);
  dailies_request_update (copy, "");

  return copy;
}
