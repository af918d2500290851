/* dailies-access.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-access-private.h"

#include <string.h>
#include <sys/resource.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

/* No properties on purpose: a property would show the token to every inspector and debugger. */
struct _DailiesAccess
{
  GObject  parent_instance;

  char    *base_url;
  char    *title;
  char    *token;
  gboolean loopback;
};

G_DEFINE_FINAL_TYPE (DailiesAccess, dailies_access, G_TYPE_OBJECT)

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  /* Only a literal address: "127.0.0.1.example.org" is somebody else's machine. */
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static GUri *
parse_url (const char *url,
           GError    **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  const char *host;

  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                           _("This is not a complete web address: one begins with https:// and a host."));
      return NULL;
    }

  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("The address at %s carries a user name or a password. Take it out of the address."), host);
      return NULL;
    }
  if (strcmp (scheme, "https") == 0 || (strcmp (scheme, "http") == 0 && host_is_loopback (host)))
    return g_steal_pointer (&uri);

  if (strcmp (scheme, "http") == 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                 _("The address at %s is not encrypted (http). Use https; plain http is only for this machine itself."),
                 host);
  else
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                 _("An address of the kind “%s:” cannot be used. Use one that begins with https://."), scheme);
  return NULL;
}

static void
dailies_access_finalize (GObject *object)
{
  DailiesAccess *self = DAILIES_ACCESS (object);

  g_free (self->base_url);
  g_free (self->title);
  g_free (self->token);

  G_OBJECT_CLASS (dailies_access_parent_class)->finalize (object);
}

static void
dailies_access_class_init (DailiesAccessClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_access_finalize;
}

static void
dailies_access_init (DailiesAccess *self)
{
}

/**
 * dailies_access_new:
 * @base_url: where the service lives; a trailing slash is taken off
 * @token: (nullable): the bearer token
 *
 * Returns: (transfer full): an access, or %NULL with DAILIES_ERROR_INVALID for an address that is neither https nor
 *   loopback, or that has a query, and DAILIES_ERROR_TOKEN for a token that cannot be one
 */
DailiesAccess *
dailies_access_new (const char *base_url,
                    const char *token,
                    GError    **error)
{
  g_autoptr (DailiesAccess) self = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *clean = NULL;
  gsize length;

  g_return_val_if_fail (base_url != NULL, NULL);

  uri = parse_url (base_url, error);
  if (uri == NULL)
    return NULL;
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("The address of the service at %s must not have a ? or # part."), g_uri_get_host (uri));
      return NULL;
    }
  if (token != NULL)
    {
      clean = dailies_token_clean (token, error);
      if (clean == NULL)
        return NULL;
    }

  self = g_object_new (DAILIES_TYPE_ACCESS, NULL);
  self->base_url = g_uri_to_string (uri);
  for (length = strlen (self->base_url); length > 0 && self->base_url[length - 1] == '/'; length--)
    self->base_url[length - 1] = '\0';
  self->title = g_strdup (g_uri_get_host (uri));
  self->token = g_steal_pointer (&clean);
  self->loopback = host_is_loopback (g_uri_get_host (uri));
  return g_steal_pointer (&self);
}

const char *
dailies_access_get_base_url (DailiesAccess *self)
{
  g_return_val_if_fail (DAILIES_IS_ACCESS (self), NULL);
  return self->base_url;
}

const char *
dailies_access_get_title (DailiesAccess *self)
{
  g_return_val_if_fail (DAILIES_IS_ACCESS (self), NULL);
  return self->title;
}

void
dailies_access_set_title (DailiesAccess *self,
                          const char    *title)
{
  g_return_if_fail (DAILIES_IS_ACCESS (self));
  g_return_if_fail (title != NULL);

  if (title == self->title)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
}

gboolean
dailies_access_is_loopback (DailiesAccess *self)
{
  g_return_val_if_fail (DAILIES_IS_ACCESS (self), FALSE);
  return self->loopback;
}

const char *
dailies_access_get_token (DailiesAccess *self)
{
  g_return_val_if_fail (DAILIES_IS_ACCESS (self), NULL);
  return self->token;
}

gboolean
dailies_access_has_token (DailiesAccess *self)
{
  g_return_val_if_fail (DAILIES_IS_ACCESS (self), FALSE);
  return self->token != NULL;
}

/**
 * dailies_access_set_token:
 * @token: (nullable): the new token; one that dailies_token_clean() refuses is the same as none
 */
void
dailies_access_set_token (DailiesAccess *self,
                          const char    *token)
{
  char *clean;

  g_return_if_fail (DAILIES_IS_ACCESS (self));

  clean = token != NULL ? dailies_token_clean (token, NULL) : NULL;
  g_free (self->token);
  self->token = clean;
}

char *
dailies_access_redact (DailiesAccess *self,
                       const char    *text)
{
  g_autoptr (GString) redacted = NULL;

  g_return_val_if_fail (DAILIES_IS_ACCESS (self), NULL);

  if (text == NULL)
    return NULL;
  if (self->token == NULL)
    return g_strdup (text);

  redacted = g_string_new (text);
  g_string_replace (redacted, self->token, "•••", 0);
  return g_string_free (g_steal_pointer (&redacted), FALSE);
}

/**
 * dailies_url_check:
 * @url: what is about to be fetched, or sent to be fetched
 *
 * Returns: %TRUE for https with a host and for http on loopback, without user name and password; else %FALSE with
 *   DAILIES_ERROR_INVALID
 */
gboolean
dailies_url_check (const char *url,
                   GError    **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = parse_url (url, error);
  return uri != NULL;
}

gboolean
dailies_url_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  return uri != NULL && host_is_loopback (g_uri_get_host (uri));
}

/* From here on there is a secret in the memory of this process, in copies of libraries too: it goes into no crash file. Who
 * works on the program wants one all the same. */
static void
keep_out_of_cores (void)
{
  struct rlimit limit;

  if (DEVELOPMENT || getrlimit (RLIMIT_CORE, &limit) != 0)
    return;
  limit.rlim_cur = 0;
  setrlimit (RLIMIT_CORE, &limit);
}

char *
dailies_token_clean (const char *text,
                     GError    **error)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  token = g_strstrip (g_strdup (text));
  if (g_ascii_strncasecmp (token, "Bearer ", 7) == 0)
    {
      char *rest = g_strstrip (g_strdup (token + 7));

      g_free (token);
      token = rest;
    }

  if (*token == '\0')
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN,
                           _("The token is empty. Paste the one from the service’s own pages."));
      return NULL;
    }
  /* It becomes part of a header line: a line break in it would begin another header. */
  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN,
                             _("The token has spaces, line breaks or letters that no token has. Copy it again, whole and alone."));
        return NULL;
      }
  keep_out_of_cores ();
  return g_steal_pointer (&token);
}
