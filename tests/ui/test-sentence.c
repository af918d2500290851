/* test-sentence.c: a text that wraps, cheaply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>

#include "../wait.h"
#include "dailies-sentence.h"

#define SHORT "Too long."
#define LONG "The clip is 200 MB; up to 100 MB is recommended, larger files may take long or fail at the service."
#define NAME "a-very-long-name-of-a-file-without-any-place-where-a-line-could-end.mp4"

static GtkWidget *
make_sentence (const char *text)
{
  GtkWidget *sentence = dailies_sentence_new ();

  dailies_sentence_set_text (DAILIES_SENTENCE (sentence), text);
  return g_object_ref_sink (sentence);
}

static int
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *natural)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

static void
test_width (void)
{
  g_autoptr (GtkWidget) brief = make_sentence (SHORT);
  g_autoptr (GtkWidget) text = make_sentence (LONG);
  g_autoptr (GtkWidget) name = make_sentence (NAME);
  int brief_natural, natural, name_natural;
  int minimum = measure (brief, GTK_ORIENTATION_HORIZONTAL, -1, &brief_natural);

  /* The least is a matter of the font, not of what is said. */
  g_assert_cmpint (minimum, >, 0);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &natural), ==, minimum);
  g_assert_cmpint (measure (name, GTK_ORIENTATION_HORIZONTAL, -1, &name_natural), ==, minimum);
  g_assert_cmpint (brief_natural, <, natural);
  g_assert_cmpint (natural, ==, name_natural);
}

static void
test_height (void)
{
  g_autoptr (GtkWidget) text = make_sentence (LONG);
  g_autoptr (GtkWidget) name = make_sentence (NAME);
  int line, lines, natural;
  int minimum = measure (name, GTK_ORIENTATION_HORIZONTAL, -1, NULL);

  line = measure (text, GTK_ORIENTATION_VERTICAL, 10000, &natural);
  g_assert_cmpint (line, ==, natural);
  /* At the least it is as high as where there is room for all in one line. */
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, -1, &natural), ==, line);
  g_assert_cmpint (natural, >, line);
  lines = measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL);
  g_assert_cmpint (lines, >=, 2 * line);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, 150, NULL), >, lines);
  /* A long name is broken, or it would be cut off. */
  g_assert_cmpint (measure (name, GTK_ORIENTATION_VERTICAL, minimum, NULL), >, 4 * line);
}

/* In a row with others it gets what they leave; GTK warns of a row that is not as high as it has to be. */
static void
test_row (void)
{
  const char *texts[] = { SHORT, LONG, NAME, LONG " " NAME };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GtkWidget) row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
      g_autoptr (GtkWidget) text = make_sentence (texts[i]);

      gtk_widget_set_hexpand (text, TRUE);
      gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_box_append (GTK_BOX (row), text);
      gtk_box_append (GTK_BOX (row), gtk_button_new_with_label ("Trim to 10 s"));
      for (int width = 240; width < 500; width++)
        {
          int natural;
          int minimum = measure (row, GTK_ORIENTATION_VERTICAL, width, &natural);

          g_assert_cmpint (minimum, <=, natural);
        }
    }
}

/* What has been measured is measured again for another font, or another text. */
static void
test_change (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GtkWidget) text = make_sentence (LONG);
  GtkSettings *settings = gtk_settings_get_default ();
  int height, narrow, natural, large, brief;

  gtk_window_set_child (GTK_WINDOW (window), text);
  gtk_window_present (GTK_WINDOW (window));
  height = measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL);
  measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &natural);
  narrow = measure (text, GTK_ORIENTATION_VERTICAL, 200, NULL);
  g_assert_cmpint (narrow, >, height);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, 100, NULL), >, narrow);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL), ==, height);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, 200, NULL), ==, narrow);

  g_object_set (settings, "gtk-font-name", "Sans 30", NULL);
  fixture_wait (measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL) > 2 * height);
  measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &large);
  g_assert_cmpint (large, >, natural);
  gtk_settings_reset_property (settings, "gtk-font-name");
  fixture_wait (measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL) == height);

  dailies_sentence_set_text (DAILIES_SENTENCE (text), SHORT);
  g_assert_cmpint (measure (text, GTK_ORIENTATION_VERTICAL, 300, NULL), <, height);
  measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &brief);
  g_assert_cmpint (brief, <, natural);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count (GObject    *object,
       GParamSpec *pspec,
       guint      *n)
{
  ++*n;
}

static void
test_text (void)
{
  g_autoptr (GtkWidget) text = make_sentence (SHORT);
  guint n = 0;

  g_assert_cmpstr (dailies_sentence_get_text (DAILIES_SENTENCE (text)), ==, SHORT);
  g_signal_connect (text, "notify::text", G_CALLBACK (count), &n);
  dailies_sentence_set_text (DAILIES_SENTENCE (text), SHORT);
  g_assert_cmpuint (n, ==, 0);
  g_object_set (text, "text", LONG, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (dailies_sentence_get_text (DAILIES_SENTENCE (text)), ==, LONG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, LONG);
  dailies_sentence_set_text (DAILIES_SENTENCE (text), NULL);
  g_assert_cmpstr (dailies_sentence_get_text (DAILIES_SENTENCE (text)), ==, "");
}

/* The first pixel with ink in a line of the middle, in parts of the width. */
static double
find_ink (GtkWidget *sentence)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t ink;

  gtk_window_set_default_size (GTK_WINDOW (window), 600, 100);
  gtk_window_set_child (GTK_WINDOW (window), sentence);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (sentence) == 0)
    g_main_context_iteration (NULL, TRUE);
  paintable = gtk_widget_paintable_new (sentence);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (sentence), gtk_widget_get_height (sentence));
  while ((node = gtk_snapshot_to_node (snapshot)) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_object (&snapshot);
      snapshot = gtk_snapshot_new ();
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (sentence), gtk_widget_get_height (sentence));
    }
  gsk_render_node_get_bounds (node, &ink);
  gtk_window_destroy (GTK_WINDOW (window));
  return (ink.origin.x + ink.size.width / 2) / 600;
}

static void
test_direction (void)
{
  const char *texts[] = { SHORT, "طويل جدا." };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GtkWidget) to_right = make_sentence (texts[i]);
      g_autoptr (GtkWidget) to_left = make_sentence (texts[i]);

      gtk_widget_set_direction (to_left, GTK_TEXT_DIR_RTL);
      g_assert_cmpfloat (find_ink (to_right), <, 0.4);
      g_assert_cmpfloat (find_ink (to_left), >, 0.6);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/width", test_width);
  g_test_add_func ("/sentence/height", test_height);
  g_test_add_func ("/sentence/row", test_row);
  g_test_add_func ("/sentence/change", test_change);
  g_test_add_func ("/sentence/text", test_text);
  g_test_add_func ("/sentence/direction", test_direction);
  return g_test_run ();
}
