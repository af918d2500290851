/* dailies-prompt.h: text with mentions that are bound to items, not to their numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-request.h"
#include "dailies-speller.h"

G_BEGIN_DECLS

typedef struct _DailiesPrompt DailiesPrompt;

DailiesPrompt *dailies_prompt_new            (void);
void           dailies_prompt_free           (DailiesPrompt  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesPrompt, dailies_prompt_free)

const char    *dailies_prompt_get_text       (DailiesPrompt  *self);
/* Mentions outside of what differs from the text before stay bound to what they were bound to. */
void           dailies_prompt_set_text       (DailiesPrompt  *self,
                                              const char     *text,
                                              DailiesSpeller *speller);
/* Spells every bound mention as @speller does and binds what names an item now. A mention whose
 * item has no name any more
 * keeps its text and remembers the item. TRUE where the text changed. */
gboolean       dailies_prompt_respell        (DailiesPrompt  *self,
                                              DailiesSpeller *speller);
/* Where @old has been replaced by @new in the same place. */
void           dailies_prompt_replace_target (DailiesPrompt  *self,
                                              gpointer        old_target,
                                              gpointer        new_target);
/* A mention whose item went away and that reads as @target is spelt means @target from now on. */
void           dailies_prompt_adopt          (DailiesPrompt  *self,
                                              DailiesSpeller *speller,
                                              gpointer        target);
/* Takes out the bytes from @start to @end, and a space that would be left over; bindings stay. */
void           dailies_prompt_remove         (DailiesPrompt  *self,
                                              gsize           start,
                                              gsize           end);
/* (transfer container) (element-type DailiesMention) */
GArray        *dailies_prompt_dup_mentions   (DailiesPrompt  *self,
                                              DailiesSpeller *speller);

/* For the store: text and bindings piece by piece. @target: (nullable): plain text */
typedef void (*DailiesPieceFunc) (const char *text,
                                  GObject    *target,
                                  gpointer    user_data);
void           dailies_prompt_foreach        (DailiesPrompt   *self,
                                              DailiesPieceFunc func,
                                              gpointer         user_data);
void           dailies_prompt_append         (DailiesPrompt   *self,
                                              const char      *text,
                                              GObject         *target);

G_END_DECLS
