/* test-figures.c: a line whose figures change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "dailies-figures.h"

static int
get_width (DailiesFigures *figures)
{
  int natural;

  gtk_widget_measure (GTK_WIDGET (figures), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_least (DailiesFigures *figures)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (figures), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_room (void)
{
  g_autoptr (DailiesFigures) figures = g_object_ref_sink (g_object_new (DAILIES_TYPE_FIGURES, "text", "00:01:11", NULL));
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("00:00:00"));
  int width = get_width (figures);
  int height, label_height;

  g_assert_cmpint (width, >, 20);
  dailies_figures_set_text (figures, "09:48:20");
  g_assert_cmpstr (dailies_figures_get_text (figures), ==, "09:48:20");
  g_assert_cmpint (get_width (figures), ==, width);
  dailies_figures_set_text (figures, "1:09:48:20");
  g_assert_cmpint (get_width (figures), >, width);
  dailies_figures_set_text (figures, NULL);
  g_assert_cmpstr (dailies_figures_get_text (figures), ==, "");

  /* It stands in a line with labels. */
  dailies_figures_set_text (figures, "00:00:00");
  gtk_widget_measure (GTK_WIDGET (figures), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &label_height, NULL, NULL);
  g_assert_cmpint (height, ==, label_height);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          int        *n)
{
  (*n)++;
}

static void
test_properties (void)
{
  g_autoptr (DailiesFigures) figures = g_object_ref_sink (g_object_new (DAILIES_TYPE_FIGURES, NULL));
  g_autofree char *text = NULL;
  gboolean ellipsize;
  int      n_texts = 0, n_ellipsizes = 0;

  g_signal_connect (figures, "notify::text", G_CALLBACK (count_cb), &n_texts);
  g_signal_connect (figures, "notify::ellipsize", G_CALLBACK (count_cb), &n_ellipsizes);
  for (int i = 0; i < 2; i++)
    g_object_set (figures, "text", "frame 12", "ellipsize", TRUE, NULL);
  g_object_get (figures, "text", &text, "ellipsize", &ellipsize, NULL);
  g_assert_cmpstr (text, ==, "frame 12");
  g_assert_true (ellipsize);
  g_assert_cmpint (n_texts, ==, 1);
  g_assert_cmpint (n_ellipsizes, ==, 1);
  g_assert_cmpint (get_least (figures), <, get_width (figures));
  g_object_set (figures, "ellipsize", FALSE, NULL);
  g_assert_cmpint (get_least (figures), ==, get_width (figures));

  /* A screen reader has it as it has a label's words, and a theme its style. */
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (figures)), ==, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (figures), GTK_ACCESSIBLE_PROPERTY_LABEL, "frame 12");
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (figures)), ==, "label");
}

/* How wide it paints itself in a place of @width application pixels. */
static double
get_painted (DailiesFigures *figures,
             int             width)
{
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  GtkRequisition  size;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  GskRenderNode  *node;

  gtk_widget_get_preferred_size (GTK_WIDGET (figures), NULL, &size);
  gtk_widget_allocate (GTK_WIDGET (figures), width, size.height, -1, NULL);
  GTK_WIDGET_GET_CLASS (figures)->snapshot (GTK_WIDGET (figures), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_get_bounds (node, &bounds);
  gsk_render_node_unref (node);
  return bounds.size.width;
}

static void
test_narrow (void)
{
  g_autoptr (DailiesFigures) figures =
    g_object_ref_sink (g_object_new (DAILIES_TYPE_FIGURES, "text", "00:01:11 · frame 35 · +3", "ellipsize", TRUE, NULL));
  int width = get_width (figures);

  g_assert_cmpfloat (get_painted (figures, width), >, width * 0.8);
  g_assert_cmpfloat (get_painted (figures, width / 2), <, width * 0.55);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/figures/room", test_room);
  g_test_add_func ("/figures/properties", test_properties);
  g_test_add_func ("/figures/narrow", test_narrow);

  return g_test_run ();
}
