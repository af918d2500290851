/* dailies-hash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-hash.h"

/* Large enough that system calls do not count, small enough that cancelling is felt at once. */
#define PIECE (256 * 1024)

char *
dailies_hash_stream (GInputStream         *stream,
                     GFileProgressCallback progress,
                     gpointer              progress_data,
                     goffset              *length,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree guint8    *piece = NULL;
  goffset               total = 0;
  gssize                n;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  piece = g_malloc (PIECE);

  do
    {
      /* A stream in memory does not look at it. */
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      n = g_input_stream_read (stream, piece, PIECE, cancellable, error);
      if (n > 0)
        {
          g_checksum_update (checksum, piece, n);
          total += n;
          if (progress != NULL)
            progress (total, -1, progress_data);
        }
    }
  while (n > 0);

  if (n < 0)
    return NULL;

  if (length != NULL)
    *length = total;

  return g_strdup (g_checksum_get_string (checksum));
}
