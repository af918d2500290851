/* dailies-prepare.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prepare.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-error.h"
#include "dailies-pool.h"
#include "dailies-probe-private.h"
#include "dailies-profile.h"

#define PNG "png"
#define JPG "jpg"

/* Bytes are read up to here: no picture that can be decoded has more. */
#define MOST_READ (512 * 1000 * 1000)
#define PIECE (256 * 1024)

/* Each time that it still has too many bytes it becomes smaller by this. */
#define SMALLER 0.8
/* Pixels of the shorter side; nobody needs less, and what is still too large then stays so. */
#define SMALLEST 64

/* Of JPEG. Below the last one it is seen, and a smaller picture is the better one. */
static const char *const qualities[] = { "95", "90", "85", "80" };

typedef struct
{
  DailiesAsset       *asset; /* of which only what never changes is asked for on the pool */
  const char         *container;
  const char         *mime_type;
  gint64              pixels;
  DailiesPicturePlan *plan;
} Errand;

/* A picture, and what its colours mean. */
typedef struct
{
  GdkPixbuf *pixbuf;
  GBytes    *profile; /* (nullable) */
} Picture;

typedef struct
{
  GBytes     *bytes;
  const char *format;
} Made;

static void
errand_free (gpointer data)
{
  Errand *self = data;

  g_object_unref (self->asset);
  dailies_picture_plan_free (self->plan);
  g_free (self);
}

static void
made_free (gpointer data)
{
  Made *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* --- reading ---------------------------------------------------------------------------------- */

static GBytes *
read_all (DailiesAsset *asset,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GInputStream) stream = dailies_asset_open (asset, cancellable, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  while (stream != NULL && all->len <= MOST_READ)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (GBytes) piece = g_input_stream_read_bytes (stream, PIECE, cancellable, &cause);

      if (piece == NULL)
        {
          dailies_probe_set_unreadable (dailies_asset_get_name (asset), cause, error);
          return NULL;
        }
      if (g_bytes_get_size (piece) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&all));
      g_byte_array_append (all, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
    }

  if (stream != NULL)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("“%s” has more bytes than can be read at once. Choose another picture."),
                 dailies_asset_get_name (asset));
  return NULL;
}

static void
set_undecodable (const char  *name,
                 GError      *cause,
                 GError     **error)
{
  g_propagate_error (error, dailies_error_new_with_words (DAILIES_ERROR_MEDIA, cause != NULL ? cause->message : "", 0,
                                                          _("“%s” cannot be read as a picture: it may be damaged. Export or download it again."), name));
}

static void
set_no_memory (const char  *name,
               GError     **error)
{
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
               _("There is no memory for “%s” in its new size. Close other programs and try again."), name);
}

static void
picture_clear (Picture *self)
{
  g_clear_object (&self->pixbuf);
  g_clear_pointer (&self->profile, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* @picture: (out): upright */
static gboolean
decode (GBytes      *bytes,
        const char  *name,
        const char  *mime_type,
        Picture     *picture,
        GError     **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf = NULL;

  if (!dailies_probe_check_picture (bytes, name, error))
    return FALSE;

  loader = mime_type != NULL ? gdk_pixbuf_loader_new_with_mime_type (mime_type, &cause) : gdk_pixbuf_loader_new ();
  if (loader == NULL)
    {
      set_undecodable (name, cause, error);
      return FALSE;
    }
  if (gdk_pixbuf_loader_write_bytes (loader, bytes, &cause) && gdk_pixbuf_loader_close (loader, &cause))
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  else
    gdk_pixbuf_loader_close (loader, NULL);
  if (pixbuf == NULL)
    {
      set_undecodable (name, cause, error);
      return FALSE;
    }

  /* Before it is turned, which forgets it. */
  picture->profile = dailies_profile_read (pixbuf);
  picture->pixbuf = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  if (picture->pixbuf == NULL)
    set_no_memory (name, error);
  return picture->pixbuf != NULL;
}

/* --- what it becomes -------------------------------------------------------------------------- */

static gboolean
allows (const DailiesPicturePlan *plan,
        const char               *format)
{
  if (plan->formats == NULL || plan->formats[0] == NULL)
    return TRUE;
  for (guint i = 0; plan->formats[i] != NULL; i++)
    if (dailies_sniff_is_same (plan->formats[i], format))
      return TRUE;

  return FALSE;
}

static gboolean
is_transparent (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return FALSE;
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < width; x++)
      if (pixels[(gsize) y * stride + 4 * (gsize) x + 3] != 255)
        return TRUE;

  return FALSE;
}

/* What was without loss stays so, unless it has too many bytes. */
static gboolean
is_lossless (const char *container)
{
  static const char *const lossy[] = { "jpg", "jpeg", "webp", "avif", "heic", "heif", NULL };

  return container == NULL || !g_strv_contains (lossy, container);
}

/* The longer side is rounded down and the shorter one up: no shape that was within its limits leaves them. */
static void
scale_size (const DailiesPicturePlan *plan,
            double                    scale,
            int                      *width,
            int                      *height)
{
  double exact_width = plan->to_width * scale;
  double exact_height = plan->to_height * scale;
  gboolean wide = plan->to_width >= plan->to_height;

  *width = MAX (1, (int) (wide ? floor (exact_width) : ceil (exact_width)));
  *height = MAX (1, (int) (wide ? ceil (exact_height) : floor (exact_height)));
}

/* The part that is kept, in its new size. Returns: (transfer full) (nullable) */
static GdkPixbuf *
cut_out (GdkPixbuf                *whole,
         const DailiesPicturePlan *plan,
         int                       to_width,
         int                       to_height)
{
  int x = CLAMP (plan->x, 0, gdk_pixbuf_get_width (whole) - 1);
  int y = CLAMP (plan->y, 0, gdk_pixbuf_get_height (whole) - 1);
  int width = CLAMP (plan->width, 1, gdk_pixbuf_get_width (whole) - x);
  int height = CLAMP (plan->height, 1, gdk_pixbuf_get_height (whole) - y);
  g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (whole, x, y, width, height);

  if (to_width == width && to_height == height)
    return g_steal_pointer (&part);
  return gdk_pixbuf_scale_simple (part, to_width, to_height, GDK_INTERP_BILINEAR);
}

/* JPEG knows nothing of what is transparent: on paper it would be white. Returns: (transfer full) (nullable) */
static GdkPixbuf *
lay_on_white (GdkPixbuf *pixbuf)
{
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                            GDK_INTERP_NEAREST, 255, 16, 0xffffff, 0xffffff);
}

/* @quality: (nullable): of JPEG. Returns: (transfer full) (nullable) */
static GBytes *
encode (GdkPixbuf   *pixbuf,
        GBytes      *profile,
        const char  *quality,
        GError     **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean saved;
  char *data;
  gsize length;

  if (quality != NULL)
    saved = gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", &cause, "quality", quality, NULL);
  else
    saved = gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", &cause, NULL);
  if (!saved)
    {
      g_propagate_error (error, dailies_error_new_with_words (DAILIES_ERROR_MEDIA, cause->message, 0,
                                                              _("The picture cannot be made: %s. Save it as PNG in another program and drop that."), cause->message));
      return NULL;
    }

  bytes = g_bytes_new_take (data, length);
  if (profile == NULL)
    return g_steal_pointer (&bytes);
  return quality != NULL ? dailies_profile_write_jpeg (bytes, profile) : dailies_profile_write_png (bytes, profile);
}

static gboolean
fits (GBytes                   *bytes,
      const DailiesPicturePlan *plan)
{
  return plan->most_bytes < 0 || (goffset) g_bytes_get_size (bytes) <= plan->most_bytes;
}

typedef enum
{
  TRY_DONE,   /* there are bytes */
  TRY_LARGE,  /* there are too many in this size */
  TRY_FAILED, /* with an error */
} Try;

/* In one size: PNG where that is what it should be, then JPEG from good to fair. */
static Try
try_size (GdkPixbuf                *pixbuf,
          GBytes                   *profile,
          const DailiesPicturePlan *plan,
          gboolean                  png,
          gboolean                  jpg,
          const char               *name,
          Made                     *made,
          GCancellable             *cancellable,
          GError                  **error)
{
  g_autoptr (GdkPixbuf) opaque = NULL;

  for (guint i = 0; i < 1 + G_N_ELEMENTS (qualities); i++)
    {
      g_clear_pointer (&made->bytes, g_bytes_unref);
      if ((i == 0 && !png) || (i > 0 && !jpg))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return TRY_FAILED;
      if (i > 0 && opaque == NULL)
        opaque = gdk_pixbuf_get_has_alpha (pixbuf) ? lay_on_white (pixbuf) : g_object_ref (pixbuf);
      if (i > 0 && opaque == NULL)
        {
          set_no_memory (name, error);
          return TRY_FAILED;
        }
      made->format = i == 0 ? PNG : JPG;
      made->bytes = encode (i == 0 ? pixbuf : opaque, profile, i == 0 ? NULL : qualities[i - 1], error);
      if (made->bytes == NULL)
        return TRY_FAILED;
      if (fits (made->bytes, plan))
        return TRY_DONE;
    }

  g_clear_pointer (&made->bytes, g_bytes_unref);
  return TRY_LARGE;
}

static void
set_too_large (const char               *name,
               const DailiesPicturePlan *plan,
               GError                  **error)
{
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
               _("“%s” cannot be made small enough for %g MB without becoming tiny. Choose another picture."), name,
               plan->most_bytes / 1e6);
}

/* Returns: whether there are bytes now; else @error is set */
static gboolean
make (const Picture            *picture,
      const char               *name,
      const char               *container,
      const DailiesPicturePlan *plan,
      Made                     *made,
      GCancellable             *cancellable,
      GError                  **error)
{
  gboolean transparent = is_transparent (picture->pixbuf);
  gboolean png = allows (plan, PNG) && (is_lossless (container) || transparent || !allows (plan, JPG));
  gboolean jpg = allows (plan, JPG) && !(transparent && png);
  int width = plan->to_width;
  int height = plan->to_height;

  for (double scale = SMALLER; ; scale *= SMALLER)
    {
      g_autoptr (GdkPixbuf) pixbuf = cut_out (picture->pixbuf, plan, width, height);
      Try result;

      if (pixbuf == NULL)
        {
          set_no_memory (name, error);
          return FALSE;
        }
      result = try_size (pixbuf, picture->profile, plan, png, jpg, name, made, cancellable, error);
      if (result != TRY_LARGE)
        return result == TRY_DONE;

      scale_size (plan, scale, &width, &height);
      if (width < MAX (plan->least_width, SMALLEST) || height < MAX (plan->least_height, SMALLEST))
        break;
    }

  set_too_large (name, plan, error);
  return FALSE;
}

/* #DailiesPoolFunc */
static gpointer
prepare (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Errand *errand = data;
  const char *name = dailies_asset_get_name (errand->asset);
  g_autoptr (GBytes) bytes = read_all (errand->asset, cancellable, error);
  g_auto (Picture) picture = { NULL };
  gboolean alone, made_it;
  Made *made;

  if (bytes == NULL)
    return NULL;

  made = g_new0 (Made, 1);
  alone = dailies_probe_lock_large (errand->pixels);
  made_it = decode (bytes, name, errand->mime_type, &picture, error) &&
            make (&picture, name, errand->container, errand->plan, made, cancellable, error);
  picture_clear (&picture);
  if (alone)
    dailies_probe_unlock_large ();
  if (made_it)
    return made;

  made_free (made);
  return NULL;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesPicturePlan *
dailies_picture_plan_copy (const DailiesPicturePlan *self)
{
  DailiesPicturePlan *copy = g_memdup2 (self, sizeof *self);

  copy->formats = g_strdupv (self->formats);
  return copy;
}

void
dailies_picture_plan_free (DailiesPicturePlan *self)
{
  g_strfreev (self->formats);
  g_free (self);
}

gboolean
dailies_prepare_can_write (const char * const *formats)
{
  DailiesPicturePlan plan = { .formats = (char **) formats };

  return allows (&plan, PNG) || allows (&plan, JPG);
}

void
dailies_prepare_picture_async (DailiesAsset             *asset,
                               const DailiesPicturePlan *plan,
                               GCancellable             *cancellable,
                               GAsyncReadyCallback       callback,
                               gpointer                  user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_ASSET (asset) && !dailies_asset_is_remote (asset));
  g_return_if_fail (plan != NULL && plan->width > 0 && plan->height > 0 && plan->to_width > 0 && plan->to_height > 0);

  errand = g_new0 (Errand, 1);
  errand->asset = g_object_ref (asset);
  errand->container = dailies_asset_get_container (asset);
  errand->mime_type = dailies_asset_get_mime_type (asset);
  errand->pixels = MAX ((gint64) dailies_asset_get_width (asset) * dailies_asset_get_height (asset),
                        (gint64) plan->to_width * plan->to_height);
  errand->plan = dailies_picture_plan_copy (plan);
  dailies_pool_run_async (prepare, errand, errand_free, made_free, cancellable, callback, user_data);
}

GBytes *
dailies_prepare_picture_finish (GAsyncResult  *result,
                                const char   **format,
                                GError       **error)
{
  Made *made = dailies_pool_run_finish (result, error);
  GBytes *bytes;

  if (made == NULL)
    return NULL;

  *format = made->format;
  bytes = g_steal_pointer (&made->bytes);
  made_free (made);
  return bytes;
}
