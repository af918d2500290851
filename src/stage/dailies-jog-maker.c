/* dailies-jog-maker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-maker.h"

#include "dailies-jog-coder.h"
#include "dailies-jog-threads.h"

/* Where there are fewer, playing and seeking need all of them. */
#define ENOUGH_CORES 4
/* How often a maker that waits looks whether its clip is still wanted. */
#define LOOK_UP_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)
/* Clips whose frames stay when nobody shows them any more; each takes a file descriptor. */
#define N_KEPT 24

struct _DailiesJogOrder
{
  int                 ref_count; /* atomic */
  GFile              *file;
  int                 max_width;
  int                 max_height;
  char               *content; /* changes with the file's bytes; NULL not known */
  GCancellable       *cancellable;
  DailiesJogOrderFunc func;
  gpointer            data;
  GDestroyNotify      destroy;

  /* Under the lock. */
  DailiesJogStore *store; /* NULL until there is a frame */
  GstVideoInfo     coded;
  gboolean         over;
  GError          *error;
};

/* The frames of a clip that was shown lately. */
typedef struct
{
  char            *content;
  int              max_width;
  int              max_height;
  DailiesJogStore *store;
  GstVideoInfo     coded;
} Kept;

static GMutex   lock;
static GCond    still;                  /* nobody claims the cores any more, or nothing is made */
static GQueue   waiting = G_QUEUE_INIT; /* of DailiesJogOrder, owned */
static GQueue   kept = G_QUEUE_INIT;    /* of Kept, owned, the newest first */
static gboolean working;
static guint    n_claims;       /* now … */
static guint    n_claimed;      /* … and ever */

/* --- what is kept ----------------------------------------------------------------------------- */

static void
kept_free (gpointer data)
{
  Kept *self = data;

  dailies_jog_store_unref (self->store);
  g_free (self->content);
  g_free (self);
}

/* Returns: (nullable): what has to be equal for the frames to be those of @file */
static char *
get_content (GFile *file)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file,
                       G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                      "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                       G_FILE_QUERY_INFO_NONE,
                       NULL,
                       NULL);
  g_autofree char *uri = g_file_get_uri (file);

  if (info == NULL)
    return NULL;

  return g_strdup_printf (
    "%" G_GUINT64_FORMAT ".%06u %" G_GOFFSET_FORMAT " %s",
    g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED),
    g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC),
    g_file_info_get_size (info),
    uri);
}

/* With the lock. What gave way is forgotten on the way. */
static Kept *
find_kept (DailiesJogOrder *order)
{
  GList *next;

  for (GList *link = kept.head; link != NULL; link = next)
    {
      Kept *one = link->data;

      next = link->next;
      if (!dailies_jog_store_is_complete (one->store))
        {
          g_queue_delete_link (&kept, link);
          kept_free (one);
        }
      else if (g_strcmp0 (one->content, order->content) == 0 &&
               one->max_width == order->max_width && one->max_height == order->max_height)
        {
          g_queue_unlink (&kept, link);
          g_queue_push_head_link (&kept, link);
          return one;
        }
    }

  return NULL;
}

/* With the lock. */
static void
keep (DailiesJogOrder *order)
{
  Kept *one;

  if (order->content == NULL || order->store == NULL || find_kept (order) != NULL)
    return;

  one = g_new0 (Kept, 1);
  one->content = g_strdup (order->content);
  one->max_width = order->max_width;
  one->max_height = order->max_height;
  one->store = dailies_jog_store_ref (order->store);
  one->coded = order->coded;
  g_queue_push_head (&kept, one);
  if (kept.length > N_KEPT)
    kept_free (g_queue_pop_tail (&kept));
}

/* With the lock. Returns: whether nothing needs to be made */
static gboolean
take_kept (DailiesJogOrder *self)
{
  Kept *one = self->content != NULL ? find_kept (self) : NULL;

  if (one == NULL)
    return FALSE;

  self->store = dailies_jog_store_ref (one->store);
  self->coded = one->coded;
  self->over = TRUE;
  return TRUE;
}

/* --- the maker's thread ----------------------------------------------------------------------- */

/* One frame may be coded meanwhile; then the decoder waits for us. */
static void
wait_while_claimed (DailiesJogOrder *self)
{
  if (g_get_num_processors () >= ENOUGH_CORES)
    return;

  g_mutex_lock (&lock);
  while (n_claims > 0 && !g_cancellable_is_cancelled (self->cancellable))
    g_cond_wait_until (&still, &lock, g_get_monotonic_time () + LOOK_UP_INTERVAL);
  g_mutex_unlock (&lock);
}

static gboolean
take_frame (DailiesJogOrder *self, DailiesJogCoder *coder, DailiesJogStore *store, GError **error)
{
  g_autoptr (GstBuffer) frame = NULL;
  gint64 time;

  wait_while_claimed (self);
  frame = dailies_jog_coder_next (coder, self->cancellable, &time, error);
  if (frame == NULL || !dailies_jog_store_append (store, frame, time, error))
    return FALSE;

  g_mutex_lock (&lock);
  if (self->store == NULL && dailies_jog_coder_get_info (coder, &self->coded))
    self->store = dailies_jog_store_ref (store);
  g_mutex_unlock (&lock);

  return TRUE;
}

static void
make (DailiesJogOrder *self, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "dailies", "jog", NULL);
  g_autoptr (DailiesJogStore) store = NULL;
  g_autoptr (DailiesJogCoder) coder = NULL;
  g_autoptr (GError) failure = NULL;

  wait_while_claimed (self);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return;
  store = dailies_jog_store_new (folder, error);
  if (store == NULL)
    return;
  coder = dailies_jog_coder_new (
    self->file, self->max_width, self->max_height, dailies_jog_store_get_room ());
  if (coder == NULL)
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The JPEG plug-in of GStreamer is missing");
      return;
    }

  while (take_frame (self, coder, store, &failure))
    ;
  if (failure == NULL)
    {
      dailies_jog_store_finish (store);
      return;
    }

  /* What was made of a damaged clip, or of one too long, stays of use. Where the disk is full every
   * byte is needed elsewhere. */
  if (dailies_jog_store_is_short_of_disk (store))
    dailies_jog_store_empty (store);
  g_propagate_error (error, g_steal_pointer (&failure));
}

static void
carry_out (DailiesJogOrder *self)
{
  g_autoptr (GError) error = NULL;
  gboolean there;

  /* The same clip may have waited before this one. */
  g_mutex_lock (&lock);
  there = take_kept (self);
  g_mutex_unlock (&lock);
  if (!there)
    make (self, &error);
  if (error != NULL)
    g_debug ("Jog material ends early: %s", error->message);

  g_mutex_lock (&lock);
  if (error == NULL)
    keep (self);
  self->over = TRUE;
  self->error = g_steal_pointer (&error);
  g_mutex_unlock (&lock);
  if (!g_cancellable_is_cancelled (self->cancellable))
    self->func (self, self->data);
}

static gpointer
work (gpointer data)
{
  dailies_jog_threads_lower ();

  for (;;)
    {
      g_autoptr (DailiesJogOrder) order = NULL;

      g_mutex_lock (&lock);
      order = g_queue_pop_head (&waiting);
      working = order != NULL;
      if (!working)
        g_cond_broadcast (&still);
      g_mutex_unlock (&lock);
      if (order == NULL)
        return NULL;

      carry_out (order);
    }
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_jog_order_new:
 * @max_width: device pixels there are for the picture; 0 for as many as it has
 * @max_height: likewise
 * @destroy: frees @data, on any thread, when nothing will call @func any more
 *
 * Orders jog material of @file; it is made behind what was ordered before. What was made of it
 * lately is there at once: then
 * @func is called before this returns. Asks the file system how old the file is.
 *
 * Returns: (transfer full): the order
 */
DailiesJogOrder *
dailies_jog_order_new (GFile              *file,
                       int                 max_width,
                       int                 max_height,
                       DailiesJogOrderFunc func,
                       gpointer            data,
                       GDestroyNotify      destroy)
{
  DailiesJogOrder *self = g_new0 (DailiesJogOrder, 1);
  gboolean         start = FALSE;
  gboolean         there;

  self->ref_count = 1;
  self->file = g_object_ref (file);
  self->max_width = max_width;
  self->max_height = max_height;
  self->content = get_content (file);
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  self->destroy = destroy;

  g_mutex_lock (&lock);
  there = take_kept (self);
  if (!there)
    {
      g_queue_push_tail (&waiting, dailies_jog_order_ref (self));
      start = !working;
      working = TRUE;
    }
  g_mutex_unlock (&lock);
  if (there)
    func (self, data);
  if (start)
    g_thread_unref (g_thread_new ("jog", work, NULL));

  return self;
}

DailiesJogOrder *
dailies_jog_order_ref (DailiesJogOrder *self)
{
  g_atomic_int_inc (&self->ref_count);

  return self;
}

void
dailies_jog_order_unref (DailiesJogOrder *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_pointer (&self->store, dailies_jog_store_unref);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_object_unref (self->file);
  g_free (self->content);
  g_free (self);
}

/* Somebody looks at this clip: it comes before all that wait. */
void
dailies_jog_order_hurry (DailiesJogOrder *self)
{
  GList *link;

  g_mutex_lock (&lock);
  link = g_queue_find (&waiting, self);
  if (link != NULL)
    {
      g_queue_unlink (&waiting, link);
      g_queue_push_head_link (&waiting, link);
    }
  g_mutex_unlock (&lock);
}

/* The maker lets go of it soon; nobody waits for that. */
void
dailies_jog_order_cancel (DailiesJogOrder *self)
{
  GList *link;

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&lock);
  link = g_queue_find (&waiting, self);
  if (link != NULL)
    g_queue_delete_link (&waiting, link);
  g_mutex_unlock (&lock);
  if (link != NULL)
    dailies_jog_order_unref (self);
}

/**
 * dailies_jog_order_dup_store:
 * @coded: (out): what the pictures in the store are
 *
 * Returns: (transfer full) (nullable): what there is already, %NULL before the first frame
 */
DailiesJogStore *
dailies_jog_order_dup_store (DailiesJogOrder *self, GstVideoInfo *coded)
{
  DailiesJogStore *store;

  g_mutex_lock (&lock);
  store = self->store != NULL ? dailies_jog_store_ref (self->store) : NULL;
  *coded = self->coded;
  g_mutex_unlock (&lock);

  return store;
}

/**
 * dailies_jog_order_is_over:
 * @error: why not all of it could be made
 *
 * Returns: whether nothing more will come
 */
gboolean
dailies_jog_order_is_over (DailiesJogOrder *self, GError **error)
{
  gboolean over;

  g_mutex_lock (&lock);
  over = self->over;
  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  g_mutex_unlock (&lock);

  return over;
}

/**
 * dailies_jog_maker_claim:
 * @begins: a reel begins to need all cores, to play or to get to where somebody wants to look; otherwise it has ended
 *
 * Where cores are scarce nothing is made meanwhile. To be called in pairs, on any thread.
 */
void
dailies_jog_maker_claim (gboolean begins)
{
  g_mutex_lock (&lock);
  g_assert (begins || n_claims > 0);
  n_claims += begins ? 1 : -1;
  n_claimed += begins;
  if (n_claims == 0)
    g_cond_broadcast (&still);
  g_mutex_unlock (&lock);
}

/* For tests. Returns: how often the cores have been claimed */
guint
dailies_jog_maker_count_claims (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_claimed;
  g_mutex_unlock (&lock);

  return n;
}

/* For tests, too. */
gboolean
dailies_jog_maker_is_claimed (void)
{
  gboolean claimed;

  g_mutex_lock (&lock);
  claimed = n_claims > 0;
  g_mutex_unlock (&lock);

  return claimed;
}

/**
 * dailies_jog_maker_give_way:
 * @longest: µs
 *
 * For work in the background that an artist may see grow: it goes on while a reel claims the cores, and while there are jogs to be
 * made, for which play may be waiting, but in small steps. Returns at once where cores are not scarce, and otherwise when neither is
 * so any more, @longest later at the latest. Not on the main thread.
 */
void
dailies_jog_maker_give_way (gint64 longest)
{
  gint64 until = g_get_monotonic_time () + longest;

  if (g_get_num_processors () >= ENOUGH_CORES)
    return;

  g_mutex_lock (&lock);
  while ((n_claims > 0 || working) && g_cond_wait_until (&still, &lock, until))
    ;
  g_mutex_unlock (&lock);
}

/* Nothing stays of clips that nobody shows. */
void
dailies_jog_maker_forget (void)
{
  g_mutex_lock (&lock);
  g_queue_clear_full (&kept, kept_free);
  g_mutex_unlock (&lock);
}
