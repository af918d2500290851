/* dailies-error.h: what can go wrong, in the terms the user interface branches on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesError:
 * @DAILIES_ERROR_INVALID: a request, value or file does not fit what the model accepts
 * @DAILIES_ERROR_TOKEN: the service does not accept the token, or there is none
 * @DAILIES_ERROR_BALANCE: the account has not enough balance
 * @DAILIES_ERROR_NOT_FOUND: unknown model, or a request the service no longer knows
 * @DAILIES_ERROR_RATE: the service asks to slow down
 * @DAILIES_ERROR_SERVER: the service failed in a way that says nothing about the request
 * @DAILIES_ERROR_PROTOCOL: an answer that cannot be read
 * @DAILIES_ERROR_NETWORK: the service cannot be reached; nothing was sent or a read was cut
 * @DAILIES_ERROR_UNKNOWN_OUTCOME: a paid submit left, and nobody knows whether it was accepted
 * @DAILIES_ERROR_FAILED: the service took the job and the job failed
 * @DAILIES_ERROR_MEDIA: a file is not the media it should be
 * @DAILIES_ERROR_DISK: a file or folder cannot be read or written
 * @DAILIES_ERROR_KEYRING: the keyring is locked or missing
 * @DAILIES_ERROR_PRACTICE: the practice service does not start
 */
typedef enum
{
  DAILIES_ERROR_INVALID,
  DAILIES_ERROR_TOKEN,
  DAILIES_ERROR_BALANCE,
  DAILIES_ERROR_NOT_FOUND,
  DAILIES_ERROR_RATE,
  DAILIES_ERROR_SERVER,
  DAILIES_ERROR_PROTOCOL,
  DAILIES_ERROR_NETWORK,
  DAILIES_ERROR_UNKNOWN_OUTCOME,
  DAILIES_ERROR_FAILED,
  DAILIES_ERROR_MEDIA,
  DAILIES_ERROR_DISK,
  DAILIES_ERROR_KEYRING,
  DAILIES_ERROR_PRACTICE,
} DailiesError;

#define DAILIES_ERROR (dailies_error_quark ())
GQuark dailies_error_quark (void);

GError     *dailies_error_new_with_words (DailiesError code,
                                          const char  *words,
                                          guint        retry_after,
                                          const char  *format,
                                          ...) G_GNUC_PRINTF (4, 5);
const char *dailies_error_get_words       (const GError *error);
guint       dailies_error_get_retry_after (const GError *error);

G_END_DECLS
