/* dailies-stage-notes-differ.c: what differs between the sides, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-notes-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-cut.h"
#include "dailies-tip.h"

/* --- what differs ----------------------------------------------------------------------------- */

void
dailies_stage_notes_update_diff (DailiesStageNotes *self)
{
  guint           n_sides = dailies_stage_view_get_n_sides (self->stage);
  DailiesDiffSide sides[DAILIES_REEL_MAX_SIDES];

  g_clear_object (&self->diff);
  if (n_sides < 2)
    return;

  for (guint i = 0; i < n_sides; i++)
    {
      DailiesCut *cut = dailies_stage_view_get_cut (self->stage, i);

      sides[i] = (DailiesDiffSide) { NULL, NULL, NAN };
      if (cut != NULL)
        sides[i] = (DailiesDiffSide) { dailies_cut_get_request_json (cut), dailies_cut_get_prompt (cut),
                                       dailies_cut_get_cost_usd (cut) };
    }
  self->diff = dailies_request_diff_new (self->catalogue, sides, n_sides);
}

DailiesClipFacts
dailies_stage_notes_get_facts (DailiesStageNotes *self,
                               guint              reel_side)
{
  DailiesClipFacts facts = { .fps = dailies_reel_get_fps (self->reel, reel_side),
                             .duration = dailies_reel_get_side_duration (self->reel, reel_side) };

  dailies_reel_get_size (self->reel, reel_side, &facts.width, &facts.height);
  return facts;
}

/* The same for what the clips themselves differ in, whoever made them. */
void
dailies_stage_notes_update_facts (DailiesStageNotes *self)
{
  gboolean         joint = dailies_sides_get_mode (self->sides) >= DAILIES_SIDES_WIPE;
  guint            n_sides = dailies_stage_view_get_n_sides (self->stage);
  DailiesClipFacts facts[DAILIES_REEL_MAX_SIDES];

  for (guint i = 0; i < n_sides; i++)
    facts[i] = dailies_stage_notes_get_facts (self, dailies_stage_notes_get_reel_side (self, i));
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      g_autofree char *text = NULL;

      if (!joint && i < n_sides)
        text = dailies_clip_facts_dup_text (facts, n_sides, i);
      else if (joint && i == 1 && n_sides > 1)
        text = dailies_clip_facts_dup_joint_text (facts);
      dailies_caption_set_facts (self->captions[i], text);
    }
}

/* Each pane tells of itself, below its name; where two share their place, one caption tells of both. */
void
dailies_stage_notes_update_captions (DailiesStageNotes *self)
{
  gboolean joint = dailies_sides_get_mode (self->sides) >= DAILIES_SIDES_WIPE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      gboolean at_end = dailies_pane_get_at_end (dailies_sides_get_pane (self->sides, i));

      gtk_widget_set_halign (GTK_WIDGET (self->captions[i]),
                             joint ? GTK_ALIGN_CENTER : at_end ? GTK_ALIGN_END : GTK_ALIGN_START);
      if (!joint)
        dailies_caption_set_diff (self->captions[i], self->diff, i);
      /* The pane of the second lies above that of the first, and is the one the pointer finds. */
      else if (i == 1 && self->diff != NULL && dailies_request_diff_get_first (self->diff) == 0)
        dailies_caption_set_joint_diff (self->captions[i], self->diff, 1);
      else
        dailies_caption_set_diff (self->captions[i], NULL, i);
    }
  dailies_stage_notes_update_facts (self);
}

/* --- where they differ ------------------------------------------------------------------------ */

static gboolean
is_measured (DailiesStageNotes *self,
             guint              n_sides)
{
  for (guint i = 0; i < 2; i++)
    {
      GFile *file = n_sides > 1 ? dailies_stage_view_get_file (self->stage, i) : NULL;

      if (file == NULL || self->measured[i] == NULL || !g_file_equal (file, self->measured[i]))
        return FALSE;
    }

  return TRUE;
}

void
dailies_stage_notes_update_difference (DailiesStageNotes *self)
{
  guint n_sides = dailies_stage_view_get_n_sides (self->stage);

  if (!is_measured (self, n_sides))
    {
      g_clear_object (&self->difference);
      for (guint i = 0; i < 2; i++)
        {
          GFile *file = n_sides > 1 ? dailies_stage_view_get_file (self->stage, i) : NULL;

          g_set_object (&self->measured[i], file);
        }
      if (n_sides > 1)
        self->difference = dailies_difference_new (self->measured[0], self->measured[1]);
      dailies_difference_graph_set_difference (self->graph, self->difference);
    }
  if (self->difference != NULL)
    dailies_difference_set_slip (self->difference, dailies_stage_notes_get_slip (self, 0), dailies_stage_notes_get_slip (self, 1));
}

void
dailies_stage_notes_go_to_difference (GtkWidget  *widget,
                                      const char *name,
                                      GVariant   *parameter)
{
  DailiesStageNotes *self = dailies_stage_notes_get (widget);
  gint64             position, parting;

  if (self->difference == NULL)
    {
      if (dailies_stage_view_get_n_sides (self->stage) > 0)
        g_signal_emit_by_name (self->stage, "tell", _ ("There is one clip on the stage. Add another to see where they part."));
      return;
    }

  /* Not what is shown yet: who presses twice goes on twice. */
  position = MAX (dailies_reel_get_aim (self->reel), 0);
  parting =
    dailies_difference_find_parting (self->difference, position, g_str_equal (name, "stage.next-difference"));
  if (parting < 0)
    {
      g_signal_emit_by_name (self->stage, "tell", dailies_tip_get (GTK_WIDGET (self->graph)));
      return;
    }

  dailies_reel_pause (self->reel);
  dailies_reel_seek (self->reel, parting);
}
