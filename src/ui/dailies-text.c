/* dailies-text.c: small pieces of text that several widgets show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "dailies-shot.h"
#include "dailies-text.h"

/* Fewer characters in common than this are not worth cutting off. */
#define SHORTEST_CUT 12

const char *
dailies_text_service (const char *id)
{
  if (g_strcmp0 (id, "practice") == 0)
    return _("Practice");
  if (g_strcmp0 (id, "runcomfy") == 0)
    return "RunComfy";
  if (g_strcmp0 (id, "unifically") == 0)
    return "Unifically";
  return id;
}

char *
dailies_text_elapsed (gint64 microseconds)
{
  gint64 seconds = MAX (microseconds, 0) / G_USEC_PER_SEC;

  if (seconds < 3600)
    return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
}

char *
dailies_text_shot (DailiesShot *shot)
{
  guint n_cuts = dailies_shot_get_n_cuts (shot);
  guint n_picks = dailies_shot_get_n_picks (shot);
  guint n_running = dailies_shot_get_n_running (shot);
  GString *text = g_string_new (NULL);

  if (n_cuts == 0 && n_running == 0)
    g_string_append (text, _("No cuts yet"));
  else if (n_cuts > 0)
    g_string_append_printf (text, ngettext ("%u cut", "%u cuts", n_cuts), n_cuts);
  if (n_running > 0)
    {
      if (n_cuts > 0)
        g_string_append (text, " · ");
      /* Translators: jobs of a shot that are on their way */
      g_string_append_printf (text, ngettext ("%u running", "%u running", n_running), n_running);
    }
  else if (n_picks > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u pick", "%u picks", n_picks), n_picks);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_fetching (DailiesJob *job,
              const char *title)
{
  gint64 fetched, size;
  g_autofree char *have = NULL;
  g_autofree char *all = NULL;

  g_object_get (job, "fetched", &fetched, "fetch-size", &size, NULL);
  if (fetched < 0)
    return g_strdup (title);
  have = g_format_size (fetched);
  if (size <= 0)
    return g_strdup_printf ("%s · %s", title, have);
  all = g_format_size (size);
  /* Translators: the state of a job, bytes fetched so far, bytes in all */
  return g_strdup_printf (_("%s · %s of %s"), title, have, all);
}

char *
dailies_text_job (DailiesJob *job)
{
  DailiesJobState state = dailies_job_get_state (job);
  const char *title = dailies_job_state_to_title (state);
  int position = dailies_job_get_queue_position (job);

  if (state == DAILIES_JOB_QUEUED && position > 0)
    /* Translators: the state of a job and its place in the queue of the service */
    return g_strdup_printf (_("%s · position %d"), title, position);
  if (state == DAILIES_JOB_FETCHING)
    return dup_fetching (job, title);
  if (dailies_job_lacks_clips (job))
    return g_strdup (_("Done, but not all of it"));
  return g_strdup (title);
}

/* Bytes that @a and @b have in common at the beginning, ending behind a space. */
static gsize
common_words (const char *a,
              const char *b)
{
  gsize words = 0;

  for (gsize i = 0; a[i] != '\0' && a[i] == b[i]; i++)
    if (a[i] == ' ')
      words = i + 1;
  return words;
}

char *
dailies_text_snippet (const char *prompt,
                      const char *other)
{
  g_autofree char *line = g_strdelimit (g_strstrip (g_strdup (prompt != NULL ? prompt : "")), "\n\r\t", ' ');
  g_autofree char *base = g_strdelimit (g_strstrip (g_strdup (other != NULL ? other : "")), "\n\r\t", ' ');
  gsize common = common_words (line, base);

  if (strcmp (line, base) == 0 || g_utf8_strlen (line, common) < SHORTEST_CUT)
    return g_steal_pointer (&line);
  return g_strconcat ("… ", line + common, NULL);
}

char *
dailies_text_day (gint64     updated,
                  GDateTime *now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (updated / G_USEC_PER_SEC);
  GDate a, b;
  int days;

  if (then == NULL)
    return g_strdup ("");
  g_date_set_dmy (&a, g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  days = g_date_days_between (&a, &b);
  if (days <= 0)
    return g_strdup ("");
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return g_date_time_format (then, "%A");
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, see the manual of strftime */
    return g_date_time_format (then, _("%-d %B"));
  /* Translators: a day of another year, see the manual of strftime */
  return g_date_time_format (then, _("%-d %B %Y"));
}
