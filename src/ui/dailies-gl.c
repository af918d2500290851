/* dailies-gl.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-gl.h"

#include <gst/gl/gl.h>
#include <gst/gl/gstglfuncs.h>

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif
#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif
#if GST_GL_HAVE_PLATFORM_EGL
#include <gst/gl/egl/gstgldisplay_egl.h>
#endif

/* What the first window found; lives as long as the program. */
static struct
{
  gboolean         looked;
  GdkGLContext    *painter; /* shares its textures with what windows are painted with … */
  GstGLContext    *wrapped; /* … and this is it, as GStreamer knows it */
  DailiesGraphics *graphics;
  char            *words;
} gl;

/* --- looking ---------------------------------------------------------------------------------- */

static gboolean
is_imitated (const char *renderer)
{
  static const char *imitations[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer", "SwiftShader" };

  for (gsize i = 0; i < G_N_ELEMENTS (imitations); i++)
    {
      if (strstr (renderer, imitations[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Vulkan cannot take a texture of GL without a copy. */
static gboolean
paints_with_gl (GtkNative *native)
{
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  const char  *name = renderer != NULL ? G_OBJECT_TYPE_NAME (renderer) : "";

  return g_str_equal (name, "GskGLRenderer") || g_str_equal (name, "GskNglRenderer");
}

/* Only EGL: with GLX a context that cannot be made is an error of X, which can end the program.
 *
 * Returns: (transfer full) (nullable) */
static GstGLDisplay *
find_display (GdkDisplay *display)
{
#if GST_GL_HAVE_PLATFORM_EGL
  gpointer egl = NULL;

#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (display))
    egl = gdk_x11_display_get_egl_display (display);
#endif
#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_DISPLAY (display))
    egl = gdk_wayland_display_get_egl_display (display);
#endif
  if (egl != NULL)
    return GST_GL_DISPLAY (gst_gl_display_egl_new_with_egl_display (egl));
#endif

  return NULL;
}

/* The painter must be current. */
static GstGLContext *
wrap_painter (GstGLDisplay *display,
              GError      **error)
{
  guintptr      handle = gst_gl_context_get_current_gl_context (GST_GL_PLATFORM_EGL);
  GstGLAPI      api = gst_gl_context_get_current_gl_api (GST_GL_PLATFORM_EGL, NULL, NULL);
  GstGLContext *wrapped = NULL;

  if (handle != 0 && api != GST_GL_API_NONE)
    wrapped = gst_gl_context_new_wrapped (display, handle, GST_GL_PLATFORM_EGL, api);
  if (wrapped == NULL)
    {
      g_set_error (error, GDK_GL_ERROR, GDK_GL_ERROR_NOT_AVAILABLE, "not of a kind that GStreamer knows");
      return NULL;
    }
  if (!gst_gl_context_activate (wrapped, TRUE))
    {
      g_set_error (error, GDK_GL_ERROR, GDK_GL_ERROR_NOT_AVAILABLE, "GStreamer cannot use it");
      g_clear_object (&wrapped);
    }
  else if (!gst_gl_context_fill_info (wrapped, error))
    {
      gst_gl_context_activate (wrapped, FALSE);
      g_clear_object (&wrapped);
    }

  return wrapped;
}

static DailiesGraphics *
make_graphics (GstGLDisplay *display,
               GstGLContext *wrapped)
{
  g_autoptr (GstContext) shown = gst_context_new (GST_GL_DISPLAY_CONTEXT_TYPE, TRUE);
  g_autoptr (GstContext) application = gst_context_new ("gst.gl.app_context", TRUE);

  gst_context_set_gl_display (shown, display);
  gst_structure_set (
    gst_context_writable_structure (application), "context", GST_TYPE_GL_CONTEXT, wrapped, NULL);

  return dailies_graphics_new (shown, application);
}

/* Returns: (transfer full): what is to be said of it */
static char *
look (GtkNative *native,
      gboolean   forced)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (native));
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkGLContext) painter = gdk_display_create_gl_context (display, &error);
  g_autoptr (GstGLDisplay) shown = NULL;
  g_autoptr (GstGLContext) wrapped = NULL;
  const char *renderer;

  if (painter == NULL || !gdk_gl_context_realize (painter, &error))
    return g_strdup_printf ("in memory (no GL: %s)", error->message);

  gdk_gl_context_make_current (painter);
  shown = find_display (display);
  if (shown != NULL)
    wrapped = wrap_painter (shown, &error);
  if (wrapped == NULL)
    {
      gdk_gl_context_clear_current ();
      return g_strdup_printf ("in memory (GL cannot be shared: %s)",
                              error != NULL ? error->message : "not EGL");
    }

  renderer = (const char *) wrapped->gl_vtable->GetString (GL_RENDERER);
  renderer = renderer != NULL ? renderer : "unknown";
  if (forced || !is_imitated (renderer))
    gl.graphics = make_graphics (shown, wrapped);
  gst_gl_context_activate (wrapped, FALSE);
  gdk_gl_context_clear_current ();
  if (gl.graphics == NULL)
    return g_strdup_printf ("in memory (%s: %s)", renderer,
                            !forced && is_imitated (renderer) ? "an imitation" : "no elements of GStreamer for it");

  gl.painter = g_steal_pointer (&painter);
  gl.wrapped = g_steal_pointer (&wrapped);
  return g_strdup_printf ("on the graphics card (%s)", renderer);
}

DailiesGraphics *
dailies_gl_lend (GtkNative *native)
{
  const char *wanted = g_getenv ("DAILIES_PICTURES");

  if (gl.looked)
    return gl.graphics;

  gl.looked = TRUE;
  if (g_strcmp0 (wanted, "memory") == 0)
    gl.words = g_strdup ("in memory (DAILIES_PICTURES)");
  else if (!paints_with_gl (native))
    gl.words = g_strdup ("in memory (windows are not painted with GL)");
  else
    gl.words = look (native, g_strcmp0 (wanted, "card") == 0);
  g_debug ("Pictures are made %s", gl.words);

  return gl.graphics;
}

const char *
dailies_gl_describe (void)
{
  return gl.looked ? gl.words : "nothing was shown yet";
}

/* --- frames ----------------------------------------------------------------------------------- */

/* Only now may what comes next be written where it was. */
static void
unref_buffer (gpointer data)
{
  gst_buffer_unref (data);
}

GdkTexture *
dailies_gl_wrap (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMemory *memory = gst_buffer_n_memory (buffer) > 0 ? gst_buffer_peek_memory (buffer, 0) : NULL;

  if (gl.graphics == NULL || memory == NULL || !gst_is_gl_memory (memory))
    return NULL;

  return gdk_gl_texture_new (gl.painter,
                             gst_gl_memory_get_texture_id ((GstGLMemory *) memory),
                             gst_gl_memory_get_texture_width ((GstGLMemory *) memory),
                             gst_gl_memory_get_texture_height ((GstGLMemory *) memory),
                             unref_buffer,
                             gst_buffer_ref (buffer));
}
