/* reel-stage.h: a reel that is watched, and waiting for it without sleeping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "barcode-clip.h"

#include <glib/gstdio.h>

#include "dailies-error.h"
#include "dailies-jog.h"
#include "dailies-reel.h"

#define PATIENCE (10 * G_TIME_SPAN_SECOND)

/* Where the clips are. */
static char *folder;

/* --- waiting without sleeping ----------------------------------------------------------------- */

typedef struct
{
  DailiesReel *reel;
  int          frames;      /* "frame" signals */
  int          failed_side; /* -1 none */
  GError      *error;
  int          seen[4096]; /* what was shown on side 0, in order */
  int          n_seen;
  int          mismatches; /* sides that disagreed */
  gboolean     compare;
} Stage;

static inline void
frame_cb (DailiesReel *reel,
          guint        side,
          Stage       *stage)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, side);
  g_autoptr (GstSample) other = NULL;
  int number;

  stage->frames++;
  if (sample == NULL)
    return;

  number = barcode_clip_read (sample, FALSE);
  if (side == 0 && stage->n_seen < (int) G_N_ELEMENTS (stage->seen))
    stage->seen[stage->n_seen++] = number;

  other = dailies_reel_dup_frame (reel, 1);
  if (stage->compare && side == 0 && other != NULL && barcode_clip_read (other, FALSE) != number)
    {
      g_test_message ("frame %d beside frame %d", number, barcode_clip_read (other, FALSE));
      stage->mismatches++;
    }
}

static inline void
side_failed_cb (DailiesReel  *reel,
                guint         side,
                const GError *error,
                Stage        *stage)
{
  g_clear_error (&stage->error);
  stage->failed_side = side;
  stage->error = g_error_copy (error);
}

static inline gboolean
expire_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

#define wait_for(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean expired = FALSE;                                                                      \
    guint    timer = g_timeout_add (PATIENCE / 1000, expire_cb, &expired);                         \
                                                                                                   \
    while (!(condition) && !expired)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (expired)                                                                                   \
      g_error ("%s: never became true: %s", G_STRLOC, #condition);                                 \
    else                                                                                           \
      g_source_remove (timer);                                                                     \
  }                                                                                                \
  G_STMT_END

static inline Stage *
stage_new (void)
{
  Stage *stage = g_new0 (Stage, 1);

  stage->failed_side = -1;
  stage->reel = dailies_reel_new ();
  g_signal_connect (stage->reel, "frame", G_CALLBACK (frame_cb), stage);
  g_signal_connect (stage->reel, "side-failed", G_CALLBACK (side_failed_cb), stage);

  return stage;
}

static inline void
stage_free (Stage *stage)
{
  dailies_reel_close (stage->reel);
  g_assert_finalize_object (stage->reel);
  g_clear_error (&stage->error);
  g_free (stage);
}

static inline GFile *
clip_file (const char *name)
{
  return g_file_new_build_filename (folder, name, NULL);
}

static inline void
set_clip (Stage      *stage,
          guint       side,
          const char *name)
{
  g_autoptr (GFile) file = clip_file (name);

  dailies_reel_set_file (stage->reel, side, file);
}

static inline int
shown (Stage *stage,
       guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, side);

  return sample != NULL ? barcode_clip_read (sample, FALSE) : -1;
}

/* Whether what is shown there comes from the jog. */
static inline gboolean
is_jogged (Stage *stage,
           guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, side);
  const GstStructure *info = sample != NULL ? gst_sample_get_info (sample) : NULL;

  return info != NULL && gst_structure_has_name (info, DAILIES_JOG_INFO);
}

static inline gint64
position (Stage *stage)
{
  gint64 value;

  g_object_get (stage->reel, "position", &value, NULL);
  return value;
}

static inline gboolean
is_playing (Stage *stage)
{
  gboolean value;

  g_object_get (stage->reel, "playing", &value, NULL);
  return value;
}

static inline gint64
duration (Stage *stage)
{
  gint64 value;

  g_object_get (stage->reel, "duration", &value, NULL);
  return value;
}

static inline gint64
frame_time (int number,
            int fps_n,
            int fps_d)
{
  return gst_util_uint64_scale (number, fps_d * GST_SECOND, fps_n);
}

static inline Stage *
stage_new_with_clip (const char *name)
{
  Stage *stage = stage_new ();

  set_clip (stage, 0, name);
  wait_for (shown (stage, 0) == 0);

  return stage;
}

static inline void
remove_clips (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}
