/* dailies-stage-view-dnd.c: files dropped on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#include <glib/gi18n.h>

#include "dailies-audition.h"
#include "dailies-drop-zone.h"

/* The share of the stage at its right end where a clip is added instead of taking a place. */
#define ADD_SHARE 0.25

/* How many of the clips that cannot be played are told with their reason. */
#define MAX_COMPLAINTS 3

/* ms that clips wait for the verdict on another one */
#define PATIENCE 5000

/* Pictures and sound are not for the stage, but whoever drops them here, with clips or without, finds them in the form. */
static gboolean
is_for_form (DailiesMediaKind kind)
{
  return kind == DAILIES_MEDIA_IMAGE || kind == DAILIES_MEDIA_AUDIO;
}

/* The side a drop would fall on: one more than there are adds it. */
static guint
get_target (DailiesStageView *self)
{
  int      width = gtk_widget_get_width (GTK_WIDGET (self->sides));
  int      side = dailies_sides_get_side_at (self->sides, self->drop_x, self->drop_y);
  gboolean add = self->n_clips < DAILIES_REEL_MAX_SIDES && self->drop_x > width * (1 - ADD_SHARE);

  /* One takes a place or adds one, several are compared with each other. */
  if (self->n_clips == 0 || self->n_dropping > 1)
    return 0;
  if (add)
    return self->n_clips;

  return side >= 0 ? (guint) side : 0;
}

/* By their names, as the drop itself judges them: it leaves out what is no clip. */
static guint
count_clips (GListModel *files)
{
  guint n_clips = 0;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
      DailiesMediaKind kind = dailies_drop_kind_of_content_type (type);

      /* What has no type by its name may be anything. */
      if (kind == DAILIES_MEDIA_VIDEO || (kind == DAILIES_MEDIA_UNKNOWN && g_content_type_is_unknown (type)))
        n_clips++;
    }

  return MIN (n_clips, DAILIES_REEL_MAX_SIDES);
}

/* The kind is that of the first of several files. */
static gboolean
brings_nothing_to_play (DailiesStageView *self)
{
  return is_for_form (self->drop_kind) && self->n_dropping == 0;
}

static void
update_hint (DailiesStageView *self)
{
  guint            target = get_target (self);
  g_autofree char *text = NULL;

  if (brings_nothing_to_play (self))
    text = g_strdup (_ ("Use in the form"));
  else if (self->n_dropping > 1)
    text = g_strdup_printf (self->n_clips == 0
                              ? ngettext ("Compare this %u", "Compare these %u", self->n_dropping)
                              : ngettext ("Compare this %u instead", "Compare these %u instead", self->n_dropping),
                            self->n_dropping);
  else if (self->n_clips == 0)
    text = g_strdup (_ ("Play here"));
  else if (target == self->n_clips)
    /* Translators: the letter of a side of the stage */
    text = g_strdup_printf (_ ("Compare as %s"), dailies_sides_get_letter (target));
  else if (self->n_clips == 1)
    text = g_strdup (_ ("Play instead"));
  else
    /* Translators: the letter of a side of the stage */
    text = g_strdup_printf (_ ("Put in the place of %s"), dailies_sides_get_letter (target));
  gtk_label_set_text (self->drop_hint, text);
  gtk_widget_queue_allocate (GTK_WIDGET (self->screen));
}

/* The hint covers what the drop would take. */
static gboolean
place_hint_cb (GtkOverlay       *screen,
               GtkWidget        *child,
               GdkRectangle     *place,
               DailiesStageView *self)
{
  int   width = gtk_widget_get_width (GTK_WIDGET (screen));
  int   height = gtk_widget_get_height (GTK_WIDGET (screen));
  int   add = (int) (width * ADD_SHARE);
  guint target = get_target (self);

  if (child != GTK_WIDGET (self->drop_hint))
    return FALSE;

  *place = (GdkRectangle){ 0, 0, width, height };
  if (self->n_dropping > 1 || brings_nothing_to_play (self))
    return TRUE;
  if (self->n_clips > 0 && target == self->n_clips)
    *place = (GdkRectangle){ width - add, 0, add, height };
  else if (self->n_clips > 0)
    {
      graphene_rect_t area;

      dailies_sides_get_area (self->sides, target, &area);
      *place = (GdkRectangle){
        area.origin.x, area.origin.y, (int) area.size.width, (int) area.size.height
      };
    }

  return TRUE;
}

/* --- the zone --------------------------------------------------------------------------------- */

static gboolean
accepts (GtkWidget        *widget,
         DailiesMediaKind  kind,
         DailiesDragged   *dragged)
{
  DailiesStageView *self =
    DAILIES_STAGE_VIEW (gtk_widget_get_ancestor (widget, DAILIES_TYPE_STAGE_VIEW));

  /* A frame that is let go where it was picked up was not meant for anything. */
  if (dragged != NULL || self->drags_frame)
    return kind == DAILIES_MEDIA_VIDEO;

  return TRUE;
}

static void
lit (GtkWidget        *widget,
     gboolean          is_lit,
     DailiesMediaKind  kind)
{
  DailiesStageView *self =
    DAILIES_STAGE_VIEW (gtk_widget_get_ancestor (widget, DAILIES_TYPE_STAGE_VIEW));

  self->drop_kind = is_lit ? kind : DAILIES_MEDIA_UNKNOWN;
  self->n_dropping = is_lit ? count_clips (dailies_drop_zone_get_files (widget)) : 0;
  if (is_lit)
    update_hint (self);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_hint), is_lit);
  /* What an empty stage says would shine through what the hint says. */
  gtk_widget_set_opacity (GTK_WIDGET (self->empty), is_lit ? 0 : 1);
}

/* --- what was dropped ------------------------------------------------------------------------- */

/* @file takes its place among those that are there. */
static void
put_one (DailiesStageView *self,
         GFile            *file)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES];
  guint            target = get_target (self);

  for (guint i = 0; i < self->n_clips; i++)
    clips[i] =
      (DailiesStageClip){ self->clips[i].file, self->clips[i].title, self->clips[i].cut };
  clips[target] = (DailiesStageClip){ file, NULL, NULL };
  dailies_stage_view_set_clips (self, clips, MAX (self->n_clips, target + 1));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
put_all (DailiesStageView *self,
         GPtrArray        *files)
{
  DailiesStageClip clips[DAILIES_REEL_MAX_SIDES];
  guint            n_clips = MIN (files->len, DAILIES_REEL_MAX_SIDES);

  for (guint i = 0; i < n_clips; i++)
    clips[i] = (DailiesStageClip){ files->pdata[i], NULL, NULL };
  dailies_stage_view_set_clips (self, clips, n_clips);
  dailies_stage_view_play_from_start (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
complain (DailiesStageView *self,
          GPtrArray        *complaints)
{
  guint n_told = MIN (complaints->len, MAX_COMPLAINTS);
  guint n_more = complaints->len - n_told;

  for (guint i = 0; i < n_told; i++)
    dailies_stage_view_tell (self, complaints->pdata[i]);
  if (n_more > 0)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext ("%u more cannot be played either.", "%u more cannot be played either.", n_more), n_more);

      dailies_stage_view_tell (self, text);
    }
}

/* The stage and all that was dropped. */
typedef struct
{
  DailiesStageView *view;
  GPtrArray        *files;
} Dropped;

static void
auditioned_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Dropped          *dropped = user_data;
  g_autoptr (DailiesStageView) self = dropped->view;
  g_autoptr (GPtrArray)        files = dropped->files;
  g_autoptr (DailiesAudition)  audition = dailies_audition_finish (result, NULL);

  /* Something else has come onto the stage meanwhile. */
  if (audition == NULL)
    return;

  /* Where none can be played, each says on its own side why. */
  if (audition->files->len == 0)
    {
      put_all (self, files);
      return;
    }
  complain (self, audition->complaints);
  if (audition->n_untried > 0)
    dailies_stage_view_tell (self, _ ("The stage holds four clips. The first four are shown."));
  put_all (self, audition->files);
}

void
dailies_stage_view_drop_files (DailiesStageView *self,
                               GPtrArray        *files)
{
  Dropped *dropped;

  dailies_stage_view_forget_drop (self);
  if (files->len == 1)
    {
      put_one (self, files->pdata[0]);
      return;
    }

  dropped = g_new0 (Dropped, 1);
  dropped->view = g_object_ref (self);
  dropped->files = g_ptr_array_ref (files);
  self->audition = g_cancellable_new ();
  dailies_audition_async (files, DAILIES_REEL_MAX_SIDES, PATIENCE, self->audition, auditioned_cb, dropped);
}

void
dailies_stage_view_forget_drop (DailiesStageView *self)
{
  if (self->audition != NULL)
    g_cancellable_cancel (self->audition);
  g_clear_object (&self->audition);
}

/* A clip at an address cannot be a side. */
static void
tell_elsewhere (DailiesStageView *self,
                DailiesAsset     *asset)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” is not on this computer. Save it first: the stage plays files."),
                                           dailies_asset_get_name (asset));

  dailies_stage_view_tell (self, text);
}

static void
dropped (GtkWidget   *widget,
         DailiesDrop *drop)
{
  DailiesStageView *self =
    DAILIES_STAGE_VIEW (gtk_widget_get_ancestor (widget, DAILIES_TYPE_STAGE_VIEW));
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DailiesDrop) for_form = dailies_drop_new ();

  if (drop->dragged != NULL && dailies_dragged_get_asset (drop->dragged) != NULL &&
      dailies_asset_get_file (dailies_dragged_get_asset (drop->dragged)) != NULL)
    g_ptr_array_add (
      files, g_object_ref (dailies_asset_get_file (dailies_dragged_get_asset (drop->dragged))));
  for (guint i = 0; i < drop->assets->len; i++)
    {
      DailiesAsset    *asset = drop->assets->pdata[i];
      DailiesMediaKind kind = dailies_drop_get_kind (drop, i);

      if (is_for_form (kind))
        dailies_drop_add (for_form, g_object_ref (asset), kind);
      else if (dailies_asset_get_file (asset) != NULL)
        g_ptr_array_add (files, g_object_ref (dailies_asset_get_file (asset)));
      else
        tell_elsewhere (self, asset);
    }
  for (guint i = 0; i < drop->complaints->len; i++)
    dailies_stage_view_tell (self, drop->complaints->pdata[i]);
  if (for_form->assets->len > 0)
    g_signal_emit_by_name (self, "use-drop", for_form);
  if (files->len > 0)
    dailies_stage_view_drop_files (self, files);
}

static const DailiesDropZoneFuncs funcs = { accepts, lit, dropped };

static void
motion_cb (GtkDropControllerMotion *controller,
           double                   x,
           double                   y,
           DailiesStageView        *self)
{
  guint before = get_target (self);

  self->drop_x = x;
  self->drop_y = y;
  if (gtk_widget_get_visible (GTK_WIDGET (self->drop_hint)) && before != get_target (self))
    update_hint (self);
}

void
dailies_stage_view_take_drops (DailiesStageView *self)
{
  GtkEventController *motion = gtk_drop_controller_motion_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (self->screen, motion);
  g_signal_connect_object (self->screen, "get-child-position", G_CALLBACK (place_hint_cb), self, 0);
  dailies_drop_zone_attach (self->screen, &funcs);
}
