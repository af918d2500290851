/* dailies-picture-pool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-picture-pool.h"

#include <string.h>

#include "dailies-picture-memory.h"

/* From so many bytes on what anybody allocates is taken for a picture. Coded ones are rarely that large. */
#define LIKELY_BYTES (256 * 1024)
/* Pictures that a pool keeps for the next one. */
#define MOST_IDLE 8
/* A piece begins with a page. */
#define ALIGNED (4096 - 1)

/* --- memory: it outlives the pool while somebody reads it -------------------------------------- */

typedef struct
{
  GstMemory memory;
  guint8   *data; /* of the piece, or of the picture that it is a part of */
} Picture;

#define DAILIES_TYPE_PICTURE_ALLOCATOR (dailies_picture_allocator_get_type ())
G_DECLARE_FINAL_TYPE (DailiesPictureAllocator, dailies_picture_allocator, DAILIES, PICTURE_ALLOCATOR, GstAllocator)

struct _DailiesPictureAllocator
{
  GstAllocator parent_instance;

  gsize smallest; /* what has fewer bytes is no picture, and the system's */
};

G_DEFINE_FINAL_TYPE (DailiesPictureAllocator, dailies_picture_allocator, GST_TYPE_ALLOCATOR)

/* Of all that are never asked for another one. */
static GstAllocator *
get_system (void)
{
  static GstAllocator *system;

  if (g_once_init_enter (&system))
    g_once_init_leave (&system, gst_allocator_find (GST_ALLOCATOR_SYSMEM));

  return system;
}

static GstMemory *
dailies_picture_allocator_alloc (GstAllocator        *allocator,
                                 gsize                size,
                                 GstAllocationParams *params)
{
  gsize    whole;
  guint8  *data;
  Picture *picture;

  if (!g_size_checked_add (&whole, size, params->prefix) || !g_size_checked_add (&whole, whole, params->padding))
    return NULL;
  if (whole < DAILIES_PICTURE_ALLOCATOR (allocator)->smallest || params->align > ALIGNED)
    return gst_allocator_alloc (get_system (), size, params);

  data = dailies_picture_memory_take (whole);
  if (data == NULL)
    return NULL;

  if (params->flags & GST_MEMORY_FLAG_ZERO_PREFIXED)
    memset (data, 0, params->prefix);
  if (params->flags & GST_MEMORY_FLAG_ZERO_PADDED)
    memset (data + params->prefix + size, 0, params->padding);

  picture = g_new (Picture, 1);
  picture->data = data;
  gst_memory_init (
    &picture->memory, params->flags, allocator, NULL, whole, params->align, params->prefix, size);

  return &picture->memory;
}

static void
dailies_picture_allocator_free (GstAllocator *allocator,
                                GstMemory    *memory)
{
  Picture *picture = (Picture *) memory;

  if (memory->parent == NULL)
    dailies_picture_memory_give (picture->data);
  g_free (picture);
}

static gpointer
picture_map (GstMemory  *memory,
             gsize       size,
             GstMapFlags flags)
{
  return ((Picture *) memory)->data;
}

static void
picture_unmap (GstMemory *memory)
{
}

static GstMemory *
picture_share (GstMemory *memory,
               gssize     offset,
               gssize     size)
{
  GstMemory *parent = memory->parent != NULL ? memory->parent : memory;
  Picture   *part = g_new (Picture, 1);

  part->data = ((Picture *) memory)->data;
  gst_memory_init (&part->memory,
                   GST_MINI_OBJECT_FLAGS (parent) | GST_MINI_OBJECT_FLAG_LOCK_READONLY,
                   memory->allocator,
                   parent,
                   memory->maxsize,
                   memory->align,
                   memory->offset + offset,
                   size >= 0 ? (gsize) size : memory->size - offset);

  return &part->memory;
}

/* What was cut out of a picture piece by piece is put together again without a copy. */
static gboolean
picture_is_span (GstMemory *first,
                 GstMemory *second,
                 gsize     *offset)
{
  if (((Picture *) first)->data + first->offset + first->size != ((Picture *) second)->data + second->offset)
    return FALSE;

  if (offset != NULL)
    *offset = first->offset - first->parent->offset;
  return TRUE;
}

static void
dailies_picture_allocator_class_init (DailiesPictureAllocatorClass *klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = dailies_picture_allocator_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = dailies_picture_allocator_free;
}

static void
dailies_picture_allocator_init (DailiesPictureAllocator *self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);

  allocator->mem_type = "DailiesPicture";
  allocator->mem_map = picture_map;
  allocator->mem_unmap = picture_unmap;
  allocator->mem_share = picture_share;
  allocator->mem_is_span = picture_is_span;
  GST_OBJECT_FLAG_SET (allocator, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

static GstAllocator *
allocator_new (gsize smallest)
{
  GstAllocator *allocator = gst_object_ref_sink (g_object_new (DAILIES_TYPE_PICTURE_ALLOCATOR, NULL));

  DAILIES_PICTURE_ALLOCATOR (allocator)->smallest = smallest;
  GST_OBJECT_FLAG_SET (allocator, GST_OBJECT_FLAG_MAY_BE_LEAKED);

  return allocator;
}

/* The one of all pools. */
static GstAllocator *
get_allocator (void)
{
  static GstAllocator *allocator;

  if (g_once_init_enter (&allocator))
    g_once_init_leave (&allocator, allocator_new (0));

  return allocator;
}

struct _DailiesPicturePool
{
  GstVideoBufferPool parent_instance;

  int n_there; /* atomic: pictures that it has */
  int n_out;   /* atomic: of them in use */
};

G_DEFINE_FINAL_TYPE (DailiesPicturePool, dailies_picture_pool, GST_TYPE_VIDEO_BUFFER_POOL)

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
  gboolean   stays = memory != NULL && DAILIES_IS_PICTURE_ALLOCATOR (memory->allocator);

  *stride = meta->stride[plane];
  if (!stays || (flags & GST_MAP_WRITE && !gst_buffer_is_all_memory_writable (meta->buffer)))
    return map_locked (meta, plane, info, data, flags);

  /* Unmapping asks for the flags. */
  *info = (GstMapInfo){ .flags = flags };
  *data = ((Picture *) memory)->data + memory->offset + meta->offset[plane];
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

/* Whatever allocator is asked for, pictures lie in memory of their own. */
static gboolean
dailies_picture_pool_set_config (GstBufferPool *pool,
                                 GstStructure  *config)
{
  GstAllocationParams params = { 0 };

  gst_buffer_pool_config_get_allocator (config, NULL, &params);
  gst_buffer_pool_config_set_allocator (config, get_allocator (), &params);

  return GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->set_config (pool, config);
}

static GstFlowReturn
dailies_picture_pool_alloc_buffer (GstBufferPool              *pool,
                                   GstBuffer                 **buffer,
                                   GstBufferPoolAcquireParams *params)
{
  GstFlowReturn result =
    GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->alloc_buffer (pool, buffer, params);
  GstVideoMeta *meta;

  if (result != GST_FLOW_OK)
    return result;

  g_atomic_int_inc (&DAILIES_PICTURE_POOL (pool)->n_there);
  /* Who does not know where the planes lie does not map them one by one. */
  meta = gst_buffer_get_video_meta (*buffer);
  if (meta != NULL)
    {
      meta->map = map_plane;
      meta->unmap = unmap_plane;
    }

  return GST_FLOW_OK;
}

/* The pictures that a pool begins with come in as if they had been out. */
static gboolean
dailies_picture_pool_start (GstBufferPool *pool)
{
  GstStructure *config = gst_buffer_pool_get_config (pool);
  guint         least = 0;

  gst_buffer_pool_config_get_params (config, NULL, NULL, &least, NULL);
  gst_structure_free (config);
  g_atomic_int_set (&DAILIES_PICTURE_POOL (pool)->n_out, (int) least);

  return GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->start (pool);
}

static void
dailies_picture_pool_free_buffer (GstBufferPool *pool,
                                  GstBuffer     *buffer)
{
  g_atomic_int_add (&DAILIES_PICTURE_POOL (pool)->n_there, -1);
  GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->free_buffer (pool, buffer);
}

static GstFlowReturn
dailies_picture_pool_acquire_buffer (GstBufferPool              *pool,
                                     GstBuffer                 **buffer,
                                     GstBufferPoolAcquireParams *params)
{
  GstFlowReturn result =
    GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->acquire_buffer (pool, buffer, params);

  if (result == GST_FLOW_OK)
    g_atomic_int_inc (&DAILIES_PICTURE_POOL (pool)->n_out);

  return result;
}

/* A pool keeps as many pictures as were ever in use at once, and a machine that is busy for a moment lets many wait. What lies idle
 * goes back to the memory of all. */
static void
dailies_picture_pool_release_buffer (GstBufferPool *pool,
                                     GstBuffer     *buffer)
{
  DailiesPicturePool *self = DAILIES_PICTURE_POOL (pool);
  int n_out = g_atomic_int_add (&self->n_out, -1) - 1;

  /* A pool drops what comes back otherwise than it went out. */
  if (g_atomic_int_get (&self->n_there) - n_out > MOST_IDLE)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_TAG_MEMORY);
  GST_BUFFER_POOL_CLASS (dailies_picture_pool_parent_class)->release_buffer (pool, buffer);
}

static void
dailies_picture_pool_class_init (DailiesPicturePoolClass *klass)
{
  GST_BUFFER_POOL_CLASS (klass)->start = dailies_picture_pool_start;
  GST_BUFFER_POOL_CLASS (klass)->free_buffer = dailies_picture_pool_free_buffer;
  GST_BUFFER_POOL_CLASS (klass)->acquire_buffer = dailies_picture_pool_acquire_buffer;
  GST_BUFFER_POOL_CLASS (klass)->release_buffer = dailies_picture_pool_release_buffer;
  GST_BUFFER_POOL_CLASS (klass)->set_config = dailies_picture_pool_set_config;
  GST_BUFFER_POOL_CLASS (klass)->alloc_buffer = dailies_picture_pool_alloc_buffer;
}

static void
dailies_picture_pool_init (DailiesPicturePool *self)
{
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_picture_pool_serve_all (void)
{
  static gsize served;

  if (g_once_init_enter (&served))
    {
      gst_allocator_set_default (allocator_new (LIKELY_BYTES));
      g_once_init_leave (&served, TRUE);
    }
}

GstBufferPool *
dailies_picture_pool_new (void)
{
  return gst_object_ref_sink (g_object_new (DAILIES_TYPE_PICTURE_POOL, NULL));
}

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
      g_autoptr (GstBufferPool) pool = dailies_picture_pool_new ();
      GstStructure *config = gst_buffer_pool_get_config (pool);

      gst_buffer_pool_config_set_params (config, caps, GST_VIDEO_INFO_SIZE (&info), 0, 0);
      gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
      if (!gst_buffer_pool_set_config (pool, config))
        return FALSE;
      gst_query_add_allocation_pool (query, pool, GST_VIDEO_INFO_SIZE (&info), 0, 0);
    }
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);

  return TRUE;
}
