/* test-window-trash.c: cuts that are deleted in a window without a program around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-room.h"
#include "../barcode-clip.h"
#include "dailies-export-dialog.h"
#include "dailies-reel.h"

/* The file chooser of the floor, which newer versions of GTK want to be rid of. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* Long enough that it is still being exported when its toasts are gone. */
static const BarcodeClip clip = { "long.mp4", 1280, 720, 24, 1, 360 };

/* What the overlay of the toasts takes at most to show one, ms */
#define RISEN 700

/* (transfer full) */
static DailiesCut *
dup_cut (Room  *room,
         guint  position)
{
  return g_list_model_get_item (dailies_shot_get_cuts (room->shot), position);
}

static gboolean
is_shown (Room       *room,
          const char *text)
{
  return fixture_find (GTK_WIDGET (room->window), GTK_TYPE_LABEL, text) != NULL;
}

/* The best cut waits for the stage: deleted, it must not come onto it. */
static void
test_before_stage (Room          *room,
                   gconstpointer  data)
{
  g_autoptr (DailiesCut) cut = NULL;

  fixture_wait (room->window->waiting_cut != NULL);
  cut = g_object_ref (room->window->waiting_cut);
  dailies_window_trash_cut (room->window, cut);
  dailies_window_set_playable (room->window);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (room->window->stage), ==, 0);
}

/* The second toast takes the place of the first, whose cut is set aside; brought back as soon as it is on screen, its cut takes a
 * toast away that still rises. */
static void
test_rising (Room          *room,
             gconstpointer  data)
{
  g_autoptr (DailiesCut) first = dup_cut (room, 0);
  g_autoptr (DailiesCut) second = dup_cut (room, 1);
  gint64 start = g_get_monotonic_time ();

  dailies_window_trash_cut (room->window, first);
  fixture_wait (is_shown (room, "“Cut 1” is deleted"));
  fixture_wait (g_get_monotonic_time () - start > RISEN * 1000);

  dailies_window_trash_cut (room->window, second);
  fixture_wait (is_shown (room, "“Cut 2” is deleted"));
  dailies_window_undelete (room->window);
  fixture_wait (!is_shown (room, "“Cut 2” is deleted"));
  fixture_wait (!is_shown (room, "“Cut 1” is deleted"));
  g_assert_true (g_file_query_exists (dailies_cut_get_file (second), NULL));
  g_assert_cmpuint (room->window->deleted->len, ==, 1);
  g_assert_true (room->window->deleted->pdata[0] == first);
}

/* What can be taken back is offered at once, also while something else is being told or only just begins to be. */
static void
test_before_others (Room          *room,
                    gconstpointer  data)
{
  static const int pauses[] = { 0, 60, 150, 250, 400, 700 };

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      g_autoptr (DailiesCut) cut = dup_cut (room, 0);
      gint64 start;

      dailies_window_tell (room->window, "Something has happened.", NULL, NULL);
      start = g_get_monotonic_time ();
      fixture_wait (g_get_monotonic_time () - start >= pauses[i] * 1000);
      dailies_window_trash_cut (room->window, cut);
      fixture_wait (is_shown (room, "“Cut 1” is deleted"));
      g_assert_cmpint (g_get_monotonic_time () - start, <, (pauses[i] + 1500) * 1000);
      dailies_window_undelete (room->window);
      fixture_wait (!is_shown (room, "“Cut 1” is deleted") && room->window->deleted->len == 0);
      fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (room->shot)) == 2);
    }
  /* It was hardly read, and nothing of it was lost. */
  fixture_wait (is_shown (room, "Something has happened."));
}

/* A draft that was replaced comes back by its toast alone: what is deleted meanwhile does not take that away. */
static void
test_after_draft (Room          *room,
                  gconstpointer  data)
{
  g_autoptr (DailiesCut) cut = dup_cut (room, 0);
  AdwToast *draft = adw_toast_new ("The draft is another");
  gint64    start = g_get_monotonic_time ();

  adw_toast_set_button_label (draft, "Undo");
  dailies_window_add_toast (room->window, draft);
  fixture_wait (g_get_monotonic_time () - start > RISEN * 1000);
  dailies_window_trash_cut (room->window, cut);
  start = g_get_monotonic_time ();
  fixture_wait (g_get_monotonic_time () - start > 2 * RISEN * 1000);
  g_assert_true (is_shown (room, "The draft is another"));
  dailies_window_dismiss_toast (room->window, draft);
  fixture_wait (is_shown (room, "“Cut 1” is deleted"));
}

/* Who throws cuts away, one after the other, sees the next one each time. */
static void
test_neighbour (Room          *room,
                gconstpointer  data)
{
  g_autoptr (DailiesCut) first = dup_cut (room, 0);
  g_autoptr (DailiesCut) second = dup_cut (room, 1);

  dailies_window_set_playable (room->window);
  dailies_window_show_cut (room->window, first, FALSE);
  fixture_wait (dailies_stage_view_get_cut (room->window->stage, 0) == first);
  dailies_window_trash_cut (room->window, first);
  g_assert_true (dailies_stage_view_get_cut (room->window->stage, 0) == second);
  dailies_window_undelete (room->window);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (room->shot)) == 2);

  dailies_window_show_cut (room->window, second, FALSE);
  dailies_window_trash_cut (room->window, second);
  g_assert_true (dailies_stage_view_get_cut (room->window->stage, 0) == first);
  dailies_window_trash_cut (room->window, first);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (room->window->stage), ==, 0);
}

/* (nullable) */
static GtkWidget *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

/* Four sides at once, which takes a while. */
static void
begin_export (Room *room)
{
  g_autofree char *to = g_build_filename (room->path, "both.mp4", NULL);
  g_autoptr (GFile) file = barcode_clip_make (&clip, room->path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_list_store_append (files, file);
  dailies_window_set_playable (room->window);
  dailies_window_compare_files (room->window, G_LIST_MODEL (files));
  fixture_wait (dailies_stage_view_get_n_sides (room->window->stage) == DAILIES_REEL_MAX_SIDES);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "stage.export", NULL);
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (room->window->export_dialog)));
  gtk_widget_activate_default (GTK_WIDGET (room->window->export_dialog));
  fixture_wait (find_chooser () != NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (find_chooser ()), to);
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_ACCEPT);
  fixture_wait (dailies_window_is_exporting (room->window));
}

static void
dismiss_toast (Room       *room,
               DailiesCut *cut)
{
  dailies_window_dismiss_toast (room->window, g_object_get_data (G_OBJECT (cut), "toast"));
  fixture_wait (g_object_get_data (G_OBJECT (cut), "toast") == NULL);
}

/* What was told to the library is on disk. */
static void
settle (Room *room)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_library_settle_async (dailies_studio_get_library (room->studio), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
}

/* An export may read what is deleted: its files stay where they are, whatever becomes of their toasts and of the export. */
static void
test_exporting (Room          *room,
                gconstpointer  data)
{
  g_autoptr (DailiesCut) first = dup_cut (room, 0);
  g_autoptr (DailiesCut) second = dup_cut (room, 1);

  begin_export (room);
  dailies_window_trash_cut (room->window, first);
  dismiss_toast (room, first);
  dailies_window_trash_cut (room->window, second);
  dismiss_toast (room, second);
  g_assert_cmpuint (room->window->deleted->len, ==, 2);
  g_assert_true (dailies_window_is_exporting (room->window));
  dailies_export_dialog_cancel (DAILIES_EXPORT_DIALOG (room->window->export_dialog));
  fixture_wait (!dailies_window_is_exporting (room->window));
  settle (room);
  g_assert_true (g_file_query_exists (dailies_cut_get_file (first), NULL));
  g_assert_true (g_file_query_exists (dailies_cut_get_file (second), NULL));
}

static guint
count_cuts (Room *room)
{
  return g_list_model_get_n_items (dailies_shot_get_cuts (room->shot));
}

static void
press_undo (Room *room)
{
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.undelete", NULL);
}

/* Long after their toasts, one after the other, the last first. What was brought back is not taken to the trash at the end,
 * and what was not is. */
static void
test_undo (Room          *room,
           gconstpointer  data)
{
  g_autoptr (DailiesCut) first = dup_cut (room, 0);
  g_autoptr (DailiesCut) second = dup_cut (room, 1);
  g_autoptr (DailiesCut) back = NULL;

  dailies_window_set_playable (room->window);
  dailies_window_trash_cut (room->window, first);
  dismiss_toast (room, first);
  dailies_window_trash_cut (room->window, second);
  dismiss_toast (room, second);
  settle (room);
  g_assert_cmpuint (count_cuts (room), ==, 0);
  g_assert_cmpuint (dailies_shot_get_n_cuts (room->shot), ==, 0);

  press_undo (room);
  fixture_wait (count_cuts (room) == 1);
  back = dup_cut (room, 0);
  g_assert_cmpuint (dailies_cut_get_number (back), ==, 2);
  fixture_wait (dailies_stage_view_get_n_sides (room->window->stage) == 1);
  press_undo (room);
  fixture_wait (count_cuts (room) == 2);
  g_assert_cmpuint (dailies_shot_get_n_cuts (room->shot), ==, 2);
  press_undo (room);
  settle (room);
  g_assert_cmpuint (count_cuts (room), ==, 2);

  g_clear_object (&back);
  back = dup_cut (room, 0);
  dailies_window_trash_cut (room->window, back);
  dismiss_toast (room, back);
  gtk_window_close (GTK_WINDOW (room->window));
  fixture_wait (!g_file_query_exists (dailies_cut_get_file (first), NULL));
  settle (room);
  g_assert_true (g_file_query_exists (dailies_cut_get_file (second), NULL));
}

/* Before the disk has heard of the deletion. */
static void
test_undo_at_once (Room          *room,
                   gconstpointer  data)
{
  g_autoptr (DailiesCut) cut = dup_cut (room, 1);

  dailies_window_trash_cut (room->window, cut);
  dismiss_toast (room, cut);
  press_undo (room);
  settle (room);
  fixture_wait (count_cuts (room) == 2);
  g_assert_cmpuint (dailies_shot_get_n_cuts (room->shot), ==, 2);
}

/* A shot comes back after its cut was deleted, and the cut after it. */
static void
test_undo_shot (Room          *room,
                gconstpointer  data)
{
  DailiesLibrary *library = dailies_studio_get_library (room->studio);
  g_autoptr (DailiesCut) cut = dup_cut (room, 1);

  dailies_window_trash_cut (room->window, cut);
  dismiss_toast (room, cut);
  gtk_widget_activate_action (GTK_WIDGET (room->window->shots), "shots.delete", "x", (gint64) 1);
  fixture_wait (is_shown (room, "“One” is deleted"));
  /* In its place comes an empty one. */
  fixture_wait (room->window->shot != NULL && dailies_shot_get_id (room->window->shot) == 2);
  adw_toast_dismiss (g_object_get_data (room->window->deleted->pdata[1], "toast"));
  fixture_wait (dailies_library_lookup_shot (library, 1) == NULL);

  press_undo (room);
  fixture_wait (dailies_shot_get_id (room->window->shot) == 1);
  room->shot = room->window->shot;
  fixture_wait (count_cuts (room) == 1);
  press_undo (room);
  fixture_wait (count_cuts (room) == 2);
  g_assert_true (g_file_query_exists (dailies_cut_get_file (cut), NULL));
}

int
main (int   argc,
      char *argv[])
{
  room_init (&argc, &argv);
  g_test_add ("/window-trash/before-stage", Room, NULL, room_set_up, test_before_stage, room_tear_down);
  g_test_add ("/window-trash/rising", Room, NULL, room_set_up, test_rising, room_tear_down);
  g_test_add ("/window-trash/before-others", Room, NULL, room_set_up, test_before_others, room_tear_down);
  g_test_add ("/window-trash/after-draft", Room, NULL, room_set_up, test_after_draft, room_tear_down);
  g_test_add ("/window-trash/neighbour", Room, NULL, room_set_up, test_neighbour, room_tear_down);
  g_test_add ("/window-trash/exporting", Room, NULL, room_set_up, test_exporting, room_tear_down);
  g_test_add ("/window-trash/undo", Room, NULL, room_set_up, test_undo, room_tear_down);
  g_test_add ("/window-trash/undo-at-once", Room, NULL, room_set_up, test_undo_at_once, room_tear_down);
  g_test_add ("/window-trash/undo-shot", Room, NULL, room_set_up, test_undo_shot, room_tear_down);
  return g_test_run ();
}

G_GNUC_END_IGNORE_DEPRECATIONS
