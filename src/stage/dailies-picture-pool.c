/* dailies-picture-pool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-picture-pool.h"

#include <stdlib.h>

/* More than any decoder asks for. */
#define ALIGNMENT 4096
/* Pieces of memory that wait to be used again. */
#define N_KEPT 6

/* Memory outlives the pool while somebody reads it, and is asked for again as often as a picture was still being read when the
 * decoder gave it back: fresh from the kernel, which clears it, it would cost as much as a copy. */
typedef struct
{
  grefcount refs; /* under the lock, as is all */
  GMutex    lock;
  GQueue    pieces;
  gsize     size;
  gboolean  closed;
} Shelf;

typedef struct
{
  Shelf   *shelf;
  gpointer data;
  gsize    size;
} Piece;

struct _DailiesPicturePool
{
  GstVideoBufferPool parent_instance;

  Shelf *shelf;
};

G_DEFINE_FINAL_TYPE (DailiesPicturePool, dailies_picture_pool, GST_TYPE_VIDEO_BUFFER_POOL)

/* --- memory ----------------------------------------------------------------------------------- */

/* With the lock, which it lets go of. */
static void
shelf_unref (Shelf *shelf)
{
  gboolean last = g_ref_count_dec (&shelf->refs);

  g_mutex_unlock (&shelf->lock);
  if (!last)
    return;

  g_mutex_clear (&shelf->lock);
  g_free (shelf);
}

/* Any thread. */
static void
piece_free (gpointer data)
{
  Piece *piece = data;
  Shelf *shelf = piece->shelf;

  g_mutex_lock (&shelf->lock);
  if (!shelf->closed && piece->size == shelf->size && shelf->pieces.length < N_KEPT)
    g_queue_push_head (&shelf->pieces, piece->data);
  else
    free (piece->data);
  shelf_unref (shelf);
  g_free (piece);
}

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("dailies-picture-place");
}

/* Returns: (nullable) */
static GstMemory *
take_memory (Shelf *shelf,
             gsize  size)
{
  gpointer   data = NULL;
  GstMemory *memory;
  Piece     *piece;

  g_mutex_lock (&shelf->lock);
  if (shelf->size != size)
    g_queue_clear_full (&shelf->pieces, free);
  shelf->size = size;
  data = g_queue_pop_head (&shelf->pieces);
  g_ref_count_inc (&shelf->refs);
  if (data == NULL && posix_memalign (&data, ALIGNMENT, size) != 0)
    {
      shelf_unref (shelf);
      return NULL;
    }
  g_mutex_unlock (&shelf->lock);

  piece = g_new (Piece, 1);
  piece->shelf = shelf;
  piece->data = data;
  piece->size = size;

  memory = gst_memory_new_wrapped (0, data, size, 0, size, piece, piece_free);
  gst_mini_object_set_qdata (GST_MINI_OBJECT (memory), get_quark (), data, NULL);

  return memory;
}

/* --- mapping ---------------------------------------------------------------------------------- */

/* Who wants to write to what others read gets a copy, as always. */
static gboolean
map_locked (GstVideoMeta *meta,
            guint         plane,
            GstMapInfo   *info,
            gpointer     *data,
            GstMapFlags   flags)
{
  guint index, length;
  gsize skip;

  if (!gst_buffer_find_memory (meta->buffer, meta->offset[plane], 1, &index, &length, &skip) ||
      !gst_buffer_map_range (meta->buffer, index, length, info, flags))
    return FALSE;

  *data = info->data + skip;
  return TRUE;
}

/* Memory of the pool stays where it is, mapped or not. */
static gboolean
map_plane (GstVideoMeta *meta,
           guint         plane,
           GstMapInfo   *info,
           gpointer     *data,
           int          *stride,
           GstMapFlags   flags)
{
  GstMemory *memory = gst_buffer_n_memory (meta->buffer) == 1 ? gst_buffer_peek_memory (meta->buffer, 0) : NULL;
  guint8    *place =
    memory != NULL ? gst_mini_object_get_qdata (GST_MINI_OBJECT (memory), get_quark ()) : NULL;

  *stride = meta->stride[plane];
  if (place == NULL || (flags & GST_MAP_WRITE && !gst_buffer_is_all_memory_writable (meta->buffer)))
    return map_locked (meta, plane, info, data, flags);

  /* Unmapping asks for the flags. */
  *info = (GstMapInfo){ .flags = flags };
  *data = place + memory->offset + meta->offset[plane];
  return TRUE;
}

static gboolean
unmap_plane (GstVideoMeta *meta,
             guint         plane,
             GstMapInfo   *info)
{
  if (info->memory != NULL)
    gst_buffer_unmap (meta->buffer, info);

  return TRUE;
}

/* --- the pool --------------------------------------------------------------------------------- */

static GstFlowReturn
dailies_picture_pool_alloc_buffer (GstBufferPool              *pool,
                                   GstBuffer                 **buffer,
                                   GstBufferPoolAcquireParams *params)
{
  DailiesPicturePool *self = DAILIES_PICTURE_POOL (pool);
  GstFlowReturn       result =
    GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->alloc_buffer (pool, buffer, params);
  GstVideoMeta       *meta;
  GstMemory          *memory;

  if (result != GST_FLOW_OK)
    return result;

  /* Who does not know where the planes lie does not map them one by one. */
  meta = gst_buffer_get_video_meta (*buffer);
  if (meta == NULL)
    return GST_FLOW_OK;

  memory = take_memory (self->shelf, gst_buffer_get_size (*buffer));
  if (memory == NULL)
    {
      gst_clear_buffer (buffer);
      return GST_FLOW_ERROR;
    }
  gst_buffer_replace_all_memory (*buffer, memory);
  meta->map = map_plane;
  meta->unmap = unmap_plane;

  return GST_FLOW_OK;
}

static void
dailies_picture_pool_dispose (GObject *object)
{
  DailiesPicturePool *self = DAILIES_PICTURE_POOL (object);
  Shelf              *shelf = g_steal_pointer (&self->shelf);

  if (shelf != NULL)
    {
      g_mutex_lock (&shelf->lock);
      shelf->closed = TRUE;
      g_queue_clear_full (&shelf->pieces, free);
      shelf_unref (shelf);
    }

  G_OBJECT_CLASS (dailies_picture_pool_parent_class)->dispose (object);
}

static void
dailies_picture_pool_class_init (DailiesPicturePoolClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_picture_pool_dispose;
  GST_BUFFER_POOL_CLASS (klass)->alloc_buffer = dailies_picture_pool_alloc_buffer;
}

static void
dailies_picture_pool_init (DailiesPicturePool *self)
{
  self->shelf = g_new0 (Shelf, 1);
  g_ref_count_init (&self->shelf->refs);
  g_mutex_init (&self->shelf->lock);
  g_queue_init (&self->shelf->pieces);
}

/* --- public ----------------------------------------------------------------------------------- */

gboolean
dailies_picture_pool_propose (GstQuery *query)
{
  GstCaps     *caps;
  gboolean     need_pool;
  GstVideoInfo info;

  gst_query_parse_allocation (query, &caps, &need_pool);
  if (caps == NULL || !gst_video_info_from_caps (&info, caps))
    return FALSE;

  if (need_pool)
    {
      g_autoptr (GstBufferPool) pool = g_object_new (DAILIES_TYPE_PICTURE_POOL, NULL);
      GstStructure *config = gst_buffer_pool_get_config (pool);

      gst_object_ref_sink (pool);
      gst_buffer_pool_config_set_params (config, caps, GST_VIDEO_INFO_SIZE (&info), 0, 0);
      gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
      if (!gst_buffer_pool_set_config (pool, config))
        return FALSE;
      gst_query_add_allocation_pool (query, pool, GST_VIDEO_INFO_SIZE (&info), 0, 0);
    }
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);

  return TRUE;
}
