/* dailies-media-well-dnd.c: what falls into a well, and what is dragged out of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-media-well-private.h"

#include "dailies-drop-zone.h"
#include "dailies-media-words.h"

void
dailies_media_well_deliver (DailiesMediaWell *self,
                            DailiesDrop      *drop,
                            gboolean          replace)
{
  dailies_drop_tell (drop, GTK_WIDGET (self));
  if (drop->dragged != NULL || drop->assets->len > 0)
    g_signal_emit_by_name (self, "dropped", drop, replace);
}

/* --- drops ---------------------------------------------------------------------------------- */

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesMediaWell *self = DAILIES_MEDIA_WELL (widget);

  if (dragged != NULL)
    {
      gpointer object = dailies_dragged_get_object (dragged);

      if (object == self->asset || object == self->carries)
        return FALSE;
      /* Elements only change places among themselves. */
      if (dailies_dragged_get_asset (dragged) == NULL || self->carries != NULL)
        return self->owner != NULL && dailies_dragged_is_from (dragged, self->owner);
    }
  return kind == DAILIES_MEDIA_UNKNOWN || self->kind == DAILIES_MEDIA_UNKNOWN || kind == self->kind;
}

static void
zone_lit (GtkWidget        *widget,
          gboolean          lit,
          DailiesMediaKind  kind)
{
  dailies_media_well_set_lit (DAILIES_MEDIA_WELL (widget), lit);
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  dailies_media_well_deliver (DAILIES_MEDIA_WELL (widget), drop, FALSE);
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

/* --- drags ---------------------------------------------------------------------------------- */

static void
dragged_taken_cb (DailiesDragged   *dragged,
                  DailiesAsset     *replacement,
                  DailiesMediaWell *self)
{
  g_signal_emit_by_name (self, "taken", replacement);
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource    *source,
                 double            x,
                 double            y,
                 DailiesMediaWell *self)
{
  g_autoptr (DailiesDragged) dragged = NULL;

  if (self->asset == NULL && self->carries == NULL)
    return NULL;
  dragged = dailies_dragged_new (self->carries != NULL ? (gpointer) self->carries : self->asset,
                                 self->owner != NULL ? self->owner : self, self->position);
  g_signal_connect_object (dragged, "taken", G_CALLBACK (dragged_taken_cb), self, 0);
  return dailies_dragged_to_content (dragged);
}

static void
drag_begin_cb (GtkDragSource    *source,
               GdkDrag          *drag,
               DailiesMediaWell *self)
{
  g_autoptr (GdkPaintable) icon = NULL;

  icon = dailies_media_words_drag_icon (self->asset, GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, icon, 0, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (GtkDragSource    *source,
             GdkDrag          *drag,
             gboolean          delete_data,
             DailiesMediaWell *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

void
dailies_media_well_add_drag_and_drop (DailiesMediaWell *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  /* Only a copy is offered: no other program may take the artist's file away. */
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));

  dailies_drop_zone_attach (GTK_WIDGET (self), &zone_funcs);
}
