/* dailies-render.h: makes the clip of a practice job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dailies-encoder.h"
#include "dailies-look.h"

G_BEGIN_DECLS

/**
 * DailiesRenderTask:
 * @prompt: decides the look
 * @seconds: how long the clip is; ignored with @video
 * @aspect_width, @aspect_height: shape of the clip, 0 where the pictures or the footage decide it
 * @short_side: the clip is at most this tall on its shorter side; with @video only
 * @keep_audio: whether the sound of @video stays
 * @start, @end: (nullable): frames that the clip leads from and to
 * @pictures: (element-type GdkPixbuf): elements and reference images
 * @video: (nullable): path of the footage to be edited
 *
 * What is there decides what is rendered: @video an edit, @start or @end a morph, @pictures a collage, and
 * the prompt alone moving light.
 */
typedef struct
{
  char      *prompt;
  double     seconds;
  int        aspect_width;
  int        aspect_height;
  int        short_side;
  gboolean   keep_audio;
  GdkPixbuf *start;
  GdkPixbuf *end;
  GPtrArray *pictures;
  char      *video;
} DailiesRenderTask;

DailiesRenderTask *dailies_render_task_new  (void);
void               dailies_render_task_free (DailiesRenderTask        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesRenderTask, dailies_render_task_free)

/* Blocks for as long as it takes: worker threads only. The same task gives the same frames.
 * @path: written over; whole when this returns %TRUE */
gboolean           dailies_render           (const DailiesRenderTask  *task,
                                             const char               *path,
                                             GCancellable             *cancellable,
                                             GError                  **error);

/**
 * DailiesRenderScene: one way to fill frames
 * @draw: draws @frame, which is @t of the way from the first to the last (0 to 1 inclusive)
 * @grade_at: how strong the grade is there
 */
typedef struct _DailiesRenderScene DailiesRenderScene;
struct _DailiesRenderScene
{
  void   (*draw)     (DailiesRenderScene *self,
                      DailiesPicture     *frame,
                      double              t);
  double (*grade_at) (DailiesRenderScene *self,
                      double              t);
  void   (*free)     (DailiesRenderScene *self);
};

DailiesRenderScene *dailies_render_morph_new    (const DailiesRenderTask *task,
                                                 const DailiesLook       *look,
                                                 int                      width,
                                                 int                      height);
DailiesRenderScene *dailies_render_collage_new  (const DailiesRenderTask *task,
                                                 const DailiesLook       *look,
                                                 int                      width,
                                                 int                      height);
DailiesRenderScene *dailies_render_light_new    (const DailiesRenderTask *task,
                                                 const DailiesLook       *look,
                                                 int                      width,
                                                 int                      height);
/* Edits run frame by frame through a pipeline of their own. */
gboolean            dailies_render_edit         (const DailiesRenderTask *task,
                                                 const DailiesLook       *look,
                                                 const char              *path,
                                                 GCancellable            *cancellable,
                                                 GError                 **error);
/* Draws the slate into the lower right corner. */
void                dailies_render_stamp        (DailiesPicture          *frame,
                                                 const DailiesPicture    *slate);

G_END_DECLS
