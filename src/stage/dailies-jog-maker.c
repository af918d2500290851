/* dailies-jog-maker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-maker.h"

#include "dailies-jog-coder.h"
#include "dailies-jog-threads.h"

struct _DailiesJogOrder
{
  int                 ref_count; /* atomic */
  GFile              *file;
  int                 max_width;
  int                 max_height;
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

static GMutex   lock;
static GQueue   waiting = G_QUEUE_INIT; /* of DailiesJogOrder, owned */
static gboolean working;

/* --- the maker's thread ----------------------------------------------------------------------- */

static gboolean
take_frame (DailiesJogOrder *self,
            DailiesJogCoder *coder,
            DailiesJogStore *store,
            GError         **error)
{
  g_autoptr (GstBuffer) frame = NULL;
  gint64 time;

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
make (DailiesJogOrder *self,
      GError         **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "dailies", "jog", NULL);
  g_autoptr (DailiesJogStore) store = NULL;
  g_autoptr (DailiesJogCoder) coder = NULL;
  g_autoptr (GError) failure = NULL;

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

  make (self, &error);
  if (error != NULL)
    g_debug ("Jog material ends early: %s", error->message);

  g_mutex_lock (&lock);
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
 * Orders jog material of @file; it is made behind what was ordered before.
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
  gboolean         start;

  self->ref_count = 2;
  self->file = g_object_ref (file);
  self->max_width = max_width;
  self->max_height = max_height;
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  self->destroy = destroy;

  g_mutex_lock (&lock);
  g_queue_push_tail (&waiting, self);
  start = !working;
  working = TRUE;
  g_mutex_unlock (&lock);
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
dailies_jog_order_dup_store (DailiesJogOrder *self,
                             GstVideoInfo    *coded)
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
dailies_jog_order_is_over (DailiesJogOrder *self,
                           GError         **error)
{
  gboolean over;

  g_mutex_lock (&lock);
  over = self->over;
  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  g_mutex_unlock (&lock);

  return over;
}
