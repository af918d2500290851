/* dailies-report.c: what services tell: of a job, of a price, and by which name they know a job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-service.h"

#include <string.h>

#define MAX_REMOTE_ID 128

void
dailies_report_free (DailiesReport *self)
{
  if (self == NULL)
    return;

  g_free (self->word);
  g_strfreev (self->urls);
  g_clear_error (&self->error);
  g_free (self);
}

void
dailies_price_free (DailiesPrice *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_free (self);
}

gboolean
dailies_remote_id_is_valid (const char *remote_id)
{
  gsize length;

  if (remote_id == NULL)
    return FALSE;

  length = strspn (remote_id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
  return length > 0 && length <= MAX_REMOTE_ID && remote_id[length] == '\0';
}
