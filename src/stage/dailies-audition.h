/* dailies-audition.h: which of the clips that were brought in can go on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DailiesAudition:
 * @files: (element-type GFile): the first that can be played, or may be, as many as were wanted, in their order
 * @complaints: (element-type utf8): of each that cannot a sentence with its name and the reason
 * @n_untried: how many were not looked at, because enough were found before
 */
typedef struct
{
  GPtrArray *files;
  GPtrArray *complaints;
  guint      n_untried;
} DailiesAudition;

void             dailies_audition_free   (DailiesAudition      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesAudition, dailies_audition_free)

/**
 * dailies_audition_async:
 * @files: (element-type GFile): local ones
 * @n_wanted: how many there is room for
 * @patience: ms to wait for the next verdict
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main context, at once where it is cancelled
 * @user_data: for @callback
 *
 * Opens the clips on the pool, no more of them than it takes to find @n_wanted that can be played. A damaged clip, or a slow
 * disk, may hold up its reader for many seconds: who has to wait longer than @patience gets what has not been judged with
 * what is good.
 */
void             dailies_audition_async  (GPtrArray            *files,
                                          guint                 n_wanted,
                                          guint                 patience,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Returns: (transfer full) (nullable): %NULL only where it was cancelled */
DailiesAudition *dailies_audition_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
