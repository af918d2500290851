/* dailies-prompt-text.h: a text view that paints mentions as chips and deletes them whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DailiesChip: a mention within the text
 * @start: character offset
 * @end: character offset behind it
 * @bound: whether it names something
 */
typedef struct
{
  guint    start;
  guint    end;
  gboolean bound;
} DailiesChip;

#define DAILIES_TYPE_PROMPT_TEXT (dailies_prompt_text_get_type ())
G_DECLARE_FINAL_TYPE (DailiesPromptText, dailies_prompt_text, DAILIES, PROMPT_TEXT, GtkTextView)

GtkWidget *dailies_prompt_text_new       (void);
/* @chips: (element-type DailiesChip) (transfer none): in order */
void       dailies_prompt_text_set_chips (DailiesPromptText *self,
                                          GArray            *chips);

G_END_DECLS
