/* test-model-picker.c: which models are offered, and which one is picked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-model-picker.h"

#include <adwaita.h>
#include <string.h>

#include "dailies-definition.h"

typedef struct
{
  GListStore         *catalogue;
  GtkWidget          *window;
  DailiesModelPicker *picker;
  DailiesDefinition  *picked;
} Fixture;

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
    {                                                                                              \
      gint64 end_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                                 \
      while (!(condition) && g_get_monotonic_time () < end_)                                       \
        if (!g_main_context_iteration (NULL, FALSE))                                               \
          g_usleep (500);                                                                          \
      g_assert_true (condition);                                                                   \
    }                                                                                              \
  G_STMT_END

static void
add_model (Fixture    *fixture,
           const char *service,
           const char *endpoint,
           const char *title,
           const char *family)
{
  g_autofree char *text = g_strdup_printf (
    "{ \"id\": \"%s:%s\", \"service\": \"%s\", \"endpoint\": \"%s\", \"title\": \"%s\"%s%s%s,"
    "  \"input\": { \"type\": \"object\", \"properties\": { \"prompt\": { \"type\": \"string\" } } } }",
    service, endpoint, service, endpoint, title, family != NULL ? ", \"family\": \"" : "",
    family != NULL ? family : "", family != NULL ? "\"" : "");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, &error);

  g_assert_no_error (error);
  g_list_store_append (fixture->catalogue, definition);
}

static void
picked_cb (DailiesModelPicker *picker,
           DailiesDefinition  *definition,
           Fixture            *fixture)
{
  g_set_object (&fixture->picked, definition);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->catalogue = g_list_store_new (DAILIES_TYPE_DEFINITION);
  add_model (fixture, "runcomfy", "kling/kling-video-o1/edit", "Edit Video", "Kling O1");
  add_model (fixture, "runcomfy", "kling/kling-video-o1/start-end", "Start and End", "Kling O1");
  add_model (fixture, "unifically", "kling-o1/edit", "Edit Video", "Kling O1");
  add_model (fixture, "runcomfy", "raw", "Raw", NULL);
  fixture->picker = DAILIES_MODEL_PICKER (dailies_model_picker_new ());
  dailies_model_picker_set_catalogue (fixture->picker, G_LIST_MODEL (fixture->catalogue));
  g_signal_connect (fixture->picker, "picked", G_CALLBACK (picked_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->picker));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->picker)));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  DailiesModelPicker *picker = g_object_ref (fixture->picker);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_until (G_OBJECT (picker)->ref_count == 1);
  g_assert_finalize_object (picker);
  g_clear_object (&fixture->picked);
  g_assert_finalize_object (fixture->catalogue);
}

static GtkWidget *
find (GtkWidget *from,
      GType      type)
{
  GtkWidget *child;

  if (g_type_is_a (G_OBJECT_TYPE (from), type))
    return from;
  for (child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkListBox *
open_list (Fixture *fixture)
{
  GtkWidget *popover = find (GTK_WIDGET (fixture->picker), GTK_TYPE_POPOVER);

  g_signal_emit_by_name (find (GTK_WIDGET (fixture->picker), GTK_TYPE_BUTTON), "clicked");
  wait_until (gtk_widget_get_mapped (popover));
  return GTK_LIST_BOX (find (popover, GTK_TYPE_LIST_BOX));
}

static void
close_list (Fixture *fixture)
{
  GtkWidget *popover = find (GTK_WIDGET (fixture->picker), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  wait_until (!gtk_widget_get_visible (popover));
}

static guint
count_rows (GtkListBox *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, n) != NULL)
    n++;
  return n;
}

/* Practice speaks for every service; a real one offers only what it has. */
static void
test_offered (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *service;
    guint       n;
  } cases[] = {
    { "practice", 4 }, { "runcomfy", 3 }, { "unifically", 1 }, { "elsewhere", 0 }, { "practice", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      dailies_model_picker_set_service_id (fixture->picker, cases[i].service);
      g_assert_cmpuint (count_rows (open_list (fixture)), ==, cases[i].n);
      close_list (fixture);
    }
}

/* It shows all of its rows each time that it opens. */
static void
test_opens_whole (Fixture      *fixture,
                  gconstpointer data)
{
  for (int i = 0; i < 4; i++)
    {
      GtkListBox *list = open_list (fixture);
      GtkWidget  *view = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW);

      wait_until (gtk_widget_get_height (GTK_WIDGET (list)) > 100);
      g_assert_cmpint (gtk_widget_get_height (view), >=, gtk_widget_get_height (GTK_WIDGET (list)));
      close_list (fixture);
    }
}

static void
test_pick (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (DailiesDefinition) first = g_list_model_get_item (G_LIST_MODEL (fixture->catalogue), 0);
  g_autoptr (DailiesDefinition) second = g_list_model_get_item (G_LIST_MODEL (fixture->catalogue), 1);
  GtkListBox *list;

  dailies_model_picker_set_current (fixture->picker, first);
  list = open_list (fixture);
  /* The tick stands at the current one and at no other. */
  g_assert_nonnull (find (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)), GTK_TYPE_IMAGE));
  g_assert_null (find (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 1)), GTK_TYPE_IMAGE));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  g_assert_true (fixture->picked == second);
  wait_until (!gtk_widget_get_visible (find (GTK_WIDGET (fixture->picker), GTK_TYPE_POPOVER)));

  dailies_model_picker_set_current (fixture->picker, second);
  list = open_list (fixture);
  g_assert_null (find (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)), GTK_TYPE_IMAGE));
  g_assert_nonnull (find (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 1)), GTK_TYPE_IMAGE));
  /* Also a second time the arrow keys go on from there. */
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (list))) ==
                 GTK_WIDGET (gtk_list_box_get_row_at_index (list, 1)));
  close_list (fixture);
}

static void
test_search (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *typed;
    guint       n;
  } cases[] = {
    { "start", 1 }, { "EDIT", 2 }, { "raw", 1 }, { "null", 0 }, { "zebra", 0 }, { "", 4 },
  };
  GtkListBox *list = open_list (fixture);
  GtkWidget *search = find (GTK_WIDGET (fixture->picker), GTK_TYPE_SEARCH_ENTRY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (search), cases[i].typed);
      wait_until (count_rows (list) == cases[i].n);
    }
  close_list (fixture);
}

static void
test_subtitle (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const wanted[] = {
    "Kling O1 · edit", "Kling O1 · start-end", "Kling O1 · edit", "raw",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (DailiesDefinition) definition = NULL;
      g_autofree char *subtitle = NULL;

      definition = g_list_model_get_item (G_LIST_MODEL (fixture->catalogue), i);
      subtitle = dailies_model_picker_dup_subtitle (definition);
      g_assert_cmpstr (subtitle, ==, wanted[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/model-picker/offered", test_offered);
  ADD ("/model-picker/opens-whole", test_opens_whole);
  ADD ("/model-picker/pick", test_pick);
  ADD ("/model-picker/search", test_search);
  ADD ("/model-picker/subtitle", test_subtitle);
  return g_test_run ();
}
