/* test-shots-pane.c: the list of shots, found, chosen, renamed and deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-shot-row.h"
#include "dailies-shots-pane.h"
#include "fixture-window.h"

static DailiesShotsPane *
show_pane (Fixture *fixture)
{
  DailiesShotsPane *pane = DAILIES_SHOTS_PANE (dailies_shots_pane_new ());

  dailies_shots_pane_set_library (pane, fixture->library);
  fixture_show (fixture, GTK_WIDGET (pane), 240, 600);
  return pane;
}

static void
search (DailiesShotsPane *pane,
        const char       *text)
{
  GtkWidget *entry = fixture_find (GTK_WIDGET (pane), GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (DailiesShot) roof = fixture_add_shot (fixture, "Rooftop Chase", NULL);
  g_autoptr (DailiesShot) walk G_GNUC_UNUSED = fixture_add_shot (fixture, "Garden Walk", "{\"version\":1,\"model\":\"x\",\"values\":{},\"prompt\":[\"Slow PAN over \",\"Straße\"]}");
  DailiesShotsPane *pane = show_pane (fixture);
  GListModel *items = dailies_shots_pane_get_items (pane);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  search (pane, "roofTOP");
  fixture_wait (g_list_model_get_n_items (items) == 1);
  g_assert_true (g_list_model_get_item (items, 0) == roof);
  g_object_unref (roof);
  search (pane, "strasse");
  fixture_wait (g_list_model_get_n_items (items) == 1 && fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL, "Garden Walk"));
  /* Words in any order, from the title and from the prompt; all of them. */
  search (pane, "  over  garden ");
  fixture_wait (g_list_model_get_n_items (items) == 1 && fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL, "Garden Walk"));
  search (pane, "chase roof");
  fixture_wait (g_list_model_get_n_items (items) == 1 && fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL, "Rooftop Chase"));
  search (pane, "chase garden");
  fixture_wait (g_list_model_get_n_items (items) == 0);
  search (pane, "  ");
  fixture_wait (g_list_model_get_n_items (items) == 2);
  search (pane, "nobody wrote this");
  fixture_wait (g_list_model_get_n_items (items) == 0);
  g_assert_nonnull (fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL,
                                  "No shot has “nobody wrote this” in its title, prompt or notes."));
  search (pane, "");
  fixture_wait (g_list_model_get_n_items (items) == 2);
}

/* The chosen shot is chosen again as soon as it is back, and the list knows its row by then. */
static void
test_search_in_vain (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "Harbour at night", NULL);
  DailiesShotsPane *pane = show_pane (fixture);
  GListModel *items = dailies_shots_pane_get_items (pane);

  dailies_shots_pane_set_shot (pane, shot);
  fixture_wait (fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL, "Harbour at night") != NULL);
  search (pane, "nobody wrote this");
  fixture_wait (g_list_model_get_n_items (items) == 0);
  search (pane, "");
  fixture_wait (fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL, "Harbour at night") != NULL);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (items), 0));
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

/* The item around the row of @shot: what the arrow keys go to, and what is read out. */
static gboolean
is_item_of (GtkWidget   *widget,
            DailiesShot *shot)
{
  GtkWidget *row = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  return DAILIES_IS_SHOT_ROW (row) && dailies_shot_row_get_shot (DAILIES_SHOT_ROW (row)) == shot;
}

/* Escape leaves the search, Return opens what it found first; both lead into the list. */
static void
test_search_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (DailiesShot) roof = fixture_add_shot (fixture, "Rooftop Chase", NULL);
  g_autoptr (DailiesShot) walk = fixture_add_shot (fixture, "Garden Walk", NULL);
  DailiesShotsPane *pane = show_pane (fixture);
  GListModel *items = dailies_shots_pane_get_items (pane);
  GtkWidget *entry = fixture_find (GTK_WIDGET (pane), GTK_TYPE_SEARCH_ENTRY, NULL);

  dailies_shots_pane_set_shot (pane, walk);
  dailies_shots_pane_focus_search (pane);
  search (pane, "nobody wrote this");
  fixture_wait (g_list_model_get_n_items (items) == 0);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (dailies_shots_pane_get_shot (pane) == walk);
  g_signal_emit_by_name (entry, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  fixture_wait (is_item_of (get_focus (fixture), walk));

  /* Also before the list has followed what was typed. */
  dailies_shots_pane_focus_search (pane);
  search (pane, "roof");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (dailies_shots_pane_get_shot (pane) == roof);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 1);
  fixture_wait (is_item_of (get_focus (fixture), roof));

  dailies_shots_pane_clear_search (pane);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
}

static void
test_item_name (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "Harbour", NULL);
  DailiesShotsPane *pane = show_pane (fixture);
  GtkWidget *row;

  fixture_wait ((row = fixture_find (GTK_WIDGET (pane), DAILIES_TYPE_SHOT_ROW, NULL)) != NULL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Harbour. No cuts yet");
  dailies_shot_set_n_running (shot, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Harbour. 1 running");
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_choose (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (DailiesShot) first = fixture_add_shot (fixture, "First", NULL);
  g_autoptr (DailiesShot) second = fixture_add_shot (fixture, "Second", NULL);
  DailiesShotsPane *pane = show_pane (fixture);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (dailies_shots_pane_get_items (pane));
  guint count = 0;

  g_assert_null (dailies_shots_pane_get_shot (pane));
  g_signal_connect_swapped (pane, "notify::shot", G_CALLBACK (count_cb), &count);
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_true (dailies_shots_pane_get_shot (pane) == first);
  dailies_shots_pane_set_shot (pane, second);
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
  dailies_shots_pane_set_shot (pane, second);
  g_assert_cmpuint (count, ==, 2);

  /* A search that hides the shot does not leave it. */
  search (pane, "first");
  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 1);
  g_assert_true (dailies_shots_pane_get_shot (pane) == second);
  search (pane, "");
  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 2);
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
}

static void
deleted_cb (DailiesShotsPane *pane,
            DailiesShot      *shot,
            DailiesShot     **deleted)
{
  g_set_object (deleted, shot);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "Gone", NULL);
  g_autoptr (DailiesShot) deleted = NULL;
  DailiesShotsPane *pane = show_pane (fixture);
  GListModel *items = dailies_shots_pane_get_items (pane);

  g_signal_connect (pane, "deleted", G_CALLBACK (deleted_cb), &deleted);
  gtk_widget_activate_action (GTK_WIDGET (pane), "shots.delete", "x", dailies_shot_get_id (shot));
  g_assert_true (deleted == shot);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  dailies_shots_pane_restore (pane, shot);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 1);
}

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "Old name", NULL);
  DailiesShotsPane *pane = show_pane (fixture);
  GtkWidget *row, *entry;

  fixture_wait ((row = fixture_find (GTK_WIDGET (pane), DAILIES_TYPE_SHOT_ROW, NULL)) != NULL);
  g_assert_nonnull (fixture_find (row, GTK_TYPE_LABEL, "No cuts yet"));
  fixture_add_cuts (fixture, shot);
  dailies_library_refresh (fixture->library);
  fixture_wait (fixture_find (row, GTK_TYPE_LABEL, "2 cuts") != NULL);
  dailies_shot_set_n_running (shot, 1);
  g_assert_nonnull (fixture_find (row, GTK_TYPE_LABEL, "2 cuts · 1 running"));

  gtk_widget_activate_action (GTK_WIDGET (pane), "shots.rename", "x", dailies_shot_get_id (shot));
  fixture_wait ((entry = fixture_find (row, GTK_TYPE_ENTRY, NULL)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (dailies_shot_get_title (shot), ==, "Old name");
  gtk_editable_set_text (GTK_EDITABLE (entry), " New name ");
  g_signal_emit_by_name (entry, "activate");
  fixture_wait (g_strcmp0 (dailies_shot_get_title (shot), "New name") == 0);
  fixture_wait (fixture_find (row, GTK_TYPE_LABEL, "New name") != NULL);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/shots-pane/search-in-vain", Fixture, NULL, fixture_set_up, test_search_in_vain, fixture_tear_down);
  g_test_add ("/shots-pane/search", Fixture, NULL, fixture_set_up, test_search, fixture_tear_down);
  g_test_add ("/shots-pane/search-keys", Fixture, NULL, fixture_set_up, test_search_keys, fixture_tear_down);
  g_test_add ("/shots-pane/item-name", Fixture, NULL, fixture_set_up, test_item_name, fixture_tear_down);
  g_test_add ("/shots-pane/choose", Fixture, NULL, fixture_set_up, test_choose, fixture_tear_down);
  g_test_add ("/shots-pane/delete", Fixture, NULL, fixture_set_up, test_delete, fixture_tear_down);
  g_test_add ("/shots-pane/row", Fixture, NULL, fixture_set_up, test_row, fixture_tear_down);
  return g_test_run ();
}
