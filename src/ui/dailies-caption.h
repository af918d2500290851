/* dailies-caption.h: what differs, written small over the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-request-diff.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_CAPTION (dailies_caption_get_type ())
/* Invisible while there is nothing to tell. The whole of it, with the whole prompt, is the tooltip and what screen readers
 * are told. */
G_DECLARE_FINAL_TYPE (DailiesCaption, dailies_caption, DAILIES, CAPTION, GtkWidget)

GtkWidget *dailies_caption_new            (void);
/* For the pane of @side. @diff: (nullable) */
void       dailies_caption_set_diff       (DailiesCaption     *self,
                                           DailiesRequestDiff *diff,
                                           guint               side);
/* For one picture made of two sides: from the first side of @diff to @side. @diff: (nullable) */
void       dailies_caption_set_joint_diff (DailiesCaption     *self,
                                           DailiesRequestDiff *diff,
                                           guint               side);
/* In a line of its own below. @facts: (nullable): what is different about the clip itself: dailies_clip_facts_dup_text() */
void       dailies_caption_set_facts      (DailiesCaption     *self,
                                           const char         *facts);

G_END_DECLS
