/* dailies-difference.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-difference.h"

#include <stdlib.h>

#include "dailies-luma.h"

/* Two encodings of the same picture differ by this much. */
#define SAME 0.004
/* A peak stands out by this part of the largest difference from the valleys beside it. */
#define PROMINENCE 0.25
/* ns: what containers count time by, at the coarsest. */
#define CLOCK 1000000

struct _DailiesDifference
{
  GObject parent_instance;

  DailiesLuma *a;
  DailiesLuma *b;
  gint64       slip_a;
  gint64       slip_b;
  GArray      *points;
  guint        next; /* frame of a to measure next */
};

G_DEFINE_FINAL_TYPE (DailiesDifference, dailies_difference, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- measuring -------------------------------------------------------------------------------- */

static double
measure (const guint8 *a,
         const guint8 *b)
{
  guint sum = 0;

  for (guint i = 0; i < DAILIES_LUMA_BYTES; i++)
    sum += abs (a[i] - b[i]);

  return sum / (255. * DAILIES_LUMA_BYTES);
}

/* When, in the other clip's time, a frame that begins at @begin and lasts @length is looked at: as on the stage in the middle, but where
 * the other changes its frame just then, as one of twice the rate does, a little before that; and the reel's first where it begins. */
static gint64
choose_time (DailiesDifference *self,
             gint64             begin,
             gint64             length,
             gboolean           is_first)
{
  if (is_first)
    return begin + CLOCK;

  for (int eighths = 4; eighths >= 2; eighths--)
    {
      gint64 time = begin + length * eighths / 8;
      int    frame = dailies_luma_find (self->b, time + CLOCK);

      if (frame <= 0 || time >= dailies_luma_get_time (self->b, frame) + CLOCK)
        return time;
    }

  return begin + length / 2;
}

/* As many frames as both clips have by now: each takes some microseconds. */
static void
measure_on (DailiesDifference *self)
{
  guint n = dailies_luma_get_n_frames (self->a);

  for (; self->next < n; self->next++)
    {
      gint64                 begin = dailies_luma_get_time (self->a, self->next);
      gint64                 end = begin;
      DailiesDifferencePoint point = { .time = begin - self->slip_a };
      gint64                 time;
      int                    other;

      if (self->next + 1 < n)
        end = dailies_luma_get_time (self->a, self->next + 1);
      else if (!dailies_luma_is_complete (self->a))
        break;
      else if (self->next > 0)
        end = 2 * begin - dailies_luma_get_time (self->a, self->next - 1);

      /* Before the reel begins: this frame is never shown. */
      if (point.time < 0)
        continue;

      time = choose_time (self, begin - self->slip_a + self->slip_b, end - begin, point.time < CLOCK);
      other = dailies_luma_find (self->b, time);
      if (other < 0 && !dailies_luma_is_complete (self->b) && time >= 0)
        break;
      if (other < 0)
        continue;

      point.value = measure (dailies_luma_get_pixels (self->a, self->next),
                             dailies_luma_get_pixels (self->b, other));
      g_array_append_val (self->points, point);
    }
}

static void
grown_cb (DailiesDifference *self)
{
  measure_on (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_difference_finalize (GObject *object)
{
  DailiesDifference *self = DAILIES_DIFFERENCE (object);

  g_clear_object (&self->a);
  g_clear_object (&self->b);
  g_array_unref (self->points);

  G_OBJECT_CLASS (dailies_difference_parent_class)->finalize (object);
}

static void
dailies_difference_class_init (DailiesDifferenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_difference_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_difference_init (DailiesDifference *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (DailiesDifferencePoint));
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesDifference *
dailies_difference_new (GFile *a,
                        GFile *b)
{
  DailiesDifference *self;

  g_return_val_if_fail (G_IS_FILE (a), NULL);
  g_return_val_if_fail (G_IS_FILE (b), NULL);

  self = g_object_new (DAILIES_TYPE_DIFFERENCE, NULL);
  self->a = dailies_luma_get (a);
  self->b = dailies_luma_get (b);
  g_signal_connect_object (self->a, "grown", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  if (self->b != self->a)
    g_signal_connect_object (self->b, "grown", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  measure_on (self);

  return self;
}

void
dailies_difference_set_slip (DailiesDifference *self,
                             gint64             a,
                             gint64             b)
{
  g_return_if_fail (DAILIES_IS_DIFFERENCE (self));

  if (self->slip_a == a && self->slip_b == b)
    return;

  self->slip_a = a;
  self->slip_b = b;
  self->next = 0;
  g_array_set_size (self->points, 0);
  grown_cb (self);
}

GArray *
dailies_difference_get_points (DailiesDifference *self)
{
  g_return_val_if_fail (DAILIES_IS_DIFFERENCE (self), NULL);

  return self->points;
}

gboolean
dailies_difference_is_complete (DailiesDifference *self)
{
  g_return_val_if_fail (DAILIES_IS_DIFFERENCE (self), FALSE);

  return dailies_luma_is_complete (self->a) && dailies_luma_is_complete (self->b);
}

const GError *
dailies_difference_get_error (DailiesDifference *self)
{
  g_return_val_if_fail (DAILIES_IS_DIFFERENCE (self), NULL);

  return dailies_luma_get_error (self->a) != NULL ? dailies_luma_get_error (self->a)
                                                  : dailies_luma_get_error (self->b);
}

static const DailiesDifferencePoint *
get_point (DailiesDifference *self,
           guint              index)
{
  return &g_array_index (self->points, DailiesDifferencePoint, index);
}

gint64
dailies_difference_get_largest (DailiesDifference *self,
                                double            *value)
{
  const DailiesDifferencePoint *largest = NULL;

  g_return_val_if_fail (DAILIES_IS_DIFFERENCE (self), -1);

  for (guint i = 0; i < self->points->len; i++)
    if (get_point (self, i)->value > (largest != NULL ? largest->value : SAME))
      largest = get_point (self, i);

  if (value != NULL)
    *value = largest != NULL ? largest->value : 0;

  return largest != NULL ? largest->time : -1;
}

/* ns: half of what a frame lasts. Most times of frames are no whole ns, and a seek to one may land beside it. */
static gint64
get_tolerance (DailiesDifference *self)
{
  if (self->points->len < 2)
    return 0;

  return (get_point (self, self->points->len - 1)->time - get_point (self, 0)->time) /
         (2 * (gint64) (self->points->len - 1));
}

typedef struct
{
  gint64 first, before, after, last; /* ns of the reel; -1 none */
} Partings;

static void
note_parting (Partings *partings,
              gint64    parting,
              gint64    time,
              gint64    tolerance)
{
  if (partings->first < 0)
    partings->first = parting;
  if (parting < time - tolerance)
    partings->before = parting;
  if (parting > time + tolerance && partings->after < 0)
    partings->after = parting;
  partings->last = parting;
}

/* Up to the summit, then down by the prominence: that was a peak. They part where it had risen by as much; and at the first frame, where
 * they differ from there on. */
gint64
dailies_difference_find_parting (DailiesDifference *self,
                                 gint64             time,
                                 gboolean           forward)
{
  Partings partings = { -1, -1, -1, -1 };
  gint64   tolerance, rise = 0;
  double   largest, valley, drop, summit = -1;

  g_return_val_if_fail (DAILIES_IS_DIFFERENCE (self), -1);

  if (dailies_difference_get_largest (self, &largest) < 0)
    return -1;

  drop = MAX (SAME, largest * PROMINENCE);
  tolerance = get_tolerance (self);
  valley = get_point (self, 0)->value;
  if (valley >= drop)
    note_parting (&partings, get_point (self, 0)->time, time, tolerance);
  for (guint i = 0; i <= self->points->len; i++)
    {
      double value = i < self->points->len ? get_point (self, i)->value : -G_MAXDOUBLE;

      if (summit >= 0 && value < summit - drop)
        {
          note_parting (&partings, rise, time, tolerance);
          summit = -1;
          valley = value;
        }
      else if (summit >= 0)
        {
          summit = MAX (summit, value);
        }
      else
        {
          valley = MIN (valley, value);
          if (i < self->points->len && value >= valley + drop)
            {
              summit = value;
              rise = get_point (self, i)->time;
            }
        }
    }

  if (forward)
    return partings.after >= 0 ? partings.after : partings.first;

  return partings.before >= 0 ? partings.before : partings.last;
}
