/* dailies-drop-read.c: reads what a drag, the clipboard or the file chooser brings
 *
 * A browser that drags a picture offers the address of a link around it, the address of the picture, its bytes and a
 * file that does not exist yet, all at once. The order here is: files that exist, then bytes (their kind is known and
 * they can be checked before anything is paid), then addresses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-private.h"

#include <glib/gi18n.h>

#include "dailies-error.h"
#include "dailies-library.h"
#include "dailies-probe.h"

/* What is to become of bytes that were read whole. */
typedef void (*Take) (GTask  *task,
                      GBytes *bytes);

typedef struct
{
  GdkDrop           *drop;      /* one of these two */
  GdkClipboard      *clipboard;
  GdkContentFormats *formats;   /* with everything GDK can make of them */
  DailiesLibrary    *library;   /* (nullable) */
  DailiesDrop       *result;
  GPtrArray         *values;    /* addresses, for when nothing better comes */
  guint              position;  /* in the order of offers */
  const char        *extension; /* of the bytes being read */
  Take               take;      /* and where they go */
} Reading;

static void read_next (GTask *task);

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->drop);
  g_clear_object (&reading->clipboard);
  g_clear_pointer (&reading->formats, gdk_content_formats_unref);
  g_clear_object (&reading->library);
  g_clear_pointer (&reading->result, dailies_drop_free);
  g_clear_pointer (&reading->values, g_ptr_array_unref);
  g_free (reading);
}

static void
finish (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (reading->result->assets->len == 0 && reading->result->complaints->len == 0
      && reading->result->dragged == NULL)
    {
      g_ptr_array_add (reading->values, NULL);
      dailies_drop_add_values (reading->result, (const char *const *) reading->values->pdata);
      if (reading->values->len == 1)
        dailies_drop_complain_of_address (reading->result);
    }
  g_task_return_pointer (task, g_steal_pointer (&reading->result),
                         (GDestroyNotify) dailies_drop_free);
}

static void
files_added_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (dailies_drop_add_files_finish (result, &error))
    finish (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
take_files (GTask      *task,
            GListModel *files)
{
  Reading *reading = g_task_get_task_data (task);

  dailies_drop_add_files_async (reading->result, files, g_task_get_cancellable (task),
                                files_added_cb, g_object_ref (task));
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  file = dailies_library_keep_bytes_finish (DAILIES_LIBRARY (source), result, &error);
  if (file != NULL)
    dailies_drop_add (reading->result, dailies_asset_new_for_file (file), DAILIES_MEDIA_IMAGE);
  else
    dailies_drop_complain (reading->result, _("The picture could not be kept: %s"), error->message);
  finish (task);
}

/* A browser says where a picture comes from, too. (transfer full) */
static char *
make_name (Reading *reading)
{
  const char *address = reading->values->len > 0 ? reading->values->pdata[0] : NULL;
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *path = uri != NULL ? g_uri_unescape_string (g_uri_get_path (uri), NULL) : NULL;
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;
  char *dot = base != NULL ? strrchr (base, '.') : NULL;

  if (dot != NULL && strlen (dot) <= strlen (".jpeg"))
    *dot = '\0';
  if (base == NULL || *base == '\0' || g_str_equal (base, G_DIR_SEPARATOR_S))
    return g_strdup (_("Pasted picture"));
  return g_steal_pointer (&base);
}

static void
keep (GTask      *task,
      GBytes     *bytes,
      const char *extension)
{
  Reading *reading = g_task_get_task_data (task);
  g_autofree char *name = make_name (reading);

  if (g_bytes_get_size (bytes) == 0)
    {
      read_next (task);
      return;
    }
  if (reading->library == NULL)
    {
      dailies_drop_complain (reading->result, "%s",
                             _("The picture has no file of its own and the library is not open to keep "
                               "it. Save it as a file and drop that."));
      finish (task);
      return;
    }
  dailies_library_keep_bytes_async (reading->library, bytes, name, extension,
                                    g_task_get_cancellable (task), kept_cb, g_object_ref (task));
}

static void
encode_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (data), (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  /* Too large in one format is too large in the next one. */
  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA))
    {
      dailies_drop_complain (reading->result, "%s", error->message);
      finish (task);
    }
  else if (bytes != NULL)
    keep (task, bytes, "png");
  else
    read_next (task);
}

/* What GDK would make of them by itself, but for the limit, which it does not know. */
static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr (GdkTexture) texture = NULL;
  GError *error = NULL;

  if (!dailies_probe_check_picture (data, _("Dropped picture"), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  texture = gdk_texture_new_from_bytes (data, NULL);
  g_task_return_pointer (task, texture != NULL ? gdk_texture_save_to_png_bytes (texture) : NULL,
                         (GDestroyNotify) g_bytes_unref);
}

static void
run_encode (GTask           *task,
            GTaskThreadFunc  func,
            gpointer         data,
            GDestroyNotify   free_data)
{
  g_autoptr (GTask) encode = g_task_new (NULL, g_task_get_cancellable (task), encoded_cb, g_object_ref (task));

  g_task_set_source_tag (encode, run_encode);
  g_task_set_task_data (encode, data, free_data);
  g_task_run_in_thread (encode, func);
}

static void
take_picture (GTask  *task,
              GBytes *bytes)
{
  Reading *reading = g_task_get_task_data (task);

  keep (task, bytes, reading->extension);
}

static void
take_other_picture (GTask  *task,
                    GBytes *bytes)
{
  run_encode (task, decode_thread, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
}

static void
take_moz_url (GTask  *task,
              GBytes *bytes)
{
  Reading *reading = g_task_get_task_data (task);
  g_auto (GStrv) values = dailies_drop_parse_moz_url (bytes);

  for (guint i = 0; values[i] != NULL; i++)
    g_ptr_array_add (reading->values, g_strdup (values[i]));
  read_next (task);
}

/* One thing is offered in several forms. Takes @address. */
static void
add_address (Reading *reading,
             char    *address)
{
  if (g_ptr_array_find_with_equal_func (reading->values, address, g_str_equal, NULL))
    g_free (address);
  else
    g_ptr_array_add (reading->values, address);
}

static void
take_text (Reading    *reading,
           const char *text)
{
  g_auto (GStrv) values = dailies_drop_parse_text (text);

  for (guint i = 0; values[i] != NULL; i++)
    add_address (reading, g_strdup (values[i]));
}

static void
take_plain_text (GTask  *task,
                 GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = length > 0 ? g_utf8_make_valid (data, length) : g_strdup ("");

  take_text (g_task_get_task_data (task), text);
  read_next (task);
}

static void
complain_too_large (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autofree char *most = g_format_size (dailies_drop_get_max_bytes ());

  /* Translators: %s is a size: 512 MB */
  dailies_drop_complain (reading->result,
                         _("What was dropped is larger than %s and was not taken. Save it as a file, make it "
                           "smaller, and drop that."), most);
  finish (task);
}

static void
bytes_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dailies_drop_read_bytes_finish (result, &error);

  if (bytes != NULL)
    reading->take (task, bytes);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    complain_too_large (task);
  else
    read_next (task);
}

static void
read_bytes (GTask      *task,
            const char *mime_type,
            Take        take)
{
  Reading *reading = g_task_get_task_data (task);

  reading->take = take;
  dailies_drop_read_bytes_async (reading->drop != NULL ? (gpointer) reading->drop : reading->clipboard, mime_type,
                                 g_task_get_cancellable (task), bytes_cb, g_object_ref (task));
}

static void
value_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  const GValue *value;

  if (reading->drop != NULL)
    value = gdk_drop_read_value_finish (reading->drop, result, NULL);
  else
    value = gdk_clipboard_read_value_finish (reading->clipboard, result, NULL);
  if (value == NULL)
    {
      read_next (task);
      return;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      run_encode (task, encode_thread, g_value_dup_object (value), g_object_unref);
      return;
    }
  if (G_VALUE_HOLDS_STRING (value))
    take_text (reading, g_value_get_string (value));
  else
    {
      g_autoptr (GListModel) files = dailies_drop_files_from_value (value);

      if (dailies_drop_has_local_file (files))
        {
          take_files (task, files);
          return;
        }
      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          add_address (reading, g_file_get_uri (file));
        }
    }
  read_next (task);
}

static gboolean
read_value (GTask *task,
            GType  type)
{
  Reading *reading = g_task_get_task_data (task);

  if (!gdk_content_formats_contain_gtype (reading->formats, type))
    return FALSE;
  if (reading->drop != NULL)
    gdk_drop_read_value_async (reading->drop, type, G_PRIORITY_DEFAULT,
                               g_task_get_cancellable (task), value_cb, g_object_ref (task));
  else
    gdk_clipboard_read_value_async (reading->clipboard, type, G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), value_cb, g_object_ref (task));
  return TRUE;
}

/* (nullable): one of the offered formats of which GDK can make a @type. UTF-8 before any other text. */
static const char *
find_type_for (GdkContentFormats *formats,
               GType              type)
{
  const char *const *mime_types = gdk_content_formats_get_mime_types (formats, NULL);

  if (type == G_TYPE_STRING && gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"))
    return "text/plain;charset=utf-8";
  for (guint i = 0; mime_types != NULL && mime_types[i] != NULL; i++)
    {
      g_autoptr (GdkContentFormats) made = gdk_content_formats_new ((const char *[]) { mime_types[i] }, 1);

      made = gdk_content_formats_union_deserialize_gtypes (made);
      if (gdk_content_formats_contain_gtype (made, type))
        return mime_types[i];
    }
  return NULL;
}

/* Whether it comes from this program and lies in memory as a @type already. */
static gboolean
holds_value (Reading *reading,
             GType    type)
{
  GdkDrag *drag = reading->drop != NULL ? gdk_drop_get_drag (reading->drop) : NULL;
  GdkContentProvider *provider = NULL;
  g_autoptr (GdkContentFormats) formats = NULL;

  if (reading->clipboard != NULL)
    provider = gdk_clipboard_get_content (reading->clipboard);
  else if (drag != NULL)
    provider = gdk_drag_get_content (drag);
  formats = provider != NULL ? gdk_content_provider_ref_formats (provider) : NULL;
  return formats != NULL && gdk_content_formats_contain_gtype (formats, type);
}

/* What comes from others is read here, since GDK would read it without a limit. */
static gboolean
read_value_or_bytes (GTask *task,
                     GType  type,
                     Take   take)
{
  Reading *reading = g_task_get_task_data (task);
  const char *mime_type;

  if (holds_value (reading, type))
    return read_value (task, type);
  mime_type = find_type_for (reading->formats, type);
  if (mime_type == NULL)
    return FALSE;
  read_bytes (task, mime_type, take);
  return TRUE;
}

/* (nullable): the best of the offered picture formats that are kept as they are */
static const char *
find_picture_type (GdkContentFormats *formats)
{
  static const char *const wanted[] = {
    "image/png", "image/jpeg", "image/webp", "image/avif", "image/gif",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (gdk_content_formats_contain_mime_type (formats, wanted[i]))
      return wanted[i];
  return NULL;
}

/* Tries one offer after the other, in the order the head of this file explains. */
static void
read_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  const char *picture_type;

  if (g_task_return_error_if_cancelled (task))
    return;
  switch (reading->position++)
    {
    case 0:
      if (read_value (task, GDK_TYPE_FILE_LIST))
        return;
      break;
    case 1:
      if (read_value (task, G_TYPE_FILE))
        return;
      break;
    case 2:
      picture_type = find_picture_type (reading->formats);
      reading->extension = dailies_drop_extension_for_mime (picture_type);
      if (picture_type != NULL)
        {
          read_bytes (task, picture_type, take_picture);
          return;
        }
      break;
    case 3:
      if (read_value_or_bytes (task, GDK_TYPE_TEXTURE, take_other_picture))
        return;
      break;
    case 4:
      if (reading->values->len == 0
          && gdk_content_formats_contain_mime_type (reading->formats, "text/x-moz-url"))
        {
          read_bytes (task, "text/x-moz-url", take_moz_url);
          return;
        }
      break;
    case 5:
      if (reading->values->len == 0 && read_value_or_bytes (task, G_TYPE_STRING, take_plain_text))
        return;
      break;
    default:
      finish (task);
      return;
    }
  read_next (task);
}

static GTask *
reading_new (GtkWidget           *widget,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);
  DailiesLibrary *library = dailies_drop_get_library (widget);

  g_task_set_source_tag (task, reading_new);
  reading->result = dailies_drop_new ();
  reading->values = g_ptr_array_new_with_free_func (g_free);
  reading->library = library != NULL ? g_object_ref (library) : NULL;
  g_task_set_task_data (task, reading, reading_free);
  return task;
}

void
dailies_drop_read_async (GtkWidget           *widget,
                         GdkDrop             *drop,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = reading_new (widget, cancellable, callback, user_data);
  Reading *reading = g_task_get_task_data (task);
  GListModel *files = dailies_drop_get_peeked_files (drop);

  reading->drop = g_object_ref (drop);
  reading->formats = gdk_content_formats_ref (gdk_drop_get_formats (drop));
  reading->formats = gdk_content_formats_union_deserialize_gtypes (reading->formats);
  reading->result->dragged = dailies_dragged_from_drop (drop);
  if (reading->result->dragged != NULL)
    finish (task);
  else if (files != NULL && dailies_drop_has_local_file (files))
    take_files (task, files);
  else
    read_next (task);
}

void
dailies_drop_paste_async (GtkWidget           *widget,
                          GdkClipboard        *clipboard,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = reading_new (widget, cancellable, callback, user_data);
  Reading *reading = g_task_get_task_data (task);

  reading->clipboard = g_object_ref (clipboard);
  reading->formats = gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard));
  reading->formats = gdk_content_formats_union_deserialize_gtypes (reading->formats);
  read_next (task);
}

void
dailies_drop_take_files_async (GtkWidget           *widget,
                               GListModel          *files,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = reading_new (widget, cancellable, callback, user_data);

  take_files (task, files);
}

DailiesDrop *
dailies_drop_read_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reading_new), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
