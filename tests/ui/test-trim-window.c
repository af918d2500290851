/* test-trim-window.c: a part of a clip is chosen and made, or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-window.h"

#include <math.h>

#include "../barcode-clip.h"
#include "dailies-film-strip.h"
#include "dailies-probe.h"
#include "dailies-trim-window.h"

static const BarcodeClip clip = { "roof.mp4", 320, 180, 24, 1, 96, .sound = 180 };
static const BarcodeClip mute = { "mute.mp4", 320, 180, 24, 1, 96 };
static const BarcodeClip music = { "music.mp4", 320, 180, 24, 1, 48, .sound = 190 };
static const BarcodeClip quick = { "quick.mp4", 320, 180, 240000, 1001, 600 };
static const DailiesClipPlan plan = { 640, 360, 180, 0, 1, 2, INFINITY, -1, -1 };

static char *folder;

/* --- a window --------------------------------------------------------------------------------- */

typedef struct
{
  GtkWindow *window; /* %NULL when it is gone */
  GFile     *made;
} Trim;

static void
made_cb (DailiesTrimWindow *window,
         GFile             *file,
         Trim              *trim)
{
  g_assert_null (trim->made);
  trim->made = g_object_ref (file);
}

static DailiesAsset *
load (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_asset_load_async (asset, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_asset_load_finish (asset, result, NULL));
  return asset;
}

static void
open_trim (Trim                  *trim,
           Fixture               *fixture,
           const char            *name,
           const DailiesClipPlan *what)
{
  g_autoptr (DailiesAsset) asset = load (name);

  trim->window = dailies_trim_window_new (NULL, asset, what, fixture->library);
  trim->made = NULL;
  g_signal_connect (trim->window, "made", G_CALLBACK (made_cb), trim);
  g_object_add_weak_pointer (G_OBJECT (trim->window), (gpointer *) &trim->window);
  gtk_window_present (trim->window);
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (trim->window)));
}

/* (transfer none) (nullable): the first below @widget of which @test says so */
static GtkWidget *
find (GtkWidget   *widget,
      gboolean   (*test) (GtkWidget *widget, const char *what),
      const char  *what)
{
  if (test (widget, what))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, test, what);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_type (GtkWidget  *widget,
         const char *what)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), what);
}

static gboolean
says (GtkWidget  *widget,
      const char *what)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), what) != NULL;
}

static gboolean
is_said (Trim       *trim,
         const char *words)
{
  return find (GTK_WIDGET (trim->window), says, words) != NULL;
}

static DailiesFilmStrip *
get_strip (Trim *trim)
{
  return DAILIES_FILM_STRIP (find (GTK_WIDGET (trim->window), is_type, "DailiesFilmStrip"));
}

static void
show (Trim *trim,
      int   frame)
{
  DailiesFilmStrip *strip = get_strip (trim);

  g_signal_emit_by_name (strip, "scrub", frame);
  fixture_wait (dailies_film_strip_get_position (strip) == frame);
}

static guint
count_places (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->path, "assets", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_made (Fixture       *fixture,
           gconstpointer  data)
{
  Trim trim;
  const DailiesTrimRange *range;
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  open_trim (&trim, fixture, clip.name, &plan);
  g_assert_true (is_said (&trim, "Trim “roof.mp4”"));
  g_assert_true (is_said (&trim, "4.0 s → pick 1 to 2 s"));
  g_assert_true (is_said (&trim, "320×180 MP4 → 640×360 MP4, sound kept"));
  g_assert_true (is_said (&trim, "Use 2.0 s"));

  /* In is set behind Out's limit, and Out comes along; then a shorter part. */
  show (&trim, 30);
  g_assert_true (is_said (&trim, "00:01:06 · frame 30"));
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.in", NULL);
  range = dailies_film_strip_get_range (get_strip (&trim));
  g_assert_cmpint (range->in, ==, 30);
  g_assert_cmpint (range->out, ==, 53);
  show (&trim, 65);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.out", NULL);
  g_assert_cmpint (range->in, ==, 30);
  g_assert_cmpint (range->out, ==, 65);
  g_assert_true (is_said (&trim, "In 00:01:06"));
  g_assert_true (is_said (&trim, "Out 00:02:17"));
  g_assert_true (is_said (&trim, "Use 1.5 s"));

  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait_seconds (trim.window == NULL, 60);
  g_assert_nonnull (trim.made);
  name = g_file_get_basename (trim.made);
  g_assert_cmpstr (name, ==, "roof trimmed.mp4");
  probe = dailies_probe_file (trim.made, name, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (probe->seconds, 1.5, 0.001);
  g_assert_cmpint (probe->width, ==, 640);
  g_assert_cmpint (probe->height, ==, 360);
  g_assert_true (probe->has_sound);
  g_object_unref (trim.made);
}

/* What is played goes round between In and Out. */
static void
test_plays (Fixture       *fixture,
            gconstpointer  data)
{
  Trim trim;
  DailiesFilmStrip *strip;
  int before = -1;
  gboolean round = FALSE;

  open_trim (&trim, fixture, clip.name, &plan);
  strip = get_strip (&trim);
  show (&trim, 40);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.in", NULL);
  show (&trim, 0);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.play", NULL);
  fixture_wait (is_said (&trim, "Pause"));
  for (gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND; !round && g_get_monotonic_time () < deadline;)
    {
      int now = dailies_film_strip_get_position (strip);

      round = before > now && before >= 60 && now >= 40;
      before = now;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_true (round);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.play", NULL);
  fixture_wait (is_said (&trim, "Play Range"));
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (trim.window == NULL);
  g_assert_null (trim.made);
}

/* The first Cancel is for what is being made, the next for the window; nothing is left of either. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  Trim trim;

  open_trim (&trim, fixture, clip.name, &plan);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  g_assert_true (is_said (&trim, "Making “roof trimmed.mp4”"));
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (is_said (&trim, "320×180 MP4 → 640×360"));
  fixture_wait (count_places (fixture) == 0);
  g_assert_nonnull (trim.window);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (trim.window == NULL);
  g_assert_null (trim.made);
}

/* Who closes the window while it works means that. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  Trim trim;

  open_trim (&trim, fixture, clip.name, &plan);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait (count_places (fixture) == 1);
  gtk_window_close (trim.window);
  fixture_wait_seconds (trim.window == NULL, 30);
  fixture_wait (count_places (fixture) == 0);
  g_assert_null (trim.made);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  DailiesClipPlan narrow = plan;
  Trim trim;

  /* Not even at a quarter of the pixels. */
  narrow.aim_bytes = narrow.most_bytes = 1000;
  open_trim (&trim, fixture, clip.name, &narrow);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait_seconds (is_said (&trim, "the limit is 0.001 MB"), 60);
  fixture_wait (count_places (fixture) == 0);
  g_assert_null (trim.made);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (trim.window == NULL);
}

/* What would have too many bytes has fewer pixels. */
static void
test_shrinks (Fixture       *fixture,
              gconstpointer  data)
{
  DailiesClipPlan narrow = plan;
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GError) error = NULL;
  goffset large;
  Trim trim;

  for (guint i = 0; i < 2; i++)
    {
      open_trim (&trim, fixture, mute.name, &narrow);
      gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
      fixture_wait_seconds (trim.window == NULL, 60);
      g_clear_pointer (&probe, dailies_probe_free);
      probe = dailies_probe_file (trim.made, "made", NULL, &error);
      g_assert_no_error (error);
      g_clear_object (&trim.made);
      if (i == 0)
        {
          g_assert_cmpint (probe->height, ==, 360);
          large = probe->bytes;
          narrow.aim_bytes = large * 9 / 10;
        }
    }
  g_assert_cmpint (probe->bytes, <=, narrow.aim_bytes);
  g_assert_cmpint (probe->height, <, 360);
  g_assert_cmpint (probe->height, >=, 180);
}

/* Where only the sound goes on there is nothing to use. */
static void
test_no_picture (Fixture       *fixture,
                 gconstpointer  data)
{
  Trim trim;

  open_trim (&trim, fixture, music.name, &plan);
  dailies_film_strip_mark_in (get_strip (&trim), 60);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait_seconds (is_said (&trim, "s of picture; it has to be at least 1 s"), 60);
  fixture_wait (count_places (fixture) == 0);
  g_assert_null (trim.made);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (trim.window == NULL);
}

static void
test_without_sound (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *check;
  Trim trim;

  open_trim (&trim, fixture, clip.name, &plan);
  check = find (GTK_WIDGET (trim.window), is_type, "GtkCheckButton");
  g_assert_true (gtk_widget_get_visible (check));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_true (is_said (&trim, "MP4, without sound"));
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait_seconds (trim.window == NULL, 60);
  probe = dailies_probe_file (trim.made, "made", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (probe->has_sound);
  g_assert_cmpfloat_with_epsilon (probe->seconds, 2, 0.001);
  g_object_unref (trim.made);
}

/* In is where the keys went, seen or not. */
static void
test_marks_aim (Fixture       *fixture,
                gconstpointer  data)
{
  DailiesFilmStrip *strip;
  Trim trim;

  open_trim (&trim, fixture, clip.name, &plan);
  strip = get_strip (&trim);
  show (&trim, 20);
  for (guint i = 0; i < 5; i++)
    g_signal_emit_by_name (strip, "step", 1);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.in", NULL);
  g_assert_cmpint (dailies_film_strip_get_range (strip)->in, ==, 25);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.cancel", NULL);
  fixture_wait (trim.window == NULL);
}

/* Four frames become one, and what is left over makes none more: never longer than it may be. */
static void
test_slower (Fixture       *fixture,
             gconstpointer  data)
{
  DailiesClipPlan slower = plan;
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GError) error = NULL;
  Trim trim;

  slower.fps = 60000 / 1001.0;
  open_trim (&trim, fixture, quick.name, &slower);
  gtk_widget_activate_action (GTK_WIDGET (trim.window), "trim.use", NULL);
  fixture_wait_seconds (trim.window == NULL, 60);
  probe = dailies_probe_file (trim.made, "made", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (probe->seconds, <=, 2);
  g_assert_cmpfloat (probe->seconds, >, 1.95);
  g_assert_cmpfloat_with_epsilon (probe->fps, slower.fps, 0.01);
  g_object_unref (trim.made);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gst_init (NULL, NULL);
  folder = fixture_make_folder ();
  g_object_unref (barcode_clip_make (&clip, folder));
  g_object_unref (barcode_clip_make (&mute, folder));
  g_object_unref (barcode_clip_make (&quick, folder));
  g_object_unref (barcode_clip_make (&music, folder));
  ADD ("/trim-window/made", test_made);
  ADD ("/trim-window/plays", test_plays);
  ADD ("/trim-window/cancelled", test_cancelled);
  ADD ("/trim-window/closed", test_closed);
  ADD ("/trim-window/too-large", test_too_large);
  ADD ("/trim-window/shrinks", test_shrinks);
  ADD ("/trim-window/slower", test_slower);
  ADD ("/trim-window/no-picture", test_no_picture);
  ADD ("/trim-window/without-sound", test_without_sound);
  ADD ("/trim-window/marks-aim", test_marks_aim);
  status = g_test_run ();
  fixture_remove_folder (folder);
  g_free (folder);
  return status;
}
