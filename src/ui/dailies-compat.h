/* dailies-compat.h: the few places where the newest GTK differs from the oldest one that is supported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * dailies_compat_choose_files_async:
 * @parent: (nullable): the window the dialog belongs to
 * @title: the dialog's title, translated
 * @filter: (nullable): what is offered
 * @multiple: whether several files may be chosen
 *
 * Lets the artist choose files to open. Main thread. Ends with %G_IO_ERROR_CANCELLED where they thought better of it.
 */
void        dailies_compat_choose_files_async  (GtkWindow            *parent,
                                                const char           *title,
                                                GtkFileFilter        *filter,
                                                gboolean              multiple,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* Returns: (transfer full) (element-type GFile): at least one */
GListModel *dailies_compat_choose_files_finish (GAsyncResult         *result,
                                                GError              **error);

/**
 * dailies_compat_choose_target_async:
 * @name: what is proposed
 * @folder: where
 *
 * Lets the artist say where to write a file, and asks before one is replaced that is there. Main thread. Ends with
 * %G_IO_ERROR_CANCELLED where they thought better of it.
 */
void        dailies_compat_choose_target_async  (GtkWindow            *parent,
                                                 const char           *title,
                                                 const char           *name,
                                                 GFile                *folder,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* Returns: (transfer full) */
GFile      *dailies_compat_choose_target_finish (GAsyncResult         *result,
                                                 GError              **error);

/**
 * DailiesAnswer: one button of a question
 * @id: what dailies_compat_ask_finish() returns
 * @label: translated, with its mnemonic
 * @appearance: how it looks
 */
typedef struct
{
  const char           *id;
  const char           *label;
  AdwResponseAppearance appearance;
} DailiesAnswer;

/**
 * dailies_compat_ask_async:
 * @parent: (nullable): the window asked in
 * @heading: translated question
 * @body: translated sentence or two
 * @extra: (nullable): a widget below the text
 * @answers: the first one is what Escape means, the last one what Return means unless it is destructive
 * @n_answers: their number, at least one
 *
 * Asks the artist one question. Main thread.
 */
void        dailies_compat_ask_async            (GtkWindow            *parent,
                                                const char           *heading,
                                                const char           *body,
                                                GtkWidget            *extra,
                                                const DailiesAnswer  *answers,
                                                gsize                 n_answers,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* Returns: (transfer full): the id of the answer; the first answer's where the question was closed */
char       *dailies_compat_ask_finish           (GAsyncResult         *result);

/**
 * dailies_compat_name_item:
 * @child: what an item of a list shows, already in its place
 * @name: what it is, in words
 *
 * Names @child and the item around it, which is what has the focus, for a screen reader. GtkListItem has a name of its own
 * only from GTK 4.12 on.
 */
void        dailies_compat_name_item            (GtkWidget            *child,
                                                const char           *name);

/**
 * dailies_compat_append_squares:
 *
 * Paints @texture at @bounds, which is much larger, each of its pixels a square. Main thread.
 *
 * Returns: %FALSE before GTK 4.10, which can only smooth what it enlarges; nothing was painted then
 */
gboolean    dailies_compat_append_squares       (GtkSnapshot           *snapshot,
                                                 GdkTexture            *texture,
                                                 const graphene_rect_t *bounds);

/**
 * dailies_compat_append_smoothly:
 *
 * Paints @texture at @bounds; where that is much smaller each of its pixels counts, from GTK 4.10 on. Main thread.
 */
void        dailies_compat_append_smoothly      (GtkSnapshot           *snapshot,
                                                 GdkTexture            *texture,
                                                 const graphene_rect_t *bounds);

/**
 * dailies_compat_show_in_folder:
 * @parent: (nullable): the window
 * @file: what to point at
 *
 * Opens the file manager with @file selected.
 */
void        dailies_compat_show_in_folder       (GtkWindow            *parent,
                                                GFile                *file);

G_END_DECLS
