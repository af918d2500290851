/* dailies-window-shot.c: the shot being worked on: its draft, its cuts on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-reel.h"
#include "dailies-shot.h"
#include "dailies-text.h"
#include "dailies-toast.h"
#include "dailies-tip.h"
#include "dailies-window-private.h"

/* ms after the last change until a draft is written */
#define SAVE_DELAY 300

/* (transfer none) (nullable): the first model that @service_id makes something with; the practice service speaks all. */
static DailiesDefinition *
first_definition (DailiesWindow *self)
{
  GListModel *catalogue = G_LIST_MODEL (dailies_studio_get_catalogue (self->studio));

  for (guint i = 0; i < g_list_model_get_n_items (catalogue); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (catalogue, i);

      if (g_str_equal (self->service_id, "practice") ||
          g_str_equal (dailies_definition_get_service (definition), self->service_id))
        return definition;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): @text read as a request; without one, an empty one of the model used last */
static DailiesRequest *
read_draft (DailiesWindow *self,
            const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, &error) : NULL;
  DailiesDefinition *definition = self->request != NULL ? dailies_request_get_definition (self->request) : NULL;
  DailiesRequest *request = NULL;

  if (node != NULL)
    request = dailies_request_new_from_json (node, dailies_studio_get_catalogue (self->studio), &error);
  if (error != NULL)
    dailies_window_tell_error (self, error);
  if (request == NULL && definition == NULL)
    definition = first_definition (self);
  if (request == NULL && definition != NULL)
    request = dailies_request_new (definition);
  return request;
}

static gboolean
save_cb (gpointer user_data)
{
  DailiesWindow *self = user_data;

  self->save_source = 0;
  dailies_window_save (self);
  /* Not at once: the turn that takes a drop in has enough to lay out. */
  dailies_window_update_empty (self);
  return G_SOURCE_REMOVE;
}

void
dailies_window_save_soon (DailiesWindow *self)
{
  self->unsaved = TRUE;
  if (self->request != NULL)
    dailies_window_follow_words (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY, save_cb, self);
}

static void
shot_notify_cb (DailiesWindow *self)
{
  dailies_window_update_title (self);
  dailies_window_update_empty (self);
}

/* The pick, else the newest. */
static DailiesCut *
dup_best_cut (DailiesShot *shot)
{
  GListModel *cuts = dailies_shot_get_cuts (shot);
  g_autoptr (DailiesCut) best = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i);

      if (best == NULL || dailies_cut_get_picked (cut) || !dailies_cut_get_picked (best))
        g_set_object (&best, cut);
    }
  return g_steal_pointer (&best);
}

static gboolean
is_stage_empty (DailiesWindow *self)
{
  if (self->stage == NULL)
    return self->waiting_cut == NULL && self->waiting_compare == NULL;
  return dailies_stage_view_get_n_sides (self->stage) == 0;
}

static void
cuts_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DailiesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesCut) cut = NULL;
  gboolean loaded = dailies_library_load_cuts_finish (DAILIES_LIBRARY (source), result, &error);

  if (self->composer == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!loaded)
    dailies_window_tell_error (self, error);
  else if (self->shot != NULL && is_stage_empty (self) && !dailies_window_bring_scene (self))
    {
      cut = dup_best_cut (self->shot);
      if (cut != NULL)
        dailies_window_show_cut (self, cut, FALSE);
    }
}

void
dailies_window_set_request (DailiesWindow  *self,
                            DailiesRequest *request)
{
  if (self->request == request)
    return;
  if (self->request != NULL)
    g_clear_signal_handler (&self->request_changed, self->request);
  g_set_object (&self->request, request);
  g_free (self->words);
  self->words = request != NULL ? g_strdup (dailies_request_get_prompt (request)) : NULL;
  if (request != NULL)
    self->request_changed = g_signal_connect_object (request, "changed", G_CALLBACK (dailies_window_save_soon), self,
                                                     G_CONNECT_SWAPPED);
  dailies_composer_set_request (self->composer, request);
  dailies_window_update_empty (self);
}

void
dailies_window_save (DailiesWindow *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *draft = NULL;

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (!self->unsaved || self->request == NULL || self->shot == NULL)
    return;
  self->unsaved = FALSE;
  dailies_window_note_draft (self);
  node = dailies_request_to_json (self->request);
  draft = json_to_string (node, FALSE);
  dailies_library_set_draft (self->library, self->shot, draft, dailies_request_get_prompt (self->request));
}

void
dailies_window_set_shot (DailiesWindow *self,
                         DailiesShot   *shot)
{
  g_autoptr (DailiesRequest) request = NULL;
  gboolean first = self->shot == NULL;

  if (self->shot == shot)
    return;
  dailies_window_save (self);
  dailies_window_forget_steps (self);
  dailies_window_keep_scene (self);
  if (self->shot_signals == NULL)
    {
      self->shot_signals = g_signal_group_new (DAILIES_TYPE_SHOT);
      g_signal_group_connect_swapped (self->shot_signals, "notify", G_CALLBACK (shot_notify_cb), self);
    }
  g_set_object (&self->shot, shot);
  g_signal_group_set_target (self->shot_signals, shot);
  if (shot != NULL)
    request = read_draft (self, dailies_shot_get_draft (shot));
  dailies_window_set_request (self, request);
  dailies_composer_show_top (self->composer);
  dailies_window_reset_variations (self);
  dailies_window_note_draft (self);
  if (self->stage != NULL)
    dailies_stage_view_set_cuts (self->stage, shot != NULL ? dailies_shot_get_cuts (shot) : NULL);
  /* At a start files to compare may have come before the shot. */
  if (!first || self->shown_cut != 0)
    dailies_window_show_cut (self, NULL, FALSE);
  dailies_strip_set_shot (self->strip, shot);
  dailies_shots_pane_set_shot (self->shots, shot);
  dailies_window_update_title (self);
  dailies_window_update_empty (self);
  if (shot == NULL)
    return;
  dailies_settings_set_last_shot (self->settings, dailies_shot_get_id (shot));
  dailies_library_load_cuts_async (self->library, shot, self->cancellable, cuts_loaded_cb, g_object_ref (self));
}

void
dailies_window_show_cut (DailiesWindow *self,
                         DailiesCut    *cut,
                         gboolean       play)
{
  DailiesStageClip clip = { 0 };

  if (cut == NULL)
    {
      g_clear_object (&self->waiting_cut);
      if (self->stage != NULL)
        dailies_stage_view_set_clips (self->stage, NULL, 0);
      return;
    }
  if (self->stage == NULL)
    {
      g_set_object (&self->waiting_cut, cut);
      self->waiting_play = play;
      return;
    }
  clip.file = dailies_cut_get_file (cut);
  clip.cut = cut;
  dailies_stage_view_set_clips (self->stage, &clip, 1);
  dailies_stage_view_play_from_start (self->stage, play);
}

void
dailies_window_update_title (DailiesWindow *self)
{
  const char *service = dailies_text_service (self->service_id);
  g_autofree char *subtitle = NULL;
  g_autofree char *window = NULL;
  const char *tip = self->held ? _("This run was started with --practice and stays on the practice service.") : NULL;
  guint n_cuts = self->shot != NULL ? dailies_shot_get_n_cuts (self->shot) : 0;

  if (n_cuts > 0)
    subtitle = g_strdup_printf (ngettext ("%u cut · %s", "%u cuts · %s", n_cuts), n_cuts, service);
  else
    subtitle = g_strdup (service);
  adw_window_title_set_title (self->title, self->shot != NULL ? dailies_shot_get_title (self->shot) : _("Dailies"));
  if (self->shot != NULL)
    /* Translators: the title of the shot, for the list of windows */
    window = g_strdup_printf (_("%s · Dailies"), dailies_shot_get_title (self->shot));
  gtk_window_set_title (GTK_WINDOW (self), window != NULL ? window : _("Dailies"));
  adw_window_title_set_subtitle (self->title, subtitle);
  dailies_tip_set (GTK_WIDGET (self->title), tip);
}

static gboolean
has_any_cut (DailiesWindow *self)
{
  GListModel *shots = G_LIST_MODEL (self->library);

  for (guint i = 0; i < g_list_model_get_n_items (shots); i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (shots, i);

      if (dailies_shot_get_n_cuts (shot) > 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether there is nothing in the form that samples could come on top of. */
static gboolean
is_untouched (DailiesRequest *request)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (request));
  g_autofree char *prompt = g_strstrip (g_strdup (dailies_request_get_prompt (request)));

  if (*prompt != '\0')
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char *name = dailies_field_get_name (field);
      GListModel *items = NULL;

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
        items = dailies_request_get_elements (request, name);
      else if (dailies_field_is_media (field))
        items = dailies_request_get_assets (request, name);
      if (items != NULL && g_list_model_get_n_items (items) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether the model takes one picture to begin with and one to end with. */
static gboolean
takes_two_frames (DailiesRequest *request)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (request));
  guint n_frames = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      n_frames += dailies_field_get_role (field) == DAILIES_FIELD_ROLE_IMAGE;
    }
  return n_frames == 2;
}

/* What the stage says while there is nothing to play. */
void
dailies_window_update_empty (DailiesWindow *self)
{
  gboolean practice = g_str_equal (self->service_id, "practice");
  gboolean running = self->shot != NULL && dailies_shot_get_n_running (self->shot) > 0;
  gboolean first = !running && !has_any_cut (self);
  gboolean untouched = self->request != NULL && is_untouched (self->request);
  const char *title, *text;

  if (self->empty_title == NULL || self->shown_cut != 0)
    return;
  if (running)
    {
      title = _("The cut is on its way");
      text = _("It plays here as soon as it is ready. Until then you can write the next one, or another shot.");
    }
  else if (first && practice && !untouched)
    {
      title = _("Make the first cut");
      text = _("Say what happens, and press Generate. You are on the practice service: it is free, works offline, and makes "
               "real clips from your own media.");
    }
  else if (first && practice && takes_two_frames (self->request))
    {
      title = _("Make the first cut");
      text = _("Drop two pictures on Start and End, say what happens between them, and press Generate. You are on the "
               "practice service: it is free, works offline, and makes real clips from your own media.");
    }
  else if (first && practice)
    {
      title = _("Make the first cut");
      text = _("Drop your media on the form, say what happens, and press Generate. You are on the practice service: it is "
               "free, works offline, and makes real clips from your own media.");
    }
  else if (first)
    {
      title = _("Make the first cut");
      text = _("Drop your media on the form, say what happens, and press Generate.");
    }
  else if (self->shot != NULL && dailies_shot_get_n_cuts (self->shot) > 0)
    {
      title = _("No cut on the stage");
      text = _("Click a cut below to play it.");
    }
  else
    {
      title = _("No cuts yet");
      text = _("Fill in the form and press Generate. The cut plays here.");
    }
  gtk_label_set_text (self->empty_title, title);
  gtk_label_set_text (self->empty_text, text);
  gtk_widget_set_visible (self->empty_buttons, !running && (first || self->needs_token));
  gtk_widget_set_visible (self->empty_sample, first && untouched);
  gtk_widget_set_visible (self->empty_connect, practice || self->needs_token);
}

static void
shot_added_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DailiesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesShot) shot = dailies_library_add_shot_finish (DAILIES_LIBRARY (source), result, &error);

  if (self->composer == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-shot", TRUE);
  if (shot == NULL)
    {
      dailies_window_tell_error (self, error);
      return;
    }
  /* A new shot is nothing that anybody searched for, and has to be seen. */
  dailies_shots_pane_clear_search (self->shots);
  dailies_window_set_shot (self, shot);
  if (!dailies_window_is_comparing (self))
    dailies_composer_focus_prompt (self->composer);
  if (self->waiting_files != NULL)
    {
      g_autoptr (GListModel) files = g_steal_pointer (&self->waiting_files);

      dailies_window_open_files (self, files);
    }
}

void
dailies_window_new_shot (DailiesWindow *self)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));

  if (self->library == NULL)
    return;
  /* One shot at a time: a held key would fill the list. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-shot", FALSE);
  dailies_library_add_shot_async (self->library, NULL, NULL, self->cancellable, shot_added_cb, g_object_ref (self));
}

/* Where the artist left off, else the newest shot, else a new one. */
void
dailies_window_first_shot (DailiesWindow *self)
{
  g_autoptr (DailiesShot) newest = g_list_model_get_item (G_LIST_MODEL (self->library), 0);
  DailiesShot *last = dailies_library_lookup_shot (self->library, dailies_settings_get_last_shot (self->settings));

  if (newest == NULL)
    {
      dailies_window_update_title (self);
      dailies_window_update_empty (self);
      dailies_window_new_shot (self);
      return;
    }
  dailies_window_set_shot (self, last != NULL ? last : newest);
  if (self->waiting_files != NULL)
    {
      g_autoptr (GListModel) files = g_steal_pointer (&self->waiting_files);

      dailies_window_open_files (self, files);
    }
  if (self->waiting_job != NULL)
    {
      g_autofree char *job = g_steal_pointer (&self->waiting_job);

      dailies_window_show_job (self, job);
    }
}

static void
bring_back_cb (AdwToast      *toast,
               DailiesWindow *self)
{
  DailiesRequest *before = g_object_get_data (G_OBJECT (toast), "before");

  /* Only for the shot it was taken from. */
  if (self->composer == NULL || self->shot != g_object_get_data (G_OBJECT (toast), "shot"))
    return;
  dailies_window_save (self);
  dailies_window_set_request (self, before);
  dailies_window_save_soon (self);
}

void
dailies_window_use_as_draft (DailiesWindow *self,
                             DailiesCut    *cut)
{
  const char *json = dailies_cut_get_request_json (cut);
  g_autoptr (DailiesRequest) request = NULL;
  AdwToast *toast;

  if (json == NULL || self->shot == NULL)
    {
      dailies_window_tell (self, _("What this cut was made from is not known any more."), NULL, NULL);
      return;
    }
  request = read_draft (self, json);
  if (request == NULL)
    return;
  toast = dailies_toast_new (_("The draft is now what this cut was made from"));
  adw_toast_set_button_label (toast, _("Undo"));
  if (self->request != NULL)
    g_object_set_data_full (G_OBJECT (toast), "before", g_object_ref (self->request), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "shot", g_object_ref (self->shot), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (bring_back_cb), self, 0);
  /* What it was until now is a step of its own. */
  dailies_window_save (self);
  dailies_window_set_request (self, request);
  dailies_window_save_soon (self);
  dailies_window_add_toast (self, toast);
}
