/* dailies-film-frames.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-film-frames.h"

#include <gst/video/video.h>
#include <math.h>

#include "dailies-pool.h"
#include "dailies-still.h"

/* Pictures that are read of a clip: half, a quarter, an eighth … of it, so that the strip is filled from the beginning on. */
#define N_FRAMES 16
/* Pixels of one, in height: enough for a screen of twice the usual resolution. */
#define HEIGHT 120

struct _DailiesFilmFrames
{
  GObject       parent_instance;

  GFile        *clip;
  double        aspect;
  double        seconds;
  GCancellable *cancellable;
  GdkTexture   *textures[N_FRAMES]; /* (nullable): by place */
  guint         n_read;             /* or tried to */
};

G_DEFINE_FINAL_TYPE (DailiesFilmFrames, dailies_film_frames, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_next (DailiesFilmFrames *self);

/* The place of the @n-th that is read: 0, 8, 4, 12, 2, 10 … */
static guint
get_place (guint n)
{
  guint place = 0;

  for (guint bit = 1; bit < N_FRAMES; bit <<= 1)
    place = place << 1 | ((n & bit) != 0);

  return place;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* #DailiesPoolFunc: a frame may have thirty megabytes; what is kept of it is a few kilobytes. */
static gpointer
make_small (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GstSample *sample = data;
  GstVideoInfo info;
  GstVideoFrame frame;
  g_autoptr (GdkPixbuf) whole = NULL;
  g_autoptr (GdkPixbuf) small = NULL;
  int height;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  height = MIN (HEIGHT, info.height);
  whole = gdk_pixbuf_new_from_data (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), GDK_COLORSPACE_RGB, TRUE, 8, info.width, info.height,
                                    GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL, NULL);
  small = gdk_pixbuf_scale_simple (whole, MAX (1, (int) lround ((double) info.width * height / info.height)), height,
                                   GDK_INTERP_BILINEAR);
  g_clear_object (&whole);
  gst_video_frame_unmap (&frame);

  return g_steal_pointer (&small);
}

static void
small_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesFilmFrames) self = user_data;
  g_autoptr (GdkPixbuf) small = dailies_pool_run_finish (result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (small != NULL)
    {
      self->textures[get_place (self->n_read)] = gdk_texture_new_for_pixbuf (small);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  self->n_read++;
  read_next (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesFilmFrames) self = user_data;
  g_autoptr (GError) error = NULL;
  GstSample *sample = dailies_still_load_finish (result, &error);

  if (sample != NULL)
    {
      dailies_pool_run_async (make_small, sample, (GDestroyNotify) gst_sample_unref, g_object_unref, self->cancellable, small_cb,
                              g_object_ref (self));
    }
  /* Another place may be whole. Without any the strip is black, and can be used all the same; what is wrong is told above it. */
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      self->n_read++;
      read_next (self);
    }
}

static void
read_next (DailiesFilmFrames *self)
{
  if (self->n_read < N_FRAMES)
    dailies_still_load_async (self->clip, (gint64) ((get_place (self->n_read) + 0.5) / N_FRAMES * self->seconds * GST_SECOND),
                              self->cancellable, loaded_cb, g_object_ref (self));
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_film_frames_finalize (GObject *object)
{
  DailiesFilmFrames *self = DAILIES_FILM_FRAMES (object);

  for (guint i = 0; i < N_FRAMES; i++)
    g_clear_object (&self->textures[i]);
  g_clear_object (&self->clip);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (dailies_film_frames_parent_class)->finalize (object);
}

static void
dailies_film_frames_class_init (DailiesFilmFramesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_film_frames_finalize;
  signals[CHANGED] = g_signal_new ("changed", DAILIES_TYPE_FILM_FRAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_film_frames_init (DailiesFilmFrames *self)
{
  self->cancellable = g_cancellable_new ();
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesFilmFrames *
dailies_film_frames_new (GFile  *clip,
                         double  aspect,
                         double  seconds)
{
  DailiesFilmFrames *self = g_object_new (DAILIES_TYPE_FILM_FRAMES, NULL);

  self->clip = g_object_ref (clip);
  self->aspect = CLAMP (aspect, 0.1, 10);
  self->seconds = seconds;
  read_next (self);

  return self;
}

void
dailies_film_frames_stop (DailiesFilmFrames *self)
{
  g_return_if_fail (DAILIES_IS_FILM_FRAMES (self));

  g_cancellable_cancel (self->cancellable);
}

/* (nullable) (transfer none): what is there nearest to @share of the clip */
static GdkTexture *
find_nearest (DailiesFilmFrames *self,
              double             share)
{
  GdkTexture *nearest = NULL;
  double best = 2;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      double distance = fabs ((i + 0.5) / N_FRAMES - share);

      if (self->textures[i] != NULL && distance < best)
        {
          best = distance;
          nearest = self->textures[i];
        }
    }
  return nearest;
}

void
dailies_film_frames_paint (DailiesFilmFrames *self,
                           GtkSnapshot       *snapshot,
                           double             width,
                           double             height)
{
  double each = height * self->aspect;

  g_return_if_fail (DAILIES_IS_FILM_FRAMES (self));

  for (double x = 0; x < width; x += each)
    {
      GdkTexture *texture = find_nearest (self, (x + each / 2) / width);

      if (texture != NULL)
        gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT ((float) x, 0, (float) each, (float) height));
    }
}
