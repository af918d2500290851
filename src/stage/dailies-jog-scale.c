/* dailies-jog-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-scale.h"

#include "dailies-picture-pool.h"
#include "dailies-shrink-axis.h"
#include "dailies-shrink-rows.h"

/* Samples that the loops fetch at once. */
#define FETCHED 4

/* One for luma, one for both chroma planes. */
typedef struct
{
  int               width; /* of the source */
  int               height;
  DailiesShrinkAxis across;
  DailiesShrinkAxis down;
} Grid;

struct _DailiesJogScale
{
  GstVideoFilter parent_instance;

  /* Streaming thread only. */
  const DailiesShrinkRows *loops;
  Grid                     grids[2];
  guint16                 *blended; /* a source row, and room to fetch beyond its end */
  guint16                 *fetched;
  guint16                 *row;
};

G_DEFINE_FINAL_TYPE (DailiesJogScale, dailies_jog_scale, GST_TYPE_VIDEO_FILTER)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
  "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
  "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

/* --- caps ------------------------------------------------------------------------------------- */

static GstCaps *
dailies_jog_scale_transform_caps (GstBaseTransform *transform,
                                  GstPadDirection   direction,
                                  GstCaps          *caps,
                                  GstCaps          *filter)
{
  g_autoptr (GstCaps) any = gst_caps_copy (caps);

  for (guint i = 0; i < gst_caps_get_size (any); i++)
    {
      GstStructure *structure = gst_caps_get_structure (any, i);

      gst_structure_set (structure,
                         "width", GST_TYPE_INT_RANGE, 1, G_MAXINT,
                         "height", GST_TYPE_INT_RANGE, 1, G_MAXINT,
                         NULL);
      gst_structure_remove_field (structure, "pixel-aspect-ratio");
    }

  return filter != NULL ? gst_caps_intersect_full (filter, any, GST_CAPS_INTERSECT_FIRST)
                        : g_steal_pointer (&any);
}

/* What nobody has a wish for stays as it is. */
static GstCaps *
dailies_jog_scale_fixate_caps (GstBaseTransform *transform,
                               GstPadDirection   direction,
                               GstCaps          *caps,
                               GstCaps          *othercaps)
{
  GstStructure *given = gst_caps_get_structure (caps, 0);
  GstCaps      *result = gst_caps_make_writable (gst_caps_truncate (othercaps));
  GstStructure *structure = gst_caps_get_structure (result, 0);
  int           value;

  if (gst_structure_get_int (given, "width", &value))
    gst_structure_fixate_field_nearest_int (structure, "width", value);
  if (gst_structure_get_int (given, "height", &value))
    gst_structure_fixate_field_nearest_int (structure, "height", value);

  return gst_caps_fixate (result);
}

/* --- planning --------------------------------------------------------------------------------- */

static void
forget (DailiesJogScale *self)
{
  for (int i = 0; i < 2; i++)
    {
      dailies_shrink_axis_clear (&self->grids[i].across);
      dailies_shrink_axis_clear (&self->grids[i].down);
    }
  memset (self->grids, 0, sizeof self->grids);
  g_clear_pointer (&self->blended, g_free);
  g_clear_pointer (&self->fetched, g_free);
  g_clear_pointer (&self->row, g_free);
}

/* Chroma that lies on the first of its two luma samples does so in the smaller picture too. */
static double
get_shift (gboolean chroma,
           gboolean cosited,
           double   step)
{
  return chroma && cosited ? (1 - step) / 4 : 0;
}

static void
plan_grid (Grid               *grid,
           const GstVideoInfo *in,
           const GstVideoInfo *out,
           int                 component)
{
  GstVideoChromaSite site = GST_VIDEO_INFO_CHROMA_SITE (in);
  double             x_step = (double) GST_VIDEO_INFO_WIDTH (in) / GST_VIDEO_INFO_WIDTH (out);
  double             y_step = (double) GST_VIDEO_INFO_HEIGHT (in) / GST_VIDEO_INFO_HEIGHT (out);

  grid->width = GST_VIDEO_INFO_COMP_WIDTH (in, component);
  grid->height = GST_VIDEO_INFO_COMP_HEIGHT (in, component);
  dailies_shrink_axis_init (&grid->across,
                            grid->width,
                            GST_VIDEO_INFO_COMP_WIDTH (out, component),
                            x_step,
                            get_shift (component > 0, site & GST_VIDEO_CHROMA_SITE_H_COSITED, x_step),
                            G_MAXUINT16,
                            FETCHED);
  dailies_shrink_axis_init (&grid->down,
                            grid->height,
                            GST_VIDEO_INFO_COMP_HEIGHT (out, component),
                            y_step,
                            get_shift (component > 0, site & GST_VIDEO_CHROMA_SITE_V_COSITED, y_step),
                            256,
                            1);
}

static gboolean
dailies_jog_scale_set_info (GstVideoFilter *filter,
                            GstCaps        *in_caps,
                            GstVideoInfo   *in,
                            GstCaps        *out_caps,
                            GstVideoInfo   *out)
{
  DailiesJogScale *self = DAILIES_JOG_SCALE (filter);
  int              width = GST_VIDEO_INFO_WIDTH (out);

  forget (self);
  for (int i = 0; i < 2; i++)
    plan_grid (&self->grids[i], in, out, i);
  self->blended =
    g_new0 (guint16, GST_VIDEO_INFO_WIDTH (in) +
                       MAX (self->grids[0].across.n_taps, self->grids[1].across.n_taps));
  self->fetched = g_new (guint16, (gsize) FETCHED * width);
  self->row = g_new (guint16, width);

  return TRUE;
}

/* --- pictures --------------------------------------------------------------------------------- */

/* Row @y of the smaller picture, still as wide as the plane. */
static void
blend_down (DailiesJogScale *self,
            const Grid      *grid,
            const guint8    *plane,
            int              stride,
            int              y)
{
  const DailiesShrinkAxis *down = &grid->down;
  const guint16           *weights = down->weights + (gsize) y * down->n_taps;

  for (int tap = 0; tap < down->n_taps; tap += 4)
    {
      const guint8 *rows[4];
      guint16       four[4];

      for (int i = 0; i < 4; i++)
        {
          int row = MIN (down->starts[y] + tap + i, grid->height - 1);

          rows[i] = plane + (gssize) row * stride;
          four[i] = tap + i < down->n_taps ? weights[tap + i] : 0;
        }
      self->loops->blend (rows, four, tap > 0, self->blended, grid->width);
    }
}

static void
make_row (DailiesJogScale *self,
          const Grid      *grid,
          const guint8    *plane,
          int              stride,
          int              y)
{
  const DailiesShrinkAxis *across = &grid->across;
  const guint8            *row = plane + (gssize) grid->down.starts[y] * stride;

  if (across->halves && grid->down.halves)
    {
      self->loops->halve (row, row + stride, self->row, across->n);
      return;
    }

  blend_down (self, grid, plane, stride, y);
  for (int tap = 0; tap < across->n_taps; tap += FETCHED)
    self->loops->taps (self->blended + tap,
                       across->starts,
                       across->weights + tap,
                       across->n_taps,
                       tap > 0,
                       self->fetched,
                       self->row,
                       across->n);
}

static GstFlowReturn
dailies_jog_scale_transform_frame (GstVideoFilter *filter,
                                   GstVideoFrame  *in,
                                   GstVideoFrame  *out)
{
  DailiesJogScale *self = DAILIES_JOG_SCALE (filter);

  for (int i = 0; i < 3; i++)
    {
      const Grid *grid = &self->grids[MIN (i, 1)];
      guint8     *to = GST_VIDEO_FRAME_COMP_DATA (out, i);

      for (int y = 0; y < grid->down.n; y++)
        {
          make_row (self,
                    grid,
                    GST_VIDEO_FRAME_COMP_DATA (in, i),
                    GST_VIDEO_FRAME_COMP_STRIDE (in, i),
                    y);
          self->loops->store (self->row, to, grid->across.n);
          to += GST_VIDEO_FRAME_COMP_STRIDE (out, i);
        }
    }

  return GST_FLOW_OK;
}

/* Pictures are only read, and may go on being the decoder's. What passes as it is concerns the next element. */
static gboolean
dailies_jog_scale_propose_allocation (GstBaseTransform *transform,
                                      GstQuery         *decided,
                                      GstQuery         *query)
{
  if (decided != NULL)
    return dailies_picture_pool_propose (query);

  return GST_BASE_TRANSFORM_CLASS (dailies_jog_scale_parent_class)
    ->propose_allocation (transform, decided, query);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_jog_scale_finalize (GObject *object)
{
  forget (DAILIES_JOG_SCALE (object));

  G_OBJECT_CLASS (dailies_jog_scale_parent_class)->finalize (object);
}

static void
dailies_jog_scale_class_init (DailiesJogScaleClass *klass)
{
  GstElementClass       *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass   *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dailies_jog_scale_finalize;
  transform_class->transform_caps = dailies_jog_scale_transform_caps;
  transform_class->fixate_caps = dailies_jog_scale_fixate_caps;
  transform_class->propose_allocation = dailies_jog_scale_propose_allocation;
  transform_class->passthrough_on_same_caps = TRUE;
  filter_class->set_info = dailies_jog_scale_set_info;
  filter_class->transform_frame = dailies_jog_scale_transform_frame;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Makes I420 smaller",
                                         "Filter/Converter/Video/Scaler",
                                         "Makes pictures smaller for jog material",
                                         "Dailies");
}

static void
dailies_jog_scale_init (DailiesJogScale *self)
{
  self->loops = dailies_shrink_rows_get ();
}

/* --- public ----------------------------------------------------------------------------------- */

GstElement *
dailies_jog_scale_new (void)
{
  return g_object_new (DAILIES_TYPE_JOG_SCALE, NULL);
}
