/* dailies-practice-server.h: both services' wire protocols on one loopback address
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "dailies-catalogue.h"
#include "dailies-faults.h"
#include "dailies-practice-queue.h"

G_BEGIN_DECLS

/* libsoup has no name for it */
#define DAILIES_PRACTICE_TOO_MANY 429

#define DAILIES_TYPE_PRACTICE_SERVER (dailies_practice_server_get_type ())
/* Main context only. Its properties are fixed at construction. */
G_DECLARE_FINAL_TYPE (DailiesPracticeServer, dailies_practice_server, DAILIES, PRACTICE_SERVER, GObject)

/* @faults: (transfer full) */
DailiesPracticeServer *dailies_practice_server_new         (DailiesPracticeQueue   *queue,
                                                            DailiesCatalogue       *catalogue,
                                                            DailiesFaults          *faults,
                                                            const char             *token);
/* Listens on 127.0.0.1 only. @port: 0 any */
gboolean               dailies_practice_server_listen      (DailiesPracticeServer  *self,
                                                            guint                   port,
                                                            GError                **error);
/* "http://127.0.0.1:40123", once it listens */
const char            *dailies_practice_server_get_url     (DailiesPracticeServer  *self);
/* Monotonic µs of the last request */
gint64                 dailies_practice_server_get_touched (DailiesPracticeServer  *self);

/* --- for the protocols ----------------------------------------------------------------------------------- */

/**
 * DailiesPracticeCall: one request to one of the protocols
 * @path: after the protocol's own prefix, unescaped
 * @body: (nullable): its JSON
 */
typedef struct
{
  DailiesPracticeServer *server;
  DailiesPracticeQueue  *queue;
  DailiesCatalogue      *catalogue;
  DailiesFaults         *faults;
  SoupServerMessage     *message;
  const char            *path;
  GHashTable            *query;
  JsonNode              *body;
} DailiesPracticeCall;

/* How a protocol words an error: answers @message. @code: the service's own, 0 for the usual one of @status */
typedef void (*DailiesPracticeRefuse) (SoupServerMessage *message,
                                       guint              status,
                                       guint              code,
                                       const char        *words);

void dailies_practice_runcomfy     (const DailiesPracticeCall *call);
void dailies_practice_unifically   (const DailiesPracticeCall *call);
void dailies_practice_upload       (const DailiesPracticeCall *call);
/* GET of /out/ and /files/: no token */
void dailies_practice_serve_clip   (const DailiesPracticeCall *call);
void dailies_practice_serve_file   (const DailiesPracticeCall *call);

void dailies_practice_runcomfy_refuse   (SoupServerMessage *message, guint status, guint code, const char *words);
void dailies_practice_unifically_refuse (SoupServerMessage *message, guint status, guint code, const char *words);

/* @object: (transfer full) */
void dailies_practice_answer       (SoupServerMessage         *message,
                                    guint                      status,
                                    JsonObject                *object);
/* The answer @object, or what a fault at @point makes of it. */
void dailies_practice_answer_at    (const DailiesPracticeCall *call,
                                    DailiesFaultPoint          point,
                                    DailiesPracticeRefuse      refuse,
                                    JsonObject                *object);
/* Answers as @fault says. */
void dailies_practice_misbehave    (const DailiesPracticeCall *call,
                                    const DailiesFault        *fault,
                                    DailiesPracticeRefuse      refuse,
                                    JsonObject                *object);
/* Cuts the line of @message. */
void dailies_practice_cut          (SoupServerMessage         *message);
/* (transfer full) (nullable): address of the clip of a completed job */
char *dailies_practice_clip_url    (const DailiesPracticeCall *call,
                                    DailiesPracticeJob        *job);
/* (transfer none) (nullable): the model that @service calls @endpoint */
DailiesDefinition *dailies_practice_find_model (const DailiesPracticeCall *call,
                                                const char                *service,
                                                const char                *endpoint);
/* Whether a fault of this kind leaves a submitted job behind: only a clear refusal does not. */
gboolean dailies_practice_fault_takes (const DailiesFault *fault);

G_END_DECLS
