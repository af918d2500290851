/* dailies-render.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-render.h"

#include <math.h>

#include "dailies-slate.h"

#define LONG_SIDE 1280
#define SQUARE_SIDE 960

DailiesRenderTask *
dailies_render_task_new (void)
{
  DailiesRenderTask *self = g_new0 (DailiesRenderTask, 1);

  self->prompt = g_strdup ("");
  self->seconds = 5;
  self->short_side = 1080;
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
dailies_render_task_free (DailiesRenderTask *self)
{
  if (self == NULL)
    return;

  g_free (self->prompt);
  g_free (self->video);
  g_clear_object (&self->start);
  g_clear_object (&self->end);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

static int
even (double length)
{
  return 2 * MAX ((int) lrint (length / 2), 1);
}

/* The shape that was asked for, else that of the first frame, else wide. */
static void
decide_size (const DailiesRenderTask *task,
             int                     *width,
             int                     *height)
{
  GdkPixbuf *leading = task->start != NULL ? task->start : task->end;
  double     ratio = 16.0 / 9.0;

  if (task->aspect_width > 0 && task->aspect_height > 0)
    ratio = (double) task->aspect_width / task->aspect_height;
  else if (leading != NULL)
    ratio = (double) gdk_pixbuf_get_width (leading) / gdk_pixbuf_get_height (leading);

  ratio = CLAMP (ratio, 0.4, 2.5);
  if (fabs (ratio - 1) < 0.01)
    {
      *width = *height = SQUARE_SIDE;
      return;
    }

  *width = ratio > 1 ? LONG_SIDE : even (LONG_SIDE * ratio);
  *height = ratio > 1 ? even (LONG_SIDE / ratio) : LONG_SIDE;
}

void
dailies_render_stamp (DailiesPicture       *frame,
                      const DailiesPicture *slate)
{
  double margin = MIN (frame->width, frame->height) * 0.028;

  dailies_picture_draw (frame, slate, frame->width - margin - slate->width / 2.0,
                        frame->height - margin - slate->height / 2.0, 1, 1);
}

static gboolean
render_scene (DailiesRenderScene      *scene,
              const DailiesRenderTask *task,
              const DailiesLook       *look,
              int                      width,
              int                      height,
              const char              *path,
              GCancellable            *cancellable,
              GError                 **error)
{
  g_autoptr (DailiesGrade)   grade = dailies_grade_new (look, width, height);
  g_autoptr (DailiesPicture) slate = dailies_slate_new (MIN (width, height));
  g_autoptr (DailiesEncoder) encoder = dailies_encoder_new (path, width, height, error);
  int                        n_frames = MAX ((int) lrint (task->seconds * DAILIES_ENCODER_FPS), 2);

  if (encoder == NULL)
    return FALSE;

  for (int i = 0; i < n_frames; i++)
    {
      double          t = (double) i / (n_frames - 1);
      DailiesPicture *frame;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      frame = dailies_encoder_begin (encoder, error);
      if (frame == NULL)
        return FALSE;

      scene->draw (scene, frame, t);
      dailies_grade_apply (grade, frame, t, scene->grade_at (scene, t));
      dailies_render_stamp (frame, slate);
      if (!dailies_encoder_push (encoder, error))
        return FALSE;
    }

  return dailies_encoder_finish (encoder, error);
}

gboolean
dailies_render (const DailiesRenderTask *task,
                const char              *path,
                GCancellable            *cancellable,
                GError                 **error)
{
  DailiesRenderScene *scene;
  DailiesLook         look;
  int                 width, height;
  gboolean            done;

  dailies_look_from_prompt (&look, task->prompt);
  if (task->video != NULL)
    return dailies_render_edit (task, &look, path, cancellable, error);

  decide_size (task, &width, &height);
  if (task->start != NULL || task->end != NULL)
    scene = dailies_render_morph_new (task, &look, width, height);
  else if (task->pictures->len > 0)
    scene = dailies_render_collage_new (task, &look, width, height);
  else
    scene = dailies_render_light_new (task, &look, width, height);

  done = render_scene (scene, task, &look, width, height, path, cancellable, error);
  scene->free (scene);

  return done;
}
