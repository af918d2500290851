/* dailies-form-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-form-stream.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

struct _DailiesFormStream
{
  GInputStream  parent_instance;

  GInputStream *file;
  goffset       length;
  char         *file_name;
  char         *content_type;
  GString      *head;
  GString      *tail;
  goffset       position; /* in the whole body */
};

G_DEFINE_FINAL_TYPE (DailiesFormStream, dailies_form_stream, G_TYPE_INPUT_STREAM)

/* As browsers do it: a quote or a line break would end the header's value. */
static char *
escape_name (const char *name)
{
  GString *escaped = g_string_new (name);

  g_string_replace (escaped, "\"", "%22", 0);
  g_string_replace (escaped, "\r", "%0D", 0);
  g_string_replace (escaped, "\n", "%0A", 0);
  return g_string_free (escaped, FALSE);
}

static gssize
read_text (DailiesFormStream *self,
           GString           *text,
           goffset            start,
           void              *buffer,
           gsize              count)
{
  gsize from = self->position - start;
  gsize size = MIN (count, text->len - from);

  memcpy (buffer, text->str + from, size);
  self->position += size;
  return size;
}

static gboolean
check_ended (DailiesFormStream *self,
             GCancellable      *cancellable,
             GError           **error)
{
  char more;
  gssize size = g_input_stream_read (self->file, &more, 1, cancellable, error);

  if (size == 0)
    return TRUE;
  if (size > 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                 _("“%s” grew while it was being uploaded. Wait until it is finished, then try again."), self->file_name);
  return FALSE;
}

static gssize
dailies_form_stream_read (GInputStream *stream,
                          void         *buffer,
                          gsize         count,
                          GCancellable *cancellable,
                          GError      **error)
{
  DailiesFormStream *self = DAILIES_FORM_STREAM (stream);
  goffset file_end = self->head->len + self->length;
  gssize size;

  if (count == 0 || self->position == file_end + (goffset) self->tail->len)
    return 0;
  if (self->position < (goffset) self->head->len)
    return read_text (self, self->head, 0, buffer, count);
  if (self->position < file_end)
    {
      size = g_input_stream_read (self->file, buffer, MIN (count, (gsize) (file_end - self->position)),
                                  cancellable, error);
      if (size == 0)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                       _("“%s” became shorter while it was being uploaded. Wait until it is finished, then try again."),
                       self->file_name);
          return -1;
        }
      self->position += MAX (size, 0);
      return size;
    }
  if (self->position == file_end && !check_ended (self, cancellable, error))
    return -1;
  return read_text (self, self->tail, file_end, buffer, count);
}

static void
dailies_form_stream_finalize (GObject *object)
{
  DailiesFormStream *self = DAILIES_FORM_STREAM (object);

  g_clear_object (&self->file);
  g_free (self->file_name);
  g_free (self->content_type);
  g_string_free (self->head, TRUE);
  g_string_free (self->tail, TRUE);

  G_OBJECT_CLASS (dailies_form_stream_parent_class)->finalize (object);
}

static void
dailies_form_stream_class_init (DailiesFormStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_form_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = dailies_form_stream_read;
}

static void
dailies_form_stream_init (DailiesFormStream *self)
{
  self->head = g_string_new (NULL);
  self->tail = g_string_new (NULL);
}

DailiesFormStream *
dailies_form_stream_new (const char   *field,
                         const char   *file_name,
                         const char   *mime_type,
                         GInputStream *file,
                         goffset       length)
{
  DailiesFormStream *self;
  g_autofree char *boundary = NULL;
  g_autofree char *safe_field = NULL;
  g_autofree char *safe_name = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (G_IS_INPUT_STREAM (file), NULL);
  g_return_val_if_fail (length >= 0, NULL);

  self = g_object_new (DAILIES_TYPE_FORM_STREAM, NULL);
  self->file = g_object_ref (file);
  self->length = length;
  self->file_name = g_strdup (file_name);

  /* 122 random bits cannot be met by chance in a film. */
  boundary = g_uuid_string_random ();
  safe_field = escape_name (field);
  safe_name = escape_name (file_name);
  self->content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
  g_string_printf (self->head,
                   "--%s\r\n"
                   "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                   "Content-Type: %s\r\n"
                   "\r\n",
                   boundary, safe_field, safe_name, mime_type != NULL ? mime_type : "application/octet-stream");
  g_string_printf (self->tail, "\r\n--%s--\r\n", boundary);
  return self;
}

const char *
dailies_form_stream_get_content_type (DailiesFormStream *self)
{
  g_return_val_if_fail (DAILIES_IS_FORM_STREAM (self), NULL);
  return self->content_type;
}

goffset
dailies_form_stream_get_length (DailiesFormStream *self)
{
  g_return_val_if_fail (DAILIES_IS_FORM_STREAM (self), -1);
  return self->head->len + self->length + self->tail->len;
}

goffset
dailies_form_stream_get_head_length (DailiesFormStream *self)
{
  g_return_val_if_fail (DAILIES_IS_FORM_STREAM (self), -1);
  return self->head->len;
}
