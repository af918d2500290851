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
  int      slip; /* frames */
} Place;

struct _DailiesStageScene
{
  Place            places[DAILIES_REEL_MAX_SIDES];
  guint            n_places;
  guint            n_cuts; /* that the shot had */
  DailiesSidesMode mode;
  guint            solo;
  gint64           position; /* ns of the reel */
  gint64           in;       /* likewise; -1 none */
  gint64           out;
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

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);

  if (self->n_clips == 0)
    return NULL;

  scene = g_new0 (DailiesStageScene, 1);
  scene->n_places = self->n_clips;
  scene->n_cuts = count_cuts (self);
  scene->mode = dailies_sides_get_mode (self->sides);
  g_object_get (self->sides, "solo", &scene->solo, NULL);
  g_object_get (
    self->reel, "position", &scene->position, "range-in", &scene->in, "range-out", &scene->out, NULL);
  for (guint i = 0; i < self->n_clips; i++)
    {
      Place *place = &scene->places[i];

      place->file = g_object_ref (self->clips[i].file);
      place->title = g_strdup (self->clips[i].title);
      place->is_cut = self->clips[i].cut != NULL;
      place->slip = dailies_reel_get_slip (self->reel, dailies_sides_get_reel_side (self->sides, i));
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

gboolean
dailies_stage_view_set_scene (DailiesStageView        *self,
                              const DailiesStageScene *scene)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES] = { { NULL } };
  int              slips[DAILIES_REEL_MAX_SIDES] = { 0 };
  guint            n_clips = 0;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), FALSE);

  for (guint i = 0; i < scene->n_places; i++)
    {
      if (!is_left (self, &scene->places[i]))
        continue;
      clips[n_clips].file = scene->places[i].file;
      clips[n_clips].title = scene->places[i].title;
      slips[n_clips++] = scene->places[i].slip;
    }
  /* What has come meanwhile is more than one cut that was looked at alone. */
  if (n_clips == 0 || (n_clips == 1 && scene->places[0].is_cut && scene->n_cuts != count_cuts (self)))
    return FALSE;

  dailies_stage_view_set_clips (self, clips, n_clips);
  dailies_stage_view_ask_to_play (self, FALSE);
  for (guint i = 0; i < n_clips; i++)
    dailies_reel_set_slip (self->reel, dailies_sides_get_reel_side (self->sides, i), slips[i]);
  g_object_set (self->sides, "solo", MIN (scene->solo, n_clips - 1), "mode", scene->mode, NULL);
  g_object_set (self->reel, "range-in", scene->in, "range-out", scene->out, NULL);
  dailies_reel_seek (self->reel, scene->position);

  return TRUE;
}
