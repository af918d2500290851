/* test-notes-popover.c: notes written with real keys, and nothing typed lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "../fixture-library.h"
#include "dailies-notes-popover.h"
#include "dailies-sql.h"
#include "dailies-tip.h"

#define MS G_GINT64_CONSTANT (1000000)

typedef struct
{
  char                *path;
  DailiesStore        *store;
  DailiesLibrary      *library;
  DailiesNotes        *notes;
  DailiesNotes        *other;
  GtkWidget           *window;
  GtkMenuButton       *button;
  DailiesNotesPopover *popover;
  guint                n_failed;
  DailiesNote         *jumped;
} Fixture;

static gpointer
add_cuts (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO shot (id, created, updated) VALUES (1, 1, 1);"
                    "INSERT INTO job (id, shot, service, protocol, model, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', '{}', 'done', 1, 2);"
                    "INSERT INTO cut (id, shot, job, output, number, path, created)"
                    "  VALUES (7, 1, 'job', 0, 1, 'a.mp4', 11), (8, 1, 'job', 1, 2, 'b.mp4', 12);",
                    error);
  return NULL;
}

static void
load (DailiesNotes *notes)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_notes_load_async (notes, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_notes_load_finish (notes, result, NULL));
}

static void
failed_cb (Fixture *fixture)
{
  fixture->n_failed++;
}

static void
jump_cb (Fixture     *fixture,
         DailiesNote *note)
{
  fixture->jumped = note;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->path = fixture_make_folder ();
  fixture->store = fixture_open_store (fixture->path, NULL);
  fixture_run (fixture->store, add_cuts, NULL, NULL);
  fixture->library = dailies_library_new (fixture->store);
  fixture->notes = dailies_notes_new (fixture->library, 7);
  fixture->other = dailies_notes_new (fixture->library, 8);
  load (fixture->notes);
  load (fixture->other);

  fixture->popover = DAILIES_NOTES_POPOVER (dailies_notes_popover_new ());
  g_signal_connect_swapped (fixture->popover, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect_swapped (fixture->popover, "jump", G_CALLBACK (jump_cb), fixture);
  fixture->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_popover (fixture->button, GTK_WIDGET (fixture->popover));
  gtk_widget_set_valign (GTK_WIDGET (fixture->button), GTK_ALIGN_START);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->button));
  gtk_window_present (GTK_WINDOW (fixture->window));
  dailies_notes_popover_set_notes (fixture->popover, fixture->notes, 24);
  dailies_notes_popover_set_place (fixture->popover, 500 * MS, 500 * MS);
  fixture_wait (gtk_window_is_active (GTK_WINDOW (fixture->window)));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_popover_popdown (GTK_POPOVER (fixture->popover));
  fixture_wait (!gtk_widget_get_visible (GTK_WIDGET (fixture->popover)));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  load (fixture->notes);
  load (fixture->other);
  fixture_load (fixture->library);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->notes);
  g_assert_finalize_object (fixture->other);
  g_assert_finalize_object (fixture->library);
  fixture_close_store (fixture->store);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

static void
hand (const char *verb,
      const char *what)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "xdotool", verb, "--delay", "5", what, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *tooltip)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (tooltip == NULL || g_strcmp0 (dailies_tip_get (widget), tooltip) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (GTK_WIDGET (fixture->popover), GTK_TYPE_TEXT_VIEW, NULL)));
}

/* Beside other cuts it says which one the note goes to. */
static void
test_cut (Fixture      *fixture,
          gconstpointer data)
{
  GtkLabel *heading = GTK_LABEL (find (GTK_WIDGET (fixture->popover), GTK_TYPE_LABEL, NULL));

  g_assert_cmpstr (gtk_label_get_text (heading), ==, "Note at 00:00:12");
  dailies_notes_popover_set_cut (fixture->popover, "Cut 2");
  g_assert_cmpstr (gtk_label_get_text (heading), ==, "Note at 00:00:12 on Cut 2");
  dailies_notes_popover_set_place (fixture->popover, 500 * MS, 1500 * MS);
  g_assert_cmpstr (gtk_label_get_text (heading), ==, "Note from 00:00:12 to 00:01:11 on Cut 2");
  dailies_notes_popover_set_cut (fixture->popover, NULL);
  g_assert_cmpstr (gtk_label_get_text (heading), ==, "Note from 00:00:12 to 00:01:11");
}

static char *
dup_typed (Fixture *fixture)
{
  char *text;

  g_object_get (get_buffer (fixture), "text", &text, NULL);
  return text;
}

static gboolean
has_typed (Fixture    *fixture,
           const char *text)
{
  g_autofree char *typed = dup_typed (fixture);

  return g_str_equal (typed, text);
}

static gboolean
has_focus (Fixture *fixture)
{
  GtkWidget *view = find (GTK_WIDGET (fixture->popover), GTK_TYPE_TEXT_VIEW, NULL);

  return gtk_widget_get_mapped (view) && gtk_widget_has_focus (view);
}

static void
open_and_type (Fixture    *fixture,
               const char *text)
{
  dailies_notes_popover_write (fixture->popover);
  fixture_wait (has_focus (fixture));
  hand ("type", text);
  fixture_wait (has_typed (fixture, text));
}

static guint
count (DailiesNotes *notes)
{
  return g_list_model_get_n_items (G_LIST_MODEL (notes));
}

static void
assert_note (DailiesNotes *notes,
             guint         position,
             gint64        start,
             const char   *text)
{
  g_autoptr (DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (notes), position);

  g_assert_nonnull (note);
  g_assert_cmpint (dailies_note_get_start (note), ==, start);
  g_assert_cmpstr (dailies_note_get_text (note), ==, text);
}

/* Enter adds; Escape closes, and adds as well. */
static void
test_write (Fixture      *fixture,
            gconstpointer data)
{
  open_and_type (fixture, "hand melts");
  hand ("key", "Return");
  fixture_wait (count (fixture->notes) == 1);
  assert_note (fixture->notes, 0, 500 * MS, "hand melts");
  fixture_wait (!gtk_widget_get_visible (GTK_WIDGET (fixture->popover)));
  g_assert_true (has_typed (fixture, ""));

  dailies_notes_popover_set_place (fixture->popover, 700 * MS, 900 * MS);
  open_and_type (fixture, "and the foot");
  /* Where it goes is settled once it is begun. */
  dailies_notes_popover_set_place (fixture->popover, 0, 0);
  hand ("key", "Escape");
  fixture_wait (count (fixture->notes) == 2);
  assert_note (fixture->notes, 1, 700 * MS, "and the foot");

  /* Nothing typed is no note. */
  dailies_notes_popover_write (fixture->popover);
  fixture_wait (has_focus (fixture));
  hand ("key", "Return");
  hand ("key", "Escape");
  fixture_wait (!gtk_widget_get_visible (GTK_WIDGET (fixture->popover)));
  load (fixture->notes);
  g_assert_cmpuint (count (fixture->notes), ==, 2);
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The frame at the out point is the last of a range, here as wherever else the range is told. */
static void
test_range (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (DailiesNote) note = NULL;

  dailies_notes_popover_set_place (fixture->popover, 5 * 1000 * MS / 24, 18 * 1000 * MS / 24);
  open_and_type (fixture, "too slow");
  fixture_wait (find_label (GTK_WIDGET (fixture->popover), "Note from 00:00:05 to 00:00:17") != NULL);
  hand ("key", "Return");
  fixture_wait (count (fixture->notes) == 1);
  note = g_list_model_get_item (G_LIST_MODEL (fixture->notes), 0);
  g_assert_cmpint (dailies_note_get_end (note), ==, 18 * 1000 * MS / 24);
  dailies_notes_popover_write (fixture->popover);
  fixture_wait (find_label (GTK_WIDGET (fixture->popover), "00:00:05\n–00:00:17") != NULL);
}

/* Another cut comes to the stage while a note is being typed: it belongs to the cut before. */
static void
test_other_cut (Fixture      *fixture,
                gconstpointer data)
{
  open_and_type (fixture, "half a no");
  dailies_notes_popover_set_notes (fixture->popover, fixture->other, 30);
  fixture_wait (count (fixture->notes) == 1);
  assert_note (fixture->notes, 0, 500 * MS, "half a no");
  g_assert_cmpuint (count (fixture->other), ==, 0);
}

static gpointer
add_notes (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO note (cut, first, last, text, created) VALUES (7, 0, 0, 'One', 1), (7, 5, 5, 'Two', 1),"
                    "  (8, 0, 0, 'Three', 1), (8, 5, 5, 'Four', 1);",
                    error);
  return NULL;
}

/* Whether it can be read. */
static gboolean
lists (Fixture    *fixture,
       const char *text)
{
  GtkWidget *popover = GTK_WIDGET (fixture->popover);
  GtkWidget *label = find_label (popover, text);
  double     x, y;

  return label != NULL && gtk_widget_get_mapped (label) && gtk_widget_get_height (label) > 0 &&
         gtk_widget_translate_coordinates (label, popover, 0, gtk_widget_get_height (label), &x, &y) &&
         y > 0 && y <= gtk_widget_get_height (popover);
}

/* Another cut with as many notes: they come from the library when it is opened already, and are there to be read. */
static void
test_as_many (Fixture      *fixture,
              gconstpointer data)
{
  fixture_run (fixture->store, add_notes, NULL, NULL);
  for (int i = 0; i < 4; i++)
    {
      DailiesNotes *notes = dailies_notes_new (fixture->library, i % 2 == 0 ? 7 : 8);

      dailies_notes_popover_set_notes (fixture->popover, notes, 24);
      dailies_notes_popover_write (fixture->popover);
      fixture_wait (has_focus (fixture));
      fixture_wait (lists (fixture, i % 2 == 0 ? "One" : "Three") && lists (fixture, i % 2 == 0 ? "Two" : "Four"));
      hand ("key", "Escape");
      fixture_wait (!gtk_widget_get_visible (GTK_WIDGET (fixture->popover)));
      g_object_unref (notes);
    }
}

/* The window goes while a note is being typed. */
static void
test_window_goes (Fixture      *fixture,
                  gconstpointer data)
{
  open_and_type (fixture, "last words");
  gtk_widget_hide (fixture->window);
  fixture_wait (count (fixture->notes) == 1);
  assert_note (fixture->notes, 0, 500 * MS, "last words");
}

static void
click (Fixture    *fixture,
       const char *tooltip)
{
  GtkWidget *button = NULL;

  fixture_wait ((button = find (GTK_WIDGET (fixture->popover), GTK_TYPE_BUTTON, tooltip)) != NULL);
  g_signal_emit_by_name (button, "clicked");
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (DailiesNote) note = NULL;

  open_and_type (fixture, "one");
  hand ("key", "Return");
  fixture_wait (count (fixture->notes) == 1);
  note = g_list_model_get_item (G_LIST_MODEL (fixture->notes), 0);

  dailies_notes_popover_write (fixture->popover);
  fixture_wait (has_focus (fixture));
  click (fixture, "Go to this note");
  g_assert_true (fixture->jumped == note);

  click (fixture, "Edit this note");
  fixture_wait (has_typed (fixture, "one"));
  hand ("key", "ctrl+End");
  hand ("type", " more");
  fixture_wait (has_typed (fixture, "one more"));
  hand ("key", "Return");
  fixture_wait (g_str_equal (dailies_note_get_text (note), "one more"));
  g_assert_cmpuint (count (fixture->notes), ==, 1);

  click (fixture, "Delete this note");
  g_assert_cmpuint (count (fixture->notes), ==, 0);
  {
    GtkRevealer *revealer = GTK_REVEALER (find (GTK_WIDGET (fixture->popover), GTK_TYPE_REVEALER, NULL));

    g_assert_true (gtk_revealer_get_reveal_child (revealer));
    g_signal_emit_by_name (find (GTK_WIDGET (revealer), GTK_TYPE_BUTTON, NULL), "clicked");
    g_assert_false (gtk_revealer_get_reveal_child (revealer));
  }
  g_assert_cmpuint (count (fixture->notes), ==, 1);
}

static gpointer
fill_disk (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  dailies_sql_exec (db, "CREATE TRIGGER full BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no room'); END;", error);
  return NULL;
}

/* What could not be written is back where it was typed. */
static void
test_failure (Fixture      *fixture,
              gconstpointer data)
{
  fixture_run (fixture->store, fill_disk, NULL, NULL);
  open_and_type (fixture, "precious words");
  hand ("key", "Return");
  fixture_wait (fixture->n_failed > 0);
  g_assert_true (has_typed (fixture, "precious words"));
  g_assert_cmpuint (count (fixture->notes), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/notes-popover/write", Fixture, NULL, set_up, test_write, tear_down);
  g_test_add ("/notes-popover/range", Fixture, NULL, set_up, test_range, tear_down);
  g_test_add ("/notes-popover/cut", Fixture, NULL, set_up, test_cut, tear_down);
  g_test_add ("/notes-popover/other-cut", Fixture, NULL, set_up, test_other_cut, tear_down);
  g_test_add ("/notes-popover/as-many", Fixture, NULL, set_up, test_as_many, tear_down);
  g_test_add ("/notes-popover/window-goes", Fixture, NULL, set_up, test_window_goes, tear_down);
  g_test_add ("/notes-popover/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/notes-popover/failure", Fixture, NULL, set_up, test_failure, tear_down);

  return g_test_run ();
}
