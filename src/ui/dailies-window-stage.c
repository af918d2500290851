/* dailies-window-stage.c: what the window knows of the clips on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-asset.h"
#include "dailies-cut.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-reel.h"
#include "dailies-shot.h"
#include "dailies-store.h"
#include "dailies-window-private.h"

/* (transfer full) (nullable): the first video of @request that is on this computer */
static GFile *
dup_video (DailiesRequest *request)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (request));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      DailiesFieldRole role = dailies_field_get_role (field);
      g_autoptr (DailiesAsset) asset = NULL;

      if (role != DAILIES_FIELD_ROLE_VIDEO && role != DAILIES_FIELD_ROLE_VIDEOS)
        continue;
      asset = g_list_model_get_item (dailies_request_get_assets (request, dailies_field_get_name (field)), 0);
      if (asset != NULL && dailies_asset_get_file (asset) != NULL)
        return g_object_ref (dailies_asset_get_file (asset));
    }
  return NULL;
}

/* (transfer full) (nullable): what @cut was made from, else what lies in the form now */
static GFile *
dup_source (DailiesWindow *self,
            DailiesCut    *cut)
{
  const char *json = cut != NULL ? dailies_cut_get_request_json (cut) : NULL;
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr (DailiesRequest) request = NULL;

  if (node != NULL)
    request = dailies_request_new_from_json (node, dailies_studio_get_catalogue (self->studio), NULL);
  if (request != NULL)
    return dup_video (request);
  return self->request != NULL ? dup_video (self->request) : NULL;
}

/* The first of the sides that is a cut says which source is meant. */
static void
toggle_source_cb (DailiesWindow *self)
{
  g_autoptr (GFile) source = NULL;
  DailiesStageClip clip = { NULL, _("Source"), NULL };
  DailiesCut *cut = NULL;

  for (guint i = 0; cut == NULL && i < dailies_stage_view_get_n_sides (self->stage); i++)
    cut = dailies_stage_view_get_cut (self->stage, i);
  source = dup_source (self, cut);
  if (source == NULL)
    {
      dailies_window_tell (self, _("There is no source clip to compare with: this cut was not made from a video."), NULL,
                           NULL);
      return;
    }
  clip.file = source;
  dailies_stage_view_toggle (self->stage, &clip);
}

static void
tell_cb (DailiesWindow *self,
         const char    *sentence)
{
  dailies_window_tell (self, sentence, NULL, NULL);
}

void
dailies_window_compare_cut (DailiesWindow *self,
                            DailiesCut    *cut)
{
  DailiesStageClip clip = { dailies_cut_get_file (cut), NULL, cut };

  if (self->stage != NULL)
    dailies_stage_view_toggle (self->stage, &clip);
}

static void
use_frame_cb (DailiesWindow *self,
              guint          side,
              const char    *role)
{
  dailies_window_use_frame (self, side, role);
}

/* Nobody is to wonder where it went. */
static void
use_drop_cb (DailiesWindow *self,
             DailiesDrop   *drop)
{
  gboolean fullscreened;

  g_object_get (self->stage, "fullscreened", &fullscreened, NULL);
  if (fullscreened)
    dailies_window_tell (self, _("What you dropped is waiting in the form."), NULL, NULL);
  else
    dailies_window_set_pane_shown (self, self->composer_flap, TRUE);
  dailies_composer_take_drop (self->composer, drop);
}

static void
sides_changed_cb (DailiesWindow *self)
{
  gint64 ids[DAILIES_REEL_MAX_SIDES] = { 0 };
  guint n_sides = dailies_stage_view_get_n_sides (self->stage);

  for (guint i = 0; i < n_sides; i++)
    {
      DailiesCut *cut = dailies_stage_view_get_cut (self->stage, i);

      ids[i] = cut != NULL ? dailies_cut_get_id (cut) : 0;
    }
  self->shown_cut = ids[0];
  dailies_strip_set_shown (self->strip, ids, n_sides);
}

void
dailies_window_keep_scene (DailiesWindow *self)
{
  DailiesStageScene *scene;
  gint64 id;

  if (self->shot == NULL || self->stage == NULL)
    return;
  id = dailies_shot_get_id (self->shot);
  scene = dailies_stage_view_dup_scene (self->stage);
  /* What is kept may be still on its way onto the stage. */
  if (scene != NULL)
    g_hash_table_insert (self->scenes, g_memdup2 (&id, sizeof id), scene);
}

gboolean
dailies_window_bring_scene (DailiesWindow *self)
{
  gint64 id = dailies_shot_get_id (self->shot);
  DailiesStageScene *scene = g_hash_table_lookup (self->scenes, &id);

  return scene != NULL && self->stage != NULL && dailies_stage_view_set_scene (self->stage, scene);
}

gboolean
dailies_window_is_comparing (DailiesWindow *self)
{
  guint n_sides = self->stage != NULL ? dailies_stage_view_get_n_sides (self->stage) : 0;

  return n_sides > 1 || (n_sides == 1 && self->shown_cut == 0);
}

void
dailies_window_watch_stage (DailiesWindow *self)
{
  GFile *directory = dailies_store_get_directory (dailies_library_get_store (self->library));
  g_autoptr (GFile) frames = g_file_get_child (directory, "frames");

  dailies_stage_view_set_frames_folder (self->stage, frames);
  g_signal_connect_object (self->stage, "use-frame", G_CALLBACK (use_frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "use-drop", G_CALLBACK (use_drop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "sides-changed", G_CALLBACK (sides_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "toggle-source", G_CALLBACK (toggle_source_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "tell", G_CALLBACK (tell_cb), self, G_CONNECT_SWAPPED);
}
