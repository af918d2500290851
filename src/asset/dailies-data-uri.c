/* dailies-data-uri.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-data-uri.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

#define PREFIX "data:"
#define BASE64 ";base64"

/* Percent encoding may take three characters for a byte. */
#define MAX_LENGTH ((gsize) DAILIES_DATA_URI_MAX_BYTES * 3 + 1024)

static void
set_too_large (GError **error)
{
  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_INVALID,
               _ ("This data: value carries more than %d MB. Save it to a file and use the file instead."),
               DAILIES_DATA_URI_MAX_BYTES / 1000000);
}

/* g_base64_decode_step() skips whatever it does not know, which would turn a damaged value into other media. */
static gboolean
is_base64 (const char *text,
           gsize       length)
{
  gsize n_padding = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (c == '=')
        n_padding++;
      else if (n_padding > 0 || !(g_ascii_isalnum (c) || c == '+' || c == '/'))
        return FALSE;
    }

  /* Without padding at all is common enough; half a padding is damage. */
  if (n_padding > 0)
    return n_padding <= 2 && length % 4 == 0;

  return length % 4 != 1;
}

static char *
drop_white_space (const char *text,
                  gsize       length,
                  gsize      *out_length)
{
  char *out = g_malloc (length + 4);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]))
        out[n++] = text[i];
    }
  *out_length = n;

  return out;
}

static GBytes *
decode_base64 (GBytes  *encoded,
               GError **error)
{
  gsize            length;
  const char      *text = g_bytes_get_data (encoded, &length);
  g_autofree char *clean = drop_white_space (text, length, &length);
  g_autofree guchar *bytes = NULL;
  gsize            n;

  if (!is_base64 (clean, length))
    {
      g_set_error_literal (error,
                           DAILIES_ERROR,
                           DAILIES_ERROR_INVALID,
                           _ ("This data: value is damaged: what follows “;base64,” is not base64. Copy it again, whole."));
      return NULL;
    }

  while (length % 4 != 0)
    clean[length++] = '=';

  if (length / 4 * 3 > (gsize) DAILIES_DATA_URI_MAX_BYTES + 2)
    {
      set_too_large (error);
      return NULL;
    }

  bytes = g_malloc (length / 4 * 3 + 3);
  {
    int   state = 0;
    guint save = 0;

    n = g_base64_decode_step (clean, length, bytes, &state, &save);
  }

  return g_bytes_new_take (g_steal_pointer (&bytes), n);
}

gboolean
dailies_data_uri_is (const char *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  return g_ascii_strncasecmp (value, PREFIX, strlen (PREFIX)) == 0;
}

gboolean
dailies_data_uri_check (const char *value,
                        GError    **error)
{
  g_return_val_if_fail (value != NULL && dailies_data_uri_is (value), FALSE);

  /* Not strlen(): what comes may be of any length. */
  if (strnlen (value, MAX_LENGTH + 1) > MAX_LENGTH)
    {
      set_too_large (error);
      return FALSE;
    }

  if (strchr (value, ',') == NULL)
    {
      g_set_error_literal (error,
                           DAILIES_ERROR,
                           DAILIES_ERROR_INVALID,
                           _ ("This data: value is cut off: it has no comma and so carries no media. Copy it again, whole."));
      return FALSE;
    }

  return TRUE;
}

GBytes *
dailies_data_uri_decode (const char *value,
                         GError    **error)
{
  const char        *comma;
  g_autofree char   *head = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (value != NULL && dailies_data_uri_is (value), NULL);

  if (!dailies_data_uri_check (value, error))
    return NULL;

  comma = strchr (value, ',');
  head = g_ascii_strdown (value, comma - value);

  bytes = g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);
  if (bytes == NULL)
    {
      g_set_error_literal (error,
                           DAILIES_ERROR,
                           DAILIES_ERROR_INVALID,
                           _ ("This data: value is damaged: a % in it is not followed by two hexadecimal digits."));
      return NULL;
    }

  if (g_str_has_suffix (head, BASE64))
    {
      g_autoptr (GBytes) encoded = g_steal_pointer (&bytes);

      bytes = decode_base64 (encoded, error);
      if (bytes == NULL)
        return NULL;
    }

  if (g_bytes_get_size (bytes) == 0)
    {
      g_set_error_literal (error,
                           DAILIES_ERROR,
                           DAILIES_ERROR_INVALID,
                           _ ("This data: value is empty: nothing follows its comma."));
      return NULL;
    }

  if (g_bytes_get_size (bytes) > DAILIES_DATA_URI_MAX_BYTES)
    {
      set_too_large (error);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}
