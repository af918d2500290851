/* dailies-intake.c: decides where in a request the things of one drop go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-intake.h"

#include <glib/gi18n.h>

#include "dailies-definition.h"
#include "dailies-media-words.h"

static gboolean
takes (DailiesField     *field,
       DailiesMediaKind  kind)
{
  DailiesMediaKind wanted = dailies_media_words_kind_of (field);

  return wanted != DAILIES_MEDIA_UNKNOWN && (kind == DAILIES_MEDIA_UNKNOWN || kind == wanted);
}

static gboolean
has_room (DailiesRequest *request,
          DailiesField   *field)
{
  const char *name = dailies_field_get_name (field);
  int max = dailies_field_get_max_items (field);
  guint n;

  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    n = g_list_model_get_n_items (dailies_request_get_elements (request, name));
  else
    n = g_list_model_get_n_items (dailies_request_get_assets (request, name));
  if (!dailies_field_is_list (field))
    return n == 0;
  return max < 0 || n < (guint) max;
}

/* How early a field is thought of; -1 for never. */
static int
rank (DailiesField     *field,
      DailiesMediaKind  kind)
{
  if (!takes (field, kind))
    return -1;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    return 2;
  return dailies_field_is_list (field) ? 1 : 0;
}

/* @after: (nullable): fields behind it come first */
static DailiesField *
find_field (DailiesRequest   *request,
            DailiesMediaKind  kind,
            DailiesField     *after)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (request));
  guint n = g_list_model_get_n_items (fields);
  DailiesField *best = NULL;
  int best_rank = G_MAXINT;
  gboolean best_behind = FALSE;
  gboolean behind = after == NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      int r = rank (field, kind);

      if (r >= 0 && field != after && has_room (request, field)
          && (r < best_rank || (r == best_rank && behind && !best_behind)))
        {
          best = field;
          best_rank = r;
          best_behind = behind;
        }
      if (field == after)
        behind = TRUE;
    }
  return best;
}

DailiesField *
dailies_intake_find_field (DailiesRequest   *request,
                           DailiesMediaKind  kind)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST (request), NULL);

  if (dailies_request_get_definition (request) == NULL)
    return NULL;
  return find_field (request, kind, NULL);
}

char *
dailies_intake_explain_no_place (DailiesRequest   *request,
                                 const char       *name,
                                 DailiesMediaKind  kind)
{
  DailiesDefinition *definition = dailies_request_get_definition (request);
  GListModel *fields = dailies_definition_get_fields (definition);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (rank (field, kind) >= 0)
        return g_strdup_printf (_("“%s” found no empty place. Drop it on the one it is to replace."), name);
    }
  /* Of the models that are known none takes one. */
  if (kind == DAILIES_MEDIA_AUDIO)
    return g_strdup_printf (_("“%s” is a sound, and “%s” takes no sound. Leave it out, or choose a model that takes one."),
                            name, dailies_definition_get_title (definition));
  return g_strdup_printf (_("“%s” has no field for “%s”. Choose another model at the top."),
                          dailies_definition_get_title (definition), name);
}

static void
complain_no_place (DailiesRequest   *request,
                   DailiesField     *field,
                   DailiesAsset     *asset,
                   DailiesMediaKind  kind,
                   DailiesDrop      *drop)
{
  const char *name = dailies_asset_get_name (asset);
  g_autofree char *text = NULL;

  if (field != NULL && kind != DAILIES_MEDIA_AUDIO && !takes (field, kind))
    text = dailies_media_words_mismatch (name, kind, dailies_field_get_title (field),
                                         dailies_media_words_kind_of (field));
  else
    text = dailies_intake_explain_no_place (request, name, kind);
  dailies_drop_complain (drop, "%s", text);
}

void
dailies_intake_load (DailiesAsset *asset)
{
  g_return_if_fail (DAILIES_IS_ASSET (asset));

  if (dailies_asset_get_state (asset) == DAILIES_ASSET_NEW)
    dailies_asset_load_async (asset, NULL, NULL, NULL);
}

static void
make_element (DailiesRequest *request,
              DailiesField   *field,
              guint           position,
              GPtrArray      *images)
{
  g_autoptr (DailiesElement) element = dailies_element_new ();

  for (guint i = 0; i < images->len; i++)
    {
      DailiesAsset *image = g_ptr_array_index (images, i);

      if (i == 0)
        dailies_element_set_frontal (element, image);
      else
        g_list_store_append (dailies_element_get_angles (element), image);
    }
  dailies_request_add_element (request, dailies_field_get_name (field), element, position);
  for (guint i = 0; i < images->len; i++)
    dailies_intake_load (g_ptr_array_index (images, i));
}

void
dailies_intake_place (DailiesRequest *request,
                      DailiesField   *field,
                      guint           position,
                      DailiesDrop    *drop)
{
  g_autoptr (GPtrArray) of_element = g_ptr_array_new ();
  DailiesField *element_field = NULL;
  gboolean used = FALSE;

  g_return_if_fail (DAILIES_IS_REQUEST (request));
  g_return_if_fail (drop != NULL);

  for (guint i = 0; i < drop->assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (drop->assets, i);
      DailiesMediaKind kind = dailies_drop_get_kind (drop, i);
      DailiesField *to = NULL;

      if (field != NULL && takes (field, kind) && (!used || dailies_field_is_list (field)))
        to = field;
      else if (element_field != NULL && takes (element_field, kind))
        to = element_field;
      else
        to = find_field (request, kind, field);

      if (to == NULL)
        complain_no_place (request, field, asset, kind, drop);
      else if (dailies_field_get_role (to) == DAILIES_FIELD_ROLE_ELEMENTS)
        {
          element_field = to;
          g_ptr_array_add (of_element, asset);
        }
      else
        {
          gboolean here = to == field && dailies_field_is_list (to) && position != G_MAXUINT;

          dailies_request_add_asset (request, dailies_field_get_name (to), asset,
                                     here ? position++ : G_MAXUINT);
        }
      used = used || to == field;
    }
  if (of_element->len > 0)
    make_element (request, element_field, element_field == field ? position : G_MAXUINT,
                  of_element);
}

void
dailies_intake_into_element (DailiesElement *element,
                             DailiesDrop    *drop,
                             guint           position,
                             GtkWidget      *widget)
{
  GListStore *angles = dailies_element_get_angles (element);
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func (g_object_unref);

  if (drop->dragged != NULL && dailies_dragged_get_asset (drop->dragged) != NULL)
    {
      g_ptr_array_add (images, g_object_ref (dailies_dragged_get_asset (drop->dragged)));
      dailies_dragged_take (drop->dragged, NULL);
    }
  for (guint i = 0; i < drop->assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (drop->assets, i);
      DailiesMediaKind kind = dailies_drop_get_kind (drop, i);

      if (kind == DAILIES_MEDIA_UNKNOWN || kind == DAILIES_MEDIA_IMAGE)
        g_ptr_array_add (images, g_object_ref (asset));
      else
        {
          g_autofree char *text = NULL;

          text = dailies_media_words_mismatch (dailies_asset_get_name (asset), kind, _("Element"),
                                               DAILIES_MEDIA_IMAGE);
          gtk_widget_activate_action (widget, "composer.complain", "s", text);
        }
    }
  for (guint i = 0; i < images->len; i++)
    {
      DailiesAsset *image = g_ptr_array_index (images, i);

      if (dailies_element_get_frontal (element) == NULL)
        dailies_element_set_frontal (element, image);
      else
        {
          guint n = g_list_model_get_n_items (G_LIST_MODEL (angles));

          position = MIN (position, n);
          g_list_store_insert (angles, position++, image);
        }
      dailies_intake_load (image);
    }
}
