/* test-sides.c: several clips on the stage, brought there and compared by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "fixture-stage.h"

#include "dailies-timecode.h"

/* --- helpers ---------------------------------------------------------------------------------- */

static void
set_clips (Stage             *stage,
           const char *const *names)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES] = { { 0 } };
  guint            n_clips = 0;

  for (; names[n_clips] != NULL; n_clips++)
    clips[n_clips].file = g_file_new_build_filename (folder, names[n_clips], NULL);
  dailies_stage_view_set_clips (stage->view, clips, n_clips);
  for (guint i = 0; i < n_clips; i++)
    g_object_unref (clips[i].file);
}

static gboolean
all_show (Stage *stage,
          guint  n_sides,
          int    frame)
{
  for (guint i = 0; i < n_sides; i++)
    {
      if (shown_on (stage, i) != frame)
        return FALSE;
    }

  return TRUE;
}

static Stage *
stage_new_with (const char *const *names,
                int                frame)
{
  Stage *stage = stage_new ();
  guint  n_sides = g_strv_length ((char **) names);

  set_clips (stage, names);
  dailies_stage_view_play_from_start (stage->view, FALSE);
  dailies_reel_seek (stage->reel, gst_util_uint64_scale (frame, GST_SECOND, 24));
  wait_for (all_show (stage, n_sides, frame) && !is_playing (stage));
  gtk_widget_grab_focus (GTK_WIDGET (stage->view));

  return stage;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_together (void)
{
  Stage        *stage = stage_new_with ((const char *[]){ "a.mp4", "b.mp4", "c.mp4", NULL }, 10);
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);
  double        scale = gtk_widget_get_scale_factor (GTK_WIDGET (sides));

  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 3);
  g_assert_nonnull (find_label (GTK_WIDGET (sides), "A · a.mp4"));
  g_assert_nonnull (find_label (GTK_WIDGET (sides), "B · b.mp4"));
  g_assert_nonnull (find_label (GTK_WIDGET (sides), "C · c.mp4"));

  /* Each is decoded no larger than its pane. */
  for (guint i = 0; i < 3; i++)
    {
      graphene_rect_t area;

      dailies_sides_get_area (sides, i, &area);
      g_assert_cmpfloat (area.size.width, >, 100);
      wait_for (gdk_texture_get_width (side_texture (stage, i)) <= area.size.width * scale + 1);
    }

  /* While they play no two are on different frames at any moment. */
  press ("space");
  wait_for (is_playing (stage));
  for (int last = shown (stage); last < 60; last = shown (stage))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (shown_on (stage, 1), ==, shown (stage));
      g_assert_cmpint (shown_on (stage, 2), ==, shown (stage));
    }
  press ("space");
  wait_for (!is_playing (stage));
  stage_free (stage);
}

/* Adding and taking away leaves those that stay where they are. */
static void
test_toggle (void)
{
  Stage        *stage = stage_new_paused_at ("a.mp4", 30);
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);
  g_autoptr (GFile) b = g_file_new_build_filename (folder, "b.mp4", NULL);
  g_autoptr (GFile) a = g_file_new_build_filename (folder, "a.mp4", NULL);

  g_assert_nonnull (find_label (GTK_WIDGET (sides), "A · Cut 2"));
  dailies_stage_view_toggle (stage->view, &(DailiesStageClip){ b, NULL, NULL });
  wait_for (shown_on (stage, 1) == 30);
  g_assert_cmpint (shown (stage), ==, 30);
  g_assert_false (is_playing (stage));

  dailies_stage_view_toggle (stage->view, &(DailiesStageClip){ a, NULL, NULL });
  wait_for (shown (stage) == 30 && side_texture (stage, 1) == NULL);
  g_assert_true (g_file_equal (dailies_stage_view_get_file (stage->view, 0), b));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 1);
  /* It stands where it stood. */
  press ("period");
  wait_for (shown (stage) == 31);
  g_assert_false (is_playing (stage));

  /* The last one stays. */
  dailies_stage_view_toggle (stage->view, &(DailiesStageClip){ b, NULL, NULL });
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 1);
  stage_free (stage);
}

/* What was looked at alone still is when another goes; when it goes itself, all others are. */
static void
test_take_away (void)
{
  Stage        *stage = stage_new_with ((const char *[]){ "a.mp4", "b.mp4", "c.mp4", "d.mp4", NULL }, 10);
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);
  g_autoptr (GFile) c = g_file_new_build_filename (folder, "c.mp4", NULL);
  guint solo;

  press ("3");
  wait_for (dailies_sides_get_mode (sides) == DAILIES_SIDES_SINGLE);
  gtk_widget_activate_action (GTK_WIDGET (stage->view), "stage.take-off", "u", 0);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 3);
  g_assert_cmpint (dailies_sides_get_mode (sides), ==, DAILIES_SIDES_SINGLE);
  g_object_get (sides, "solo", &solo, NULL);
  g_assert_cmpuint (solo, ==, 1);
  g_assert_true (g_file_equal (dailies_stage_view_get_file (stage->view, 1), c));

  gtk_widget_activate_action (GTK_WIDGET (stage->view), "stage.take-off", "u", 1);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 2);
  g_assert_cmpint (dailies_sides_get_mode (sides), ==, DAILIES_SIDES_SIDE_BY_SIDE);
  wait_for (shown (stage) == 10 && shown_on (stage, 1) == 10 && side_texture (stage, 2) == NULL);
  g_assert_false (is_playing (stage));
  stage_free (stage);
}

static void
tell_cb (DailiesStageView  *view,
         const char        *sentence,
         char             **told)
{
  g_free (*told);
  *told = g_strdup (sentence);
}

static void
test_too_many (void)
{
  Stage           *stage = stage_new ();
  g_autofree char *told = NULL;
  g_autoptr (GFile) fifth = g_file_new_build_filename (folder, "missing.mp4", NULL);

  g_signal_connect (stage->view, "tell", G_CALLBACK (tell_cb), &told);
  set_clips (stage, (const char *[]){ "a.mp4", "b.mp4", "c.mp4", "d.mp4", NULL });
  wait_for (shown_on (stage, 3) >= 0);
  dailies_stage_view_toggle (stage->view, &(DailiesStageClip){ fifth, NULL, NULL });
  g_assert_nonnull (told);
  g_assert_nonnull (strstr (told, "four"));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 4);
  stage_free (stage);
}

/* One that cannot be played says so in its own pane. */
static void
test_failed_side (void)
{
  Stage        *stage = stage_new ();
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);

  set_clips (stage, (const char *[]){ "a.mp4", "missing.mp4", "c.mp4", NULL });
  wait_for (dailies_sides_has_error (sides, 1));
  g_assert_nonnull (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 1)),
                                "“missing.mp4” is not there any more"));
  g_assert_false (dailies_sides_has_error (sides, 0));
  wait_for (is_playing (stage));
  wait_for (shown (stage) > 5);
  wait_for (shown_on (stage, 2) == shown (stage));

  set_clips (stage, (const char *[]){ "a.mp4", "b.mp4", "c.mp4", NULL });
  wait_for (shown_on (stage, 1) >= 0 && shown_on (stage, 1) == shown (stage));
  g_assert_false (dailies_sides_has_error (sides, 1));
  stage_free (stage);
}

static int
get_audible (Stage *stage)
{
  int audible;

  g_object_get (stage->reel, "audible", &audible, NULL);
  return audible;
}

/* The first that has sound is heard until the artist says otherwise; where none has, that is said. */
static void
test_sound (void)
{
  Stage     *stage = stage_new_with ((const char *[]){ "a.mp4", "loud.mp4", NULL }, 10);
  GtkWidget *view = GTK_WIDGET (stage->view);

  wait_for (get_audible (stage) == 1);
  wait_for (find_tip (view, "Sound: B") != NULL);
  press ("m");
  wait_for (get_audible (stage) == -1);
  wait_for (find_tip (view, "Sound: none") != NULL);
  press ("m");
  wait_for (get_audible (stage) == 1);

  set_clips (stage, (const char *[]){ "b.mp4", "d.mp4", NULL });
  wait_for (find_tip (view, "None of these clips has sound") != NULL);
  g_assert_false (gtk_widget_is_sensitive (find_tip (view, "None of these clips has sound")));

  /* One that has is heard again, and one that comes first does not take it away from that. */
  set_clips (stage, (const char *[]){ "b.mp4", "loud.mp4", NULL });
  wait_for (find_tip (view, "Sound: B") != NULL);
  g_assert_true (gtk_widget_is_sensitive (find_tip (view, "Sound: B")));
  set_clips (stage, (const char *[]){ "loud.mp4", "loud.mp4", NULL });
  wait_for (find_tip (view, "Sound: A") != NULL);
  press ("m");
  wait_for (find_tip (view, "Sound: B") != NULL);
  /* What the artist chose stays when another clip is added. */
  set_clips (stage, (const char *[]){ "loud.mp4", "loud.mp4", "a.mp4", NULL });
  wait_for (shown_on (stage, 2) >= 0);
  g_assert_nonnull (find_tip (view, "Sound: B"));
  stage_free (stage);
}

/* Who looks at one side alone hears that, and what was chosen to be heard otherwise stays. */
static void
test_sound_alone (void)
{
  Stage     *stage = stage_new_with ((const char *[]){ "loud.mp4", "loud.mp4", "a.mp4", NULL }, 10);
  GtkWidget *view = GTK_WIDGET (stage->view);

  wait_for (find_tip (view, "Sound: A") != NULL);
  press ("2");
  wait_for (get_audible (stage) == 1);
  press ("3");
  wait_for (find_tip (view, "Sound: none") != NULL);
  press ("2");
  wait_for (get_audible (stage) == 1);
  press ("s");
  wait_for (get_audible (stage) == 0);
  g_assert_nonnull (find_tip (view, "Sound: B"));
  press ("s");
  wait_for (get_audible (stage) == 1);
  press ("2");
  wait_for (get_audible (stage) == 0);

  /* The last alone goes: the one that takes its place is seen, and heard. */
  press ("3");
  wait_for (get_audible (stage) == -1);
  set_clips (stage, (const char *[]){ "loud.mp4", "loud.mp4", NULL });
  wait_for (get_audible (stage) == 1);
  press ("2");
  press ("2");
  wait_for (dailies_sides_get_mode (dailies_stage_view_get_sides (stage->view)) != DAILIES_SIDES_SINGLE);
  set_clips (stage, (const char *[]){ "loud.mp4", "loud.mp4", "a.mp4", NULL });
  wait_for (get_audible (stage) == 0 && shown_on (stage, 2) >= 0);

  gtk_widget_activate_action (view, "stage.listen", "u", 1);
  wait_for (find_tip (view, "Sound: B") != NULL);
  press ("1");
  wait_for (dailies_sides_get_mode (dailies_stage_view_get_sides (stage->view)) == DAILIES_SIDES_SINGLE);
  g_assert_cmpint (get_audible (stage), ==, 1);
  set_clips (stage, (const char *[]){ "loud.mp4", "loud.mp4", NULL });
  wait_for (side_texture (stage, 2) == NULL);
  g_assert_cmpint (get_audible (stage), ==, 1);
  stage_free (stage);
}

/* Both signs are as wide as each other, and neither is a hyphen. */
static void
test_slip_sign (void)
{
  Stage *stage = stage_new_with ((const char *[]){ "a.mp4", "b.mp4", NULL }, 10);

  press ("alt+comma");
  wait_for (find_label (GTK_WIDGET (stage->view), "frame 9 · \u22121") != NULL);
  g_assert_null (find_label (GTK_WIDGET (stage->view), "Not begun"));
  press ("Home");
  wait_for (find_label (GTK_WIDGET (stage->view), "Not begun · 00:00:00 · frame 0 · \u22121") != NULL);
  press ("period");
  wait_for (find_label (GTK_WIDGET (stage->view), "Not begun") == NULL);
  dailies_reel_seek (stage->reel, 10 * GST_SECOND / 24);
  wait_for (find_label (GTK_WIDGET (stage->view), "frame 9 · \u22121") != NULL);
  press ("alt+period");
  press ("alt+period");
  wait_for (find_label (GTK_WIDGET (stage->view), "frame 11 · +1") != NULL);
  stage_free (stage);
}

static void
count_cb (GObject *object,
          int      width,
          int      height,
          int     *n)
{
  (*n)++;
}

/* A timecode that runs is painted, and nothing is laid out for it: neither the bar's nor those of two sides that are not on the same
 * frame. */
static void
test_codes_run (void)
{
  Stage      *stage = stage_new_with ((const char *[]){ "a.mp4", "b.mp4", NULL }, 1);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (stage->window));
  g_autofree char *code = NULL;
  gint64      position;
  int         n = 0;

  gtk_widget_activate_action (GTK_WIDGET (stage->view), "stage.slip-side", "(ui)", 1, 1);
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (dailies_stage_view_get_sides (stage->view), 1)), "frame 2 · +1") != NULL);
  g_object_set (stage->reel, "rate", 0.25, NULL);
  press ("space");
  wait_for (shown_on (stage, 0) > 2);
  g_signal_connect (surface, "layout", G_CALLBACK (count_cb), &n);
  /* From one digit to two there is one more to find room for. */
  wait_for (shown_on (stage, 0) > 20);
  g_assert_cmpint (n, <=, 4);
  g_signal_handlers_disconnect_by_func (surface, count_cb, &n);
  press ("k");
  wait_for (!is_playing (stage));
  g_object_get (stage->reel, "position", &position, NULL);
  code = dailies_timecode_format (position, 24);
  wait_for (find_label (GTK_WIDGET (stage->view), code) != NULL);
  stage_free (stage);
}

/* Where a label in the pane of @side lies, application pixels of the sides */
static graphene_rect_t
bounds_of (DailiesSides *sides,
           guint         side,
           const char   *text)
{
  GtkWidget      *label = find_label (GTK_WIDGET (dailies_sides_get_pane (sides, side)), text);
  graphene_rect_t bounds;

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_compute_bounds (label, GTK_WIDGET (sides), &bounds));
  return bounds;
}

static double
edge_of (DailiesSides *sides,
         guint         side,
         const char   *text,
         gboolean      right)
{
  graphene_rect_t bounds = bounds_of (sides, side, text);

  return bounds.origin.x + (right ? bounds.size.width : 0);
}

static gboolean
is_above (DailiesSides *sides,
          guint         side,
          const char   *text,
          guint         other_side,
          const char   *other)
{
  graphene_rect_t bounds = bounds_of (sides, side, text);
  graphene_rect_t below = bounds_of (sides, other_side, other);

  return bounds.origin.y + bounds.size.height <= below.origin.y;
}

/* Each says what its clip is like where the others are otherwise. */
static void
test_facts (void)
{
  Stage        *stage = stage_new_with ((const char *[]){ "a.mp4", "b.mp4", NULL }, 10);
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);

  wait_for (dailies_reel_get_side_duration (stage->reel, 1) == 5 * GST_SECOND);
  g_assert_null (find_label (GTK_WIDGET (sides), "fps"));
  g_assert_null (find_label (GTK_WIDGET (sides), "5.0 s"));

  set_clips (stage, (const char *[]){ "a.mp4", "short.mp4", NULL });
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 0)), "24 fps · 5.0 s") != NULL);
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 1)), "30 fps · 2.0 s") != NULL);
  g_assert_null (find_label (GTK_WIDGET (sides), "640"));

  /* At the edge at which the name of its side is. */
  wait_for (fabs (edge_of (sides, 0, "24 fps", FALSE) - edge_of (sides, 0, "A · a.mp4", FALSE)) < 24);
  wait_for (fabs (edge_of (sides, 1, "30 fps", TRUE) - edge_of (sides, 1, "B · short.mp4", TRUE)) < 24);

  /* Where two share their place, one caption tells of both. */
  dailies_sides_set_mode (sides, DAILIES_SIDES_ONION);
  wait_for (find_label (GTK_WIDGET (sides), "24 fps → 30 fps · 5.0 s → 2.0 s") != NULL);
  wait_for (is_above (sides, 0, "frame", 1, "fps →") && is_above (sides, 1, "frame", 1, "fps →"));
  dailies_sides_set_mode (sides, DAILIES_SIDES_SIDE_BY_SIDE);

  set_clips (stage, (const char *[]){ "a.mp4", "c.mp4", NULL });
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 1)), "360×640") != NULL);
  g_assert_null (find_label (GTK_WIDGET (sides), "fps"));
  stage_free (stage);
}

/* One that is over while the other goes on is not taken for a frozen one. */
static void
test_ended (void)
{
  Stage        *stage = stage_new ();
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);

  set_clips (stage, (const char *[]){ "a.mp4", "short.mp4", NULL });
  dailies_stage_view_play_from_start (stage->view, FALSE);
  dailies_reel_seek (stage->reel, 3 * GST_SECOND);
  wait_for (shown (stage) == 72 && shown_on (stage, 1) == 59);
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 1)), "Ended · 00:01:29 · frame 59") != NULL);
  g_assert_null (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 0)), "Ended"));

  /* Its last frame is not yet its end, except where that is shifted to earlier times. */
  dailies_reel_seek (stage->reel, gst_util_uint64_scale (47, GST_SECOND, 24));
  wait_for (shown (stage) == 47 && find_label (GTK_WIDGET (sides), "Ended") == NULL);
  gtk_widget_grab_focus (GTK_WIDGET (stage->view));
  for (guint i = 0; i < 3; i++)
    press ("alt+period");
  wait_for (find_label (GTK_WIDGET (dailies_sides_get_pane (sides, 1)), "Ended") != NULL);
  stage_free (stage);
}

/* --- drags from another program --------------------------------------------------------------- */

static GSubprocess *
open_hands (char **names)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) hands = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (args, g_strdup (g_getenv ("DAILIES_DRAG_SOURCE")));
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (args, g_build_filename (folder, names[i], NULL));
  g_ptr_array_add (args, NULL);
  hands =
    g_subprocess_newv ((const char *const *) args->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&hands);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  g_string_append (data, line != NULL ? line : "END");
}

static void
wait_for_line (GDataInputStream *lines,
               const char       *word)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (!g_str_equal (text->str, word))
    {
      g_string_truncate (text, 0);
      g_data_input_stream_read_line_async (lines, 0, NULL, line_cb, text);
      wait_for (text->len > 0);
      g_assert_cmpstr (text->str, !=, "END");
    }
}

static void
move_to (int x,
         int y)
{
  g_autofree char *x_text = g_strdup_printf ("%d", x);
  g_autofree char *y_text = g_strdup_printf ("%d", y);

  xdotool ("mousemove", x_text, y_text, NULL);
}

/* Drops files on the sides, at a share of their width, after it was said what that will do. */
static void
drop_at (Stage      *stage,
         double      share,
         const char *hint,
         char      **names)
{
  g_autoptr (GSubprocess) hands = open_hands (names);
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (hands));
  GtkWidget *sides = GTK_WIDGET (dailies_stage_view_get_sides (stage->view));
  GtkWidget *target = gtk_widget_get_mapped (sides) ? sides : GTK_WIDGET (stage->view);

  wait_for_line (lines, "READY");
  xdotool ("search",
           "--sync",
           "--onlyvisible",
           "--name",
           "^drag-source$",
           "windowmove",
           "900",
           "700",
           NULL);
  xdotool ("search", "--onlyvisible", "--name", "^drag-source$", "windowraise", NULL);
  xdotool ("search",
           "--onlyvisible",
           "--name",
           "^drag-source$",
           "mousemove",
           "--window",
           "%1",
           "40",
           "40",
           NULL);
  /* The other program sees the button go down before the hand moves, and each motion for itself. */
  xdotool ("sleep", "0.2", "mousedown", "1", "sleep", "0.2", NULL);
  for (int i = 1; i < 9; i++)
    {
      move_to (940 - 8 * i, 740 - 8 * i);
      xdotool ("sleep", "0.05", NULL);
    }
  wait_for_line (lines, "DRAG-BEGIN");
  /* It lights up for what moves over it. */
  for (int i = 1; find_css_class (GTK_WIDGET (stage->view), "stage-drop") == NULL; i++)
    {
      g_assert_cmpint (i, <, 200);
      point_at (target, share + i % 2 * 0.01, 0.5, NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_css_class (GTK_WIDGET (stage->view), "stage-drop"))), ==, hint);
  xdotool ("mouseup", "1", NULL);
  wait_for_line (lines, "DRAG-END");
  g_subprocess_force_exit (hands);
}

static void
test_drop (void)
{
  Stage *stage = stage_new ();

  /* One plays, and the keys that follow are meant for it; */
  gtk_widget_grab_focus (stage->entry);
  drop_at (stage, 0.5, "Play here", (char *[]){ "a.mp4", NULL });
  wait_for (shown (stage) > 2);
  wait_for (gtk_window_get_focus (GTK_WINDOW (stage->window)) == GTK_WIDGET (stage->view));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 1);
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage));

  /* at the edge a second one joins it; */
  drop_at (stage, 0.9, "Compare as B", (char *[]){ "b.mp4", NULL });
  wait_for (dailies_stage_view_get_n_sides (stage->view) == 2 &&
            shown_on (stage, 1) == shown (stage));

  /* on a pane it takes its place; */
  drop_at (stage, 0.2, "Put in the place of A", (char *[]){ "c.mp4", NULL });
  wait_for (
    g_str_has_suffix (g_file_peek_path (dailies_stage_view_get_file (stage->view, 0)), "c.mp4"));
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 2);

  /* several are compared with each other, wherever they are let go. */
  drop_at (stage, 0.2, "Compare these 3 instead", (char *[]){ "a.mp4", "b.mp4", "d.mp4", NULL });
  wait_for (dailies_stage_view_get_n_sides (stage->view) == 3 && is_playing (stage) &&
            shown_on (stage, 2) > 2);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  static const BarcodeClip clips[] = {
    { "a.mp4", 640, 360, 24, 1, 120 },
    { "b.mp4", 640, 360, 24, 1, 120 },
    { "c.mp4", 360, 640, 24, 1, 120 },
    { "d.mp4", 640, 360, 24, 1, 120 },
    { "short.mp4", 640, 360, 30, 1, 60 },
    { "loud.mp4", 640, 360, 24, 1, 120, .sound = 200 },
  };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/sides/together", test_together);
  g_test_add_func ("/sides/toggle", test_toggle);
  g_test_add_func ("/sides/too-many", test_too_many);
  g_test_add_func ("/sides/failed-side", test_failed_side);
  g_test_add_func ("/sides/take-away", test_take_away);
  g_test_add_func ("/sides/sound", test_sound);
  g_test_add_func ("/sides/sound-alone", test_sound_alone);
  g_test_add_func ("/sides/slip-sign", test_slip_sign);
  g_test_add_func ("/sides/codes-run", test_codes_run);
  g_test_add_func ("/sides/facts", test_facts);
  g_test_add_func ("/sides/ended", test_ended);
  g_test_add_func ("/sides/drop", test_drop);

  return run_with_clips (clips, G_N_ELEMENTS (clips));
}
