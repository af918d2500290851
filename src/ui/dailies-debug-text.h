/* dailies-debug-text.h: what a bug report needs, and nothing of the artist's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The program's version, then each library's as compiled against and as running. No display is needed.
 * (transfer full) */
char *dailies_debug_text_versions (void);
/* @widget: (nullable): a shown widget, for its renderer. No paths, names, prompts, addresses or tokens.
 * (transfer full) */
char *dailies_debug_text_new      (GtkWidget *widget);

G_END_DECLS
