/* dailies-shrink.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shrink.h"

#include "dailies-picture-pool.h"
#include "dailies-shrink-plan.h"

/* What the pool starts with; it makes more while pictures are held. */
#define POOL_BUFFERS 2

struct _DailiesShrink
{
  GstVideoFilter parent_instance;

  /* Streaming thread only. One of the two, for pictures of this @area and the negotiated caps. */
  DailiesShrinkPlan *plan;
  GstVideoConverter *converter;
  GstVideoRectangle  area;
};

G_DEFINE_FINAL_TYPE (DailiesShrink, dailies_shrink, GST_TYPE_VIDEO_FILTER)

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink",
                           GST_PAD_SINK,
                           GST_PAD_ALWAYS,
                           GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL)));
static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src",
                           GST_PAD_SRC,
                           GST_PAD_ALWAYS,
                           GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("BGRA")));

/* --- caps ------------------------------------------------------------------------------------- */

static GstCaps *
dailies_shrink_transform_caps (GstBaseTransform *transform,
                               GstPadDirection   direction,
                               GstCaps          *caps,
                               GstCaps          *filter)
{
  GstCaps *result = gst_caps_copy (caps);

  for (guint i = 0; i < gst_caps_get_size (result); i++)
    {
      GstStructure *structure = gst_caps_get_structure (result, i);

      gst_structure_remove_fields (structure, "format", "colorimetry", "chroma-site", NULL);
      gst_structure_set (structure,
                         "width",
                         GST_TYPE_INT_RANGE,
                         1,
                         G_MAXINT,
                         "height",
                         GST_TYPE_INT_RANGE,
                         1,
                         G_MAXINT,
                         NULL);
      if (gst_structure_has_field (structure, "pixel-aspect-ratio"))
        gst_structure_set (
          structure, "pixel-aspect-ratio", GST_TYPE_FRACTION_RANGE, 1, G_MAXINT, G_MAXINT, 1, NULL);
    }

  if (filter != NULL)
    {
      GstCaps *both = gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST);

      gst_caps_unref (result);
      result = both;
    }

  return result;
}

/* What nobody has a wish for stays as it is. */
static GstCaps *
dailies_shrink_fixate_caps (GstBaseTransform *transform,
                            GstPadDirection   direction,
                            GstCaps          *caps,
                            GstCaps          *othercaps)
{
  GstStructure *given = gst_caps_get_structure (caps, 0);
  GstCaps      *result = gst_caps_make_writable (gst_caps_truncate (othercaps));
  GstStructure *structure = gst_caps_get_structure (result, 0);
  int           value, par_n, par_d;

  if (gst_structure_get_int (given, "width", &value))
    gst_structure_fixate_field_nearest_int (structure, "width", value);
  if (gst_structure_get_int (given, "height", &value))
    gst_structure_fixate_field_nearest_int (structure, "height", value);
  if (gst_structure_get_fraction (given, "pixel-aspect-ratio", &par_n, &par_d) &&
      gst_structure_has_field (structure, "pixel-aspect-ratio"))
    gst_structure_fixate_field_nearest_fraction (structure, "pixel-aspect-ratio", par_n, par_d);

  return gst_caps_fixate (result);
}

/* --- memory ----------------------------------------------------------------------------------- */

/* Without a pool each picture would be megabytes fresh from the kernel, which clears them page by
 * page. */
static gboolean
dailies_shrink_decide_allocation (GstBaseTransform *transform, GstQuery *query)
{
  GstCaps     *caps;
  GstVideoInfo info;

  gst_query_parse_allocation (query, &caps, NULL);
  if (gst_query_get_n_allocation_pools (query) == 0 && caps != NULL &&
      gst_video_info_from_caps (&info, caps))
    {
      g_autoptr (GstBufferPool) pool = dailies_picture_pool_new ();
      GstStructure *config = gst_buffer_pool_get_config (pool);

      gst_buffer_pool_config_set_params (config, caps, info.size, POOL_BUFFERS, 0);
      gst_buffer_pool_set_config (pool, config);
      gst_query_add_allocation_pool (query, pool, info.size, POOL_BUFFERS, 0);
    }

  return GST_BASE_TRANSFORM_CLASS (dailies_shrink_parent_class)
    ->decide_allocation (transform, query);
}

/* Pictures are only read, and may go on being the decoder's. */
static gboolean
dailies_shrink_propose_allocation (GstBaseTransform *transform,
                                   GstQuery         *decided,
                                   GstQuery         *query)
{
  return dailies_picture_pool_propose (query);
}

/* --- pictures --------------------------------------------------------------------------------- */

static void
forget_plan (DailiesShrink *self)
{
  g_clear_pointer (&self->plan, dailies_shrink_plan_free);
  g_clear_pointer (&self->converter, gst_video_converter_free);
}

static GstVideoConverter *
make_converter (const GstVideoInfo *in, const GstVideoInfo *out, const GstVideoRectangle *area)
{
  GstStructure *config = gst_structure_new ("shrink",
                                            GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                                            GST_TYPE_VIDEO_RESAMPLER_METHOD,
                                            GST_VIDEO_RESAMPLER_METHOD_LINEAR,
                                            GST_VIDEO_RESAMPLER_OPT_MAX_TAPS,
                                            G_TYPE_INT,
                                            2,
                                            GST_VIDEO_CONVERTER_OPT_ALPHA_MODE,
                                            GST_TYPE_VIDEO_ALPHA_MODE,
                                            GST_VIDEO_ALPHA_MODE_SET,
                                            GST_VIDEO_CONVERTER_OPT_SRC_X,
                                            G_TYPE_INT,
                                            area->x,
                                            GST_VIDEO_CONVERTER_OPT_SRC_Y,
                                            G_TYPE_INT,
                                            area->y,
                                            GST_VIDEO_CONVERTER_OPT_SRC_WIDTH,
                                            G_TYPE_INT,
                                            area->w,
                                            GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT,
                                            G_TYPE_INT,
                                            area->h,
                                            NULL);

  return gst_video_converter_new (in, out, config);
}

static gboolean
make_plan (DailiesShrink           *self,
           const GstVideoInfo      *in,
           const GstVideoInfo      *out,
           const GstVideoRectangle *area)
{
  GstVideoInfo cut = *in;

  forget_plan (self);
  self->area = *area;
  cut.width = area->w;
  cut.height = area->h;
  self->plan =
    dailies_shrink_plan_new (&cut, GST_VIDEO_INFO_WIDTH (out), GST_VIDEO_INFO_HEIGHT (out));
  if (self->plan == NULL)
    self->converter = make_converter (in, out, area);

  return self->plan != NULL || self->converter != NULL;
}

static gboolean
dailies_shrink_set_info (GstVideoFilter *filter,
                         GstCaps        *in_caps,
                         GstVideoInfo   *in,
                         GstCaps        *out_caps,
                         GstVideoInfo   *out)
{
  GstVideoRectangle area = { 0, 0, GST_VIDEO_INFO_WIDTH (in), GST_VIDEO_INFO_HEIGHT (in) };

  return make_plan (DAILIES_SHRINK (filter), in, out, &area);
}

/* A crop that does not fit the picture it came with is left aside. */
static GstVideoRectangle
get_area (GstVideoFrame *frame)
{
  GstVideoRectangle area = { 0, 0, GST_VIDEO_FRAME_WIDTH (frame), GST_VIDEO_FRAME_HEIGHT (frame) };
  GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (frame->buffer);

  if (crop != NULL && crop->width > 0 && crop->height > 0 && crop->x < (guint) area.w &&
      crop->y < (guint) area.h && crop->width <= area.w - crop->x &&
      crop->height <= area.h - crop->y)
    area = (GstVideoRectangle){ crop->x, crop->y, crop->width, crop->height };

  return area;
}

static void
run_plan (DailiesShrink *self, GstVideoFrame *in, GstVideoFrame *out)
{
  const GstVideoFormatInfo *format = in->info.finfo;
  const guint8             *planes[GST_VIDEO_MAX_PLANES] = { NULL };
  int                       strides[GST_VIDEO_MAX_PLANES] = { 0 };

  for (guint i = 0; i < GST_VIDEO_FRAME_N_PLANES (in); i++)
    {
      int component[GST_VIDEO_MAX_COMPONENTS];
      int x, y;

      gst_video_format_info_component (format, i, component);
      x = self->area.x >> GST_VIDEO_FORMAT_INFO_W_SUB (format, component[0]);
      y = self->area.y >> GST_VIDEO_FORMAT_INFO_H_SUB (format, component[0]);
      strides[i] = GST_VIDEO_FRAME_PLANE_STRIDE (in, i);
      planes[i] = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (in, i) + (gssize) y * strides[i] +
                  x * GST_VIDEO_FORMAT_INFO_PSTRIDE (format, component[0]);
    }
  dailies_shrink_plan_run (self->plan,
                           planes,
                           strides,
                           GST_VIDEO_FRAME_PLANE_DATA (out, 0),
                           GST_VIDEO_FRAME_PLANE_STRIDE (out, 0));
}

/* The converter only copies what is BGRA of the right size already, alpha and all. */
static void
make_opaque (GstVideoFrame *frame)
{
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (frame); y++)
    {
      guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0) +
                    (gssize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);

      for (int x = 0; x < GST_VIDEO_FRAME_WIDTH (frame); x++)
        row[4 * x + 3] = 255;
    }
}

static GstFlowReturn
dailies_shrink_transform_frame (GstVideoFilter *filter, GstVideoFrame *in, GstVideoFrame *out)
{
  DailiesShrink    *self = DAILIES_SHRINK (filter);
  GstVideoRectangle area = get_area (in);

  if (memcmp (&area, &self->area, sizeof area) != 0 &&
      !make_plan (self, &in->info, &out->info, &area))
    {
      GST_ELEMENT_ERROR (
        self, CORE, NEGOTIATION, (NULL), ("no way to convert the cropped picture"));
      return GST_FLOW_NOT_NEGOTIATED;
    }

  if (self->plan != NULL)
    {
      run_plan (self, in, out);
    }
  else
    {
      gst_video_converter_frame (self->converter, in, out);
      if (GST_VIDEO_INFO_HAS_ALPHA (&in->info))
        make_opaque (out);
    }

  return GST_FLOW_OK;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_shrink_finalize (GObject *object)
{
  forget_plan (DAILIES_SHRINK (object));

  G_OBJECT_CLASS (dailies_shrink_parent_class)->finalize (object);
}

static void
dailies_shrink_class_init (DailiesShrinkClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GstElementClass       *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass   *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  object_class->finalize = dailies_shrink_finalize;
  transform_class->transform_caps = dailies_shrink_transform_caps;
  transform_class->fixate_caps = dailies_shrink_fixate_caps;
  transform_class->decide_allocation = dailies_shrink_decide_allocation;
  transform_class->propose_allocation = dailies_shrink_propose_allocation;
  /* A picture that is BGRA already may be transparent. */
  transform_class->passthrough_on_same_caps = FALSE;
  filter_class->set_info = dailies_shrink_set_info;
  filter_class->transform_frame = dailies_shrink_transform_frame;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Shrinks pictures to BGRA",
                                         "Filter/Converter/Video/Scaler",
                                         "Turns pictures into opaque BGRA at the size of a pane",
                                         "Dailies");
}

static void
dailies_shrink_init (DailiesShrink *self)
{
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_shrink_register (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      gst_element_register (NULL, "dailiesshrink", GST_RANK_NONE, DAILIES_TYPE_SHRINK);
      g_once_init_leave (&once, 1);
    }
}

GstElement *
dailies_shrink_new (void)
{
  dailies_shrink_register ();

  return gst_element_factory_make ("dailiesshrink", NULL);
}
