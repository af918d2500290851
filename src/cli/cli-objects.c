/* cli-objects.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

/* So long a request that was refused for being asked too often is waited for. */
#define SHORT_HOLD_SECONDS 10

void
cli_add_string (JsonBuilder *builder,
                const char  *name,
                const char  *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
cli_add_double (JsonBuilder *builder,
                const char  *name,
                double       value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
cli_add_cut (JsonBuilder *builder,
             DailiesCut  *cut,
             const char  *path)
{
  json_builder_begin_object (builder);
  cli_add_string (builder, "path", path != NULL ? path : g_file_peek_path (dailies_cut_get_file (cut)));
  cli_add_double (builder, "seconds", dailies_cut_get_seconds (cut));
  add_int (builder, "width", dailies_cut_get_width (cut));
  add_int (builder, "height", dailies_cut_get_height (cut));
  json_builder_end_object (builder);
}

void
cli_add_job (JsonBuilder        *builder,
             DailiesJob         *job,
             const char * const *paths)
{
  GListModel *cuts = dailies_job_get_cuts (job);
  guint       n_cuts = g_list_model_get_n_items (cuts);

  cli_add_string (builder, "job", dailies_job_get_id (job));
  cli_add_string (builder, "state", dailies_job_state_to_word (dailies_job_get_state (job)));
  cli_add_string (builder, "remote_id", dailies_job_get_remote_id (job));
  cli_add_string (builder, "service", dailies_job_get_service_id (job));
  json_builder_set_member_name (builder, "cuts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_cuts; i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i);

      cli_add_cut (builder, cut, paths != NULL ? paths[i] : NULL);
    }
  json_builder_end_array (builder);
  cli_add_double (builder, "cost", dailies_job_get_cost_usd (job));
}

/* The list has what goes on and what did not end well; ids of what is done are told as well, by generate and by cuts. */
static DailiesJob *
find_in_journal (Cli        *cli,
                 const char *id,
                 guint      *n_found)
{
  DailiesQueue *queue = dailies_studio_get_queue (cli->studio);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  GAsyncResult *slot = NULL;

  if (*id == '\0' || !g_utf8_validate (id, -1, NULL))
    return NULL;

  dailies_queue_find_async (queue, id, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  jobs = dailies_queue_find_finish (queue, result, NULL);
  *n_found = jobs != NULL ? jobs->len : 0;
  if (*n_found != 1)
    return NULL;

  g_set_object (&cli->found, g_ptr_array_index (jobs, 0));
  return cli->found;
}

DailiesJob *
cli_find_job (Cli        *cli,
              const char *id,
              CliStatus  *status)
{
  GListModel *jobs = G_LIST_MODEL (dailies_studio_get_queue (cli->studio));
  DailiesJob *found = NULL;
  guint       n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (jobs, i);

      if (g_str_equal (dailies_job_get_id (job), id))
        return job;
      if (*id != '\0' && g_str_has_prefix (dailies_job_get_id (job), id))
        {
          found = job;
          n_found++;
        }
    }

  /* The list holds it for as long as the queue lives. */
  if (n_found == 0)
    found = find_in_journal (cli, id, &n_found);
  if (n_found == 1)
    return found;

  if (n_found > 1)
    *status = cli_fail_with (cli, CLI_INVALID, _ ("“%s” is the beginning of %u jobs. Write more of it."), id, n_found);
  else
    *status = cli_fail_with (cli, CLI_INVALID, _ ("There is no job “%s”. “dailies-cli jobs” lists them."), id);

  return NULL;
}

CliStatus
cli_status_for_job (DailiesJob *job)
{
  int      code = dailies_job_get_error_code (job);
  gboolean submitted = dailies_job_get_submitted (job) != 0;

  switch (dailies_job_get_state (job))
    {
    case DAILIES_JOB_UNKNOWN:
      return CLI_UNKNOWN;

    case DAILIES_JOB_CANCELLED:
      return CLI_FAILED;

    case DAILIES_JOB_REFUSED:
    case DAILIES_JOB_FAILED:
      switch (code)
        {
        case DAILIES_ERROR_TOKEN:
        case DAILIES_ERROR_KEYRING:
          return CLI_TOKEN;
        case DAILIES_ERROR_NETWORK:
        case DAILIES_ERROR_RATE:
        case DAILIES_ERROR_SERVER:
        case DAILIES_ERROR_PRACTICE:
          return CLI_UNAVAILABLE;
        case DAILIES_ERROR_DISK:
          return CLI_CANNOT_WRITE;
        case DAILIES_ERROR_INVALID:
        case DAILIES_ERROR_MEDIA:
          /* Before the submit it is our own judgement of what the artist gave; behind it, the service's. */
          return submitted ? CLI_FAILED : CLI_INVALID;
        default:
          return CLI_FAILED;
        }

    case DAILIES_JOB_DRAFT:
    case DAILIES_JOB_PREPARING:
    case DAILIES_JOB_SUBMITTING:
    case DAILIES_JOB_QUEUED:
    case DAILIES_JOB_RUNNING:
    case DAILIES_JOB_FETCHING:
    case DAILIES_JOB_DONE:
    default:
      return CLI_OK;
    }
}

const char *
cli_get_words (DailiesJob *job)
{
  const char *words = dailies_job_get_words (job);

  return words != NULL && *words != '\0' && cli_is_service_error (dailies_job_get_error_code (job)) ? words : NULL;
}

gboolean
cli_is_mine (DailiesJob *job)
{
  gboolean mine = FALSE;

  g_object_get (job, "mine", &mine, NULL);

  return mine;
}

gboolean
cli_is_unwritten (DailiesJob *job)
{
  return dailies_job_get_state (job) == DAILIES_JOB_SUBMITTING && dailies_job_get_remote_id (job) != NULL;
}

gboolean
cli_is_held (DailiesJob *job)
{
  return dailies_job_get_held_until (job) > g_get_real_time () + SHORT_HOLD_SECONDS * G_USEC_PER_SEC;
}

CliStatus
cli_status_for_waiting (DailiesJob *job)
{
  gboolean waiting = FALSE;

  g_object_get (job, "waiting", &waiting, NULL);
  if (!waiting)
    return CLI_OK;
  if (cli_is_unwritten (job))
    return CLI_UNKNOWN;

  switch (dailies_job_get_error_code (job))
    {
    case DAILIES_ERROR_DISK:
      return CLI_CANNOT_WRITE;
    case DAILIES_ERROR_TOKEN:
    case DAILIES_ERROR_KEYRING:
      return CLI_TOKEN;
    case DAILIES_ERROR_NETWORK:
    case DAILIES_ERROR_RATE:
    case DAILIES_ERROR_SERVER:
    case DAILIES_ERROR_PROTOCOL:
    case DAILIES_ERROR_PRACTICE:
      return CLI_UNAVAILABLE;
    default:
      return CLI_OK;
    }
}

/* The queue tries for ever to write a finished cut or to ask with the token it has; a command line says so and leaves, since
 * neither room nor a token is made by waiting. */
gboolean
cli_is_stuck (DailiesJob *job)
{
  CliStatus status = cli_is_mine (job) ? cli_status_for_waiting (job) : CLI_OK;

  return status != CLI_OK && status != CLI_UNAVAILABLE;
}

static gboolean
may_be_looked_up (DailiesJob *job)
{
  int code = dailies_job_get_error_code (job);

  if (dailies_job_lacks_clips (job))
    return dailies_job_get_remote_id (job) != NULL;
  return dailies_job_get_state (job) == DAILIES_JOB_FAILED && dailies_job_get_remote_id (job) != NULL
         && (code == DAILIES_ERROR_MEDIA || code == DAILIES_ERROR_INVALID || code == DAILIES_ERROR_NOT_FOUND
             || code == DAILIES_ERROR_PROTOCOL);
}

void
cli_explain_job (DailiesJob *job)
{
  const char *id = dailies_job_get_id (job);
  const char *message = dailies_job_get_message (job);
  const char *words = cli_get_words (job);

  if (message != NULL)
    cli_say (_ ("Job %.8s: %s"), id, message);
  else
    cli_say (_ ("Job %.8s: %s"), id, dailies_job_state_to_title (dailies_job_get_state (job)));
  if (words != NULL)
    cli_say (_ ("The service says: %s"), words);

  if (cli_is_unwritten (job))
    cli_say (_ ("When there is room again: dailies-cli lookup %.8s %s"), id, dailies_job_get_remote_id (job));
  if (may_be_looked_up (job))
    cli_say (_ ("Where its clip is still there, this tries again to fetch it: dailies-cli lookup %.8s %s"), id,
             dailies_job_get_remote_id (job));
  if (dailies_job_get_state (job) == DAILIES_JOB_UNKNOWN && dailies_job_get_remote_id (job) != NULL)
    cli_say (_ ("It is not submitted again by itself. Use one of:\n"
                "  dailies-cli lookup %.8s %s   ask again how it stands; this costs nothing\n"
                "  dailies-cli again --yes %.8s   submit it again; it may be paid twice\n"
                "  dailies-cli forget %.8s   take it off the list"),
             id, dailies_job_get_remote_id (job), id, id);
  else if (dailies_job_get_state (job) == DAILIES_JOB_UNKNOWN)
    cli_say (_ ("It is not submitted again by itself. Look on the page of the service, then use one of:\n"
                "  dailies-cli lookup %.8s REMOTE_ID   it is there, under this id\n"
                "  dailies-cli again --yes %.8s        submit it again; it may be paid twice\n"
                "  dailies-cli forget %.8s             take it off the list"),
             id, id, id);
}
