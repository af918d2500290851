/* dailies-mention-popup.h: what can be mentioned, with pictures, while an @ is being typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_MENTION_POPUP (dailies_mention_popup_get_type ())
/* Never takes the focus: the text view hands its keys on. Signal "chosen" (self, spelling): by mouse. */
G_DECLARE_FINAL_TYPE (DailiesMentionPopup, dailies_mention_popup, DAILIES, MENTION_POPUP, GtkPopover)

GtkWidget  *dailies_mention_popup_new          (void);
/* Shows those of @mentionables (element-type DailiesMentionable) whose spelling, number or name begins with @typed (without the
 * @).
 * Returns: how many that are */
guint       dailies_mention_popup_filter       (DailiesMentionPopup *self,
                                                GPtrArray           *mentionables,
                                                const char          *typed);
void        dailies_mention_popup_move         (DailiesMentionPopup *self,
                                                int                  delta);
const char *dailies_mention_popup_get_selected (DailiesMentionPopup *self); /* (nullable): a spelling */

G_END_DECLS
