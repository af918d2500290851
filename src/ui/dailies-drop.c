/* dailies-drop.c: what a drag, the clipboard or the file chooser brings: the result and its parsing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-private.h"

#include <glib/gi18n.h>
#include <string.h>

DailiesDrop *
dailies_drop_new (void)
{
  DailiesDrop *self = g_new0 (DailiesDrop, 1);

  self->assets = g_ptr_array_new_with_free_func (g_object_unref);
  self->kinds = g_array_new (FALSE, FALSE, sizeof (DailiesMediaKind));
  self->complaints = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dailies_drop_free (DailiesDrop *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->assets, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->complaints, g_ptr_array_unref);
  g_clear_object (&self->dragged);
  g_free (self);
}

void
dailies_drop_add (DailiesDrop      *self,
                  DailiesAsset     *asset,
                  DailiesMediaKind  kind)
{
  g_ptr_array_add (self->assets, asset);
  g_array_append_val (self->kinds, kind);
}

void
dailies_drop_complain (DailiesDrop *self,
                       const char  *format,
                       ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->complaints, g_strdup_vprintf (format, args));
  va_end (args);
}

void
dailies_drop_tell (DailiesDrop *self,
                   GtkWidget   *widget)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;
  g_autofree char *text = NULL;

  if (self->complaints->len == 0)
    {
      if (self->assets->len > 0 || self->dragged != NULL)
        gtk_widget_activate_action (widget, "composer.forgive", NULL);
      return;
    }
  for (guint i = 0; i < self->complaints->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->complaints, i));
  sentences = g_strv_builder_end (builder);
  text = g_strjoinv ("\n", sentences);
  gtk_widget_activate_action (widget, "composer.complain", "s", text);
}

DailiesMediaKind
dailies_drop_get_kind (const DailiesDrop *self,
                       guint              position)
{
  DailiesMediaKind probed = dailies_asset_get_kind (g_ptr_array_index (self->assets, position));

  if (probed != DAILIES_MEDIA_UNKNOWN)
    return probed;
  return g_array_index (self->kinds, DailiesMediaKind, position);
}

/* What an address looks like it names, to find its place in the form; what it really is decides the service. */
static DailiesMediaKind
guess_kind (const char *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *type = NULL;

  if (uri == NULL)
    return DAILIES_MEDIA_UNKNOWN;
  if (g_str_equal (g_uri_get_scheme (uri), "data"))
    type = g_strndup (g_uri_get_path (uri), strcspn (g_uri_get_path (uri), ";,"));
  else
    type = g_content_type_guess (g_uri_get_path (uri), NULL, 0, NULL);
  return dailies_drop_kind_of_content_type (type);
}

static gboolean
names_something (const char *line)
{
  const char *end = strchr (line, ':');
  g_autofree char *scheme = NULL;

  if (*line == '/')
    return TRUE;
  if (end == NULL)
    return FALSE;
  scheme = g_ascii_strdown (line, end - line);
  /* "http:" is let through: that it is not taken is said by the asset, in a sentence of its own. */
  return g_strv_contains ((const char *const[]) { "file", "https", "http", "data", NULL }, scheme);
}

void
dailies_drop_complain_of_address (DailiesDrop *self)
{
  const char *sentence = _("That is neither a file nor a picture nor an https address. Drop a file, or choose one.");

  /* A list may hold many of them: once is enough. */
  if (!g_ptr_array_find_with_equal_func (self->complaints, sentence, g_str_equal, NULL))
    dailies_drop_complain (self, "%s", sentence);
}

void
dailies_drop_add_values (DailiesDrop        *self,
                         const char * const *values)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      DailiesAsset *asset = NULL;

      /* Else "javascript:…" would be taken for the name of a file. */
      if (!names_something (values[i]))
        {
          dailies_drop_complain_of_address (self);
          continue;
        }
      asset = dailies_asset_new_for_value (values[i], &error);
      if (asset != NULL)
        dailies_drop_add (self, asset, guess_kind (values[i]));
      else
        dailies_drop_complain (self, "%s", error->message);
    }
}

char **
dailies_drop_parse_text (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit_set (text != NULL ? text : "", "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '#' && names_something (line))
        g_strv_builder_add (builder, line);
    }
  return g_strv_builder_end (builder);
}

/* Firefox writes UTF-16 of the machine without a mark; others write a mark, or UTF-8. */
static char *
decode_moz_url (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length >= 2 && length % 2 == 0 && (data[0] == '\0' || data[1] == '\0'
                                         || (guchar) data[0] >= 0xfe))
    {
      const char *from = data[0] == '\0' ? "UTF-16BE" : "UTF-16LE";

      if ((guchar) data[0] == 0xfe && (guchar) data[1] == 0xff)
        from = "UTF-16BE";
      if ((guchar) data[0] >= 0xfe)
        data += 2, length -= 2;
      return g_convert (data, length, "UTF-8", from, NULL, NULL, NULL);
    }
  return g_utf8_make_valid (data, length);
}

char **
dailies_drop_parse_moz_url (GBytes *bytes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = g_bytes_get_size (bytes) > 0 ? decode_moz_url (bytes) : NULL;
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i += 2)
    {
      const char *line = g_strstrip (lines[i]);

      if (names_something (line))
        g_strv_builder_add (builder, line);
      if (lines[i + 1] == NULL)
        break;
    }
  return g_strv_builder_end (builder);
}

DailiesMediaKind
dailies_drop_kind_of_content_type (const char *content_type)
{
  g_autofree char *mime_type = NULL;

  if (content_type != NULL)
    mime_type = g_content_type_get_mime_type (content_type);
  if (mime_type == NULL)
    return DAILIES_MEDIA_UNKNOWN;
  if (g_str_has_prefix (mime_type, "image/"))
    return DAILIES_MEDIA_IMAGE;
  if (g_str_has_prefix (mime_type, "video/"))
    return DAILIES_MEDIA_VIDEO;
  if (g_str_has_prefix (mime_type, "audio/"))
    return DAILIES_MEDIA_AUDIO;
  return DAILIES_MEDIA_UNKNOWN;
}

const char *
dailies_drop_extension_for_mime (const char *mime_type)
{
  static const struct
  {
    const char *mime_type;
    const char *extension;
  } kept[] = {
    { "image/png", "png" },
    { "image/jpeg", "jpg" },
    { "image/webp", "webp" },
    { "image/avif", "avif" },
    { "image/gif", "gif" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_strcmp0 (mime_type, kept[i].mime_type) == 0)
      return kept[i].extension;
  return NULL;
}

GdkContentFormats *
dailies_drop_dup_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  GdkContentFormats *formats;

  gdk_content_formats_builder_add_gtype (builder, DAILIES_TYPE_DRAGGED);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_FILE);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_TEXTURE);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  formats = gdk_content_formats_builder_free_to_formats (builder);
  formats = gdk_content_formats_union_deserialize_mime_types (formats);

  builder = gdk_content_formats_builder_new ();
  gdk_content_formats_builder_add_formats (builder, formats);
  gdk_content_formats_builder_add_mime_type (builder, "text/x-moz-url");
  gdk_content_formats_builder_add_mime_type (builder, "image/webp");
  gdk_content_formats_builder_add_mime_type (builder, "image/avif");
  gdk_content_formats_builder_add_mime_type (builder, "image/gif");
  gdk_content_formats_unref (formats);
  return gdk_content_formats_builder_free_to_formats (builder);
}

#define LIBRARY_KEY "dailies-drop-library"

void
dailies_drop_set_library (GtkWidget      *widget,
                          DailiesLibrary *library)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data_full (G_OBJECT (widget), LIBRARY_KEY,
                          library != NULL ? g_object_ref (library) : NULL, g_object_unref);
}

DailiesLibrary *
dailies_drop_get_library (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      DailiesLibrary *library = g_object_get_data (G_OBJECT (widget), LIBRARY_KEY);

      if (library != NULL)
        return library;
    }
  return NULL;
}
