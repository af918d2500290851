/* dailies-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-source.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-address.h"
#include "dailies-data-uri.h"
#include "dailies-error.h"
#include "dailies-hash.h"
#include "dailies-sniff.h"

/* In how many parts the reading is told: no screen shows more. */
#define PARTS 10000

struct _DailiesIntake
{
  gatomicrefcount refs;
  DailiesSource *source;
  GBytes        *data;        /* of a data: value, decoded by the first step for the second */
  char          *fingerprint; /* of the file, before the first byte was read */
  goffset        length;      /* then; 0 is not known */
  int            parts;       /* read of it; atomic */
};

static void
source_clear (gpointer data)
{
  DailiesSource *self = data;

  g_free (self->uri);
  g_clear_object (&self->file);
  g_free (self->name);
}

static DailiesSource *
new_for_data (const char *value,
              GError    **error)
{
  DailiesSource *self;

  if (!dailies_data_uri_check (value, error))
    return NULL;

  self = g_atomic_rc_box_new0 (DailiesSource);
  self->uri = g_strdup (value);
  if (g_ascii_strncasecmp (value, "data:image/", 11) == 0)
    self->name = g_strdup (_ ("Pasted picture"));
  else if (g_ascii_strncasecmp (value, "data:video/", 11) == 0)
    self->name = g_strdup (_ ("Pasted clip"));
  else
    self->name = g_strdup (_ ("Pasted media"));

  return self;
}

/* (transfer full): @name for one line of a form or a terminal. What turns the letters that follow around, breaks the
 * line or commands a terminal may stand in a file's name, and would change what is said around it. */
static char *
make_plain (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean turns = c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
                       || (c >= 0x2066 && c <= 0x2069);

      if (turns || g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        g_string_append (plain, "\357\277\275");
      else
        g_string_append_unichar (plain, c);
    }
  return g_string_free (plain, FALSE);
}

static char *
name_of_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *base = NULL;

  if (uri == NULL)
    return g_strdup (url);
  if (strlen (g_uri_get_path (uri)) > 1)
    base = g_path_get_basename (g_uri_get_path (uri));
  if (base == NULL || *base == '\0' || *base == '/' || !g_utf8_validate (base, -1, NULL))
    return g_strdup (g_uri_get_host (uri));

  return make_plain (base);
}

static DailiesSource *
new_for_url (const char *value,
             GError    **error)
{
  DailiesSource *self;

  if (!dailies_address_check (value, error))
    return NULL;

  self = g_atomic_rc_box_new0 (DailiesSource);
  self->uri = g_strdup (value);
  self->name = name_of_url (value);
  self->remote = TRUE;

  return self;
}

static DailiesSource *
new_for_path (const char *value)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *home = NULL;

  /* The shell leaves the tilde of FIELD=~/picture.png alone. */
  if (g_str_has_prefix (value, "~/"))
    home = g_build_filename (g_get_home_dir (), value + 2, NULL);
  file = g_file_new_for_path (home != NULL ? home : value);

  return dailies_source_new_for_file (file);
}

static DailiesSource *
new_for_file_uri (const char *value,
                  GError    **error)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = g_filename_from_uri (value, &host, NULL);

  if (path == NULL || (host != NULL && *host != '\0' && g_ascii_strcasecmp (host, "localhost") != 0))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _ ("“%.200s” is not the address of a file on this computer. It should look like "
                      "file:///folder/name."),
                   value);
      return NULL;
    }
  file = g_file_new_for_path (path);

  return dailies_source_new_for_file (file);
}

DailiesSource *
dailies_source_new_for_file (GFile *file)
{
  DailiesSource   *self;
  g_autofree char *base = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_atomic_rc_box_new0 (DailiesSource);
  self->file = g_object_ref (file);
  self->uri = g_file_get_uri (file);
  base = g_file_get_basename (file);
  shown = g_filename_display_name (base != NULL ? base : self->uri);
  self->name = make_plain (shown);

  return self;
}

DailiesSource *
dailies_source_new_for_value (const char *value,
                              GError    **error)
{
  const char *scheme;

  g_return_val_if_fail (value != NULL, NULL);

  if (*value == '\0')
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                           _ ("There is no file or address: the value is empty."));
      return NULL;
    }

  if (dailies_data_uri_is (value))
    return new_for_data (value, error);

  scheme = g_uri_peek_scheme (value);
  if (g_strcmp0 (scheme, "file") == 0)
    return new_for_file_uri (value, error);
  if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0)
    return new_for_url (value, error);

  /* A colon alone does not make an address: “take 3: final.png” is a file. */
  if (scheme != NULL && strstr (value, "://") != NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _ ("“%.200s” cannot be used: only files and https: or data: addresses can."), value);
      return NULL;
    }

  return new_for_path (value);
}

DailiesSource *
dailies_source_ref (DailiesSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
dailies_source_unref (DailiesSource *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, source_clear);
}

GInputStream *
dailies_source_open (DailiesSource *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) data = NULL;
  GFileInputStream *stream;
  goffset           bytes;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->remote)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _ ("“%s” is on the network: the service fetches it itself."), self->name);
      return NULL;
    }

  if (self->file == NULL)
    {
      data = dailies_data_uri_decode (self->uri, error);
      return data != NULL ? g_memory_input_stream_new_from_bytes (data) : NULL;
    }

  if (!dailies_probe_check_file (self->file, self->name, &bytes, cancellable, error))
    return NULL;

  stream = g_file_read (self->file, cancellable, &cause);
  if (stream == NULL)
    dailies_probe_set_unreadable (self->name, cause, error);

  return (GInputStream *) stream;
}

/* Size, times and place: any writer changes one of them. */
static char *
take_fingerprint (GFile        *file,
                  goffset      *length,
                  GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  "standard::size,time::modified,time::modified-usec,"
                                                  "unix::inode",
                                                  G_FILE_QUERY_INFO_NONE,
                                                  cancellable,
                                                  NULL);

  if (info == NULL)
    return NULL;

  if (length != NULL)
    *length = g_file_info_get_size (info);

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT ".%06u:%" G_GUINT64_FORMAT,
                          (gint64) g_file_info_get_size (info),
                          g_file_info_get_attribute_uint64 (info, "time::modified"),
                          g_file_info_get_attribute_uint32 (info, "time::modified-usec"),
                          g_file_info_get_attribute_uint64 (info, "unix::inode"));
}

DailiesIntake *
dailies_intake_new (DailiesSource *source)
{
  DailiesIntake *self;

  g_return_val_if_fail (source != NULL && !source->remote, NULL);

  self = g_new0 (DailiesIntake, 1);
  g_atomic_ref_count_init (&self->refs);
  self->source = dailies_source_ref (source);

  return self;
}

DailiesIntake *
dailies_intake_ref (DailiesIntake *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dailies_intake_unref (DailiesIntake *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->source, dailies_source_unref);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->fingerprint);
  g_free (self);
}

/* The demuxers want to seek in something with an address, so the bytes get a file for as long as that takes. */
static DailiesProbe *
probe_data (DailiesIntake *self,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  DailiesProbe *probe = NULL;
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (self->data, &length);

  /* It has no name that could be at fault, and what is copied is easily copied in part. */
  if (dailies_sniff (bytes, MIN (length, DAILIES_SNIFF_BYTES)) == NULL && !dailies_sniff_is_svg (bytes, length))
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                           _ ("This data: value is read, and holds no picture, clip or sound. Copy it again, whole, "
                              "or save it to a file and use the file."));
      return NULL;
    }
  file = g_file_new_tmp ("dailies-XXXXXX", &stream, &cause);
  if (file != NULL &&
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                 bytes,
                                 length,
                                 NULL,
                                 cancellable,
                                 &cause))
    probe = dailies_probe_file (file, self->source->name, cancellable, error);
  else
    dailies_probe_set_unreadable (self->source->name, cause, error);

  if (file != NULL)
    g_file_delete (file, NULL, NULL);

  return probe;
}

gpointer
dailies_intake_probe (gpointer      data,
                       GCancellable *cancellable,
                       GError      **error)
{
  DailiesIntake *self = data;
  DailiesSource  *source = self->source;

  if (source->file == NULL)
    {
      self->data = dailies_data_uri_decode (source->uri, error);
      return self->data != NULL ? probe_data (self, cancellable, error) : NULL;
    }

  if (g_file_peek_path (source->file) == NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                   _ ("“%s” is not on this computer. Copy it to a local folder first."), source->name);
      return NULL;
    }
  self->fingerprint = take_fingerprint (source->file, &self->length, cancellable);

  return dailies_probe_file (source->file, source->name, cancellable, error);
}

static gboolean
check_unchanged (DailiesIntake *self,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_autofree char *fingerprint = NULL;

  if (self->source->file == NULL)
    return TRUE;

  fingerprint = take_fingerprint (self->source->file, NULL, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (fingerprint != NULL && g_strcmp0 (fingerprint, self->fingerprint) == 0)
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
               _ ("“%s” changed while it was being read. Wait until it is finished, then choose it again."),
               self->source->name);
  return FALSE;
}

static void
hash_progress_cb (goffset  done,
                  goffset  all,
                  gpointer data)
{
  DailiesIntake *self = data;

  /* A file that somebody still writes may have grown meanwhile. */
  if (self->length > 0)
    g_atomic_int_set (&self->parts, (int) ((double) MIN (done, self->length) / self->length * PARTS));
}

double
dailies_intake_get_fraction (DailiesIntake *self)
{
  return (double) g_atomic_int_get (&self->parts) / PARTS;
}

gpointer
dailies_intake_hash (gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  DailiesIntake *self = data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *key = NULL;

  if (self->data != NULL)
    {
      self->length = g_bytes_get_size (self->data);
      stream = g_memory_input_stream_new_from_bytes (self->data);
    }
  else
    {
      stream = dailies_source_open (self->source, cancellable, error);
    }
  if (stream == NULL)
    return NULL;

  key = dailies_hash_stream (stream, hash_progress_cb, self, NULL, cancellable, &cause);
  if (key == NULL)
    {
      dailies_probe_set_unreadable (self->source->name, cause, error);
      return NULL;
    }

  return check_unchanged (self, cancellable, error) ? g_steal_pointer (&key) : NULL;
}
