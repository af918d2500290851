/* dailies-window-open.c: files that come from outside go to the fields where they fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-asset.h"
#include "dailies-compat.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-intake.h"
#include "dailies-reel.h"
#include "dailies-shot.h"
#include "dailies-store.h"
#include "dailies-window-private.h"

/* Files on their way into the form: all are read before the first is placed, because a clip decides on the model. */
typedef struct
{
  DailiesWindow *window;
  GPtrArray     *assets; /* (element-type DailiesAsset) */
  guint          loading;
  char          *prompt; /* (nullable): for a form that has none yet */
} Intake;

static void
intake_free (Intake *intake)
{
  g_object_unref (intake->window);
  g_ptr_array_unref (intake->assets);
  g_free (intake->prompt);
  g_free (intake);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Intake, intake_free)

static gboolean
takes (DailiesField     *field,
       DailiesMediaKind  kind,
       gboolean          list)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_IMAGE:
      return kind == DAILIES_MEDIA_IMAGE && !list;
    case DAILIES_FIELD_ROLE_IMAGES:
      return kind == DAILIES_MEDIA_IMAGE && list;
    case DAILIES_FIELD_ROLE_VIDEO:
      return kind == DAILIES_MEDIA_VIDEO && !list;
    case DAILIES_FIELD_ROLE_VIDEOS:
      return kind == DAILIES_MEDIA_VIDEO && list;
    case DAILIES_FIELD_ROLE_AUDIO:
      return kind == DAILIES_MEDIA_AUDIO && !list;
    case DAILIES_FIELD_ROLE_AUDIOS:
      return kind == DAILIES_MEDIA_AUDIO && list;
    default:
      return FALSE;
    }
}

/* How many single fields of @definition take @kind; a list counts as one. */
static guint
count_fields (DailiesDefinition *definition,
              DailiesMediaKind   kind)
{
  GListModel *fields = dailies_definition_get_fields (definition);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (takes (field, kind, FALSE) || takes (field, kind, TRUE))
        count++;
    }
  return count;
}

/* The model on the form if it takes @kind in @n_fields fields, else the first of the same service that does. */
static void
choose_definition (DailiesWindow    *self,
                   DailiesMediaKind  kind,
                   guint             n_fields)
{
  DailiesDefinition *current = dailies_request_get_definition (self->request);
  GListModel *catalogue = G_LIST_MODEL (dailies_studio_get_catalogue (self->studio));

  if (count_fields (current, kind) >= n_fields)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (catalogue); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (catalogue, i);

      if (g_strcmp0 (dailies_definition_get_service (definition), dailies_definition_get_service (current)) == 0 &&
          count_fields (definition, kind) >= n_fields)
        {
          dailies_request_set_definition (self->request, definition);
          return;
        }
    }
}

/* An empty field for one file first, then the end of a list. */
static gboolean
place (DailiesWindow *self,
       DailiesAsset  *asset)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (self->request));
  DailiesMediaKind kind = dailies_asset_get_kind (asset);

  for (int list = FALSE; list <= TRUE; list++)
    for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
      {
        g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
        const char *name = dailies_field_get_name (field);

        if (!takes (field, kind, list))
          continue;
        if (!list && g_list_model_get_n_items (dailies_request_get_assets (self->request, name)) > 0)
          continue;
        dailies_request_add_asset (self->request, name, asset, G_MAXUINT);
        return TRUE;
      }
  return FALSE;
}

static void
tell_no_place (DailiesWindow *self,
               DailiesAsset  *asset)
{
  const GError *error = dailies_asset_get_error (asset);
  g_autofree char *text = NULL;

  if (error != NULL)
    text = g_strdup (error->message);
  else
    text = dailies_intake_explain_no_place (self->request, dailies_asset_get_name (asset), dailies_asset_get_kind (asset));
  dailies_window_tell (self, text, NULL, NULL);
}

static void
place_all (Intake *intake)
{
  DailiesWindow *self = intake->window;
  guint n_images = 0;
  gboolean has_video = FALSE;

  if (self->composer == NULL || self->request == NULL)
    return;
  for (guint i = 0; i < intake->assets->len; i++)
    {
      has_video |= dailies_asset_get_kind (intake->assets->pdata[i]) == DAILIES_MEDIA_VIDEO;
      n_images += dailies_asset_get_kind (intake->assets->pdata[i]) == DAILIES_MEDIA_IMAGE;
    }
  if (has_video)
    choose_definition (self, DAILIES_MEDIA_VIDEO, 1);
  else if (n_images > 0)
    choose_definition (self, DAILIES_MEDIA_IMAGE, intake->prompt != NULL ? 2 : 1);
  for (guint i = 0; i < intake->assets->len; i++)
    if (!place (self, intake->assets->pdata[i]))
      tell_no_place (self, intake->assets->pdata[i]);
  if (intake->prompt != NULL && dailies_request_get_prompt (self->request)[0] == '\0')
    dailies_request_set_prompt (self->request, intake->prompt);
  dailies_composer_focus_prompt (self->composer);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Intake *intake = user_data;

  /* A file that cannot be read says so itself: dailies_asset_get_error(). */
  dailies_asset_load_finish (DAILIES_ASSET (source), result, NULL);
  if (--intake->loading > 0)
    return;
  place_all (intake);
  intake_free (intake);
}

static void
take_in (DailiesWindow *self,
         GListModel    *files,
         const char    *prompt)
{
  Intake *intake = g_new0 (Intake, 1);

  intake->window = g_object_ref (self);
  intake->assets = g_ptr_array_new_with_free_func (g_object_unref);
  intake->prompt = g_strdup (prompt);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_ptr_array_add (intake->assets, dailies_asset_new_for_file (file));
    }
  intake->loading = intake->assets->len;
  for (guint i = 0; i < intake->assets->len; i++)
    dailies_asset_load_async (intake->assets->pdata[i], self->cancellable, loaded_cb, intake);
  if (intake->loading == 0)
    intake_free (intake);
}

void
dailies_window_open_files (DailiesWindow *self,
                           GListModel    *files)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));

  /* At a start the files come before the library is open. */
  if (self->request == NULL)
    g_set_object (&self->waiting_files, files);
  else
    take_in (self, files, NULL);
}

void
dailies_window_compare_files (DailiesWindow *self,
                              GListModel    *files)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES] = { 0 };
  guint n_files = MIN (g_list_model_get_n_items (files), G_N_ELEMENTS (clips));

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  if (self->stage == NULL)
    {
      g_set_object (&self->waiting_compare, files);
      return;
    }
  for (guint i = 0; i < n_files; i++)
    {
      clips[i].file = g_list_model_get_item (files, i);
      /* The list keeps it. */
      g_object_unref (clips[i].file);
    }
  dailies_stage_view_set_clips (self->stage, clips, n_files);
  dailies_stage_view_play_from_start (self->stage, TRUE);
  /* Who compares wants the keys of the stage, not to type. */
  gtk_widget_grab_focus (GTK_WIDGET (self->stage));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesWindow) self = user_data;
  g_autoptr (GListModel) files = dailies_compat_choose_files_finish (result, NULL);

  if (files != NULL && self->composer != NULL)
    dailies_window_open_files (self, files);
}

void
dailies_window_choose_files (DailiesWindow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Pictures and Clips"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_filter_add_mime_type (filter, "video/*");
  gtk_file_filter_add_mime_type (filter, "audio/*");
  dailies_compat_choose_files_async (GTK_WINDOW (self), _("Open Media"), filter, TRUE, NULL, chosen_cb,
                                     g_object_ref (self));
}

/* The two sample pictures, written one after the other so that the first lands on Start. They keep their names: the
 * artist sees them. */
typedef struct
{
  DailiesWindow *window;
  GFile         *folder;
  GListStore    *files;
} Samples;

static void write_next_sample (Samples *samples);

static void
samples_free (Samples *samples)
{
  g_object_unref (samples->window);
  g_object_unref (samples->folder);
  g_object_unref (samples->files);
  g_free (samples);
}

static void
sample_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Samples *samples = user_data;
  DailiesWindow *self = samples->window;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) && self->request != NULL)
    {
      g_list_store_append (samples->files, source);
      write_next_sample (samples);
      return;
    }
  if (error != NULL)
    dailies_window_tell_error (self, error);
  samples_free (samples);
}

static void
write_next_sample (Samples *samples)
{
  static const char *names[] = { "start.jpg", "end.jpg" };
  DailiesWindow *self = samples->window;
  guint written = g_list_model_get_n_items (G_LIST_MODEL (samples->files));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (written == G_N_ELEMENTS (names))
    {
      take_in (self, G_LIST_MODEL (samples->files),
               _("The sun goes down behind the roofs and the city lights up, slow push-in"));
      samples_free (samples);
      return;
    }
  path = g_strconcat (RESOURCE_PATH "/samples/", names[written], NULL);
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL)
    {
      dailies_window_tell_error (self, error);
      samples_free (samples);
      return;
    }
  file = g_file_get_child (samples->folder, names[written]);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable,
                                       sample_written_cb, samples);
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  /* It may be there already; where it could not be made, writing says so. */
  g_file_make_directory_finish (G_FILE (source), result, NULL);
  write_next_sample (user_data);
}

void
dailies_window_use_samples (DailiesWindow *self)
{
  Samples *samples;

  if (self->library == NULL || self->request == NULL)
    return;
  samples = g_new0 (Samples, 1);
  samples->window = g_object_ref (self);
  samples->files = g_list_store_new (G_TYPE_FILE);
  samples->folder = g_file_get_child (dailies_store_get_directory (dailies_library_get_store (self->library)), "samples");
  g_file_make_directory_async (samples->folder, G_PRIORITY_DEFAULT, self->cancellable, folder_made_cb, samples);
}
