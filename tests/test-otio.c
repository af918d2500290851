/* test-otio.c: the timeline read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include <json-glib/json-glib.h>

#include "dailies-error.h"
#include "dailies-otio.h"

static char *folder;

static const BarcodeClip clips[] = {
  { "one cut.mp4", 320, 180, 24, 1, 48 },
  { "long sound.mp4", 160, 90, 24, 1, 18, .sound = 60 },
  { "late.mkv", 160, 90, 24, 1, 18, .late = 7 },
  { "late.mp4", 160, 90, 24, 1, 18, .late = 7 },
  { "two.mp4", 320, 180, 30000, 1001, 60 },
};

static GFile *
file_named (const char *name)
{
  return g_file_new_build_filename (folder, name, NULL);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
write_timeline (DailiesOtio *otio, const char *name, GError **error)
{
  g_autoptr (GFile) file = file_named (name);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_otio_write_async (otio, file, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_otio_write_finish (result, error);
}

static void
add (DailiesOtio *otio, const char *file_name, const char *name, gboolean picked, int slip)
{
  g_autoptr (GFile) clip = file_named (file_name);

  dailies_otio_add_cut (otio, clip, name, "a “quoted” prompt\nof two lines", picked, slip);
}

static void
assert_schema (JsonObject *object, const char *schema)
{
  g_assert_cmpstr (json_object_get_string_member (object, "OTIO_SCHEMA"), ==, schema);
}

static void
assert_time (JsonObject *range, const char *member, double value, double rate)
{
  JsonObject *time = json_object_get_object_member (range, member);

  assert_schema (time, "RationalTime.1");
  g_assert_cmpfloat (json_object_get_double_member (time, "value"), ==, value);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (time, "rate"), rate, 1e-9);
}

static void
assert_range (JsonObject *parent, const char *member, double start, double duration, double rate)
{
  JsonObject *range = json_object_get_object_member (parent, member);

  assert_schema (range, "TimeRange.1");
  assert_time (range, "start_time", start, rate);
  assert_time (range, "duration", duration, rate);
}

/* (transfer full): the parser owns what is read */
static JsonParser *
read_tracks (const char *name, JsonArray **tracks)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  JsonParser *parser = json_parser_new ();
  JsonObject *root, *stack;

  g_assert_true (json_parser_load_from_file (parser, path, &error));
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  assert_schema (root, "Timeline.1");
  g_assert_cmpstr (json_object_get_string_member (root, "name"), ==, "A fox in the snow");
  stack = json_object_get_object_member (root, "tracks");
  assert_schema (stack, "Stack.1");
  *tracks = json_object_get_array_member (stack, "children");

  return parser;
}

static JsonObject *
get_child (JsonArray *tracks, guint track, guint child)
{
  JsonObject *object = json_array_get_object_element (tracks, track);

  assert_schema (object, "Track.1");
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "Video");

  return json_array_get_object_element (json_object_get_array_member (object, "children"), child);
}

static void
test_stack (void)
{
  DailiesOtio *otio = dailies_otio_new ("A fox in the snow");
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) clip_file = file_named ("one cut.mp4");
  g_autofree char *uri = g_file_get_uri (clip_file);
  JsonArray       *tracks;
  JsonObject      *clip, *media;

  add (otio, "one cut.mp4", "Cut 1", FALSE, 0);
  add (otio, "two.mp4", "Cut 2", TRUE, 7);
  g_assert_true (write_timeline (otio, "stack.otio", &error));
  g_assert_no_error (error);

  parser = read_tracks ("stack.otio", &tracks);
  g_assert_cmpuint (json_array_get_length (tracks), ==, 2);
  clip = get_child (tracks, 0, 0);
  assert_schema (clip, "Clip.2");
  g_assert_cmpstr (json_object_get_string_member (clip, "name"), ==, "Cut 1");
  assert_range (clip, "source_range", 0, 48, 24);
  g_assert_cmpstr (
    json_object_get_string_member (clip, "active_media_reference_key"), ==, "DEFAULT_MEDIA");
  media = json_object_get_object_member (json_object_get_object_member (clip, "media_references"),
                                         "DEFAULT_MEDIA");
  assert_schema (media, "ExternalReference.1");
  g_assert_cmpstr (json_object_get_string_member (media, "target_url"), ==, uri);
  g_assert_nonnull (strstr (uri, "one%20cut.mp4"));
  assert_range (media, "available_range", 0, 48, 24);

  clip = get_child (tracks, 1, 0);
  g_assert_nonnull (strstr (json_object_get_string_member (clip, "name"), "pick"));
  assert_range (clip, "source_range", 7, 53, 30000 / 1001.0);
  g_assert_finalize_object (otio);
}

/* The sound of a clip may go on where there is no picture any more, and its first picture may come late. */
static void
test_length (void)
{
  static const char *names[] = { "long sound.mp4", "late.mkv", "late.mp4" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      DailiesOtio *otio = dailies_otio_new ("A fox in the snow");
      g_autoptr (JsonParser) parser = NULL;
      g_autoptr (GError) error = NULL;
      JsonArray *tracks;

      add (otio, names[i], "Cut 1", FALSE, 0);
      g_assert_true (write_timeline (otio, "length.otio", &error));
      g_assert_no_error (error);

      parser = read_tracks ("length.otio", &tracks);
      assert_range (get_child (tracks, 0, 0), "source_range", 0, 18, 24);
      g_object_unref (otio);
    }
}

static void
test_range (void)
{
  DailiesOtio *otio = dailies_otio_new ("A fox in the snow");
  g_autoptr (JsonParser) parser = NULL;
  JsonArray *tracks;

  add (otio, "one cut.mp4", "Cut 1", FALSE, -18);
  add (otio, "two.mp4", "Cut 2", FALSE, 0);
  dailies_otio_set_range (otio, GST_SECOND / 2, 35 * GST_SECOND / 24);
  g_assert_true (write_timeline (otio, "range.otio", NULL));

  /* Slipped by 18 from 12: six frames of nothing, then the first eighteen of 36. */
  parser = read_tracks ("range.otio", &tracks);
  assert_schema (get_child (tracks, 0, 0), "Gap.1");
  assert_range (get_child (tracks, 0, 0), "source_range", 0, 6, 24);
  assert_range (get_child (tracks, 0, 1), "source_range", 0, 18, 24);
  assert_range (get_child (tracks, 1, 0), "source_range", 15, 30, 30000 / 1001.0);
  g_object_unref (otio);
}

static void
test_notes (void)
{
  DailiesOtio *otio = dailies_otio_new ("A fox in the snow");
  g_autoptr (JsonParser) parser = NULL;
  JsonArray  *tracks, *markers;
  JsonObject *marker;

  add (otio, "one cut.mp4", "Cut 1", FALSE, 0);
  add (otio, "two.mp4", "Cut 2", FALSE, 0);
  dailies_otio_add_note (otio, 0, GST_SECOND, 0, "the ear flickers");
  dailies_otio_add_note (otio, 1, GST_SECOND / 2, GST_SECOND, "too fast");
  dailies_otio_add_note (otio, 0, 0, GST_SECOND / 4, "good");
  g_assert_true (write_timeline (otio, "notes.otio", NULL));

  parser = read_tracks ("notes.otio", &tracks);
  markers = json_object_get_array_member (get_child (tracks, 0, 0), "markers");
  g_assert_cmpuint (json_array_get_length (markers), ==, 2);
  marker = json_array_get_object_element (markers, 0);
  assert_schema (marker, "Marker.2");
  g_assert_cmpstr (json_object_get_string_member (marker, "name"), ==, "the ear flickers");
  g_assert_cmpstr (json_object_get_string_member (marker, "comment"), ==, "the ear flickers");
  g_assert_cmpstr (json_object_get_string_member (marker, "color"), ==, "YELLOW");
  assert_range (marker, "marked_range", 24, 1, 24);
  assert_range (json_array_get_object_element (markers, 1), "marked_range", 0, 6, 24);
  markers = json_object_get_array_member (get_child (tracks, 1, 0), "markers");
  assert_range (json_array_get_object_element (markers, 0), "marked_range", 15, 30, 30000 / 1001.0);
  g_object_unref (otio);
}

static void
test_missing (void)
{
  g_autoptr (DailiesOtio) otio = dailies_otio_new ("A fox in the snow");
  g_autoptr (GFile) file = file_named ("missing.otio");
  g_autoptr (GError) error = NULL;

  add (otio, "nowhere.mp4", "Cut 1", FALSE, 0);
  g_assert_false (write_timeline (otio, "missing.otio", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_false (g_file_query_exists (file, NULL));
}

int
main (int argc, char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/otio/stack", test_stack);
  g_test_add_func ("/otio/length", test_length);
  g_test_add_func ("/otio/range", test_range);
  g_test_add_func ("/otio/notes", test_notes);
  g_test_add_func ("/otio/missing", test_missing);

  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
