/* dailies-request-mentions.c: what the prompt mentions and could mention
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-private.h"

GArray *
dailies_request_dup_mentions (DailiesRequest *self)
{
  g_autoptr (DailiesSpeller) speller = NULL;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  speller = dailies_speller_new (self->definition, self->values);

  return dailies_prompt_dup_mentions (self->prompt, speller);
}

void
dailies_mentionable_free (DailiesMentionable *self)
{
  g_free (self->spelling);
  g_clear_object (&self->target);
  g_free (self);
}

GPtrArray *
dailies_request_dup_mentionables (DailiesRequest *self)
{
  GPtrArray *mentionables;
  g_autoptr (DailiesSpeller) speller = NULL;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  mentionables = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_mentionable_free);
  speller = dailies_speller_new (self->definition, self->values);
  for (guint i = 0; i < dailies_speller_get_n_names (speller); i++)
    {
      DailiesMentionable *mentionable = g_new0 (DailiesMentionable, 1);
      GObject            *target;

      mentionable->spelling = g_strdup (dailies_speller_get_name (speller, i, &target));
      mentionable->target = g_object_ref (target);
      g_ptr_array_add (mentionables, mentionable);
    }

  return mentionables;
}

char *
dailies_request_dup_spelling (DailiesRequest *self,
                              gpointer        target)
{
  g_autoptr (DailiesSpeller) speller = NULL;

  g_return_val_if_fail (DAILIES_IS_REQUEST (self), NULL);

  speller = dailies_speller_new (self->definition, self->values);

  return g_strdup (dailies_speller_spell (speller, target, NULL));
}
