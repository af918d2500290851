/* dailies-service-private.h: what a protocol tells the class that does the calling
 *
 * Private to service/. Main context only. None of these blocks or calls; they only write requests and read answers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-access.h"
#include "dailies-service.h"
#include "dailies-transport.h"

G_BEGIN_DECLS

/* A call that has not been made yet. */
typedef struct
{
  DailiesCallKind kind;
  const char     *method;
  char           *path; /* (owned): absolute, escaped */
  JsonNode       *body; /* (owned) (nullable) */
} DailiesServiceCall;

/**
 * DailiesServiceClass:
 * @protocol: "runcomfy", "unifically"
 * @max_body: bytes of a submit's body, -1 no limit
 * @price_source: msgid: where an exact price comes from
 * @balance_path: (nullable): %NULL where the service does not tell it
 * @dup_body: (transfer full): what a submit posts
 * @dup_submit_path: (transfer full): %NULL with @error for a definition that has no usable endpoint
 * @read_id: (transfer full): the remote id; %NULL with @error: a refusal, or an unknown outcome
 * @dup_status_path: (transfer full)
 * @read_status: (transfer full): %NULL with @error where the answer says nothing of the job. @wants_result: (out): read
 *   the result too and ask @read_result instead
 * @dup_result_path: (transfer full)
 * @read_result: (transfer full): @result: (nullable): %NULL where it could not be had, for @failure
 * @dup_cancel_path: (nullable) (transfer full): %NULL for a service that cannot cancel
 * @read_cancel: only a clear yes is DONE
 * @plan_price: fills @call in; %FALSE with @error, or without one where only the hint can be told
 * @read_price: US dollars, NaN where the answer does not tell
 * @read_balance: US dollars; NaN with @error
 */
struct _DailiesServiceClass
{
  GObjectClass parent_class;

  const char *protocol;
  goffset     max_body;
  const char *price_source;
  const char *balance_path;

  JsonNode      *(*dup_body)        (DailiesService *self, DailiesDefinition *definition,
                                     JsonNode *input, JsonNode *beside);
  char          *(*dup_submit_path) (DailiesService *self, DailiesDefinition *definition,
                                     GError **error);
  char          *(*read_id)         (DailiesService *self, JsonNode *answer, GError **error);
  char          *(*dup_status_path) (const char *remote_id);
  DailiesReport *(*read_status)     (DailiesService *self, JsonNode *answer,
                                     gboolean *wants_result, GError **error);
  char          *(*dup_result_path) (const char *remote_id);
  DailiesReport *(*read_result)     (DailiesService *self, JsonNode *status, JsonNode *result,
                                     const GError *failure, GError **error);
  char          *(*dup_cancel_path) (const char *remote_id);
  DailiesCancelOutcome (*read_cancel) (DailiesService *self, JsonNode *answer);
  gboolean       (*plan_price)      (DailiesService *self, DailiesDefinition *definition,
                                     JsonNode *input, DailiesServiceCall *call, GError **error);
  double         (*read_price)      (DailiesService *self, JsonNode *answer, double seconds);
  double         (*read_balance)    (DailiesService *self, JsonNode *answer, GError **error);
};

/* (transfer none) */
DailiesAccess *dailies_service_get_access  (DailiesService      *self);
gboolean       dailies_service_is_free     (DailiesService      *self);
/* (transfer none) (nullable): the answer as an object */
JsonObject    *dailies_service_get_root    (JsonNode            *answer);
/* Makes a call for @task, whose source is a service; @callback gets a reference to @task. */
void           dailies_service_call        (GTask               *task,
                                            DailiesCallKind      kind,
                                            const char          *method,
                                            const char          *path,
                                            JsonNode            *body,
                                            GAsyncReadyCallback  callback);
/* Returns: (transfer full) (nullable): the answer; %NULL when @task was returned with the error */
JsonNode      *dailies_service_take_answer (GObject             *source,
                                            GAsyncResult        *result,
                                            GTask               *task);

G_END_DECLS
