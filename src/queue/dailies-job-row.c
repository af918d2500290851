/* dailies-job-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-job-row.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "dailies-error.h"
#include "dailies-sql.h"

DailiesJobRow *
dailies_job_row_new (void)
{
  DailiesJobRow *self = g_new0 (DailiesJobRow, 1);

  self->queue_position = -1;
  self->error_code = -1;
  self->cost_usd = NAN;
  return self;
}

DailiesJobRow *
dailies_job_row_copy (const DailiesJobRow *self)
{
  DailiesJobRow *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->service = g_strdup (self->service);
  copy->protocol = g_strdup (self->protocol);
  copy->model = g_strdup (self->model);
  copy->prompt = g_ref_string_acquire (self->prompt);
  copy->request = g_ref_string_acquire (self->request);
  copy->assets = g_ref_string_acquire (self->assets);
  copy->owner = g_strdup (self->owner);
  copy->remote_id = g_strdup (self->remote_id);
  copy->urls = g_strdupv (self->urls);
  copy->word = g_strdup (self->word);
  copy->message = g_strdup (self->message);
  copy->words = g_strdup (self->words);

  return copy;
}

void
dailies_job_row_free (DailiesJobRow *self)
{
  g_free (self->id);
  g_free (self->service);
  g_free (self->protocol);
  g_free (self->model);
  g_clear_pointer (&self->prompt, g_ref_string_release);
  g_clear_pointer (&self->request, g_ref_string_release);
  g_clear_pointer (&self->assets, g_ref_string_release);
  g_free (self->owner);
  g_free (self->remote_id);
  g_strfreev (self->urls);
  g_free (self->word);
  g_free (self->message);
  g_free (self->words);
  g_free (self);
}

void
dailies_job_row_set_error (DailiesJobRow *self,
                           const GError  *error)
{
  dailies_job_row_set_message (self, error != NULL ? error->message : NULL);
  g_free (self->words);
  self->words = error != NULL ? g_strdup (dailies_error_get_words (error)) : NULL;
  self->error_code = error != NULL && error->domain == DAILIES_ERROR ? error->code : -1;
}

void
dailies_job_row_set_message (DailiesJobRow *self,
                             const char    *message)
{
  char *copy = g_strdup (message);

  g_free (self->message);
  self->message = copy;
}

void
dailies_job_row_end (DailiesJobRow   *self,
                     DailiesJobState  state)
{
  self->state = state;
  self->ended = g_get_real_time ();
  self->waiting = FALSE;
  self->queue_position = -1;
  self->cancel_wanted = FALSE;
  g_clear_pointer (&self->owner, g_free);
}

static char *
write_urls (char **urls)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode)    node = NULL;

  json_builder_begin_array (builder);
  for (gsize i = 0; urls != NULL && urls[i] != NULL; i++)
    json_builder_add_string_value (builder, urls[i]);
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return json_to_string (node, FALSE);
}

static char **
read_urls (const char *text)
{
  g_autoptr(JsonNode)     node = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr(GStrvBuilder) urls = g_strv_builder_new ();
  JsonArray              *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (urls, json_node_get_string (element));
    }

  return json_array_get_length (array) > 0 ? g_strv_builder_end (urls) : NULL;
}

static GRefString *
read_shared (sqlite3_stmt *stmt,
             int           column)
{
  const char *text = (const char *) sqlite3_column_text (stmt, column);

  return g_ref_string_new (text != NULL ? text : "");
}

DailiesJobRow *
dailies_job_row_read (sqlite3_stmt *stmt)
{
  DailiesJobRow *self = dailies_job_row_new ();

  self->id = dailies_sql_dup_text (stmt, 0);
  self->shot_id = sqlite3_column_int64 (stmt, 1);
  self->service = dailies_sql_dup_text (stmt, 2);
  self->protocol = dailies_sql_dup_text (stmt, 3);
  self->model = dailies_sql_dup_text (stmt, 4);
  self->prompt = read_shared (stmt, 5);
  self->request = read_shared (stmt, 6);
  self->assets = read_shared (stmt, 7);
  /* A word of a newer program: shown as it was last understood, and left alone. */
  if (!dailies_job_state_from_word ((const char *) sqlite3_column_text (stmt, 8), &self->state))
    self->state = DAILIES_JOB_UNKNOWN;
  self->owner = dailies_sql_dup_text (stmt, 9);
  self->remote_id = dailies_sql_dup_text (stmt, 10);
  self->urls = read_urls ((const char *) sqlite3_column_text (stmt, 11));
  self->word = dailies_sql_dup_text (stmt, 12);
  self->queue_position = sqlite3_column_int (stmt, 13);
  self->waiting = sqlite3_column_int (stmt, 14);
  self->message = dailies_sql_dup_text (stmt, 15);
  self->words = dailies_sql_dup_text (stmt, 16);
  self->error_code = sqlite3_column_int (stmt, 17);
  self->cost_usd = dailies_sql_get_double (stmt, 18);
  self->cancel_wanted = sqlite3_column_int (stmt, 19);
  self->forgotten = sqlite3_column_int (stmt, 20);
  self->created = sqlite3_column_int64 (stmt, 21);
  self->submitted = sqlite3_column_int64 (stmt, 22);
  self->ended = sqlite3_column_int64 (stmt, 23);
  self->held_until = sqlite3_column_int64 (stmt, 24);
  self->n_held = MAX (0, sqlite3_column_int (stmt, 25));
  self->n_left_out = MAX (0, sqlite3_column_int (stmt, 26));

  return self;
}

gboolean
dailies_job_row_insert (sqlite3              *db,
                        const DailiesJobRow  *self,
                        GError              **error)
{
  return dailies_sql_run (db, error,
                          "INSERT INTO job (id, shot, service, protocol, model, prompt, request, assets, state, owner, created)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", "sissssssssi",
                          self->id, self->shot_id, self->service, self->protocol, self->model, self->prompt, self->request,
                          self->assets, dailies_job_state_to_word (self->state), self->owner, self->created);
}

int
dailies_job_row_update (sqlite3              *db,
                        const DailiesJobRow  *self,
                        const char           *condition,
                        const char           *argument,
                        GError              **error)
{
  g_autofree char         *urls = write_urls (self->urls);
  g_autofree char         *sql = NULL;
  g_autoptr(sqlite3_stmt)  stmt = NULL;
  gboolean                 wanted;

  /* A wish to cancel comes from any process at any time: only the end of the job or its answer takes it back. */
  sql = g_strconcat ("UPDATE job SET state = ?3, owner = ?4, remote_id = ?5, urls = ?6, word = ?7, queue_position = ?8,"
                     " waiting = ?9, message = ?10, words = ?11, error_code = ?12, cost = ?13, forgotten = ?14,"
                     " submitted = ?15, ended = ?16, held_until = ?17, n_held = ?18, n_left_out = ?19,"
                     " cancel_wanted = CASE WHEN ?16 > 0 THEN 0 ELSE cancel_wanted END"
                     " WHERE id = ?1 AND ", condition, " RETURNING cancel_wanted", NULL);
  stmt = dailies_sql_prepare (db, error, sql, "sssssssiissidiiiiii",
                              self->id, argument, dailies_job_state_to_word (self->state), self->owner, self->remote_id, urls,
                              self->word, (gint64) self->queue_position, (gint64) self->waiting, self->message, self->words,
                              (gint64) self->error_code, self->cost_usd, (gint64) self->forgotten, self->submitted,
                              self->ended, self->held_until, (gint64) self->n_held, (gint64) self->n_left_out);
  if (stmt == NULL)
    return -1;
  if (!dailies_sql_next (stmt, error))
    return *error != NULL ? -1 : 0;

  wanted = sqlite3_column_int (stmt, 0);
  while (dailies_sql_next (stmt, error))
    continue;

  return *error != NULL ? -1 : (wanted ? 2 : 1);
}
