/* dailies-service.h: who generates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_REPORT_QUEUED,
  DAILIES_REPORT_RUNNING,
  DAILIES_REPORT_DONE,
  DAILIES_REPORT_FAILED,
  DAILIES_REPORT_CANCELLED,
} DailiesReportState;

/**
 * DailiesReport: what a service says of a job
 * @state: never DONE before the service's result itself says so
 * @word: the service's own status word
 * @known: %FALSE for a word the program does not know: still going, tell the user the word
 * @queue_position: 1 is next; -1 unknown
 * @urls: (nullable): the outputs of a job that is DONE, checked with dailies_url_check(), never echoed inputs
 * @n_left_out: so many addresses more it named, which are not safe to fetch, or too many
 * @cost_usd: NaN unknown
 * @error: (nullable): why it FAILED, with the service's words
 */
typedef struct
{
  DailiesReportState state;
  char              *word;
  gboolean           known;
  int                queue_position;
  char             **urls;
  guint              n_left_out;
  double             cost_usd;
  GError            *error;
} DailiesReport;

void dailies_report_free (DailiesReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesReport, dailies_report_free)

/**
 * DailiesPrice:
 * @usd: NaN unknown; never 0 for unknown
 * @source: translated: a sentence for the artist, or "free · practice"
 * @exact: %FALSE is shown as "about"
 */
typedef struct
{
  double   usd;
  char    *source;
  gboolean exact;
} DailiesPrice;

void dailies_price_free (DailiesPrice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesPrice, dailies_price_free)

typedef enum
{
  DAILIES_CANCEL_DONE,
  DAILIES_CANCEL_NOT_POSSIBLE, /* already running, finished, or the service has no cancel */
  DAILIES_CANCEL_UNCLEAR,      /* the answer does not tell */
} DailiesCancelOutcome;

#define DAILIES_TYPE_SERVICE (dailies_service_get_type ())
/* Does the calling; what is asked and how an answer reads is its protocol's: DailiesRuncomfy, DailiesUnifically. The practice
 * service is one of these with another access.
 * Construct-only properties: "transport"; "access": its title is the service's; "hosts" (#GPtrArray of #DailiesHost): where local
 * files may go, in the order of preference; "free" (boolean): nothing is ever charged, so that no price is asked for. */
G_DECLARE_DERIVABLE_TYPE (DailiesService, dailies_service, DAILIES, SERVICE, GObject)

const char   *dailies_service_get_protocol  (DailiesService *self); /* "runcomfy", "unifically" */
const char   *dailies_service_get_title     (DailiesService *self); /* "RunComfy", "Practice" */
gboolean      dailies_service_can_cancel    (DailiesService *self);
/* (transfer full) (element-type DailiesHost) */
GPtrArray    *dailies_service_dup_hosts     (DailiesService *self);
goffset       dailies_service_get_max_body  (DailiesService *self);
/* (transfer full): exactly the body that dailies_service_submit_async() posts, so that it can be shown (dailies-cli build):
 * the input itself, or the input in the service's envelope. @beside: (nullable) */
JsonNode     *dailies_service_dup_body      (DailiesService *self, DailiesDefinition *definition, JsonNode *input, JsonNode *beside);

/* Paid, never repeated: see DAILIES_CALL_PAID. @input from dailies_request_build(), @beside: (nullable).
 * Returns: (transfer full): the remote id, matching [A-Za-z0-9_-]{1,128} */
void          dailies_service_submit_async  (DailiesService *self, DailiesDefinition *definition, JsonNode *input, JsonNode *beside,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char         *dailies_service_submit_finish (DailiesService *self, GAsyncResult *result, GError **error);

/* One look, status and where needed result. Uses the base URL and @remote_id, never a URL of an answer. */
void          dailies_service_poll_async    (DailiesService *self, const char *remote_id,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DailiesReport *dailies_service_poll_finish  (DailiesService *self, GAsyncResult *result, GError **error);

void          dailies_service_cancel_async  (DailiesService *self, const char *remote_id,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      dailies_service_cancel_finish (DailiesService *self, GAsyncResult *result, DailiesCancelOutcome *outcome, GError **error);

/* @input: (nullable): built request for a dry run; without it only what needs none. @seconds: may be NaN. */
void          dailies_service_price_async   (DailiesService *self, DailiesDefinition *definition, JsonNode *input, double seconds,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DailiesPrice *dailies_service_price_finish  (DailiesService *self, GAsyncResult *result, GError **error);

/* DAILIES_ERROR_NOT_FOUND where the service has no such call (RunComfy). */
void          dailies_service_balance_async (DailiesService *self,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      dailies_service_balance_finish (DailiesService *self, GAsyncResult *result, double *usd, GError **error);

/* Both for paths and for ids pasted by the artist. */
gboolean      dailies_remote_id_is_valid    (const char *remote_id);

G_END_DECLS
