/* dailies-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"

/* The message is ours and translated; the service's own words are kept beside it, never mixed in. */
typedef struct
{
  char *words;
  guint retry_after;
} DailiesErrorPrivate;

static void
dailies_error_private_init (DailiesErrorPrivate *priv)
{
  priv->words = NULL;
  priv->retry_after = 0;
}

static void
dailies_error_private_copy (const DailiesErrorPrivate *src,
                            DailiesErrorPrivate       *dest)
{
  dest->words = g_strdup (src->words);
  dest->retry_after = src->retry_after;
}

static void
dailies_error_private_clear (DailiesErrorPrivate *priv)
{
  g_clear_pointer (&priv->words, g_free);
}

G_DEFINE_EXTENDED_ERROR (DailiesError, dailies_error)

/**
 * dailies_error_new_with_words:
 * @code: what went wrong
 * @words: (nullable): what the service itself said, kept apart from the message
 * @retry_after: seconds the service asks to wait, or 0
 * @format: our own sentence: the thing, the limit, the remedy
 *
 * Returns: (transfer full): a new error
 */
GError *
dailies_error_new_with_words (DailiesError code,
                              const char  *words,
                              guint        retry_after,
                              const char  *format,
                              ...)
{
  DailiesErrorPrivate *priv;
  GError              *error;
  va_list              args;

  va_start (args, format);
  error = g_error_new_valist (DAILIES_ERROR, code, format, args);
  va_end (args);

  priv = dailies_error_get_private (error);
  priv->words = g_strdup (words);
  priv->retry_after = retry_after;

  return error;
}

/**
 * dailies_error_get_words:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): the service's own words, %NULL where there are none
 */
const char *
dailies_error_get_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != DAILIES_ERROR)
    return NULL;

  return dailies_error_get_private (error)->words;
}

/**
 * dailies_error_get_retry_after:
 * @error: any error
 *
 * Returns: how many seconds the service asks to wait, 0 where it does not say
 */
guint
dailies_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  if (error->domain != DAILIES_ERROR)
    return 0;

  return dailies_error_get_private (error)->retry_after;
}
