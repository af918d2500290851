/* dailies-placement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-placement.h"

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-error.h"
#include "dailies-host.h"
#include "dailies-host-inline.h"
#include "dailies-problem.h"
#include "dailies-request.h"

struct _DailiesPlacement
{
  GObject         parent_instance;

  DailiesRequest *request;
  GPtrArray      *hosts;
  goffset         max_body;
};

G_DEFINE_FINAL_TYPE (DailiesPlacement, dailies_placement, G_TYPE_OBJECT)

/* Room for the prompt and everything else in a body that is not media. */
#define BODY_RESERVE (64 * 1024)

typedef struct
{
  DailiesAsset *asset;
  DailiesHost  *host;  /* (nullable): stays where it is, or nobody takes it */
  GError       *error; /* (nullable): why nobody takes it */
} Place;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_object_unref (self->asset);
  g_clear_object (&self->host);
  g_clear_error (&self->error);
  g_free (self);
}

static GError *
new_full_error (DailiesPlacement *self,
                DailiesAsset     *asset)
{
  g_autofree char *size = g_format_size (dailies_asset_get_bytes (asset));
  g_autofree char *most = g_format_size_full (self->max_body, G_FORMAT_SIZE_IEC_UNITS);

  return dailies_error_new_with_words (DAILIES_ERROR_INVALID, NULL, 0,
                                       _("“%s” is %s; with it the request becomes larger than the %s that the service takes. Use "
                                         "smaller files, or put one on the web and drop its https address instead."),
                                       dailies_asset_get_name (asset), size, most);
}

/* The first host that takes it, as long as what is inside the request leaves room for it. */
static Place *
find_place (DailiesPlacement *self,
            DailiesAsset     *asset,
            goffset          *body)
{
  Place *place = g_new0 (Place, 1);

  place->asset = g_object_ref (asset);
  if (dailies_asset_is_remote (asset))
    return place;

  for (guint i = 0; i < self->hosts->len; i++)
    {
      DailiesHost *host = g_ptr_array_index (self->hosts, i);
      GError **error = place->error == NULL ? &place->error : NULL;

      if (!dailies_host_takes (host, asset, error))
        continue;
      if (DAILIES_IS_HOST_INLINE (host))
        {
          goffset size = dailies_host_inline_get_size (asset);

          if (self->max_body >= 0 && *body + size > self->max_body)
            {
              if (place->error == NULL)
                place->error = new_full_error (self, asset);
              continue;
            }
          *body += size;
        }
      g_clear_error (&place->error);
      place->host = g_object_ref (host);
      return place;
    }

  if (place->error == NULL)
    place->error = dailies_error_new_with_words (DAILIES_ERROR_INVALID, NULL, 0,
                                                 _("There is no place to which “%s” could be sent. Put it on the web and "
                                                   "drop its https address instead."), dailies_asset_get_name (asset));
  return place;
}

/* (element-type Place): made anew each time, since the request changes under our hands */
static GPtrArray *
dup_places (DailiesPlacement *self)
{
  g_autoptr (GPtrArray) assets = dailies_request_dup_all_assets (self->request);
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);
  goffset body = BODY_RESERVE;

  for (guint i = 0; i < assets->len; i++)
    g_ptr_array_add (places, find_place (self, g_ptr_array_index (assets, i), &body));
  return places;
}

static const GError *
find_error (GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = g_ptr_array_index (places, i);

      if (place->error != NULL)
        return place->error;
    }
  return NULL;
}

/* One part of the summary: everything that goes the same way. */
static char *
describe (DailiesHost *host,
          const char  *name,
          guint        n_files,
          gboolean     all_images)
{
  if (host == NULL && n_files == 1)
    return g_strdup_printf (_("%s stays where it is"), name);
  if (host == NULL)
    return g_strdup_printf (ngettext ("%u file stays where it is", "%u files stay where they are", n_files), n_files);
  if (n_files == 1)
    return DAILIES_IS_HOST_INLINE (host)
             ? g_strdup_printf (_("%s travels inside the request"), name)
             : g_strdup_printf (_("%s is uploaded to %s"), name, dailies_host_get_title (host));
  if (DAILIES_IS_HOST_INLINE (host) && all_images)
    return g_strdup_printf (ngettext ("%u picture travels inside the request", "%u pictures travel inside the request",
                                      n_files), n_files);
  if (DAILIES_IS_HOST_INLINE (host))
    return g_strdup_printf (ngettext ("%u file travels inside the request", "%u files travel inside the request",
                                      n_files), n_files);
  if (all_images)
    return g_strdup_printf (ngettext ("%u picture is uploaded to %s", "%u pictures are uploaded to %s", n_files),
                            n_files, dailies_host_get_title (host));
  return g_strdup_printf (ngettext ("%u file is uploaded to %s", "%u files are uploaded to %s", n_files),
                          n_files, dailies_host_get_title (host));
}

static void
append_group (GString     *summary,
              GPtrArray   *places,
              DailiesHost *host)
{
  g_autofree char *part = NULL;
  const char *name = NULL;
  gboolean all_images = TRUE;
  guint n_files = 0;

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = g_ptr_array_index (places, i);

      if (place->host != host || place->error != NULL)
        continue;
      n_files++;
      name = dailies_asset_get_name (place->asset);
      all_images = all_images && dailies_asset_get_kind (place->asset) == DAILIES_MEDIA_IMAGE;
    }
  if (n_files == 0)
    return;

  part = describe (host, name, n_files, all_images);
  g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", part);
}

typedef struct
{
  GPtrArray  *places;
  GHashTable *urls;
  guint       next;
} Placing;

static void
placing_free (Placing *self)
{
  g_ptr_array_unref (self->places);
  g_hash_table_unref (self->urls);
  g_free (self);
}

static void place_next (GTask *task);

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Placing *placing = g_task_get_task_data (task);
  Place *place = g_ptr_array_index (placing->places, placing->next);
  GError *error = NULL;
  char *url = dailies_host_place_finish (DAILIES_HOST (source), result, &error);

  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_insert (placing->urls, g_strdup (dailies_asset_get_key (place->asset)), url);
  placing->next++;
  place_next (g_steal_pointer (&task));
}

/* One after the other: an artist's upstream is one line, and the first failure should stop the rest. */
static void
place_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Placing *placing = g_task_get_task_data (task);

  for (; placing->next < placing->places->len; placing->next++)
    {
      Place *place = g_ptr_array_index (placing->places, placing->next);
      const char *key = dailies_asset_get_key (place->asset);

      /* The same bytes dropped twice go up once. */
      if (place->host == NULL || (key != NULL && g_hash_table_contains (placing->urls, key)))
        continue;
      dailies_host_place_async (place->host, place->asset, g_task_get_cancellable (task), placed_cb,
                                g_steal_pointer (&owned));
      return;
    }
  g_task_return_pointer (task, g_hash_table_ref (placing->urls), (GDestroyNotify) g_hash_table_unref);
}

static void
dailies_placement_dispose (GObject *object)
{
  DailiesPlacement *self = DAILIES_PLACEMENT (object);

  g_clear_object (&self->request);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_placement_parent_class)->dispose (object);
}

static void
dailies_placement_class_init (DailiesPlacementClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_placement_dispose;
}

static void
dailies_placement_init (DailiesPlacement *self)
{
}

DailiesPlacement *
dailies_placement_new (DailiesRequest *request,
                       GPtrArray      *hosts,
                       goffset         max_body)
{
  DailiesPlacement *self;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  self = g_object_new (DAILIES_TYPE_PLACEMENT, NULL);
  self->request = g_object_ref (request);
  self->hosts = g_ptr_array_ref (hosts);
  self->max_body = max_body;
  return self;
}

char *
dailies_placement_dup_place (DailiesPlacement *self,
                             DailiesAsset     *asset)
{
  g_autoptr (GPtrArray) places = NULL;

  g_return_val_if_fail (DAILIES_IS_PLACEMENT (self), NULL);
  g_return_val_if_fail (asset != NULL, NULL);

  places = dup_places (self);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = g_ptr_array_index (places, i);

      if (place->asset != asset)
        continue;
      if (place->error != NULL)
        return NULL;
      return g_strdup (place->host != NULL ? dailies_host_get_title (place->host) : _("stays where it is"));
    }
  return NULL;
}

gboolean
dailies_placement_check (DailiesPlacement *self,
                         GError          **error)
{
  g_autoptr (GPtrArray) places = NULL;
  const GError *found;

  g_return_val_if_fail (DAILIES_IS_PLACEMENT (self), FALSE);

  places = dup_places (self);
  found = find_error (places);
  if (found != NULL && error != NULL)
    *error = g_error_copy (found);
  return found == NULL;
}

GPtrArray *
dailies_placement_dup_problems (DailiesPlacement *self)
{
  g_autoptr (GPtrArray) places = NULL;
  GPtrArray *problems;

  g_return_val_if_fail (DAILIES_IS_PLACEMENT (self), NULL);

  problems = g_ptr_array_new_with_free_func (g_object_unref);
  places = dup_places (self);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = g_ptr_array_index (places, i);

      if (place->error != NULL)
        {
          const char *field = dailies_request_find_field (self->request, place->asset);

          g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_ERROR, field != NULL ? field : "",
                                                          place->error->message));
        }
    }
  return problems;
}

char *
dailies_placement_dup_summary (DailiesPlacement *self)
{
  g_autoptr (GPtrArray) places = NULL;
  GString *summary;

  g_return_val_if_fail (DAILIES_IS_PLACEMENT (self), NULL);

  places = dup_places (self);
  summary = g_string_new (NULL);
  for (guint i = 0; i < self->hosts->len; i++)
    append_group (summary, places, g_ptr_array_index (self->hosts, i));
  append_group (summary, places, NULL);
  if (find_error (places) != NULL)
    g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", find_error (places)->message);
  return g_string_free (summary, FALSE);
}

void
dailies_placement_place_async (DailiesPlacement    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Placing *placing;

  g_return_if_fail (DAILIES_IS_PLACEMENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_placement_place_async);
  placing = g_new0 (Placing, 1);
  placing->places = dup_places (self);
  placing->urls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_task_set_task_data (task, placing, (GDestroyNotify) placing_free);
  if (find_error (placing->places) != NULL)
    g_task_return_error (task, g_error_copy (find_error (placing->places)));
  else
    place_next (g_steal_pointer (&task));
}

GHashTable *
dailies_placement_place_finish (DailiesPlacement *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
