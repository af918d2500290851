/* dailies-window-frames.c: a frame of the stage goes into the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-drop.h"
#include "dailies-field.h"
#include "dailies-frame-content.h"
#include "dailies-intake.h"
#include "dailies-store.h"
#include "dailies-window-private.h"

/* Where a frame goes; the fields of a model are known by what they take and by their order. */
typedef enum
{
  PLACE_START,
  PLACE_END,
  PLACE_REFERENCE,
} Place;

typedef struct
{
  DailiesWindow *window;
  Place          place;
} Errand;

/* (transfer none) (nullable) */
static DailiesField *
find_field (DailiesDefinition *definition,
            Place              place)
{
  GListModel *fields = dailies_definition_get_fields (definition);
  guint n_single = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      DailiesFieldRole role = dailies_field_get_role (field);

      if (role == DAILIES_FIELD_ROLE_IMAGES && place == PLACE_REFERENCE)
        return field;
      if (role == DAILIES_FIELD_ROLE_IMAGE && place != PLACE_REFERENCE && n_single++ == (guint) place)
        return field;
    }
  return NULL;
}

/* The model on the form where it has such a field, else the first of its service that does. */
static DailiesField *
choose_field (DailiesWindow *self,
              Place          place)
{
  DailiesDefinition *current = dailies_request_get_definition (self->request);
  GListModel *catalogue = G_LIST_MODEL (dailies_studio_get_catalogue (self->studio));
  DailiesField *field = find_field (current, place);

  for (guint i = 0; field == NULL && i < g_list_model_get_n_items (catalogue); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (catalogue, i);

      if (g_strcmp0 (dailies_definition_get_service (definition), dailies_definition_get_service (current)) != 0)
        continue;
      field = find_field (definition, place);
      if (field != NULL)
        dailies_request_set_definition (self->request, definition);
    }
  return field;
}

static void
tell_done (DailiesWindow *self,
           DailiesField  *field,
           DailiesDrop   *drop)
{
  g_autofree char *text = NULL;

  if (drop->complaints->len > 0)
    text = g_strdup (drop->complaints->pdata[0]);
  else
    /* Translators: the name of a field of the form, such as Start frame */
    text = g_strdup_printf (_("The frame is in the form as “%s”"), dailies_field_get_title (field));
  dailies_window_tell (self, text, NULL, NULL);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (DailiesWindow) self = errand->window;
  Place place = errand->place;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) png = dailies_frame_content_save_finish (DAILIES_FRAME_CONTENT (source), result, &error);
  g_autoptr (DailiesDrop) drop = dailies_drop_new ();
  DailiesField *field;

  g_free (errand);
  if (self->composer == NULL || self->request == NULL)
    return;
  if (png == NULL)
    {
      dailies_window_tell_error (self, error);
      return;
    }
  field = choose_field (self, place);
  if (field == NULL)
    {
      dailies_window_tell (self, _("No model of this service takes such a picture."), NULL, NULL);
      return;
    }
  dailies_drop_add (drop, dailies_asset_new_for_file (png), DAILIES_MEDIA_IMAGE);
  dailies_intake_place (self->request, field, G_MAXUINT, drop);
  tell_done (self, field, drop);
}

void
dailies_window_use_frame (DailiesWindow *self,
                          guint          side,
                          const char    *role)
{
  g_autoptr (GdkContentProvider) frame = dailies_stage_view_dup_frame_content (self->stage, side);
  Errand *errand;

  if (frame == NULL)
    {
      dailies_window_tell (self, _("There is no frame on this side of the stage yet."), NULL, NULL);
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->window = g_object_ref (self);
  errand->place = PLACE_START;
  if (g_str_equal (role, "end"))
    errand->place = PLACE_END;
  else if (g_str_equal (role, "reference"))
    errand->place = PLACE_REFERENCE;
  dailies_frame_content_save_async (DAILIES_FRAME_CONTENT (frame), self->cancellable, saved_cb, errand);
}
