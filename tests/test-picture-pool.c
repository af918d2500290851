/* test-picture-pool.c: a picture is read by one while another keeps it mapped, and nobody's pixels change under him
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gst/video/video.h>

#include "dailies-picture-pool.h"

#define WIDTH  320
#define HEIGHT 180

typedef struct
{
  GstVideoInfo   info;
  GstBufferPool *pool;
} Room;

/* As a decoder gets it. */
static void
set_up (Room         *room,
        gconstpointer data)
{
  g_autoptr (GstCaps) caps = NULL;
  GstQuery *query;

  gst_video_info_set_format (&room->info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  caps = gst_video_info_to_caps (&room->info);
  query = gst_query_new_allocation (caps, TRUE);
  g_assert_true (dailies_picture_pool_propose (query));
  g_assert_true (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL));
  gst_query_parse_nth_allocation_pool (query, 0, &room->pool, NULL, NULL, NULL);
  gst_query_unref (query);
  g_assert_true (gst_buffer_pool_set_active (room->pool, TRUE));
}

static void
tear_down (Room         *room,
           gconstpointer data)
{
  if (room->pool == NULL)
    return;

  gst_buffer_pool_set_active (room->pool, FALSE);
  g_assert_finalize_object ((GObject *) room->pool);
}

static GstBuffer *
take (Room *room)
{
  GstBuffer *buffer;

  g_assert_cmpint (gst_buffer_pool_acquire_buffer (room->pool, &buffer, NULL), ==, GST_FLOW_OK);
  return buffer;
}

static void
fill (GstVideoFrame *frame,
      guint8         value)
{
  for (int plane = 0; plane < 3; plane++)
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, plane); y++)
      memset ((guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, plane) + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane),
              value + plane,
              GST_VIDEO_FRAME_COMP_WIDTH (frame, plane));
}

static void
check (Room      *room,
       GstBuffer *buffer,
       guint8     value)
{
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, &room->info, buffer, GST_MAP_READ));
  for (int plane = 0; plane < 3; plane++)
    {
      const guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (&frame, plane);
      gsize         last = (gsize) (GST_VIDEO_FRAME_COMP_HEIGHT (&frame, plane) - 1) *
                           GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane);

      g_assert_cmpuint (data[0], ==, value + plane);
      g_assert_cmpuint (data[last + GST_VIDEO_FRAME_COMP_WIDTH (&frame, plane) - 1], ==, value + plane);
    }
  gst_video_frame_unmap (&frame);
}

/* What a decoder does with a picture that later ones refer to. */
static void
test_shared (Room         *room,
             gconstpointer data)
{
  GstBuffer    *buffer = take (room);
  GstBuffer    *pushed;
  GstVideoFrame kept;

  g_assert_true (gst_video_frame_map (&kept, &room->info, buffer, GST_MAP_READWRITE));
  fill (&kept, 30);
  pushed = gst_buffer_make_writable (gst_buffer_ref (buffer));
  g_assert_true (pushed != buffer);
  g_assert_true (gst_buffer_peek_memory (pushed, 0) == gst_buffer_peek_memory (buffer, 0));
  check (room, pushed, 30);

  gst_video_frame_unmap (&kept);
  gst_buffer_unref (buffer);
  check (room, pushed, 30);
  gst_buffer_unref (pushed);
}

/* Who is given a picture of his own to write to does not write to the decoder's. */
static void
test_written (Room         *room,
              gconstpointer data)
{
  GstBuffer    *buffer = take (room);
  GstBuffer    *own;
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, &room->info, buffer, GST_MAP_WRITE));
  fill (&frame, 60);
  gst_video_frame_unmap (&frame);

  own = gst_buffer_copy (buffer);
  g_assert_true (gst_video_frame_map (&frame, &room->info, own, GST_MAP_WRITE));
  fill (&frame, 90);
  gst_video_frame_unmap (&frame);
  check (room, own, 90);
  check (room, buffer, 60);
  gst_buffer_unref (own);

  own = gst_buffer_copy_deep (buffer);
  check (room, own, 60);
  gst_buffer_unref (own);
  gst_buffer_unref (buffer);
}

/* What is still read when the decoder is done with it is not given out, and its memory is used again after that. */
static void
test_used_again (Room         *room,
                 gconstpointer data)
{
  GstBuffer    *buffer = take (room);
  GstBuffer    *read = gst_buffer_copy (buffer);
  GstBuffer    *next;
  GstVideoFrame frame;
  gpointer      place;

  g_assert_true (gst_video_frame_map (&frame, &room->info, buffer, GST_MAP_READ));
  place = GST_VIDEO_FRAME_PLANE_DATA (&frame, 0);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);

  next = take (room);
  g_assert_true (gst_video_frame_map (&frame, &room->info, next, GST_MAP_READ));
  g_assert_true (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) != place);
  gst_video_frame_unmap (&frame);

  gst_buffer_unref (read);
  buffer = take (room);
  g_assert_true (gst_video_frame_map (&frame, &room->info, buffer, GST_MAP_READ));
  g_assert_true (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) == place);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  gst_buffer_unref (next);
}

static void
gone_cb (gpointer       data,
         GstMiniObject *buffer)
{
  (*(int *) data)++;
}

/* After a moment in which many were in use a few stay, and no fewer when it begins anew. */
static void
test_surplus (Room         *room,
              gconstpointer data)
{
  GstStructure *config;
  GstCaps      *caps;
  guint         size;

  g_assert_true (gst_buffer_pool_set_active (room->pool, FALSE));
  config = gst_buffer_pool_get_config (room->pool);
  g_assert_true (gst_buffer_pool_config_get_params (config, &caps, &size, NULL, NULL));
  gst_buffer_pool_config_set_params (config, caps, size, 2, 0);
  g_assert_true (gst_buffer_pool_set_config (room->pool, config));
  g_assert_true (gst_buffer_pool_set_active (room->pool, TRUE));

  for (int round = 0; round < 6; round++)
    {
      GstBuffer *buffers[20];
      int        gone = 0;

      for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
        {
          buffers[i] = take (room);
          gst_mini_object_weak_ref (GST_MINI_OBJECT (buffers[i]), gone_cb, &gone);
        }
      for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
        gst_buffer_unref (buffers[i]);
      g_assert_cmpint (gone, ==, G_N_ELEMENTS (buffers) - 8);

      g_assert_true (gst_buffer_pool_set_active (room->pool, FALSE));
      g_assert_cmpint (gone, ==, G_N_ELEMENTS (buffers));
      g_assert_true (gst_buffer_pool_set_active (room->pool, TRUE));
    }
}

static void
test_outlives (Room         *room,
               gconstpointer data)
{
  GstBuffer    *buffer = take (room);
  GstBuffer    *read = gst_buffer_copy (buffer);
  gpointer      pool = room->pool;
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, &room->info, buffer, GST_MAP_READ));
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  gst_buffer_pool_set_active (room->pool, FALSE);
  g_object_add_weak_pointer (pool, &pool);
  gst_clear_object (&room->pool);

  g_assert_true (gst_video_frame_map (&frame, &room->info, read, GST_MAP_WRITE));
  fill (&frame, 120);
  gst_video_frame_unmap (&frame);
  check (room, read, 120);
  gst_buffer_unref (read);
  /* GStreamer 1.26 lets the copy keep what it was copied from. */
  g_assert_null (pool);
}

/* --- what anybody allocates ------------------------------------------------------------------- */

#define LARGE (1024 * 1024)

static void
assert_bytes (GstMemory *memory,
              gsize      size,
              guint8     value)
{
  GstMapInfo map;

  g_assert_true (gst_memory_map (memory, &map, GST_MAP_READ));
  g_assert_cmpuint (map.size, ==, size);
  for (gsize i = 0; i < size; i++)
    {
      if (map.data[i] != value)
        g_error ("byte %" G_GSIZE_FORMAT " is %u, not %u", i, map.data[i], value);
    }
  gst_memory_unmap (memory, &map);
}

static GstMemory *
allocate (gsize                size,
          GstAllocationParams *params,
          guint8               value)
{
  GstMemory *memory = gst_allocator_alloc (NULL, size, params);
  GstMapInfo map;

  g_assert_true (gst_memory_map (memory, &map, GST_MAP_WRITE));
  memset (map.data, value, map.size);
  gst_memory_unmap (memory, &map);
  return memory;
}

/* Large ones lie in picture memory, small ones do not. */
static void
test_default (void)
{
  GstMemory *small = allocate (1000, NULL, 1);
  GstMemory *large;

  g_assert_true (gst_memory_is_type (small, GST_ALLOCATOR_SYSMEM));
  large = allocate (LARGE, NULL, 2);
  g_assert_true (gst_memory_is_type (large, "DailiesPicture"));
  assert_bytes (small, 1000, 1);
  assert_bytes (large, LARGE, 2);
  gst_memory_unref (small);
  gst_memory_unref (large);
  g_assert_null (gst_allocator_alloc (NULL, G_MAXSIZE - 5, &(GstAllocationParams){ .prefix = 10 }));
}

static void
test_padding (void)
{
  GstAllocationParams params = {
    .flags = GST_MEMORY_FLAG_ZERO_PREFIXED | GST_MEMORY_FLAG_ZERO_PADDED, .align = 63, .prefix = 64, .padding = 128
  };
  GstMemory *used = allocate (LARGE + 192, NULL, 9);
  GstMemory *memory;
  GstMapInfo map;
  gsize      offset, whole;

  /* Its bytes are given out again. */
  gst_memory_unref (used);
  memory = allocate (LARGE, &params, 7);
  g_assert_cmpuint (gst_memory_get_sizes (memory, &offset, &whole), ==, LARGE);
  g_assert_cmpuint (offset, ==, 64);
  g_assert_cmpuint (whole, >=, LARGE + 192);
  g_assert_true (gst_memory_map (memory, &map, GST_MAP_READ));
  g_assert_cmpuint ((gsize) map.data % 64, ==, 0);
  for (int i = 0; i < 64; i++)
    g_assert_cmpuint (map.data[i - 64], ==, 0);
  for (int i = 0; i < 128; i++)
    g_assert_cmpuint (map.data[LARGE + i], ==, 0);
  gst_memory_unmap (memory, &map);
  assert_bytes (memory, LARGE, 7);
  gst_memory_unref (memory);
}

/* Parts see the whole, outlive whoever cut them out, and are put together again without a copy. */
static void
test_parts (void)
{
  GstMemory *whole = allocate (LARGE, &(GstAllocationParams){ .prefix = 32 }, 3);
  GstMemory *first = gst_memory_share (whole, 1000, 5000);
  GstMemory *second = gst_memory_share (first, 5000, 100);
  GstMemory *rest = gst_memory_share (whole, 6000, -1);
  GstMapInfo whole_map, map;
  gsize      offset;

  g_assert_true (gst_memory_map (whole, &whole_map, GST_MAP_READ));
  g_assert_true (gst_memory_map (first, &map, GST_MAP_READ));
  g_assert_true (map.data == whole_map.data + 1000);
  gst_memory_unmap (first, &map);
  g_assert_true (gst_memory_map (second, &map, GST_MAP_READ));
  g_assert_true (map.data == whole_map.data + 6000);
  gst_memory_unmap (second, &map);
  gst_memory_unmap (whole, &whole_map);
  g_assert_true (gst_memory_is_span (first, rest, &offset));
  g_assert_cmpuint (offset, ==, 1000);
  g_assert_false (gst_memory_is_span (rest, first, NULL));
  assert_bytes (rest, LARGE - 6000, 3);

  gst_memory_unref (whole);
  gst_memory_unref (rest);
  gst_memory_unref (allocate (LARGE, NULL, 4));
  assert_bytes (first, 5000, 3);
  assert_bytes (second, 100, 3);
  gst_memory_unref (first);
  gst_memory_unref (second);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/picture-pool/shared", Room, NULL, set_up, test_shared, tear_down);
  g_test_add ("/picture-pool/written", Room, NULL, set_up, test_written, tear_down);
  g_test_add ("/picture-pool/used-again", Room, NULL, set_up, test_used_again, tear_down);
  g_test_add ("/picture-pool/surplus", Room, NULL, set_up, test_surplus, tear_down);
  g_test_add ("/picture-pool/outlives", Room, NULL, set_up, test_outlives, tear_down);
  dailies_picture_pool_serve_all ();
  dailies_picture_pool_serve_all ();
  g_test_add_func ("/picture-pool/default", test_default);
  g_test_add_func ("/picture-pool/padding", test_padding);
  g_test_add_func ("/picture-pool/parts", test_parts);
  return g_test_run ();
}
