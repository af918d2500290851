/* test-composer.c: the form of every model, used through its widgets and by real drags from another program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-composer.h"

#include <string.h>

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-drop.h"
#include "dailies-element-card.h"
#include "dailies-element.h"
#include "dailies-field-section.h"
#include "dailies-field.h"
#include "dailies-generate-bar.h"
#include "dailies-media-well.h"
#include "dailies-problem-row.h"
#include "dailies-sentence.h"
#include "dailies-prompt-view.h"
#include "dailies-request.h"
#include "dailies-studio.h"
#include "dailies-tip.h"
#include "../media.h"

#define DEADLINE_US (30 * G_USEC_PER_SEC)

/* What a model page gives: the bare schema in the service's dialect. */
static const char raw_schema[] =
  "{ \"type\": \"object\", \"title\": \"Raw\", \"required\": [\"prompt\", \"image\"], \"properties\": {"
  "  \"prompt\": { \"type\": \"String\" },"
  "  \"image\": { \"type\": \"string\", \"format\": \"image_uri\" },"
  "  \"voice\": { \"type\": \"string\", \"format\": \"audio_uri\" },"
  "  \"seed\": { \"type\": \"integer\", \"minimum\": 0, \"maximum\": 4294967295 },"
  "  \"strength\": { \"type\": \"float\", \"minimum\": 0, \"maximum\": 2000, \"default\": 0.5 },"
  "  \"style\": { \"type\": \"string\", \"enum\": [\"photo_real\", \"ink\", \"oil\", \"clay\", \"neon\"] },"
  "  \"loop\": { \"type\": \"boolean\", \"default\": false },"
  "  \"steps\": { \"type\": \"array\", \"items\": { \"type\": \"integer\" } },"
  "  \"note\": { \"type\": \"string\" } } }";

typedef struct
{
  char            *folder;
  DailiesStudio   *studio;
  GtkWidget       *window;
  DailiesComposer *composer;
  DailiesRequest  *request;
} Fixture;

static void
iterate (void)
{
  g_main_context_iteration (NULL, FALSE);
  g_usleep (500);
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
    {                                                                                              \
      gint64 end_ = g_get_monotonic_time () + DEADLINE_US;                                         \
      while (!(condition) && g_get_monotonic_time () < end_)                                       \
        iterate ();                                                                                \
      g_assert_true (condition);                                                                   \
    }                                                                                              \
  G_STMT_END

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->studio = dailies_studio_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GFile) folder = NULL;

  fixture->folder = g_dir_make_tmp ("dailies-composer-XXXXXX", NULL);
  folder = g_file_new_for_path (fixture->folder);
  dailies_studio_open_async (folder, NULL, opened_cb, fixture);
  wait_until (fixture->studio != NULL);
  fixture->composer = DAILIES_COMPOSER (dailies_composer_new ());
  dailies_composer_set_studio (fixture->composer, fixture->studio);
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 900);
  gtk_window_set_title (GTK_WINDOW (fixture->window), "composer-test");
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->composer));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  dailies_studio_close_finish (DAILIES_STUDIO (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  DailiesComposer *composer = g_object_ref (fixture->composer);
  gboolean closed = FALSE;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_until (G_OBJECT (composer)->ref_count == 1);
  g_assert_finalize_object (composer);
  g_clear_object (&fixture->request);
  dailies_studio_close_async (fixture->studio, closed_cb, &closed);
  wait_until (closed);
  g_clear_object (&fixture->studio);
  g_free (fixture->folder);
}

static void
use_model (Fixture    *fixture,
           const char *name)
{
  DailiesCatalogue *catalogue = dailies_studio_get_catalogue (fixture->studio);
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = dailies_catalogue_lookup (catalogue, name, &error);

  g_assert_no_error (error);
  g_clear_object (&fixture->request);
  fixture->request = dailies_request_new (definition);
  dailies_composer_set_request (fixture->composer, fixture->request);
}

/* --- finding things ----------------------------------------------------------------------------- */

typedef gboolean (*Match) (GtkWidget  *widget,
                           const char *what);

static GtkWidget *
find (GtkWidget  *from,
      Match       match,
      const char *what)
{
  GtkWidget *child;

  if (match (from, what))
    return from;
  for (child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, what);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count (GtkWidget *from,
       GType      type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (from), type);
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static gboolean
is_type (GtkWidget  *widget,
         const char *name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), name);
}

static gboolean
is_segment (GtkWidget  *widget,
            const char *label)
{
  return GTK_IS_TOGGLE_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_reset (GtkWidget  *widget,
          const char *what)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "reset");
}

static gboolean
is_generate (GtkWidget  *widget,
             const char *what)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "generate");
}

static gboolean
is_setting (GtkWidget  *widget,
            const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  const char *shown = NULL;

  if (GTK_IS_LABEL (widget))
    shown = gtk_label_get_label (GTK_LABEL (widget));
  else if (DAILIES_IS_SENTENCE (widget))
    shown = dailies_sentence_get_text (DAILIES_SENTENCE (widget));
  return shown != NULL && gtk_widget_get_mapped (widget) && strstr (shown, text) != NULL;
}

static gboolean
is_section (GtkWidget  *widget,
            const char *field)
{
  return DAILIES_IS_FIELD_SECTION (widget)
         && g_str_equal (dailies_field_get_name (dailies_field_section_get_field (
                             DAILIES_FIELD_SECTION (widget))), field);
}

static GtkWidget *
see (Fixture    *fixture,
     Match       match,
     const char *what)
{
  GtkWidget *found = find (GTK_WIDGET (fixture->composer), match, what);

  if (found == NULL)
    g_error ("not found: %s", what);
  return found;
}

static GtkWidget *
see_below (GtkWidget  *from,
           Match       match,
           const char *what)
{
  GtkWidget *found = find (from, match, what);

  g_assert_nonnull (found);
  return found;
}

/* --- the form ------------------------------------------------------------------------------------ */

static void
check_form (Fixture           *fixture,
            DailiesDefinition *definition)
{
  GListModel *fields = dailies_definition_get_fields (definition);
  guint media = 0, settings = 1, prompts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      DailiesFieldRole role = dailies_field_get_role (field);

      if (role == DAILIES_FIELD_ROLE_PROMPT)
        prompts++;
      else if (dailies_field_is_media (field) || role == DAILIES_FIELD_ROLE_ELEMENTS)
        media++;
      else
        settings++;
    }
  g_assert_cmpuint (count (GTK_WIDGET (fixture->composer), DAILIES_TYPE_FIELD_SECTION), ==, media);
  g_assert_cmpuint (count (GTK_WIDGET (fixture->composer), ADW_TYPE_PREFERENCES_ROW), ==, settings);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (
                     see (fixture, is_type, "DailiesPromptView"))) == (prompts == 1));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DailiesDefinition **definition = user_data;
  g_autoptr (GError) error = NULL;

  *definition = dailies_catalogue_import_finish (DAILIES_CATALOGUE (source), result, &error);
  g_assert_no_error (error);
}

static DailiesDefinition *
import_raw (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (raw_schema, strlen (raw_schema));
  DailiesDefinition *definition = NULL;

  dailies_catalogue_import_async (dailies_studio_get_catalogue (fixture->studio), bytes, NULL,
                                  imported_cb, &definition);
  wait_until (definition != NULL);
  return definition;
}

/* One request goes through all models and comes back to the first: nothing typed is lost on the way. */
static void
test_models (Fixture      *fixture,
             gconstpointer data)
{
  GListModel *catalogue = G_LIST_MODEL (dailies_studio_get_catalogue (fixture->studio));
  g_autoptr (DailiesDefinition) raw G_GNUC_UNUSED = import_raw (fixture);
  g_autoptr (DailiesDefinition) first = g_list_model_get_item (catalogue, 0);
  guint n = g_list_model_get_n_items (catalogue);

  g_assert_cmpuint (n, >=, 6);
  use_model (fixture, dailies_definition_get_id (first));
  dailies_request_set_prompt (fixture->request, "Rain");
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (catalogue, i % n);

      dailies_request_set_definition (fixture->request, definition);
      check_form (fixture, definition);
    }
  g_assert_cmpstr (dailies_request_get_prompt (fixture->request), ==, "Rain");
}

static void
test_settings (Fixture      *fixture,
               gconstpointer data)
{
  GtkWidget *spin;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (see (fixture, is_segment, "5 s"))));
  g_assert_null (dailies_request_get_text (fixture->request, "duration"));
  g_signal_emit_by_name (see (fixture, is_segment, "10 s"), "clicked");
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "duration"), ==, "10");
  dailies_request_set_text (fixture->request, "duration", NULL);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (see (fixture, is_segment, "5 s"))));
  g_assert_null (dailies_request_get_text (fixture->request, "duration"));

  spin = find (see (fixture, is_setting, "Variations"), is_type, "GtkSpinButton");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 3);
  g_assert_cmpuint (dailies_composer_get_variations (fixture->composer), ==, 3);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "Generate 3 Cuts") != NULL);
  see (fixture, shows_text, "free · practice");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 20);
  g_assert_cmpuint (dailies_composer_get_variations (fixture->composer), ==, 8);
}

static void
test_raw_settings (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (DailiesDefinition) raw = import_raw (fixture);
  GtkWidget *row;

  use_model (fixture, dailies_definition_get_id (raw));
  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "seed")));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, is_type, "GtkSpinButton")), 42);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "seed"), ==, "42");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, is_type, "GtkSpinButton")), 4294967295.0);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "seed"), ==, "4294967295");

  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "strength")));
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (
                         find (row, is_type, "GtkSpinButton"))), ==, 0.5);
  g_assert_null (dailies_request_get_text (fixture->request, "strength"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, is_type, "GtkSpinButton")), 0.75);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "strength"), ==, "0.75");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, is_type, "GtkSpinButton")), 1234.25);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "strength"), ==, "1234.25");

  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "style")));
  g_assert_true (ADW_IS_COMBO_ROW (row));
  g_assert_null (dailies_request_get_text (fixture->request, "style"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "style"), ==, "ink");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  g_assert_null (dailies_request_get_text (fixture->request, "style"));

  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "loop")));
  gtk_switch_set_active (GTK_SWITCH (find (row, is_type, "GtkSwitch")), TRUE);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "loop"), ==, "true");

  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "note")));
  gtk_editable_set_text (GTK_EDITABLE (row), "soft");
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "note"), ==, "soft");
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  g_assert_null (dailies_request_get_text (fixture->request, "note"));

  row = see (fixture, is_setting,
             dailies_field_get_title (dailies_definition_get_field (raw, "steps")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row), ==, "whole numbers, separated by commas");
  gtk_editable_set_text (GTK_EDITABLE (row), "5, 6");
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "steps"), ==, "5, 6");
}

static void
fill (Fixture    *fixture,
      const char *field,
      const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (value, &error);

  g_assert_no_error (error);
  dailies_request_add_asset (fixture->request, field, asset, G_MAXUINT);
}

static const char *
get_chosen (GtkWidget *row)
{
  GListModel *labels = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return gtk_string_list_get_string (GTK_STRING_LIST (labels), selected);
}

/* What is not set looks so, and says who decides: the program by what is there, or the service. */
static void
test_unset_settings (Fixture      *fixture,
                     gconstpointer data)
{
  GtkWidget *mode, *shape, *index, *reset;
  int width;

  use_model (fixture, "unifically:kuaishou/kling-o1-video");
  mode = see (fixture, is_setting, "Way of working");
  shape = see (fixture, is_setting, "Aspect ratio");
  g_assert_cmpstr (get_chosen (mode), ==, "Automatic");
  g_assert_cmpstr (get_chosen (shape), ==, "Not set");
  fill (fixture, "video_url", "https://example.org/plate.mp4");
  g_assert_cmpstr (get_chosen (shape), ==, "Automatic");
  g_assert_null (dailies_request_get_text (fixture->request, "video_mode"));
  g_assert_null (dailies_request_get_text (fixture->request, "aspect_ratio"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (shape), 1);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "aspect_ratio"), ==, "1:1");
  dailies_request_remove_asset (fixture->request, "video_url", 0);
  g_assert_cmpstr (get_chosen (shape), ==, "1:1");
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "aspect_ratio"), ==, "1:1");

  index = find (see (fixture, is_setting, "Start with reference image"), is_type, "GtkSpinButton");
  reset = find (see (fixture, is_setting, "Start with reference image"), is_reset, NULL);
  wait_until (gtk_widget_get_width (reset) > 0);
  width = gtk_widget_get_width (reset);
  g_assert_cmpfloat (gtk_widget_get_opacity (reset), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (reset));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (index)), ==, "");
  /* Coming by and going on sets nothing. */
  gtk_spin_button_update (GTK_SPIN_BUTTON (index));
  g_assert_null (dailies_request_get_text (fixture->request, "start_image_index"));
  gtk_spin_button_spin (GTK_SPIN_BUTTON (index), GTK_SPIN_STEP_FORWARD, 1);
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "start_image_index"), ==, "1");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (index)), ==, "1");
  g_assert_true (gtk_widget_is_sensitive (reset));
  g_assert_cmpint (gtk_widget_get_width (reset), ==, width);
  g_signal_emit_by_name (reset, "clicked");
  g_assert_null (dailies_request_get_text (fixture->request, "start_image_index"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (index)), ==, "");
}

/* A switch is labelled by its row: a label of its own would be read twice. */
static void
test_switch_name (Fixture      *fixture,
                  gconstpointer data)
{
  GtkWidget *control;

  use_model (fixture, "runcomfy:kling/kling-video-o1/video-to-video/edit");
  control = find (see (fixture, is_setting, "Keep original audio"), is_type, "GtkSwitch");
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static const char *
get_generate_tip (Fixture *fixture)
{
  return dailies_tip_get (see (fixture, is_generate, NULL));
}

static void
test_problems (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *once = NULL;
  GtkWidget *fix;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text,
                    "Still to fill in: Start frame, End frame and Prompt") != NULL);
  g_assert_cmpuint (count (GTK_WIDGET (fixture->composer), DAILIES_TYPE_PROBLEM_ROW), ==, 0);
  g_assert_cmpstr (get_generate_tip (fixture), ==, "3 problems to mend first");
  dailies_request_set_prompt (fixture->request, "Rain");
  g_assert_cmpstr (get_generate_tip (fixture), ==, "2 problems to mend first");
  fill (fixture, "start_image_url", "https://example.org/start.png");
  g_assert_cmpstr (get_generate_tip (fixture), ==, "1 problem to mend first");
  fill (fixture, "end_image_url", "https://example.org/end.png");
  g_assert_true (g_strcmp0 (get_generate_tip (fixture), "1 problem to mend first") != 0);
  dailies_request_remove_asset (fixture->request, "start_image_url", 0);
  dailies_request_remove_asset (fixture->request, "end_image_url", 0);
  dailies_request_set_prompt (fixture->request, "From @Image1 to @Image7, @Image7");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "@Image7") != NULL);
  fix = find (see (fixture, is_type, "DailiesProblemRow"), is_type, "GtkButton");
  while (fix != NULL
         && strstr (dailies_problem_get_message (dailies_problem_row_get_problem (DAILIES_PROBLEM_ROW (
                gtk_widget_get_ancestor (fix, DAILIES_TYPE_PROBLEM_ROW)))), "@Image7") == NULL)
    {
      GtkWidget *row = gtk_widget_get_ancestor (fix, GTK_TYPE_LIST_BOX_ROW);

      fix = find (gtk_widget_get_next_sibling (row), is_type, "GtkButton");
    }
  g_assert_nonnull (fix);
  g_object_ref (fix);
  g_signal_emit_by_name (fix, "clicked");
  once = g_strdup (dailies_request_get_prompt (fixture->request));
  g_assert_nonnull (strstr (once, "@Image7"));
  g_assert_null (strstr (strstr (once, "@Image7") + 1, "@Image7"));
  /* The row is there for a moment more: pressed again it does not take the other one. */
  g_signal_emit_by_name (fix, "clicked");
  g_assert_cmpstr (dailies_request_get_prompt (fixture->request), ==, once);
  g_object_unref (fix);
}

static void
count_cb (DailiesComposer *composer,
          guint           *n)
{
  ++*n;
}

static void
test_generate (Fixture      *fixture,
               gconstpointer data)
{
  guint n = 0;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  g_signal_connect (fixture->composer, "generate", G_CALLBACK (count_cb), &n);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 0);

  fill (fixture, "start_image_url", "https://example.org/a.png");
  fill (fixture, "end_image_url", "https://example.org/b.png");
  dailies_request_set_prompt (fixture->request, "Rain");
  wait_until (dailies_request_is_sendable (fixture->request));
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 1);

  dailies_composer_set_busy (fixture->composer, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 1);
  dailies_composer_set_busy (fixture->composer, FALSE);

  /* Another service's model cannot be sent there, and that is said. */
  dailies_composer_set_service_id (fixture->composer, "unifically");
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 1);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "does not have") != NULL);
  dailies_composer_set_service_id (fixture->composer, "runcomfy");
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 2);
}

/* A good clip, made as large with padding as is asked for. */
static char *
make_huge_clip (Fixture *fixture,
                guint32  padding)
{
  const guint32 head[] = { GUINT32_TO_BE (padding), GUINT32_TO_BE (0x66726565) }; /* "free" */
  char *path = media_make_clip (fixture->folder, "huge.mp4", "mp4mux", 1280, 720, 24, 96, FALSE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  g_autoptr (GError) error = NULL;
  goffset size;

  g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, &error);
  g_assert_no_error (error);
  size = g_seekable_tell (G_SEEKABLE (stream));
  g_output_stream_write_all (output, head, sizeof head, NULL, NULL, &error);
  g_assert_no_error (error);
  g_seekable_truncate (G_SEEKABLE (stream), size + padding, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static DailiesAsset *
get_asset (Fixture    *fixture,
           const char *field)
{
  g_autoptr (DailiesAsset) asset = NULL;

  asset = g_list_model_get_item (dailies_request_get_assets (fixture->request, field), 0);
  return asset;
}

static gboolean
shows_part (GtkWidget  *widget,
            const char *type)
{
  return is_type (widget, type) && gtk_widget_get_mapped (widget)
         && gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (widget)) > 0;
}

/* While a large clip is read one sees how far that is, nothing turns sixty times a second, and nothing below the well moves. */
static void
test_reading (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *path = make_huge_clip (fixture, 500000000);
  GtkWidget *well;
  int height;

  use_model (fixture, "runcomfy:kling/kling-video-o1/video-to-video/edit");
  well = find (see (fixture, is_section, "video_url"), is_type, "DailiesMediaWell");
  wait_until (gtk_widget_get_height (well) > 0);
  height = gtk_widget_get_height (well);
  fill (fixture, "video_url", path);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "Still being read: Source video · Still to fill in: Prompt")
              != NULL);
  wait_until (find (well, shows_part, "GtkProgressBar") != NULL);
  g_assert_null (find (GTK_WIDGET (fixture->composer), shows_text, "is still being read."));
  g_assert_cmpint (gtk_widget_get_height (well), ==, height);
  wait_until (dailies_asset_get_state (get_asset (fixture, "video_url")) == DAILIES_ASSET_READY);
  g_assert_null (find (well, shows_part, "GtkProgressBar"));
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "Still being read") == NULL);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "Still to fill in: Prompt") != NULL);
  g_assert_cmpint (gtk_widget_get_height (well), ==, height);
}

/* A tile is narrower than a bar would like to be. */
static void
test_reading_tile (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *path = make_huge_clip (fixture, 500000000);
  GtkWidget *well = dailies_media_well_new (DAILIES_WELL_TILE, DAILIES_MEDIA_VIDEO, "Reference video");
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);
  graphene_rect_t bounds;
  GtkWidget *bar;

  gtk_widget_set_halign (well, GTK_ALIGN_START);
  gtk_widget_set_valign (well, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (window), well);
  gtk_window_present (GTK_WINDOW (window));
  dailies_media_well_set_asset (DAILIES_MEDIA_WELL (well), asset);
  dailies_asset_load_async (asset, NULL, NULL, NULL);
  wait_until (find (well, shows_part, "GtkProgressBar") != NULL);
  bar = find (well, shows_part, "GtkProgressBar");
  wait_until (gtk_widget_get_width (bar) > 0);
  g_assert_true (gtk_widget_compute_bounds (bar, well, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (well));
  g_assert_cmpint (gtk_widget_get_width (well), <, 100);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (dailies_asset_get_state (asset) == DAILIES_ASSET_READY);
}

static gboolean
says_unplaced (GtkWidget  *widget,
               const char *name)
{
  DailiesProblem *problem;

  if (!DAILIES_IS_PROBLEM_ROW (widget) || !gtk_widget_get_mapped (widget))
    return FALSE;
  problem = dailies_problem_row_get_problem (DAILIES_PROBLEM_ROW (widget));
  return strstr (dailies_problem_get_message (problem), name) != NULL
         && dailies_problem_get_severity (problem) == DAILIES_PROBLEM_ERROR;
}

/* Nothing is sent, and nothing paid, where a file has no way to the service: that is an error before, not a failure after. */
static void
test_no_place (Fixture      *fixture,
               gconstpointer data)
{
  /* No longer fits into a request. */
  g_autofree char *path = make_huge_clip (fixture, 60000000);
  g_autofree char *most = g_format_size (45 * 1024 * 1024);
  g_autofree char *size = NULL;
  GtkWidget *row;
  const char *message;
  GStatBuf about;
  guint n = 0;

  g_assert_cmpint (g_stat (path, &about), ==, 0);
  size = g_format_size (about.st_size);
  g_signal_connect (fixture->composer, "generate", G_CALLBACK (count_cb), &n);
  dailies_composer_set_service_id (fixture->composer, "runcomfy");
  use_model (fixture, "runcomfy:kling/kling-video-o1/video-to-video/edit");
  dailies_request_set_prompt (fixture->request, "Rain");
  fill (fixture, "video_url", path);
  wait_until (dailies_request_is_sendable (fixture->request));
  /* At once, before the quiet moment after which the form looks by itself. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 0);
  wait_until (find (GTK_WIDGET (fixture->composer), says_unplaced, "huge.mp4") != NULL);
  row = see (fixture, says_unplaced, "huge.mp4");
  message = dailies_problem_get_message (dailies_problem_row_get_problem (DAILIES_PROBLEM_ROW (row)));
  g_assert_nonnull (strstr (message, size));
  g_assert_nonnull (strstr (message, most));
  g_assert_nonnull (strstr (message, "https address"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL);
  g_assert_cmpuint (n, ==, 0);

  /* The practice service takes files of its own: the same request goes there. */
  dailies_composer_set_service_id (fixture->composer, "practice");
  wait_until (find (GTK_WIDGET (fixture->composer), says_unplaced, "huge.mp4") == NULL);
  wait_until ((gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.generate", NULL), n > 0));
  dailies_composer_set_service_id (fixture->composer, "runcomfy");
  wait_until (find (GTK_WIDGET (fixture->composer), says_unplaced, "huge.mp4") != NULL);

  /* The remedy it names. */
  dailies_request_remove_asset (fixture->request, "video_url", 0);
  fill (fixture, "video_url", "https://example.org/huge.mp4");
  wait_until (find (GTK_WIDGET (fixture->composer), says_unplaced, "huge.mp4") == NULL);
}

/* --- real drags ---------------------------------------------------------------------------------- */

static char *
make_picture (Fixture    *fixture,
              const char *name,
              guint32     colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  char *path = g_build_filename (fixture->folder, name, NULL);

  gdk_pixbuf_fill (pixbuf, colour);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return path;
}

static void
spawned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
shell (const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gboolean done = FALSE;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sh", "-ec", script, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, spawned_cb, &done);
  wait_until (done);
}

/* Where it is once it stays there: a form that has just taken something in makes room for it. */
static graphene_rect_t
find_place (Fixture   *fixture,
            GtkWidget *target)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gint64          since = g_get_monotonic_time ();

  while (g_get_monotonic_time () - since < 300 * G_TIME_SPAN_MILLISECOND)
    {
      graphene_rect_t now;

      iterate ();
      g_assert_true (gtk_widget_compute_bounds (target, fixture->window, &now));
      if (graphene_rect_equal (&now, &place))
        continue;
      place = now;
      since = g_get_monotonic_time ();
    }

  return place;
}

/* Drags what the arguments say from the other program onto the middle of @target. */
static void
drag_onto (Fixture    *fixture,
           GtkWidget  *target,
           const char *arguments)
{
  g_autofree char *script = NULL;
  graphene_rect_t bounds;
  int x, y;

  wait_until (gtk_widget_get_mapped (target) && gtk_widget_get_height (target) > 20);
  bounds = find_place (fixture, target);
  x = bounds.origin.x + bounds.size.width / 2;
  y = bounds.origin.y + bounds.size.height / 2;
  script = g_strdup_printf (
      "\"$DAILIES_DRAG_SOURCE\" %s > '%s/drag.log' & source=$!\n"
      "trap 'kill $source || true' EXIT\n"
      "until grep -q READY '%s/drag.log'; do sleep 0.05; done\n"
      "until xdotool search --name '^composer-test$' windowmove 0 0; do sleep 0.05; done\n"
      "until xdotool search --name '^drag-source$' windowmove 900 0; do sleep 0.05; done\n"
      "sleep 0.2\n"
      "xdotool mousemove 980 60 sleep 0.2 mousedown 1 sleep 0.2\n"
      "for i in 1 2 3 4 5; do xdotool mousemove $((980 - i * 6)) $((60 + i * 3)) sleep 0.05; done\n"
      "for i in 1 2 3 4 5 6 7 8 9 10; do\n"
      "  xdotool mousemove $((950 + (%d - 950) * i / 10)) $((75 + (%d - 75) * i / 10)) sleep 0.05\n"
      "done\n"
      "xdotool mousemove %d %d sleep %s\n"
      "n=0; until grep DRAG- '%s/drag.log' | tail -1 | grep -q DRAG-WELCOME || test $n -gt 100; do n=$((n + 1)); sleep 0.05; done\n"
      "xdotool mouseup 1\n"
      "n=0; until grep -q DRAG-END '%s/drag.log' || test $n -gt 100; do n=$((n + 1)); sleep 0.05; done\n",
      /* A program that has too much to do to answer a drag gets no drop: so a hand waits longer where it is slow. */
      arguments, fixture->folder, fixture->folder, x, y, x + 2, y + 2,
      g_getenv ("DAILIES_TEST_DEADLINE") != NULL ? "1.5" : "0.3", fixture->folder, fixture->folder);
  shell (script);
}

static guint
n_assets (Fixture    *fixture,
          const char *field)
{
  return g_list_model_get_n_items (dailies_request_get_assets (fixture->request, field));
}

static void
test_drag_files (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *a = make_picture (fixture, "day light.png", 0xffcc00ff);
  g_autofree char *b = make_picture (fixture, "night.png", 0x000044ff);
  g_autofree char *two = g_strdup_printf ("'%s' '%s'", a, b);
  g_autofree char *one = g_strdup_printf ("'%s'", b);

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), two);
  wait_until (n_assets (fixture, "end_image_url") == 1);
  g_assert_cmpstr (dailies_asset_get_name (get_asset (fixture, "start_image_url")), ==,
                   "day light.png");
  g_assert_cmpstr (dailies_asset_get_name (get_asset (fixture, "end_image_url")), ==, "night.png");

  /* Dropped on a filled one: replaces it. */
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), one);
  wait_until (g_str_equal (dailies_asset_get_name (get_asset (fixture, "start_image_url")),
                           "night.png"));
}

/* Beside every field: to the best empty one; on "+" several are one element. */
static void
test_drag_elsewhere (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *a = make_picture (fixture, "front.png", 0xffcc00ff);
  g_autofree char *b = make_picture (fixture, "side.png", 0x000044ff);
  g_autofree char *two = g_strdup_printf ("'%s' '%s'", a, b);
  g_autofree char *one = g_strdup_printf ("'%s'", a);
  g_autoptr (DailiesElement) element = NULL;
  GListModel *elements;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video/reference");
  elements = dailies_request_get_elements (fixture->request, "elements");
  drag_onto (fixture, find (see (fixture, is_section, "elements"), is_type, "DailiesMediaWell"),
             two);
  wait_until (g_list_model_get_n_items (elements) == 1);
  element = g_list_model_get_item (elements, 0);
  g_assert_cmpstr (dailies_asset_get_name (dailies_element_get_frontal (element)), ==, "front.png");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dailies_element_get_angles (element))),
                    ==, 1);
  drag_onto (fixture, see (fixture, is_setting, "Variations"), one);
  wait_until (n_assets (fixture, "image_urls") == 1);
}

/* What browsers offer: bytes are taken rather than the address, and kept in the library. */
static void
test_drag_browser (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *a = make_picture (fixture, "bytes.png", 0xffcc00ff);
  g_autofree char *browser = g_strdup_printf ("--browser https://example.org/page '%s'", a);
  g_autofree char *texture = g_strdup_printf ("--texture '%s'", a);

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), browser);
  wait_until (n_assets (fixture, "start_image_url") == 1);
  g_assert_false (dailies_asset_is_remote (get_asset (fixture, "start_image_url")));
  wait_until (dailies_asset_get_state (get_asset (fixture, "start_image_url"))
              == DAILIES_ASSET_READY);
  g_assert_cmpint (dailies_asset_get_width (get_asset (fixture, "start_image_url")), ==, 640);

  drag_onto (fixture, see (fixture, is_section, "end_image_url"), texture);
  wait_until (n_assets (fixture, "end_image_url") == 1);
  drag_onto (fixture, see (fixture, is_section, "end_image_url"),
             "--moz-url https://example.org/end.png");
  wait_until (dailies_asset_is_remote (get_asset (fixture, "end_image_url")));
  drag_onto (fixture, see (fixture, is_section, "start_image_url"),
             "--uri-list https://example.org/start.png");
  wait_until (dailies_asset_is_remote (get_asset (fixture, "start_image_url")));
  g_assert_cmpstr (dailies_asset_get_uri (get_asset (fixture, "start_image_url")), ==,
                   "https://example.org/start.png");
}

/* What cannot be taken is said in a sentence and nothing is lost. */
static void
test_drag_refused (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *folder = g_strdup_printf ("'%s'", fixture->folder);
  g_autofree char *notes = g_build_filename (fixture->folder, "notes.png", NULL);
  g_autofree char *quoted = g_strdup_printf ("'%s'", notes);

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  fill (fixture, "start_image_url", "https://example.org/a.png");
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), folder);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "is a folder") != NULL);
  drag_onto (fixture, see (fixture, is_section, "start_image_url"),
             "--text 'http://example.org/a.png'");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "not encrypted") != NULL);
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), "--text 'only words'");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "neither a file") != NULL);
  g_assert_cmpuint (n_assets (fixture, "start_image_url"), ==, 1);

  /* What is taken well ends the talk of what was not, in a field and beside all of them. */
  drag_onto (fixture, see (fixture, is_section, "end_image_url"), "--uri-list https://example.org/b.png");
  wait_until (n_assets (fixture, "end_image_url") == 1);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "neither a file") == NULL);
  drag_onto (fixture, see (fixture, is_setting, "Variations"), "--uri-list ftp://example.org/a.png");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "neither a file") != NULL);
  dailies_request_remove_asset (fixture->request, "end_image_url", 0);
  drag_onto (fixture, see (fixture, is_setting, "Variations"), "--uri-list https://example.org/b.png");
  wait_until (n_assets (fixture, "end_image_url") == 1);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "neither a file") == NULL);

  /* What turns out to be no picture gives its place back. */
  g_assert_true (g_file_set_contents (notes, "only words", -1, NULL));
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), quoted);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "is not a picture") != NULL);
  wait_until (dailies_asset_is_remote (get_asset (fixture, "start_image_url")));
  g_assert_cmpuint (n_assets (fixture, "start_image_url"), ==, 1);
}

/* A clip has no place among pictures: it is said, also over a filled one, and a model that has a place for it gets it. */
static void
test_drag_homeless (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *clip = media_make_clip (fixture->folder, "plate.mp4", "mp4mux", 1280, 720, 24, 96, FALSE);
  g_autofree char *quoted = g_strdup_printf ("'%s'", clip);
  DailiesCatalogue *catalogue = dailies_studio_get_catalogue (fixture->studio);
  GtkWidget *picker = find (GTK_WIDGET (fixture->composer), is_type, "DailiesModelPicker");
  const char *sentence = "has no field for “plate.mp4”";

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  fill (fixture, "start_image_url", "https://example.org/a.png");
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), quoted);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, sentence) != NULL);
  g_assert_cmpuint (n_assets (fixture, "start_image_url"), ==, 1);
  g_assert_true (dailies_asset_is_remote (get_asset (fixture, "start_image_url")));

  g_signal_emit_by_name (picker, "picked", dailies_catalogue_lookup (catalogue, "reference", NULL));
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, "“Reference” has no field") != NULL);
  g_signal_emit_by_name (picker, "picked", dailies_catalogue_lookup (catalogue, "video-to-video/edit", NULL));
  wait_until (n_assets (fixture, "video_url") == 1);
  g_assert_cmpstr (dailies_asset_get_name (get_asset (fixture, "video_url")), ==, "plate.mp4");
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, sentence) == NULL);

  /* What was put away by hand is not brought up again. */
  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  drag_onto (fixture, see (fixture, is_section, "start_image_url"), quoted);
  wait_until (find (GTK_WIDGET (fixture->composer), shows_text, sentence) != NULL);
  dailies_generate_bar_forgive (DAILIES_GENERATE_BAR (find (GTK_WIDGET (fixture->composer), is_type,
                                                            "DailiesGenerateBar")));
  g_signal_emit_by_name (picker, "picked", dailies_catalogue_lookup (catalogue, "video-to-video/edit", NULL));
  g_assert_cmpuint (n_assets (fixture, "video_url"), ==, 0);
}

/* As long as the longest in German. */
static const char *const long_problems[] = {
  "„nachtaufnahme-vom-hafen-mit-kran.webm“ dauert 14,2 s, das Modell nimmt höchstens 10 s. Kürzen Sie den Clip auf den Teil, "
  "der gebraucht wird.",
  "„nachtaufnahme-vom-hafen-mit-kran.webm“ ist 3840 × 2160 Pixel groß, die kürzere Seite darf höchstens 2160 Pixel haben; "
  "das Modell rechnet ohnehin kleiner.",
  "Der Text erwähnt @Image7, aber es gibt nur zwei Bilder. Nehmen Sie die Erwähnung heraus oder legen Sie ein weiteres Bild "
  "auf das Formular.",
};

static int
measure_list (GtkWidget *place)
{
  GtkWidget *list = see_below (place, is_type, "GtkListBox");
  int height;

  gtk_widget_measure (list, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (list), NULL, &height, NULL, NULL);
  return height;
}

/* All of a few long problems is read without scrolling; of many, as much as leaves room for the form. */
static void
test_long_problems (Fixture      *fixture,
                    gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = dailies_generate_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *form = gtk_scrolled_window_new ();
  GtkWidget *place;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  gtk_widget_set_vexpand (form, TRUE);
  gtk_box_append (GTK_BOX (box), form);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_window_set_default_size (GTK_WINDOW (window), 350, 800);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  dailies_generate_bar_set_request (DAILIES_GENERATE_BAR (bar), fixture->request);
  place = gtk_widget_get_parent (see_below (bar, is_type, "GtkScrolledWindow"));
  for (guint i = 0; i < G_N_ELEMENTS (long_problems); i++)
    g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_ERROR, "prompt", long_problems[i]));
  dailies_generate_bar_set_placement (DAILIES_GENERATE_BAR (bar), NULL, problems);
  /* At least three lines each. */
  wait_until (gtk_widget_get_height (place) > 3 * 3 * 12);
  g_assert_cmpint (gtk_widget_get_height (place), ==, measure_list (place));

  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_ERROR, "prompt", long_problems[i % 3]));
  dailies_generate_bar_set_placement (DAILIES_GENERATE_BAR (bar), NULL, problems);
  wait_until (gtk_widget_get_height (place) == 260);
  g_assert_cmpint (measure_list (place), >, 500);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The foot follows a moment later, all at once, and what was there before stays the row it is. */
static void
test_behind (Fixture      *fixture,
             gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = dailies_generate_bar_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *first, *last;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_window_present (GTK_WINDOW (window));
  dailies_generate_bar_set_request (DAILIES_GENERATE_BAR (bar), fixture->request);
  wait_until (gtk_widget_get_mapped (bar));
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_ERROR, "prompt", long_problems[i]));
  dailies_generate_bar_set_placement (DAILIES_GENERATE_BAR (bar), NULL, problems);
  g_assert_cmpuint (count (bar, DAILIES_TYPE_PROBLEM_ROW), ==, 0);
  wait_until (count (bar, DAILIES_TYPE_PROBLEM_ROW) == 2);
  first = find (bar, is_type, "DailiesProblemRow");
  last = find (gtk_widget_get_next_sibling (gtk_widget_get_ancestor (first, GTK_TYPE_LIST_BOX_ROW)), is_type,
               "DailiesProblemRow");
  g_assert_nonnull (last);

  /* Of the request: it comes after those. */
  dailies_request_set_prompt (fixture->request, "From @Image1 to @Image7");
  g_assert_cmpuint (count (bar, DAILIES_TYPE_PROBLEM_ROW), ==, 2);
  wait_until (count (bar, DAILIES_TYPE_PROBLEM_ROW) > 2);
  g_assert_true (find (bar, is_type, "DailiesProblemRow") == first);
  g_assert_true (find (gtk_widget_get_next_sibling (gtk_widget_get_ancestor (first, GTK_TYPE_LIST_BOX_ROW)), is_type,
                       "DailiesProblemRow") == last);
  dailies_request_set_prompt (fixture->request, "");
  wait_until (count (bar, DAILIES_TYPE_PROBLEM_ROW) == 2);
  g_assert_true (find (bar, is_type, "DailiesProblemRow") == first);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where the form ends and its foot begins. */
static double
composer_foot (Fixture *fixture)
{
  GtkWidget *bar = find (GTK_WIDGET (fixture->composer), is_type, "DailiesGenerateBar");
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (bar, GTK_WIDGET (fixture->composer), &bounds));
  return bounds.origin.y;
}

/* In a low window the problems scroll, and the prompt that is being written stays in sight, with its caret. */
static void
test_low_window (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *composer = GTK_WIDGET (fixture->composer);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *bar = find (composer, is_type, "DailiesGenerateBar");
  DailiesPromptView *prompt = DAILIES_PROMPT_VIEW (find (composer, is_type, "DailiesPromptView"));
  GtkWidget *text = GTK_WIDGET (dailies_prompt_view_get_text_view (prompt));
  graphene_rect_t bounds;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 380, 580);
  use_model (fixture, "unifically:kuaishou/kling-o1-video");
  wait_until (gtk_widget_get_height (composer) == 580);
  dailies_composer_focus_prompt (fixture->composer);
  wait_until (gtk_widget_has_focus (text));
#define IN_SIGHT()                                                                                 \
  (gtk_widget_compute_bounds (GTK_WIDGET (prompt), composer, &bounds) && bounds.origin.y >= 0      \
   && bounds.size.height > 0                                                                       \
   && bounds.origin.y + bounds.size.height <= composer_foot (fixture))
  wait_until (IN_SIGHT ());
  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_ERROR, "prompt", long_problems[i % 3]));
  /* The composer may just be finding out where the files will go, and say so itself once more. */
  wait_until ((dailies_generate_bar_set_placement (DAILIES_GENERATE_BAR (bar), NULL, problems),
               gtk_widget_get_height (bar) > 200));
  g_assert_cmpint (gtk_widget_get_height (bar), <=, 580 * 0.45);
  wait_until (IN_SIGHT ());
#undef IN_SIGHT
}

static gboolean
has_focus_within (GtkWidget *popover)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (popover));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, popover);
}

static void
press (const char *keys)
{
  g_autofree char *command = g_strdup_printf ("xdotool key --delay 30 %s", keys);

  shell (command);
}

/* In place of what is in the number of the setting named @title, and on to the next. Returns: what it says then */
static const char *
type_number (Fixture    *fixture,
             const char *title,
             const char *keys)
{
  GtkWidget *number = find (see (fixture, is_setting, title), is_type, "GtkSpinButton");
  g_autofree char *all = g_strconcat ("ctrl+a BackSpace ", keys, " Tab", NULL);

  wait_until (gtk_widget_get_mapped (number) && gtk_window_is_active (GTK_WINDOW (fixture->window)));
  g_assert_true (gtk_widget_grab_focus (number));
  press (all);
  wait_until (!gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), number));
  return gtk_editable_get_text (GTK_EDITABLE (number));
}

/* What is typed and is no number changes none: 5 seconds more may have to be paid. */
static void
test_slips (Fixture      *fixture,
            gconstpointer data)
{
  static const char *slips[] = { "a b c", "1 o", "1 e 3", "minus", "9 9 9 9 9 9 9 9 9 9 9", "" };
  g_autoptr (DailiesDefinition) raw = import_raw (fixture);
  const char *seed = dailies_field_get_title (dailies_definition_get_field (raw, "seed"));
  const char *strength = dailies_field_get_title (dailies_definition_get_field (raw, "strength"));

  use_model (fixture, dailies_definition_get_id (raw));
  g_assert_cmpstr (type_number (fixture, strength, "a"), ==, "0.50");
  g_assert_null (dailies_request_get_text (fixture->request, "strength"));
  g_assert_cmpstr (type_number (fixture, seed, "a"), ==, "");
  g_assert_null (dailies_request_get_text (fixture->request, "seed"));

  g_assert_cmpstr (type_number (fixture, seed, "4 2"), ==, "42");
  g_assert_cmpstr (type_number (fixture, strength, "1 0"), ==, "10.00");
  g_assert_cmpstr (type_number (fixture, "Variations", "3"), ==, "3");
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_test_message ("%s", slips[i]);
      if (*slips[i] != '\0')
        g_assert_cmpstr (type_number (fixture, seed, slips[i]), ==, "42");
      if (!g_str_equal (slips[i], "1 e 3"))
        g_assert_cmpstr (type_number (fixture, strength, slips[i]), ==, "10.00");
      g_assert_cmpstr (type_number (fixture, "Variations", slips[i]), ==, "3");
    }
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "seed"), ==, "42");
  g_assert_cmpstr (dailies_request_get_text (fixture->request, "strength"), ==, "10");
  g_assert_cmpuint (dailies_composer_get_variations (fixture->composer), ==, 3);

  /* To leave it empty is how one says that it is not set. */
  g_assert_cmpstr (type_number (fixture, seed, ""), ==, "");
  g_assert_null (dailies_request_get_text (fixture->request, "seed"));
}

static double
scrolled_by (Fixture *fixture)
{
  GtkWidget *scrolled = see (fixture, is_type, "GtkScrolledWindow");

  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)));
}

static void
come_to_rest (void)
{
  for (guint i = 0; i < 200; i++)
    iterate ();
}

/* Turned by one notch over @widget; @button: 4 up, 5 down */
static void
wheel (GtkWidget *widget,
       int        button)
{
  g_autofree char *command = NULL;
  double x, y;

  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (gtk_widget_get_root (widget)),
                                                   gtk_widget_get_width (widget) / 2.0,
                                                   gtk_widget_get_height (widget) / 2.0, &x, &y));
  command = g_strdup_printf (
      "xdotool search --sync --name '^composer-test$' mousemove --window %%1 %d %d click %d", (int) x, (int) y, button);
  shell (command);
}

/* Whoever turns the wheel wants the form to move, and changes no number on the way, unless by one that has the keys. */
static void
test_wheel (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (DailiesDefinition) raw = import_raw (fixture);
  GtkWidget *number;
  double before;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 400);
  use_model (fixture, dailies_definition_get_id (raw));
  number = find (see (fixture, is_setting, "Variations"), is_type, "GtkSpinButton");
  wait_until (gtk_widget_get_mapped (number) && gtk_window_is_active (GTK_WINDOW (fixture->window)));
  g_assert_true (gtk_widget_grab_focus (number));
  press ("ctrl+a 3 shift+Tab");
  wait_until (dailies_composer_get_variations (fixture->composer) == 3 && scrolled_by (fixture) > 0);
  come_to_rest ();
  before = scrolled_by (fixture);
  wheel (number, 4);
  wait_until (scrolled_by (fixture) < before);
  g_assert_cmpuint (dailies_composer_get_variations (fixture->composer), ==, 3);

  g_assert_true (gtk_widget_grab_focus (number));
  come_to_rest ();
  before = scrolled_by (fixture);
  wheel (number, 4);
  wait_until (dailies_composer_get_variations (fixture->composer) == 4);
  g_assert_cmpfloat (scrolled_by (fixture), >=, before);
}

/* The keyboard stays in the popover of an element until Escape, also when the last of its angles is deleted. */
static void
test_element_focus (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *a = make_picture (fixture, "front.png", 0xffcc00ff);
  g_autofree char *b = make_picture (fixture, "side.png", 0x000044ff);
  g_autoptr (DailiesElement) element = dailies_element_new ();
  g_autoptr (DailiesAsset) front = dailies_asset_new_for_value (a, NULL);
  g_autoptr (DailiesAsset) side = dailies_asset_new_for_value (b, NULL);
  GtkWidget *card, *popover, *angles, *well;

  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video/reference");
  dailies_element_set_frontal (element, front);
  g_list_store_append (dailies_element_get_angles (element), side);
  dailies_request_add_element (fixture->request, "elements", element, G_MAXUINT);
  card = see (fixture, is_type, "DailiesElementCard");
  wait_until (gtk_widget_get_mapped (card) && gtk_window_is_active (GTK_WINDOW (fixture->window)));
  popover = find (card, is_type, "GtkPopover");
  dailies_element_card_open (DAILIES_ELEMENT_CARD (card));
  wait_until (gtk_widget_get_mapped (popover) && has_focus_within (popover));
  for (guint i = 0; i < 7; i++)
    {
      press (i < 5 ? "Tab" : "shift+Tab");
      for (guint k = 0; k < 40; k++)
        iterate ();
      g_assert_true (has_focus_within (popover));
    }

  angles = find (popover, is_type, "DailiesMediaRow");
  well = find (angles, is_type, "DailiesMediaWell");
  g_assert_true (gtk_widget_grab_focus (well));
  press ("Delete");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (dailies_element_get_angles (element))) == 0);
  wait_until (has_focus_within (popover));
  press ("Escape");
  wait_until (!gtk_widget_get_mapped (popover));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), card));
}

static gboolean
is_start_well (GtkWidget  *widget,
               const char *title)
{
  g_autofree char *label = NULL;

  if (!DAILIES_IS_MEDIA_WELL (widget))
    return FALSE;
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  return label != NULL && strstr (label, title) != NULL;
}

/* A picture that cannot be read says so once, also to who hears it. */
static void
test_broken_picture (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "broken.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);
  g_autofree char *label = NULL;
  const char *message;
  GtkWidget *well;

  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  use_model (fixture, "runcomfy:kling/kling-video-o1/image-to-video");
  dailies_request_add_asset (fixture->request, "start_image_url", asset, G_MAXUINT);
  wait_until (dailies_asset_get_state (asset) == DAILIES_ASSET_FAILED);
  message = dailies_asset_get_error (asset)->message;
  wait_until (find (GTK_WIDGET (fixture->composer), is_start_well, message) != NULL);
  /* The problem of the request comes a moment later. */
  wait_until (count (GTK_WIDGET (fixture->composer), DAILIES_TYPE_PROBLEM_ROW) > 0);
  well = see (fixture, is_start_well, "broken.png");
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (well), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  g_test_message ("%s", label);
  g_assert_nonnull (strstr (label, message));
  g_assert_null (strstr (strstr (label, message) + 1, message));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  adw_init ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/composer/models", test_models);
  ADD ("/composer/settings", test_settings);
  ADD ("/composer/raw-settings", test_raw_settings);
  ADD ("/composer/slips", test_slips);
  ADD ("/composer/wheel", test_wheel);
  ADD ("/composer/unset-settings", test_unset_settings);
  ADD ("/composer/switch-name", test_switch_name);
  ADD ("/composer/problems", test_problems);
  ADD ("/composer/long-problems", test_long_problems);
  ADD ("/composer/behind", test_behind);
  ADD ("/composer/low-window", test_low_window);
  ADD ("/composer/element-focus", test_element_focus);
  ADD ("/composer/broken-picture", test_broken_picture);
  ADD ("/composer/generate", test_generate);
  ADD ("/composer/reading", test_reading);
  ADD ("/composer/reading/tile", test_reading_tile);
  ADD ("/composer/no-place", test_no_place);
  ADD ("/composer/drag/files", test_drag_files);
  ADD ("/composer/drag/elsewhere", test_drag_elsewhere);
  ADD ("/composer/drag/browser", test_drag_browser);
  ADD ("/composer/drag/refused", test_drag_refused);
  ADD ("/composer/drag/homeless", test_drag_homeless);
  return g_test_run ();
}
