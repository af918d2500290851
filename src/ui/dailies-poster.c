/* dailies-poster.c: a still picture from a file, read off the main thread and cropped to fill its place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-poster.h"

/* Twice the width of a card, for screens with a scale of two. */
#define DECODED_PIXELS 400
#define CACHED_POSTERS 256

struct _DailiesPoster
{
  GtkWidget parent_instance;

  GFile        *file;
  GdkTexture   *texture;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DailiesPoster, dailies_poster, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* URI → GdkTexture, so that scrolling a strip back and forth reads each poster once. Main thread only. A poster
 * never changes under its name: the library gives each cut a file of its own. */
static GHashTable *textures;

static void
remember_texture (GFile      *file,
                  GdkTexture *texture)
{
  if (textures == NULL)
    textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (g_hash_table_size (textures) >= CACHED_POSTERS)
    g_hash_table_remove_all (textures);
  g_hash_table_replace (textures, g_file_get_uri (file), g_object_ref (texture));
}

static GdkTexture *
recall_texture (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return textures != NULL ? g_hash_table_lookup (textures, uri) : NULL;
}

/* Pool thread. */
static void
decode_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (data, cancellable, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (stream != NULL)
    pixbuf = gdk_pixbuf_new_from_stream_at_scale (G_INPUT_STREAM (stream), DECODED_PIXELS, DECODED_PIXELS, TRUE,
                                                  cancellable, &error);
  if (pixbuf == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  DailiesPoster *self = DAILIES_POSTER (source);
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A poster that cannot be read (deleted behind our back) stays empty: the card says everything else. */
  if (texture == NULL)
    return;
  remember_texture (g_task_get_task_data (G_TASK (result)), texture);
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
load (DailiesPoster *self)
{
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, decoded_cb, NULL);
  g_task_set_source_tag (task, load);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, decode_in_thread);
}

static void
dailies_poster_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  DailiesPoster *self = DAILIES_POSTER (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double scale, w, h;

  /* Without a picture it is the quiet patch of the style sheet: black would look like a black clip. */
  if (self->texture == NULL)
    return;
  scale = MAX ((double) width / gdk_texture_get_width (self->texture),
               (double) height / gdk_texture_get_height (self->texture));
  w = gdk_texture_get_width (self->texture) * scale;
  h = gdk_texture_get_height (self->texture) * scale;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h));
  gtk_snapshot_pop (snapshot);
}

static void
dailies_poster_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DailiesPoster *self = DAILIES_POSTER (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_poster_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FILE:
      dailies_poster_set_file (DAILIES_POSTER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_poster_dispose (GObject *object)
{
  DailiesPoster *self = DAILIES_POSTER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (dailies_poster_parent_class)->dispose (object);
}

static void
dailies_poster_class_init (DailiesPosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_poster_get_property;
  object_class->set_property = dailies_poster_set_property;
  object_class->dispose = dailies_poster_dispose;
  widget_class->snapshot = dailies_poster_snapshot;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "poster");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dailies_poster_init (DailiesPoster *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
dailies_poster_new (void)
{
  return g_object_new (DAILIES_TYPE_POSTER, NULL);
}

void
dailies_poster_set_file (DailiesPoster *self,
                         GFile         *file)
{
  g_return_if_fail (DAILIES_IS_POSTER (self));

  if (self->file == file || (self->file != NULL && file != NULL && g_file_equal (self->file, file)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_set_object (&self->file, file);
  if (file != NULL)
    {
      g_set_object (&self->texture, recall_texture (file));
      if (self->texture == NULL)
        load (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

GdkPaintable *
dailies_poster_get_paintable (DailiesPoster *self)
{
  g_return_val_if_fail (DAILIES_IS_POSTER (self), NULL);

  return (GdkPaintable *) self->texture;
}
