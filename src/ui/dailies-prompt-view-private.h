/* dailies-prompt-view-private.h: what the files of the prompt share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-prompt-view.h"

G_BEGIN_DECLS

struct _DailiesPromptView
{
  GtkWidget       parent_instance;

  GtkWidget      *overlay;
  GtkTextView    *text;
  GtkTextBuffer  *buffer;
  GtkLabel       *placeholder;
  GtkWidget      *popup;
  DailiesRequest *request;
  gboolean        writing;   /* the buffer's text is being given to the request */
  gboolean        applying;  /* the request's text is being put into the buffer */
  gboolean        composing; /* an input method has text that is not in the buffer yet */
  int             own_space; /* offset of the space behind a mention that nobody typed, -1 none */
  gboolean        dismissed; /* Escape was pressed for the word at the cursor */
};

/* dailies-prompt-view-completion.c */

/* Makes the popup and the keys that work it. */
void dailies_prompt_view_add_completion    (DailiesPromptView *self);
/* Shows, fills or hides the popup for the word at the cursor. */
void dailies_prompt_view_update_completion (DailiesPromptView *self);
void dailies_prompt_view_hide_completion   (DailiesPromptView *self);

/* dailies-prompt-view-dnd.c */

void dailies_prompt_view_add_drops         (DailiesPromptView *self);

G_END_DECLS
