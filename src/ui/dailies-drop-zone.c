/* dailies-drop-zone.c: makes a widget take drops, lighting up only for what it would accept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-zone.h"

#include "dailies-drop-private.h"

#define ZONE_KEY "dailies-drop-zone"

typedef struct
{
  GtkWidget                  *widget; /* has this as its data */
  GtkDropTargetAsync         *target;
  const DailiesDropZoneFuncs *funcs;
  GdkDrop                    *drop;    /* that hovers now */
  gboolean                    reached; /* and is over this zone, not over one within */
  GCancellable               *peeking;
  gboolean                    known;  /* the kind is as good as it will get */
  DailiesMediaKind            kind;
  gboolean                    lit;
} Zone;

/* There is one pointer, so at most one zone is lit: a zone within another takes the light over. */
static Zone *lit_zone;

/* GTK hands every motion to the zones around a zone as well: the innermost one that does not refuse it takes it. */
static GdkEvent *claimed;

static gboolean
claim (GtkDropTargetAsync *target)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (target));

  if (event == NULL || event == claimed)
    return event == NULL;
  g_clear_pointer (&claimed, gdk_event_unref);
  claimed = gdk_event_ref (event);
  return TRUE;
}

static void
give_back_claim (void)
{
  g_clear_pointer (&claimed, gdk_event_unref);
}

static void
set_lit (Zone     *zone,
         gboolean  lit)
{
  if (zone->lit == lit)
    return;
  if (lit && lit_zone != NULL)
    set_lit (lit_zone, FALSE);
  zone->lit = lit;
  lit_zone = lit ? zone : NULL;
  zone->funcs->lit (zone->widget, lit, zone->kind);
}

static void
forget_drop (Zone *zone)
{
  set_lit (zone, FALSE);
  if (zone->peeking != NULL)
    g_cancellable_cancel (zone->peeking);
  g_clear_object (&zone->peeking);
  g_clear_object (&zone->drop);
  zone->reached = FALSE;
  zone->known = FALSE;
  zone->kind = DAILIES_MEDIA_UNKNOWN;
}

static void
zone_free (gpointer data)
{
  Zone *zone = data;

  if (lit_zone == zone)
    lit_zone = NULL;
  if (zone->peeking != NULL)
    g_cancellable_cancel (zone->peeking);
  g_clear_object (&zone->peeking);
  g_clear_object (&zone->drop);
  g_free (zone);
}

static gboolean
zone_accepts (Zone *zone)
{
  g_autoptr (DailiesDragged) dragged = dailies_dragged_from_drop (zone->drop);

  return zone->funcs->accepts (zone->widget, zone->kind, dragged);
}

/* What the drag is became known, or the pointer moved: light up, or leave it to the zone around this one. */
static GdkDragAction
judge (Zone *zone)
{
  if (!zone->known)
    return GDK_ACTION_COPY;
  if (!zone_accepts (zone))
    {
      g_autoptr (GdkDrop) drop = g_object_ref (zone->drop);

      forget_drop (zone);
      gtk_drop_target_async_reject_drop (zone->target, drop);
      return 0;
    }
  set_lit (zone, TRUE);
  /* Moving within the form shows as a copy too: what the source loses is decided by the form. */
  return GDK_ACTION_COPY;
}

static void
peeked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  DailiesMediaKind kind = dailies_drop_peek_finish (result, &error);
  Zone *zone = g_object_get_data (G_OBJECT (widget), ZONE_KEY);

  if (error != NULL || zone == NULL || zone->drop != GDK_DROP (source))
    return;
  zone->kind = kind;
  zone->known = TRUE;
  if (zone->reached)
    judge (zone);
}

static GdkDragAction
drag_enter_cb (GtkDropTargetAsync *target,
               GdkDrop            *drop,
               double              x,
               double              y,
               Zone               *zone)
{
  if (zone->drop != drop)
    {
      forget_drop (zone);
      zone->drop = g_object_ref (drop);
      zone->peeking = g_cancellable_new ();
      dailies_drop_peek_async (drop, zone->peeking, peeked_cb, g_object_ref (zone->widget));
    }
  return GDK_ACTION_COPY;
}

static GdkDragAction
drag_motion_cb (GtkDropTargetAsync *target,
                GdkDrop            *drop,
                double              x,
                double              y,
                Zone               *zone)
{
  GdkDragAction action;

  if (zone->drop != drop)
    return 0;
  if (!claim (target))
    {
      zone->reached = FALSE;
      return GDK_ACTION_COPY;
    }
  zone->reached = TRUE;
  action = judge (zone);
  if (action == 0)
    give_back_claim ();
  return action;
}

static void
drag_leave_cb (GtkDropTargetAsync *target,
               GdkDrop            *drop,
               Zone               *zone)
{
  forget_drop (zone);
}

typedef struct
{
  GtkWidget *widget;
  GdkDrop   *drop;
} Landing;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Landing *landing = user_data;
  g_autoptr (DailiesDrop) drop = dailies_drop_read_finish (result, NULL);
  Zone *zone = g_object_get_data (G_OBJECT (landing->widget), ZONE_KEY);

  gdk_drop_finish (landing->drop, drop != NULL ? GDK_ACTION_COPY : 0);
  if (drop != NULL && zone != NULL)
    zone->funcs->dropped (landing->widget, drop);
  g_object_unref (landing->drop);
  g_object_unref (landing->widget);
  g_free (landing);
}

static gboolean
has_zone_around (GtkWidget *widget)
{
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (g_object_get_data (G_OBJECT (at), ZONE_KEY) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         Zone               *zone)
{
  Landing *landing;

  /* It may have come so quickly that nobody knows yet what it is. */
  if (zone->drop == drop && !zone_accepts (zone))
    {
      forget_drop (zone);
      if (has_zone_around (zone->widget))
        return FALSE;
      gdk_drop_finish (drop, 0);
      return TRUE;
    }
  landing = g_new0 (Landing, 1);
  landing->widget = g_object_ref (zone->widget);
  landing->drop = g_object_ref (drop);
  forget_drop (zone);
  /* Nobody else is told that the drag is over. */
  if (lit_zone != NULL)
    set_lit (lit_zone, FALSE);
  dailies_drop_read_async (landing->widget, drop, NULL, read_cb, landing);
  return TRUE;
}

void
dailies_drop_zone_attach (GtkWidget                  *widget,
                          const DailiesDropZoneFuncs *funcs)
{
  Zone *zone = g_new0 (Zone, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  zone->widget = widget;
  zone->funcs = funcs;
  zone->target = gtk_drop_target_async_new (dailies_drop_dup_formats (),
                                            GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect (zone->target, "drag-enter", G_CALLBACK (drag_enter_cb), zone);
  g_signal_connect (zone->target, "drag-motion", G_CALLBACK (drag_motion_cb), zone);
  g_signal_connect (zone->target, "drag-leave", G_CALLBACK (drag_leave_cb), zone);
  g_signal_connect (zone->target, "drop", G_CALLBACK (drop_cb), zone);
  g_object_set_data_full (G_OBJECT (widget), ZONE_KEY, zone, zone_free);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (zone->target));
}

GListModel *
dailies_drop_zone_get_files (GtkWidget *widget)
{
  Zone *zone;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  zone = g_object_get_data (G_OBJECT (widget), ZONE_KEY);

  return zone != NULL && zone->drop != NULL ? dailies_drop_get_peeked_files (zone->drop) : NULL;
}
