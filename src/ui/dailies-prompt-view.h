/* dailies-prompt-view.h: the prompt, with what it mentions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PROMPT_VIEW (dailies_prompt_view_get_type ())
/* Follows "prompt" of the request and writes it. Ctrl+Return activates "composer.generate".
 * Signal "dropped" (self, DailiesDrop pointer): media was dropped on the text. */
G_DECLARE_FINAL_TYPE (DailiesPromptView, dailies_prompt_view, DAILIES, PROMPT_VIEW, GtkWidget)

GtkWidget   *dailies_prompt_view_new             (void);
void         dailies_prompt_view_set_request     (DailiesPromptView *self,
                                                  DailiesRequest    *request); /* (nullable) */
void         dailies_prompt_view_set_placeholder (DailiesPromptView *self,
                                                  const char        *text);
/* What screen readers call it. */
void         dailies_prompt_view_set_title       (DailiesPromptView *self,
                                                  const char        *title);
/* Puts @spelling where the cursor is, with the spaces it needs. */
void         dailies_prompt_view_insert_mention  (DailiesPromptView *self,
                                                  const char        *spelling);
/* Mentions may name something else now. */
void         dailies_prompt_view_refresh         (DailiesPromptView *self);
GtkTextView *dailies_prompt_view_get_text_view   (DailiesPromptView *self); /* (transfer none) */

G_END_DECLS
