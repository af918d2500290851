/* dailies-practice-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-server.h"

#include <string.h>

#include "dailies-definition.h"

/* A submit may hold its media inline; an upload holds one file. */
#define MAX_SUBMIT_BYTES (64 * 1024 * 1024)
#define MAX_UPLOAD_BYTES (250 * 1000 * 1000)

struct _DailiesPracticeServer
{
  GObject parent_instance;

  SoupServer           *http;
  DailiesPracticeQueue *queue;
  DailiesCatalogue     *catalogue;
  DailiesFaults        *faults;
  char                 *token;
  char                 *url;
  gint64                touched;
};

G_DEFINE_FINAL_TYPE (DailiesPracticeServer, dailies_practice_server, G_TYPE_OBJECT)

/* Which code answers which path, and how it words an error. */
typedef struct
{
  const char            *prefix;
  void                 (*handle) (const DailiesPracticeCall *call);
  DailiesPracticeRefuse  refuse;
  gboolean               needs_token;
  goffset                max_bytes;
} Route;

static const Route routes[] = {
  { "/v1/models", dailies_practice_runcomfy, dailies_practice_runcomfy_refuse, TRUE, MAX_SUBMIT_BYTES },
  { "/v1/requests", dailies_practice_runcomfy, dailies_practice_runcomfy_refuse, TRUE, MAX_SUBMIT_BYTES },
  { "/v1/tasks", dailies_practice_unifically, dailies_practice_unifically_refuse, TRUE, MAX_SUBMIT_BYTES },
  { "/account", dailies_practice_unifically, dailies_practice_unifically_refuse, TRUE, MAX_SUBMIT_BYTES },
  { "/upload", dailies_practice_upload, dailies_practice_unifically_refuse, TRUE, MAX_UPLOAD_BYTES },
  { "/out", dailies_practice_serve_clip, dailies_practice_runcomfy_refuse, FALSE, 0 },
  { "/files", dailies_practice_serve_file, dailies_practice_runcomfy_refuse, FALSE, 0 },
};

static const Route *
find_route (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      gsize length = strlen (routes[i].prefix);

      if (strncmp (path, routes[i].prefix, length) == 0 && (path[length] == '\0' || path[length] == '/'))
        return &routes[i];
    }

  return NULL;
}

static gboolean
has_token (DailiesPracticeServer *self,
           SoupServerMessage     *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  return header != NULL && g_str_has_prefix (header, "Bearer ") && g_str_equal (header + strlen ("Bearer "), self->token);
}

static JsonNode *
read_body (SoupServerMessage *message)
{
  g_autoptr (GBytes)     bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode              *root;

  if (g_bytes_get_size (bytes) == 0
      || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
    return NULL;

  root = json_parser_get_root (parser);

  return root != NULL ? json_node_copy (root) : NULL;
}

static void
dispatch (DailiesPracticeServer *self,
          SoupServerMessage     *message,
          const char            *path,
          GHashTable            *query)
{
  const Route         *route = find_route (path);
  g_autoptr (JsonNode) body = NULL;
  DailiesPracticeCall  call = { self, self->queue, self->catalogue, self->faults, message, path, query, NULL };

  self->touched = g_get_monotonic_time ();
  if (route == NULL)
    {
      dailies_practice_runcomfy_refuse (message, SOUP_STATUS_NOT_FOUND, 0, "no such address");
      return;
    }
  if (route->needs_token && !has_token (self, message))
    {
      route->refuse (message, SOUP_STATUS_UNAUTHORIZED, 0, "the token is missing or wrong");
      return;
    }
  if (route->max_bytes > 0 && soup_server_message_get_request_body (message)->length > route->max_bytes)
    {
      route->refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, 0, "the request is too large");
      return;
    }

  if (route->max_bytes == MAX_SUBMIT_BYTES)
    call.body = body = read_body (message);
  route->handle (&call);
}

typedef struct
{
  DailiesPracticeServer *self;
  SoupServerMessage     *message;
  char                  *path;
  GHashTable            *query;
} Late;

static gboolean
late_cb (gpointer user_data)
{
  Late *late = user_data;

  dispatch (late->self, late->message, late->path, late->query);
  soup_server_message_unpause (late->message);
  g_object_unref (late->self);
  g_object_unref (late->message);
  g_clear_pointer (&late->query, g_hash_table_unref);
  g_free (late->path);
  g_free (late);

  return G_SOURCE_REMOVE;
}

static void
request_cb (SoupServer        *http,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DailiesPracticeServer *self = user_data;
  const char            *slow = dailies_faults_get (self->faults, "slow");
  Late                  *late;

  if (slow == NULL)
    {
      dispatch (self, message, path, query);
      return;
    }

  late = g_new0 (Late, 1);
  late->self = g_object_ref (self);
  late->message = g_object_ref (message);
  late->path = g_strdup (path);
  late->query = query != NULL ? g_hash_table_ref (query) : NULL;
  soup_server_message_pause (message);
  g_timeout_add ((guint) (1000 * g_ascii_strtod (slow, NULL)), late_cb, late);
}

/* Before the body arrives: what is announced as too large is not taken in at all. */
static void
headers_cb (SoupServer        *http,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  const Route *route = find_route (path);
  goffset      length = soup_message_headers_get_content_length (soup_server_message_get_request_headers (message));

  if (route != NULL && route->max_bytes > 0 && length > route->max_bytes)
    {
      route->refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, 0, "the request is too large");
      soup_message_headers_append (soup_server_message_get_response_headers (message), "Connection", "close");
    }
}

/* --- answers --------------------------------------------------------------------------------------------- */

void
dailies_practice_answer (SoupServerMessage *message,
                         guint              status,
                         JsonObject        *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  char                *text = json_to_string (node, FALSE);

  json_object_unref (object);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

void
dailies_practice_cut (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

gboolean
dailies_practice_fault_takes (const DailiesFault *fault)
{
  if (fault->kind != DAILIES_FAULT_STATUS)
    return fault->kind != DAILIES_FAULT_ERROR200;

  return fault->number >= 500 && fault->number < 600;
}

static void
answer_bytes (SoupServerMessage *message,
              const char        *type,
              const char        *text,
              gsize              length)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, length);
}

void
dailies_practice_misbehave (const DailiesPracticeCall *call,
                            const DailiesFault        *fault,
                            DailiesPracticeRefuse      refuse,
                            JsonObject                *object)
{
  static const char    html[] = "<!doctype html><html><head><title>502 Bad Gateway</title></head>"
                                "<body><h1>502 Bad Gateway</h1></body></html>";
  static const char    garbage[] = "\x8f\x01\xff{{{\x00\x7f practice \xfe";
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char     *text = json_to_string (node, FALSE);
  JsonObject          *error;

  json_object_unref (object);
  switch (fault->kind)
    {
    case DAILIES_FAULT_CUT:
      dailies_practice_cut (call->message);
      soup_server_message_set_status (call->message, SOUP_STATUS_OK, NULL);
      break;
    case DAILIES_FAULT_HALF:
      answer_bytes (call->message, "application/json", text, strlen (text) / 2);
      break;
    case DAILIES_FAULT_HTML:
      answer_bytes (call->message, "text/html", html, strlen (html));
      break;
    case DAILIES_FAULT_EMPTY:
      answer_bytes (call->message, "application/json", "", 0);
      break;
    case DAILIES_FAULT_GARBAGE:
      answer_bytes (call->message, "application/octet-stream", garbage, sizeof garbage - 1);
      break;
    case DAILIES_FAULT_ERROR200:
      error = json_object_new ();
      json_object_set_int_member (error, "error_code", 500001);
      json_object_set_string_member (error, "error_message", "something went wrong inside");
      dailies_practice_answer (call->message, SOUP_STATUS_OK, error);
      break;
    case DAILIES_FAULT_STATUS:
    default:
      refuse (call->message, fault->number < 1000 ? fault->number : fault->number / 1000,
              fault->number < 1000 ? 0 : fault->number, "asked for by --faults");
      break;
    }
}

void
dailies_practice_answer_at (const DailiesPracticeCall *call,
                            DailiesFaultPoint          point,
                            DailiesPracticeRefuse      refuse,
                            JsonObject                *object)
{
  DailiesFault fault;

  if (dailies_faults_take (call->faults, point, &fault))
    dailies_practice_misbehave (call, &fault, refuse, object);
  else
    dailies_practice_answer (call->message, SOUP_STATUS_OK, object);
}

char *
dailies_practice_clip_url (const DailiesPracticeCall *call,
                           DailiesPracticeJob        *job)
{
  const char      *expire = dailies_faults_get (call->faults, "expire");
  g_autofree char *name = NULL;

  if (job->state != DAILIES_PRACTICE_COMPLETED)
    return NULL;

  name = dailies_practice_queue_lend_clip (call->queue, job, expire != NULL ? g_ascii_strtod (expire, NULL) : 3600);

  return g_strdup_printf ("%s/out/%s", dailies_practice_server_get_url (call->server), name);
}

DailiesDefinition *
dailies_practice_find_model (const DailiesPracticeCall *call,
                             const char                *service,
                             const char                *endpoint)
{
  GListModel *models = G_LIST_MODEL (call->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (models, i);

      if (g_str_equal (dailies_definition_get_service (definition), service)
          && g_str_equal (dailies_definition_get_endpoint (definition), endpoint))
        return definition; /* the catalogue keeps it */
    }

  return NULL;
}

/* --- object ---------------------------------------------------------------------------------------------- */

static void
dailies_practice_server_finalize (GObject *object)
{
  DailiesPracticeServer *self = DAILIES_PRACTICE_SERVER (object);

  soup_server_disconnect (self->http);
  g_object_unref (self->http);
  g_object_unref (self->queue);
  g_object_unref (self->catalogue);
  dailies_faults_free (self->faults);
  g_free (self->token);
  g_free (self->url);

  G_OBJECT_CLASS (dailies_practice_server_parent_class)->finalize (object);
}

static void
dailies_practice_server_class_init (DailiesPracticeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_practice_server_finalize;
}

static void
dailies_practice_server_init (DailiesPracticeServer *self)
{
  self->http = soup_server_new ("server-header", "dailies-practice ", NULL);
  soup_server_add_early_handler (self->http, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->http, NULL, request_cb, self, NULL);
  self->touched = g_get_monotonic_time ();
}

DailiesPracticeServer *
dailies_practice_server_new (DailiesPracticeQueue *queue,
                             DailiesCatalogue     *catalogue,
                             DailiesFaults        *faults,
                             const char           *token)
{
  DailiesPracticeServer *self = g_object_new (DAILIES_TYPE_PRACTICE_SERVER, NULL);

  self->queue = g_object_ref (queue);
  self->catalogue = g_object_ref (catalogue);
  self->faults = faults;
  self->token = g_strdup (token);

  return self;
}

gboolean
dailies_practice_server_listen (DailiesPracticeServer *self,
                                guint                  port,
                                GError               **error)
{
  GSList *uris;

  if (!soup_server_listen_local (self->http, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (self->http);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

const char *
dailies_practice_server_get_url (DailiesPracticeServer *self)
{
  return self->url;
}

gint64
dailies_practice_server_get_touched (DailiesPracticeServer *self)
{
  return self->touched;
}
