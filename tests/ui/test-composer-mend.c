/* test-composer-mend.c: the buttons that make of a picture what a field takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../barcode-clip.h"
#include "../fixture-studio.h"
#include "../media.h"

#include <adwaita.h>

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-composer.h"
#include "dailies-definition.h"
#include "dailies-film-strip.h"
#include "dailies-request.h"
#include "dailies-trim-window.h"

#define START_END "runcomfy:kling/kling-video-o1/image-to-video"
#define EDIT "runcomfy:kling/kling-video-o1/video-to-video/edit"
#define REFERENCE "runcomfy:kling/kling-video-o1/image-to-video/reference"

typedef struct
{
  char            *path;
  DailiesStudio   *studio;
  GtkWidget       *window;
  DailiesComposer *composer;
  DailiesRequest  *request;
} Form;

static DailiesDefinition *
lookup (Form       *form,
        const char *model)
{
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = dailies_catalogue_lookup (dailies_studio_get_catalogue (form->studio), model, &error);

  g_assert_no_error (error);
  return definition;
}

static void
set_up (Form          *form,
        gconstpointer  data)
{
  form->path = fixture_make_folder ();
  form->studio = studio_open (form->path);
  form->composer = DAILIES_COMPOSER (dailies_composer_new ());
  dailies_composer_set_studio (form->composer, form->studio);
  form->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (form->window), 400, 900);
  gtk_window_set_child (GTK_WINDOW (form->window), GTK_WIDGET (form->composer));
  gtk_window_present (GTK_WINDOW (form->window));
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (form->composer)));
  form->request = dailies_request_new (lookup (form, START_END));
  dailies_composer_set_request (form->composer, form->request);
}

static void
tear_down (Form          *form,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (form->window));
  g_object_unref (form->request);
  fixture_wait (G_OBJECT (form->studio)->ref_count == 1);
  studio_close (form->studio);
  fixture_remove_folder (form->path);
  g_free (form->path);
}

static GtkWidget *
find_button (GtkWidget  *from,
             const char *label)
{
  if (GTK_IS_BUTTON (from) && gtk_widget_get_mapped (from) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (from)), label) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count_buttons (GtkWidget  *from,
               const char *label)
{
  guint n = GTK_IS_BUTTON (from) && gtk_widget_get_mapped (from) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (from)), label) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, label);
  return n;
}

static gboolean
says (GtkWidget  *from,
      const char *words)
{
  if (GTK_IS_LABEL (from) && gtk_widget_get_mapped (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* (transfer full): the picture of @field once it is read */
static DailiesAsset *
dup_picture (Form       *form,
             const char *field)
{
  DailiesAsset *asset = g_list_model_get_item (dailies_request_get_assets (form->request, field), 0);

  g_assert_nonnull (asset);
  fixture_wait_seconds (dailies_asset_get_state (asset) == DAILIES_ASSET_READY, 30);
  return asset;
}

/* (transfer full) */
static DailiesAsset *
drop (Form       *form,
      const char *field,
      const char *name,
      int         width,
      int         height)
{
  g_autofree char *path = media_make_image (form->path, name, "png", width, height);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);

  dailies_request_add_asset (form->request, field, asset, G_MAXUINT);
  return dup_picture (form, field);
}

static GtkWidget *
wait_for_button (Form       *form,
                 const char *label)
{
  GtkWidget *button = NULL;

  fixture_wait_seconds ((button = find_button (GTK_WIDGET (form->composer), label)) != NULL, 30);
  return button;
}

static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_replaced (Form         *form,
             const char   *field,
             DailiesAsset *asset)
{
  g_autoptr (DailiesAsset) now = g_list_model_get_item (dailies_request_get_assets (form->request, field), 0);

  return now != NULL && now != asset;
}

/* Both at once, by both buttons, and pressed twice. */
static void
test_mended (Form          *form,
             gconstpointer  data)
{
  g_autoptr (DailiesAsset) start = drop (form, "start_image_url", "wide.png", 2000, 500);
  g_autoptr (DailiesAsset) end = drop (form, "end_image_url", "small.png", 200, 150);
  g_autoptr (DailiesAsset) new_start = NULL;
  g_autoptr (DailiesAsset) new_end = NULL;
  GtkWidget *crop = wait_for_button (form, "Crop to Fit");
  GtkWidget *enlarge = wait_for_button (form, "Enlarge");

  press (crop);
  g_assert_false (gtk_widget_get_sensitive (crop));
  press (crop);
  press (enlarge);
  fixture_wait_seconds (is_replaced (form, "start_image_url", start) && is_replaced (form, "end_image_url", end), 30);
  new_start = dup_picture (form, "start_image_url");
  new_end = dup_picture (form, "end_image_url");
  g_assert_cmpint (dailies_asset_get_width (new_start), ==, 1249);
  g_assert_cmpint (dailies_asset_get_height (new_start), ==, 500);
  g_assert_cmpstr (dailies_asset_get_name (new_start), ==, "wide.png");
  g_assert_cmpint (dailies_asset_get_height (new_end), ==, 301);
  fixture_wait (find_button (GTK_WIDGET (form->composer), "Crop to Fit") == NULL);
}

/* The same picture by two names is two pictures, each with its own button. */
static void
test_twice (Form          *form,
            gconstpointer  data)
{
  g_autoptr (DailiesAsset) start = drop (form, "start_image_url", "one.png", 2000, 500);
  g_autoptr (DailiesAsset) end = drop (form, "end_image_url", "other.png", 2000, 500);

  for (int i = 0; i < 2; i++)
    {
      /* A row that is over goes a moment later. */
      fixture_wait_seconds (count_buttons (GTK_WIDGET (form->composer), "Crop to Fit") == 2u - i, 30);
      press (find_button (GTK_WIDGET (form->composer), "Crop to Fit"));
      fixture_wait_seconds (is_replaced (form, "start_image_url", start) + is_replaced (form, "end_image_url", end) == i + 1, 30);
    }
}

/* Another model takes it whole: what was made for the one before is not put there. */
static void
test_other_model (Form          *form,
                  gconstpointer  data)
{
  g_autoptr (DailiesAsset) start = drop (form, "start_image_url", "wide.png", 2000, 500);
  g_autoptr (DailiesAsset) now = NULL;

  press (wait_for_button (form, "Crop to Fit"));
  dailies_request_set_definition (form->request, lookup (form, REFERENCE));
  fixture_wait_seconds (says (GTK_WIDGET (form->composer), "What was made of “wide.png” is not used"), 30);
  now = g_list_model_get_item (dailies_request_get_assets (form->request, "image_urls"), 0);
  g_assert_true (now == start);
}

/* Its file is gone by the time that it is pressed. */
static void
test_gone (Form          *form,
           gconstpointer  data)
{
  g_autoptr (DailiesAsset) start = drop (form, "start_image_url", "wide.png", 2000, 500);
  GtkWidget *crop = wait_for_button (form, "Crop to Fit");

  g_assert_true (g_file_delete (dailies_asset_get_file (start), NULL, NULL));
  press (crop);
  fixture_wait_seconds (gtk_widget_get_sensitive (crop) && says (GTK_WIDGET (form->composer), "“wide.png”"), 30);
  g_assert_false (is_replaced (form, "start_image_url", start));
}

/* --- clips ------------------------------------------------------------------------------------ */

static const BarcodeClip roof = { "roof.mp4", 1280, 720, 24, 1, 96, .sound = 170 };

/* (transfer none) (nullable) */
static GtkWidget *
find_type (GtkWidget *from,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (from, type))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* (transfer none) (nullable) */
static GtkWidget *
find_trim (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (DAILIES_IS_TRIM_WINDOW (link->data) && gtk_widget_get_mapped (link->data))
      return link->data;
  return NULL;
}

static GtkCheckButton *
find_sound (void)
{
  return GTK_CHECK_BUTTON (find_type (find_trim (), GTK_TYPE_CHECK_BUTTON));
}

static DailiesFilmStrip *
trim (Form         *form,
      DailiesAsset *asset)
{
  gtk_widget_activate_action (GTK_WIDGET (form->composer), "composer.trim", "s", dailies_asset_get_uri (asset));
  fixture_wait (find_trim () != NULL);
  return DAILIES_FILM_STRIP (find_type (find_trim (), DAILIES_TYPE_FILM_STRIP));
}

/* Who trims what was trimmed has all of the clip again, and what was chosen of it; where that clip is gone, what was made of it. */
static void
test_trimmed_again (Form          *form,
                    gconstpointer  data)
{
  g_autoptr (GFile) file = barcode_clip_make (&roof, form->path);
  g_autoptr (DailiesAsset) whole = dailies_asset_new_for_file (file);
  g_autoptr (DailiesAsset) part = NULL;
  g_autoptr (DailiesAsset) other = NULL;
  DailiesFilmStrip *strip;
  const DailiesTrimRange *range;

  dailies_request_set_definition (form->request, lookup (form, EDIT));
  dailies_request_add_asset (form->request, "video_url", whole, G_MAXUINT);
  g_object_unref (dup_picture (form, "video_url"));

  strip = trim (form, whole);
  fixture_wait (dailies_film_strip_get_range (strip)->n_frames == 96);
  dailies_film_strip_mark_in (strip, 20);
  gtk_check_button_set_active (find_sound (), FALSE);
  gtk_widget_activate_action (find_trim (), "trim.use", NULL);
  fixture_wait_seconds (find_trim () == NULL && is_replaced (form, "video_url", whole), 60);
  part = dup_picture (form, "video_url");
  g_assert_cmpstr (dailies_asset_get_name (part), ==, "roof trimmed.mp4");
  g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (part), 76 / 24.0, 0.01);
  g_assert_false (dailies_asset_has_sound (part));

  strip = trim (form, part);
  range = dailies_film_strip_get_range (strip);
  fixture_wait (range->n_frames == 96);
  g_assert_false (gtk_check_button_get_active (find_sound ()));
  g_assert_cmpint (range->in, ==, 20);
  g_assert_cmpint (range->out, ==, 95);
  fixture_wait (dailies_film_strip_get_position (strip) == 20);
  dailies_film_strip_mark_in (strip, 10);
  gtk_widget_activate_action (find_trim (), "trim.use", NULL);
  fixture_wait_seconds (find_trim () == NULL && is_replaced (form, "video_url", part), 60);
  other = dup_picture (form, "video_url");
  g_assert_cmpstr (dailies_asset_get_name (other), ==, "roof trimmed.mp4");
  g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (other), 86 / 24.0, 0.01);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_cmpint (dailies_film_strip_get_range (trim (form, other))->n_frames, ==, 86);
  gtk_widget_activate_action (find_trim (), "trim.cancel", NULL);
  fixture_wait (find_trim () == NULL);
}

#define ADD(path, func) g_test_add (path, Form, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gst_init (NULL, NULL);
  ADD ("/composer-mend/mended", test_mended);
  ADD ("/composer-mend/twice", test_twice);
  ADD ("/composer-mend/other-model", test_other_model);
  ADD ("/composer-mend/gone", test_gone);
  ADD ("/composer-mend/trimmed-again", test_trimmed_again);
  return g_test_run ();
}
