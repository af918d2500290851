/* dailies-stage-view-sides.c: which clips are on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"

/* --- one side --------------------------------------------------------------------------------- */

static char *
describe_cut (DailiesCut *cut)
{
  /* Translators: the number of a cut within its shot */
  g_autofree char *name = g_strdup_printf (_ ("Cut %u"), dailies_cut_get_number (cut));

  return g_strdup_printf ("%s%s", name, dailies_cut_get_picked (cut) ? " ★" : "");
}

static void
update_title (DailiesStageView *self,
              guint             index)
{
  DailiesStageSide *side = &self->clips[index];
  g_autofree char  *text = NULL;

  if (index < self->n_clips && side->cut != NULL)
    text = describe_cut (side->cut);
  else
    text = g_strdup (side->title);
  dailies_sides_set_title (self->sides, index, text);
}

static void
update_titles (DailiesStageView *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    update_title (self, i);
}

static void
clear_side (DailiesStageSide *side)
{
  if (side->cut != NULL)
    g_clear_signal_handler (&side->picked_id, side->cut);
  g_clear_object (&side->file);
  g_clear_object (&side->cut);
  g_clear_pointer (&side->title, g_free);
}

DailiesCut *
dailies_stage_view_find_cut (DailiesStageView *self,
                             GFile            *file)
{
  for (guint i = 0; self->cuts != NULL && i < g_list_model_get_n_items (self->cuts); i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (self->cuts, i);

      if (g_file_equal (dailies_cut_get_file (cut), file))
        return g_steal_pointer (&cut);
    }

  return NULL;
}

static DailiesStageSide
make_side (DailiesStageView       *self,
           const DailiesStageClip *clip)
{
  DailiesStageSide side = { 0 };

  side.file = g_object_ref (clip->file);
  side.cut = clip->cut != NULL ? g_object_ref (clip->cut) : dailies_stage_view_find_cut (self, clip->file);
  if (side.cut != NULL)
    side.picked_id =
      g_signal_connect_swapped (side.cut, "notify::picked", G_CALLBACK (update_titles), self);
  side.title = g_strdup (clip->title);
  if (side.title == NULL)
    {
      g_autofree char *name = g_file_get_basename (clip->file);

      side.title = g_filename_display_name (name);
    }

  return side;
}

void
dailies_stage_view_forget_sides (DailiesStageView *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    clear_side (&self->clips[i]);
  self->n_clips = 0;
}

/* --- all of them ------------------------------------------------------------------------------ */

static gboolean
is_there (DailiesStageView       *self,
          guint                   index,
          const DailiesStageClip *clip)
{
  return index < self->n_clips && g_file_equal (self->clips[index].file, clip->file) &&
         !dailies_sides_has_error (self->sides, index);
}

/* The tiles come before the files, so that nothing is decoded larger than it is shown. */
static void
load_sides (DailiesStageView *self,
            const gboolean   *fresh)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (fresh[i] || i >= self->n_clips)
        dailies_sides_set_error (self->sides, i, NULL);
    }
  dailies_sides_set_n_sides (self->sides, self->n_clips);
  dailies_reel_set_lead (self->reel, dailies_sides_get_reel_side (self->sides, 0));
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (!fresh[i])
        continue;
      /* A shift in time was meant for the clip that goes. */
      dailies_reel_set_slip (self->reel, dailies_sides_get_reel_side (self->sides, i), 0);
      dailies_reel_set_file (self->reel,
                             dailies_sides_get_reel_side (self->sides, i),
                             i < self->n_clips ? self->clips[i].file : NULL);
    }
  update_titles (self);
  dailies_stage_view_update_menus (self);
  dailies_stage_view_update_page (self);
  g_signal_emit_by_name (self, "sides-changed");
}

void
dailies_stage_view_set_clips (DailiesStageView       *self,
                              const DailiesStageClip *clips,
                              guint                   n_clips)
{
  DailiesStageSide next[DAILIES_REEL_MAX_SIDES] = { { 0 } };
  gboolean         fresh[DAILIES_REEL_MAX_SIDES] = { FALSE };
  gboolean         kept = FALSE;
  gboolean         more = n_clips > MAX (self->n_clips, 1);

  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));
  g_return_if_fail (n_clips <= DAILIES_REEL_MAX_SIDES);

  dailies_stage_view_forget_drop (self);
  for (guint i = 0; i < MAX (self->n_clips, n_clips); i++)
    {
      fresh[i] = i >= n_clips || !is_there (self, i, &clips[i]);
      kept = kept || !fresh[i];
    }
  /* What is asked for may be told in terms of what is there. */
  for (guint i = 0; i < n_clips; i++)
    next[i] = make_side (self, &clips[i]);
  dailies_stage_view_forget_sides (self);
  memcpy (self->clips, next, sizeof next);
  self->n_clips = n_clips;
  if (n_clips > 0 && !kept)
    dailies_stage_view_forget_sound (self);
  load_sides (self, fresh);
  /* Who adds a side wants to see it, whatever was looked at alone before. */
  if (more && dailies_sides_get_mode (self->sides) == DAILIES_SIDES_SINGLE)
    dailies_sides_set_mode (self->sides, DAILIES_SIDES_SIDE_BY_SIDE);
  if (!kept)
    g_object_set (self->reel, "range-in", (gint64) -1, "range-out", (gint64) -1, NULL);
  if (n_clips > 0 && !kept)
    dailies_stage_view_play_from_start (self, TRUE);
}

void
dailies_stage_view_show_clip (DailiesStageView *self,
                              GFile            *file,
                              const char       *title)
{
  DailiesStageClip clip = { file, title, NULL };

  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  dailies_stage_view_set_clips (self, &clip, file != NULL ? 1 : 0);
  if (file != NULL)
    dailies_stage_view_play_from_start (self, TRUE);
}

void
dailies_stage_view_play_from_start (DailiesStageView *self,
                                    gboolean          play)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  dailies_reel_seek (self->reel, 0);
  dailies_stage_view_ask_to_play (self, play);
}

static gboolean
has_errors (DailiesStageView *self)
{
  gboolean errors = FALSE;

  for (guint i = 0; i < self->n_clips; i++)
    errors |= dailies_sides_has_error (self->sides, i);

  return errors;
}

void
dailies_stage_view_take_away (DailiesStageView *self,
                              guint             index)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES];
  gboolean         alone = dailies_sides_get_mode (self->sides) == DAILIES_SIDES_SINGLE;
  guint            n_clips = 0;
  guint            solo;

  /* The last one stays: a stage that is emptied by a slip of the hand helps nobody. */
  if (index >= self->n_clips || self->n_clips == 1)
    return;

  g_object_get (self->sides, "solo", &solo, NULL);
  if (alone && solo == index)
    dailies_sides_set_mode (self->sides, self->mode_before);
  else if (alone && solo > index)
    g_object_set (self->sides, "solo", solo - 1, NULL);

  /* The others keep what has been decoded of them, and their place in time. */
  while (!has_errors (self) && index + 1 < self->n_clips)
    {
      dailies_stage_view_swap (self, index, index + 1);
      index++;
    }
  for (guint i = 0; i < self->n_clips; i++)
    if (i != index)
      clips[n_clips++] = (DailiesStageClip){ self->clips[i].file, self->clips[i].title, self->clips[i].cut };
  dailies_stage_view_set_clips (self, clips, n_clips);
}

void
dailies_stage_view_toggle (DailiesStageView       *self,
                           const DailiesStageClip *clip)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES];
  guint            n_clips = self->n_clips;
  gboolean         there = FALSE;

  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  for (guint i = n_clips; i-- > 0;)
    {
      if (!g_file_equal (self->clips[i].file, clip->file))
        continue;
      dailies_stage_view_take_away (self, i);
      there = TRUE;
    }
  if (there)
    return;
  if (n_clips == DAILIES_REEL_MAX_SIDES)
    {
      dailies_stage_view_tell (
        self, _ ("The stage holds four clips. Take one away before you add another."));
      return;
    }
  for (guint i = 0; i < n_clips; i++)
    clips[i] = (DailiesStageClip){ self->clips[i].file, self->clips[i].title, self->clips[i].cut };
  clips[n_clips++] = *clip;
  dailies_stage_view_set_clips (self, clips, n_clips);
}

void
dailies_stage_view_swap (DailiesStageView *self,
                         guint             one,
                         guint             other)
{
  DailiesStageSide kept = self->clips[one];
  gboolean         failed[2] = { dailies_sides_has_error (self->sides, one),
                                 dailies_sides_has_error (self->sides, other) };

  /* A pane that says what went wrong keeps saying it of the right clip. */
  if (one >= self->n_clips || other >= self->n_clips || failed[0] || failed[1])
    return;

  self->clips[one] = self->clips[other];
  self->clips[other] = kept;
  dailies_sides_swap (self->sides, one, other);
  /* Frames are those of A, whichever clip that is. */
  dailies_reel_set_lead (self->reel, dailies_sides_get_reel_side (self->sides, 0));
  dailies_stage_bar_follow_lead (self->bar);
  update_titles (self);
  dailies_stage_view_swap_sound (self);
  g_signal_emit_by_name (self, "sides-changed");
}

guint
dailies_stage_view_get_pointed (DailiesStageView *self)
{
  int side = dailies_sides_get_pointed (self->sides);

  return side >= 0 && self->n_clips > 1 ? (guint) side : MIN (self->n_clips, 2) - 1;
}

guint
dailies_stage_view_get_n_sides (DailiesStageView *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), 0);

  return self->n_clips;
}

GFile *
dailies_stage_view_get_file (DailiesStageView *self,
                             guint             side)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, NULL);

  return self->clips[side].file;
}

DailiesCut *
dailies_stage_view_get_cut (DailiesStageView *self,
                            guint             side)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, NULL);

  return self->clips[side].cut;
}

DailiesSides *
dailies_stage_view_get_sides (DailiesStageView *self)
{
  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);

  return self->sides;
}

void
dailies_stage_view_set_cuts (DailiesStageView *self,
                             GListModel       *cuts)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));
  g_return_if_fail (cuts == NULL || G_IS_LIST_MODEL (cuts));

  g_set_object (&self->cuts, cuts);
}
