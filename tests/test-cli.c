/* test-cli.c: every verb and every exit status of dailies-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include "cli-fixture.h"

#define MODEL "runcomfy:kling/kling-video-o1/image-to-video"
#define EDIT "runcomfy:kling/kling-video-o1/video-to-video/edit"
#define UNIFICALLY "unifically:kuaishou/kling-o1-video-edit"
#define URLS "prompt=dawn", "start_image_url=https://example.com/1.png", "end_image_url=https://example.com/2.png"

static JsonObject *
object_of (Ran *ran)
{
  g_assert_nonnull (ran->json);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (ran->json));

  return json_node_get_object (ran->json);
}

static const char *
string_of (Ran        *ran,
           const char *member)
{
  return json_object_get_string_member_with_default (object_of (ran), member, NULL);
}

static JsonArray *
array_of (Ran        *ran,
          const char *member)
{
  g_assert_true (json_object_has_member (object_of (ran), member));

  return json_object_get_array_member (object_of (ran), member);
}

/* The last line of standard output, as a script takes it. */
static char *
last_line (const char *text)
{
  g_autofree char *copy = g_strchomp (g_strdup (text));
  const char      *newline = strrchr (copy, '\n');

  return g_strdup (newline != NULL ? newline + 1 : copy);
}

static void
test_usage (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const cases[][6] = {
    { NULL },
    { "juggle", NULL },
    { "--juggle", "models", NULL },
    { "models", "too", "many", NULL },
    { "show", NULL },
    { "show", MODEL, "more", NULL },
    { "import", NULL },
    { "check", NULL },
    { "build", NULL },
    { "generate", NULL },
    { "generate", MODEL, "no-equals-sign", NULL },
    { "generate", MODEL, "=value", NULL },
    { "generate", MODEL, "prompt=x", "--output", "/tmp", NULL },
    { "generate", "--output", NULL },
    { "generate", "--juggle", MODEL, NULL },
    { "cancel", NULL },
    { "lookup", "one", NULL },
    { "again", NULL },
    { "forget", NULL },
    { "cuts", "more", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Ran) ran = fixture_finish (fixture_start (fixture, cases[i]));

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (ran->status, ==, 64);
      g_assert_cmpstr (ran->out, ==, "");
      g_assert_cmpstr (ran->err, !=, "");
    }
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

static void
test_help_and_version (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (Ran) help = fixture_run (fixture, "--help", NULL);
  g_autoptr (Ran) verb = fixture_run (fixture, "generate", "--help", NULL);
  g_autoptr (Ran) version = fixture_run (fixture, "--version", NULL);
  static const char *const verbs[] = { "models", "show", "import", "check", "build", "generate", "jobs", "resume",
                                       "cancel", "lookup", "again", "forget", "cuts" };
  static const char *const libraries[] = { "GLib", "libsoup", "GStreamer", "GdkPixbuf", "SQLite", "JSON-GLib" };

  g_assert_cmpint (help->status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_assert_nonnull (strstr (help->out, verbs[i]));
  g_assert_cmpint (verb->status, ==, 0);
  g_assert_nonnull (strstr (verb->out, "--wait"));
  g_assert_nonnull (strstr (verb->out, "--output"));
  g_assert_cmpint (version->status, ==, 0);
  g_assert_true (g_str_has_prefix (version->out, "dailies-cli "));
  for (gsize i = 0; i < G_N_ELEMENTS (libraries); i++)
    g_assert_nonnull (strstr (version->out, libraries[i]));
}

static void
test_models_and_show (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (Ran) text = fixture_run (fixture, "models", NULL);
  g_autoptr (Ran) json = fixture_run (fixture, "--json", "models", NULL);
  g_autoptr (Ran) shown = fixture_run (fixture, "show", "kling/kling-video-o1/image-to-video", NULL);
  g_autoptr (Ran) object = fixture_run (fixture, "show", "--json", EDIT, NULL);
  g_autoptr (Ran) unknown = fixture_run (fixture, "show", "no-such-model", NULL);

  g_assert_cmpint (text->status, ==, 0);
  g_assert_nonnull (strstr (text->out, MODEL "\t"));
  g_assert_nonnull (strstr (text->out, UNIFICALLY "\t"));
  g_assert_cmpint (json->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (json, "models")), ==, 5);
  g_assert_cmpint (shown->status, ==, 0);
  g_assert_nonnull (strstr (shown->out, "start_image_url"));
  g_assert_cmpint (object->status, ==, 0);
  g_assert_cmpstr (string_of (object, "id"), ==, EDIT);
  g_assert_cmpuint (json_array_get_length (array_of (object, "fields")), ==, 5);
  g_assert_cmpint (unknown->status, ==, 65);
  /* Looking leaves nothing behind. */
  g_assert_false (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
}

static const char schema[] =
  "{\"id\":\"runcomfy:acme/morph/text-to-video\",\"service\":\"runcomfy\",\"endpoint\":\"acme/morph/text-to-video\","
  "\"title\":\"Morph\",\"makes\":\"video\",\"input\":{\"prompt\":{\"type\":\"String\",\"required\":true},"
  "\"seconds\":{\"type\":\"integer\",\"minimum\":3,\"maximum\":9,\"default\":5}}}";

static void
test_import (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const from_pipe[] = { "--json", "import", "-", NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autofree char *path = media_write (fixture->folder, "schema.json", schema, -1);
  g_autofree char *junk = media_write (fixture->folder, "junk.json", "{\"a\":", -1);
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.json", NULL);
  g_autoptr (Ran) piped = fixture_finish (fixture_start_with (fixture, launcher, schema, from_pipe));
  g_autoptr (Ran) again = fixture_run (fixture, "import", path, NULL);
  g_autoptr (Ran) shown = fixture_run (fixture, "show", "acme/morph/text-to-video", NULL);
  g_autoptr (Ran) checked = fixture_run (fixture, "check", "acme/morph/text-to-video", "prompt=x", "seconds=12", NULL);
  g_autofree char *bundled = media_write (fixture->folder, "bundled.json",
                                          "{\"model_id\":\"kling/kling-video-o1/image-to-video\",\"display_name\":\"Mine\","
                                          "\"input_schema\":{\"properties\":{\"prompt\":{\"type\":\"String\"}}}}", -1);
  g_autoptr (Ran) replacing = fixture_run (fixture, "import", bundled, NULL);
  const char *const bad[] = { junk, gone, fixture->folder, fixture->start };

  /* The rules that come with a model are not lost in silence. */
  g_assert_cmpint (replacing->status, ==, 0);
  g_assert_nonnull (strstr (replacing->err, "takes the place of “Start & End Frame”"));
  g_assert_nonnull (strstr (replacing->err, "runcomfy+kling+kling-video-o1+image-to-video.json"));
  g_assert_null (strstr (again->err, "takes the place"));
  g_assert_cmpint (piped->status, ==, 0);
  g_assert_cmpstr (string_of (piped, "id"), ==, "runcomfy:acme/morph/text-to-video");
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpstr (again->out, ==, "runcomfy:acme/morph/text-to-video\n");
  g_assert_cmpint (shown->status, ==, 0);
  g_assert_nonnull (strstr (shown->out, "seconds"));
  g_assert_cmpint (checked->status, ==, 65);
  g_assert_nonnull (strstr (checked->out, "9"));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Ran) ran = fixture_run (fixture, "import", bad[i], NULL);

      g_assert_cmpint (ran->status, ==, 65);
      g_assert_cmpstr (ran->err, !=, "");
    }
}

static void
test_prices (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *unit;
    const char *words;
  } cases[] = {
    { "text-to-video", "output", "About $0.350 a clip\n" },
    { "text-to-image", "output", "About $0.350 a picture\n" },
    { "text-to-video", "second", "About $0.350 a second\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"model_id\":\"acme/price\",\"display_name\":\"Two\\nLines\",\"kind\":\"%s\",\"base_price_usd\":0.35,"
        "\"price_unit\":\"%s\",\"input_schema\":{\"properties\":{\"prompt\":{\"type\":\"string\"}}}}", cases[i].kind,
        cases[i].unit);
      g_autofree char *path = media_write (fixture->folder, "price.json", text, -1);
      g_autoptr (Ran) imported = fixture_run (fixture, "import", path, NULL);
      g_autoptr (Ran) shown = fixture_run (fixture, "show", "acme/price", NULL);
      g_autoptr (Ran) models = fixture_run (fixture, "models", NULL);

      g_assert_cmpint (imported->status, ==, 0);
      g_assert_nonnull (strstr (shown->out, cases[i].words));
      g_assert_nonnull (strstr (models->out, "runcomfy:acme/price\tTwo Lines\n"));
    }
}

/* A list of values is a repeated field, or one with commas. */
static void
test_lists (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *path = media_write (fixture->folder, "lists.json",
                                       "{\"model_id\":\"acme/lists\",\"input_schema\":{\"required\":[\"ids\"],\"properties\":{"
                                       "\"prompt\":{\"type\":\"string\"},"
                                       "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                                       "\"ids\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":0},"
                                       "\"nums\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}}", -1);
  g_autoptr (Ran) imported = fixture_run (fixture, "import", path, NULL);
  g_autoptr (Ran) built = fixture_run (fixture, "--json", "build", "acme/lists", "prompt=x", "tags=a", "tags=b\\, c",
                                       "nums=5", NULL);
  g_autoptr (Ran) wrong = fixture_run (fixture, "check", "acme/lists", "prompt=x", "nums=5", "nums=b", NULL);

  g_assert_cmpint (imported->status, ==, 0);
  g_assert_cmpint (built->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (built, "nums")), ==, 1);
  g_assert_cmpint (json_array_get_int_element (array_of (built, "nums"), 0), ==, 5);
  g_assert_cmpuint (json_array_get_length (array_of (built, "ids")), ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (built, "tags")), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (array_of (built, "tags"), 1), ==, "b, c");
  g_assert_cmpint (wrong->status, ==, 65);
  g_assert_nonnull (strstr (wrong->out, "“b”"));
}

static void
test_check (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=", fixture->end, NULL);
  g_autofree char *lie = media_write (fixture->folder, "lie.png", "not a picture", -1);
  g_autofree char *lying = g_strconcat ("start_image_url=", lie, NULL);
  g_autoptr (Ran) good = fixture_run (fixture, "check", MODEL, "prompt=dawn", start, end, NULL);
  g_autoptr (Ran) json = fixture_run (fixture, "--json", "check", MODEL, "prompt=dawn", start, end, NULL);
  g_autoptr (Ran) bad = fixture_run (fixture, "check", MODEL, "prompt=dawn", lying, end, NULL);
  g_autoptr (Ran) bad_json = fixture_run (fixture, "--json", "check", MODEL, "prompt=dawn", lying, end, NULL);
  g_autoptr (Ran) empty = fixture_run (fixture, "check", MODEL, NULL);
  JsonObject *file;

  g_assert_cmpint (good->status, ==, 0);
  g_assert_cmpint (json->status, ==, 0);
  g_assert_true (json_object_get_boolean_member (object_of (json), "sendable"));
  g_assert_cmpuint (json_array_get_length (array_of (json, "problems")), ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (json, "files")), ==, 2);
  file = json_array_get_object_element (array_of (json, "files"), 0);
  g_assert_cmpstr (json_object_get_string_member (file, "name"), ==, "start.png");
  g_assert_cmpint (bad->status, ==, 65);
  g_assert_nonnull (strstr (bad->out, "lie.png"));
  g_assert_cmpint (bad_json->status, ==, 65);
  g_assert_false (json_object_get_boolean_member (object_of (bad_json), "sendable"));
  g_assert_cmpuint (json_array_get_length (array_of (bad_json, "problems")), ==, 1);
  g_assert_cmpint (empty->status, ==, 65);
}

/* A file that has no way to the service is named with its field. */
static void
test_check_large (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *padding = g_malloc0 (7 * 1024 * 1024);
  g_autofree char *path = g_build_filename (fixture->folder, "large.png", NULL);
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=", path, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (fixture->end);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (Ran) json = NULL;
  g_autoptr (Ran) plain = NULL;
  JsonObject *problem;

  /* After its last chunk a picture may be followed by anything. */
  g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  stream = g_file_append_to (to, G_FILE_CREATE_NONE, NULL, NULL);
  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), padding, 7 * 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL));

  json = fixture_run (fixture, "--json", "check", MODEL, "prompt=dawn", start, end, NULL);
  plain = fixture_run (fixture, "check", MODEL, "prompt=dawn", start, end, NULL);
  g_assert_cmpint (json->status, ==, 65);
  g_assert_cmpuint (json_array_get_length (array_of (json, "problems")), ==, 1);
  problem = json_array_get_object_element (array_of (json, "problems"), 0);
  g_assert_cmpstr (json_object_get_string_member (problem, "severity"), ==, "error");
  g_assert_cmpstr (json_object_get_string_member (problem, "field"), ==, "end_image_url");
  g_assert_nonnull (strstr (json_object_get_string_member (problem, "message"), "large.png"));
  g_assert_cmpint (plain->status, ==, 65);
  g_assert_true (g_str_has_prefix (plain->out, "error\tend_image_url\t"));
}

static void
test_invalid_values (Fixture      *fixture,
                     gconstpointer data)
{
  static const char *const cases[][5] = {
    { MODEL, "prompt=a", "no_such_field=1", NULL },
    { MODEL, "prompt=a", "prompt=b", NULL },
    { MODEL, "prompt=a", "start_image_url=", NULL },
    { MODEL, "prompt=a", "start_image_url=ftp://example.com/a.png", NULL },
    { MODEL, "prompt=a", "start_image_url=http://example.com/a.png", NULL },
    { MODEL, "prompt=a", "start_image_url=data:image/png;base64,*", NULL },
    { MODEL, "prompt=a", "start_image_url=/nowhere/a.png", NULL },
    { MODEL, "prompt=a", "duration=7", NULL },
    { EDIT, "prompt=a", "keep_audio=maybe", NULL },
    { EDIT, "prompt=a\xff\xfe", "video_url=https://example.com/a.mp4", NULL },
    { "video", "prompt=a", NULL },
  };
  static const char *const verbs[] = { "check", "build", "generate" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (verbs); j++)
        {
          g_autoptr (Ran) ran = fixture_run (fixture, verbs[j], cases[i][0], cases[i][1], cases[i][2], cases[i][3], NULL);

          g_test_message ("%s, case %" G_GSIZE_FORMAT, verbs[j], i);
          g_assert_cmpint (ran->status, ==, 65);
          g_assert_true (*ran->err != '\0' || *ran->out != '\0');
        }
    }
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

static void
test_build (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *escaped = g_strconcat ("elements=", fixture->start, ",https://example.com/side\\,view.png", NULL);
  g_autoptr (Ran) plain = fixture_run (fixture, "build", MODEL, URLS, NULL);
  g_autoptr (Ran) wrapped = fixture_run (fixture, "build", UNIFICALLY, "prompt=rain", "video_url=https://example.com/a.mp4",
                                         "mode=pro", "callback_url=https://example.com/done", NULL);
  g_autoptr (Ran) list = fixture_run (fixture, "build", EDIT, "prompt=@Image1 then @Image2 with @Element1",
                                      "video_url=https://example.com/a.mp4", "image_urls=https://example.com/1.png",
                                      "image_urls=https://example.com/2.png", escaped, "keep_audio=yes", NULL);
  JsonObject *input;
  JsonArray  *elements;
  const char *frontal;

  g_assert_cmpint (plain->status, ==, 0);
  g_assert_cmpstr (string_of (plain, "prompt"), ==, "dawn");
  g_assert_cmpstr (string_of (plain, "start_image_url"), ==, "https://example.com/1.png");

  g_assert_cmpint (wrapped->status, ==, 0);
  g_assert_cmpstr (string_of (wrapped, "model"), ==, "kuaishou/kling-o1-video-edit");
  g_assert_cmpstr (string_of (wrapped, "callback_url"), ==, "https://example.com/done");
  input = json_object_get_object_member (object_of (wrapped), "input");
  g_assert_cmpstr (json_object_get_string_member (input, "mode"), ==, "pro");
  g_assert_false (json_object_has_member (input, "callback_url"));

  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (list, "image_urls")), ==, 2);
  g_assert_true (json_object_get_boolean_member (object_of (list), "keep_audio"));
  elements = array_of (list, "elements");
  g_assert_cmpuint (json_array_get_length (elements), ==, 1);
  input = json_array_get_object_element (elements, 0);
  frontal = json_object_get_string_member (input, "frontal_image_url");
  g_assert_true (g_str_has_prefix (frontal, "data:image/png;base64,"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (input, "reference_image_urls"), 0), ==,
                   "https://example.com/side,view.png");
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

/* Uploads happen when something is generated, never when it is only shown. */
static void
test_build_does_not_upload (Fixture      *fixture,
                            gconstpointer data)
{
  g_autofree char *clip = media_make_clip (fixture->folder, "plate.mp4", "mp4mux", 1280, 720, 24, 96, FALSE);
  g_autofree char *value = g_strconcat ("video_url=", clip, NULL);
  g_autofree char *uri = g_filename_to_uri (clip, NULL, NULL);
  g_autoptr (Ran) ran = fixture_run (fixture, "build", UNIFICALLY, "prompt=rain", value, NULL);
  JsonObject *input;

  g_assert_cmpint (ran->status, ==, 0);
  input = json_object_get_object_member (object_of (ran), "input");
  g_assert_cmpstr (json_object_get_string_member (input, "video_url"), ==, uri);
  g_assert_nonnull (strstr (ran->err, "plate.mp4"));
  g_assert_cmpuint (fixture->n_strangers, ==, 0);
}

static void
test_generate (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=file://", fixture->end, NULL);
  g_autoptr (Ran) ran = fixture_run (fixture, "generate", MODEL, "prompt=dawn", start, end, "--wait", NULL);
  g_autofree char *path = last_line (ran->out);
  g_autofree char *bytes = NULL;
  gsize            length;
  JsonObject      *sent;

  g_assert_cmpint (ran->status, ==, 0);
  g_assert_true (g_path_is_absolute (path));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, length, g_bytes_get_data (fixture->clip, NULL), g_bytes_get_size (fixture->clip));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
  sent = json_node_get_object (fixture->submitted);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (sent, "start_image_url"), "data:image/png;base64,"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (sent, "end_image_url"), "data:image/jpeg;base64,"));
}

static void
assert_job_object (Ran        *ran,
                   const char *state,
                   guint       n_cuts)
{
  static const char *const members[] = { "job", "state", "remote_id", "service", "cuts", "cost" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (object_of (ran), members[i]));
  g_assert_cmpstr (string_of (ran, "state"), ==, state);
  g_assert_cmpuint (json_array_get_length (array_of (ran, "cuts")), ==, n_cuts);
}

static void
test_generate_json (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (Ran) ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  JsonObject *cut;

  g_assert_cmpint (ran->status, ==, 0);
  assert_job_object (ran, "done", 1);
  g_assert_cmpuint (json_object_get_size (object_of (ran)), ==, 6);
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");
  g_assert_cmpstr (string_of (ran, "service"), ==, "runcomfy");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object_of (ran), "cost"), 0.56, 1e-9);
  cut = json_array_get_object_element (array_of (ran, "cuts"), 0);
  g_assert_cmpuint (json_object_get_size (cut), ==, 4);
  g_assert_true (g_file_test (json_object_get_string_member (cut, "path"), G_FILE_TEST_IS_REGULAR));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (cut, "seconds"), 2.0, 0.1);
  g_assert_cmpint (json_object_get_int_member (cut, "width"), ==, 320);
  g_assert_cmpint (json_object_get_int_member (cut, "height"), ==, 180);
}

/* A terminal is spared the bytes of inlined files and says so; a pipe gets every one. */
static void
test_build_on_terminal (Fixture      *fixture,
                        gconstpointer data)
{
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=", fixture->end, NULL);
  const char *const args[] = { "build", MODEL, "prompt=dawn", start, end, NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) piped = fixture_run (fixture, "build", MODEL, "prompt=dawn", start, end, NULL);
  g_autoptr (Ran) shown = NULL;
  g_autoptr (GString) screen = g_string_new (NULL);
  char    buffer[4096];
  gssize  n;
  int     terminal = posix_openpt (O_RDWR | O_NOCTTY);

  g_assert_cmpint (terminal, >=, 0);
  g_assert_cmpint (grantpt (terminal), ==, 0);
  g_assert_cmpint (unlockpt (terminal), ==, 0);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_subprocess_launcher_take_stdout_fd (launcher, open (ptsname (terminal), O_RDWR | O_NOCTTY));
  shown = fixture_finish (fixture_start_with (fixture, launcher, NULL, args));
  g_clear_object (&launcher);
  while ((n = read (terminal, buffer, sizeof buffer)) > 0)
    g_string_append_len (screen, buffer, n);
  close (terminal);

  g_assert_cmpint (shown->status, ==, 0);
  g_assert_cmpuint (screen->len, <, 600);
  g_assert_nonnull (strstr (screen->str, "data:image/png;base64,"));
  g_assert_nonnull (strstr (screen->str, "…"));
  g_assert_nonnull (strstr (shown->err, "2 files inside are cut short"));
  g_assert_cmpint (piped->status, ==, 0);
  g_assert_true (g_str_has_prefix (string_of (piped, "start_image_url"), "data:image/png;base64,"));
  g_assert_null (strstr (piped->out, "…"));
  g_assert_null (strstr (piped->err, "cut short"));
}

/* A cost that is not known is null, never 0. */
static void
test_unknown_cost (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *body = g_strdup_printf ("{\"request_id\":\"req-1\",\"status\":\"completed\","
                                           "\"output\":{\"video\":\"%s/clip.mp4\"}}", fixture->url);
  g_autoptr (Ran) ran = NULL;

  fixture->result_body = body;
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 0);
  g_assert_true (json_object_get_null_member (object_of (ran), "cost"));
}

static void
test_output (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", "of town", NULL);
  g_autoptr (Ran) first = fixture_run (fixture, "generate", MODEL, URLS, "--wait", "--output", folder, NULL);
  g_autofree char *first_path = last_line (first->out);
  g_autofree char *cut = NULL;
  g_autoptr (Ran) cuts = fixture_run (fixture, "--json", "cuts", NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_cmpint (first->status, ==, 0);
  g_assert_true (g_str_has_prefix (first_path, folder));
  g_assert_true (g_file_get_contents (first_path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, g_bytes_get_size (fixture->clip));

  /* What lies there already is left alone, whatever the next cut is called. */
  cut = g_strdup (json_object_get_string_member (json_array_get_object_element (array_of (cuts, "cuts"), 0), "path"));
  g_assert_cmpstr (cut, !=, first_path);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Ran) ran = fixture_run (fixture, "generate", MODEL, URLS, "--wait", "--output", folder, NULL);
      g_autofree char *path = last_line (ran->out);

      g_assert_cmpint (ran->status, ==, 0);
      g_assert_cmpstr (path, !=, first_path);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;
    guint       n = 0;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_assert_false (g_str_has_prefix (name, "."));
        n++;
      }
    g_assert_cmpuint (n, ==, 4);
  }
}

static void
test_cannot_write (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const listing[] = { "models", NULL };
  g_autofree char *below_file = g_build_filename (fixture->start, "out", NULL);
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) output = fixture_run (fixture, "generate", MODEL, URLS, "--wait", "--output", below_file, NULL);
  g_autoptr (Ran) library = NULL;
  g_autoptr (Ran) full = NULL;

  g_assert_cmpint (output->status, ==, 73);
  g_assert_cmpuint (fixture->n_submits, ==, 0);
  library = fixture_run (fixture, "--library", below_file, "generate", MODEL, URLS, NULL);
  g_assert_cmpint (library->status, ==, 73);
  g_assert_cmpuint (fixture->n_submits, ==, 0);

  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  full = fixture_finish (fixture_start_with (fixture, launcher, NULL, listing));
  g_assert_cmpint (full->status, ==, 73);
}

static void
test_without_wait (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) jobs = NULL;
  g_autoptr (Ran) resumed = NULL;
  g_autoptr (Ran) cuts = NULL;
  JsonObject *job;

  fixture->word = "in_queue";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  g_assert_cmpint (ran->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");
  g_assert_cmpuint (json_array_get_length (array_of (ran, "cuts")), ==, 0);
  g_assert_nonnull (strstr (ran->err, "resume --wait"));

  /* Looking at the jobs takes up none. */
  fixture->n_polls = 0;
  jobs = fixture_run (fixture, "--json", "jobs", NULL);
  g_assert_cmpint (jobs->status, ==, 0);
  g_assert_cmpuint (fixture->n_polls, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (jobs, "jobs")), ==, 1);
  job = json_array_get_object_element (array_of (jobs, "jobs"), 0);
  g_assert_cmpstr (json_object_get_string_member (job, "job"), ==, string_of (ran, "job"));
  g_assert_cmpstr (json_object_get_string_member (job, "prompt"), ==, "dawn");

  fixture->word = "completed";
  resumed = fixture_run (fixture, "resume", "--wait", NULL);
  g_assert_cmpint (resumed->status, ==, 0);
  g_assert_nonnull (strstr (resumed->out, "done"));
  cuts = fixture_run (fixture, "--json", "cuts", NULL);
  g_assert_cmpint (cuts->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (cuts, "cuts")), ==, 1);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* One look at what is going on, without staying. */
static void
test_resume_without_wait (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (Ran) nothing = fixture_run (fixture, "resume", NULL);
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) early = NULL;
  g_autoptr (Ran) ready = NULL;
  g_autoptr (Ran) jobs = NULL;
  g_autoptr (Ran) cuts = NULL;

  g_assert_cmpint (nothing->status, ==, 0);
  g_assert_null (strstr (nothing->err, "Looked"));
  fixture->word = "in_progress";
  ran = fixture_run (fixture, "generate", MODEL, URLS, NULL);
  g_assert_cmpint (ran->status, ==, 0);
  g_assert_nonnull (strstr (ran->out, "\t"));
  jobs = fixture_run (fixture, "jobs", NULL);
  g_assert_nonnull (strstr (jobs->out, "\truncomfy\treq-1\tdawn\n"));

  /* It does not stay, and does not pretend that there is nothing more to come. */
  early = fixture_run (fixture, "resume", NULL);
  g_assert_cmpint (early->status, ==, 0);
  g_assert_nonnull (strstr (early->err, "Looked for 10 seconds; 1 job is not finished yet."));

  fixture->word = "completed";
  ready = fixture_run (fixture, "resume", NULL);
  g_assert_cmpint (ready->status, ==, 0);
  g_assert_null (strstr (ready->err, "Looked"));
  g_assert_nonnull (strstr (ready->out, "\tdone\n"));
  cuts = fixture_run (fixture, "cuts", NULL);
  g_assert_nonnull (strstr (cuts->out, ".mp4\t2.0 s\t320×180\tdawn\n"));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* What a look found is told, not what an earlier run knew. */
static void
test_resume_tells (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) broken = NULL;
  g_autoptr (Ran) mended = NULL;

  fixture->word = "in_queue";
  ran = fixture_run (fixture, "generate", MODEL, URLS, NULL);
  g_assert_cmpint (ran->status, ==, 0);
  fixture->poll_status = 503;
  broken = fixture_run (fixture, "resume", NULL);
  g_assert_cmpint (broken->status, ==, 69);
  g_assert_nonnull (strstr (broken->err, "a fault of its own"));
  fixture->poll_status = 200;
  fixture->word = "simmering";
  mended = fixture_run (fixture, "resume", NULL);
  g_assert_cmpint (mended->status, ==, 0);
  g_assert_nonnull (strstr (mended->err, "simmering"));
}

/* A job that another program has is neither ended nor taken away; who stays takes it up when that program leaves it. */
static void
test_resume_elsewhere (Fixture      *fixture,
                       gconstpointer data)
{
  static const char *const generate[] = { "generate", MODEL, URLS, "--wait", NULL };
  static const char *const resume[] = { "resume", "--wait", NULL };
  g_autoptr (Ran) left = NULL;
  g_autoptr (Ran) looked = NULL;
  g_autoptr (Ran) taken = NULL;
  JsonObject *job;
  Running    *first;
  Running    *second;
  guint       n_polls;

  fixture->word = "in_queue";
  first = fixture_start (fixture, generate);
  fixture_until (fixture->n_polls > 0);
  looked = fixture_run (fixture, "--json", "resume", NULL);
  g_assert_cmpint (looked->status, ==, 0);
  g_assert_nonnull (strstr (looked->err, "1 job is with another program"));
  g_assert_null (strstr (looked->err, "Every job has ended"));
  g_assert_cmpuint (json_array_get_length (array_of (looked, "jobs")), ==, 1);
  job = json_array_get_object_element (array_of (looked, "jobs"), 0);
  g_assert_true (json_object_get_boolean_member (job, "elsewhere"));

  second = fixture_start (fixture, resume);
  g_subprocess_send_signal (first->child, SIGINT);
  left = fixture_finish (first);
  g_assert_cmpint (left->status, ==, 130);
  n_polls = fixture->n_polls;
  fixture_until (fixture->n_polls > n_polls);
  fixture->word = "completed";
  taken = fixture_finish (second);
  g_assert_cmpint (taken->status, ==, 0);
  g_assert_nonnull (strstr (taken->out, "\tdone\n"));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* The clip with a `free` box behind it, so that it is longer than what may be written. */
static void
make_clip_long (Fixture *fixture,
                gsize    more)
{
  gsize              length = g_bytes_get_size (fixture->clip);
  guint8            *bytes = g_malloc0 (length + more);
  guint32            size = GUINT32_TO_BE ((guint32) more);
  g_autoptr (GBytes) old = fixture->clip;

  memcpy (bytes, g_bytes_get_data (old, NULL), length);
  memcpy (bytes + length, &size, 4);
  memcpy (bytes + length + 4, "free", 4);
  fixture->clip = g_bytes_new_take (bytes, length + more);
}

/* No file may grow beyond 2 MB: what a full disk is to a download. The job waits, and succeeds when there is room. */
static void
test_full_disk (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autofree char *cli = g_strdup (g_getenv ("DAILIES_CLI_BIN"));
  g_autofree char *limited = g_build_filename (fixture->folder, "limited", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\ntrap '' XFSZ\nulimit -f 4096\nexec '%s' \"$@\"\n", cli);
  static const char *const words[] = { "--json", "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) resumed = NULL;

  make_clip_long (fixture, 4 * 1000 * 1000);
  g_assert_true (g_file_set_contents_full (limited, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("DAILIES_CLI_BIN", limited, TRUE);
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_setenv ("DAILIES_CLI_BIN", cli, TRUE);
  g_assert_cmpint (ran->status, ==, 73);
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");
  g_assert_cmpuint (json_array_get_length (array_of (ran, "cuts")), ==, 0);
  g_assert_nonnull (strstr (ran->err, "resume --wait"));

  resumed = fixture_run (fixture, "--json", "resume", "--wait", NULL);
  g_assert_cmpint (resumed->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (resumed, "jobs")), ==, 1);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* The disk fills between the POST and its answer: the id of what was paid is told, and leads back to the clip. */
static void
test_full_disk_accepted (Fixture      *fixture,
                         gconstpointer data)
{
  static const char *const words[] = { "--json", "generate", MODEL, URLS, NULL };
  g_autofree char *filler = g_build_filename (fixture->library, "filler", NULL);
  g_autofree char *told = NULL;
  static char      block[4096];
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) found = NULL;
  Running *running;
  FILE    *file;

  g_mkdir (fixture->library, 0700);
  if (mount ("dailies-test", fixture->library, "tmpfs", 0, "size=6m") != 0)
    {
      g_test_skip ("needs the right to mount a small disk");
      return;
    }

  fixture->mode = SUBMIT_HELD;
  running = fixture_start (fixture, words);
  fixture_until (fixture->held != NULL);
  file = fopen (filler, "w");
  while (fwrite (block, 1, sizeof block, file) == sizeof block && fflush (file) == 0)
    continue;
  fclose (file);
  fixture_release (fixture);
  ran = fixture_finish (running);
  g_assert_cmpint (ran->status, ==, 75);
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");
  g_assert_nonnull (strstr (string_of (ran, "message"), "req-1"));
  told = g_strdup_printf ("dailies-cli lookup %.8s req-1", string_of (ran, "job"));
  g_assert_nonnull (strstr (ran->err, told));
  g_assert_null (strstr (ran->err, "The service says"));

  g_unlink (filler);
  found = fixture_run (fixture, "lookup", "--wait", string_of (ran, "job"), "req-1", NULL);
  g_assert_cmpint (found->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
  g_assert_cmpint (umount (fixture->library), ==, 0);
}

/* What the system says of a disk is no word of the service. */
static void
test_disk_words (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autofree char *cli = g_strdup (g_getenv ("DAILIES_CLI_BIN"));
  g_autofree char *limited = g_build_filename (fixture->folder, "limited", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\ntrap '' XFSZ\nulimit -f 1\nexec '%s' \"$@\"\n", cli);
  static const char *const words[] = { "--json", "jobs", NULL };
  g_autoptr (Ran) ran = NULL;

  g_assert_true (g_file_set_contents_full (limited, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("DAILIES_CLI_BIN", limited, TRUE);
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_setenv ("DAILIES_CLI_BIN", cli, TRUE);
  g_assert_cmpint (ran->status, ==, 73);
  g_assert_null (strstr (ran->err, "The service says"));
  g_assert_false (json_object_has_member (object_of (ran), "words"));
}

/* What the service answers to a submit, and how the program ends. */
static void
test_statuses (Fixture      *fixture,
               gconstpointer data)
{
  static const struct
  {
    SubmitMode  mode;
    guint       http;
    const char *body;
    int         status;
    const char *state;
  } cases[] = {
    { SUBMIT_ANSWERED, 401, "{\"message\":\"who are you\"}", 77, "refused" },
    { SUBMIT_ANSWERED, 400, "{\"code\":400004,\"error\":\"bad token\"}", 77, "refused" },
    { SUBMIT_ANSWERED, 402, "{\"message\":\"no money\"}", 76, "refused" },
    { SUBMIT_ANSWERED, 404, "{\"code\":404001,\"error\":\"no such model\"}", 76, "refused" },
    { SUBMIT_ANSWERED, 422, "{\"detail\":[{\"loc\":[\"prompt\"],\"msg\":\"too long\"}]}", 76, "refused" },
    { SUBMIT_ANSWERED, 500, "{\"message\":\"oops\"}", 75, "unknown" },
    { SUBMIT_ANSWERED, 502, "<html>Bad Gateway</html>", 75, "unknown" },
    { SUBMIT_ANSWERED, 200, "{\"request_id\":\"req", 75, "unknown" },
    { SUBMIT_ANSWERED, 200, "", 75, "unknown" },
    { SUBMIT_ANSWERED, 200, "{\"request_id\":\"../../etc\"}", 75, "unknown" },
    { SUBMIT_CUT, 0, NULL, 75, "unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Ran) ran = NULL;

      g_test_message ("HTTP %u %s", cases[i].http, cases[i].body != NULL ? cases[i].body : "");
      fixture->n_submits = 0;
      fixture->mode = cases[i].mode;
      fixture->submit_status = cases[i].http;
      fixture->submit_body = cases[i].body;
      ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
      g_assert_cmpint (ran->status, ==, cases[i].status);
      g_assert_cmpuint (fixture->n_submits, ==, 1);
      assert_job_object (ran, cases[i].state, 0);
      g_assert_cmpstr (ran->err, !=, "");
      if (cases[i].status == 75)
        {
          g_assert_nonnull (strstr (ran->err, "lookup"));
          g_assert_nonnull (strstr (ran->err, "again"));
          g_assert_nonnull (strstr (ran->err, "forget"));
        }
    }
}

static gboolean
relent_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->n_submits == 0)
    return G_SOURCE_CONTINUE;
  fixture->submit_status = 200;
  fixture->submit_body = NULL;

  return G_SOURCE_REMOVE;
}

/* "Slow down" proves that nothing was taken: the one answer after which a submit is sent again by itself. */
static void
test_slow_down (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;

  fixture->submit_status = 429;
  fixture->submit_body = "{\"message\":\"slow down\"}";
  g_timeout_add (10, relent_cb, fixture);
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 2);
  assert_job_object (ran, "done", 1);
}

/* Who does not stay is told when it is sent, and nobody sends it before. */
static void
test_held (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) resumed = NULL;
  g_autoptr (Ran) cancelled = NULL;

  fixture->submit_status = 429;
  fixture->submit_body = "{\"message\":\"slow down\"}";
  fixture->retry_after = "3600";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  g_assert_cmpint (ran->status, ==, 69);
  assert_job_object (ran, "preparing", 0);
  g_assert_nonnull (strstr (ran->err, "is sent again by itself at"));
  g_assert_nonnull (strstr (ran->err, "has not been submitted yet"));
  g_assert_cmpuint (fixture->n_submits, ==, 1);

  fixture->submit_status = 200;
  fixture->submit_body = NULL;
  resumed = fixture_run (fixture, "resume", NULL);
  g_assert_cmpint (resumed->status, ==, 69);
  g_assert_nonnull (strstr (resumed->err, "is sent again by itself at"));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
  cancelled = fixture_run (fixture, "cancel", string_of (ran, "job"), NULL);
  g_assert_cmpint (cancelled->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* A port that was free a moment ago and on which nobody listens. */
static void
point_nowhere (GSubprocessLauncher *launcher)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autofree char *url = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_socket_listener_close (listener);
  g_subprocess_launcher_setenv (launcher, "DAILIES_RUNCOMFY_URL", url, TRUE);
}

/* A job that is paid for lives on whatever becomes of the token; a command line says so instead of waiting for ever. */
static void
test_token_gone (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const resume[] = { "resume", NULL };
  g_autoptr (GSubprocessLauncher) missing = fixture_launcher (fixture);
  g_autoptr (GSubprocessLauncher) nowhere = fixture_launcher (fixture);
  g_autoptr (Ran) generated = NULL;
  g_autoptr (Ran) waited = NULL;
  g_autoptr (Ran) looked = NULL;
  g_autoptr (Ran) unreachable = NULL;
  g_autoptr (Ran) done = NULL;

  fixture->poll_status = 401;
  generated = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (generated->status, ==, 77);
  g_assert_cmpstr (string_of (generated, "remote_id"), ==, "req-1");
  g_assert_nonnull (strstr (generated->err, "does not accept the token"));
  g_assert_nonnull (strstr (generated->err, "goes on at the service"));
  waited = fixture_run (fixture, "resume", "--wait", NULL);
  g_assert_cmpint (waited->status, ==, 77);
  g_assert_nonnull (strstr (waited->err, "goes on at the service"));

  g_subprocess_launcher_unsetenv (missing, "RUNCOMFY_API_TOKEN");
  looked = fixture_finish (fixture_start_with (fixture, missing, NULL, resume));
  g_assert_cmpint (looked->status, ==, 77);
  g_assert_nonnull (strstr (looked->err, "needs a token"));
  point_nowhere (nowhere);
  unreachable = fixture_finish (fixture_start_with (fixture, nowhere, NULL, resume));
  g_assert_cmpint (unreachable->status, ==, 69);
  g_assert_nonnull (strstr (unreachable->err, "cannot be reached"));

  fixture->poll_status = 200;
  done = fixture_run (fixture, "resume", "--wait", NULL);
  g_assert_cmpint (done->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* One that is set and is no token is not missing. */
static void
test_malformed_token (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const words[] = { "generate", MODEL, URLS, NULL };
  static const char *const tokens[] = { "two\nlines", "t\xc3\xb6ken", "   " };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
      g_autoptr (Ran) ran = NULL;

      g_subprocess_launcher_setenv (launcher, "RUNCOMFY_API_TOKEN", tokens[i], TRUE);
      ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
      g_assert_cmpint (ran->status, ==, 77);
      g_assert_nonnull (strstr (ran->err, "RUNCOMFY_API_TOKEN is set"));
    }
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

static void
test_unavailable (Fixture      *fixture,
                  gconstpointer data)
{
  static const char *const words[] = { "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) ran = NULL;

  point_nowhere (launcher);
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_assert_cmpint (ran->status, ==, 69);
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

static void
test_no_token (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const words[] = { "generate", MODEL, URLS, "--wait", NULL };
  static const char *const listing[] = { "--json", "jobs", NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) jobs = NULL;

  g_subprocess_launcher_unsetenv (launcher, "RUNCOMFY_API_TOKEN");
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_assert_cmpint (ran->status, ==, 77);
  g_assert_cmpuint (fixture->n_submits, ==, 0);
  /* Nothing is left behind that somebody would have to forget. */
  jobs = fixture_finish (fixture_start (fixture, listing));
  g_assert_cmpuint (json_array_get_length (array_of (jobs, "jobs")), ==, 0);
}

/* A base URL over the open network would show the token to everybody on the way. */
static void
test_plain_http (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const words[] = { "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) ran = NULL;

  g_subprocess_launcher_setenv (launcher, "DAILIES_RUNCOMFY_URL", "http://example.com", TRUE);
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_assert_cmpint (ran->status, ==, 65);
}

static void
test_failed_job (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;

  fixture->result_body = "{\"request_id\":\"req-1\",\"status\":\"failed\",\"error\":\"\\u001b[2Jno \\u0007luck\"}";
  ran = fixture_run (fixture, "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 76);
  g_assert_nonnull (strstr (ran->err, "luck"));
  /* The words of a service do not steer the terminal. */
  g_assert_null (strchr (ran->err, 0x1b));
  g_assert_null (strchr (ran->err, 0x07));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* A word that nobody knows is told, and so is what the service says while it cannot be asked. */
static void
test_progress (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const words[] = { "--json", "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (Ran) ran = NULL;
  Running *running;

  fixture->word = "simmering";
  fixture->n_polls = 0;
  running = fixture_start (fixture, words);
  fixture_until (fixture->n_polls > 3);
  fixture->word = "completed";
  ran = fixture_finish (running);
  g_assert_cmpint (ran->status, ==, 0);
  g_assert_nonnull (strstr (ran->err, "simmering"));
}

static void
interrupt_at_service (Fixture *fixture,
                      int      number)
{
  static const char *const words[] = { "--json", "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) resumed = NULL;
  Running *running;

  fixture->word = "in_progress";
  fixture->n_submits = fixture->n_polls = 0;
  running = fixture_start (fixture, words);
  fixture_until (fixture->n_polls > 0);
  g_subprocess_send_signal (running->child, number);
  ran = fixture_finish (running);
  g_assert_cmpint (ran->status, ==, 130);
  g_assert_nonnull (strstr (ran->err, "resume --wait"));
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");

  fixture->word = "completed";
  resumed = fixture_run (fixture, "--json", "resume", "--wait", NULL);
  g_assert_cmpint (resumed->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array_of (resumed, "jobs")), ==, 1);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

static void
test_interrupt (Fixture      *fixture,
                gconstpointer data)
{
  interrupt_at_service (fixture, SIGINT);
  interrupt_at_service (fixture, SIGTERM);
}

/* In the middle of the paid call it waits for the answer, so that the outcome is known. */
static void
test_interrupt_submit (Fixture      *fixture,
                       gconstpointer data)
{
  static const char *const words[] = { "--json", "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (Ran) ran = NULL;
  Running *running;
  gint64   moment;

  fixture->mode = SUBMIT_HELD;
  fixture->word = "in_queue";
  running = fixture_start (fixture, words);
  fixture_until (fixture->held != NULL);
  g_subprocess_send_signal (running->child, SIGINT);
  moment = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
  fixture_until (g_get_monotonic_time () > moment);
  g_assert_false (running->done);
  fixture_release (fixture);
  ran = fixture_finish (running);
  g_assert_cmpint (ran->status, ==, 130);
  g_assert_cmpstr (string_of (ran, "remote_id"), ==, "req-1");
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

static void
test_interrupt_twice (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const words[] = { "generate", MODEL, URLS, "--wait", NULL };
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) resumed = NULL;
  Running *running;

  fixture->mode = SUBMIT_HELD;
  running = fixture_start (fixture, words);
  fixture_until (fixture->held != NULL);
  g_subprocess_send_signal (running->child, SIGINT);
  {
    gint64 moment = g_get_monotonic_time () + G_USEC_PER_SEC / 4;

    fixture_until (g_get_monotonic_time () > moment);
  }
  g_subprocess_send_signal (running->child, SIGINT);
  ran = fixture_finish (running);
  g_assert_cmpint (ran->status, ==, 130);

  /* Nobody knows whether it was taken: it stands as unknown and is not sent again. */
  resumed = fixture_run (fixture, "resume", "--wait", NULL);
  g_assert_cmpint (resumed->status, ==, 75);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) refused = NULL;
  g_autoptr (Ran) cancelled = NULL;
  g_autoptr (Ran) unknown = NULL;

  fixture->word = "in_queue";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  g_assert_cmpint (ran->status, ==, 0);

  fixture->cancel_body = "{\"status\":\"in_progress\",\"outcome\":\"not_cancellable\"}";
  refused = fixture_run (fixture, "cancel", string_of (ran, "job"), NULL);
  g_assert_cmpint (refused->status, ==, 76);
  fixture->cancel_body = "{\"status\":\"cancelled\",\"outcome\":\"cancelled\"}";
  fixture->word = "cancelled";
  cancelled = fixture_run (fixture, "cancel", string_of (ran, "job"), NULL);
  g_assert_cmpint (cancelled->status, ==, 0);
  g_assert_nonnull (strstr (cancelled->out, "cancelled"));
  g_assert_cmpuint (fixture->n_cancels, ==, 2);

  unknown = fixture_run (fixture, "cancel", "no-such-job", NULL);
  g_assert_cmpint (unknown->status, ==, 65);
}

/* The service says nothing: whoever waits for it can leave at once, and the wish is kept. */
static void
test_interrupt_cancel (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) left = NULL;
  g_autoptr (Ran) resumed = NULL;
  Running *running;

  fixture->word = "in_queue";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  fixture->cancel_status = 0;
  {
    const char *const words[] = { "cancel", string_of (ran, "job"), NULL };

    running = fixture_start (fixture, words);
  }
  fixture_until (fixture->n_cancels > 0);
  g_subprocess_send_signal (running->child, SIGINT);
  left = fixture_finish (running);
  g_assert_cmpint (left->status, ==, 130);
  g_assert_nonnull (strstr (left->err, "Interrupted"));

  fixture->cancel_status = 200;
  resumed = fixture_run (fixture, "resume", "--wait", NULL);
  g_assert_nonnull (strstr (resumed->out, "\tcancelled\n"));
  g_assert_cmpuint (fixture->n_cancels, ==, 2);
}

/* What a cancel comes to where the service does not simply say yes. */
static void
test_cancel_answers (Fixture      *fixture,
                     gconstpointer data)
{
  static const struct
  {
    guint       status;
    const char *body;
    const char *said;
  } cases[] = {
    { 409, "{\"message\":\"too late\"}", "is being made already" },
    { 200, "{\"status\":\"in_progress\"}", "is being made already" },
    { 200, "{\"status\":\"in_queue\"}", "did not say whether" },
    { 500, "{}", "a fault of its own" },
  };
  g_autoptr (Ran) ran = NULL;

  fixture->word = "in_queue";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Ran) refused = NULL;

      fixture->cancel_status = cases[i].status;
      fixture->cancel_body = cases[i].body;
      refused = fixture_run (fixture, "cancel", string_of (ran, "job"), NULL);
      g_assert_cmpint (refused->status, ==, cases[i].status == 500 ? 69 : 76);
      g_assert_nonnull (strstr (refused->err, cases[i].said));
    }
}

/* What is said of a job that needs no way out: how it stands, not that it is not there or was changed by somebody. */
static void
test_no_way_out (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (Ran) done = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_autoptr (Ran) going = NULL;
  static const struct
  {
    const char *words[4];
    gboolean    going;
    int         status;
    const char *said;
  } cases[] = {
    { { "cancel", NULL, NULL }, FALSE, 76, "has ended (" },
    { { "again", "--yes", NULL, NULL }, FALSE, 65, "has ended (" },
    { { "lookup", NULL, "req-7", NULL }, FALSE, 65, "has ended (" },
    { { "again", "--yes", NULL, NULL }, TRUE, 65, "has not ended (" },
    { { "lookup", NULL, "req-7", NULL }, TRUE, 65, "has not ended (" },
    { { "forget", NULL, NULL }, TRUE, 65, "has not ended" },
    { { "forget", NULL, NULL }, FALSE, 0, "" },
    { { "forget", NULL, NULL }, FALSE, 65, "There is no job" },
  };

  fixture->word = "in_queue";
  going = fixture_run (fixture, "--json", "generate", MODEL, URLS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *words[5] = { NULL };
      g_autofree char *id = g_strndup (string_of (cases[i].going ? going : done, "job"), 13);
      g_autoptr (Ran) ran = NULL;
      gsize n = g_str_equal (cases[i].words[0], "again") ? 2 : 1;

      memcpy (words, cases[i].words, sizeof cases[i].words);
      words[n] = id;
      ran = fixture_finish (fixture_start (fixture, words));
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (ran->status, ==, cases[i].status);
      g_assert_nonnull (strstr (ran->err, cases[i].said));
      g_assert_null (strstr (ran->err, "Another window"));
    }
  g_assert_cmpuint (fixture->n_submits, ==, 2);
}

/* Paid for and made, but what came is no clip: the way to try again is told. */
static void
test_unusable_clip (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) again = NULL;
  g_autofree char *told = NULL;

  fixture->page = "<html>under repair</html>";
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 76);
  told = g_strdup_printf ("dailies-cli lookup %.8s req-1", string_of (ran, "job"));
  g_assert_nonnull (strstr (ran->err, told));
  fixture->page = NULL;
  again = fixture_run (fixture, "lookup", "--wait", string_of (ran, "job"), "req-1", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* The cut is there and its path is printed; that another one is missing is said beside it. */
static void
test_lacking (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autoptr (Ran) again = NULL;
  g_autofree char *body = NULL;
  g_autofree char *told = NULL;

  body = g_strdup_printf ("{\"request_id\":\"req-1\",\"status\":\"completed\",\"cost\":0.56,"
                          "\"output\":{\"videos\":[\"%s/clip.mp4\",\"ftp://x.example/b.mp4\"]}}", fixture->url);
  fixture->result_body = body;
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 0);
  assert_job_object (ran, "done", 1);
  g_assert_nonnull (strstr (ran->err, "1 more address was not fetched"));
  told = g_strdup_printf ("dailies-cli lookup %.8s req-1", string_of (ran, "job"));
  g_assert_nonnull (strstr (ran->err, told));

  fixture->result_body = NULL;
  again = fixture_run (fixture, "lookup", "--wait", string_of (ran, "job"), "req-1", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_null (strstr (again->err, "not fetched"));
  g_assert_cmpuint (fixture->n_submits, ==, 1);
}

/* Accepted, and then the service would not speak of it: its id is known, and is what is looked up. */
static void
test_silent_service (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (Ran) ran = NULL;
  g_autofree char *told = NULL;

  fixture->word = "?";
  fixture->poll_status = 422;
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 75);
  told = g_strdup_printf ("dailies-cli lookup %.8s req-1", string_of (ran, "job"));
  g_assert_nonnull (strstr (ran->err, told));
  g_assert_nonnull (strstr (ran->err, "has accepted the job"));
  g_assert_null (strstr (ran->err, "REMOTE_ID"));
}

static char *
make_unknown (Fixture *fixture)
{
  g_autoptr (Ran) ran = NULL;

  fixture->n_submits = 0;
  fixture->mode = SUBMIT_CUT;
  ran = fixture_run (fixture, "--json", "generate", MODEL, URLS, "--wait", NULL);
  g_assert_cmpint (ran->status, ==, 75);
  fixture->mode = SUBMIT_ANSWERED;

  return g_strdup (string_of (ran, "job"));
}

static void
test_ways_out (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *first = make_unknown (fixture);
  g_autoptr (Ran) bad_id = fixture_run (fixture, "lookup", first, "../x", NULL);
  g_autoptr (Ran) found = fixture_run (fixture, "lookup", first, "req-1", "--wait", NULL);
  g_autofree char *path = last_line (found->out);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (Ran) unasked = NULL;
  g_autoptr (Ran) again = NULL;
  g_autoptr (Ran) forgotten = NULL;
  g_autoptr (Ran) jobs = NULL;

  g_assert_cmpint (bad_id->status, ==, 65);
  g_assert_cmpint (found->status, ==, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (fixture->n_submits, ==, 1);

  second = make_unknown (fixture);
  unasked = fixture_run (fixture, "again", second, NULL);
  g_assert_cmpint (unasked->status, ==, 75);
  g_assert_cmpuint (fixture->n_submits, ==, 1);
  again = fixture_run (fixture, "again", "--yes", second, "--wait", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpuint (fixture->n_submits, ==, 2);

  third = make_unknown (fixture);
  forgotten = fixture_run (fixture, "forget", third, NULL);
  g_assert_cmpint (forgotten->status, ==, 0);
  jobs = fixture_run (fixture, "jobs", NULL);
  g_assert_null (strstr (jobs->out, third));
}

/* The bundled practice service, with no account and no network. */
static void
test_practice (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=", fixture->end, NULL);
  g_autoptr (Ran) ran = fixture_run (fixture, "--practice", "--json", "generate", MODEL, "prompt=dawn", start, end,
                                     "--wait", NULL);
  JsonObject *cut;

  g_assert_cmpint (ran->status, ==, 0);
  assert_job_object (ran, "done", 1);
  g_assert_cmpstr (string_of (ran, "service"), ==, "practice");
  cut = json_array_get_object_element (array_of (ran, "cuts"), 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (cut, "seconds"), 5.0, 0.1);
  g_assert_cmpuint (fixture->n_submits, ==, 0);
}

/* Who looks for the cause of something asks the libraries to talk, too: neither the object that is printed nor what the practice
 * service says of itself has their words in it. */
static void
test_practice_debugged (Fixture      *fixture,
                        gconstpointer data)
{
  g_autofree char *start = g_strconcat ("start_image_url=", fixture->start, NULL);
  g_autofree char *end = g_strconcat ("end_image_url=", fixture->end, NULL);
  const char *const words[] = { "--practice", "--json", "generate", MODEL, "prompt=dusk", start, end, "--wait", NULL };
  g_autoptr (GSubprocessLauncher) launcher = fixture_launcher (fixture);
  g_autoptr (Ran) ran = NULL;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  ran = fixture_finish (fixture_start_with (fixture, launcher, NULL, words));
  g_assert_cmpint (ran->status, ==, 0);
  assert_job_object (ran, "done", 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  ADD ("/cli/usage", test_usage);
  ADD ("/cli/help-and-version", test_help_and_version);
  ADD ("/cli/models-and-show", test_models_and_show);
  ADD ("/cli/import", test_import);
  ADD ("/cli/prices", test_prices);
  ADD ("/cli/lists", test_lists);
  ADD ("/cli/check", test_check);
  ADD ("/cli/check-large", test_check_large);
  ADD ("/cli/invalid-values", test_invalid_values);
  ADD ("/cli/build", test_build);
  ADD ("/cli/build-on-terminal", test_build_on_terminal);
  ADD ("/cli/build-does-not-upload", test_build_does_not_upload);
  ADD ("/cli/generate", test_generate);
  ADD ("/cli/generate-json", test_generate_json);
  ADD ("/cli/unknown-cost", test_unknown_cost);
  ADD ("/cli/output", test_output);
  ADD ("/cli/cannot-write", test_cannot_write);
  ADD ("/cli/without-wait", test_without_wait);
  ADD ("/cli/resume-without-wait", test_resume_without_wait);
  ADD ("/cli/resume-tells", test_resume_tells);
  ADD ("/cli/resume-elsewhere", test_resume_elsewhere);
  ADD ("/cli/full-disk-accepted", test_full_disk_accepted);
  ADD ("/cli/disk-words", test_disk_words);
  ADD ("/cli/full-disk", test_full_disk);
  ADD ("/cli/statuses", test_statuses);
  ADD ("/cli/slow-down", test_slow_down);
  ADD ("/cli/held", test_held);
  ADD ("/cli/unavailable", test_unavailable);
  ADD ("/cli/no-token", test_no_token);
  ADD ("/cli/token-gone", test_token_gone);
  ADD ("/cli/malformed-token", test_malformed_token);
  ADD ("/cli/plain-http", test_plain_http);
  ADD ("/cli/failed-job", test_failed_job);
  ADD ("/cli/progress", test_progress);
  ADD ("/cli/interrupt", test_interrupt);
  ADD ("/cli/interrupt-submit", test_interrupt_submit);
  ADD ("/cli/interrupt-twice", test_interrupt_twice);
  ADD ("/cli/interrupt-cancel", test_interrupt_cancel);
  ADD ("/cli/cancel", test_cancel);
  ADD ("/cli/cancel-answers", test_cancel_answers);
  ADD ("/cli/no-way-out", test_no_way_out);
  ADD ("/cli/unusable-clip", test_unusable_clip);
  ADD ("/cli/lacking", test_lacking);
  ADD ("/cli/silent-service", test_silent_service);
  ADD ("/cli/ways-out", test_ways_out);
  ADD ("/cli/practice", test_practice);
  ADD ("/cli/practice-debugged", test_practice_debugged);

  return g_test_run ();
}
