/* dailies-job-state.c: the words for where a job stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-job.h"

#include <glib/gi18n-lib.h>

static const GEnumValue values[] = {
  { DAILIES_JOB_DRAFT, "DAILIES_JOB_DRAFT", "draft" },
  { DAILIES_JOB_PREPARING, "DAILIES_JOB_PREPARING", "preparing" },
  { DAILIES_JOB_SUBMITTING, "DAILIES_JOB_SUBMITTING", "submitting" },
  { DAILIES_JOB_QUEUED, "DAILIES_JOB_QUEUED", "queued" },
  { DAILIES_JOB_RUNNING, "DAILIES_JOB_RUNNING", "running" },
  { DAILIES_JOB_FETCHING, "DAILIES_JOB_FETCHING", "fetching" },
  { DAILIES_JOB_DONE, "DAILIES_JOB_DONE", "done" },
  { DAILIES_JOB_REFUSED, "DAILIES_JOB_REFUSED", "refused" },
  { DAILIES_JOB_UNKNOWN, "DAILIES_JOB_UNKNOWN", "unknown" },
  { DAILIES_JOB_FAILED, "DAILIES_JOB_FAILED", "failed" },
  { DAILIES_JOB_CANCELLED, "DAILIES_JOB_CANCELLED", "cancelled" },
  { 0, NULL, NULL },
};

GType
dailies_job_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static (g_intern_static_string ("DailiesJobState"), values));

  return type;
}

/**
 * dailies_job_state_to_word:
 * @state: a state
 *
 * Returns: its word in the database, in the output of the command line and in tests; never translated
 */
const char *
dailies_job_state_to_word (DailiesJobState state)
{
  g_return_val_if_fail (state <= DAILIES_JOB_CANCELLED, NULL);

  return values[state].value_nick;
}

/**
 * dailies_job_state_from_word:
 * @word: (nullable): any text
 * @state: (out): the state
 *
 * Returns: whether @word is the word of a state
 */
gboolean
dailies_job_state_from_word (const char      *word,
                             DailiesJobState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (gsize i = 0; values[i].value_nick != NULL; i++)
    {
      if (g_strcmp0 (word, values[i].value_nick) != 0)
        continue;

      *state = values[i].value;
      return TRUE;
    }

  return FALSE;
}

/**
 * dailies_job_state_is_ended:
 * @state: a state
 *
 * Returns: whether nothing goes on by itself
 */
gboolean
dailies_job_state_is_ended (DailiesJobState state)
{
  switch (state)
    {
    case DAILIES_JOB_DONE:
    case DAILIES_JOB_REFUSED:
    case DAILIES_JOB_UNKNOWN:
    case DAILIES_JOB_FAILED:
    case DAILIES_JOB_CANCELLED:
      return TRUE;
    case DAILIES_JOB_DRAFT:
    case DAILIES_JOB_PREPARING:
    case DAILIES_JOB_SUBMITTING:
    case DAILIES_JOB_QUEUED:
    case DAILIES_JOB_RUNNING:
    case DAILIES_JOB_FETCHING:
    default:
      return FALSE;
    }
}

/**
 * dailies_job_state_to_title:
 * @state: a state
 *
 * Returns: (transfer none): translated, for the card
 */
const char *
dailies_job_state_to_title (DailiesJobState state)
{
  switch (state)
    {
    case DAILIES_JOB_DRAFT:
      return _("Draft");
    case DAILIES_JOB_PREPARING:
      return _("Preparing");
    case DAILIES_JOB_SUBMITTING:
      return _("Sending");
    case DAILIES_JOB_QUEUED:
      return _("In queue");
    case DAILIES_JOB_RUNNING:
      return _("Generating");
    case DAILIES_JOB_FETCHING:
      return _("Fetching the clip");
    case DAILIES_JOB_DONE:
      return _("Done");
    case DAILIES_JOB_REFUSED:
      return _("Refused");
    case DAILIES_JOB_UNKNOWN:
      return _("Outcome unknown");
    case DAILIES_JOB_FAILED:
      return _("Failed");
    case DAILIES_JOB_CANCELLED:
      return _("Cancelled");
    default:
      g_return_val_if_reached (NULL);
    }
}
