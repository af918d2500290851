/* test-stage-view.c: the stage on a display server, moved by real keys and a real pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../fixture-library.h"
#include "fixture-stage.h"
#include "dailies-compare-bar.h"

#include "dailies-cut-private.h"
#include "dailies-notes-popover.h"
#include "dailies-sql.h"
#include "dailies-stage-view-private.h"
#include "dailies-timecode.h"
#include "dailies-timeline.h"

static double
get_shuttle (Stage *stage)
{
  double shuttle;

  g_object_get (stage->reel, "shuttle", &shuttle, NULL);
  return shuttle;
}

static gint64
get_time (Stage      *stage,
          const char *name)
{
  gint64 time;

  g_object_get (stage->reel, name, &time, NULL);
  return time;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_timecode (void)
{
  static const struct
  {
    gint64      time;
    double      fps;
    const char *text;
  } cases[] = {
    { 0, 24, "00:00:00" },
    { GST_SECOND + 22 * GST_SECOND / 24, 24, "00:01:22" },
    { 5 * GST_SECOND, 24, "00:05:00" },
    { 65 * GST_SECOND, 25, "01:05:00" },
    { 41708333, 24000 / 1001., "00:00:01" },
    { 1001 * GST_SECOND / 1000, 24000 / 1001., "00:01:00" },
    { 41666666, 24, "00:00:01" },
    { 3600 * GST_SECOND, 30, "01:00:00:00" },
    { 1250 * GST_MSECOND, 0, "00:01.2" },
    { -5, 24, "00:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dailies_timecode_format (cases[i].time, cases[i].fps);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_empty (void)
{
  Stage *stage = stage_new ();

  wait_for (find_label (GTK_WIDGET (stage->view), "Make the first cut") != NULL);
  g_assert_false (gtk_widget_is_sensitive (find_action (GTK_WIDGET (stage->view), "stage.play")));
  press ("space");
  press ("f");
  press ("m");
  wait_for (get_flag (stage->reel, "muted"));
  show_clip (stage, "plain.mp4");
  wait_for (shown (stage) > 2);
  g_assert_nonnull (find_label (GTK_WIDGET (stage->view), "A · Cut 2"));
  g_assert_true (gtk_widget_is_sensitive (find_action (GTK_WIDGET (stage->view), "stage.play")));
  g_assert_false (get_flag (stage->view, "fullscreened"));

  dailies_stage_view_show_clip (stage->view, NULL, NULL);
  wait_for (find_label (GTK_WIDGET (stage->view), "Make the first cut") != NULL &&
            shown_texture (stage) == NULL);
  stage_free (stage);
}

static void
test_failed (void)
{
  Stage *stage = stage_new ();

  show_clip (stage, "missing <b>.mp4");
  wait_for (find_label (GTK_WIDGET (stage->view), "“missing <b>.mp4” is not there any more") !=
            NULL);
  g_assert_false (gtk_widget_is_sensitive (find_action (GTK_WIDGET (stage->view), "stage.play")));
  show_clip (stage, "plain.mp4");
  wait_for (shown (stage) > 2);
  g_assert_null (find_label (GTK_WIDGET (stage->view), "is not there any more"));
  stage_free (stage);
}

/* Frames are those of the first that can be played. */
static void
test_failed_first (void)
{
  Stage *stage = stage_new ();
  GFile *plain = g_file_new_build_filename (folder, "plain.mp4", NULL);
  GFile *missing = g_file_new_build_filename (folder, "missing.mp4", NULL);

  dailies_stage_view_set_clips (stage->view, (DailiesStageClip[]) { { missing }, { plain } }, 2);
  wait_for (dailies_sides_has_error (dailies_stage_view_get_sides (stage->view), 0) && shown_on (stage, 1) > 0);
  wait_for (find_label (GTK_WIDGET (stage->view), "/ 00:05:00") != NULL);
  stage_free (stage);
  g_object_unref (plain);
  g_object_unref (missing);
}

static GtkWidget *
find_error (Stage *stage,
            guint  side)
{
  return find_label (GTK_WIDGET (dailies_sides_get_pane (dailies_stage_view_get_sides (stage->view), side)),
                     "is not there any more");
}

/* Two that have changed places: each pane still tells of its own clip. */
static void
test_failed_after_swap (void)
{
  Stage *stage = stage_new ();
  GFile *plain = g_file_new_build_filename (folder, "plain.mp4", NULL);
  GFile *large = g_file_new_build_filename (folder, "large.mp4", NULL);
  GFile *missing = g_file_new_build_filename (folder, "missing.mp4", NULL);

  dailies_stage_view_set_clips (stage->view, (DailiesStageClip[]) { { plain }, { large } }, 2);
  wait_for (shown (stage) >= 0 && shown_on (stage, 1) >= 0);
  press ("s");
  wait_for (dailies_sides_get_reel_side (dailies_stage_view_get_sides (stage->view), 0) == 1);

  dailies_stage_view_set_clips (stage->view, (DailiesStageClip[]) { { large }, { missing } }, 2);
  wait_for (find_error (stage, 1) != NULL);
  g_assert_null (find_error (stage, 0));
  wait_for (shown (stage) >= 0);

  dailies_stage_view_set_clips (stage->view, (DailiesStageClip[]) { { missing } }, 1);
  wait_for (find_error (stage, 0) != NULL);
  g_assert_false (gtk_widget_is_sensitive (find_action (GTK_WIDGET (stage->view), "stage.play")));
  stage_free (stage);
  g_object_unref (plain);
  g_object_unref (large);
  g_object_unref (missing);
}

/* What is decoded is as large as what is painted, no larger. */
static void
test_tile (void)
{
  Stage     *stage = stage_new_paused_at ("large.mp4", 3);
  GtkWidget *picture = GTK_WIDGET (dailies_stage_view_get_sides (stage->view));
  int        scale = gtk_widget_get_scale_factor (picture);

  wait_for (gdk_texture_get_width (shown_texture (stage)) ==
            gtk_widget_get_width (picture) * scale);
  g_assert_cmpint (gdk_texture_get_width (shown_texture (stage)), <, 1280);
  g_assert_cmpint (shown (stage), ==, 3);

  gtk_window_set_default_size (GTK_WINDOW (stage->window), 600, 500);
  wait_for (gtk_widget_get_width (picture) <= 600);
  wait_for (gdk_texture_get_width (shown_texture (stage)) ==
            gtk_widget_get_width (picture) * scale);
  g_assert_cmpint (shown (stage), ==, 3);
  stage_free (stage);
}

static void
test_keys (void)
{
  Stage *stage = stage_new_paused_at ("plain.mp4", 30);

  press ("period");
  wait_for (shown (stage) == 31);
  press ("comma");
  press ("comma");
  wait_for (shown (stage) == 29);
  press ("Right");
  wait_for (shown (stage) == 30);
  press ("shift+Right");
  wait_for (shown (stage) == 40);
  press ("shift+Left");
  wait_for (shown (stage) == 30);
  press ("Left");
  wait_for (shown (stage) == 29);
  press ("End");
  wait_for (shown (stage) == 119);
  press ("Home");
  wait_for (shown (stage) == 0);
  press ("ctrl+l");
  wait_for (get_flag (stage->reel, "looping"));
  press ("ctrl+l");
  wait_for (!get_flag (stage->reel, "looping"));
  press ("m");
  wait_for (get_flag (stage->reel, "muted"));
  press ("bracketright");
  wait_for (get_rate (stage) == 2);
  press ("bracketleft");
  press ("bracketleft");
  wait_for (get_rate (stage) == 0.5);
  press ("space");
  wait_for (is_playing (stage) && shown (stage) > 3);
  press ("l");
  wait_for (get_shuttle (stage) == 1);
  press ("k");
  wait_for (!is_playing (stage));
  press ("l");
  wait_for (get_shuttle (stage) == 1);
  press ("l");
  wait_for (get_shuttle (stage) == 2);
  press ("j");
  wait_for (get_shuttle (stage) == -1);
  press ("k");
  wait_for (get_shuttle (stage) == 0 && !is_playing (stage));
  press ("space");
  wait_for (is_playing (stage));
  press ("space");
  wait_for (!is_playing (stage));
  stage_free (stage);
}

static void
test_range (void)
{
  Stage     *stage = stage_new_paused_at ("plain.mp4", 30);
  GtkWidget *timeline = find (GTK_WIDGET (stage->view), DAILIES_TYPE_TIMELINE);
  gint64     in;

  press ("i");
  wait_for (get_time (stage, "range-in") >= 0);
  in = get_time (stage, "range-in");
  g_assert_cmpint (in, ==, get_time (stage, "position"));
  press ("End");
  wait_for (shown (stage) == 119);
  press ("o");
  wait_for (get_time (stage, "range-out") > in);

  /* An end follows the pointer, and not beyond the other one. */
  press ("Home");
  wait_for (shown (stage) == 30 || shown (stage) == 0);
  point (timeline, (8 + 30. / 119 * (gtk_widget_get_width (timeline) - 16)) / gtk_widget_get_width (timeline), NULL);
  dailies_reel_seek (stage->reel, 60 * GST_SECOND / 24);
  wait_for (shown (stage) == 60);
  xdotool ("mousedown", "1", NULL);
  point (timeline, 0.4, NULL);
  point (timeline, 0.35, "mouseup");
  wait_for (get_time (stage, "range-in") > in);
  g_assert_cmpint (get_time (stage, "range-in"), <, 2 * GST_SECOND);

  /* An out before the in begins a range anew. */
  dailies_reel_seek (stage->reel, 0);
  wait_for (shown (stage) == 0);
  press ("o");
  wait_for (get_time (stage, "range-in") == -1 && get_time (stage, "range-out") == 0);
  press ("x");
  wait_for (get_time (stage, "range-out") == -1);
  stage_free (stage);
}

/* A range is a loop: while it plays and its end is set, it begins anew. Without one play is as it was. */
static void
test_range_loops (void)
{
  Stage *stage = stage_new_paused_at ("plain.mp4", 10);

  press ("i");
  wait_for (get_flag (stage->reel, "looping"));
  g_object_set (stage->reel, "rate", 0.5, NULL);
  press ("space");
  wait_for (shown (stage) >= 20);
  press ("o");
  wait_for (get_time (stage, "range-out") > 0);
  wait_for (shown (stage) < 20);
  wait_for (shown (stage) >= 20);
  wait_for (shown (stage) < 20);
  g_assert_true (is_playing (stage));
  press ("x");
  wait_for (!get_flag (stage->reel, "looping"));
  g_assert_true (is_playing (stage));
  press ("k");
  wait_for (!is_playing (stage));

  /* What the artist says of it meanwhile counts, until a range is marked again. */
  press ("o");
  wait_for (get_flag (stage->reel, "looping"));
  press ("ctrl+l");
  wait_for (!get_flag (stage->reel, "looping"));
  press ("o");
  wait_for (get_flag (stage->reel, "looping"));
  press ("ctrl+l");
  press ("ctrl+l");
  press ("x");
  wait_for (get_time (stage, "range-out") == -1);
  g_assert_true (get_flag (stage->reel, "looping"));
  g_object_set (stage->reel, "looping", FALSE, NULL);

  /* O alone ends no play either. */
  dailies_reel_seek (stage->reel, 0);
  wait_for (shown (stage) == 0);
  press ("space");
  wait_for (shown (stage) >= 5);
  press ("o");
  wait_for (get_time (stage, "range-out") > 0);
  wait_for (shown (stage) < 5);
  wait_for (shown (stage) >= 5);
  g_assert_true (is_playing (stage));
  press ("x");
  press ("k");
  wait_for (!is_playing (stage));

  /* Who had it play over and over has that again. */
  g_object_set (stage->reel, "looping", TRUE, NULL);
  press ("o");
  wait_for (get_time (stage, "range-out") >= 0);
  press ("x");
  wait_for (get_time (stage, "range-out") == -1);
  g_assert_true (get_flag (stage->reel, "looping"));
  stage_free (stage);
}

static void
test_typing (void)
{
  Stage *stage = stage_new_paused_at ("plain.mp4", 10);

  gtk_widget_grab_focus (stage->entry);
  xdotool ("type", "--delay", "1", "a, b. jklmf [x]", NULL);
  wait_for (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (stage->entry)), "a, b. jklmf [x]"));
  g_assert_cmpint (shown (stage), ==, 10);
  g_assert_false (is_playing (stage));
  g_assert_false (get_flag (stage->reel, "muted"));
  g_assert_false (get_flag (stage->view, "fullscreened"));
  g_assert_cmpfloat (get_rate (stage), ==, 1);
  stage_free (stage);
}

/* How many columns of the timeline are painted in the yellow of the range, half way up. */
static int
count_yellow (Stage *stage)
{
  GtkWidget *timeline = find (GTK_WIDGET (stage->view), DAILIES_TYPE_TIMELINE);
  int        width = gtk_widget_get_width (timeline);
  int        height = gtk_widget_get_height (timeline);
  int        n_yellow = 0;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);

  GTK_WIDGET_GET_CLASS (timeline)->snapshot (timeline, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (
    gtk_native_get_renderer (GTK_NATIVE (stage->window)), node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int x = 0; x < width; x++)
    {
      guint32 pixel = pixels[height / 2 * width + x];

      n_yellow += (pixel >> 16 & 255) > 150 && (pixel >> 8 & 255) > 90 && (pixel & 255) < 60;
    }

  return n_yellow;
}

/* It lies under the handle, and is to be seen there. */
static void
test_range_of_one (void)
{
  Stage *stage = stage_new_paused_at ("plain.mp4", 30);

  g_assert_cmpint (count_yellow (stage), ==, 0);
  press ("i");
  press ("o");
  wait_for (get_time (stage, "range-out") >= 0);
  g_assert_cmpint (get_time (stage, "range-in"), ==, get_time (stage, "range-out"));
  g_assert_cmpint (count_yellow (stage), >=, 3);
  stage_free (stage);
}

static void
test_buttons (void)
{
  Stage *stage = stage_new_paused_at ("plain.mp4", 30);

  point (find_action (GTK_WIDGET (stage->view), "stage.step-forward"), 0.5, "click");
  wait_for (shown (stage) == 31);
  point (find_action (GTK_WIDGET (stage->view), "stage.step-back"), 0.5, "click");
  wait_for (shown (stage) == 30);
  point (find_action (GTK_WIDGET (stage->view), "stage.start"), 0.5, "click");
  wait_for (shown (stage) == 0);
  point (find_action (GTK_WIDGET (stage->view), "stage.loop"), 0.5, "click");
  wait_for (get_flag (stage->reel, "looping"));
  point (find_action (GTK_WIDGET (stage->view), "stage.play"), 0.5, "click");
  wait_for (is_playing (stage) && shown (stage) > 3);
  point (find_action (GTK_WIDGET (stage->view), "stage.play"), 0.5, "click");
  wait_for (!is_playing (stage));
  stage_free (stage);
}

static void
test_scrub (void)
{
  Stage     *stage = stage_new_paused_at ("plain.mp4", 0);
  GtkWidget *timeline = find (GTK_WIDGET (stage->view), DAILIES_TYPE_TIMELINE);
  int        here;

  /* A press jumps. */
  point (timeline, 0.5, "mousedown");
  wait_for (ABS (shown (stage) - 60) <= 1);
  /* A drag shows what lies under the pointer while it moves. */
  point (timeline, 0.25, NULL);
  wait_for (ABS (shown (stage) - 30) <= 1);
  point (timeline, 1, NULL);
  wait_for (shown (stage) == 119);
  point (timeline, 0.75, "mouseup");
  wait_for (ABS (shown (stage) - 90) <= 2);
  g_assert_false (is_playing (stage));

  /* With the focus on it the keys move it. */
  here = shown (stage);
  press ("Right");
  wait_for (shown (stage) == here + 1);
  press ("shift+Left");
  wait_for (shown (stage) == here - 9);
  press ("Home");
  wait_for (shown (stage) == 0);

  /* Held, a playing clip stands still, and goes on when let go. */
  dailies_reel_play (stage->reel);
  wait_for (shown (stage) > 3);
  point (timeline, 0.5, "mousedown");
  wait_for (!is_playing (stage) && ABS (shown (stage) - 60) <= 1);
  xdotool ("mouseup", "1", NULL);
  wait_for (is_playing (stage) && shown (stage) > 63);
  stage_free (stage);
}

static void
test_fullscreen (void)
{
  Stage     *stage = stage_new_paused_at ("plain.mp4", 10);
  GtkWidget *bar = gtk_widget_get_parent (find (GTK_WIDGET (stage->view), DAILIES_TYPE_TIMELINE));
  GtkWidget *revealer;

  press ("f");
  wait_for (get_flag (stage->view, "fullscreened"));
  dailies_stage_view_set_fullscreened (stage->view, TRUE);
  revealer = gtk_widget_get_ancestor (bar, GTK_TYPE_REVEALER);
  g_assert_nonnull (revealer);
  /* The transport goes by itself, and comes back with the pointer. */
  wait_for (!gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  point (GTK_WIDGET (stage->view), 0.3, NULL);
  point (GTK_WIDGET (stage->view), 0.4, NULL);
  wait_for (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  /* Who steps by keys is told where he is. */
  wait_for (!gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  press ("period");
  wait_for (shown (stage) == 11);
  wait_for (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  press ("Escape");
  wait_for (!get_flag (stage->view, "fullscreened"));
  g_assert_null (gtk_widget_get_ancestor (bar, GTK_TYPE_REVEALER));
  stage_free (stage);
}

/* The first of its two clicks begins to play or stops: after the second all is as it was. */
static void
test_double_click (void)
{
  Stage       *stage = stage_new_paused_at ("plain.mp4", 30);
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (stage->view));

  /* However slow the machine is that the two are made on. */
  g_object_set (settings, "gtk-double-click-time", 10000, NULL);
  point (GTK_WIDGET (stage->view), 0.3, "click");
  wait_for (shown (stage) > 32);
  xdotool ("click", "1", NULL);
  wait_for (get_flag (stage->view, "fullscreened"));
  wait_for (!is_playing (stage) && shown (stage) == 30);
  dailies_stage_view_set_fullscreened (stage->view, FALSE);

  g_object_set (stage->reel, "rate", 0.25, NULL);
  press ("space");
  wait_for (is_playing (stage) && shown (stage) > 31);
  point (GTK_WIDGET (stage->view), 0.3, "click");
  wait_for (!is_playing (stage));
  xdotool ("click", "1", NULL);
  wait_for (get_flag (stage->view, "fullscreened"));
  wait_for (is_playing (stage));
  g_assert_cmpint (shown (stage), >, 31);
  dailies_stage_view_set_fullscreened (stage->view, FALSE);

  /* Also at the speed it had, and backwards. */
  press ("j");
  wait_for (get_shuttle (stage) == -1);
  point (GTK_WIDGET (stage->view), 0.3, "click");
  wait_for (!is_playing (stage));
  xdotool ("click", "1", NULL);
  wait_for (get_flag (stage->view, "fullscreened"));
  wait_for (is_playing (stage) && get_shuttle (stage) == -1);
  gtk_settings_reset_property (settings, "gtk-double-click-time");
  stage_free (stage);
}

/* At rest the stage costs nothing: no tick, no frame. */
static void
count_cb (GdkFrameClock *clock,
          int           *n_frames)
{
  ++*n_frames;
}

static void
test_rest (void)
{
  Stage         *stage = stage_new_paused_at ("plain.mp4", 10);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (stage->window);
  gboolean       over = FALSE;
  int            n_frames = 0;

  g_timeout_add (1000, expire_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  over = FALSE;
  g_signal_connect (clock, "update", G_CALLBACK (count_cb), &n_frames);
  g_timeout_add (1000, expire_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &n_frames);
  g_test_message ("%d frames painted in a second of rest", n_frames);
  g_assert_cmpint (n_frames, <=, 2);
  stage_free (stage);
}

/* Whether the heading of a note says the frame that is seen. */
static gboolean
says_place (Stage     *stage,
            GtkWidget *popover)
{
  int              frame = shown (stage);
  g_autofree char *heading = g_strdup_printf ("Note at 00:%02d:%02d", frame / 24, frame % 24);

  return find_label (popover, heading) != NULL;
}

/* A frame that was on its way when it paused has come. */
static void
wait_for_rest (Stage *stage)
{
  gint64 since = g_get_monotonic_time ();
  int    frame = shown (stage);

  while (g_get_monotonic_time () - since < 300000)
    {
      g_main_context_iteration (NULL, FALSE);
      if (shown (stage) == frame)
        continue;
      frame = shown (stage);
      since = g_get_monotonic_time ();
    }
}

/* Once a note is written or left, Space is play again, and not once more the popover. A note that is asked for while it plays is
 * about the frame that it stops at. */
static void
test_note (void)
{
  g_autofree char *path = fixture_make_folder ();
  DailiesStore    *store = fixture_open_store (path, NULL);
  DailiesLibrary  *library = dailies_library_new (store);
  Stage           *stage = stage_new_paused_at ("plain.mp4", 10);
  GtkWindow       *window = GTK_WINDOW (stage->window);
  DailiesCutRow    row = { .id = 7, .shot_id = 1, .job_id = (char *) "job", .number = 1, .path = (char *) "plain.mp4",
                           .width = 320, .height = 180, .seconds = 5, .fps = 24, .request = (char *) "{}" };
  GFile           *directory = g_file_new_for_path (folder);
  DailiesCut      *cut = dailies_cut_new (directory, &row);
  GtkWidget       *popover;
  int              frame;

  dailies_stage_view_set_library (stage->view, library, NULL);
  dailies_stage_view_set_clips (stage->view, &(DailiesStageClip) { dailies_cut_get_file (cut), NULL, cut }, 1);
  popover = find (GTK_WIDGET (stage->view), DAILIES_TYPE_NOTES_POPOVER);
  for (int i = 0; i < 4; i++)
    {
      GtkWidget *before = i < 2 ? GTK_WIDGET (stage->view) : find (GTK_WIDGET (stage->view), DAILIES_TYPE_TIMELINE);

      gtk_widget_grab_focus (before);
      press ("n");
      wait_for (gtk_widget_get_mapped (popover) && gtk_window_get_focus (window) != NULL &&
                gtk_widget_is_ancestor (gtk_window_get_focus (window), popover));
      wait_for (!is_playing (stage));
      wait_for_rest (stage);
      g_assert_true (says_place (stage, popover));
      press (i % 2 == 0 ? "Escape" : "Return");
      if (i % 2 == 1)
        press ("Escape");
      wait_for (!gtk_widget_get_visible (popover));
      wait_for (gtk_window_get_focus (window) == before);
      frame = shown (stage);
      press ("space");
      wait_for (is_playing (stage) && shown (stage) > frame + 6);
      g_assert_false (gtk_widget_get_visible (popover));
    }
  stage_free (stage);
  g_object_unref (cut);
  g_object_unref (directory);
  fixture_load (library);
  g_assert_finalize_object (library);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

/* A range may end behind a shorter clip, and begin before one that slips: a note has what there is of it. */
static void
test_note_on_a_range (void)
{
  static const struct
  {
    gint64      in, out; /* frames */
    int         slip;
    const char *heading;
  } cases[] = {
    { 6, 12, 0, "Note from 00:00:06 to 00:00:12" },
    { 12, 80, 0, "Note from 00:00:12 to 00:00:23" },
    { 2, 8, -4, "Note from 00:00:00 to 00:00:04" },
    { 40, 80, 0, "Note at 00:00:23" },
  };
  g_autofree char *path = fixture_make_folder ();
  DailiesStore    *store = fixture_open_store (path, NULL);
  DailiesLibrary  *library = dailies_library_new (store);
  Stage           *stage = stage_new_paused_at ("plain.mp4", 40);
  DailiesCutRow    row = { .id = 7, .shot_id = 1, .job_id = (char *) "job", .number = 1, .path = (char *) "large.mp4",
                           .width = 1280, .height = 720, .seconds = 1, .fps = 24, .request = (char *) "{}" };
  GFile           *directory = g_file_new_for_path (folder);
  g_autoptr (GFile) plain = g_file_get_child (directory, "plain.mp4");
  DailiesCut      *cut = dailies_cut_new (directory, &row);
  DailiesStageClip clips[2] = { { dailies_cut_get_file (cut), NULL, cut }, { plain, "Other", NULL } };
  GtkWidget       *popover;

  dailies_stage_view_set_library (stage->view, library, NULL);
  dailies_stage_view_set_clips (stage->view, clips, 2);
  popover = find (GTK_WIDGET (stage->view), DAILIES_TYPE_NOTES_POPOVER);
  wait_for (shown_on (stage, 0) >= 0 && shown_on (stage, 1) >= 0);
  dailies_reel_pause (stage->reel);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_object_set (stage->reel, "range-in", cases[i].in * GST_SECOND / 24, "range-out", cases[i].out * GST_SECOND / 24, NULL);
      dailies_reel_set_slip (stage->reel, 0, cases[i].slip);
      dailies_reel_seek (stage->reel, 50 * GST_SECOND / 24);
      wait_for (shown_on (stage, 1) == 50 && shown_on (stage, 0) == 23);
      gtk_widget_grab_focus (GTK_WIDGET (stage->view));
      press ("n");
      wait_for (gtk_widget_get_mapped (popover));
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_nonnull (find_label (popover, cases[i].heading));
      press ("Escape");
      wait_for (!gtk_widget_get_visible (popover));
    }
  stage_free (stage);
  g_object_unref (cut);
  g_object_unref (directory);
  fixture_load (library);
  g_assert_finalize_object (library);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static gpointer
add_noted_cuts (sqlite3  *db,
                gpointer   data,
                GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO shot (id, created, updated) VALUES (1, 1, 1);"
                    "INSERT INTO job (id, shot, service, protocol, model, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', '{}', 'done', 1, 2);"
                    "INSERT INTO cut (id, shot, job, output, number, path, created)"
                    "  VALUES (7, 1, 'job', 0, 1, 'large.mp4', 11), (8, 1, 'job', 1, 2, 'plain.mp4', 12);"
                    "INSERT INTO note (cut, first, last, text, created) VALUES (7, 0, 0, 'One', 1), (7, 5, 5, 'Two', 1),"
                    "  (8, 0, 0, 'Three', 1), (8, 5, 5, 'Four', 1);",
                    error);
  return NULL;
}

/* Whether it can be read. */
static gboolean
lists (GtkWidget  *popover,
       const char *text)
{
  GtkWidget *label = find_label (popover, text);
  double     x, y;

  return label != NULL && gtk_widget_get_mapped (label) && gtk_widget_get_height (label) > 0 &&
         gtk_widget_translate_coordinates (label, popover, 0, gtk_widget_get_height (label), &x, &y) &&
         y > 0 && y <= gtk_widget_get_height (popover);
}

/* Of cuts beside each other the one under the pointer is noted, or the one that is chosen where the note is written; what is no cut
 * can be neither. */
static void
test_note_on_a_side (void)
{
  g_autofree char *path = fixture_make_folder ();
  DailiesStore    *store = fixture_open_store (path, NULL);
  DailiesLibrary  *library = dailies_library_new (store);
  Stage           *stage = stage_new_paused_at ("plain.mp4", 40);
  DailiesSides    *sides = dailies_stage_view_get_sides (stage->view);
  DailiesCutRow    rows[2] = { { .id = 7, .shot_id = 1, .job_id = (char *) "job", .number = 1, .path = (char *) "large.mp4",
                                 .width = 1280, .height = 720, .seconds = 1, .fps = 24, .request = (char *) "{}" },
                               { .id = 8, .shot_id = 1, .job_id = (char *) "job", .number = 2, .path = (char *) "plain.mp4",
                                 .width = 320, .height = 180, .seconds = 5, .fps = 24, .request = (char *) "{}" } };
  GFile           *directory = g_file_new_for_path (folder);
  g_autoptr (GFile) plain = g_file_get_child (directory, "plain.mp4");
  DailiesCut      *cuts[2] = { dailies_cut_new (directory, &rows[0]), dailies_cut_new (directory, &rows[1]) };
  DailiesStageClip clips[3] = { { plain, "Source", NULL },
                                { dailies_cut_get_file (cuts[0]), "Cut 1", cuts[0] },
                                { dailies_cut_get_file (cuts[1]), "Cut 2", cuts[1] } };
  GtkWidget       *popover, *toggle;

  fixture_run (store, add_noted_cuts, NULL, NULL);
  dailies_stage_view_set_library (stage->view, library, NULL);
  dailies_stage_view_set_clips (stage->view, clips, 3);
  popover = find (GTK_WIDGET (stage->view), DAILIES_TYPE_NOTES_POPOVER);
  wait_for (shown_on (stage, 0) >= 0 && shown_on (stage, 1) >= 0 && shown_on (stage, 2) >= 0);
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, 30 * GST_SECOND / 24);
  wait_for (shown_on (stage, 0) == 30 && shown_on (stage, 1) == 23 && shown_on (stage, 2) == 30);

  /* The source takes no notes: the first cut does. */
  point (GTK_WIDGET (dailies_sides_get_pane (sides, 0)), 0.5, NULL);
  wait_for (dailies_sides_get_pointed (sides) == 0);
  gtk_widget_grab_focus (GTK_WIDGET (stage->view));
  press ("n");
  wait_for (gtk_widget_get_mapped (popover));
  g_assert_nonnull (find_label (popover, "Note at 00:00:23 on Cut 1"));
  wait_for (lists (popover, "One") && lists (popover, "Two"));
  press ("Escape");
  wait_for (!gtk_widget_get_visible (popover));

  point (GTK_WIDGET (dailies_sides_get_pane (sides, 2)), 0.5, NULL);
  wait_for (dailies_sides_get_pointed (sides) == 2);
  press ("n");
  wait_for (gtk_widget_get_mapped (popover));
  g_assert_nonnull (find_label (popover, "Note at 00:01:06 on Cut 2"));
  wait_for (lists (popover, "Three") && lists (popover, "Four"));

  /* Going to another note leaves the hands where the next one is written. */
  point (find_tip (popover, "Go to this note"), 0.5, "click");
  wait_for (shown_on (stage, 2) == 0);
  wait_for (gtk_window_get_focus (GTK_WINDOW (stage->window)) == find (popover, GTK_TYPE_TEXT_VIEW));
  /* Its words are as good as its time. */
  dailies_reel_seek (stage->reel, 30 * GST_SECOND / 24);
  wait_for (shown_on (stage, 2) == 30);
  point (find_label (popover, "Three"), 0.5, "click");
  wait_for (shown_on (stage, 2) == 0);
  wait_for (gtk_window_get_focus (GTK_WINDOW (stage->window)) == find (popover, GTK_TYPE_TEXT_VIEW));
  toggle = find_tip (popover, "Notes on Cut 1");
  g_assert_false (gtk_widget_get_sensitive (find_tip (popover, "Source is not a cut of the shot, so it takes no notes")));
  point (toggle, 0.5, "click");
  wait_for (find_label (popover, "Note at 00:00:00 on Cut 1") != NULL);
  wait_for (gtk_window_get_focus (GTK_WINDOW (stage->window)) == find (popover, GTK_TYPE_TEXT_VIEW));
  g_assert_nonnull (find_tip (GTK_WIDGET (stage->view), "Notes on Cut 1 (N)"));
  press ("Escape");
  wait_for (!gtk_widget_get_visible (popover));

  /* What is not seen is not noted. */
  point (GTK_WIDGET (dailies_sides_get_pane (sides, 2)), 0.5, NULL);
  wait_for (dailies_sides_get_pointed (sides) == 2);
  press ("n");
  wait_for (gtk_widget_get_mapped (popover) && find_label (popover, "Note at 00:00:00 on Cut 2") != NULL);
  press ("Escape");
  wait_for (!gtk_widget_get_visible (popover));
  press ("d");
  wait_for (dailies_sides_get_mode (sides) == DAILIES_SIDES_DIFFERENCE);
  press ("n");
  wait_for (gtk_widget_get_mapped (popover));
  g_assert_nonnull (find_label (popover, "Note at 00:00:00 on Cut 1"));
  press ("Escape");
  wait_for (!gtk_widget_get_visible (popover));
  stage_free (stage);
  g_object_unref (cuts[0]);
  g_object_unref (cuts[1]);
  g_object_unref (directory);
  fixture_load (library);
  g_assert_finalize_object (library);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

/* What was compared stands there again as it was left, without what was deleted meanwhile. */
static void
test_scene (void)
{
  Stage             *stage = stage_new_paused_at ("plain.mp4", 40);
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (GFile) plain = g_file_get_child (directory, "plain.mp4");
  DailiesCutRow      row = { .id = 7, .shot_id = 1, .job_id = (char *) "job", .number = 1, .path = (char *) "large.mp4",
                             .width = 1280, .height = 720, .seconds = 1, .fps = 24, .request = (char *) "{}" };
  g_autoptr (DailiesCut) cut = dailies_cut_new (directory, &row);
  g_autoptr (GListStore) cuts = g_list_store_new (DAILIES_TYPE_CUT);
  DailiesStageClip   clips[2] = { { plain, "Plate", NULL }, { dailies_cut_get_file (cut), NULL, cut } };
  g_autoptr (DailiesStageScene) scene = NULL;
  g_autoptr (DailiesStageScene) alone = NULL;
  gint64             in;

  g_list_store_append (cuts, cut);
  dailies_stage_view_set_cuts (stage->view, G_LIST_MODEL (cuts));
  dailies_stage_view_set_clips (stage->view, clips, 2);
  wait_for (shown_on (stage, 0) >= 0 && shown_on (stage, 1) >= 0);
  dailies_reel_pause (stage->reel);
  dailies_sides_set_mode (dailies_stage_view_get_sides (stage->view), DAILIES_SIDES_WIPE);
  dailies_reel_set_slip (stage->reel, 1, 3);
  dailies_reel_seek (stage->reel, 2 * GST_SECOND / 24);
  gtk_widget_activate_action (GTK_WIDGET (stage->view), "stage.range-in", NULL);
  dailies_reel_seek (stage->reel, 10 * GST_SECOND / 24);
  wait_for (shown_on (stage, 0) == 10 && shown_on (stage, 1) == 13);
  scene = dailies_stage_view_dup_scene (stage->view);

  dailies_stage_view_set_clips (stage->view, NULL, 0);
  g_assert_null (dailies_stage_view_dup_scene (stage->view));
  wait_for (shown_on (stage, 0) < 0);
  g_assert_false (get_flag (stage->reel, "looping"));
  g_assert_true (dailies_stage_view_set_scene (stage->view, scene));
  g_assert_true (get_flag (stage->reel, "looping"));
  wait_for (shown_on (stage, 0) == 10 && shown_on (stage, 1) == 13);
  g_assert_false (is_playing (stage));
  g_assert_cmpint (dailies_sides_get_mode (dailies_stage_view_get_sides (stage->view)), ==, DAILIES_SIDES_WIPE);
  g_assert_true (dailies_stage_view_get_cut (stage->view, 1) == cut);
  g_assert_nonnull (find_label (GTK_WIDGET (stage->view), "A · Plate"));
  g_assert_nonnull (find_label (GTK_WIDGET (stage->view), "+3"));
  g_object_get (stage->reel, "range-in", &in, NULL);
  g_assert_cmpint (in, ==, 2 * GST_SECOND / 24);

  dailies_stage_view_set_clips (stage->view, NULL, 0);
  g_assert_false (get_flag (stage->reel, "looping"));
  g_list_store_remove_all (cuts);
  g_assert_true (dailies_stage_view_set_scene (stage->view, scene));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 1);
  g_assert_true (g_file_equal (dailies_stage_view_get_file (stage->view, 0), plain));

  /* A cut that was alone gives way where there is another. */
  g_list_store_append (cuts, cut);
  dailies_stage_view_set_clips (stage->view, &clips[1], 1);
  alone = dailies_stage_view_dup_scene (stage->view);
  dailies_stage_view_set_clips (stage->view, NULL, 0);
  g_assert_true (dailies_stage_view_set_scene (stage->view, alone));
  dailies_stage_view_set_clips (stage->view, NULL, 0);
  g_list_store_append (cuts, cut);
  g_assert_false (dailies_stage_view_set_scene (stage->view, alone));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 0);
  stage_free (stage);
}

/* @keys: (element-type utf8): those that are shown beside the items of a menu */
static void
collect_keys (GtkWidget *widget,
              GPtrArray *keys)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_widget_get_css_name (widget), "accelerator"))
    g_ptr_array_add (keys, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_keys (child, keys);
}

static void
assert_menu_keys (GtkWidget  *bar,
                  const char *button,
                  const char *expected)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  GtkMenuButton   *menu = GTK_MENU_BUTTON (gtk_widget_get_template_child (bar, DAILIES_TYPE_COMPARE_BAR, button));

  collect_keys (GTK_WIDGET (gtk_menu_button_get_popover (menu)), keys);
  g_ptr_array_add (keys, NULL);
  text = g_strjoinv (" ", (char **) keys->pdata);
  g_assert_cmpstr (text, ==, expected);
}

/* Each item that has a key shows it, also where the key is held or is that of another action. */
static void
test_menu_keys (void)
{
  Stage     *stage = stage_new_paused_at ("plain.mp4", 5);
  GtkWidget *bar = find (GTK_WIDGET (stage->view), DAILIES_TYPE_COMPARE_BAR);

  assert_menu_keys (bar, "view_button", "V S B Z Ctrl++ Ctrl+- 0");
  assert_menu_keys (bar, "mode_button", "W D Shift+O");
  stage_free (stage);
}

static void
tell_cb (DailiesStageView *view,
         const char       *sentence,
         GString          *told)
{
  g_string_append_printf (told, "%s\n", sentence);
}

static void
drop (Stage      *stage,
      const char *names)
{
  g_auto (GStrv) split = g_strsplit (names, " ", -1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; split[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_build_filename (folder, split[i], NULL));
  dailies_stage_view_drop_files (stage->view, files);
}

static char *
dup_sides (Stage *stage)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < stage->view->n_clips; i++)
    {
      g_autofree char *name = g_file_get_basename (stage->view->clips[i].file);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

static void
texture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GdkTexture **) user_data = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

/* Whether the item of a menu has the focus that has @label. */
static gboolean
has_focus_in (Stage     *stage,
              GtkWidget *label)
{
  GtkWidget *focus;

  wait_for_paint (stage->window);
  focus = gtk_window_get_focus (GTK_WINDOW (stage->window));
  return focus != NULL && gtk_widget_is_ancestor (label, focus);
}

/* What the right button opens over a picture belongs to that side, and so does the menu key; the frame that is copied there is
 * the one that is seen, in full size. */
static void
test_side_menu (void)
{
  Stage           *stage = stage_new_paused_at ("plain.mp4", 20);
  DailiesSides    *sides = dailies_stage_view_get_sides (stage->view);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget       *item = NULL;

  g_signal_connect (stage->view, "tell", G_CALLBACK (tell_cb), told);
  point_at (GTK_WIDGET (sides), 0.3, 0.4, "mousedown");
  xdotool ("mouseup", "1", NULL);
  wait_for (is_playing (stage));
  press ("space");
  wait_for (!is_playing (stage));

  point_at (GTK_WIDGET (sides), 0.3, 0.4, NULL);
  xdotool ("click", "3", NULL);
  wait_for (stage->view->menu != NULL && gtk_widget_get_mapped (stage->view->menu));
  /* It is no click on the picture, nor is the one that closes it without a choice. */
  g_assert_false (is_playing (stage));
  press ("Escape");
  wait_for (!gtk_widget_get_mapped (stage->view->menu));

  gtk_widget_grab_focus (GTK_WIDGET (stage->view));
  press ("shift+F10");
  wait_for (gtk_widget_get_mapped (stage->view->menu));
  item = find_label (stage->view->menu, "Copy Frame");
  g_assert_nonnull (item);
  for (int i = 0; i < 10 && !has_focus_in (stage, item); i++)
    press ("Down");
  press ("Return");
  wait_for (told->len > 0);
  g_assert_cmpstr (told->str, ==, "The frame is on the clipboard\n");
  gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (GTK_WIDGET (stage->view)), NULL, texture_cb, &texture);
  wait_for (texture != NULL);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 320);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 180);
  g_assert_false (is_playing (stage));
  stage_free (stage);
}

/* What cannot be played takes no side from what can. */
static void
test_drop (void)
{
  static const struct
  {
    const char *dropped;
    const char *sides;
    const char *told;
  } cases[] = {
    { "plain.mp4 broken.mp4 large.mp4 plain.mp4 large.mp4", "plain.mp4 large.mp4 plain.mp4 large.mp4",
      "“broken.mp4” is not a picture, a clip or a sound" },
    { "broken.mp4 plain.mp4", "plain.mp4", "“broken.mp4” is not" },
    { "plain.mp4 large.mp4 plain.mp4 large.mp4 broken.mp4", "plain.mp4 large.mp4 plain.mp4 large.mp4",
      "The first four are shown" },
    { "gone.mp4 broken.mp4 gone.mp4 plain.mp4 gone.mp4 gone.mp4", "plain.mp4", "2 more cannot be played" },
  };
  Stage *stage = stage_new ();
  g_autofree char *broken = g_build_filename (folder, "broken.mp4", NULL);
  g_autoptr (GString) told = g_string_new (NULL);

  g_assert_true (g_file_set_contents (broken, "These are words.", -1, NULL));
  g_signal_connect (stage->view, "tell", G_CALLBACK (tell_cb), told);
  /* So that all that decodes is loaded: a verdict that is too late would let the broken one in. */
  show_clip (stage, "plain.mp4");
  wait_for (shown (stage) > 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sides = NULL;

      dailies_stage_view_show_clip (stage->view, NULL, NULL);
      g_string_truncate (told, 0);
      drop (stage, cases[i].dropped);
      g_assert_cmpuint (stage->view->n_clips, ==, 0);
      wait_for (stage->view->n_clips > 0);
      sides = dup_sides (stage);
      g_assert_cmpstr (sides, ==, cases[i].sides);
      g_assert_nonnull (strstr (told->str, cases[i].told));
    }

  /* Alone it takes the stage and says there what is wrong. */
  g_string_truncate (told, 0);
  dailies_stage_view_show_clip (stage->view, NULL, NULL);
  drop (stage, "broken.mp4");
  wait_for (find_label (GTK_WIDGET (stage->view), "“broken.mp4”") != NULL);
  g_assert_cmpstr (told->str, ==, "");

  /* What the artist puts there meanwhile stays. */
  drop (stage, "plain.mp4 large.mp4");
  show_clip (stage, "plain.mp4");
  wait_for (shown (stage) > 2);
  g_assert_cmpuint (stage->view->n_clips, ==, 1);
  g_assert_cmpint (g_unlink (broken), ==, 0);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  static const BarcodeClip clips[] = {
    { "plain.mp4", 320, 180, 24, 1, 120 },
    { "large.mp4", 1280, 720, 24, 1, 24 },
  };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/stage-view/timecode", test_timecode);
  g_test_add_func ("/stage-view/empty", test_empty);
  g_test_add_func ("/stage-view/failed", test_failed);
  g_test_add_func ("/stage-view/failed-first", test_failed_first);
  g_test_add_func ("/stage-view/failed-after-swap", test_failed_after_swap);
  g_test_add_func ("/stage-view/tile", test_tile);
  g_test_add_func ("/stage-view/keys", test_keys);
  g_test_add_func ("/stage-view/range", test_range);
  g_test_add_func ("/stage-view/range-of-one", test_range_of_one);
  g_test_add_func ("/stage-view/range-loops", test_range_loops);
  g_test_add_func ("/stage-view/typing", test_typing);
  g_test_add_func ("/stage-view/buttons", test_buttons);
  g_test_add_func ("/stage-view/scrub", test_scrub);
  g_test_add_func ("/stage-view/fullscreen", test_fullscreen);
  g_test_add_func ("/stage-view/double-click", test_double_click);
  g_test_add_func ("/stage-view/rest", test_rest);
  g_test_add_func ("/stage-view/note", test_note);
  g_test_add_func ("/stage-view/note-on-a-range", test_note_on_a_range);
  g_test_add_func ("/stage-view/note-on-a-side", test_note_on_a_side);
  g_test_add_func ("/stage-view/scene", test_scene);
  g_test_add_func ("/stage-view/menu-keys", test_menu_keys);
  g_test_add_func ("/stage-view/side-menu", test_side_menu);
  g_test_add_func ("/stage-view/drop", test_drop);

  return run_with_clips (clips, G_N_ELEMENTS (clips));
}
