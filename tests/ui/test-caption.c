/* test-caption.c: what differs, written over the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <adwaita.h>

#include "dailies-caption.h"

#include "dailies-catalogue.h"
#include "dailies-tip.h"

#define DRAFT(texts, picture, prompt) \
  "{\"version\": 1, \"model\": \"runcomfy:kling/kling-video-o1/image-to-video\", \"assets\": [\"" picture "\"]," \
  " \"values\": {\"texts\": {" texts "}, \"assets\": {\"start_image_url\": [0]}}, \"prompt\": [\"" prompt "\"]}"

static DailiesRequestDiff *
compare (const char *one,
         const char *other,
         double      cost)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  DailiesDiffSide sides[] = { { one, NULL, 0.63 }, { other, NULL, cost } };

  return dailies_request_diff_new (catalogue, sides, 2);
}

static GtkLabel *
get_label (GtkWidget *caption)
{
  return GTK_LABEL (gtk_widget_get_prev_sibling (gtk_widget_get_last_child (caption)));
}

static GtkLabel *
get_facts (GtkWidget *caption)
{
  return GTK_LABEL (gtk_widget_get_last_child (caption));
}

/* Without the marks that keep a direction to itself. */
static void
assert_words (GtkWidget  *caption,
              const char *expected)
{
  static const char *const marks[] = { "\342\201\246", "\342\201\250", "\342\201\251", "\342\200\216", "\342\200\217" };
  g_autoptr (GString) words = g_string_new (gtk_label_get_text (get_label (caption)));

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (words, marks[i], "", 0);
  g_assert_cmpstr (words->str, ==, expected);
}

static void
test_side (void)
{
  g_autoptr (DailiesRequestDiff) diff =
    compare (DRAFT ("", "https://pages.test/a.png", "at golden hour, keep"),
             DRAFT ("\"duration\": \"10\"", "https://pages.test/a.png", "at neon night, keep"), 0.84);
  GtkWidget *caption = g_object_ref_sink (dailies_caption_new ());

  g_assert_false (gtk_widget_get_visible (caption));
  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 0);
  g_assert_true (gtk_widget_get_visible (caption));
  assert_words (caption, "at golden hour, keep  ·  5 s  ·  $0.63");
  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 1);
  assert_words (caption, "at neon night, keep  ·  10 s  ·  $0.84");
  g_assert_cmpstr (dailies_tip_get (caption), ==,
                   "Prompt: “neon night” instead of “golden hour”\nDuration: 10 s instead of 5 s\n"
                   "Price: $0.84 instead of $0.63\n\nat neon night, keep");
  gtk_test_accessible_assert_property (caption, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       dailies_tip_get (caption));

  dailies_caption_set_joint_diff (DAILIES_CAPTION (caption), diff, 1);
  assert_words (caption, "at golden hour → neon night  ·  5 s → 10 s  ·  $0.63 → $0.84");
  gtk_widget_set_direction (caption, GTK_TEXT_DIR_RTL);
  dailies_caption_set_joint_diff (DAILIES_CAPTION (caption), diff, 1);
  assert_words (caption, "at golden hour ← neon night  ·  5 s ← 10 s  ·  $0.63 ← $0.84");

  dailies_caption_set_diff (DAILIES_CAPTION (caption), NULL, 0);
  g_assert_false (gtk_widget_get_visible (caption));
  g_assert_finalize_object (caption);
}

static void
test_same (void)
{
  g_autoptr (DailiesRequestDiff) diff = compare (DRAFT ("", "https://pages.test/a.png", "a"),
                                                 DRAFT ("", "https://pages.test/a.png", "a"), NAN);
  GtkWidget *caption = g_object_ref_sink (dailies_caption_new ());

  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 1);
  assert_words (caption, "Same prompt and settings");
  /* A clip of which nothing is known, and a side that there is not. */
  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 3);
  g_assert_false (gtk_widget_get_visible (caption));
  g_assert_finalize_object (caption);
}

static guint
count_pictures (GtkWidget *caption)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (caption)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_has_css_class (child, "changed-picture");

  return n;
}

static void
test_pictures (void)
{
  g_autoptr (DailiesRequestDiff) diff = compare (DRAFT ("", "https://pages.test/a.png", "a"),
                                                 DRAFT ("", "https://pages.test/b.png", "a"), NAN);
  GtkWidget *caption = g_object_ref_sink (dailies_caption_new ());
  GtkWidget *pictures;

  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 1);
  pictures = gtk_widget_get_first_child (caption);
  g_assert_true (gtk_widget_get_visible (pictures));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_label (caption))));
  g_assert_cmpuint (count_pictures (caption), ==, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (pictures))), ==, "Start frame");
  g_assert_cmpstr (dailies_tip_get (gtk_widget_get_last_child (pictures)), ==, "Start frame: b.png");

  dailies_caption_set_joint_diff (DAILIES_CAPTION (caption), diff, 1);
  g_assert_cmpuint (count_pictures (caption), ==, 2);
  g_assert_finalize_object (caption);
}

/* What the clip itself is like stands alone where nothing is known of its request, else below it. */
static void
test_facts (void)
{
  g_autoptr (DailiesRequestDiff) diff = compare (DRAFT ("", "https://pages.test/a.png", "a"),
                                                 DRAFT ("", "https://pages.test/a.png", "a"), NAN);
  GtkWidget *caption = g_object_ref_sink (dailies_caption_new ());

  dailies_caption_set_facts (DAILIES_CAPTION (caption), "24 fps");
  g_assert_true (gtk_widget_get_visible (caption));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_label (caption))));
  g_assert_nonnull (strstr (gtk_label_get_text (get_facts (caption)), "24 fps"));
  g_assert_nonnull (strstr (dailies_tip_get (caption), "24 fps"));

  dailies_caption_set_diff (DAILIES_CAPTION (caption), diff, 1);
  assert_words (caption, "Same prompt and settings");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_facts (caption))));
  g_assert_nonnull (strstr (dailies_tip_get (caption), "24 fps"));

  dailies_caption_set_facts (DAILIES_CAPTION (caption), NULL);
  g_assert_true (gtk_widget_get_visible (caption));
  g_assert_null (strstr (dailies_tip_get (caption), "24 fps"));
  dailies_caption_set_diff (DAILIES_CAPTION (caption), NULL, 0);
  g_assert_false (gtk_widget_get_visible (caption));
  g_assert_finalize_object (caption);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/caption/side", test_side);
  g_test_add_func ("/caption/same", test_same);
  g_test_add_func ("/caption/pictures", test_pictures);
  g_test_add_func ("/caption/facts", test_facts);

  return g_test_run ();
}
