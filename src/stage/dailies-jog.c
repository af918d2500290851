/* dailies-jog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog.h"

#include "dailies-jog-maker.h"
#include "dailies-jog-reader.h"

/* Device pixels: in a smaller pane the frames are made as if for this one. The pane may be on its way to its place, and gets these
 * until the ones that fit it are there. */
#define LEAST 160

/* The clip in one size. */
typedef struct
{
  DailiesJogOrder  *order;
  DailiesJogStore  *store;  /* NULL until there is a frame */
  DailiesJogReader *reader; /* likewise */
} Material;

struct _DailiesJog
{
  GObject parent_instance;

  GFile        *file;
  GMainContext *context;

  GMutex   lock;
  int      width;
  int      height;
  Material now;    /* in the size that is wanted */
  Material before; /* in the size that was wanted before, until the other one is there */
  gboolean ready;  /* as it was told; the context's own */
};

G_DEFINE_FINAL_TYPE (DailiesJog, dailies_jog, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_READY,
  N_PROPS,
};

enum
{
  SETTLED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- material --------------------------------------------------------------------------------- */

static void
material_clear (Material *material)
{
  if (material->order != NULL)
    dailies_jog_order_cancel (material->order);
  g_clear_pointer (&material->order, dailies_jog_order_unref);
  g_clear_pointer (&material->store, dailies_jog_store_unref);
  g_clear_pointer (&material->reader, dailies_jog_reader_free);
}

/* Returns: ns, when the last frame of the clip begins; -1 while frames are missing */
static gint64
material_get_last (const Material *material)
{
  g_autoptr (DailiesJogStore) store = NULL;
  GstVideoInfo coded;

  if (material->order == NULL)
    return -1;

  store = dailies_jog_order_dup_store (material->order, &coded);
  return store != NULL ? dailies_jog_store_get_last (store) : -1;
}

static GArray *
material_dup_starts (const Material *material)
{
  g_autoptr (DailiesJogStore) store = NULL;
  GstVideoInfo coded;

  if (material->order != NULL)
    store = dailies_jog_order_dup_store (material->order, &coded);

  return store != NULL ? dailies_jog_store_dup_starts (store) : NULL;
}

static gboolean
material_is_complete (const Material *material)
{
  return material_get_last (material) >= 0;
}

/* Whether it is complete, and at least half as large as a pane of that size wants it. */
static gboolean
material_fills (const Material *material,
                int             width,
                int             height)
{
  g_autoptr (DailiesJogStore) store = NULL;
  GstVideoInfo coded;

  if (width <= 0 || height <= 0 || !material_is_complete (material))
    return FALSE;

  store = dailies_jog_order_dup_store (material->order, &coded);
  return store != NULL && (2 * coded.width >= width || 2 * coded.height >= height);
}

static gboolean
material_is_begun (const Material *material)
{
  g_autoptr (DailiesJogStore) store = NULL;
  GstVideoInfo coded;

  if (material->order != NULL)
    store = dailies_jog_order_dup_store (material->order, &coded);

  return store != NULL;
}

static GstSample *
material_read (Material *material,
               gint64    time,
               gint64   *start)
{
  g_autoptr (GstBuffer) frame = NULL;
  GstVideoInfo coded;

  if (material->order != NULL && material->store == NULL)
    {
      material->store = dailies_jog_order_dup_store (material->order, &coded);
      if (material->store != NULL)
        material->reader = dailies_jog_reader_new (&coded);
    }
  if (material->reader == NULL)
    return NULL;

  frame = dailies_jog_store_read (material->store, time, start);
  return frame != NULL ? dailies_jog_reader_read (material->reader, frame) : NULL;
}

/* --- the end of the making, told where the jog was made --------------------------------------- */

typedef struct
{
  GWeakRef      jog;
  GMainContext *context;
} Teller;

static void
teller_free (gpointer data)
{
  Teller *teller = data;

  g_weak_ref_clear (&teller->jog);
  g_main_context_unref (teller->context);
  g_free (teller);
}

static gboolean
settled_cb (gpointer data)
{
  DailiesJog *self = data;
  Material    old = { NULL };
  gboolean    ready = dailies_jog_is_ready (self);

  g_mutex_lock (&self->lock);
  if (material_is_complete (&self->now))
    {
      old = self->before;
      memset (&self->before, 0, sizeof self->before);
    }
  g_mutex_unlock (&self->lock);
  material_clear (&old);

  if (self->ready != ready)
    {
      self->ready = ready;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
    }
  g_signal_emit (self, signals[SETTLED], 0);

  return G_SOURCE_REMOVE;
}

/* On the maker's thread, or on the one that orders; the lock may be held. */
static void
order_over_cb (DailiesJogOrder *order,
               gpointer         data)
{
  Teller *teller = data;
  DailiesJog *jog = g_weak_ref_get (&teller->jog);
  g_autoptr (GSource) source = NULL;

  if (jog == NULL)
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "dailies jog");
  g_source_set_callback (source, settled_cb, jog, g_object_unref);
  g_source_attach (source, teller->context);
}

/* Returns: 0 stays 0 */
static int
at_least (int size)
{
  return size > 0 ? MAX (size, LEAST) : size;
}

static void
order (DailiesJog *self)
{
  Teller *teller = g_new (Teller, 1);

  g_weak_ref_init (&teller->jog, self);
  teller->context = g_main_context_ref (self->context);
  self->now.order = dailies_jog_order_new (
    self->file, self->width, self->height, order_over_cb, teller, teller_free);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_jog_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READY:
      g_value_set_boolean (value, DAILIES_JOG (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_jog_finalize (GObject *object)
{
  DailiesJog *self = DAILIES_JOG (object);

  material_clear (&self->now);
  material_clear (&self->before);
  g_clear_object (&self->file);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (dailies_jog_parent_class)->finalize (object);
}

static void
dailies_jog_class_init (DailiesJogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_jog_get_property;
  object_class->finalize = dailies_jog_finalize;

  properties[PROP_READY] =
    g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DailiesJog::settled:
   *
   * The making has ended: with every frame ("ready"), or early, because the clip is damaged or there
   * is no room. What was made is of use all the same.
   */
  signals[SETTLED] = g_signal_new (
    "settled", DAILIES_TYPE_JOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_jog_init (DailiesJog *self)
{
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_jog_new:
 * @width: device pixels there are for the picture; 0 for as many as it has
 * @height: likewise
 *
 * Returns: (transfer full): the jog of @file; its making is ordered
 */
DailiesJog *
dailies_jog_new (GFile *file,
                 int    width,
                 int    height)
{
  DailiesJog *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (DAILIES_TYPE_JOG, NULL);
  self->file = g_object_ref (file);
  self->width = at_least (width);
  self->height = at_least (height);
  g_mutex_lock (&self->lock);
  order (self);
  g_mutex_unlock (&self->lock);

  return self;
}

/**
 * dailies_jog_set_size:
 * @width: device pixels there are for the picture; 0 for as many as it has
 * @height: likewise
 *
 * Orders the frames in another size, if it is another.
 */
void
dailies_jog_set_size (DailiesJog *self,
                      int         width,
                      int         height)
{
  Material old = { NULL };

  g_return_if_fail (DAILIES_IS_JOG (self));

  width = at_least (width);
  height = at_least (height);
  g_mutex_lock (&self->lock);
  if (self->width != width || self->height != height)
    {
      self->width = width;
      self->height = height;
      /* The one of the two that has more frames serves meanwhile; one that has none is not made any more. */
      if (material_is_complete (&self->now) ||
          (self->before.order == NULL && material_is_begun (&self->now)))
        {
          old = self->before;
          self->before = self->now;
        }
      else
        {
          old = self->now;
        }
      memset (&self->now, 0, sizeof self->now);
      order (self);
    }
  g_mutex_unlock (&self->lock);
  material_clear (&old);
}

gboolean
dailies_jog_is_ready (DailiesJog *self)
{
  return dailies_jog_get_last (self) >= 0;
}

/**
 * dailies_jog_is_playable:
 *
 * Returns: whether every frame is there, and none is shown more than twice as large as it is
 */
gboolean
dailies_jog_is_playable (DailiesJog *self)
{
  gboolean playable;

  g_return_val_if_fail (DAILIES_IS_JOG (self), FALSE);

  g_mutex_lock (&self->lock);
  playable = material_fills (&self->now, self->width, self->height) ||
             material_fills (&self->before, self->width, self->height);
  g_mutex_unlock (&self->lock);

  return playable;
}

gboolean
dailies_jog_is_being_made (DailiesJog *self)
{
  gboolean being_made;

  g_return_val_if_fail (DAILIES_IS_JOG (self), FALSE);

  g_mutex_lock (&self->lock);
  being_made = self->now.order != NULL && !dailies_jog_order_is_over (self->now.order, NULL);
  g_mutex_unlock (&self->lock);

  return being_made;
}

/**
 * dailies_jog_get_last:
 *
 * Returns: ns from the start of the clip, when its last frame begins; -1 while frames are missing
 */
gint64
dailies_jog_get_last (DailiesJog *self)
{
  gint64 last;

  g_return_val_if_fail (DAILIES_IS_JOG (self), -1);

  g_mutex_lock (&self->lock);
  last = MAX (material_get_last (&self->now), material_get_last (&self->before));
  g_mutex_unlock (&self->lock);

  return last;
}

/**
 * dailies_jog_dup_starts:
 *
 * Returns: (transfer full) (nullable): gint64 ns from the start of the clip, when each frame begins;
 * %NULL while frames are missing
 */
GArray *
dailies_jog_dup_starts (DailiesJog *self)
{
  GArray *starts;

  g_return_val_if_fail (DAILIES_IS_JOG (self), NULL);

  g_mutex_lock (&self->lock);
  starts = material_dup_starts (&self->now);
  if (starts == NULL)
    starts = material_dup_starts (&self->before);
  g_mutex_unlock (&self->lock);

  return starts;
}

/**
 * dailies_jog_dup_frame:
 * @time: ns from the start of the clip
 * @start: (out) (optional): ns, when the frame begins
 *
 * Takes about three milliseconds at 960×540. A frame that is not there brings this clip to the front of those that
 * wait.
 *
 * Returns: (transfer full) (nullable): the frame that a seek to @time shows, as large as it was
 * wanted or smaller; %NULL while it is not there
 */
GstSample *
dailies_jog_dup_frame (DailiesJog *self,
                       gint64      time,
                       gint64     *start)
{
  GstSample *sample;

  g_return_val_if_fail (DAILIES_IS_JOG (self), NULL);

  g_mutex_lock (&self->lock);
  sample = material_read (&self->now, time, start);
  if (sample == NULL)
    sample = material_read (&self->before, time, start);
  if (sample == NULL && self->now.order != NULL)
    dailies_jog_order_hurry (self->now.order);
  g_mutex_unlock (&self->lock);

  return sample;
}
