/* cli.h: what the verbs of dailies-cli share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-job.h"
#include "dailies-types.h"

G_BEGIN_DECLS

/* As in sysexits.h, so that a script can tell "my fault" from "try later" from "look before you pay again". */
typedef enum
{
  CLI_OK = 0,
  CLI_USAGE = 64,
  CLI_INVALID = 65,
  CLI_UNAVAILABLE = 69,
  CLI_CANNOT_WRITE = 73,
  CLI_UNKNOWN = 75,
  CLI_FAILED = 76,
  CLI_TOKEN = 77,
  CLI_INTERRUPTED = 130,
} CliStatus;

/**
 * Cli:
 * @practice: every model is asked of the practice service
 * @json: one JSON object on standard output instead of text
 * @library: (nullable): the library's folder
 * @verb: what was asked, for sentences about its usage
 * @studio: (nullable): once cli_open() succeeded
 * @found: (nullable): a job that is not on the list any more; see cli_find_job()
 * @cancellable: cancelled by the first SIGINT or SIGTERM
 * @n_signals: how many of them came
 */
typedef struct
{
  gboolean                    practice;
  gboolean                    json;
  char                       *library;
  const struct _CliVerb      *verb;
  DailiesStudio              *studio;
  DailiesJob                 *found;
  GCancellable               *cancellable;
  guint                       n_signals;
} Cli;

/* @argv[0] is the verb; NULL-terminated. */
typedef CliStatus (*CliFunc) (Cli  *cli,
                              int   argc,
                              char *argv[]);

typedef struct _CliVerb
{
  const char *name;
  const char *arguments;
  const char *summary;
  CliFunc     run;
} CliVerb;

/* --- the verbs, one file each ------------------------------------------------------------------- */
CliStatus cli_models   (Cli *cli, int argc, char *argv[]);
CliStatus cli_show     (Cli *cli, int argc, char *argv[]);
CliStatus cli_import   (Cli *cli, int argc, char *argv[]);
CliStatus cli_check    (Cli *cli, int argc, char *argv[]);
CliStatus cli_build    (Cli *cli, int argc, char *argv[]);
CliStatus cli_generate (Cli *cli, int argc, char *argv[]);
CliStatus cli_jobs     (Cli *cli, int argc, char *argv[]);
CliStatus cli_resume   (Cli *cli, int argc, char *argv[]);
CliStatus cli_cancel   (Cli *cli, int argc, char *argv[]);
CliStatus cli_look_up  (Cli *cli, int argc, char *argv[]);
CliStatus cli_again    (Cli *cli, int argc, char *argv[]);
CliStatus cli_forget   (Cli *cli, int argc, char *argv[]);
CliStatus cli_cuts     (Cli *cli, int argc, char *argv[]);
CliStatus cli_export   (Cli *cli, int argc, char *argv[]);

/* --- cli-core.c: options, waiting, errors ------------------------------------------------------- */

/* The options of a verb (and the general ones, which may stand behind it too) are taken out of @argv. FALSE: the usage has been
 * told and CLI_USAGE is the answer. @max: -1 for any number of words behind the verb. */
gboolean     cli_parse             (Cli                 *cli,
                                    const GOptionEntry  *entries,
                                    int                 *argc,
                                    char              ***argv,
                                    int                  min,
                                    int                  max);
/* General options, as every verb takes them. (transfer full) */
GOptionEntry *cli_dup_general_entries (Cli              *cli);
/* For asynchronous calls: keeps the result in the GAsyncResult* it gets as data. */
void         cli_keep_result_cb    (GObject             *source,
                                    GAsyncResult        *result,
                                    gpointer             user_data);
/* Turns the main context until @result is there; the first signal has cancelled @cli's cancellable, the second one ends the
 * program. (transfer full) */
GAsyncResult *cli_await            (Cli                 *cli,
                                    GAsyncResult       **result);
gboolean     cli_is_interrupted    (Cli                 *cli);
/* The library, its models, services and queue. CLI_OK or the status with which to end; the reason has been told. */
CliStatus    cli_open              (Cli                 *cli);
/* Models only: writes nothing. (transfer full) (nullable): the reason has been told in @status. */
DailiesCatalogue *cli_open_catalogue (Cli               *cli,
                                    CliStatus           *status);
/* (transfer none) (nullable): the reason has been told in @status */
DailiesDefinition *cli_find_model  (Cli                 *cli,
                                    DailiesCatalogue    *catalogue,
                                    const char          *name,
                                    CliStatus           *status);
/* The queue with the jobs of earlier runs, none taken up. */
CliStatus    cli_open_jobs         (Cli                 *cli);
void         cli_close             (Cli                 *cli);
CliStatus    cli_status_for_error  (const GError        *error);
/* Whether the words beside an error of that code are a service's, and not those of a decoder or a disk. */
gboolean     cli_is_service_error  (int                  code);
/* Tells @error and returns the status that belongs to it. */
CliStatus    cli_fail              (Cli                 *cli,
                                    const GError        *error);
/* The same for a sentence of our own. */
CliStatus    cli_fail_with         (Cli                 *cli,
                                    CliStatus            status,
                                    const char          *format,
                                    ...) G_GNUC_PRINTF (3, 4);
/* The practice service, or the one that the model belongs to. */
const char  *cli_get_service_id    (Cli                 *cli,
                                    DailiesDefinition   *definition);

/* --- cli-output.c: standard output and standard error -------------------------------------------- */

/* One line on standard error. Control characters are taken out: a service's words must not steer a terminal. */
void         cli_say               (const char          *format,
                                    ...) G_GNUC_PRINTF (1, 2);
/* Text on standard output, as it is but for control characters other than tab and newline. */
void         cli_print             (const char          *format,
                                    ...) G_GNUC_PRINTF (1, 2);
/* A path alone on a line, byte for byte. */
void         cli_print_path        (const char          *path);
void         cli_print_json        (JsonNode            *node);
/* (transfer full): one line, at most @max characters */
char        *cli_dup_line          (const char          *text,
                                    glong                max);
/* Whether everything reached standard output. */
gboolean     cli_flush             (void);

/* --- cli-objects.c: jobs and cuts as text and JSON ------------------------------------------------ */

/* Adds a member; NaN and NULL become null. */
void         cli_add_string        (JsonBuilder         *builder,
                                    const char          *name,
                                    const char          *value);
void         cli_add_double        (JsonBuilder         *builder,
                                    const char          *name,
                                    double               value);
/* {"path","seconds","width","height"}; @path: (nullable): of a copy */
void         cli_add_cut           (JsonBuilder         *builder,
                                    DailiesCut          *cut,
                                    const char          *path);
/* The members of a job, without the braces. @paths: (nullable): of copies of its cuts, in their order. */
void         cli_add_job           (JsonBuilder         *builder,
                                    DailiesJob          *job,
                                    const char * const  *paths);
/* By id, or by the beginning of one; those that were done in an earlier run too. (transfer none) (nullable) */
DailiesJob  *cli_find_job          (Cli                 *cli,
                                    const char          *id,
                                    CliStatus           *status);
/* (nullable): what the service said of it. What the system says of a disk stands in the message already. */
const char  *cli_get_words         (DailiesJob          *job);
/* Whether this process works on it. */
gboolean     cli_is_mine           (DailiesJob          *job);
/* Whether the service accepted it and its id could not be written down. */
gboolean     cli_is_unwritten      (DailiesJob          *job);
/* Whether it is not sent for a while since the service asked to slow down. */
gboolean     cli_is_held           (DailiesJob          *job);
/* Why a job that has not ended does not go on; CLI_OK where it does. */
CliStatus    cli_status_for_waiting (DailiesJob         *job);
/* Whether waiting cannot mend that. */
gboolean     cli_is_stuck          (DailiesJob          *job);
/* The status with which a job that stands as it stands ends the program. */
CliStatus    cli_status_for_job    (DailiesJob          *job);
/* Says on standard error why a job did not end well and what can be done. */
void         cli_explain_job       (DailiesJob          *job);

/* --- cli-fields.c: FIELD=VALUE ------------------------------------------------------------------- */

/* Fills in a request and reads its files to their end. (transfer full) (nullable): @status says how to end */
DailiesRequest *cli_read_request   (Cli                 *cli,
                                    DailiesDefinition   *definition,
                                    char               **words,
                                    CliStatus           *status);
/* Tells the problems on standard error. FALSE where one of them keeps the request from being sent. */
gboolean     cli_tell_problems     (DailiesRequest      *request);
/* "error", "warning" … */
const char  *cli_severity_to_word  (int                  severity);
/* (transfer full): a pieces of "A,B,C"; "\," is a comma, and the one of a data: address does not separate */
GStrv        cli_split_element     (const char          *value);

/* --- cli-watch.c: following a job ---------------------------------------------------------------- */

typedef enum
{
  CLI_UNTIL_SUBMITTED, /* the POST has been answered, or its outcome is unknown */
  CLI_UNTIL_ENDED,
  CLI_UNTIL_LOOKED,    /* sent, looked at for a while, and fetched where it is ready */
} CliUntil;

#define CLI_LOOK_SECONDS 10

/* Shows progress until then, or until no job gets further by waiting. FALSE: interrupted. */
gboolean     cli_watch             (Cli                 *cli,
                                    GPtrArray           *jobs,
                                    CliUntil             until);
/* Says what becomes of a job that this program no longer follows. */
void         cli_tell_how_it_goes_on (DailiesJob        *job);
/* Tells how the job stands, as text or JSON, and returns the status. @output: (nullable): folder for copies of its cuts */
CliStatus    cli_report            (Cli                 *cli,
                                    DailiesJob          *job,
                                    CliUntil             until,
                                    const char          *output);

/* --- cli-copy.c: cuts into a folder of the artist's ---------------------------------------------- */

/* Makes the folder where needed and tries to write in it, before anything is paid. */
gboolean     cli_check_output      (Cli                 *cli,
                                    const char          *folder,
                                    GError             **error);
/* (transfer full): the path of the copy; never one that was there before */
char        *cli_copy_cut          (Cli                 *cli,
                                    DailiesCut          *cut,
                                    const char          *folder,
                                    GError             **error);

/* --- cli-export-paths.c: what is exported, and where to ------------------------------------------ */

/* Whether @file can be read at all; else the reason has been told, as the artist's mistake and not one of writing. */
CliStatus    cli_check_source      (Cli                 *cli,
                                    GFile               *file);
/* @endings: as ".png"; a name without one gets the first. (transfer full) (nullable): the reason has been told */
char        *cli_complete_path     (Cli                 *cli,
                                    const char          *path,
                                    const char * const  *endings);

G_END_DECLS
