/* dailies-stage-view-scene.c: what is on the stage, kept while another shot is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include "dailies-cut.h"

typedef struct
{
  GFile   *file;
  char    *title;
  gboolean is_cut;
  gboolean is_alone; /* in the mode that shows one */
  gboolean is_heard;
  int      slip; /* frames */
} Place;

struct _DailiesStageScene
{
  Place            places[DAILIES_REEL_MAX_SIDES];
  guint            n_places;
  guint            n_cuts; /* that the shot had */
  DailiesSidesMode mode;
  gboolean         sound_chosen; /* by the artist */
  gint64           position; /* ns of the reel */
  gint64           in;       /* likewise; -1 none */
  gint64           out;
  gboolean         range_loops; /* it is a loop for the range's sake */
};

void
dailies_stage_scene_free (DailiesStageScene *self)
{
  for (guint i = 0; i < self->n_places; i++)
    {
      g_object_unref (self->places[i].file);
      g_free (self->places[i].title);
    }
  g_free (self);
}

static guint
count_cuts (DailiesStageView *self)
{
  return self->cuts != NULL ? g_list_model_get_n_items (self->cuts) : 0;
}

DailiesStageScene *
dailies_stage_view_dup_scene (DailiesStageView *self)
{
  DailiesStageScene *scene;
  guint              solo;
  int                audible;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);

  if (self->n_clips == 0)
    return NULL;

  scene = g_new0 (DailiesStageScene, 1);
  scene->n_places = self->n_clips;
  scene->n_cuts = count_cuts (self);
  scene->mode = dailies_sides_get_mode (self->sides);
  scene->sound_chosen = self->sound_chosen;
  scene->range_loops = self->range_loops;
  /* Where it is on its way to, and not what was there before. */
  scene->position = dailies_reel_get_aim (self->reel);
  g_object_get (self->sides, "solo", &solo, NULL);
  g_object_get (
    self->reel, "audible", &audible, "range-in", &scene->in, "range-out", &scene->out, NULL);
  for (guint i = 0; i < self->n_clips; i++)
    {
      Place *place = &scene->places[i];
      guint  reel_side = dailies_sides_get_reel_side (self->sides, i);

      place->file = g_object_ref (self->clips[i].file);
      place->title = g_strdup (self->clips[i].title);
      place->is_cut = self->clips[i].cut != NULL;
      place->is_alone = i == solo;
      place->is_heard = audible == (int) reel_side;
      place->slip = dailies_reel_get_slip (self->reel, reel_side);
    }

  return scene;
}

/* A cut that was deleted meanwhile has its file for a while yet. */
static gboolean
is_left (DailiesStageView *self,
         const Place      *place)
{
  g_autoptr (DailiesCut) cut = place->is_cut ? dailies_stage_view_find_cut (self, place->file) : NULL;

  return !place->is_cut || cut != NULL;
}

static void
set_side (DailiesStageView *self,
          guint             side,
          const Place      *place)
{
  guint reel_side = dailies_sides_get_reel_side (self->sides, side);

  dailies_reel_set_slip (self->reel, reel_side, place->slip);
  if (place->is_alone)
    g_object_set (self->sides, "solo", side, NULL);
  if (place->is_heard && self->sound_chosen)
    g_object_set (self->reel, "audible", (int) reel_side, NULL);
}

gboolean
dailies_stage_view_set_scene (DailiesStageView        *self,
                              const DailiesStageScene *scene)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES] = { { NULL } };
  const Place     *places[DAILIES_REEL_MAX_SIDES];
  guint            n_clips = 0;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), FALSE);

  for (guint i = 0; i < scene->n_places; i++)
    {
      const Place *place = &scene->places[i];

      if (!is_left (self, place))
        continue;
      clips[n_clips].file = place->file;
      clips[n_clips].title = place->title;
      places[n_clips++] = place;
    }
  /* What has come meanwhile is more than one cut that was looked at alone. */
  if (n_clips == 0 || (scene->n_places == 1 && places[0]->is_cut && scene->n_cuts != count_cuts (self)))
    return FALSE;

  dailies_stage_view_set_clips (self, clips, n_clips);
  dailies_stage_view_ask_to_play (self, FALSE);
  self->sound_chosen = scene->sound_chosen;
  if (self->sound_chosen)
    g_object_set (self->reel, "audible", -1, NULL);
  for (guint i = 0; i < n_clips; i++)
    set_side (self, i, places[i]);
  dailies_sides_set_mode (self->sides, scene->mode);
  if (scene->range_loops)
    dailies_stage_view_loop_range (self, TRUE);
  g_object_set (self->reel, "range-in", scene->in, "range-out", scene->out, NULL);
  dailies_reel_seek (self->reel, scene->position);
  dailies_stage_view_update_sound (self);

  return TRUE;
}
