/* dailies-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reading.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-answer.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-json.h"

#define MAX_URLS 64
#define MAX_WORD 60 /* characters */

static const struct
{
  const char        *word;
  DailiesReportState state;
} words[] = {
  { "in_queue", DAILIES_REPORT_QUEUED },
  { "queued", DAILIES_REPORT_QUEUED },
  { "pending", DAILIES_REPORT_QUEUED },
  { "waiting", DAILIES_REPORT_QUEUED },
  { "starting", DAILIES_REPORT_RUNNING },
  { "in_progress", DAILIES_REPORT_RUNNING },
  { "processing", DAILIES_REPORT_RUNNING },
  { "running", DAILIES_REPORT_RUNNING },
  { "completed", DAILIES_REPORT_DONE },
  { "succeeded", DAILIES_REPORT_DONE },
  { "failed", DAILIES_REPORT_FAILED },
  { "cancelled", DAILIES_REPORT_CANCELLED },
  { "canceled", DAILIES_REPORT_CANCELLED },
};

/* A word goes into a sentence: one line, and not a page. */
static char *
dup_short_word (const char *word)
{
  g_autofree char *valid = g_utf8_make_valid (word, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  glong length = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (++length > MAX_WORD)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, dailies_answer_shows (c) ? c : ' ');
    }
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

DailiesReport *
dailies_reading_new_report (const char *word)
{
  DailiesReport *report = g_new0 (DailiesReport, 1);

  report->state = DAILIES_REPORT_RUNNING;
  report->word = dup_short_word (word != NULL ? word : "");
  report->queue_position = -1;
  report->cost_usd = NAN;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (report->word, words[i].word) == 0)
      {
        report->state = words[i].state;
        report->known = TRUE;
        break;
      }
  return report;
}

static void
take_url (DailiesAccess *access,
          const char    *url,
          GPtrArray     *urls,
          guint         *n_refused)
{
  /* A service elsewhere has no business making this computer fetch from itself. */
  if (!dailies_url_check (url, NULL) ||
      (dailies_url_is_loopback (url) && !dailies_access_is_loopback (access)))
    (*n_refused)++;
  else if (g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
    return;
  else if (urls->len < MAX_URLS)
    g_ptr_array_add (urls, g_strdup (url));
  else
    (*n_refused)++;
}

/* One without an address may be anything: a width, a seed. */
static void
take_object (DailiesAccess *access,
             JsonObject    *object,
             GPtrArray     *urls,
             guint         *n_refused)
{
  const char *url = dailies_json_get_string (object, "url");

  if (url != NULL)
    take_url (access, url, urls, n_refused);
}

static void
take_entry (DailiesAccess *access,
            JsonNode      *entry,
            GPtrArray     *urls,
            guint         *n_refused)
{
  if (JSON_NODE_HOLDS_OBJECT (entry))
    take_object (access, json_node_get_object (entry), urls, n_refused);
  else if (JSON_NODE_HOLDS_VALUE (entry) && json_node_get_value_type (entry) == G_TYPE_STRING &&
           *json_node_get_string (entry) != '\0')
    take_url (access, json_node_get_string (entry), urls, n_refused);
}

void
dailies_reading_take_urls (DailiesAccess *access,
                           JsonObject    *object,
                           const char    *member,
                           GPtrArray     *urls,
                           guint         *n_refused)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        take_entry (access, json_array_get_element (array, i), urls, n_refused);
    }
  else
    take_entry (access, node, urls, n_refused);
}

void
dailies_reading_fail (DailiesReport *report,
                      DailiesAccess *access,
                      const char    *said)
{
  report->state = DAILIES_REPORT_FAILED;
  g_clear_error (&report->error);
  report->error = dailies_error_new_with_words (DAILIES_ERROR_FAILED, said, 0,
                                                said != NULL
                                                  ? _("%s took the job, but could not make the clip. Its own words say why.")
                                                  : _("%s took the job, but could not make the clip, and does not say why."),
                                                dailies_access_get_title (access));
}

void
dailies_reading_finish (DailiesReport *report,
                        DailiesAccess *access,
                        GPtrArray     *urls,
                        guint          n_refused,
                        const char    *said)
{
  const char *title = dailies_access_get_title (access);

  if (urls->len > 0)
    {
      report->state = DAILIES_REPORT_DONE;
      g_ptr_array_add (urls, NULL);
      g_strfreev (report->urls);
      report->urls = g_strdupv ((char **) urls->pdata);
      report->n_left_out = n_refused;
      return;
    }

  dailies_reading_fail (report, access, said);
  if (n_refused == 0 && said != NULL)
    return;
  g_clear_error (&report->error);
  report->error = dailies_error_new_with_words (DAILIES_ERROR_FAILED, said, 0,
                                                n_refused > 0
                                                  ? _("%s says that the clip is ready, but the address it gives for it cannot be "
                                                      "fetched safely. Ask there with the id of the job.")
                                                  : _("%s says that the clip is ready, but gives no address for it. Ask there "
                                                      "with the id of the job."),
                                                title);
}

double
dailies_reading_get_usd (JsonObject *object,
                         const char *member)
{
  const char *names[] = { "usd", "amount", "total", "cost", "value" };
  double usd = dailies_json_get_number (object, member);
  JsonObject *inner = dailies_json_get_object (object, member);

  for (guint i = 0; inner != NULL && isnan (usd) && i < G_N_ELEMENTS (names); i++)
    usd = dailies_json_get_number (inner, names[i]);
  return isfinite (usd) && usd >= 0 ? usd : NAN;
}

DailiesPrice *
dailies_reading_new_price (double      usd,
                           const char *source,
                           gboolean    exact)
{
  DailiesPrice *price = g_new0 (DailiesPrice, 1);

  price->usd = usd;
  price->source = g_strdup (source);
  price->exact = exact;
  return price;
}

char *
dailies_reading_dup_hint_source (const char *as_of)
{
  g_autofree char *day = as_of != NULL ? g_strconcat (as_of, "-01T00:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) date = day != NULL ? g_date_time_new_from_iso8601 (day, NULL) : NULL;
  g_autofree char *month = NULL;

  if (date == NULL)
    return g_strdup (_("A usual price. What the service charges may differ."));
  /* Translators: the month of a price list: "November 2026" */
  month = g_date_time_format (date, _("%B %Y"));
  return g_strdup_printf (_("The usual price in %s. What the service charges may differ."), month);
}

DailiesPrice *
dailies_reading_new_hint (DailiesDefinition *definition,
                          double             seconds)
{
  const char *as_of = dailies_definition_get_price_as_of (definition);
  double usd = dailies_definition_get_usd_per_output (definition);
  g_autofree char *source = NULL;

  if (isnan (usd))
    usd = dailies_definition_get_usd_per_second (definition) * seconds;
  if (isnan (usd))
    return dailies_reading_new_price (NAN, _("unknown"), FALSE);

  source = dailies_reading_dup_hint_source (as_of);
  return dailies_reading_new_price (usd, source, FALSE);
}

gboolean
dailies_reading_check_id (const char *remote_id,
                          GError    **error)
{
  if (dailies_remote_id_is_valid (remote_id))
    return TRUE;
  g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                       _("This is not the id of a job. An id has 1 to 128 letters, digits, “-” and “_”, and "
                         "nothing else."));
  return FALSE;
}

goffset
dailies_reading_estimate_size (JsonNode *node)
{
  goffset size = 8;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      size += strlen (json_node_get_string (node));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        size += dailies_reading_estimate_size (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        size += strlen (name) + 4 + dailies_reading_estimate_size (member);
    }
  return size;
}
