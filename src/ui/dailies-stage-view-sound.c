/* dailies-stage-view-sound.c: which side is heard, which range is played, which side is shifted in
 * time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

/* From A to the last side that has sound, then none, then A again. With one clip: on and off. */
static void
next_sound_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  int               audible;
  gboolean          muted;

  g_object_get (self->reel, "audible", &audible, "muted", &muted, NULL);
  if (self->n_clips < 2)
    {
      g_object_set (self->reel, "muted", !muted, NULL);
      return;
    }
  self->sound_chosen = TRUE;
  for (guint i = audible < 0 ? 0 : dailies_sides_find_reel_side (self->sides, audible) + 1;
       i < self->n_clips;
       i++)
    {
      guint side = dailies_sides_get_reel_side (self->sides, i);

      if (dailies_reel_has_sound (self->reel, side))
        {
          g_object_set (self->reel, "audible", (int) side, "muted", FALSE, NULL);
          return;
        }
    }
  g_object_set (self->reel, "audible", -1, NULL);
}

static void
hear (DailiesStageView *self,
      guint             index)
{
  g_object_set (
    self->reel, "audible", (int) dailies_sides_get_reel_side (self->sides, index), NULL);
}

/* With the side that was heard its sound goes; what is left is heard. */
static void
keep_sound (DailiesStageView *self)
{
  int audible;

  g_object_get (self->reel, "audible", &audible, NULL);
  if (self->n_clips == 0)
    return;
  if (audible >= 0 ? dailies_sides_find_reel_side (self->sides, audible) >= self->n_clips
                   : self->n_clips == 1)
    {
      self->sound_chosen = FALSE;
      hear (self, 0);
    }
}

/* Whether @index was looked into; one that cannot be played has nothing to hear. */
static gboolean
is_known (DailiesStageView *self,
          guint             index)
{
  guint side = dailies_sides_get_reel_side (self->sides, index);
  int   width, height;

  dailies_reel_get_size (self->reel, side, &width, &height);

  return width > 0 || dailies_sides_has_error (self->sides, index);
}

static gboolean
has_sound (DailiesStageView *self,
           guint             index)
{
  return index < self->n_clips && dailies_reel_has_sound (self->reel, dailies_sides_get_reel_side (self->sides, index));
}

/* Returns: which of several is looked at alone; n_clips none is */
static guint
get_alone (DailiesStageView *self)
{
  guint solo;

  if (self->n_clips < 2 || dailies_sides_get_mode (self->sides) != DAILIES_SIDES_SINGLE)
    return self->n_clips;

  g_object_get (self->sides, "solo", &solo, NULL);
  return MIN (solo, self->n_clips - 1);
}

/* The first that has sound is heard, or what is looked at alone, with sound or without; unless the artist chose another one that has
 * sound, or none. */
static void
find_sound (DailiesStageView *self)
{
  int   audible;
  guint first = self->n_clips, heard;
  guint alone = get_alone (self);

  for (guint i = 0; i < self->n_clips; i++)
    {
      if (!is_known (self, i))
        return;
      if (first == self->n_clips && has_sound (self, i))
        first = i;
    }

  self->sound_known = TRUE;
  dailies_stage_bar_set_silent (self->bar, self->n_clips > 0 && first == self->n_clips);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stage.next-sound", first < self->n_clips || self->n_clips < 2);
  if (first == self->n_clips)
    return;

  g_object_get (self->reel, "audible", &audible, NULL);
  heard = audible >= 0 ? dailies_sides_find_reel_side (self->sides, audible) : self->n_clips;
  if (self->sound_chosen && (audible < 0 || has_sound (self, heard)))
    return;

  if (alone < self->n_clips && !has_sound (self, alone))
    g_object_set (self->reel, "audible", -1, NULL);
  else
    hear (self, alone < self->n_clips ? alone : first);
}

/* Another is looked at alone, or none is any more. */
static void
alone_cb (DailiesStageView *self)
{
  if (self->sound_known)
    find_sound (self);
}

void
dailies_stage_view_swap_sound (DailiesStageView *self)
{
  if (get_alone (self) < self->n_clips)
    alone_cb (self);
}

/* What a clip consists of is known with its first frame. */
static void
frame_cb (DailiesStageView *self)
{
  if (!self->sound_known)
    find_sound (self);
}

/* --- the range -------------------------------------------------------------------------------- */

/* Who marks a range wants to see it again and again, and when it is gone the clip as before. Which is the artist's to say again
 * meanwhile. */
void
dailies_stage_view_loop_range (DailiesStageView *self,
                               gboolean          loop)
{
  gboolean looping;

  g_object_get (self->reel, "looping", &looping, NULL);
  if (looping == loop)
    return;

  self->range_loops = loop;
  self->setting_loop = TRUE;
  g_object_set (self->reel, "looping", loop, NULL);
  self->setting_loop = FALSE;
}

static void
range_cb (DailiesStageView *self)
{
  gint64 in, out;

  g_object_get (self->reel, "range-in", &in, "range-out", &out, NULL);
  if (in < 0 && out < 0 && self->range_loops)
    dailies_stage_view_loop_range (self, FALSE);
}

static void
looping_cb (DailiesStageView *self)
{
  if (!self->setting_loop)
    self->range_loops = FALSE;
}

void
dailies_stage_view_watch_range (DailiesStageView *self)
{
  g_signal_connect_object (self->reel, "notify::range-in", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "notify::range-out", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "notify::looping", G_CALLBACK (looping_cb), self, G_CONNECT_SWAPPED);
}

static void
range_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  gint64            aim = dailies_reel_get_aim (self->reel);
  gint64            in, out;

  g_object_get (self->reel, "range-in", &in, "range-out", &out, NULL);
  if (g_str_equal (name, "stage.range-clear"))
    in = out = -1;
  else if (g_str_equal (name, "stage.range-in"))
    in = aim;
  else
    out = aim;
  /* The newer end stays where the artist put it, the other one gives way. */
  if (in >= 0 && out >= 0 && in > out)
    {
      if (g_str_equal (name, "stage.range-in"))
        out = -1;
      else
        in = -1;
    }
  /* First: play that comes to the end of a range that is no loop is over. */
  if (in >= 0 || out >= 0)
    dailies_stage_view_loop_range (self, TRUE);
  g_object_set (self->reel, "range-in", in, "range-out", out, NULL);
}

/* --- slip ------------------------------------------------------------------------------------- */

static void
update_slips (DailiesStageView *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_sides_set_slip (
      self->sides,
      i,
      i < self->n_clips
        ? dailies_reel_get_slip (self->reel, dailies_sides_get_reel_side (self->sides, i))
        : 0);
}

static void
slip_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint side = dailies_sides_get_reel_side (self->sides, dailies_stage_view_get_pointed (self));
  int   frames = dailies_reel_get_slip (self->reel, side);

  dailies_reel_set_slip (
    self->reel, side, frames + (g_str_equal (name, "stage.slip-later") ? 1 : -1));
  update_slips (self);
}

static void
slip_side_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint             index, side;
  int               frames;

  g_variant_get (parameter, "(ui)", &index, &frames);
  if (index >= self->n_clips)
    return;

  side = dailies_sides_get_reel_side (self->sides, index);
  dailies_reel_set_slip (
    self->reel, side, frames == 0 ? 0 : dailies_reel_get_slip (self->reel, side) + frames);
  update_slips (self);
}

void
dailies_stage_view_install_sound (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "stage.next-sound", NULL, next_sound_action);
  gtk_widget_class_install_action (klass, "stage.range-in", NULL, range_action);
  gtk_widget_class_install_action (klass, "stage.range-out", NULL, range_action);
  gtk_widget_class_install_action (klass, "stage.range-clear", NULL, range_action);
  gtk_widget_class_install_action (klass, "stage.slip-earlier", NULL, slip_action);
  gtk_widget_class_install_action (klass, "stage.slip-later", NULL, slip_action);
  gtk_widget_class_install_action (klass, "stage.slip-side", "(ui)", slip_side_action);
}

void
dailies_stage_view_update_sound (DailiesStageView *self)
{
  static const char *const ranged[] = { "stage.range-in", "stage.range-out", "stage.range-clear" };
  static const char *const slipped[] = { "stage.slip-earlier",
                                         "stage.slip-later",
                                         "stage.slip-side" };

  for (guint i = 0; i < G_N_ELEMENTS (ranged); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), ranged[i], self->has_clip);
  for (guint i = 0; i < G_N_ELEMENTS (slipped); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), slipped[i], self->n_clips > 1);
  update_slips (self);
  keep_sound (self);
  self->sound_known = FALSE;
  find_sound (self);
}

void
dailies_stage_view_forget_sound (DailiesStageView *self)
{
  self->sound_chosen = FALSE;
  hear (self, 0);
}

void
dailies_stage_view_follow_sound (DailiesStageView *self)
{
  g_signal_connect_object (self->reel, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sides, "notify::solo", G_CALLBACK (alone_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sides, "notify::mode", G_CALLBACK (alone_cb), self, G_CONNECT_SWAPPED);
}
