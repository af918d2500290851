/* dailies-practice-address.h: one practice service per folder, and how others find it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesPracticeAddress:
 * @lock: file descriptor that holds the folder, -1 where another service holds it
 * @users: file descriptor of the file that every program holds for as long as it uses the service; -1 where it cannot be had
 * @port: where the service was reached the last time, 0 never
 * @token: the folder's token, made at the first start and the same ever after
 * @line: (nullable): what the service that holds the folder printed, where that is another one
 */
typedef struct
{
  int    lock;
  int    users;
  guint  port;
  char  *token;
  char  *line;
} DailiesPracticeAddress;

/* Takes @folder, which is made where it is missing. Waits a few seconds for another service that is just starting. */
gboolean dailies_practice_address_take   (DailiesPracticeAddress  *self,
                                          const char              *folder,
                                          const char              *token,
                                          GError                 **error);
/* (transfer full): the line to print; also written to @folder for those who come later */
char    *dailies_practice_address_tell   (DailiesPracticeAddress  *self,
                                          const char              *folder,
                                          const char              *url,
                                          GError                 **error);
/* Whether a program holds the folder's service. The system lets go for it however it ends. Where it cannot be told: %TRUE */
gboolean dailies_practice_address_is_used (DailiesPracticeAddress *self);
/* From now on until this process has ended, programs that look for the service wait.
 * Returns: %FALSE where one of them was quicker */
gboolean dailies_practice_address_retire  (DailiesPracticeAddress *self);
void     dailies_practice_address_clear  (DailiesPracticeAddress  *self);

G_END_DECLS
