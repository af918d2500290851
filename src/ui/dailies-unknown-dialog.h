/* dailies-unknown-dialog.h: the questions about a job of which nobody knows whether the service took it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/* The first way out: asks for the id under which the service lists the job. */
void  dailies_unknown_look_up_async  (GtkWindow            *parent,
                                      DailiesJob           *job,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns: (transfer full) (nullable): a valid id; %NULL where the artist thought better of it, and with an error where
 * what was given is no id */
char *dailies_unknown_look_up_finish (GAsyncResult         *result,
                                      GError              **error);

/* The second: says that it may be paid twice. */
void  dailies_unknown_again_async    (GtkWindow            *parent,
                                      DailiesJob           *job,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns: whether to send it again */
gboolean dailies_unknown_again_finish (GAsyncResult        *result);

/* The third: says what may be lost. */
void  dailies_unknown_forget_async   (GtkWindow            *parent,
                                      DailiesJob           *job,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns: whether to forget it */
gboolean dailies_unknown_forget_finish (GAsyncResult       *result);

G_END_DECLS
