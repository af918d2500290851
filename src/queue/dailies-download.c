/* dailies-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-download.h"

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"
#include "dailies-part.h"
#include "dailies-proof.h"
#include "dailies-room.h"
#include "dailies-transport.h"

#define PIECE_BYTES (256 * 1024)

struct _DailiesDownload
{
  GObject           parent_instance;

  DailiesTransport *transport;
  GFile            *part;
  gint64            fetched;
  gint64            size;
  gint64            furthest;
  gint64            limit;
  gboolean          advanced;
  gboolean          reached;

  /* of the run */
  char             *url;
  char             *etag;    /* of what lies in the part */
  char             *place;   /* sum of the address it came from, without its query */
  DailiesBody      *body;
  GOutputStream    *output;
  GBytes           *piece;
  guint64           share;   /* so long the part may become where nobody told the length */
};

G_DEFINE_FINAL_TYPE (DailiesDownload, dailies_download, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FETCHED,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void read_piece (GTask *task);
static void write_piece (GTask *task);
static void open_url (GTask *task);

static void
set_fetched (DailiesDownload *self,
             gint64           fetched)
{
  if (fetched > self->furthest)
    {
      self->furthest = fetched;
      self->advanced = TRUE;
    }
  if (self->fetched == fetched)
    return;

  self->fetched = fetched;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FETCHED]);
}

static void
set_size (DailiesDownload *self,
          gint64           size)
{
  if (self->size == size)
    return;

  self->size = size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

static char *
dup_host (DailiesDownload *self)
{
  g_autoptr(GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : self->url);
}

static void
finish (GTask  *task,
        GError *error)
{
  DailiesDownload *self = g_task_get_source_object (task);

  if (self->output != NULL)
    g_output_stream_close_async (self->output, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->output);
  g_clear_pointer (&self->body, dailies_body_free);
  g_clear_pointer (&self->piece, g_bytes_unref);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* --- room --- */

static guint64
get_missing (DailiesDownload *self)
{
  return self->size < 0 ? DAILIES_ROOM_UNKNOWN : (guint64) (self->size - self->fetched);
}

static void
full_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;

  finish (task, dailies_room_new_error (dailies_room_ask_finish (result),
                                        get_missing (g_task_get_source_object (task))));
}

static void
finish_disk (GTask  *task,
             GError *cause)
{
  DailiesDownload *self = g_task_get_source_object (task);
  g_autofree char *name = NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish (task, cause);
      return;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      g_error_free (cause);
      dailies_room_ask_async (self->part, NULL, full_cb, task);
      return;
    }

  name = g_filename_display_name (g_file_peek_path (self->part));
  finish (task, dailies_error_new_with_words (DAILIES_ERROR_DISK, cause->message, 0,
                                              _("The clip cannot be written to “%s”: %s"), name, cause->message));
  g_error_free (cause);
}

/* The file that is there is no clip either: nothing of it is worth the room. */
static void
finish_too_long (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);
  g_autofree char *host = dup_host (self);
  g_autofree char *limit = g_format_size (self->limit);

  finish (task, dailies_error_new_with_words (DAILIES_ERROR_INVALID, NULL, 0,
                                              _("%s sends more than %s, and no clip is that long. It was not fetched."),
                                              host, limit));
}

/* --- reading and writing --- */

static void
end_of_body (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);
  g_autofree char *host = dup_host (self);

  if (self->fetched == 0)
    finish (task, dailies_error_new_with_words (DAILIES_ERROR_MEDIA, NULL, 0,
                                                _("%s sent an empty file (0 bytes) in place of the clip."), host));
  else if (self->size >= 0 && self->fetched != self->size)
    {
      g_autofree char *fetched = g_strdup_printf ("%" G_GINT64_FORMAT, self->fetched);
      g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, self->size);

      /* Written out beforehand: a catalogue knows no format macros of GLib. */
      finish (task, dailies_error_new_with_words (DAILIES_ERROR_NETWORK, NULL, 0,
                                                  _("%s stopped sending after %s of %s bytes."),
                                                  host, fetched, size));
    }
  else
    {
      set_size (self, self->fetched);
      finish (task, NULL);
    }
}

static void
write_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);
  GError          *error = NULL;
  gsize            written = 0;
  gboolean         good = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, &written, &error);

  set_fetched (self, self->fetched + written);
  g_clear_pointer (&self->piece, g_bytes_unref);
  if (!good)
    finish_disk (task, error);
  else
    read_piece (task);
}

/* FALSE: the task is finished. */
static gboolean
take_piece (GTask        *task,
            GInputStream *stream,
            GAsyncResult *result)
{
  DailiesDownload   *self = g_task_get_source_object (task);
  g_autoptr(GError)  error = NULL;
  g_autofree char   *host = dup_host (self);

  self->piece = g_input_stream_read_bytes_finish (stream, result, &error);
  if (error == NULL)
    return TRUE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (task, g_steal_pointer (&error));
  else
    finish (task, dailies_error_new_with_words (DAILIES_ERROR_NETWORK, error->message, 0,
                                                _("The connection to %s was cut while the clip was on its way."), host));
  return FALSE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;

  if (take_piece (task, G_INPUT_STREAM (object), result))
    write_piece (task);
}

static void
write_piece (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);
  guint64          after = self->fetched + g_bytes_get_size (self->piece);

  if (g_bytes_get_size (self->piece) == 0)
    {
      g_clear_pointer (&self->piece, g_bytes_unref);
      end_of_body (task);
      return;
    }
  if (after > (guint64) self->limit)
    {
      finish_too_long (task);
      return;
    }
  if (self->size < 0 && after > self->share)
    {
      dailies_room_ask_async (self->part, NULL, full_cb, task);
      return;
    }

  g_output_stream_write_all_async (self->output, g_bytes_get_data (self->piece, NULL), g_bytes_get_size (self->piece),
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), write_cb, task);
}

static void
read_piece (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  g_input_stream_read_bytes_async (self->body->stream, PIECE_BYTES, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb,
                                   task);
}

static void
append_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask             *task = user_data;
  DailiesDownload   *self = g_task_get_source_object (task);
  GError            *error = NULL;
  GFileOutputStream *output = g_file_append_to_finish (G_FILE (object), result, &error);

  if (output == NULL)
    {
      finish_disk (task, error);
      return;
    }

  self->output = G_OUTPUT_STREAM (output);
  /* The first one was looked at before anything was made. */
  if (self->piece != NULL)
    write_piece (task);
  else
    read_piece (task);
}

static void
append (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  g_file_append_to_async (self->part, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), append_cb, task);
}

static void
share_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);

  self->share = dailies_room_get_share (dailies_room_ask_finish (result), self->fetched);
  append (task);
}

static void
info_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);
  GError          *error = NULL;

  if (!dailies_part_write_finish (result, &error))
    {
      finish_disk (task, error);
      return;
    }

  if (self->size < 0)
    dailies_room_ask_async (self->part, g_task_get_cancellable (task), share_cb, task);
  else
    append (task);
}

static void
write_info (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  dailies_part_write_async (self->part, self->size, self->etag, self->place, g_task_get_cancellable (task), info_cb, task);
}

static void
check_room_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask   *task = user_data;
  guint64  room = dailies_room_ask_finish (result);
  guint64  missing = get_missing (g_task_get_source_object (task));

  if (dailies_room_suffices (room, missing))
    write_info (task);
  else
    finish (task, dailies_room_new_error (room, missing));
}

static void
prepare_disk (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  if (self->size < 0)
    write_info (task);
  else
    dailies_room_ask_async (self->part, g_task_get_cancellable (task), check_room_cb, task);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);
  GError          *error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      finish_disk (task, error);
      return;
    }

  g_clear_error (&error);
  if (self->body != NULL)
    prepare_disk (task);
  else
    open_url (task);
}

/* --- opening --- */

static void
start_over (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  set_fetched (self, 0);
  g_clear_pointer (&self->etag, g_free);
  g_file_delete_async (self->part, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), deleted_cb, task);
}

/* What is there is taken off for something new only once that has proved not to be a page. */
static void
take_body (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  if (self->body->length >= 0 || self->body->offset == 0)
    set_size (self, self->body->length);
  if (self->size > self->limit)
    {
      finish_too_long (task);
      return;
    }

  g_free (self->place);
  self->place = dailies_part_make_place (self->url);
  if (self->body->offset == 0)
    {
      start_over (task);
      self->etag = g_strdup (self->body->etag);
    }
  else
    {
      if (self->etag == NULL)
        self->etag = g_strdup (self->body->etag);
      prepare_disk (task);
    }
}

static void
peeked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);
  g_autofree char *host = dup_host (self);

  if (!take_piece (task, G_INPUT_STREAM (object), result))
    return;
  if (dailies_proof_is_page (g_bytes_get_data (self->piece, NULL), g_bytes_get_size (self->piece)))
    finish (task, dailies_error_new_with_words (DAILIES_ERROR_MEDIA, NULL, 0,
                                                _("%s sent a page (%s) in place of the clip."), host,
                                                self->body->content_type != NULL ? self->body->content_type : "?"));
  else
    take_body (task);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask                  *task = user_data;
  DailiesDownload        *self = g_task_get_source_object (task);
  g_autoptr(DailiesBody)  body = NULL;
  GError                 *error = NULL;

  body = dailies_transport_open_finish (DAILIES_TRANSPORT (object), result, &error);
  if (body == NULL)
    {
      finish (task, error);
      return;
    }

  self->reached = TRUE;
  /* Same place, other length: another file by now. Its beginning must not be glued to the end of this one. */
  if (body->offset > 0 && self->size >= 0 && body->length >= 0 && body->length != self->size)
    {
      set_size (self, -1);
      start_over (task);
      return;
    }

  self->body = g_steal_pointer (&body);
  if (self->body->offset == 0)
    g_input_stream_read_bytes_async (self->body->stream, PIECE_BYTES, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                     peeked_cb, task);
  else
    take_body (task);
}

static void
open_url (GTask *task)
{
  DailiesDownload *self = g_task_get_source_object (task);

  dailies_transport_open_async (self->transport, self->url, self->fetched, self->fetched > 0 ? self->etag : NULL,
                                g_task_get_cancellable (task), opened_cb, task);
}

/* --- what is there already --- */

static void
look_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesDownload *self = g_task_get_source_object (task);
  g_autofree char *place = dailies_part_make_place (self->url);
  gboolean         usable;
  DailiesPart     *rest;

  rest = dailies_part_read_finish (result);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      dailies_part_free (rest);
      finish (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped")));
      return;
    }

  /* With a tag the server says whether it is the same file; without one it must be the same address. */
  usable = rest->fetched > 0 && (rest->size < 0 || rest->fetched <= rest->size)
           && (rest->etag != NULL || g_strcmp0 (rest->place, place) == 0);
  g_free (self->etag);
  self->etag = usable ? g_strdup (rest->etag) : NULL;
  set_size (self, usable ? rest->size : -1);
  set_fetched (self, usable ? rest->fetched : 0);
  self->advanced = FALSE;
  dailies_part_free (rest);

  if (usable && self->fetched == self->size)
    finish (task, NULL);
  else
    open_url (task);
}

static void
dailies_download_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DailiesDownload *self = DAILIES_DOWNLOAD (object);

  switch (prop_id)
    {
    case PROP_FETCHED:
      g_value_set_int64 (value, self->fetched);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_download_finalize (GObject *object)
{
  DailiesDownload *self = DAILIES_DOWNLOAD (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->part);
  g_free (self->url);
  g_free (self->etag);
  g_free (self->place);

  G_OBJECT_CLASS (dailies_download_parent_class)->finalize (object);
}

static void
dailies_download_class_init (DailiesDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_download_get_property;
  object_class->finalize = dailies_download_finalize;

  properties[PROP_FETCHED] = g_param_spec_int64 ("fetched", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_download_init (DailiesDownload *self)
{
  self->size = -1;
  self->limit = DAILIES_DOWNLOAD_MAX_BYTES;
}

DailiesDownload *
dailies_download_new (DailiesTransport *transport,
                      GFile            *part)
{
  DailiesDownload *self;

  g_return_val_if_fail (DAILIES_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (G_IS_FILE (part), NULL);

  self = g_object_new (DAILIES_TYPE_DOWNLOAD, NULL);
  self->transport = g_object_ref (transport);
  self->part = g_object_ref (part);
  return self;
}

void
dailies_download_set_limit (DailiesDownload *self,
                            gint64           bytes)
{
  g_return_if_fail (DAILIES_IS_DOWNLOAD (self));
  g_return_if_fail (bytes > 0);

  self->limit = bytes;
}

gint64
dailies_download_get_fetched (DailiesDownload *self)
{
  g_return_val_if_fail (DAILIES_IS_DOWNLOAD (self), 0);

  return self->fetched;
}

gint64
dailies_download_get_size (DailiesDownload *self)
{
  g_return_val_if_fail (DAILIES_IS_DOWNLOAD (self), -1);

  return self->size;
}

gboolean
dailies_download_get_advanced (DailiesDownload *self)
{
  g_return_val_if_fail (DAILIES_IS_DOWNLOAD (self), FALSE);

  return self->advanced;
}

gboolean
dailies_download_get_reached (DailiesDownload *self)
{
  g_return_val_if_fail (DAILIES_IS_DOWNLOAD (self), FALSE);

  return self->reached;
}

void
dailies_download_run_async (DailiesDownload     *self,
                            const char          *url,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask  *task;
  GError *error = NULL;

  g_return_if_fail (DAILIES_IS_DOWNLOAD (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (self->body == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_download_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->advanced = FALSE;
  self->reached = FALSE;
  if (!dailies_url_check (url, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_free (self->url);
  self->url = g_strdup (url);
  dailies_part_read_async (self->part, look_cb, task);
}

gboolean
dailies_download_run_finish (DailiesDownload  *self,
                             GAsyncResult     *result,
                             GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
