/* cli-fixture.h: the command line as a child, and the service it talks to in this process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "media.h"

#define FIXTURE_TOKEN "test-token-7261"
#define FIXTURE_SECONDS 60

typedef enum
{
  SUBMIT_ANSWERED,
  SUBMIT_CUT,  /* the request is read to its end, then the line goes dead */
  SUBMIT_HELD, /* no answer until the test says so */
} SubmitMode;

typedef struct
{
  SoupServer        *server;
  char              *url;
  char              *folder;
  char              *library;
  char              *start;
  char              *end;
  GBytes            *clip;

  SubmitMode         mode;
  guint              submit_status;
  const char        *submit_body;   /* NULL: the usual one */
  const char        *retry_after;   /* (nullable): of the answer to a submit */
  const char        *word;          /* what the status says */
  guint              poll_status;
  const char        *result_body;   /* NULL: the usual one */
  const char        *cancel_body;
  guint              cancel_status; /* 0: no answer */
  const char        *page;          /* (nullable): in place of the clip */
  SoupServerMessage *held;

  guint              n_submits;
  guint              n_polls;
  guint              n_cancels;
  guint              n_strangers;   /* calls to the API without our token, and others with it */
  JsonNode          *submitted;     /* body of the newest submit */
} Fixture;

typedef struct
{
  int       status;
  char     *out;
  char     *err;
  JsonNode *json; /* of standard output, where it is JSON */
} Ran;

static inline void
ran_free (Ran *ran)
{
  g_free (ran->out);
  g_free (ran->err);
  g_clear_pointer (&ran->json, json_node_unref);
  g_free (ran);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ran, ran_free)

static inline void
fixture_answer (SoupServerMessage *message,
                guint              status,
                const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static inline void
fixture_answer_submit (Fixture           *fixture,
                       SoupServerMessage *message)
{
  g_autofree char *usual = NULL;

  usual = g_strdup_printf ("{\"request_id\":\"req-%u\",\"status_url\":\"https://elsewhere.invalid/s\","
                           "\"result_url\":\"https://elsewhere.invalid/r\",\"cancel_url\":\"https://elsewhere.invalid/c\"}",
                           fixture->n_submits);
  if (fixture->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", fixture->retry_after);
  fixture_answer (message, fixture->submit_status, fixture->submit_body != NULL ? fixture->submit_body : usual);
}

static inline void
fixture_submit (Fixture           *fixture,
                SoupServerMessage *message)
{
  SoupMessageBody   *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize              length;
  const char        *text = g_bytes_get_data (bytes, &length);
  g_autofree char   *copy = g_strndup (text, length);

  fixture->n_submits++;
  g_clear_pointer (&fixture->submitted, json_node_unref);
  fixture->submitted = json_from_string (copy, NULL);

  switch (fixture->mode)
    {
    case SUBMIT_CUT:
      {
        g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

        g_io_stream_close (stream, NULL, NULL);
      }
      break;
    case SUBMIT_HELD:
      fixture->held = g_object_ref (message);
      soup_server_message_pause (message);
      break;
    case SUBMIT_ANSWERED:
    default:
      fixture_answer_submit (fixture, message);
    }
}

static inline void
fixture_release (Fixture *fixture)
{
  g_assert_nonnull (fixture->held);
  fixture_answer_submit (fixture, fixture->held);
  soup_server_message_unpause (fixture->held);
  g_clear_object (&fixture->held);
}

static inline void
fixture_api_cb (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  Fixture         *fixture = user_data;
  const char      *auth = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *body = NULL;

  if (g_strcmp0 (auth, "Bearer " FIXTURE_TOKEN) != 0)
    {
      fixture->n_strangers++;
      fixture_answer (message, 401, "{\"message\":\"bad token\"}");
    }
  else if (g_str_has_prefix (path, "/v1/models/") && g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      fixture_submit (fixture, message);
    }
  else if (g_str_has_suffix (path, "/status"))
    {
      fixture->n_polls++;
      body = g_strdup_printf ("{\"request_id\":\"req-1\",\"status\":\"%s\",\"queue_position\":3}", fixture->word);
      fixture_answer (message, fixture->poll_status, body);
    }
  else if (g_str_has_suffix (path, "/result"))
    {
      body = g_strdup_printf ("{\"request_id\":\"req-1\",\"status\":\"%s\",\"cost\":0.56,"
                              "\"input\":{\"start_image_url\":\"%s/echo.png\"},"
                              "\"output\":{\"video\":\"%s/clip.mp4\"}}", fixture->word, fixture->url, fixture->url);
      fixture_answer (message, 200, fixture->result_body != NULL ? fixture->result_body : body);
    }
  else if (g_str_has_suffix (path, "/cancel"))
    {
      fixture->n_cancels++;
      if (fixture->cancel_status != 0)
        {
          fixture_answer (message, fixture->cancel_status, fixture->cancel_body);
          return;
        }
      g_set_object (&fixture->held, message);
      soup_server_message_pause (message);
    }
  else
    {
      fixture_answer (message, 404, "{\"code\":404001,\"error\":\"not found\"}");
    }
}

static inline void
fixture_clip_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           user_data)
{
  Fixture *fixture = user_data;

  /* The token is for the API and for nobody else. */
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL)
    fixture->n_strangers++;
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "video/mp4", NULL);
  if (fixture->page != NULL)
    soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, fixture->page,
                              strlen (fixture->page));
  else
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), fixture->clip);
}

static inline void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *clip = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char   *contents;
  gsize   length;

  fixture->folder = media_folder_new ();
  fixture->library = g_build_filename (fixture->folder, "library", NULL);
  fixture->start = media_make_image (fixture->folder, "start.png", "png", 640, 360);
  fixture->end = media_make_image (fixture->folder, "end.jpg", "jpeg", 640, 360);
  clip = media_make_clip (fixture->folder, "made.mp4", "mp4mux", 320, 180, 24, 48, FALSE);
  g_assert_true (g_file_get_contents (clip, &contents, &length, NULL));
  fixture->clip = g_bytes_new_take (contents, length);

  fixture->submit_status = 200;
  fixture->word = "completed";
  fixture->poll_status = 200;
  fixture->cancel_status = 200;
  fixture->cancel_body = "{\"status\":\"cancelled\",\"outcome\":\"cancelled\"}";
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/v1", fixture_api_cb, fixture, NULL);
  soup_server_add_handler (fixture->server, "/clip.mp4", fixture_clip_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static inline void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_assert_cmpuint (fixture->n_strangers, ==, 0);
  g_clear_object (&fixture->held);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->submitted, json_node_unref);
  g_bytes_unref (fixture->clip);
  media_folder_remove (fixture->folder);
  g_free (fixture->url);
  g_free (fixture->folder);
  g_free (fixture->library);
  g_free (fixture->start);
  g_free (fixture->end);
}

/* Nothing of whoever runs the tests is seen: no home, no keyring, no proxy, no token. */
static inline GSubprocessLauncher *
fixture_launcher (Fixture *fixture)
{
  GSubprocessLauncher *launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  static const char *const gone[] = { "RUNCOMFY_TOKEN", "YOUR_API_TOKEN", "UNIFICALLY_API_KEY", "http_proxy", "https_proxy",
                                      "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    g_subprocess_launcher_unsetenv (launcher, gone[i]);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "DAILIES_RUNCOMFY_URL", fixture->url, TRUE);
  g_subprocess_launcher_setenv (launcher, "DAILIES_UNIFICALLY_URL", fixture->url, TRUE);
  g_subprocess_launcher_setenv (launcher, "RUNCOMFY_API_TOKEN", FIXTURE_TOKEN, TRUE);

  return launcher;
}

typedef struct
{
  GSubprocess *child;
  gboolean     done;
  char        *out;
  char        *err;
} Running;

static inline char *
fixture_text (GBytes *bytes)
{
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return g_strdup ("");

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static inline void
fixture_communicated_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  Running *running = user_data;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_finish (running->child, result, &out, &err, &error);
  g_assert_no_error (error);
  running->out = fixture_text (out);
  running->err = fixture_text (err);
  running->done = TRUE;
}

/* @words: behind `--library DIR` */
static inline Running *
fixture_start_with (Fixture             *fixture,
                    GSubprocessLauncher *launcher,
                    const char          *input,
                    const char *const   *words)
{
  Running *running = g_new0 (Running, 1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (input != NULL ? input : "", input != NULL ? strlen (input) : 0);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("DAILIES_CLI_BIN"));
  g_assert_nonnull (g_ptr_array_index (argv, 0));
  g_ptr_array_add (argv, (gpointer) "--library");
  g_ptr_array_add (argv, fixture->library);
  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  running->child = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_async (running->child, bytes, NULL, fixture_communicated_cb, running);

  return running;
}

static inline Running *
fixture_start (Fixture           *fixture,
               const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);

  return fixture_start_with (fixture, launcher, NULL, words);
}

#define fixture_until(condition)                                                        \
  G_STMT_START                                                                          \
    {                                                                                   \
      gint64 deadline_ = g_get_monotonic_time () + FIXTURE_SECONDS * G_USEC_PER_SEC;    \
      guint  tick_ = g_timeout_add (20, fixture_tick_cb, NULL);                         \
      while (!(condition))                                                              \
        {                                                                               \
          if (g_get_monotonic_time () > deadline_)                                      \
            g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);   \
          g_main_context_iteration (NULL, TRUE);                                        \
        }                                                                               \
      g_source_remove (tick_);                                                          \
    }                                                                                   \
  G_STMT_END

static inline gboolean
fixture_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static inline Ran *
fixture_finish (Running *running)
{
  Ran *ran = g_new0 (Ran, 1);

  fixture_until (running->done);
  /* By a signal it must never end. */
  g_assert_true (g_subprocess_get_if_exited (running->child));
  g_test_message ("exit %d: %s", g_subprocess_get_exit_status (running->child), running->err);
  ran->status = g_subprocess_get_exit_status (running->child);
  ran->out = g_steal_pointer (&running->out);
  ran->err = g_steal_pointer (&running->err);
  if (ran->out[0] == '{')
    {
      g_autoptr (GError) error = NULL;

      ran->json = json_from_string (ran->out, &error);
      g_assert_no_error (error);
    }
  /* The token is on no output, whatever happens. */
  g_assert_null (strstr (ran->out, FIXTURE_TOKEN));
  g_assert_null (strstr (ran->err, FIXTURE_TOKEN));
  g_object_unref (running->child);
  g_free (running);

  return ran;
}

static inline Ran *
fixture_run (Fixture *fixture,
             ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;
  va_list     args;

  va_start (args, fixture);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (args);
  g_ptr_array_add (words, NULL);

  return fixture_finish (fixture_start (fixture, (const char *const *) words->pdata));
}
