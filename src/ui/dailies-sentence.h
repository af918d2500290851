/* dailies-sentence.h: a text of any length that wraps, and is cheap to measure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_SENTENCE (dailies_sentence_get_type ())
G_DECLARE_FINAL_TYPE (DailiesSentence, dailies_sentence, DAILIES, SENTENCE, GtkWidget)

GtkWidget  *dailies_sentence_new      (void);

const char *dailies_sentence_get_text (DailiesSentence *self);
void        dailies_sentence_set_text (DailiesSentence *self,
                                       const char      *text);

G_END_DECLS
