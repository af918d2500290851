/* test-strip.c: cuts and jobs side by side, in every state a job can be in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-cut-private.h"
#include "dailies-cut-card.h"
#include "dailies-error.h"
#include "dailies-job-card.h"
#include "dailies-ring.h"
#include "dailies-strip.h"
#include "fixture-window.h"

#include <gdk/x11/gdkx.h>

static DailiesStrip *
show_strip (Fixture    *fixture,
            GListStore *jobs)
{
  DailiesStrip *strip = DAILIES_STRIP (dailies_strip_new ());

  dailies_strip_set_library (strip, fixture->library, G_LIST_MODEL (jobs));
  fixture_show (fixture, GTK_WIDGET (strip), 1200, 200);
  return strip;
}

static void
set_state (DailiesJob      *job,
           DailiesJobState  state)
{
  DailiesJobRow *row = fixture_copy_row (job);

  row->state = state;
  dailies_job_take_row (job, row);
}

static GtkAccessible *
get_item (DailiesStrip *strip,
          GType         type)
{
  return GTK_ACCESSIBLE (gtk_widget_get_parent (fixture_find (GTK_WIDGET (strip), type, NULL)));
}

static void
test_items (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  g_autoptr (DailiesShot) other = fixture_add_shot (fixture, "Two", NULL);
  g_autoptr (DailiesJob) mine = fixture_make_job ("a", dailies_shot_get_id (shot), DAILIES_JOB_QUEUED);
  g_autoptr (DailiesJob) theirs = fixture_make_job ("b", dailies_shot_get_id (other), DAILIES_JOB_QUEUED);
  DailiesStrip *strip = show_strip (fixture, jobs);
  GListModel *items = dailies_strip_get_items (strip);
  DailiesJobRow *row;

  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "Cuts of this shot appear here"));
  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  g_list_store_append (jobs, mine);
  g_list_store_append (jobs, theirs);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 3);
  fixture_wait (fixture_find (GTK_WIDGET (strip), DAILIES_TYPE_JOB_CARD, NULL) != NULL);
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "Cut 2"));
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "10.0 s"));
  /* What has the focus and is read out is the item around a card. */
  gtk_test_accessible_assert_property (get_item (strip, DAILIES_TYPE_CUT_CARD), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Cut 1. a prompt");
  gtk_test_accessible_assert_property (get_item (strip, DAILIES_TYPE_JOB_CARD), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "In queue. a prompt");

  /* Its cut takes over; what failed stays until it is forgotten. */
  set_state (mine, DAILIES_JOB_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  set_state (mine, DAILIES_JOB_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 3);

  /* So does what is done, but not all of it. */
  set_state (mine, DAILIES_JOB_FETCHING);
  row = fixture_copy_row (mine);
  row->state = DAILIES_JOB_DONE;
  dailies_job_row_set_message (row, "1 more clip could not be kept.");
  dailies_job_take_row (mine, row);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 3);
  dailies_strip_set_shot (strip, other);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 1);
  dailies_strip_set_shot (strip, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
}

static void
show_cut_cb (DailiesStrip *strip,
             DailiesCut   *cut,
             gint64       *shown)
{
  *shown = dailies_cut_get_id (cut);
}

static void
test_cuts (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  g_autoptr (DailiesCut) first = NULL;
  g_autoptr (DailiesCut) second = NULL;
  DailiesStrip *strip = show_strip (fixture, jobs);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (dailies_strip_get_items (strip));
  GtkWidget *card;
  gint64 shown = 0;
  gint64 ids[2];

  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  first = g_list_model_get_item (G_LIST_MODEL (selection), 0);
  second = g_list_model_get_item (G_LIST_MODEL (selection), 1);
  g_signal_connect (strip, "show-cut", G_CALLBACK (show_cut_cb), &shown);
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_cmpint (shown, ==, dailies_cut_get_id (second));

  /* The mark follows what the window says is on the stage, and telling it does not ask for it again. */
  fixture_wait ((card = fixture_find (GTK_WIDGET (strip), DAILIES_TYPE_CUT_CARD, NULL)) != NULL);
  g_assert_null (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "A"));
  shown = 0;
  ids[0] = dailies_cut_get_id (second);
  dailies_strip_set_shown (strip, ids, 1);
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "A"));
  g_assert_cmpint (shown, ==, 0);
  ids[1] = dailies_cut_get_id (first);
  dailies_strip_set_shown (strip, ids, 2);
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "A"));
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "B"));
  g_assert_cmpint (shown, ==, 0);
  dailies_strip_set_shown (strip, NULL, 0);
  g_assert_null (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "A"));

  /* A click means that cut alone, also where its card is the selected one already. */
  dailies_strip_set_shown (strip, ids, 2);
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.choose", "x", dailies_cut_get_id (second));
  g_assert_cmpint (shown, ==, dailies_cut_get_id (second));
  shown = 0;
  dailies_strip_set_shown (strip, ids, 1);
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.choose", "x", dailies_cut_get_id (second));
  g_assert_cmpint (shown, ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.choose", "x", dailies_cut_get_id (first));
  g_assert_cmpint (shown, ==, dailies_cut_get_id (first));
  shown = 0;
  dailies_strip_set_shown (strip, NULL, 0);

  /* What has not been looked at says so until it is. */
  g_assert_null (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "New"));
  dailies_cut_set_fresh (second, TRUE);
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "New"));
  dailies_strip_set_shown (strip, ids + 1, 1);
  g_assert_nonnull (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "New"));
  dailies_strip_set_shown (strip, ids, 1);
  g_assert_null (fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "New"));
  shown = 0;

  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.pick", "x", dailies_cut_get_id (second));
  fixture_wait (dailies_cut_get_picked (second));
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.pick", "x", (gint64) -1);
  fixture_wait (!dailies_cut_get_picked (second));
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.play", "x", dailies_cut_get_id (second));
  g_assert_cmpint (shown, ==, dailies_cut_get_id (second));
}

/* A key means the card with the focus, and never another one. */
static void
test_focused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  g_autoptr (DailiesJob) job = fixture_make_job ("a", dailies_shot_get_id (shot), DAILIES_JOB_QUEUED);
  g_autoptr (DailiesCut) second = NULL;
  DailiesStrip *strip = show_strip (fixture, jobs);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (dailies_strip_get_items (strip));
  GtkWidget *label, *card;
  gint64 trashed = 0;

  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  g_list_store_append (jobs, job);
  second = g_list_model_get_item (G_LIST_MODEL (selection), 1);
  g_signal_connect (strip, "trash", G_CALLBACK (show_cut_cb), &trashed);
  gtk_selection_model_select_item (selection, 0, TRUE);
  fixture_wait ((label = fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "Cut 2")) != NULL);

  card = gtk_widget_get_ancestor (label, DAILIES_TYPE_CUT_CARD);
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (card)));
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.trash", "x", (gint64) -1);
  g_assert_cmpint (trashed, ==, dailies_cut_get_id (second));
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.pick", "x", (gint64) -1);
  fixture_wait (dailies_cut_get_picked (second));

  trashed = 0;
  fixture_wait ((card = fixture_find (GTK_WIDGET (strip), DAILIES_TYPE_JOB_CARD, NULL)) != NULL);
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (card)));
  gtk_widget_activate_action (GTK_WIDGET (strip), "strip.trash", "x", (gint64) -1);
  g_assert_cmpint (trashed, ==, 0);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void
xdotool (const char *command,
         const char *option,
         const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "xdotool", command, option, argument, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
press (const char *key)
{
  xdotool ("key", "--delay=0", key);
}

/* There is no window manager to give the keys. */
static void
take_keys (Fixture *fixture)
{
  g_autofree char *id = g_strdup_printf ("%lu", GDK_SURFACE_XID (gtk_native_get_surface (GTK_NATIVE (fixture->window))));

  xdotool ("windowfocus", "--sync", id);
  fixture_wait (gtk_window_is_active (GTK_WINDOW (fixture->window)));
}

static void
played_cb (GSimpleAction *action,
           GVariant      *parameter,
           guint         *n_played)
{
  *n_played += 1;
}

static void
add_play (Fixture *fixture,
          guint   *n_played)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) play = g_simple_action_new ("play", NULL);

  g_signal_connect (play, "activate", G_CALLBACK (played_cb), n_played);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (play));
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

/* Whoever has clicked on a card plays it with the key of the stage; Return shows it, and what lies on the card has its keys. */
static void
test_space (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  g_autoptr (DailiesCut) second = NULL;
  DailiesStrip *strip = show_strip (fixture, jobs);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (dailies_strip_get_items (strip));
  GtkWidget *label, *card;
  guint n_played = 0;
  gint64 shown = 0;

  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  add_play (fixture, &n_played);
  take_keys (fixture);
  second = g_list_model_get_item (G_LIST_MODEL (selection), 1);
  fixture_wait ((label = fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "Cut 2")) != NULL);
  card = gtk_widget_get_ancestor (label, DAILIES_TYPE_CUT_CARD);
  g_signal_connect (strip, "show-cut", G_CALLBACK (show_cut_cb), &shown);
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (card)));

  press ("space");
  fixture_wait (n_played == 1);
  g_assert_cmpint (shown, ==, 0);
  press ("Return");
  fixture_wait (shown == dailies_cut_get_id (second));
  press ("ctrl+space");
  fixture_wait (gtk_selection_model_is_selected (selection, 1));
  g_assert_true (gtk_widget_grab_focus (fixture_find (card, GTK_TYPE_TOGGLE_BUTTON, NULL)));
  press ("space");
  fixture_wait (dailies_cut_get_picked (second));
  g_assert_cmpuint (n_played, ==, 1);
}

static double
get_scrolled (DailiesStrip *strip)
{
  GtkWidget *scroller = fixture_find (GTK_WIDGET (strip), GTK_TYPE_SCROLLED_WINDOW, NULL);

  return gtk_adjustment_get_value (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)));
}

/* There is nothing above or below: the wheel moves the strip to what is older, and back, with Shift or without. */
static void
test_wheel (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  DailiesStrip *strip = DAILIES_STRIP (dailies_strip_new ());
  double end, older;

  dailies_strip_set_library (strip, fixture->library, G_LIST_MODEL (jobs));
  fixture_show (fixture, GTK_WIDGET (strip), 400, 200);
  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);
      g_autoptr (DailiesJob) job = fixture_make_job (id, dailies_shot_get_id (shot), DAILIES_JOB_QUEUED);

      g_list_store_append (jobs, job);
    }
  fixture_wait (get_scrolled (strip) > 800);
  xdotool ("mousemove", "200", "100");
  end = get_scrolled (strip);
  xdotool ("click", "--repeat=1", "4");
  fixture_wait (get_scrolled (strip) < end);
  older = get_scrolled (strip);
  xdotool ("click", "--repeat=1", "5");
  fixture_wait (get_scrolled (strip) > older);

  older = get_scrolled (strip);
  xdotool ("keydown", "--delay=0", "shift");
  xdotool ("click", "--repeat=1", "4");
  xdotool ("keyup", "--delay=0", "shift");
  fixture_wait (get_scrolled (strip) < older);
}

static gboolean
is_in_sight (DailiesStrip *strip,
             const char   *text)
{
  GtkWidget *label = fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, text);
  GtkWidget *card = label != NULL ? gtk_widget_get_ancestor (label, DAILIES_TYPE_CUT_CARD) : NULL;
  graphene_rect_t bounds;

  return card != NULL && gtk_widget_get_mapped (card) && gtk_widget_compute_bounds (card, GTK_WIDGET (strip), &bounds) &&
         bounds.size.width > 0 && bounds.origin.x >= 0 && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (GTK_WIDGET (strip));
}

static gboolean
count_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       n)
{
  *(guint *) n += 1;
  return G_SOURCE_CONTINUE;
}

/* So that whatever is going to move has moved. */
static void
wait_for_frames (DailiesStrip *strip)
{
  guint n = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (strip), count_cb, &n, NULL);

  fixture_wait (n > 5);
  gtk_widget_remove_tick_callback (GTK_WIDGET (strip), tick);
}

/* What comes on the stage is seen in the strip, also where it is told before anything is laid out; and what is seen moves nothing. */
static void
test_revealed (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  g_autoptr (DailiesCut) first = NULL;
  g_autoptr (DailiesCut) second = NULL;
  DailiesStrip *strip;
  double before;
  gint64 ids[2];

  gtk_widget_set_default_direction (GPOINTER_TO_INT (data));
  strip = DAILIES_STRIP (dailies_strip_new ());
  dailies_strip_set_library (strip, fixture->library, G_LIST_MODEL (jobs));
  fixture_show (fixture, GTK_WIDGET (strip), 400, 200);
  fixture_add_cuts (fixture, shot);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);
      g_autoptr (DailiesJob) job = fixture_make_job (id, dailies_shot_get_id (shot), DAILIES_JOB_QUEUED);

      g_list_store_append (jobs, job);
    }
  first = g_list_model_get_item (dailies_shot_get_cuts (shot), 0);
  second = g_list_model_get_item (dailies_shot_get_cuts (shot), 1);
  ids[0] = dailies_cut_get_id (first);
  ids[1] = dailies_cut_get_id (second);

  dailies_strip_set_shot (strip, shot);
  dailies_strip_set_shown (strip, ids, 1);
  wait_for_frames (strip);
  g_assert_true (is_in_sight (strip, "Cut 1"));

  dailies_strip_set_shot (strip, NULL);
  dailies_strip_set_shown (strip, NULL, 0);
  dailies_strip_set_shot (strip, shot);
  wait_for_frames (strip);
  g_assert_false (is_in_sight (strip, "Cut 1"));
  g_assert_false (is_in_sight (strip, "Cut 2"));
  dailies_strip_set_shown (strip, ids + 1, 1);
  wait_for_frames (strip);
  g_assert_true (is_in_sight (strip, "Cut 2"));
  g_assert_false (is_in_sight (strip, "Cut 1"));

  dailies_strip_set_shown (strip, ids, 1);
  wait_for_frames (strip);
  g_assert_true (is_in_sight (strip, "Cut 1"));
  g_assert_true (is_in_sight (strip, "Cut 2"));
  before = get_scrolled (strip);
  dailies_strip_set_shown (strip, ids + 1, 1);
  wait_for_frames (strip);
  g_assert_cmpfloat (get_scrolled (strip), ==, before);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* What is new comes at the end, which is on the left where one reads from the right. */
static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_autoptr (DailiesShot) shot = fixture_add_shot (fixture, "One", NULL);
  DailiesStrip *strip;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  GtkWidget *card;

  gtk_widget_set_default_direction (GPOINTER_TO_INT (data));
  strip = DAILIES_STRIP (dailies_strip_new ());
  dailies_strip_set_library (strip, fixture->library, G_LIST_MODEL (jobs));
  fixture_show (fixture, GTK_WIDGET (strip), 400, 200);
  fixture_add_cuts (fixture, shot);
  dailies_strip_set_shot (strip, shot);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);
      g_autoptr (DailiesJob) job = fixture_make_job (id, dailies_shot_get_id (shot),
                                                     i < 5 ? DAILIES_JOB_QUEUED : DAILIES_JOB_FAILED);

      g_list_store_append (jobs, job);
    }
  fixture_wait ((card = fixture_find (GTK_WIDGET (strip), GTK_TYPE_LABEL, "Failed")) != NULL &&
                gtk_widget_compute_bounds (card, GTK_WIDGET (strip), &bounds) &&
                bounds.origin.x >= 0 && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (GTK_WIDGET (strip)));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_running (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DailiesJob) job = fixture_make_job ("a", 1, DAILIES_JOB_PREPARING);
  GtkWidget *card = dailies_job_card_new ();
  GtkWidget *ring;
  DailiesJobRow *row;
  double fraction;
  gboolean turning;

  dailies_job_card_set_job (DAILIES_JOB_CARD (card), job);
  fixture_show (fixture, card, 240, 200);
  ring = fixture_find (card, DAILIES_TYPE_RING, NULL);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "Preparing"));
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "0:00"));

  row = fixture_copy_row (job);
  row->state = DAILIES_JOB_QUEUED;
  row->queue_position = 3;
  dailies_job_take_row (job, row);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "In queue · position 3"));
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "#3"));

  row = fixture_copy_row (job);
  row->state = DAILIES_JOB_RUNNING;
  row->queue_position = -1;
  row->submitted = g_get_real_time () - 48 * G_USEC_PER_SEC;
  dailies_job_take_row (job, row);
  g_object_get (ring, "fraction", &fraction, "turning", &turning, NULL);
  g_assert_cmpfloat (fraction, <, 0);
  g_assert_true (turning);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "Generating"));
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "0:48"));

  set_state (job, DAILIES_JOB_FETCHING);
  dailies_job_set_fetched (job, 2000000, 8000000);
  g_object_get (ring, "fraction", &fraction, NULL);
  g_assert_cmpfloat (fraction, ==, 0.25);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "Fetching the clip · 2.0\u00a0MB of 8.0\u00a0MB"));

  g_assert_null (fixture_find (card, GTK_TYPE_BUTTON, "Try Now"));
  row = fixture_copy_row (job);
  row->waiting = TRUE;
  row->message = g_strdup ("The disk is full.");
  dailies_job_take_row (job, row);
  fixture_wait (fixture_find (card, GTK_TYPE_BUTTON, "Try Now") != NULL);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "The disk is full."));
}

static void
test_ended (Fixture       *fixture,
            gconstpointer  data)
{
  const struct
  {
    DailiesJobState state;
    const char     *title;
    const char     *again;
    const char     *remote_id;
    int             error;
    const char     *look_up;
  } cases[] = {
    { DAILIES_JOB_REFUSED, "Refused", "Try Again", NULL, DAILIES_ERROR_INVALID, NULL },
    { DAILIES_JOB_FAILED, "Failed", "Try Again", NULL, DAILIES_ERROR_NETWORK, NULL },
    { DAILIES_JOB_CANCELLED, "Cancelled", "Try Again", "r-1", -1, NULL },
    /* Taken, and may be paid: its clip may be there. */
    { DAILIES_JOB_FAILED, "Failed", "Try Again", "r-1", DAILIES_ERROR_MEDIA, "Look It Up" },
    { DAILIES_JOB_UNKNOWN, "Outcome unknown", "Submit Again…", NULL, DAILIES_ERROR_UNKNOWN_OUTCOME, "Look It Up…" },
    { DAILIES_JOB_UNKNOWN, "Outcome unknown", "Submit Again…", "r-1", DAILIES_ERROR_INVALID, "Look It Up…" },
    /* The service itself says that there is none. */
    { DAILIES_JOB_FAILED, "Failed", "Try Again", "r-1", DAILIES_ERROR_FAILED, NULL },
  };
  const char *labels[] = { "Look It Up", "Look It Up…" };
  g_autoptr (DailiesJob) job = fixture_make_job ("a", 1, DAILIES_JOB_RUNNING);
  GtkWidget *card = dailies_job_card_new ();

  dailies_job_card_set_job (DAILIES_JOB_CARD (card), job);
  fixture_show (fixture, card, 320, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesJobRow *row = fixture_copy_row (job);

      row->state = cases[i].state;
      row->error_code = cases[i].error;
      g_free (row->remote_id);
      row->remote_id = g_strdup (cases[i].remote_id);
      dailies_job_take_row (job, row);
      fixture_wait (fixture_find (card, GTK_TYPE_LABEL, cases[i].title) != NULL);
      g_assert_nonnull (fixture_find (card, GTK_TYPE_BUTTON, cases[i].again));
      g_assert_nonnull (fixture_find (card, GTK_TYPE_BUTTON, "Forget"));
      for (gsize j = 0; j < G_N_ELEMENTS (labels); j++)
        fixture_wait ((fixture_find (card, GTK_TYPE_BUTTON, labels[j]) != NULL) ==
                      (g_strcmp0 (cases[i].look_up, labels[j]) == 0));
    }
}

/* Its cuts are there: what is missing is asked for, and nothing is made and paid for anew. */
static void
test_lacking (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DailiesJob) job = fixture_make_job ("a", 1, DAILIES_JOB_DONE);
  DailiesJobRow *row = fixture_copy_row (job);
  GtkWidget *card = dailies_job_card_new ();

  row->remote_id = g_strdup ("r-1");
  dailies_job_row_set_message (row, "1 more clip could not be kept.");
  dailies_job_take_row (job, row);
  dailies_job_card_set_job (DAILIES_JOB_CARD (card), job);
  fixture_show (fixture, card, 320, 200);
  fixture_wait (fixture_find (card, GTK_TYPE_LABEL, "Done, but not all of it") != NULL);
  g_assert_nonnull (fixture_find (card, GTK_TYPE_LABEL, "1 more clip could not be kept."));
  g_assert_nonnull (fixture_find (card, GTK_TYPE_BUTTON, "Look It Up"));
  g_assert_nonnull (fixture_find (card, GTK_TYPE_BUTTON, "Forget"));
  g_assert_null (fixture_find (card, GTK_TYPE_BUTTON, "Try Again"));
}

/* What is on the card is what is known of this job, and the reason before what may be cut off. */
static void
test_reason (Fixture       *fixture,
             gconstpointer  data)
{
  const struct
  {
    DailiesJobState state;
    int             error;
    const char     *remote_id;
    const char     *message;
    const char     *words;
    const char     *reason;
    gboolean        suggested; /* to look it up */
  } cases[] = {
    { DAILIES_JOB_FAILED, DAILIES_ERROR_FAILED, "r-1", "It failed. Its id there is r-1.", "too dark",
      "“too dark” It failed. Its id there is r-1.", FALSE },
    { DAILIES_JOB_UNKNOWN, DAILIES_ERROR_INVALID, "r-1", "Accepted. Its id there is r-1.", "no",
      "Accepted. Its id there is r-1. “no”", TRUE },
    { DAILIES_JOB_UNKNOWN, DAILIES_ERROR_UNKNOWN_OUTCOME, NULL, "Answered with a fault (HTTP 500).", "overload",
      "Answered with a fault (HTTP 500). “overload”", FALSE },
    { DAILIES_JOB_UNKNOWN, DAILIES_ERROR_UNKNOWN_OUTCOME, NULL, "No answer came back.", NULL, "No answer came back.", FALSE },
    { DAILIES_JOB_FAILED, DAILIES_ERROR_MEDIA, "r-1", "It was cut.", "Connection reset", "It was cut.", FALSE },
  };
  g_autoptr (DailiesJob) job = fixture_make_job ("a", 1, DAILIES_JOB_RUNNING);
  GtkWidget *card = dailies_job_card_new ();

  dailies_job_card_set_job (DAILIES_JOB_CARD (card), job);
  fixture_show (fixture, card, 320, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesJobRow *row = fixture_copy_row (job);
      const char *label = cases[i].state == DAILIES_JOB_UNKNOWN ? "Look It Up…" : "Look It Up";
      GtkWidget *button;

      row->state = cases[i].state;
      row->error_code = cases[i].error;
      g_free (row->remote_id);
      row->remote_id = g_strdup (cases[i].remote_id);
      dailies_job_row_set_message (row, cases[i].message);
      g_free (row->words);
      row->words = g_strdup (cases[i].words);
      dailies_job_take_row (job, row);
      g_test_message ("%s", cases[i].reason);
      fixture_wait (fixture_find (card, GTK_TYPE_LABEL, cases[i].reason) != NULL);
      button = fixture_find (card, GTK_TYPE_BUTTON, label);
      g_assert_cmpint (button != NULL && gtk_widget_has_css_class (button, "suggested-action"), ==, cases[i].suggested);
    }
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/strip/items", Fixture, NULL, fixture_set_up, test_items, fixture_tear_down);
  g_test_add ("/strip/cuts", Fixture, NULL, fixture_set_up, test_cuts, fixture_tear_down);
  g_test_add ("/strip/focused", Fixture, NULL, fixture_set_up, test_focused, fixture_tear_down);
  g_test_add ("/strip/space", Fixture, NULL, fixture_set_up, test_space, fixture_tear_down);
  g_test_add ("/strip/wheel", Fixture, NULL, fixture_set_up, test_wheel, fixture_tear_down);
  g_test_add ("/strip/revealed/ltr", Fixture, GINT_TO_POINTER (GTK_TEXT_DIR_LTR), fixture_set_up, test_revealed, fixture_tear_down);
  g_test_add ("/strip/revealed/rtl", Fixture, GINT_TO_POINTER (GTK_TEXT_DIR_RTL), fixture_set_up, test_revealed, fixture_tear_down);
  g_test_add ("/strip/end/ltr", Fixture, GINT_TO_POINTER (GTK_TEXT_DIR_LTR), fixture_set_up, test_end, fixture_tear_down);
  g_test_add ("/strip/end/rtl", Fixture, GINT_TO_POINTER (GTK_TEXT_DIR_RTL), fixture_set_up, test_end, fixture_tear_down);
  g_test_add ("/job-card/running", Fixture, NULL, fixture_set_up, test_running, fixture_tear_down);
  g_test_add ("/job-card/ended", Fixture, NULL, fixture_set_up, test_ended, fixture_tear_down);
  g_test_add ("/job-card/lacking", Fixture, NULL, fixture_set_up, test_lacking, fixture_tear_down);
  g_test_add ("/job-card/reason", Fixture, NULL, fixture_set_up, test_reason, fixture_tear_down);
  return g_test_run ();
}
