/* dailies-export-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-job.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-export-canvas.h"
#include "dailies-clip-sound.h"
#include "dailies-export-writer.h"
#include "dailies-still-reader.h"

/* For clips that do not tell their rate. */
#define FALLBACK_FPS 25
/* Samples that AAC codes together. */
#define SOUND_PIECE 1024

typedef struct
{
  const DailiesExportOrder *order;
  GCancellable             *cancellable;

  DailiesStillReader *readers[DAILIES_EXPORT_MAX_SIDES];
  GstSample          *samples[DAILIES_EXPORT_MAX_SIDES]; /* of the readers, of the frame that is made */
  DailiesExportLabel *labels[DAILIES_EXPORT_MAX_SIDES];
  DailiesClipSound *sound; /* (nullable) */
  DailiesExportLayout layout;
  gboolean            covered;
  DailiesExportSpan  *spans[3]; /* of a wipe: first and second side, line; else %NULL */

  int    fps_n, fps_d;
  gint64 begin; /* ns of the reel */
  gint64 n_frames; /* at most: a clip does not tell how long its picture is, but how long the longest of picture and sound */
  gint64 n_written; /* of them given to the writer */
  gint64 n_samples; /* likewise */
  guint  sound_delay; /* samples that the encoder puts in front, and that are taken off again */
} Job;

static void
job_clear (Job *job)
{
  for (guint i = 0; i < DAILIES_EXPORT_MAX_SIDES; i++)
    {
      g_clear_pointer (&job->readers[i], dailies_still_reader_free);
      g_clear_pointer (&job->labels[i], dailies_export_label_free);
    }
  g_clear_pointer (&job->sound, dailies_clip_sound_free);
  for (guint i = 0; i < G_N_ELEMENTS (job->spans); i++)
    g_clear_pointer (&job->spans[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* --- time ------------------------------------------------------------------------------------- */

/* ns by which the side's own time is ahead of the reel's */
static gint64
get_slip (Job *job, guint side)
{
  const DailiesReelGrid *grid = dailies_still_reader_get_grid (job->readers[side]);
  int                    frames = job->order->sides[side].slip;
  gint64                 slip = dailies_reel_grid_start (grid, ABS (frames)) - grid->origin;

  /* The reel counts from the first frame of each. */
  return grid->origin + (frames < 0 ? -slip : slip);
}

/* ns of the reel, when frame @number of the movie begins */
static gint64
get_time (Job *job, gint64 number)
{
  return job->begin + (gint64) gst_util_uint64_scale (number, job->fps_d * GST_SECOND, job->fps_n);
}

static void
choose_rate (Job *job)
{
  job->fps_n = job->order->fps_n;
  job->fps_d = job->order->fps_d;
  if (job->fps_n > 0)
    return;

  for (guint i = 0; i < job->order->n_sides; i++)
    {
      const DailiesReelGrid *grid = dailies_still_reader_get_grid (job->readers[i]);

      if (dailies_reel_grid_is_even (grid) &&
          (gint64) grid->fps_n * job->fps_d > (gint64) job->fps_n * grid->fps_d)
        {
          job->fps_n = grid->fps_n;
          job->fps_d = grid->fps_d;
        }
    }
  if (job->fps_n == 0)
    job->fps_n = FALLBACK_FPS;
}

static gboolean
choose_range (Job *job, GError **error)
{
  DailiesReelGrid grid = *dailies_still_reader_get_grid (job->readers[0]);
  gint64          end = -1;
  gint64          length = gst_util_uint64_scale (GST_SECOND, job->fps_d, job->fps_n);

  /* A movie begins and ends with a whole frame of the first side. */
  grid.origin = 0;
  if (job->order->in > 0)
    job->begin = dailies_reel_grid_start (&grid, dailies_reel_grid_number (&grid, job->order->in));
  if (job->order->out >= 0)
    end = dailies_reel_grid_start (&grid, dailies_reel_grid_number (&grid, job->order->out) + 1);

  for (guint i = 0; job->order->out < 0 && i < job->order->n_sides; i++)
    end = MAX (end, dailies_still_reader_get_duration (job->readers[i]) - get_slip (job, i));
  /* As many frames as begin before the end; a length that is rounded up by a hair has none more. */
  if (end - job->begin > length / 4)
    job->n_frames = gst_util_uint64_scale_ceil (
      end - job->begin - length / 4, job->fps_n, job->fps_d * GST_SECOND);
  if (job->n_frames > 0)
    return TRUE;

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_INVALID,
               _ ("There is no frame in this range. Set In before Out, and both within the cuts."));
  return FALSE;
}

/* --- getting ready ---------------------------------------------------------------------------- */

static gboolean
spare_clips (const DailiesExportOrder *order, GFile *movie, GError **error)
{
  for (guint i = 0; i < order->n_sides; i++)
    {
      if (!dailies_export_file_spares (movie, order->sides[i].clip, error))
        return FALSE;
    }
  for (guint i = 0; i < order->spared->len; i++)
    {
      if (!dailies_export_file_spares (movie, g_ptr_array_index (order->spared, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_sides (Job *job, GError **error)
{
  for (guint i = 0; i < job->order->n_sides; i++)
    {
      job->readers[i] =
        dailies_still_reader_open (job->order->sides[i].clip, "I420", job->cancellable, error);
      if (job->readers[i] == NULL || !dailies_still_reader_measure (job->readers[i], job->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static void
lay_out (Job *job)
{
  const DailiesExportOrder *order = job->order;
  DailiesExportArea         clips[DAILIES_EXPORT_MAX_SIDES] = { 0 };

  for (guint i = 0; i < order->n_sides; i++)
    dailies_still_reader_get_size (job->readers[i], &clips[i].width, &clips[i].height);
  dailies_export_layout_compute (&job->layout, order->mode, order->n_sides, clips);
  if (order->width > 0 && order->n_sides == 1)
    dailies_export_layout_set_size (&job->layout, order->width, order->height);
  job->covered = dailies_export_layout_is_covered (&job->layout);
  for (guint i = 0; i < order->n_sides; i++)
    dailies_still_reader_set_size (
      job->readers[i], job->layout.frames[i].width, job->layout.frames[i].height);

  if (order->mode != DAILIES_EXPORT_WIPE)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (job->spans); i++)
    job->spans[i] = g_new0 (DailiesExportSpan, job->layout.height);
  dailies_export_layout_wipe (&job->layout,
                              order->wipe_angle,
                              order->wipe_position,
                              job->spans[0],
                              job->spans[1],
                              job->spans[2]);
}

/* In a wipe each label stands where its side is seen. */
static void
make_labels (Job *job)
{
  const DailiesExportOrder *order = job->order;
  double                    c = cos (order->wipe_angle * G_PI / 180);
  double                    s = sin (order->wipe_angle * G_PI / 180);

  for (guint i = 0; i < order->n_sides; i++)
    {
      const char       *text = order->sides[i].label;
      DailiesExportArea cell = job->layout.cells[i];
      gboolean          far = FALSE;
      gboolean          right, bottom;

      if (text == NULL || *text == '\0')
        continue;
      if (order->mode == DAILIES_EXPORT_WIPE)
        far = i == 1;
      right = far ? c >= 0.7 : c <= -0.7;
      bottom = far ? c < 0.7 && s > 0 : s < -0.7;
      if (order->mode != DAILIES_EXPORT_WIPE)
        right = bottom = FALSE;
      else if (fabs (c) >= 0.7)
        cell.width = cell.width / 4 * 2;
      if (right)
        cell.x = job->layout.width - cell.width;
      job->labels[i] = dailies_export_label_new (text, &cell, right, bottom);
    }
}

static gboolean
start_sides (Job *job, GError **error)
{
  for (guint i = 0; i < job->order->n_sides; i++)
    {
      if (!dailies_still_reader_start (
            job->readers[i], job->begin + get_slip (job, i), job->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_sound (Job *job, GError **error)
{
  int              side = job->order->sound;
  g_autofree char *encoder = NULL;
  gint64           time;

  if (side < 0 || side >= (int) job->order->n_sides ||
      !dailies_still_reader_has_sound (job->readers[side]))
    return TRUE;

  encoder = dailies_codecs_describe_aac (&job->sound_delay, error);
  if (encoder == NULL)
    return FALSE;

  /* What the encoder puts in front is taken off, or each export would be heard later than the last.
   */
  time = job->begin + get_slip (job, side) +
         (gint64) gst_util_uint64_scale (job->sound_delay, GST_SECOND, DAILIES_CLIP_SOUND_RATE);
  job->sound =
    dailies_clip_sound_open (job->order->sides[side].clip, time, job->cancellable, error);

  return job->sound != NULL;
}

/* --- the work --------------------------------------------------------------------------------- */

/* Returns: %FALSE with @error set; @over: whether no side has a picture any more */
static gboolean
fetch_frame (Job *job, gint64 number, gboolean *over, GError **error)
{
  *over = TRUE;
  for (guint i = 0; i < job->order->n_sides; i++)
    {
      gint64 time = get_time (job, number) + get_slip (job, i);

      job->samples[i] =
        dailies_still_reader_advance (job->readers[i], time, job->cancellable, error);
      if (job->samples[i] == NULL)
        return FALSE;
      *over = *over && dailies_still_reader_is_over (job->readers[i], time);
    }

  return TRUE;
}

static gboolean
put_side (Job *job, guint side, GstVideoFrame *canvas, GError **error)
{
  const DailiesExportArea *area = &job->layout.frames[side];
  GstSample               *sample = job->samples[side];
  GstVideoInfo             info;
  GstVideoFrame            frame;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      GST_VIDEO_INFO_WIDTH (&info) != area->width ||
      GST_VIDEO_INFO_HEIGHT (&info) != area->height ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_set_error (
        error,
        DAILIES_ERROR,
        DAILIES_ERROR_MEDIA,
        _ ("A cut changes its size on the way, which a movie cannot do. Choose a shorter range."));
      return FALSE;
    }

  dailies_export_canvas_put (canvas, &frame, area->x, area->y, side < 2 ? job->spans[side] : NULL);
  gst_video_frame_unmap (&frame);

  return TRUE;
}

static gboolean
draw_frame (Job *job, GstVideoFrame *canvas, GError **error)
{
  if (!job->covered)
    dailies_export_canvas_clear (canvas);
  for (guint i = 0; i < job->order->n_sides; i++)
    {
      if (!put_side (job, i, canvas, error))
        return FALSE;
    }
  if (job->spans[2] != NULL)
    dailies_export_canvas_line (canvas, job->spans[2]);
  for (guint i = 0; i < job->order->n_sides; i++)
    {
      if (job->labels[i] != NULL)
        dailies_export_label_draw (job->labels[i], canvas);
    }

  return TRUE;
}

static gint64
count_samples (Job *job, gint64 n_frames)
{
  return gst_util_uint64_scale (
    n_frames, (guint64) job->fps_d * DAILIES_CLIP_SOUND_RATE, job->fps_n);
}

/* What fills so many pieces, and none more, with what the encoder puts in front. */
static gint64
count_samples_within (Job *job, gint64 n_frames)
{
  gint64 n_pieces = count_samples (job, n_frames) / SOUND_PIECE;

  return MAX (n_pieces * SOUND_PIECE - (gint64) job->sound_delay, 0);
}

/* So many in all. */
static gboolean
push_samples (Job *job, gint64 until, DailiesExportWriter *writer, GError **error)
{
  GstBuffer *samples =
    dailies_clip_sound_take (job->sound, until - job->n_samples, job->cancellable, error);

  if (samples == NULL)
    return FALSE;

  job->n_samples = until;
  dailies_export_writer_push_sound (writer, samples);

  return TRUE;
}

/* As much sound as the first @n_frames last. */
static gboolean
push_sound (Job *job, gint64 n_frames, DailiesExportWriter *writer, GError **error)
{
  gint64 until = count_samples (job, n_frames);

  /* By the frames that are there, not by those that were asked for: the picture may be over before. */
  if (job->order->sound_within)
    until = count_samples_within (job, n_frames);
  if (job->sound == NULL || until <= job->n_samples)
    return TRUE;

  return push_samples (job, until, writer, error);
}

static gboolean
write_frames (Job                     *job,
              DailiesExportWriter     *writer,
              DailiesExportReachedFunc func,
              gpointer                 data,
              GError                 **error)
{
  for (gint64 k = 0; k < job->n_frames; k++)
    {
      GstVideoFrame *canvas;
      gboolean       over;

      if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
          !fetch_frame (job, k, &over, error))
        return FALSE;
      /* A range that goes on behind the end is what was asked for, unless the picture is to be measured. */
      if (over && k > 0 && (job->order->out < 0 || job->order->sound_within))
        break;
      canvas = dailies_export_writer_begin (writer, error);
      if (canvas == NULL || !draw_frame (job, canvas, error) ||
          !dailies_export_writer_push (writer, error) || !push_sound (job, k + 1, writer, error))
        return FALSE;
      job->n_written = k + 1;
      func ((double) (k + 1) / (job->n_frames + 1), data);
    }

  /* A track without anything in it is one that nobody can read, however short the picture. */
  if (job->sound != NULL && job->n_samples == 0 && !push_samples (job, count_samples (job, job->n_written), writer, error))
    return FALSE;

  return dailies_export_writer_finish (writer, job->cancellable, error);
}

/**
 * dailies_export_job_run:
 *
 * Blocks until the movie is there. Opens decoders, one a side, with threads of their own; the
 * frames are put together on this thread, and the encoder has its own again.
 */
gboolean
dailies_export_job_run (const DailiesExportOrder *order,
                        GFile                    *movie,
                        DailiesExportReachedFunc  func,
                        gpointer                  data,
                        double                   *seconds,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_auto (Job) job = { .order = order, .cancellable = cancellable };
  g_autoptr (DailiesExportFile) file = NULL;
  g_autoptr (DailiesExportWriter) writer = NULL;

  if (!spare_clips (order, movie, error))
    return FALSE;
  file = dailies_export_file_new (movie, error);
  if (file == NULL || !open_sides (&job, error))
    return FALSE;

  choose_rate (&job);
  if (!choose_range (&job, error))
    return FALSE;
  lay_out (&job);
  make_labels (&job);
  if (!start_sides (&job, error) || !open_sound (&job, error))
    return FALSE;

  writer = dailies_export_writer_new (
    file, job.layout.width, job.layout.height, job.fps_n, job.fps_d, job.sound != NULL, error);
  if (writer == NULL || !write_frames (&job, writer, func, data, error) ||
      !dailies_export_file_commit (file, error))
    return FALSE;

  *seconds = (double) job.n_written * job.fps_d / job.fps_n;
  func (1, data);
  return TRUE;
}
