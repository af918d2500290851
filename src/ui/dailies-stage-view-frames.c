/* dailies-stage-view-frames.c: the frame that is shown, to be used elsewhere; the menu of a pane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include <glib/gi18n.h>

#include "dailies-frame-content.h"
#include "dailies-timecode.h"

/* Its timecode; where frames last as long as they like, that does not tell one from the next. */
static char *
describe_place (DailiesStageView *self,
                guint             side,
                gint64            time)
{
  double fps = dailies_reel_get_fps (self->reel, dailies_sides_get_reel_side (self->sides, side));
  char  *code;

  if (fps <= 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " ms", time / 1000000);

  code = dailies_timecode_format (time, fps);
  /* Not every file system takes a colon. */
  return g_strdelimit (code, ":;", '.');
}

/* --- one frame -------------------------------------------------------------------------------- */

/**
 * dailies_stage_view_dup_frame_content:
 * @side: which side
 *
 * The frame of @side that is on the stage now; it begins to be written at once.
 *
 * Returns: (transfer full) (nullable): a #DailiesFrameContent; %NULL where nothing is shown
 */
GdkContentProvider *
dailies_stage_view_dup_frame_content (DailiesStageView *self,
                                      guint             side)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *place = NULL;
  g_autofree char *frame = NULL;
  g_autofree char *name = NULL;
  gint64 time;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (self), NULL);

  if (side >= self->n_clips || dailies_sides_has_error (self->sides, side) ||
      !g_file_is_native (self->clips[side].file))
    return NULL;
  time = dailies_reel_get_side_time (self->reel, dailies_sides_get_reel_side (self->sides, side));
  if (time < 0)
    return NULL;

  if (self->frames_folder != NULL)
    folder = g_object_ref (self->frames_folder);
  else
    folder = g_file_new_build_filename (g_get_user_cache_dir (), "dailies-frames", NULL);
  /* Two clips of one name are told apart by where they lie, and two frames of one timecode, where the rate varies, by when they
   * begin. */
  place = describe_place (self, side, time);
  /* Translators: the name of a picture file: the name of a cut or clip, and a timecode */
  frame = g_strdup_printf (_ ("%s at %s"), dailies_sides_get_title (self->sides, side), place);
  name = g_strdup_printf ("%s %08x", frame, g_file_hash (self->clips[side].file) ^ g_int64_hash (&time));
  g_strdelimit (name, "/\\", '-');

  return dailies_frame_content_new (self->clips[side].file, time, folder, name);
}

void
dailies_stage_view_set_frames_folder (DailiesStageView *self,
                                      GFile            *folder)
{
  g_return_if_fail (DAILIES_IS_STAGE_VIEW (self));

  g_set_object (&self->frames_folder, folder);
}

/* --- dragging it ------------------------------------------------------------------------------ */

static GdkContentProvider *
prepare_cb (GtkDragSource    *source,
            double            x,
            double            y,
            DailiesStageView *self)
{
  int side = dailies_sides_get_side_at (self->sides, x, y);

  /* Where a drag moves the picture or the line of the wipe it does that. */
  if (side < 0 || dailies_sides_is_drag_taken (self->sides, x, y))
    return NULL;

  self->dragged_side = (guint) side;
  return dailies_stage_view_dup_frame_content (self, (guint) side);
}

static void
drag_begin_cb (GtkDragSource    *source,
               GdkDrag          *drag,
               DailiesStageView *self)
{
  GdkTexture *texture = dailies_sides_get_texture (self->sides, self->dragged_side);

  self->drags_frame = TRUE;
  if (texture != NULL)
    {
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      graphene_size_t size = GRAPHENE_SIZE_INIT (
        160, 160.f * gdk_texture_get_height (texture) / gdk_texture_get_width (texture));
      g_autoptr (GdkPaintable) icon = NULL;

      gdk_paintable_snapshot (GDK_PAINTABLE (texture), snapshot, size.width, size.height);
      icon = gtk_snapshot_to_paintable (snapshot, &size);
      gtk_drag_source_set_icon (source, icon, -12, -12);
    }
}

static void
drag_end_cb (GtkDragSource    *source,
             GdkDrag          *drag,
             gboolean          delete_data,
             DailiesStageView *self)
{
  self->drags_frame = FALSE;
}

/* --- the menu --------------------------------------------------------------------------------- */

static void
use_frame_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  const char *role;
  guint       side;

  g_variant_get (parameter, "(&su)", &role, &side);
  g_signal_emit_by_name (widget, "use-frame", side, role);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesStageView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) png = dailies_frame_content_save_finish (DAILIES_FRAME_CONTENT (source), result, &error);

  if (png == NULL)
    {
      dailies_stage_view_tell (self, error->message);
      return;
    }
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), GDK_CONTENT_PROVIDER (source));
  dailies_stage_view_tell (self, _("The frame is on the clipboard"));
}

static void
copy_frame (DailiesStageView *self,
            guint             side)
{
  g_autoptr (GdkContentProvider) frame = dailies_stage_view_dup_frame_content (self, side);

  if (frame == NULL)
    {
      dailies_stage_view_tell (self, _("There is no frame on this side of the stage yet."));
      return;
    }
  dailies_frame_content_save_async (DAILIES_FRAME_CONTENT (frame), NULL, copied_cb, g_object_ref (self));
}

static void
copy_frame_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  copy_frame (DAILIES_STAGE_VIEW (widget), g_variant_get_uint32 (parameter));
}

/* The keys mean the side under the pointer, else the first that is seen. */
static guint
get_pointed_or_first (DailiesStageView *self)
{
  int pointed = dailies_sides_get_pointed (self->sides);

  if (pointed >= 0)
    return (guint) pointed;
  for (guint i = 0; i < self->n_clips; i++)
    {
      graphene_rect_t area;

      dailies_sides_get_area (self->sides, i, &area);
      if (area.size.width > 0)
        return i;
    }

  return 0;
}

static void
copy_pointed_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);

  copy_frame (self, get_pointed_or_first (self));
}

static void
listen_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint             side = g_variant_get_uint32 (parameter);

  if (side >= self->n_clips)
    return;

  self->sound_chosen = TRUE;
  g_object_set (self->reel, "audible", (int) dailies_sides_get_reel_side (self->sides, side), "muted", FALSE, NULL);
}

static void
take_off_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint             side = g_variant_get_uint32 (parameter);

  dailies_stage_view_take_away (self, side);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
build_menu (guint    side,
            gboolean many)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) frame = g_menu_new ();
  g_autoptr (GMenu) compare = g_menu_new ();
  g_autoptr (GMenu) slip = g_menu_new ();

  append (
    frame, _ ("Use as _Start Frame"), "stage.use-frame", g_variant_new ("(su)", "start", side));
  append (frame, _ ("Use as _End Frame"), "stage.use-frame", g_variant_new ("(su)", "end", side));
  append (
    frame, _ ("Use as _Reference"), "stage.use-frame", g_variant_new ("(su)", "reference", side));
  append (frame, _ ("_Copy Frame"), "stage.copy-frame", g_variant_new_uint32 (side));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (frame));
  if (many)
    {
      append (compare, _ ("Show _Alone"), "stage.solo", g_variant_new_uint32 (side));
      append (compare, _ ("_Listen to This Side"), "stage.listen", g_variant_new_uint32 (side));
      append (compare, _ ("_Take Off the Stage"), "stage.take-off", g_variant_new_uint32 (side));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (compare));
      append (slip, _ ("One Frame L_ater"), "stage.slip-side", g_variant_new ("(ui)", side, 1));
      append (slip, _ ("One Frame Ea_rlier"), "stage.slip-side", g_variant_new ("(ui)", side, -1));
      append (slip, _ ("_No Shift"), "stage.slip-side", g_variant_new ("(ui)", side, 0));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (slip));
    }

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* The menu that the button of its pane has, at @x and @y of the sides. */
static void
show_menu (DailiesStageView *self,
           guint             side,
           double            x,
           double            y)
{
  g_autoptr (GMenuModel) model = NULL;
  graphene_point_t point;

  if (side >= self->n_clips ||
      !gtk_widget_compute_point (GTK_WIDGET (self->sides), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  model = build_menu (side, self->n_clips > 1);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Only now: with the button held the picture may be moved. */
static void
menu_released_cb (GtkGestureClick  *gesture,
                  int               n_press,
                  double            x,
                  double            y,
                  DailiesStageView *self)
{
  int side = dailies_sides_get_side_at (self->sides, x, y);

  if (side < 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, (guint) side, x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint             side = get_pointed_or_first (self);
  graphene_rect_t   area;

  dailies_sides_get_area (self->sides, side, &area);
  show_menu (self, side, area.origin.x + area.size.width / 2, area.origin.y + area.size.height / 2);
}

void
dailies_stage_view_update_menus (DailiesStageView *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      g_autoptr (GMenuModel) menu = i < self->n_clips ? build_menu (i, self->n_clips > 1) : NULL;

      dailies_pane_set_menu (dailies_sides_get_pane (self->sides, i), menu);
    }
}

void
dailies_stage_view_install_frames (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "stage.use-frame", "(su)", use_frame_action);
  gtk_widget_class_install_action (klass, "stage.copy-frame", "u", copy_frame_action);
  gtk_widget_class_install_action (klass, "stage.copy-pointed", NULL, copy_pointed_action);
  gtk_widget_class_install_action (klass, "stage.menu", NULL, menu_action);
  gtk_widget_class_install_action (klass, "stage.listen", "u", listen_action);
  gtk_widget_class_install_action (klass, "stage.take-off", "u", take_off_action);
}

void
dailies_stage_view_offer_frames (DailiesStageView *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture    *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sides), GTK_EVENT_CONTROLLER (source));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "released", G_CALLBACK (menu_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sides), GTK_EVENT_CONTROLLER (click));
}
