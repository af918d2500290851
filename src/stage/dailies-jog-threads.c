/* dailies-jog-threads.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-threads.h"

#include <sys/resource.h>

/* Not the idle class: that one stands still for as long as both cores play, and a file that nobody
 * reads looks like a damaged one. */
#define LOWEST 19
/* Where all cores decode, a picture that is there is painted before the next ones are decoded. */
#define BEHIND_PAINTING 2

typedef struct
{
  GstTaskPool parent_instance;

  int nice;
} DailiesJogThreads;

typedef GstTaskPoolClass DailiesJogThreadsClass;

static GType dailies_jog_threads_get_type (void);

G_DEFINE_FINAL_TYPE (DailiesJogThreads, dailies_jog_threads, GST_TYPE_TASK_POOL)

typedef struct
{
  GstTaskPoolFunction func;
  gpointer            data;
  int                 nice;
} Work;

/* Below the program's own, which may have been started as one that gives way. Linux keeps a priority for each thread, and 0 is
 * the one that calls. */
static void
lower_by (int nice)
{
  if (setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, getpid ()) + nice) != 0)
    g_debug ("A thread keeps its priority");
}

static gpointer
run (gpointer data)
{
  g_autofree Work *work = data;

  lower_by (work->nice);
  work->func (work->data);

  return NULL;
}

static void
dailies_jog_threads_prepare (GstTaskPool *pool,
                             GError     **error)
{
}

static void
dailies_jog_threads_cleanup (GstTaskPool *pool)
{
}

static gpointer
dailies_jog_threads_push (GstTaskPool        *pool,
                          GstTaskPoolFunction func,
                          gpointer            data,
                          GError            **error)
{
  Work    *work = g_new (Work, 1);
  GThread *thread;

  work->func = func;
  work->data = data;
  work->nice = ((DailiesJogThreads *) pool)->nice;
  thread = g_thread_try_new ("jog", run, work, error);
  if (thread == NULL)
    g_free (work);

  return thread;
}

static void
dailies_jog_threads_join (GstTaskPool *pool,
                          gpointer     id)
{
  if (id != NULL)
    g_thread_join (id);
}

static void
dailies_jog_threads_dispose_handle (GstTaskPool *pool,
                                    gpointer     id)
{
  if (id != NULL)
    g_thread_unref (id);
}

static void
dailies_jog_threads_class_init (DailiesJogThreadsClass *klass)
{
  klass->prepare = dailies_jog_threads_prepare;
  klass->cleanup = dailies_jog_threads_cleanup;
  klass->push = dailies_jog_threads_push;
  klass->join = dailies_jog_threads_join;
  klass->dispose_handle = dailies_jog_threads_dispose_handle;
}

static void
dailies_jog_threads_init (DailiesJogThreads *self)
{
}

static GstBusSyncReply
sync_cb (GstBus     *bus,
         GstMessage *message,
         gpointer    data)
{
  GstStreamStatusType type;
  GstElement         *owner;
  const GValue       *task;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_STREAM_STATUS)
    return GST_BUS_PASS;

  gst_message_parse_stream_status (message, &type, &owner);
  task = gst_message_get_stream_status_object (message);
  if (type == GST_STREAM_STATUS_TYPE_CREATE && task != NULL && G_VALUE_HOLDS (task, GST_TYPE_TASK))
    gst_task_set_pool (g_value_get_object (task), data);

  return GST_BUS_PASS;
}

static void
set_threads (GstBus *bus,
             int     nice)
{
  DailiesJogThreads *pool = g_object_new (dailies_jog_threads_get_type (), NULL);

  pool->nice = nice;
  gst_bus_set_sync_handler (bus, sync_cb, pool, gst_object_unref);
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_jog_threads_lower (void)
{
  lower_by (LOWEST);
}

void
dailies_jog_threads_use (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  set_threads (bus, LOWEST);
}

void
dailies_jog_threads_yield (GstBus *bus)
{
  set_threads (bus, BEHIND_PAINTING);
}
