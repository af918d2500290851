/* dailies-dragged.c: an asset or element of the form that the artist drags to another place of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-dragged.h"

#include "dailies-asset.h"

struct _DailiesDragged
{
  GObject   parent_instance;

  GObject  *object;
  gpointer  owner; /* compared, never used: it may be gone */
  guint     position;
};

G_DEFINE_FINAL_TYPE (DailiesDragged, dailies_dragged, G_TYPE_OBJECT)

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
dailies_dragged_dispose (GObject *object)
{
  DailiesDragged *self = DAILIES_DRAGGED (object);

  g_clear_object (&self->object);
  G_OBJECT_CLASS (dailies_dragged_parent_class)->dispose (object);
}

static void
dailies_dragged_class_init (DailiesDraggedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_dragged_dispose;

  signals[TAKEN] = g_signal_new ("taken", DAILIES_TYPE_DRAGGED, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, DAILIES_TYPE_ASSET);
}

static void
dailies_dragged_init (DailiesDragged *self)
{
}

DailiesDragged *
dailies_dragged_new (gpointer object,
                     gpointer owner,
                     guint    position)
{
  DailiesDragged *self;

  g_return_val_if_fail (G_IS_OBJECT (object), NULL);

  self = g_object_new (DAILIES_TYPE_DRAGGED, NULL);
  self->object = g_object_ref (object);
  self->owner = owner;
  self->position = position;
  return self;
}

gpointer
dailies_dragged_get_object (DailiesDragged *self)
{
  g_return_val_if_fail (DAILIES_IS_DRAGGED (self), NULL);

  return self->object;
}

DailiesAsset *
dailies_dragged_get_asset (DailiesDragged *self)
{
  g_return_val_if_fail (DAILIES_IS_DRAGGED (self), NULL);

  return DAILIES_IS_ASSET (self->object) ? DAILIES_ASSET (self->object) : NULL;
}

gboolean
dailies_dragged_is_from (DailiesDragged *self,
                         gpointer        owner)
{
  g_return_val_if_fail (DAILIES_IS_DRAGGED (self), FALSE);

  return self->owner == owner;
}

guint
dailies_dragged_get_position (DailiesDragged *self)
{
  g_return_val_if_fail (DAILIES_IS_DRAGGED (self), 0);

  return self->position;
}

void
dailies_dragged_take (DailiesDragged *self,
                      DailiesAsset   *replacement)
{
  g_return_if_fail (DAILIES_IS_DRAGGED (self));

  g_signal_emit (self, signals[TAKEN], 0, replacement);
}

DailiesDragged *
dailies_dragged_from_drop (GdkDrop *drop)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GdkDrag *drag = gdk_drop_get_drag (drop);

  if (drag == NULL
      || !gdk_content_formats_contain_gtype (gdk_drag_get_formats (drag), DAILIES_TYPE_DRAGGED))
    return NULL;
  g_value_init (&value, DAILIES_TYPE_DRAGGED);
  if (!gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL))
    return NULL;
  return g_value_dup_object (&value);
}

GdkContentProvider *
dailies_dragged_to_content (DailiesDragged *self)
{
  GdkContentProvider *providers[2];
  DailiesAsset *asset = dailies_dragged_get_asset (self);
  GFile *file = asset != NULL ? dailies_asset_get_file (asset) : NULL;
  gsize n = 0;

  providers[n++] = gdk_content_provider_new_typed (DAILIES_TYPE_DRAGGED, self);
  if (file != NULL)
    {
      GdkFileList *files = gdk_file_list_new_from_array (&file, 1);

      providers[n++] = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
      g_boxed_free (GDK_TYPE_FILE_LIST, files);
    }
  return gdk_content_provider_new_union (providers, n);
}
