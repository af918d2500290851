/* test-practice.c: the practice service as a process, spoken to over HTTP like a real one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dailies-practice-check.h"
#include "request-fixture.h"

#define RUNCOMFY_MORPH "/v1/models/kling/kling-video-o1/image-to-video"
#define RUNCOMFY_REFERENCE "/v1/models/kling/kling-video-o1/image-to-video/reference"
#define RUNCOMFY_EDIT "/v1/models/kling/kling-video-o1/video-to-video/edit"
#define PATIENCE_SECONDS 60

typedef struct
{
  GSubprocess *process;
  SoupSession *session;
  char        *state;
  char        *url;
  char        *token;
} Service;

typedef struct
{
  guint       status; /* 0: no whole answer came */
  JsonNode   *json;   /* (nullable) */
  GBytes     *bytes;
  char       *retry_after;
  char       *etag;
} Answer;

static char *media; /* folder with the media that this test has made */

/* --- the process ----------------------------------------------------------------------------------------- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
service_spawn (Service    *service,
               const char *options)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (JsonParser)       parser = json_parser_new ();
  g_autofree char             *command = NULL;
  g_autofree char             *line = NULL;
  g_auto (GStrv)               argv = NULL;
  JsonObject                  *object;

  command = g_strdup_printf ("%s --state '%s' %s", g_getenv ("DAILIES_PRACTICE_BIN"), service->state, options);
  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  service->process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (json_parser_load_from_data (parser, line, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_free (service->url);
  g_free (service->token);
  service->url = g_strdup (json_object_get_string_member (object, "url"));
  service->token = g_strdup (json_object_get_string_member (object, "token"));
  g_assert_true (g_str_has_prefix (service->url, "http://127.0.0.1:"));
}

static Service *
service_start (const char *options)
{
  Service *service = g_new0 (Service, 1);

  service->state = g_dir_make_tmp ("test-practice-XXXXXX", NULL);
  service->session = soup_session_new_with_options ("timeout", 30u, NULL);
  service_spawn (service, options);

  return service;
}

static void
service_kill (Service *service)
{
  g_subprocess_force_exit (service->process);
  g_subprocess_wait (service->process, NULL, NULL);
  g_clear_object (&service->process);
}

static void
service_stop (Service *service)
{
  if (service->process != NULL)
    service_kill (service);
  g_object_unref (service->session);
  remove_tree (service->state);
  g_free (service->state);
  g_free (service->url);
  g_free (service->token);
  g_free (service);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_stop)

static guint
count_jobs (Service *service)
{
  g_autofree char *path = g_build_filename (service->state, "jobs", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* --- HTTP ------------------------------------------------------------------------------------------------ */

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->json, json_node_unref);
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_free (answer->retry_after);
  g_free (answer->etag);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* Reads whatever comes, also of an answer that is cut in the middle. */
static GBytes *
read_all (GInputStream *stream,
          gboolean     *whole)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8      buffer[65536];
  gssize      n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);
  *whole = n == 0;

  return g_byte_array_free_to_bytes (bytes);
}

static Answer *
exchange (Service     *service,
          SoupMessage *message)
{
  Answer                   *answer = g_new0 (Answer, 1);
  g_autoptr (GError)        error = NULL;
  g_autoptr (GInputStream)  stream = soup_session_send (service->session, message, NULL, &error);
  g_autoptr (JsonParser)    parser = json_parser_new ();
  gboolean                  whole = FALSE;

  if (error != NULL)
    g_test_message ("no answer: %s", error->message);
  answer->bytes = stream != NULL ? read_all (stream, &whole) : g_bytes_new (NULL, 0);
  answer->status = whole ? soup_message_get_status (message) : 0;
  answer->etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
  answer->retry_after = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After"));
  if (g_bytes_get_size (answer->bytes) > 0
      && json_parser_load_from_data (parser, g_bytes_get_data (answer->bytes, NULL),
                                     (gssize) g_bytes_get_size (answer->bytes), NULL)
      && json_parser_get_root (parser) != NULL)
    answer->json = json_node_copy (json_parser_get_root (parser));

  return answer;
}

static SoupMessage *
make_message (Service    *service,
              const char *method,
              const char *path,
              const char *token)
{
  g_autofree char *url = g_str_has_prefix (path, "http:") ? g_strdup (path) : g_strconcat (service->url, path, NULL);
  SoupMessage     *message = soup_message_new (method, url);

  g_assert_nonnull (message);
  /* A fresh line each time: a retry on a kept one would look like a second request. */
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
    }

  return message;
}

static Answer *
call (Service    *service,
      const char *method,
      const char *path,
      const char *body)
{
  g_autoptr (SoupMessage) message = make_message (service, method, path, service->token);
  g_autoptr (GBytes)      bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);

  return exchange (service, message);
}

static Answer *
fetch (Service    *service,
       const char *url,
       const char *range,
       const char *if_range)
{
  g_autoptr (SoupMessage) message = make_message (service, "GET", url, NULL);

  if (range != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Range", range);
  if (if_range != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "If-Range", if_range);

  return exchange (service, message);
}

static JsonObject *
object_of (Answer *answer)
{
  g_assert_nonnull (answer->json);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer->json));

  return json_node_get_object (answer->json);
}

static const char *
text_of (Answer     *answer,
         const char *name)
{
  return json_object_get_string_member_with_default (object_of (answer), name, "");
}

/* --- jobs ------------------------------------------------------------------------------------------------ */

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Between two looks the main context runs: the media server of this test lives there. */
static void
let_run (guint ms)
{
  gboolean woken = FALSE;

  g_timeout_add (ms, wake_cb, &woken);
  while (!woken)
    g_main_context_iteration (NULL, TRUE);
}

static char *
submit (Service    *service,
        const char *path,
        const char *body)
{
  g_autoptr (Answer) answer = call (service, "POST", path, body);

  if (answer->status != 200)
    g_error ("%u %.*s", answer->status, (int) g_bytes_get_size (answer->bytes),
             (const char *) g_bytes_get_data (answer->bytes, NULL));

  if (g_str_equal (path, "/v1/tasks"))
    return g_strdup (json_object_get_string_member (json_object_get_object_member (object_of (answer), "data"), "task_id"));

  return g_strdup (text_of (answer, "request_id"));
}

/* Returns: (transfer full): the whole answer of the result of RunComfy, or of the task of Unifically */
static Answer *
wait_for (Service    *service,
          const char *id,
          gboolean    runcomfy)
{
  g_autofree char *status = g_strdup_printf (runcomfy ? "/v1/requests/%s/status" : "/v1/tasks/%s", id);
  g_autofree char *result = g_strdup_printf ("/v1/requests/%s/result?include_cost=true", id);
  gint64           until = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until)
    {
      Answer     *answer = call (service, "GET", status, NULL);
      JsonObject *object = object_of (answer);
      const char *word;

      g_assert_cmpuint (answer->status, ==, 200);
      object = runcomfy ? object : json_object_get_object_member (object, "data");
      word = json_object_get_string_member (object, "status");
      if (g_str_equal (word, "completed") || g_str_equal (word, "failed"))
        {
          if (!runcomfy)
            return answer;
          answer_free (answer);
          return call (service, "GET", result, NULL);
        }
      answer_free (answer);
      let_run (50);
    }
  g_assert_not_reached ();
}

/* Returns: (transfer full): address of the clip */
static char *
clip_of (Answer   *answer,
         gboolean  runcomfy)
{
  JsonObject *object = object_of (answer);

  if (!runcomfy)
    object = json_object_get_object_member (object, "data");
  if (!g_str_equal (json_object_get_string_member (object, "status"), "completed"))
    g_error ("%s", (const char *) g_bytes_get_data (answer->bytes, NULL));

  return g_strdup (json_object_get_string_member (json_object_get_object_member (object, "output"),
                                                  runcomfy ? "video" : "video_url"));
}

/* Fetches a clip and looks inside. @rate: frames per second */
static void
check_clip (Service    *service,
            const char *url,
            double      seconds,
            int         width,
            int         height,
            guint       rate,
            gboolean    sound)
{
  g_autoptr (Answer)            answer = fetch (service, url, NULL, NULL);
  g_autofree char              *path = g_build_filename (media, "clip.mp4", NULL);
  g_autofree char              *uri = g_strconcat ("file://", path, NULL);
  g_autoptr (GstDiscoverer)     discoverer = gst_discoverer_new (20 * GST_SECOND, NULL);
  g_autoptr (GstDiscovererInfo) info = NULL;
  GList                        *videos, *sounds;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (answer->bytes, NULL),
                                      (gssize) g_bytes_get_size (answer->bytes), NULL));
  /* The index lies before the pictures, so that a player can begin before it has everything. */
  g_assert_nonnull (memmem (g_bytes_get_data (answer->bytes, NULL), 4096, "moov", 4));
  info = gst_discoverer_discover_uri (discoverer, uri, NULL);
  g_assert_nonnull (info);
  /* Sound is coded in blocks of 21 ms and may hang over by three of them. */
  g_assert_cmpfloat_with_epsilon ((double) gst_discoverer_info_get_duration (info) / GST_SECOND, seconds,
                                  sound ? 0.066 : 1.01 / rate);
  videos = gst_discoverer_info_get_video_streams (info);
  sounds = gst_discoverer_info_get_audio_streams (info);
  g_assert_cmpuint (g_list_length (videos), ==, 1);
  g_assert_cmpint (gst_discoverer_video_info_get_width (videos->data), ==, width);
  g_assert_cmpint (gst_discoverer_video_info_get_height (videos->data), ==, height);
  g_assert_cmpuint (gst_discoverer_video_info_get_framerate_num (videos->data), ==,
                    rate * gst_discoverer_video_info_get_framerate_denom (videos->data));
  g_assert_cmpuint (g_list_length (sounds), ==, sound ? 1 : 0);
  {
    g_autoptr (GstCaps) caps = gst_discoverer_stream_info_get_caps (videos->data);

    g_assert_true (gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-h264"));
  }
  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (sounds);
  g_unlink (path);
}

/* --- media ----------------------------------------------------------------------------------------------- */

static GBytes *
make_image (int         width,
            int         height,
            guint32     rgba,
            const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char                 *buffer;
  gsize                 size;

  gdk_pixbuf_fill (pixbuf, rgba);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, type, NULL, NULL));

  return g_bytes_new_take (buffer, size);
}

static char *
make_data_uri (int     width,
               int     height,
               guint32 rgba)
{
  g_autoptr (GBytes) bytes = make_image (width, height, rgba, "png");
  g_autofree char   *text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strconcat ("data:image/png;base64,", text, NULL);
}

/* Footage of 3 s with sound; returns its path. */
static char *
make_footage (const char *name,
              int         width,
              int         height)
{
  g_autofree char       *path = g_build_filename (media, name, NULL);
  g_autofree char       *launch = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus)     bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  launch = g_strdup_printf ("videotestsrc num-buffers=90 pattern=ball ! video/x-raw,format=I420,width=%d,height=%d,framerate=30/1 "
                            "! x264enc speed-preset=ultrafast ! h264parse ! mp4mux name=mux ! filesink location=\"%s\" "
                            "audiotestsrc num-buffers=141 samplesperbuffer=1024 ! audio/x-raw,rate=48000 ! avenc_aac ! aacparse ! mux.",
                            width, height, path);
  pipeline = gst_parse_launch (launch, &error);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_steal_pointer (&path);
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  g_autofree char *file = g_build_filename (media, path + 1, NULL);
  char            *content;
  gsize            length;

  /* No service sends its token to the host of an input. */
  g_assert_null (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  if (!g_file_get_contents (file, &content, &length, NULL))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_TAKE, content, length);
}

static SoupServer *
start_media_server (char **url)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  GSList     *uris;

  soup_server_add_handler (server, NULL, serve_cb, NULL, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return server;
}

static char *
upload (Service    *service,
        GBytes     *bytes,
        const char *name)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (SoupMessage)   message = make_message (service, "PUT", "/upload", service->token);
  g_autoptr (GBytes)        body = NULL;
  g_autoptr (Answer)        answer = NULL;

  soup_multipart_append_form_file (multipart, "file", name, "image/jpeg", bytes);
  soup_multipart_to_message (multipart, soup_message_get_request_headers (message), &body);
  soup_message_set_request_body_from_bytes (message, NULL, body);
  answer = exchange (service, message);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (object_of (answer), "success"));

  return g_strdup (text_of (answer, "file_url"));
}

/* The quickest job there is: 3 s of moving light */
static const char light[] = "{\"model\":\"kuaishou/kling-o1-video\",\"input\":"
                            "{\"prompt\":\"slow light\",\"duration\":3,\"aspect_ratio\":\"1:1\"}}";

/* --- tests ----------------------------------------------------------------------------------------------- */

static void
test_morph (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autofree char    *start = make_data_uri (640, 360, 0xc03030ff);
  g_autofree char    *end = make_data_uri (640, 360, 0x3030c0ff);
  g_autofree char    *body = g_strdup_printf ("{\"prompt\":\"from @Image1 to @Image2\",\"start_image_url\":\"%s\","
                                              "\"end_image_url\":\"%s\",\"duration\":5}", start, end);
  g_autofree char    *id = submit (service, RUNCOMFY_MORPH, body);
  g_autoptr (Answer)  answer = wait_for (service, id, TRUE);
  g_autofree char    *url = clip_of (answer, TRUE);
  JsonObject         *object = object_of (answer);

  g_assert_cmpint (json_object_get_int_member (object, "cost"), ==, 0);
  g_assert_true (json_object_has_member (object, "created_at"));
  g_assert_true (json_object_has_member (object, "finished_at"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "input"), "start_image_url"), ==,
                   "data:image/png;base64,");
  check_clip (service, url, 5, 1280, 720, 24, FALSE);
}

static void
test_reference (void)
{
  g_autoptr (Service)    service = service_start ("");
  g_autofree char       *host = NULL;
  g_autoptr (SoupServer) server G_GNUC_UNUSED = start_media_server (&host);
  g_autoptr (GBytes)     picture = make_image (500, 700, 0x40a060ff, "jpeg");
  g_autofree char       *path = g_build_filename (media, "front.jpg", NULL);
  g_autofree char       *uploaded = upload (service, picture, "angle.JPG");
  g_autofree char       *body = NULL, *id = NULL, *url = NULL;
  g_autoptr (Answer)     answer = NULL;

  g_assert_true (g_str_has_suffix (uploaded, ".jpg"));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (picture, NULL), (gssize) g_bytes_get_size (picture), NULL));
  body = g_strdup_printf ("{\"prompt\":\"@Element1 like @Image1\",\"elements\":[{\"frontal_image_url\":\"%s/front.jpg\","
                          "\"reference_image_urls\":[\"%s\"]}],\"image_urls\":[\"%s\"],\"duration\":\"5\",\"aspect_ratio\":\"9:16\"}",
                          host, uploaded, uploaded);
  id = submit (service, RUNCOMFY_REFERENCE, body);
  answer = wait_for (service, id, TRUE);
  url = clip_of (answer, TRUE);
  check_clip (service, url, 5, 720, 1280, 24, FALSE);
}

static void
test_edit (void)
{
  g_autoptr (Service)    service = service_start ("");
  g_autofree char       *host = NULL;
  g_autoptr (SoupServer) server G_GNUC_UNUSED = start_media_server (&host);
  g_autofree char       *footage G_GNUC_UNUSED = make_footage ("footage.mp4", 1280, 720);
  g_autofree char       *tall G_GNUC_UNUSED = make_footage ("tall.mp4", 1080, 1920);
  g_autofree char       *image = make_data_uri (640, 480, 0xa08040ff);

  for (int keep = 0; keep < 2; keep++)
    {
      g_autofree char   *body = g_strdup_printf ("{\"prompt\":\"golden @Image1\",\"video_url\":\"%s/footage.mp4\",\"keep_audio\":%s,"
                                                 "\"image_urls\":[\"%s\"],\"elements\":[]}", host, keep ? "true" : "false", image);
      g_autofree char   *id = submit (service, RUNCOMFY_EDIT, body);
      g_autoptr (Answer) answer = wait_for (service, id, TRUE);
      g_autofree char   *url = clip_of (answer, TRUE);

      check_clip (service, url, 3, 1280, 720, 30, keep);
    }
  for (int pro = 0; pro < 2; pro++)
    {
      g_autofree char   *body = g_strdup_printf ("{\"model\":\"kuaishou/kling-o1-video-edit\",\"input\":{\"prompt\":\"night\","
                                                 "\"video_url\":\"%s/tall.mp4\",\"mode\":\"%s\",\"keep_audio\":true}}",
                                                 host, pro ? "pro" : "std");
      g_autofree char   *id = submit (service, "/v1/tasks", body);
      g_autoptr (Answer) answer = wait_for (service, id, FALSE);
      g_autofree char   *url = clip_of (answer, FALSE);

      check_clip (service, url, 3, pro ? 1080 : 720, pro ? 1920 : 1280, 30, TRUE);
    }
}

static void
test_all_modes (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autofree char    *image = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char    *frames = g_strdup_printf ("{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":\"go\",\"duration\":3,"
                                                "\"video_mode\":\"start_end_frame\",\"start_frame_url\":\"%s\",\"end_frame_url\":\"%s\"}}",
                                                image, image);
  g_autofree char    *elements = g_strdup_printf ("{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":\"go @Element1\","
                                                  "\"video_mode\":\"elements\",\"duration\":3,\"aspect_ratio\":\"16:9\",\"elements\":"
                                                  "[{\"description\":\"a cup\",\"type\":\"image\",\"image_urls\":[\"%s\"]}]}}", image);
  const struct
  {
    const char *body;
    int         width, height;
  } cases[] = {
    { light, 960, 960 },
    { frames, 960, 960 },
    { elements, 1280, 720 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char   *id = submit (service, "/v1/tasks", cases[i].body);
      g_autoptr (Answer) answer = wait_for (service, id, FALSE);
      g_autofree char   *url = clip_of (answer, FALSE);

      check_clip (service, url, 3, cases[i].width, cases[i].height, 24, FALSE);
    }
}

static void
test_token (void)
{
  static const struct
  {
    const char *method, *path;
  } calls[] = {
    { "POST", RUNCOMFY_MORPH }, { "GET", "/v1/models" }, { "GET", RUNCOMFY_EDIT },
    { "GET", "/v1/requests/abc/status" }, { "GET", "/v1/requests/abc/result" }, { "POST", "/v1/requests/abc/cancel" },
    { "POST", "/v1/tasks" }, { "GET", "/v1/tasks/abc" }, { "GET", "/account" }, { "PUT", "/upload" },
  };
  g_autoptr (Service) service = service_start ("--token 'the-right-one'");

  g_assert_cmpstr (service->token, ==, "the-right-one");
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    for (int wrong = 0; wrong < 2; wrong++)
      {
        g_autoptr (SoupMessage) message = make_message (service, calls[i].method, calls[i].path, wrong ? "another" : NULL);
        g_autoptr (Answer)      answer = exchange (service, message);

        g_assert_cmpuint (answer->status, ==, 401);
        g_assert_nonnull (answer->json);
      }
}

#define ALL_MODES(input, field) \
  { "/v1/tasks", "{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":\"a\"," input "}}", field }

static void
test_invalid (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autofree char    *image = make_data_uri (400, 400, 0x80c0f0ff);
  static const struct
  {
    const char *path;
    const char *body;  /* IMG stands for a picture */
    const char *field; /* that the 422 names */
  } cases[] = {
    { RUNCOMFY_MORPH, "{\"start_image_url\":\"IMG\",\"end_image_url\":\"IMG\"}", "prompt" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"end_image_url\":\"IMG\"}", "start_image_url" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"start_image_url\":\"file:///etc/passwd\",\"end_image_url\":\"IMG\"}", "start_image_url" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"start_image_url\":\"http://10.0.0.1/a.png\",\"end_image_url\":\"IMG\"}", "start_image_url" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"start_image_url\":\"IMG\",\"end_image_url\":\"IMG\",\"duration\":\"5\"}", "duration" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"start_image_url\":\"IMG\",\"end_image_url\":\"IMG\",\"duration\":7}", "duration" },
    { RUNCOMFY_MORPH, "{\"prompt\":\"a\",\"start_image_url\":\"IMG\",\"end_image_url\":\"IMG\",\"wish\":1}", "wish" },
    { RUNCOMFY_REFERENCE, "{\"prompt\":\"a\",\"image_urls\":[\"IMG\"]}", "elements" },
    { RUNCOMFY_REFERENCE, "{\"prompt\":\"a\",\"elements\":[],\"image_urls\":[\"IMG\"],\"duration\":5}", "duration" },
    { RUNCOMFY_REFERENCE, "{\"prompt\":\"a\",\"elements\":[],\"image_urls\":[\"IMG\"],\"aspect_ratio\":\"4:3\"}", "aspect_ratio" },
    { RUNCOMFY_REFERENCE, "{\"prompt\":\"a\",\"elements\":[{\"frontal_image_url\":\"IMG\",\"reference_image_urls\":[]}],"
                          "\"image_urls\":[]}", "reference_image_urls" },
    { RUNCOMFY_EDIT, "{\"prompt\":\"a\",\"video_url\":\"https://example.org/a.mp4\",\"elements\":[],\"keep_audio\":\"yes\","
                     "\"image_urls\":[]}", "keep_audio" },
    { RUNCOMFY_EDIT, "{\"prompt\":\"a\",\"video_url\":\"https://example.org/a.mp4\",\"elements\":[],\"keep_audio\":true,"
                     "\"image_urls\":[\"IMG\",\"IMG\",\"IMG\",\"IMG\",\"IMG\"]}", "image_urls" },
    { "/v1/tasks", "{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":\"a\",\"duration\":11}}", "duration" },
    { "/v1/tasks", "{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":7}}", "prompt" },
    { "/v1/tasks", "{\"model\":\"kuaishou/kling-o1-video\"}", "input" },
    ALL_MODES ("\"aspect_ratio\":\"auto\"", "aspect_ratio"),
    ALL_MODES ("\"video_url\":\"https://e.example/a.mp4\",\"aspect_ratio\":\"16:9\"", "aspect_ratio"),
    ALL_MODES ("\"video_mode\":\"transform\"", "video_mode"),
    ALL_MODES ("\"video_mode\":\"video_reference\"", "video_mode"),
    ALL_MODES ("\"video_mode\":\"start_end_frame\"", "video_mode"),
    ALL_MODES ("\"elements\":[{\"description\":\"a\",\"type\":\"video\",\"image_urls\":[\"IMG\"]}]", "elements.0.type"),
    ALL_MODES ("\"elements\":[{\"description\":\"a\",\"image_urls\":[\"IMG\"]}]", "elements.0.type"),
    ALL_MODES ("\"elements\":[{\"type\":\"image\",\"image_urls\":[\"IMG\"]}]", "elements.0.description"),
    ALL_MODES ("\"elements\":[{\"description\":7,\"type\":\"image\",\"image_urls\":[\"IMG\"]}]", "elements.0.description"),
    ALL_MODES ("\"elements\":[{\"description\":\"a\",\"type\":\"image\"}]", "elements.0.image_urls"),
    ALL_MODES ("\"elements\":[{\"description\":\"a\",\"type\":\"image\",\"image_urls\":[]}]", "elements.0.image_urls"),
    ALL_MODES ("\"image_urls\":[\"IMG\"],\"start_image_index\":2", "start_image_index"),
    ALL_MODES ("\"image_urls\":[\"IMG\"],\"start_image_index\":0", "start_image_index"),
    ALL_MODES ("\"start_image_index\":1", "start_image_index"),
    ALL_MODES ("\"callback_url\":\"https://e.example/\"", "callback_url"),
    ALL_MODES ("\"duration\":5},\"callback_url\":\"http://e.example/\",\"x\":{\"x\":1", "callback_url"),
    ALL_MODES ("\"duration\":5},\"callback_url\":\"http://127.0.0.1/\",\"x\":{\"x\":1", "callback_url"),
    ALL_MODES ("\"duration\":5},\"callback_url\":5,\"x\":{\"x\":1", "callback_url"),
    ALL_MODES ("\"duration\":5},\"dry_run\":\"true\",\"x\":{\"x\":1", "dry_run"),
    ALL_MODES ("\"duration\":5},\"dry_run\":1,\"x\":{\"x\":1", "dry_run"),
    ALL_MODES ("\"duration\":5},\"dry_run\":null,\"x\":{\"x\":1", "dry_run"),
    ALL_MODES ("\"aspect_ratio\":\"auto\"},\"dry_run\":true,\"x\":{\"x\":1", "aspect_ratio"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv)     parts = g_strsplit (cases[i].body, "IMG", -1);
      g_autofree char   *body = g_strjoinv (image, parts);
      g_autoptr (Answer) answer = call (service, "POST", cases[i].path, body);
      g_autofree char   *text = g_strndup (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes));

      g_assert_cmpuint (answer->status, ==, 422);
      g_assert_nonnull (strstr (text, cases[i].field));
      if (!g_str_equal (cases[i].path, "/v1/tasks"))
        g_assert_true (JSON_NODE_HOLDS_ARRAY (json_object_get_member (object_of (answer), "detail")));
    }
  g_assert_cmpuint (count_jobs (service), ==, 0);

  {
    static const struct
    {
      const char *method, *path, *body;
      guint       status;
    } others[] = {
      { "POST", RUNCOMFY_MORPH, "{\"prompt\":", 400 },
      { "POST", RUNCOMFY_MORPH, "[]", 422 },
      { "POST", "/v1/models/nobody/knows", "{}", 404 },
      { "GET", "/v1/models/nobody/knows", NULL, 404 },
      { "GET", "/v1/requests/unknown/status", NULL, 404 },
      { "GET", "/v1/requests/not%20an%20id/status", NULL, 400 },
      { "GET", "/v1/tasks/unknown", NULL, 404 },
      { "POST", "/v1/tasks", "{\"model\":\"nobody/knows\",\"input\":{}}", 404 },
      { "GET", "/out/unknown.mp4", NULL, 403 },
      { "GET", "/files/..%2Faddress.json", NULL, 400 }, /* libsoup's own no to such paths */
      { "GET", "/files/.%2e/address.json", NULL, 404 },
      { "GET", "/elsewhere", NULL, 404 },
      { "GET", "/v1/models?limit=0", NULL, 400 },
      { "GET", "/v1/models?limit=1", NULL, 200 },
      { "GET", "/v1/models?limit=100", NULL, 200 },
      { "GET", "/v1/models?limit=101", NULL, 400 },
      { "GET", "/v1/models?limit=-1", NULL, 400 },
      { "GET", "/v1/models?limit=ten", NULL, 400 },
      { "DELETE", RUNCOMFY_MORPH, NULL, 405 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
      {
        g_autoptr (Answer) answer = call (service, others[i].method, others[i].path, others[i].body);

        if (answer->status != others[i].status)
          g_error ("%s %s: %u", others[i].method, others[i].path, answer->status);
      }
  }
}

/* Every way to fill the form that the program would send is one that the service takes. */
static void
test_agreement (void)
{
  static const char *const modes[] = { NULL, "elements", "start_end_frame", "transform", "video_reference" };
  static const char *const ratios[] = { NULL, "1:1", "auto" };
  static const char *const indices[] = { NULL, "0", "1", "2" };
  g_autoptr (DailiesDefinition) definition = dup_definition (UNIFICALLY_VIDEO);
  guint n_sent = 0;

  for (guint i = 0; i < G_N_ELEMENTS (modes) * G_N_ELEMENTS (ratios) * G_N_ELEMENTS (indices) * 32; i++)
    {
      g_autoptr (DailiesRequest) request = dailies_request_new (definition);
      g_autoptr (GPtrArray) complaints = NULL;
      g_autoptr (JsonNode)  input = NULL;
      guint                 rest = i / 32;

      dailies_request_set_prompt (request, "x");
      if (i & 1)
        add (request, "video_url", "https://e.example/a.mp4");
      if (i & 2)
        add (request, "start_frame_url", "https://e.example/a.png");
      if (i & 4)
        add (request, "image_urls", "https://e.example/b.png");
      if (i & 8)
        dailies_element_set_description (add_element (request, "elements", 1), i & 16 ? "a cup" : "");
      dailies_request_set_text (request, "video_mode", modes[rest % G_N_ELEMENTS (modes)]);
      rest /= G_N_ELEMENTS (modes);
      dailies_request_set_text (request, "aspect_ratio", ratios[rest % G_N_ELEMENTS (ratios)]);
      rest /= G_N_ELEMENTS (ratios);
      dailies_request_set_text (request, "start_image_index", indices[rest]);
      if (!dailies_request_is_sendable (request))
        continue;

      input = dailies_request_build (request, NULL, NULL, NULL);
      complaints = dailies_practice_check (definition, input);
      if (complaints->len > 0)
        g_error ("%s", ((DailiesComplaint *) g_ptr_array_index (complaints, 0))->message);
      n_sent++;
    }
  g_assert_cmpuint (n_sent, >, 100);
}

/* Media that fit the schema but not the limits: the job is taken and fails, and only the result says so. */
static void
test_bad_media (void)
{
  g_autoptr (Service)    service = service_start ("");
  g_autofree char       *host = NULL;
  g_autoptr (SoupServer) server G_GNUC_UNUSED = start_media_server (&host);
  g_autofree char       *good = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char       *small = make_data_uri (300, 400, 0x80c0f0ff);
  g_autofree char       *narrow = make_data_uri (310, 900, 0x80c0f0ff);
  g_autofree char       *missing = g_strdup_printf ("%s/missing.png", host);
  const struct
  {
    const char *url, *words;
  } cases[] = {
    { small, "300 × 400" },
    { narrow, "310 × 900" },
    { missing, "cannot be fetched" },
    { "data:image/png;base64,bm8=", "no image" },
    { "data:,", "cannot be fetched" },
    /* The header of a WebP of 8000 × 8000 pixels, and of one that moves. */
    { "data:image/webp;base64,UklGRhYAAABXRUJQVlA4WAoAAAAAAAAAPx8APx8A", "8000 × 8000 pixels are too many" },
    { "data:image/webp;base64,UklGRhYAAABXRUJQVlA4WAoAAAACAAAAhxMAhxMA", "5000 × 5000 pixels are too many" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char   *body = g_strdup_printf ("{\"prompt\":\"a\",\"start_image_url\":\"%s\",\"end_image_url\":\"%s\"}",
                                                 good, cases[i].url);
      g_autofree char   *id = submit (service, RUNCOMFY_MORPH, body);
      g_autofree char   *path = g_strdup_printf ("/v1/requests/%s/status", id);
      g_autoptr (Answer) answer = wait_for (service, id, TRUE);
      g_autoptr (Answer) status = call (service, "GET", path, NULL);

      g_assert_cmpstr (text_of (answer, "status"), ==, "failed");
      g_assert_nonnull (strstr (text_of (answer, "error"), "end_image_url"));
      g_assert_nonnull (strstr (text_of (answer, "error"), cases[i].words));
      g_assert_cmpstr (text_of (status, "status"), ==, "completed");
    }
}

static void
test_queue (void)
{
  g_autoptr (Service) service = service_start ("--queue 3 --latency 1.5");
  g_autofree char    *image = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char    *body = g_strdup_printf ("{\"prompt\":\"a\",\"start_image_url\":\"%s\",\"end_image_url\":\"%s\"}", image, image);
  g_autofree char    *first = submit (service, RUNCOMFY_MORPH, body);
  g_autofree char    *second = submit (service, RUNCOMFY_MORPH, body);
  g_autofree char    *status = g_strdup_printf ("/v1/requests/%s/status", first);
  g_autofree char    *cancel_first = g_strdup_printf ("/v1/requests/%s/cancel", first);
  g_autofree char    *cancel_second = g_strdup_printf ("/v1/requests/%s/cancel", second);
  gint64              last = 5;
  gboolean            ran = FALSE;
  gint64              until = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  {
    g_autoptr (Answer) answer = call (service, "POST", cancel_second, NULL);

    g_assert_cmpuint (answer->status, ==, 200);
    g_assert_cmpstr (text_of (answer, "outcome"), ==, "cancelled");
    g_assert_cmpstr (text_of (answer, "status"), ==, "cancelled");
  }
  while (!ran && g_get_monotonic_time () < until)
    {
      g_autoptr (Answer) answer = call (service, "GET", status, NULL);

      if (g_str_equal (text_of (answer, "status"), "in_queue"))
        {
          gint64 position = json_object_get_int_member (object_of (answer), "queue_position");

          g_assert_cmpint (position, >=, 1);
          g_assert_cmpint (position, <=, last);
          last = position;
        }
      ran = g_str_equal (text_of (answer, "status"), "in_progress");
      let_run (40);
    }
  g_assert_true (ran);
  g_assert_cmpint (last, <, 4);
  {
    g_autoptr (Answer) answer = call (service, "POST", cancel_first, NULL);

    g_assert_cmpstr (text_of (answer, "outcome"), ==, "not_cancellable");
  }
}

/* Behind the index, which is shorter than this for so short a clip. */
static const guint8 *
pictures_of (Answer *answer)
{
  const guint8 *bytes = g_bytes_get_data (answer->bytes, NULL);

  g_assert_cmpuint (g_bytes_get_size (answer->bytes), >, 16384);
  g_assert_nonnull (memmem (bytes, 8192, "mdat", 4));

  return bytes + 8192;
}

/* Killed in the middle: what was taken is known again, under the same token, and ends in a clip. */
static void
test_remembers (void)
{
  g_autoptr (Service) service = service_start ("--latency 30");
  g_autofree char    *id = submit (service, "/v1/tasks", light);
  g_autofree char    *other = submit (service, "/v1/tasks", light);
  g_autofree char    *path = g_strdup_printf ("/v1/tasks/%s", id);
  g_autofree char    *token = g_strdup (service->token);
  g_autofree char    *old_url = g_strdup (service->url);
  g_autofree char    *clip = NULL;
  GStatBuf            info;
  g_autofree char    *secret = g_build_filename (service->state, "address.json", NULL);

  g_assert_cmpint (g_stat (secret, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  service_kill (service);
  service_spawn (service, "");
  g_assert_cmpstr (service->token, ==, token);
  g_assert_cmpstr (service->url, ==, old_url);
  {
    g_autoptr (Answer) answer = wait_for (service, id, FALSE);

    clip = clip_of (answer, FALSE);
    check_clip (service, clip, 3, 960, 960, 24, FALSE);
  }
  {
    g_autoptr (Answer) answer = wait_for (service, other, FALSE);
    g_autofree char   *second = clip_of (answer, FALSE);
    g_autoptr (Answer) a = fetch (service, clip, NULL, NULL);
    g_autoptr (Answer) b = fetch (service, second, NULL, NULL);

    /* The same request gives the same pictures, byte for byte; the index before them holds the time of writing. */
    g_assert_cmpuint (g_bytes_get_size (a->bytes), ==, g_bytes_get_size (b->bytes));
    g_assert_cmpmem (pictures_of (a), g_bytes_get_size (a->bytes) - 8192, pictures_of (b),
                     g_bytes_get_size (b->bytes) - 8192);
  }

  /* Finished ones are still served after another start. */
  service_kill (service);
  service_spawn (service, "");
  {
    g_autoptr (Answer) answer = call (service, "GET", path, NULL);
    g_autofree char   *again = clip_of (answer, FALSE);
    g_autoptr (Answer) whole = fetch (service, again, NULL, NULL);

    g_assert_cmpuint (whole->status, ==, 200);
  }
}

/* A second one on the same folder leads to the first. */
static void
test_one_per_folder (void)
{
  g_autoptr (Service)     service = service_start ("");
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char        *line = NULL;
  g_autoptr (GError)      error = NULL;

  second = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("DAILIES_PRACTICE_BIN"), "--state",
                             service->state, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (second, NULL, NULL, &line, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 0);
  g_assert_nonnull (strstr (line, service->url));
  g_assert_nonnull (strstr (line, service->token));
}

static void
test_leaves (void)
{
  g_autoptr (Service) service = service_start ("--idle-exit 1");

  g_subprocess_wait (service->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (service->process));
  g_assert_cmpint (g_subprocess_get_exit_status (service->process), ==, 0);
  g_clear_object (&service->process);

  /* Asked to go in the middle of a job, it goes at once and cleanly. */
  service_spawn (service, "");
  {
    g_autofree char *id G_GNUC_UNUSED = submit (service, "/v1/tasks", light);

    g_subprocess_send_signal (service->process, SIGTERM);
    g_subprocess_wait (service->process, NULL, NULL);
    g_assert_true (g_subprocess_get_if_exited (service->process));
    g_assert_cmpint (g_subprocess_get_exit_status (service->process), ==, 0);
    g_clear_object (&service->process);
  }
}

/* Nobody holds the lock of the folder here: the job at work is done to its end, and that is all. */
static void
test_finishes_unused (void)
{
  g_autoptr (Service)    service = service_start ("--unused-exit 1 --latency 4");
  g_autofree char       *id = submit (service, "/v1/tasks", light);
  g_autofree char       *name = g_strconcat (id, ".json", NULL);
  g_autofree char       *path = g_build_filename (service->state, "jobs", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_subprocess_wait (service->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (service->process));
  g_assert_cmpint (g_subprocess_get_exit_status (service->process), ==, 0);
  g_clear_object (&service->process);
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "state"), ==,
                   "completed");
}

static void
test_usage (void)
{
  /* Without a folder there is nothing by which others could use it. */
  static const char *const wrong[] = { "--faults=nonsense", "--port=70000", "--queue=-1", "--unused-exit=1", "extra" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                                          g_getenv ("DAILIES_PRACTICE_BIN"), wrong[i], NULL);

      g_subprocess_wait (process, NULL, NULL);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 64);
    }
}

static void
test_catalogue (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autoptr (Answer)  page = call (service, "GET", "/v1/models?include_schema=true&limit=2&offset=1", NULL);
  g_autoptr (Answer)  found = call (service, "GET", "/v1/models?search=edit", NULL);
  g_autoptr (Answer)  one = call (service, "GET", RUNCOMFY_EDIT, NULL);
  g_autoptr (Answer)  account = call (service, "GET", "/account", NULL);
  g_autoptr (Answer)  price = NULL;
  JsonArray          *models = json_object_get_array_member (object_of (page), "models");
  JsonObject         *entry;

  g_assert_cmpint (json_object_get_int_member (object_of (page), "total"), ==, 3);
  g_assert_cmpuint (json_array_get_length (models), ==, 2);
  entry = json_array_get_object_element (models, 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "model_id"), ==, &RUNCOMFY_REFERENCE[strlen ("/v1/models/")]);
  g_assert_true (json_object_has_member (entry, "input_schema"));
  models = json_object_get_array_member (object_of (found), "models");
  g_assert_cmpuint (json_array_get_length (models), ==, 1);
  g_assert_false (json_object_has_member (json_array_get_object_element (models, 0), "input_schema"));
  g_assert_cmpstr (text_of (one, "model_id"), ==, &RUNCOMFY_EDIT[strlen ("/v1/models/")]);
  g_assert_cmpstr (text_of (one, "price_unit"), ==, "second");
  g_assert_cmpfloat (json_object_get_double_member (json_object_get_object_member (object_of (account), "data"),
                                                    "balance_usd"), >, 0);

  price = call (service, "POST", "/v1/tasks", "{\"model\":\"kuaishou/kling-o1-video\",\"input\":{\"prompt\":\"a\"},\"dry_run\":true}");
  g_assert_cmpuint (price->status, ==, 200);
  g_assert_cmpfloat (json_object_get_double_member (json_object_get_object_member (object_of (price), "data"), "cost"), ==, 0);
  g_assert_cmpuint (count_jobs (service), ==, 0);
}

static void
test_range (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autofree char    *id = submit (service, "/v1/tasks", light);
  g_autoptr (Answer)  answer = wait_for (service, id, FALSE);
  g_autofree char    *url = clip_of (answer, FALSE);
  g_autoptr (Answer)  whole = fetch (service, url, NULL, NULL);
  g_autoptr (Answer)  rest = fetch (service, url, "bytes=1000-", whole->etag);
  g_autoptr (Answer)  other = fetch (service, url, "bytes=1000-", "\"another\"");
  const guint8       *bytes = g_bytes_get_data (whole->bytes, NULL);
  gsize               size = g_bytes_get_size (whole->bytes);

  g_assert_nonnull (whole->etag);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpuint (rest->status, ==, 206);
  g_assert_cmpmem (g_bytes_get_data (rest->bytes, NULL), g_bytes_get_size (rest->bytes), bytes + 1000, size - 1000);
  g_assert_cmpuint (other->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (other->bytes), ==, size);
}

/* Whether the answer is of the status, whether it can be read, and whether the job was taken. */
static void
test_submit_faults (void)
{
  static const struct
  {
    const char *fault;
    guint       status;
    gboolean    readable;
    guint       n_jobs;
    const char *member; /* of a readable answer of RunComfy */
  } cases[] = {
    { "submit=cut", 0, FALSE, 1, NULL },
    { "submit=half", 200, FALSE, 1, NULL },
    { "submit=html", 200, FALSE, 1, NULL },
    { "submit=empty", 200, FALSE, 1, NULL },
    { "submit=garbage", 200, FALSE, 1, NULL },
    { "submit=500", 500, TRUE, 1, "error_code" },
    { "submit=503", 503, TRUE, 1, "error_code" },
    { "submit=error200", 200, TRUE, 0, "error_code" },
    { "submit=402", 402, TRUE, 0, "error_code" },
    { "submit=404", 404, TRUE, 0, "error_code" },
    { "submit=429", 429, TRUE, 0, "error_code" },
    { "submit=400004", 400, TRUE, 0, "error_code" },
  };
  g_autofree char *image = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char *body = g_strdup_printf ("{\"prompt\":\"a\",\"start_image_url\":\"%s\",\"end_image_url\":\"%s\"}", image, image);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int unifically = 0; unifically < 2; unifically++)
      {
        g_autofree char    *options = g_strdup_printf ("--queue 50 --faults '%s'", cases[i].fault);
        g_autoptr (Service) service = service_start (options);
        g_autoptr (Answer)  answer = call (service, "POST", unifically ? "/v1/tasks" : RUNCOMFY_MORPH,
                                           unifically ? light : body);

        g_assert_cmpuint (answer->status, ==, cases[i].status);
        g_assert_cmpint (answer->json != NULL, ==, cases[i].readable);
        g_assert_cmpuint (count_jobs (service), ==, cases[i].n_jobs);
        if (cases[i].readable && !unifically)
          g_assert_true (json_object_has_member (object_of (answer), cases[i].member));
        if (cases[i].status == 429)
          g_assert_cmpstr (answer->retry_after, ==, "1");
      }
}

static void
test_other_faults (void)
{
  g_autoptr (Service) service = service_start ("--latency 1 --faults 'status=500:2,models=html:1,account=503:1,upload=half:1,"
                                               "cancel=429:1,result=emptyx1,word=thinking'");
  g_autofree char    *image = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char    *body = g_strdup_printf ("{\"prompt\":\"a\",\"start_image_url\":\"%s\",\"end_image_url\":\"%s\"}", image, image);
  g_autofree char    *id = submit (service, RUNCOMFY_MORPH, body);
  g_autofree char    *status = g_strdup_printf ("/v1/requests/%s/status", id);
  g_autofree char    *result = g_strdup_printf ("/v1/requests/%s/result", id);
  g_autofree char    *cancel = g_strdup_printf ("/v1/requests/%s/cancel", id);
  const struct
  {
    const char *method, *path;
    guint       status;
    gboolean    readable;
  } calls[] = {
    { "GET", status, 500, TRUE },     { "GET", status, 500, TRUE },  { "GET", status, 200, TRUE },
    { "GET", "/v1/models", 200, FALSE }, { "GET", "/v1/models", 200, TRUE },
    { "GET", "/account", 503, TRUE }, { "GET", "/account", 200, TRUE },
    { "POST", cancel, 429, TRUE },    { "POST", cancel, 200, TRUE },
    { "GET", result, 200, FALSE },    { "GET", result, 200, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (Answer) answer = call (service, calls[i].method, calls[i].path, NULL);

      g_assert_cmpuint (answer->status, ==, calls[i].status);
      g_assert_cmpint (answer->json != NULL, ==, calls[i].readable);
    }
  {
    g_autoptr (Answer) answer = call (service, "GET", status, NULL);

    g_assert_cmpstr (text_of (answer, "status"), ==, "thinking");
  }
}

static void
test_failures (void)
{
  static const struct
  {
    const char *faults, *status;
  } cases[] = { { "fail", "completed" }, { "fail=status", "failed" } };
  g_autofree char *image = make_data_uri (400, 400, 0x80c0f0ff);
  g_autofree char *body = g_strdup_printf ("{\"prompt\":\"a\",\"start_image_url\":\"%s\",\"end_image_url\":\"%s\"}", image, image);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char    *options = g_strdup_printf ("--faults '%s'", cases[i].faults);
      g_autoptr (Service) service = service_start (options);
      g_autofree char    *id = submit (service, RUNCOMFY_MORPH, body);
      g_autofree char    *path = g_strdup_printf ("/v1/requests/%s/status", id);
      g_autoptr (Answer)  result = wait_for (service, id, TRUE);
      g_autoptr (Answer)  status = call (service, "GET", path, NULL);

      g_assert_cmpstr (text_of (result, "status"), ==, "failed");
      g_assert_cmpstr (text_of (result, "error"), !=, "");
      g_assert_cmpstr (text_of (status, "status"), ==, cases[i].status);
    }
}

static void
test_download_faults (void)
{
  g_autoptr (Service) service = service_start ("");
  g_autofree char    *id = submit (service, "/v1/tasks", light);
  g_autofree char    *path = g_strdup_printf ("/v1/tasks/%s", id);
  g_autoptr (Answer)  first = wait_for (service, id, FALSE);
  g_autofree char    *first_url = clip_of (first, FALSE);
  g_autoptr (Answer)  whole = fetch (service, first_url, NULL, NULL);
  gsize               size = g_bytes_get_size (whole->bytes);
  const struct
  {
    const char *faults;
    guint       status;
    gsize       size;
    gboolean    same; /* the bytes are the clip's, as far as they go */
  } cases[] = {
    { "download=cut:20000", 0, 20000, TRUE },
    { "download=half", 200, size / 2, TRUE },
    { "download=empty", 200, 0, TRUE },
    { "download=html", 200, 0, FALSE },
    { "download=garbage", 200, 0, FALSE },
    { "download=500", 500, 0, FALSE },
    { "expire=0", 403, 0, FALSE },
    { "nolength", 200, size, TRUE },
    { "norange", 200, size, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *options = g_strdup_printf ("--faults '%s'", cases[i].faults);

      service_kill (service);
      service_spawn (service, options);
      {
        g_autoptr (Answer) answer = call (service, "GET", path, NULL);
        g_autofree char   *url = clip_of (answer, FALSE);
        g_autoptr (Answer) got = fetch (service, url, NULL, NULL);

        g_assert_cmpuint (got->status, ==, cases[i].status);
        if (cases[i].same)
          g_assert_cmpmem (g_bytes_get_data (got->bytes, NULL), g_bytes_get_size (got->bytes),
                           g_bytes_get_data (whole->bytes, NULL), cases[i].size);
        else
          g_assert_false (g_bytes_equal (got->bytes, whole->bytes));
      }
    }

  /* Cut twice, then whole: taken up by range each time. */
  service_kill (service);
  service_spawn (service, "--faults 'download=cut:20000x2'");
  {
    g_autoptr (Answer) answer = call (service, "GET", path, NULL);
    g_autofree char   *url = clip_of (answer, FALSE);
    g_autoptr (Answer) a = fetch (service, url, NULL, NULL);
    g_autoptr (Answer) b = fetch (service, url, "bytes=20000-", a->etag);
    g_autoptr (Answer) c = fetch (service, url, "bytes=40000-", b->etag);
    const guint8      *bytes = g_bytes_get_data (whole->bytes, NULL);

    g_assert_cmpstr (a->etag, ==, b->etag);
    g_assert_cmpmem (g_bytes_get_data (a->bytes, NULL), g_bytes_get_size (a->bytes), bytes, 20000);
    g_assert_cmpmem (g_bytes_get_data (b->bytes, NULL), g_bytes_get_size (b->bytes), bytes + 20000, 20000);
    g_assert_cmpuint (c->status, ==, 206);
    g_assert_cmpmem (g_bytes_get_data (c->bytes, NULL), g_bytes_get_size (c->bytes), bytes + 40000, size - 40000);
  }
}

static void
test_slow (void)
{
  g_autoptr (Service) service = service_start ("--faults slow=0.4");
  gint64              before = g_get_monotonic_time ();
  g_autoptr (Answer)  answer = call (service, "GET", "/account", NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 390000);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  media = g_dir_make_tmp ("test-practice-media-XXXXXX", NULL);
  g_test_add_func ("/practice/morph", test_morph);
  g_test_add_func ("/practice/reference", test_reference);
  g_test_add_func ("/practice/edit", test_edit);
  g_test_add_func ("/practice/all-modes", test_all_modes);
  g_test_add_func ("/practice/token", test_token);
  g_test_add_func ("/practice/invalid", test_invalid);
  g_test_add_func ("/practice/agreement", test_agreement);
  g_test_add_func ("/practice/bad-media", test_bad_media);
  g_test_add_func ("/practice/queue", test_queue);
  g_test_add_func ("/practice/remembers", test_remembers);
  g_test_add_func ("/practice/one-per-folder", test_one_per_folder);
  g_test_add_func ("/practice/leaves", test_leaves);
  g_test_add_func ("/practice/finishes-unused", test_finishes_unused);
  g_test_add_func ("/practice/usage", test_usage);
  g_test_add_func ("/practice/catalogue", test_catalogue);
  g_test_add_func ("/practice/range", test_range);
  g_test_add_func ("/practice/submit-faults", test_submit_faults);
  g_test_add_func ("/practice/other-faults", test_other_faults);
  g_test_add_func ("/practice/failures", test_failures);
  g_test_add_func ("/practice/download-faults", test_download_faults);
  g_test_add_func ("/practice/slow", test_slow);
  status = g_test_run ();
  remove_tree (media);
  g_free (media);

  return status;
}
