/* dailies-composer-prepare.c: what a field does not take is made into what it does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

#include <glib/gi18n.h>

#include "dailies-asset.h"
#include "dailies-field.h"
#include "dailies-library.h"
#include "dailies-problem.h"
#include "dailies-remedy.h"
#include "dailies-trim-window.h"

/* One file that something is made of, and what it was to be for. */
typedef struct
{
  DailiesComposer    *composer;
  DailiesRequest     *request;
  DailiesDefinition  *definition;
  DailiesField       *field; /* (nullable): of clips that are trimmed again */
  DailiesAsset       *asset;
  DailiesAsset       *whole; /* (nullable): of clips, what the new one is cut from: @asset, or what that was cut from */
  DailiesPicturePlan *plan; /* (nullable): of pictures */
} Errand;

/* Where a trimmed clip comes from. */
typedef struct
{
  DailiesAsset   *whole;
  DailiesTrimPart part;
} Origin;

static Errand *
errand_new (DailiesComposer          *composer,
            DailiesAsset             *asset,
            DailiesAsset             *whole,
            const DailiesPicturePlan *plan)
{
  Errand *self = g_new0 (Errand, 1);

  self->composer = g_object_ref (composer);
  self->request = g_object_ref (composer->request);
  self->definition = g_object_ref (dailies_composer_get_definition (composer));
  self->asset = g_object_ref (asset);
  self->whole = whole != NULL ? g_object_ref (whole) : NULL;
  self->plan = plan != NULL ? dailies_picture_plan_copy (plan) : NULL;
  return self;
}

static void
errand_free (Errand *self)
{
  g_object_unref (self->composer);
  g_object_unref (self->request);
  g_object_unref (self->definition);
  g_object_unref (self->asset);
  g_clear_object (&self->field);
  g_clear_object (&self->whole);
  g_clear_pointer (&self->plan, dailies_picture_plan_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
errand_free_closure (gpointer  data,
                     GClosure *closure)
{
  errand_free (data);
}

static void
errand_free_one (gpointer errand)
{
  errand_free (errand);
}

static void
complain (DailiesComposer *self,
          const char      *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.complain", "s", sentence);
}

/* The artist may have gone on to another shot or model, or have taken the file away; what was made for it is then told, and not used.
 * Returns: whether it is in the form now */
static gboolean
take_place (Errand *errand,
            GFile  *file)
{
  DailiesComposer *self = errand->composer;
  g_autoptr (DailiesAsset) by = dailies_asset_new_for_file (file);
  g_autofree char *sentence = NULL;

  if (self->request == errand->request && dailies_composer_get_definition (self) == errand->definition &&
      dailies_request_replace_asset (errand->request, errand->asset, by))
    return TRUE;

  sentence = g_strdup_printf (_("What was made of “%s” is not used: that file is not in the form any more, or the form is another one."),
                              dailies_asset_get_name (errand->asset));
  if (self->request != NULL)
    complain (self, sentence);
  return FALSE;
}

/* --- pictures --------------------------------------------------------------------------------- */

static void start_next (DailiesComposer *self);

static void
set_mending (Errand   *errand,
             gboolean  mending)
{
  if (errand->composer->request != NULL)
    dailies_generate_bar_set_mending (errand->composer->bar, errand->asset, mending);
}

/* The first of those that wait is through, whatever became of it. */
static void
end_first (DailiesComposer *self,
           const GError    *error)
{
  g_autoptr (Errand) errand = g_queue_pop_head (self->preparing);

  set_mending (errand, FALSE);
  if (error != NULL && self->request != NULL)
    complain (self, error->message);
  /* The form is gone, and nobody waits for the others. */
  if (self->request == NULL)
    g_queue_clear_full (self->preparing, errand_free_one);
  start_next (self);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DailiesComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dailies_library_keep_bytes_finish (DAILIES_LIBRARY (source), result, &error);

  /* What is kept by its content may be somebody else's as well: it stays where it is. */
  if (file != NULL)
    take_place (g_queue_peek_head (self->preparing), file);
  end_first (self, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DailiesComposer) self = user_data;
  Errand *errand = g_queue_peek_head (self->preparing);
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  g_autoptr (GBytes) bytes = dailies_prepare_picture_finish (result, &format, &error);
  DailiesLibrary *library = dailies_drop_get_library (GTK_WIDGET (self));
  g_autofree char *name = dailies_asset_dup_stem (errand->asset);

  /* A form that is gone has no use for it. */
  if (bytes != NULL && library != NULL && self->request != NULL)
    dailies_library_keep_bytes_async (library, bytes, name, format, NULL, kept_cb, g_object_ref (self));
  else
    end_first (self, error);
}

/* One after the other: a large one takes what memory there is, and the pool is there for others, too. */
static void
start_next (DailiesComposer *self)
{
  Errand *errand = g_queue_peek_head (self->preparing);

  if (errand != NULL)
    dailies_prepare_picture_async (errand->asset, errand->plan, NULL, made_cb, g_object_ref (self));
}

static void
prepare_picture (DailiesComposer          *self,
                 DailiesAsset             *asset,
                 const DailiesPicturePlan *plan)
{
  Errand *errand;

  /* Pressed once is enough; for another model it is another wish. */
  for (GList *link = self->preparing->head; link != NULL; link = link->next)
    {
      errand = link->data;
      if (errand->asset == asset && errand->request == self->request && errand->definition == dailies_composer_get_definition (self))
        return;
    }

  errand = errand_new (self, asset, NULL, plan);
  g_queue_push_tail (self->preparing, errand);
  set_mending (errand, TRUE);
  if (g_queue_get_length (self->preparing) == 1)
    start_next (self);
}

/* --- clips ------------------------------------------------------------------------------------ */

static void
origin_free (gpointer data)
{
  Origin *self = data;

  g_object_unref (self->whole);
  g_free (self);
}

GHashTable *
dailies_composer_make_origins (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, origin_free);
}

static void
clip_made_cb (DailiesTrimWindow *window,
              GFile             *file,
              Errand            *errand)
{
  DailiesLibrary *library = dailies_drop_get_library (GTK_WIDGET (errand->composer));
  Origin *origin;

  if (take_place (errand, file))
    {
      origin = g_new0 (Origin, 1);
      origin->whole = g_object_ref (errand->whole);
      dailies_trim_window_get_part (window, &origin->part);
      g_hash_table_replace (errand->composer->origins, g_file_get_uri (file), origin);
    }
  else if (library != NULL)
    dailies_library_give_up_place (library, file);
}

/* Returns: whether there is something to choose, and the window for it */
static gboolean
open_trim (DailiesComposer *self,
           DailiesField    *field,
           DailiesAsset    *asset,
           const Origin    *origin)
{
  DailiesLibrary *library = dailies_drop_get_library (GTK_WIDGET (self));
  DailiesAsset *whole = origin != NULL ? origin->whole : asset;
  DailiesMeasures measures = dailies_media_measure (whole);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *window;
  DailiesClipPlan plan;

  if (dailies_asset_get_file (whole) == NULL ||
      !dailies_remedy_plan_clip (dailies_field_get_limits (field), &measures, &plan))
    return FALSE;

  window = dailies_trim_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, whole, &plan, library);
  if (origin != NULL)
    dailies_trim_window_set_part (DAILIES_TRIM_WINDOW (window), &origin->part);
  g_signal_connect_data (window, "made", G_CALLBACK (clip_made_cb), errand_new (self, asset, whole, NULL), errand_free_closure, 0);
  g_signal_emit_by_name (self, "trimming");
  gtk_window_present (window);
  return TRUE;
}

static void
prepare_clip (DailiesComposer *self,
              DailiesField    *field,
              DailiesAsset    *asset,
              const Origin    *origin)
{
  g_autofree char *sentence = NULL;

  if ((origin != NULL && open_trim (self, field, asset, origin)) || open_trim (self, field, asset, NULL))
    return;

  sentence = g_strdup_printf (_("Nothing that could be made of “%s” would do for %s. Choose another file."),
                              dailies_asset_get_name (asset), dailies_field_get_title (field));
  complain (self, sentence);
}

static void
looked_cb (GObject      *file,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (file), result, &error);
  DailiesComposer *self = errand->composer;

  /* Pressed once more, or the form is another one by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->request != errand->request ||
      dailies_composer_get_definition (self) != errand->definition)
    return;

  prepare_clip (self, errand->field, errand->asset,
                info != NULL ? g_hash_table_lookup (self->origins, dailies_asset_get_uri (errand->asset)) : NULL);
}

/* Trimming again starts from the whole clip, as long as that is there. */
static void
look_for_whole (DailiesComposer *self,
                DailiesField    *field,
                DailiesAsset    *asset,
                const Origin    *origin)
{
  Errand *errand = errand_new (self, asset, NULL, NULL);

  errand->field = g_object_ref (field);
  g_cancellable_cancel (self->looking);
  g_object_unref (self->looking);
  self->looking = g_cancellable_new ();
  g_file_query_info_async (dailies_asset_get_file (origin->whole), G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->looking, looked_cb, errand);
}

/* --- which ------------------------------------------------------------------------------------ */

void
dailies_composer_prepare (DailiesComposer *self,
                          DailiesField    *field,
                          DailiesAsset    *asset)
{
  DailiesLibrary *library = dailies_drop_get_library (GTK_WIDGET (self));
  g_autoptr (DailiesPicturePlan) picture = NULL;
  DailiesMeasures measures = dailies_media_measure (asset);
  const Origin *origin = g_hash_table_lookup (self->origins, dailies_asset_get_uri (asset));

  if (library == NULL)
    {
      complain (self, _("What is made has no place: the library is not open."));
      return;
    }

  picture = dailies_remedy_plan_picture (dailies_field_get_limits (field), &measures);
  if (picture != NULL)
    prepare_picture (self, asset, picture);
  else if (origin != NULL)
    look_for_whole (self, field, asset, origin);
  else
    prepare_clip (self, field, asset, NULL);
}

void
dailies_composer_mend (DailiesComposer *self,
                       DailiesProblem  *problem)
{
  DailiesField *field = dailies_definition_get_field (dailies_composer_get_definition (self), dailies_problem_get_field (problem));

  if (field != NULL)
    dailies_composer_prepare (self, field, dailies_problem_get_asset (problem));
}

void
dailies_composer_trim (DailiesComposer *self,
                       const char      *uri)
{
  DailiesDefinition *definition = dailies_composer_get_definition (self);
  GListModel *fields = definition != NULL ? dailies_definition_get_fields (definition) : NULL;

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      GListModel *assets;

      if (!dailies_field_is_media (field))
        continue;
      assets = dailies_request_get_assets (self->request, dailies_field_get_name (field));
      for (guint k = 0; k < g_list_model_get_n_items (assets); k++)
        {
          g_autoptr (DailiesAsset) asset = g_list_model_get_item (assets, k);

          if (g_strcmp0 (dailies_asset_get_uri (asset), uri) != 0)
            continue;
          dailies_composer_prepare (self, field, asset);
          return;
        }
    }
}
