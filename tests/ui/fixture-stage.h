/* fixture-stage.h: a stage in a window, real hands to move it and eyes that read the frames' numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "../barcode-clip.h"

#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>

#include "dailies-figures.h"
#include "dailies-reel.h"
#include "dailies-sides.h"
#include "dailies-stage-view.h"
#include "dailies-tip.h"

#define PATIENCE_MS 20000

/* Where the clips lie. */
static char *folder;

typedef struct
{
  GtkWidget        *window;
  GtkWidget        *entry;
  DailiesStageView *view;
  DailiesReel      *reel;
} Stage;

static inline gboolean
expire_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

#define wait_for(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean expired = FALSE;                                                                      \
    guint    timer = g_timeout_add (PATIENCE_MS, expire_cb, &expired);                             \
                                                                                                   \
    while (!(condition) && !expired)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (expired)                                                                                   \
      g_error ("%s: never became true: %s", G_STRLOC, #condition);                                 \
    else                                                                                           \
      g_source_remove (timer);                                                                     \
  }                                                                                                \
  G_STMT_END

/* --- hands ------------------------------------------------------------------------------------ */

static inline void
xdotool (const char *first,
         ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  va_list  list;

  g_ptr_array_add (args, (gpointer) "xdotool");
  va_start (list, first);
  for (const char *arg = first; arg != NULL; arg = va_arg (list, const char *))
    g_ptr_array_add (args, (gpointer) arg);
  va_end (list);
  g_ptr_array_add (args, NULL);

  process = g_subprocess_newv (
    (const char *const *) args->pdata, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  done = g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static inline void
press (const char *key)
{
  xdotool ("key", "--delay", "0", key, NULL);
}

/* @x_share, @y_share: where in @widget, 0 … 1 */
static inline void
point_at (GtkWidget  *widget,
          double      x_share,
          double      y_share,
          const char *then)
{
  GtkNative       *native = gtk_widget_get_native (widget);
  double           x, y, offset_x, offset_y;
  g_autofree char *x_text = NULL;
  g_autofree char *y_text = NULL;

  gtk_native_get_surface_transform (native, &offset_x, &offset_y);
  g_assert_true (gtk_widget_translate_coordinates (widget,
                                                   GTK_WIDGET (native),
                                                   gtk_widget_get_width (widget) * x_share,
                                                   gtk_widget_get_height (widget) * y_share,
                                                   &x,
                                                   &y));
  /* A popover has a window of its own. */
  if (GDK_IS_POPUP (gtk_native_get_surface (native)))
    {
      offset_x += gdk_popup_get_position_x (GDK_POPUP (gtk_native_get_surface (native)));
      offset_y += gdk_popup_get_position_y (GDK_POPUP (gtk_native_get_surface (native)));
    }
  x_text = g_strdup_printf ("%d", (int) (x + offset_x));
  y_text = g_strdup_printf ("%d", (int) (y + offset_y));
  if (then != NULL)
    xdotool ("mousemove", x_text, y_text, then, "1", NULL);
  else
    xdotool ("mousemove", x_text, y_text, NULL);
}

static inline void
point (GtkWidget  *widget,
       double      share,
       const char *then)
{
  point_at (widget, share, 0.5, then);
}

/* --- eyes ------------------------------------------------------------------------------------- */

static inline GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static inline GtkWidget *
find_tip (GtkWidget  *widget,
          const char *tooltip)
{
  if (g_strcmp0 (dailies_tip_get (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tip (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static inline GtkWidget *
find_action (GtkWidget  *widget,
             const char *action)
{
  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static inline GdkTexture *
side_texture (Stage *stage,
              guint  side)
{
  return dailies_sides_get_texture (dailies_stage_view_get_sides (stage->view), side);
}

static inline GdkTexture *
shown_texture (Stage *stage)
{
  return side_texture (stage, 0);
}

/* The number of the frame in the texture that is painted, -1 for none. */
static inline int
shown_on (Stage *stage,
          guint  side)
{
  GdkTexture         *texture = side_texture (stage, side);
  g_autofree guint32 *pixels = NULL;
  int                 code = 0;
  int                 width, height;

  if (texture == NULL)
    return -1;

  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, 4 * (gsize) width);
  for (int bar = 0; bar < BARCODE_BARS; bar++)
    {
      if ((pixels[height / 2 * width + (2 * bar + 1) * width / (2 * BARCODE_BARS)] >> 8 & 255) >
          127)
        code |= 1 << bar;
    }

  return code >> 10 == 1 ? code & 1023 : -1;
}

static inline int
shown (Stage *stage)
{
  return shown_on (stage, 0);
}

static inline void
painted_cb (GdkFrameClock *clock,
            gboolean      *painted)
{
  *painted = TRUE;
}

/* Until what was asked for is laid out and on the screen. */
static inline void
wait_for_paint (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean       painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (widget);
  wait_for (painted);
  g_signal_handler_disconnect (clock, id);
}

/* Of the sides alone, as their renderer paints them, as 0xAARRGGBB. */
static inline guint32
painted_at (Stage *stage,
            double x_share,
            double y_share)
{
  GtkWidget *sides = GTK_WIDGET (dailies_stage_view_get_sides (stage->view));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  int                 width = gtk_widget_get_width (sides);
  int                 height = gtk_widget_get_height (sides);

  wait_for_paint (sides);
  GTK_WIDGET_GET_CLASS (sides)->snapshot (sides, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (sides)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);

  return pixels[(gsize) (y_share * (height - 1)) * width + (gsize) (x_share * (width - 1))];
}

static inline gboolean
is_playing (Stage *stage)
{
  gboolean playing;

  g_object_get (stage->reel, "playing", &playing, NULL);
  return playing;
}

static inline gboolean
get_flag (gpointer    object,
          const char *name)
{
  gboolean value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static inline double
get_rate (Stage *stage)
{
  double rate;

  g_object_get (stage->reel, "rate", &rate, NULL);
  return rate;
}

static inline const char *
get_words (GtkWidget *widget)
{
  if (DAILIES_IS_FIGURES (widget))
    return dailies_figures_get_text (DAILIES_FIGURES (widget));

  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
}

static inline GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (gtk_widget_get_mapped (widget) && strstr (get_words (widget), text) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* One that is on the screen. */
static inline GtkWidget *
find_css_class (GtkWidget  *widget,
                const char *name)
{
  if (gtk_widget_has_css_class (widget, name) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_css_class (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* --- a window --------------------------------------------------------------------------------- */

static inline Stage *
stage_new (void)
{
  Stage     *stage = g_new0 (Stage, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  char      *id;

  stage->window = gtk_window_new ();
  stage->entry = gtk_entry_new ();
  stage->view = DAILIES_STAGE_VIEW (g_object_ref_sink (dailies_stage_view_new ()));
  stage->reel = dailies_stage_view_get_reel (stage->view);
  dailies_stage_view_set_empty (stage->view, gtk_label_new ("Make the first cut"));
  gtk_widget_set_vexpand (GTK_WIDGET (stage->view), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stage->view));
  gtk_box_append (GTK_BOX (box), stage->entry);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (stage->window), box);
  gtk_window_present (GTK_WINDOW (stage->window));
  wait_for (gtk_widget_get_mapped (stage->window) &&
            gtk_widget_get_width (GTK_WIDGET (stage->view)) > 0);

  /* There is no window manager to give the focus. */
  id =
    g_strdup_printf ("%lu", GDK_SURFACE_XID (gtk_native_get_surface (GTK_NATIVE (stage->window))));
  xdotool ("windowfocus", "--sync", id, NULL);
  g_free (id);
  wait_for (gtk_window_is_active (GTK_WINDOW (stage->window)));

  return stage;
}

static inline void
show_clip (Stage      *stage,
           const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

  dailies_stage_view_show_clip (stage->view, file, "A · Cut 2");
}

static inline Stage *
stage_new_paused_at (const char *name,
                     int         frame)
{
  Stage *stage = stage_new ();

  show_clip (stage, name);
  wait_for (shown (stage) > 0);
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, gst_util_uint64_scale (frame, GST_SECOND, 24));
  wait_for (shown (stage) == frame && !is_playing (stage));
  gtk_widget_grab_focus (GTK_WIDGET (stage->view));

  return stage;
}

static inline void
stage_free (Stage *stage)
{
  dailies_stage_view_close (stage->view);
  gtk_window_destroy (GTK_WINDOW (stage->window));
  /* The frame clock lets go of the last things it held. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (stage->view);
  g_free (stage);
}

/* Makes the clips in a folder of their own, runs the tests, and takes the folder away. */
static inline int
run_with_clips_and (const BarcodeClip *clips,
                    guint              n_clips,
                    void             (*make_more) (void),
                    void             (*remove_more) (void))
{
  int status;

  folder = g_dir_make_tmp ("dailies-stage-XXXXXX", NULL);
  for (guint i = 0; i < n_clips; i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }
  if (make_more != NULL)
    make_more ();
  status = g_test_run ();
  if (remove_more != NULL)
    remove_more ();
  for (guint i = 0; i < n_clips; i++)
    {
      g_autofree char *path = g_build_filename (folder, clips[i].name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);

  return status;
}

static inline int
run_with_clips (const BarcodeClip *clips,
                guint              n_clips)
{
  return run_with_clips_and (clips, n_clips, NULL, NULL);
}
