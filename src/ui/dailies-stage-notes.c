/* dailies-stage-notes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-notes-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-tip.h"

#define DATA "dailies-stage-notes"

G_DEFINE_FINAL_TYPE (DailiesStageNotes, dailies_stage_notes, G_TYPE_OBJECT)

/* --- sides ------------------------------------------------------------------------------------ */

guint
dailies_stage_notes_get_reel_side (DailiesStageNotes *self,
                                   guint              side)
{
  return dailies_sides_get_reel_side (self->sides, side);
}

/* So many sides can be seen, whether at once or one by one. */
static guint
count_seen (DailiesStageNotes *self)
{
  guint n_sides = dailies_stage_view_get_n_sides (self->stage);

  return dailies_sides_get_mode (self->sides) >= DAILIES_SIDES_WIPE ? MIN (n_sides, 2) : n_sides;
}

/* The side that notes are about: the one that is seen alone, else the one that was chosen; where that is no cut, the first that is. */
static guint
noted_side (DailiesStageNotes *self)
{
  guint n_sides = count_seen (self);
  guint chosen = self->chosen < n_sides ? self->chosen : 0;

  if (n_sides < 2)
    return 0;
  if (dailies_sides_get_mode (self->sides) == DAILIES_SIDES_SINGLE)
    {
      guint solo;

      g_object_get (self->sides, "solo", &solo, NULL);
      return MIN (solo, n_sides - 1);
    }
  if (dailies_stage_view_get_cut (self->stage, chosen) != NULL)
    return chosen;

  for (guint i = 0; i < n_sides; i++)
    {
      if (dailies_stage_view_get_cut (self->stage, i) != NULL)
        return i;
    }

  return chosen;
}

/* ns that a side shows later material than the reel's time says */
gint64
dailies_stage_notes_get_slip (DailiesStageNotes *self,
                              guint              side)
{
  double fps = dailies_reel_get_fps (self->reel, dailies_stage_notes_get_reel_side (self, side));

  return fps > 0 ? llround (dailies_reel_get_slip (self->reel, dailies_stage_notes_get_reel_side (self, side)) * 1e9 / fps) : 0;
}

/* --- notes ------------------------------------------------------------------------------------ */

static void
update_sides (DailiesStageNotes *self,
              guint              noted)
{
  guint       n_sides = count_seen (self);
  gboolean    alone = dailies_sides_get_mode (self->sides) == DAILIES_SIDES_SINGLE;
  const char *titles[DAILIES_REEL_MAX_SIDES];
  guint       cuts = 0;

  for (guint i = 0; i < n_sides; i++)
    {
      titles[i] = dailies_sides_get_title (self->sides, i);
      if (dailies_stage_view_get_cut (self->stage, i) != NULL)
        cuts |= 1u << i;
    }
  dailies_notes_popover_set_sides (self->popover, titles, alone ? 0 : n_sides, cuts, noted);
}

/* The marks on the timeline are of one cut, too. */
static void
update_button (DailiesStageNotes *self,
               guint              noted)
{
  g_autofree char *tip = NULL;

  if (dailies_stage_view_get_n_sides (self->stage) > 1 && self->notes != NULL)
    /* Translators: the name of a cut; N is a key */
    tip = g_strdup_printf (_ ("Notes on %s (N)"), dailies_sides_get_title (self->sides, noted));
  dailies_tip_set (GTK_WIDGET (self->button), tip != NULL ? tip : _ ("Notes (N)"));
}

static void
update_notes (DailiesStageNotes *self)
{
  guint       n_sides = dailies_stage_view_get_n_sides (self->stage);
  guint       side = noted_side (self);
  DailiesCut *cut = n_sides > 0 ? dailies_stage_view_get_cut (self->stage, side) : NULL;
  double      fps = dailies_reel_get_fps (self->reel, dailies_stage_notes_get_reel_side (self, side));

  if (fps <= 0)
    fps = cut != NULL && dailies_cut_get_fps (cut) > 0 ? dailies_cut_get_fps (cut) : 24;
  if (cut == NULL || self->library == NULL)
    g_clear_object (&self->notes);
  else if (self->notes == NULL || dailies_notes_get_cut_id (self->notes) != dailies_cut_get_id (cut))
    {
      g_clear_object (&self->notes);
      self->notes = dailies_notes_new (self->library, dailies_cut_get_id (cut));
    }

  dailies_notes_track_set_notes (self->track, G_LIST_MODEL (self->notes));
  dailies_notes_track_set_slip (self->track, dailies_stage_notes_get_slip (self, side), fps);
  dailies_notes_popover_set_cut (self->popover, n_sides > 1 ? dailies_sides_get_title (self->sides, side) : NULL);
  dailies_notes_popover_set_notes (self->popover, self->notes, fps);
  update_sides (self, side);
  update_button (self, side);
  /* Without a library nothing can be kept; a file that is no cut is told so when a note is asked for. */
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->library != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->notes != NULL);
}

/* The frame that is seen, or what the clip has of the range that is set, in its own time; one with an open end goes as far as the
 * clip. */
static void
update_place (DailiesStageNotes *self)
{
  guint  side = dailies_stage_notes_get_reel_side (self, noted_side (self));
  gint64 slip = dailies_stage_notes_get_slip (self, noted_side (self));
  gint64 time = MAX (0, dailies_reel_get_side_time (self->reel, side));
  gint64 duration = dailies_reel_get_side_duration (self->reel, side);
  double fps = dailies_reel_get_fps (self->reel, side);
  gint64 in, out, start = 0, end = 0;

  g_object_get (self->reel, "range-in", &in, "range-out", &out, NULL);
  if ((in >= 0 || out >= 0) && (out < 0 || out > in) && fps > 0)
    {
      start = in >= 0 ? MAX (0, in + slip) : 0;
      end = out >= 0 ? out + slip + llround (1e9 / fps) : duration;
      if (duration > 0)
        end = MIN (end, duration);
    }
  if (end > start)
    dailies_notes_popover_set_place (self->popover, start, end);
  else
    dailies_notes_popover_set_place (self->popover, time, time);
}

static void
jump_cb (DailiesStageNotes *self,
         DailiesNote       *note)
{
  gint64 duration;

  g_object_get (self->reel, "duration", &duration, NULL);
  dailies_reel_pause (self->reel);
  dailies_reel_seek (self->reel, CLAMP (dailies_note_get_start (note) - dailies_stage_notes_get_slip (self, noted_side (self)), 0, duration));
}

static void
failed_cb (DailiesStageNotes *self,
           const GError      *error)
{
  g_signal_emit_by_name (self->stage, "tell", error->message);
}

static gboolean
is_within (GtkWidget *widget,
           GtkWidget *ancestor)
{
  return widget == ancestor || gtk_widget_is_ancestor (widget, ancestor);
}

/* GTK leaves the focus on the button that the popover hangs from, though N was pressed elsewhere: Space would open it again. */
static gboolean
return_focus_cb (gpointer user_data)
{
  DailiesStageNotes *self = user_data;
  GtkWidget         *before = self->focus_before;
  GtkRoot           *root = gtk_widget_get_root (GTK_WIDGET (self->button));
  GtkWidget         *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focus_id = 0;
  g_clear_weak_pointer (&self->focus_before);
  if (root == NULL || (focus != NULL && !is_within (focus, GTK_WIDGET (self->button))))
    return G_SOURCE_REMOVE;

  if (before == NULL || is_within (before, GTK_WIDGET (self->button)) ||
      gtk_widget_get_root (before) != root || !gtk_widget_grab_focus (before))
    gtk_widget_grab_focus (GTK_WIDGET (self->stage));

  return G_SOURCE_REMOVE;
}

static void
closed_cb (DailiesStageNotes *self)
{
  if (self->focus_before != NULL && self->focus_id == 0)
    self->focus_id = g_idle_add_full (G_PRIORITY_HIGH, return_focus_cb, self, NULL);
}

/* A note is about what is seen, so it stands still while it is written. */
static void
opened_cb (DailiesStageNotes *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;

  dailies_reel_pause (self->reel);
  update_place (self);
}

DailiesStageNotes *
dailies_stage_notes_get (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), DATA);
}

static void
side_cb (DailiesStageNotes *self,
         guint              side)
{
  self->chosen = side;
  update_notes (self);
  update_place (self);
}

/* Whoever points at a side means that one. */
static void
choose_pointed (DailiesStageNotes *self)
{
  DailiesSidesMode mode = dailies_sides_get_mode (self->sides);
  int              side = dailies_sides_get_pointed (self->sides);

  if ((mode != DAILIES_SIDES_SIDE_BY_SIDE && mode != DAILIES_SIDES_WIPE) || side < 0 || (guint) side == self->chosen ||
      dailies_stage_view_get_cut (self->stage, side) == NULL)
    return;

  self->chosen = side;
  update_notes (self);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesStageNotes *self = dailies_stage_notes_get (widget);

  choose_pointed (self);
  if (self->notes != NULL)
    {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

      g_set_weak_pointer (&self->focus_before, focus != NULL ? focus : widget);
      dailies_notes_popover_write (self->popover);
    }
  else if (dailies_stage_view_get_n_sides (self->stage) > 0)
    g_signal_emit_by_name (self->stage, "tell",
                           _ ("Notes are kept with cuts. This clip is not a cut of the shot, so it takes none."));
}

static void
scrub_cb (DailiesStageNotes *self,
          gint64             time)
{
  dailies_reel_seek (self->reel, time);
}

/* --- following the stage ---------------------------------------------------------------------- */

static void
update_all (DailiesStageNotes *self)
{
  update_notes (self);
  dailies_stage_notes_update_diff (self);
  dailies_stage_notes_update_captions (self);
  dailies_stage_notes_update_difference (self);
}

static void
mode_cb (DailiesStageNotes *self)
{
  update_notes (self);
  dailies_stage_notes_update_captions (self);
}

/* Neither the slip of a side nor what its clip is like is notified; all of it shows in the frames. */
static void
frame_cb (DailiesStageNotes *self,
          guint              side)
{
  int              slip = dailies_reel_get_slip (self->reel, side);
  DailiesClipFacts facts = dailies_stage_notes_get_facts (self, side);
  gboolean changed = slip != self->slips[side] || !dailies_clip_facts_equal (&facts, &self->facts[side]);

  /* What was on its way when it paused is what stands there now. */
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    update_place (self);
  if (!changed)
    return;

  self->slips[side] = slip;
  self->facts[side] = facts;
  update_notes (self);
  dailies_stage_notes_update_facts (self);
  dailies_stage_notes_update_difference (self);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_stage_notes_finalize (GObject *object)
{
  DailiesStageNotes *self = DAILIES_STAGE_NOTES (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->sides);
  g_clear_object (&self->reel);
  g_clear_object (&self->library);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->notes);
  g_clear_object (&self->diff);
  g_clear_object (&self->difference);
  g_clear_object (&self->measured[0]);
  g_clear_object (&self->measured[1]);

  G_OBJECT_CLASS (dailies_stage_notes_parent_class)->finalize (object);
}

static void
dailies_stage_notes_class_init (DailiesStageNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_stage_notes_finalize;
}

static void
dailies_stage_notes_init (DailiesStageNotes *self)
{
}

static void
make_widgets (DailiesStageNotes *self,
              DailiesStageBar   *bar)
{
  self->timeline = dailies_stage_bar_get_timeline (bar);
  self->track = DAILIES_NOTES_TRACK (dailies_notes_track_new (self->timeline));
  self->graph = DAILIES_DIFFERENCE_GRAPH (dailies_difference_graph_new (self->timeline));
  self->popover = DAILIES_NOTES_POPOVER (dailies_notes_popover_new ());
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "document-edit-symbolic");
  gtk_menu_button_set_direction (self->button, GTK_ARROW_UP);
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  dailies_tip_set (GTK_WIDGET (self->button), _ ("Notes (N)"));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Notes"), -1);
  dailies_stage_bar_add (bar, GTK_WIDGET (self->track), GTK_WIDGET (self->graph), GTK_WIDGET (self->button));

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      self->captions[i] = DAILIES_CAPTION (dailies_caption_new ());
      dailies_pane_set_caption (dailies_sides_get_pane (self->sides, i), GTK_WIDGET (self->captions[i]));
    }
}

static void
add_keys (DailiesStageView *stage)
{
  static const char *const keys[][2] = {
    { "n", "stage.note" },
    { "g", "stage.next-difference" },
    { "<Shift>g", "stage.previous-difference" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i][0]), gtk_named_action_new (keys[i][1])));
  gtk_widget_add_controller (GTK_WIDGET (stage), controller);
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_stage_notes_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "stage.note", NULL, note_action);
  gtk_widget_class_install_action (klass, "stage.next-difference", NULL, dailies_stage_notes_go_to_difference);
  gtk_widget_class_install_action (klass, "stage.previous-difference", NULL, dailies_stage_notes_go_to_difference);
}

DailiesStageNotes *
dailies_stage_notes_new (DailiesStageView *stage,
                         DailiesStageBar  *bar)
{
  DailiesStageNotes *self = g_object_new (DAILIES_TYPE_STAGE_NOTES, NULL);

  self->stage = stage;
  self->sides = g_object_ref (dailies_stage_view_get_sides (stage));
  self->reel = g_object_ref (dailies_stage_view_get_reel (stage));
  g_object_set_data (G_OBJECT (stage), DATA, self);
  make_widgets (self, bar);
  add_keys (stage);

  g_signal_connect_object (stage, "sides-changed", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sides, "notify::mode", G_CALLBACK (mode_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sides, "notify::solo", G_CALLBACK (mode_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->track, "jump", G_CALLBACK (jump_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "jump", G_CALLBACK (jump_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "side", G_CALLBACK (side_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "notify::visible", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph, "scrub", G_CALLBACK (scrub_cb), self, G_CONNECT_SWAPPED);
  update_all (self);

  return self;
}

void
dailies_stage_notes_set_library (DailiesStageNotes *self,
                                 DailiesLibrary    *library,
                                 DailiesCatalogue  *catalogue)
{
  g_return_if_fail (DAILIES_IS_STAGE_NOTES (self));

  g_set_object (&self->library, library);
  g_set_object (&self->catalogue, catalogue);
  update_all (self);
}

gboolean
dailies_stage_notes_is_busy (DailiesStageNotes *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_NOTES (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}
