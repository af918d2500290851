/* dailies-prompt-edit.h: brings a text buffer to a new text with as small a change as can be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dailies_prompt_edit_apply:
 * @buffer: what the artist writes in
 * @old: the whole text of @buffer
 * @wanted: what it is to be
 *
 * The cursor, the selection and undo see no more than what differs. Where nothing but the spelling of mentions does, only those
 * are replaced, one by one. One user action.
 */
void dailies_prompt_edit_apply (GtkTextBuffer *buffer,
                                const char    *old,
                                const char    *wanted);

G_END_DECLS
