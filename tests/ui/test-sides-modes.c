/* test-sides-modes.c: wipe, difference, onion, flip, zoom: what is painted, read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-stage.h"
#include "dailies-tip.h"

/* --- clips of one colour ---------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       color;
  int         width;
  int         height;
} flat[] = {
  { "red.mp4", 0xffc02020, 640, 360 },
  { "blue.mp4", 0xff2020c0, 640, 360 },
  { "grey.mp4", 0xff808080, 640, 360 },
  { "light.mp4", 0xff888888, 640, 360 },
  { "tall.mp4", 0xff808080, 360, 640 },
};

static void
make_flat_clips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flat); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "videotestsrc num-buffers=72 pattern=solid-color foreground-color=%u "
        "! video/x-raw,width=%d,height=%d,framerate=24/1 ! videoconvert ! x264enc "
        "speed-preset=ultrafast qp-max=8 ! h264parse ! mp4mux ! filesink location=%s/%s",
        flat[i].color,
        flat[i].width,
        flat[i].height,
        folder,
        flat[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (text, &error));
      g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
      g_autoptr (GstMessage) message = NULL;

      g_assert_no_error (error);
      gst_element_set_state (pipeline, GST_STATE_PLAYING);
      message = gst_bus_timed_pop_filtered (
        bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
      gst_element_set_state (pipeline, GST_STATE_NULL);
    }
}

static void
remove_flat_clips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flat); i++)
    {
      g_autofree char *path = g_build_filename (folder, flat[i].name, NULL);

      g_unlink (path);
    }
}

/* --- what is painted -------------------------------------------------------------------------- */

typedef struct
{
  int red, green, blue;
} Color;

static Color
look_at (Stage *stage,
         double x_share,
         double y_share)
{
  guint32 pixel = painted_at (stage, x_share, y_share);

  g_test_message ("at %g, %g: %08x", x_share, y_share, pixel);

  return (Color){ pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255 };
}

static gboolean
is_red (Color color)
{
  return color.red > 150 && color.blue < 90;
}

static gboolean
is_blue (Color color)
{
  return color.blue > 150 && color.red < 90;
}

static Stage *
stage_new_comparing (const char       *a,
                     const char       *b,
                     DailiesSidesMode  mode)
{
  Stage           *stage = stage_new ();
  DailiesStageClip clips[2] = { { 0 } };

  clips[0].file = g_file_new_build_filename (folder, a, NULL);
  clips[1].file = g_file_new_build_filename (folder, b, NULL);
  dailies_stage_view_set_clips (stage->view, clips, 2);
  dailies_stage_view_play_from_start (stage->view, FALSE);
  g_object_unref (clips[0].file);
  g_object_unref (clips[1].file);
  dailies_sides_set_mode (dailies_stage_view_get_sides (stage->view), mode);
  wait_for (side_texture (stage, 0) != NULL && side_texture (stage, 1) != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (stage->view));
  wait_for_paint (GTK_WIDGET (stage->view));

  return stage;
}

static DailiesSides *
get_sides (Stage *stage)
{
  return dailies_stage_view_get_sides (stage->view);
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_wipe (void)
{
  Stage     *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_WIPE);
  GtkWidget *sides = GTK_WIDGET (get_sides (stage));

  g_assert_true (is_red (look_at (stage, 0.3, 0.45)));
  g_assert_true (is_blue (look_at (stage, 0.7, 0.45)));

  /* The line follows the pointer, and the click that took it does not play. */
  point_at (sides, 0.5, 0.4, "mousedown");
  point_at (sides, 0.6, 0.4, NULL);
  point_at (sides, 0.8, 0.4, "mouseup");
  wait_for (is_red (look_at (stage, 0.7, 0.45)));
  g_assert_true (is_blue (look_at (stage, 0.9, 0.45)));
  g_assert_false (is_playing (stage));

  /* On its side: A above, B below; and at any angle. */
  dailies_sides_set_wipe (get_sides (stage), 0.5, 0.5, 90);
  g_assert_true (is_red (look_at (stage, 0.3, 0.4)));
  g_assert_true (is_red (look_at (stage, 0.7, 0.4)));
  g_assert_true (is_blue (look_at (stage, 0.3, 0.6)));
  dailies_sides_set_wipe (get_sides (stage), 0.5, 0.5, 45);
  g_assert_true (is_red (look_at (stage, 0.5, 0.3)));
  g_assert_true (is_blue (look_at (stage, 0.5, 0.7)));
  g_assert_true (is_blue (look_at (stage, 0.7, 0.45)));

  /* An end is turned by hand, */
  dailies_sides_set_wipe (get_sides (stage), 0.5, 0.5, 0);
  wait_for_paint (GTK_WIDGET (stage->view));
  point_at (sides, 0.5, 22. / gtk_widget_get_height (sides), "mousedown");
  point_at (sides, 0.4, 0.2, NULL);
  point_at (sides, 0.1, 0.5, "mouseup");
  wait_for (is_blue (look_at (stage, 0.3, 0.35)) != is_blue (look_at (stage, 0.3, 0.65)));
  /* and by the wheel over the line. */
  dailies_sides_set_wipe (get_sides (stage), 0.5, 0.5, 0);
  point_at (sides, 0.5, 0.5, NULL);
  wait_for_paint (GTK_WIDGET (stage->view));
  for (int i = 0; i < 10; i++)
    xdotool ("click", "5", NULL);
  wait_for (is_red (look_at (stage, 0.52, 0.25)));
  stage_free (stage);
}

static void
test_difference (void)
{
  Stage *stage = stage_new_comparing ("grey.mp4", "light.mp4", DAILIES_SIDES_DIFFERENCE);
  Color  color;

  /* The two are eight steps of 255 apart. */
  g_object_set (get_sides (stage), "gain", 1., NULL);
  color = look_at (stage, 0.5, 0.5);
  g_assert_cmpint (color.red, >=, 6);
  g_assert_cmpint (color.red, <=, 10);
  g_object_set (get_sides (stage), "gain", 16., NULL);
  color = look_at (stage, 0.5, 0.5);
  g_assert_cmpint (color.red, >=, 100);
  g_assert_cmpint (color.red, <=, 160);
  g_assert_cmpint (color.red, ==, color.green);
  stage_free (stage);

  stage = stage_new_comparing ("grey.mp4", "grey.mp4", DAILIES_SIDES_DIFFERENCE);
  g_object_set (get_sides (stage), "gain", 16., NULL);
  color = look_at (stage, 0.5, 0.5);
  g_assert_cmpint (color.red + color.green + color.blue, ==, 0);
  stage_free (stage);
}

static void
test_onion (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_ONION);
  Color  color;

  g_object_set (get_sides (stage), "onion-opacity", 0.5, NULL);
  color = look_at (stage, 0.5, 0.5);
  g_assert_cmpint (ABS (color.red - color.blue), <, 20);
  g_assert_cmpint (color.red, >, 90);
  g_object_set (get_sides (stage), "onion-opacity", 0., NULL);
  g_assert_true (is_red (look_at (stage, 0.5, 0.5)));
  g_object_set (get_sides (stage), "onion-opacity", 1., NULL);
  g_assert_true (is_blue (look_at (stage, 0.5, 0.5)));
  stage_free (stage);
}

static void
test_keys (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SIDE_BY_SIDE);

  g_assert_true (is_red (look_at (stage, 0.25, 0.5)));
  g_assert_true (is_blue (look_at (stage, 0.75, 0.5)));
  press ("w");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_WIPE);
  press ("d");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_DIFFERENCE);
  press ("shift+o");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_ONION);
  press ("shift+o");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_SIDE_BY_SIDE);

  /* Solo, and back. */
  press ("2");
  wait_for (is_blue (look_at (stage, 0.25, 0.5)) && is_blue (look_at (stage, 0.75, 0.5)));
  press ("1");
  wait_for (is_red (look_at (stage, 0.75, 0.5)));
  press ("1");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_SIDE_BY_SIDE);

  /* Swapped at once, without anything being loaded. */
  press ("s");
  wait_for (is_blue (look_at (stage, 0.25, 0.5)) && is_red (look_at (stage, 0.75, 0.5)));
  g_assert_true (g_str_has_suffix (
    g_file_peek_path (dailies_stage_view_get_file (stage->view, 0)), "blue.mp4"));
  press ("s");
  wait_for (is_red (look_at (stage, 0.25, 0.5)));

  /* As long as the key is held. */
  press ("1");
  wait_for (is_red (look_at (stage, 0.5, 0.5)));
  xdotool ("keydown", "grave", NULL);
  wait_for (is_blue (look_at (stage, 0.5, 0.5)));
  xdotool ("keyup", "grave", NULL);
  wait_for (is_red (look_at (stage, 0.5, 0.5)));
  stage_free (stage);
}

/* The one that is seen: as a word where there is room, else as an icon. */
static GtkWidget *
find_mode_button (GtkWidget  *widget,
                  const char *mode)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_child_visible (widget) &&
      gtk_widget_get_mapped (widget))
    {
      GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));

      if (target != NULL && g_variant_is_of_type (target, G_VARIANT_TYPE_STRING) &&
          g_str_equal (g_variant_get_string (target, NULL), mode))
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mode_button (child, mode);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
click_mode (Stage            *stage,
            const char       *mode,
            DailiesSidesMode  expected)
{
  GtkWidget *button = find_mode_button (GTK_WIDGET (stage->view), mode);

  g_assert_nonnull (button);
  point (button, 0.5, "click");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == expected);
  wait_for (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

/* The mode buttons say the mode and set it, also where there is no room for their words. */
static void
test_buttons (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SIDE_BY_SIDE);

  wait_for (find_mode_button (GTK_WIDGET (stage->view), "wipe") != NULL);
  g_assert_null (find_label (GTK_WIDGET (stage->view), "Wipe"));
  click_mode (stage, "difference", DAILIES_SIDES_DIFFERENCE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 1200, 600);
  wait_for (find_label (GTK_WIDGET (stage->view), "Wipe") != NULL);
  wait_for (gtk_widget_get_width (stage->window) == 1200);
  wait_for_paint (GTK_WIDGET (stage->view));
  click_mode (stage, "wipe", DAILIES_SIDES_WIPE);
  stage_free (stage);
}

/* At 1280 the stage has 660 between the shots and the composer: to compare must not push one of them away. */
static void
test_narrow (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_DIFFERENCE);
  int    minimum;

  for (int mode = DAILIES_SIDES_SINGLE; mode <= DAILIES_SIDES_ONION; mode++)
    {
      dailies_sides_set_mode (get_sides (stage), mode);
      gtk_widget_measure (
        GTK_WIDGET (stage->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 650);
    }

  /* And the length of the clip is still to be read. */
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 640, 500);
  wait_for (gtk_widget_get_width (stage->window) == 640);
  wait_for (find_label (GTK_WIDGET (stage->view), "/ 00:") != NULL);
  wait_for_paint (GTK_WIDGET (stage->view));
  g_assert_false (pango_layout_is_ellipsized (
    gtk_label_get_layout (GTK_LABEL (find_label (GTK_WIDGET (stage->view), "/ 00:")))));

  /* Where it is not, because there is no room, it goes as a whole. */
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 1, 500);
  wait_for (find_label (GTK_WIDGET (stage->view), "/ 00:") == NULL);
  g_assert_nonnull (find_label (GTK_WIDGET (stage->view), "00:0"));
  stage_free (stage);
}

/* Who looked at one side alone and adds another sees both. */
static void
test_add_to_single (void)
{
  Stage           *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SINGLE);
  DailiesStageClip clip = { g_file_new_build_filename (folder, "blue.mp4", NULL), NULL, NULL };

  dailies_stage_view_toggle (stage->view, &clip);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 1);
  g_assert_cmpint (dailies_sides_get_mode (get_sides (stage)), ==, DAILIES_SIDES_SINGLE);
  dailies_stage_view_toggle (stage->view, &clip);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (stage->view), ==, 2);
  g_assert_cmpint (dailies_sides_get_mode (get_sides (stage)), ==, DAILIES_SIDES_SIDE_BY_SIDE);

  /* Another mode was meant for more than one side and stays. */
  dailies_stage_view_toggle (stage->view, &clip);
  dailies_sides_set_mode (get_sides (stage), DAILIES_SIDES_WIPE);
  dailies_stage_view_toggle (stage->view, &clip);
  g_assert_cmpint (dailies_sides_get_mode (get_sides (stage)), ==, DAILIES_SIDES_WIPE);
  g_object_unref (clip.file);
  stage_free (stage);
}

static GtkMenuButton *
find_menu_button (GtkWidget  *widget,
                  const char *tooltip)
{
  if (GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (dailies_tip_get (widget), tooltip) == 0)
    return GTK_MENU_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkMenuButton *found = find_menu_button (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_focused (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* Space is play for who works the bar by pointer, and not once more what was clicked. */
static void
test_space_after_buttons (void)
{
  Stage         *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SIDE_BY_SIDE);
  GtkMenuButton *menu = find_menu_button (GTK_WIDGET (stage->view), "View");
  GtkWidget     *popover = GTK_WIDGET (gtk_menu_button_get_popover (menu));

  for (int i = 0; i < 2; i++)
    {
      gboolean playing = is_playing (stage);

      /* From the prompt, too. */
      gtk_widget_grab_focus (i == 0 ? GTK_WIDGET (stage->view) : stage->entry);
      point (GTK_WIDGET (menu), 0.5, "click");
      wait_for (gtk_widget_get_mapped (popover));
      wait_for_paint (GTK_WIDGET (stage->view));
      press ("Down");
      press ("Return");
      wait_for (!gtk_widget_get_visible (popover));
      wait_for_paint (GTK_WIDGET (stage->view));
      press ("space");
      wait_for (is_playing (stage) != playing);
      g_assert_false (gtk_widget_get_visible (popover));
    }

  click_mode (stage, "wipe", DAILIES_SIDES_WIPE);
  press ("space");
  wait_for (is_playing (stage));
  g_assert_cmpint (dailies_sides_get_mode (get_sides (stage)), ==, DAILIES_SIDES_WIPE);
  stage_free (stage);
}

/* Who comes to a menu by keyboard stays there: Space opens it, and opens it again when something was chosen in it or not. */
static void
test_menu_by_keys (void)
{
  Stage         *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SIDE_BY_SIDE);
  GtkMenuButton *menu = find_menu_button (GTK_WIDGET (stage->view), "View");
  GtkWidget     *popover = GTK_WIDGET (gtk_menu_button_get_popover (menu));

  for (int i = 0; i < 40 && !is_focused (GTK_WIDGET (menu)); i++)
    {
      press ("Tab");
      wait_for_paint (GTK_WIDGET (stage->view));
    }
  g_assert_true (is_focused (GTK_WIDGET (menu)));
  for (int i = 0; i < 3; i++)
    {
      press ("space");
      wait_for (gtk_widget_get_mapped (popover));
      wait_for_paint (GTK_WIDGET (stage->view));
      if (i == 0)
        press ("Escape");
      else
        {
          press ("Down");
          press ("Return");
        }
      wait_for (!gtk_widget_get_visible (popover));
      wait_for_paint (GTK_WIDGET (stage->view));
      wait_for (is_focused (GTK_WIDGET (menu)));
    }
  g_assert_false (is_playing (stage));
  stage_free (stage);
}

/* The line goes where the arrows send it; elsewhere they mean nothing to it. */
static void
test_wipe_keys (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_WIPE);

  g_assert_true (is_blue (look_at (stage, 0.54, 0.3)));
  for (int i = 0; i < 8; i++)
    press ("alt+Right");
  wait_for (is_red (look_at (stage, 0.54, 0.3)));
  for (int i = 0; i < 16; i++)
    press ("alt+Left");
  wait_for (is_blue (look_at (stage, 0.46, 0.3)));
  dailies_sides_set_wipe (get_sides (stage), 0.5, 0.5, 0);
  for (int i = 0; i < 10; i++)
    press ("alt+shift+Right");
  wait_for (is_red (look_at (stage, 0.52, 0.3)) && is_blue (look_at (stage, 0.48, 0.7)));

  /* In another mode it stays where it is. */
  press ("w");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_SIDE_BY_SIDE);
  press ("alt+shift+Left");
  press ("alt+shift+Left");
  press ("w");
  wait_for (dailies_sides_get_mode (get_sides (stage)) == DAILIES_SIDES_WIPE);
  g_assert_true (is_red (look_at (stage, 0.52, 0.3)));
  stage_free (stage);
}

/* Clips of other shapes and sizes are compared where they lie over each other. */
static void
test_difference_of_sizes (void)
{
  Stage *stage = stage_new_comparing ("grey.mp4", "tall.mp4", DAILIES_SIDES_DIFFERENCE);
  Color  color;

  g_object_set (get_sides (stage), "gain", 16., NULL);
  wait_for (look_at (stage, 0.5, 0.5).red < 40);
  /* Beside the tall one there is nothing to take away. */
  color = look_at (stage, 0.2, 0.5);
  g_assert_cmpint (color.red, ==, 255);
  stage_free (stage);
}

/* The lines lie over the pictures, and go again. */
static void
test_safe_areas (void)
{
  Stage *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_SINGLE);
  int    n_green = 0;

  for (int shown = TRUE; shown >= FALSE; shown--)
    {
      gtk_widget_activate_action (GTK_WIDGET (stage->view), "view.safe-areas", NULL);
      n_green = 0;
      for (int i = 0; i < 100; i++)
        n_green += look_at (stage, 0.02 + i * 0.001, 0.45).green > 60;
      if (shown)
        g_assert_cmpint (n_green, >, 0);
      else
        g_assert_cmpint (n_green, ==, 0);
    }
  stage_free (stage);
}

/* How large a pixel of the clip is, where the picture is zoomed: each pane says its own. */
static void
test_zoom_figure (void)
{
  Stage     *stage = stage_new_comparing ("red.mp4", "tall.mp4", DAILIES_SIDES_SIDE_BY_SIDE);
  GtkWidget *sides = GTK_WIDGET (get_sides (stage));

  g_assert_null (find_css_class (sides, "stage-zoom"));
  dailies_sides_zoom_by (get_sides (stage), 2);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget       *label;
      double           aspect = i == 0 ? 640. / 360 : 360. / 640;
      g_autofree char *figure = NULL;
      graphene_rect_t  area;

      wait_for (find_css_class (GTK_WIDGET (dailies_sides_get_pane (get_sides (stage), i)), "stage-zoom") != NULL);
      label = find_css_class (GTK_WIDGET (dailies_sides_get_pane (get_sides (stage), i)), "stage-zoom");
      dailies_sides_get_area (get_sides (stage), i, &area);
      figure = g_strdup_printf ("%.0f %%", 200 * MIN (area.size.width, area.size.height * aspect) *
                                             gtk_widget_get_scale_factor (sides) / (i == 0 ? 640 : 360));
      g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), figure));
      g_assert_nonnull (strstr (dailies_tip_get (label), figure));
    }

  press ("0");
  wait_for (find_css_class (sides, "stage-zoom") == NULL);
  stage_free (stage);
}

static void
test_zoom (void)
{
  Stage     *stage = stage_new_paused_at ("bars.mp4", 5);
  GtkWidget *sides = GTK_WIDGET (get_sides (stage));
  int        fitted;

  wait_for (gdk_texture_get_width (shown_texture (stage)) < 1280);
  fitted = gdk_texture_get_width (shown_texture (stage));
  point_at (sides, 0.5, 0.5, NULL);
  wait_for_paint (GTK_WIDGET (stage->view));
  xdotool ("keydown", "ctrl", "click", "4", "click", "4", "keyup", "ctrl", NULL);
  wait_for (dailies_sides_get_zoom (get_sides (stage)) > 1.5);
  /* What is seen larger is decoded larger, and it is still the same frame. */
  wait_for (gdk_texture_get_width (shown_texture (stage)) > fitted);
  g_assert_cmpint (shown (stage), ==, 5);

  /* A drag moves the picture, and plays nothing. The last bar is black, the one before white. */
  for (int i = 0; i < 8; i++)
    xdotool ("keydown", "ctrl", "click", "4", "keyup", "ctrl", NULL);
  wait_for (dailies_sides_get_zoom (get_sides (stage)) > 8);
  point_at (sides, 0.9, 0.5, "mousedown");
  point_at (sides, 0.5, 0.5, NULL);
  point_at (sides, 0.0, 0.5, "mouseup");
  for (int i = 0; i < 12; i++)
    {
      point_at (sides, 0.95, 0.5, "mousedown");
      point_at (sides, 0.5, 0.5, NULL);
      point_at (sides, 0.01, 0.5, "mouseup");
    }
  wait_for (look_at (stage, 0.9, 0.5).red < 60);
  g_assert_false (is_playing (stage));

  press ("0");
  wait_for (dailies_sides_get_zoom (get_sides (stage)) == 1);
  press ("ctrl+plus");
  wait_for (dailies_sides_get_zoom (get_sides (stage)) > 1);
  press ("ctrl+minus");
  wait_for (dailies_sides_get_zoom (get_sides (stage)) == 1);

  /* A click plays, now that nothing is dragged. */
  point_at (sides, 0.5, 0.5, "click");
  wait_for (is_playing (stage));
  stage_free (stage);
}

/* The lens shows what lies under the pointer on both sides at once. */
static void
test_magnifier (void)
{
  Stage     *stage = stage_new_comparing ("bars.mp4", "bars.mp4", DAILIES_SIDES_SIDE_BY_SIDE);
  GtkWidget *sides = GTK_WIDGET (get_sides (stage));
  Color      before = look_at (stage, 0.25, 0.2);

  g_assert_cmpint (before.red, <, 20);
  point_at (sides, 0.25, 0.3, NULL);
  xdotool ("keydown", "z", NULL);
  wait_for (look_at (stage, 0.25, 0.3 - 99. / gtk_widget_get_height (sides)).red > 150);
  g_assert_cmpint (look_at (stage, 0.75, 0.3 - 99. / gtk_widget_get_height (sides)).red, >, 150);
  xdotool ("keyup", "z", NULL);
  wait_for (look_at (stage, 0.25, 0.3 - 99. / gtk_widget_get_height (sides)).red < 60);
  stage_free (stage);
}

/* Looks @x, @y application pixels away from the pointer, which is @share across and 12 pixels below the upper edge of the
 * picture. */
static Color
look_beside (Stage  *stage,
             double  share,
             double  x,
             double  y)
{
  GtkWidget      *sides = GTK_WIDGET (get_sides (stage));
  double          width = gtk_widget_get_width (sides) - 1;
  double          height = gtk_widget_get_height (sides) - 1;
  graphene_rect_t area;
  double          top;

  dailies_sides_get_area (get_sides (stage), 0, &area);
  top = area.origin.y + (area.size.height - area.size.width * 9 / 16) / 2;
  point_at (sides, share, (top + 12) / gtk_widget_get_height (sides), NULL);

  return look_at (stage, share + x / width, (top + 12 + y) / height);
}

/* What the lens shows is the place under the pointer, three times as large: the edge of the picture lies 36 pixels above, and
 * the line between the colours of a wipe thrice as far as it is. Whoever paints it. */
static void
test_magnified_place (void)
{
  static const DailiesSidesMode modes[] = { DAILIES_SIDES_SIDE_BY_SIDE, DAILIES_SIDES_WIPE, DAILIES_SIDES_ONION,
                                            DAILIES_SIDES_SINGLE };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      Stage *stage = stage_new_comparing ("red.mp4", "red.mp4", modes[i]);

      /* High enough for something to lie above the picture. */
      gtk_window_set_default_size (GTK_WINDOW (stage->window), 800, 900);
      wait_for (gtk_widget_get_height (stage->window) == 900);
      wait_for_paint (GTK_WIDGET (stage->view));
      g_object_set (get_sides (stage), "magnifying", TRUE, NULL);
      wait_for (is_red (look_beside (stage, 0.3, 0, 0)));
      wait_for (!is_red (look_beside (stage, 0.3, 0, -42)));
      g_assert_true (is_red (look_beside (stage, 0.3, 0, -30)));
      g_assert_true (is_red (look_beside (stage, 0.3, 60, 0)));
      g_assert_true (is_red (look_beside (stage, 0.3, 0, 60)));
      stage_free (stage);
    }
}

static void
test_magnified_wipe (void)
{
  Stage     *stage = stage_new_comparing ("red.mp4", "blue.mp4", DAILIES_SIDES_WIPE);
  GtkWidget *sides = GTK_WIDGET (get_sides (stage));
  double     width = gtk_widget_get_width (sides);

  g_object_set (get_sides (stage), "magnifying", TRUE, NULL);
  point_at (sides, 0.5 - 20 / width, 0.4, NULL);
  wait_for (is_red (look_at (stage, 0.5 + 30 / width, 0.4)));
  g_assert_true (is_blue (look_at (stage, 0.5 + 50 / width, 0.4)));

  /* The same where the picture is zoomed. */
  dailies_sides_zoom_by (get_sides (stage), 2);
  wait_for (dailies_sides_get_zoom (get_sides (stage)) == 2);
  wait_for (is_red (look_at (stage, 0.5 + 30 / width, 0.4)));
  g_assert_true (is_red (look_at (stage, 0.5 - 90 / width, 0.4)));
  g_assert_true (is_blue (look_at (stage, 0.5 + 50 / width, 0.4)));
  stage_free (stage);
}

/* Over a picture that can be played what cannot be is told on a dark ground, and beside the line of a wipe. */
static void
test_error (void)
{
  static const DailiesSidesMode modes[] = { DAILIES_SIDES_WIPE, DAILIES_SIDES_DIFFERENCE, DAILIES_SIDES_ONION };
  Stage           *stage = stage_new ();
  GtkWidget       *sides = GTK_WIDGET (get_sides (stage));
  DailiesStageClip clips[2] = { { 0 } };
  graphene_rect_t  bounds;
  double           width, height;
  GtkWidget       *words;

  clips[0].file = g_file_new_build_filename (folder, "missing.mp4", NULL);
  clips[1].file = g_file_new_build_filename (folder, "red.mp4", NULL);
  dailies_stage_view_set_clips (stage->view, clips, 2);
  wait_for (dailies_sides_has_error (get_sides (stage), 0) && side_texture (stage, 1) != NULL);
  wait_for_paint (sides);
  width = gtk_widget_get_width (sides);
  height = gtk_widget_get_height (sides);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      dailies_sides_set_mode (get_sides (stage), modes[i]);
      /* All of the picture is seen. */
      g_object_set (get_sides (stage), "onion-opacity", 1., NULL);
      wait_for_paint (sides);
      words = find_label (GTK_WIDGET (dailies_sides_get_pane (get_sides (stage), 0)), "is not there");
      g_assert_nonnull (words);
      g_assert_true (gtk_widget_compute_bounds (words, sides, &bounds));
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <, width / 2);
      if (modes[i] == DAILIES_SIDES_ONION)
        {
          g_assert_true (is_red (look_at (stage, 0.6, 0.5)));
          g_assert_cmpint (look_at (stage, (bounds.origin.x - 5) / width, (bounds.origin.y + 5) / height).red, <, 90);
        }
    }

  /* Alone it has all of the place. */
  dailies_sides_set_mode (get_sides (stage), DAILIES_SIDES_SINGLE);
  wait_for_paint (sides);
  g_assert_true (gtk_widget_compute_bounds (words, sides, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.origin.x + bounds.size.width / 2, width / 2, 2);
  g_object_unref (clips[0].file);
  g_object_unref (clips[1].file);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  static const BarcodeClip clips[] = {
    { "bars.mp4", 1280, 720, 24, 1, 72 },
  };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/sides-modes/wipe", test_wipe);
  g_test_add_func ("/sides-modes/difference", test_difference);
  g_test_add_func ("/sides-modes/onion", test_onion);
  g_test_add_func ("/sides-modes/keys", test_keys);
  g_test_add_func ("/sides-modes/buttons", test_buttons);
  g_test_add_func ("/sides-modes/narrow", test_narrow);
  g_test_add_func ("/sides-modes/add-to-single", test_add_to_single);
  g_test_add_func ("/sides-modes/space-after-buttons", test_space_after_buttons);
  g_test_add_func ("/sides-modes/menu-by-keys", test_menu_by_keys);
  g_test_add_func ("/sides-modes/wipe-keys", test_wipe_keys);
  g_test_add_func ("/sides-modes/difference-of-sizes", test_difference_of_sizes);
  g_test_add_func ("/sides-modes/safe-areas", test_safe_areas);
  g_test_add_func ("/sides-modes/zoom", test_zoom);
  g_test_add_func ("/sides-modes/zoom-figure", test_zoom_figure);
  g_test_add_func ("/sides-modes/magnified-place", test_magnified_place);
  g_test_add_func ("/sides-modes/magnified-wipe", test_magnified_wipe);
  g_test_add_func ("/sides-modes/magnifier", test_magnifier);
  g_test_add_func ("/sides-modes/error", test_error);

  return run_with_clips_and (clips, G_N_ELEMENTS (clips), make_flat_clips, remove_flat_clips);
}
