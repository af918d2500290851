/* dailies-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-address.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"

/* RFC 1035 */
#define MAX_HOST 253

static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/* (nullable): what is between the brackets of "https://[fe80::1%25eth0]/", without the name of the network card */
static GInetAddress *
parse_literal (const char *host)
{
  g_autofree char *address = g_strndup (host, strcspn (host, "%"));

  return g_inet_address_new_from_string (address);
}

static gboolean
is_host (const char *host)
{
  g_autoptr (GInetAddress) literal = parse_literal (host);
  gsize length = strlen (host);

  if (literal != NULL)
    return TRUE;

  /* Letters of all languages arrive here as "xn--…". */
  return length > 0 && length <= MAX_HOST && host[0] != '.' && strstr (host, "..") == NULL
         && strspn (host, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._") == length;
}

static gboolean
has_white_space (const char *url)
{
  for (const char *at = url; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isspace (g_utf8_get_char (at)) || g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

gboolean
dailies_address_check (const char *url,
                       GError    **error)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  if (!g_utf8_validate (url, -1, NULL) || has_white_space (url))
    {
      g_autofree char *shown = g_utf8_make_valid (url, -1);

      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("“%s” is no web address: there is a space or a line break in it. Copy the address again; a space "
                     "that belongs to it is written %%20."), g_strdelimit (shown, "\t\n\r\v\f", ' '));
      return FALSE;
    }
  if (!dailies_url_check (url, error))
    return FALSE;

  host = dup_host (url);
  if (host != NULL && is_host (host))
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
               _("“%s” is no web address: “%s” cannot be the name of a computer. Copy the address again."), url,
               host != NULL ? host : "");
  return FALSE;
}

static gboolean
is_near_literal (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address)
      || g_inet_address_get_is_link_local (address) || g_inet_address_get_is_any (address))
    return TRUE;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    /* fc00::/7, the private ones of today */
    return (bytes[0] & 0xfe) == 0xfc;

  /* 100.64.0.0/10, what a provider gives out behind its own address */
  return bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
}

static gboolean
is_near_name (const char *host)
{
  static const char *const domains[] = { ".local", ".localhost", ".localdomain", ".internal", ".lan", ".home.arpa" };
  g_autofree char *name = g_ascii_strdown (host, -1);
  gsize length = strlen (name);

  if (length > 0 && name[length - 1] == '.')
    name[length - 1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_str_has_suffix (name, domains[i]))
      return TRUE;

  return strchr (name, '.') == NULL;
}

char *
dailies_address_dup_near (const char *url)
{
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) literal = NULL;

  g_return_val_if_fail (url != NULL, NULL);

  host = dup_host (url);
  if (host == NULL)
    return NULL;

  literal = parse_literal (host);
  if (literal != NULL ? is_near_literal (literal) : is_near_name (host))
    return g_steal_pointer (&host);

  return NULL;
}
