/* dailies-practice-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-address.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <sys/file.h>
#include <unistd.h>

#include "dailies-error.h"

/* How long another service may take from holding the folder to saying where it is. */
#define PATIENCE_MS 5000
#define PAUSE_MS 50

static char *
address_path (const char *folder)
{
  return g_build_filename (folder, "address.json", NULL);
}

/* What the last service wrote, as far as it makes sense. */
static void
recall (DailiesPracticeAddress *self,
        const char             *folder,
        gboolean                alive)
{
  g_autofree char       *path = address_path (folder);
  g_autofree char       *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject            *object;
  const char            *url, *token;
  g_autoptr (GUri)       uri = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !json_parser_load_from_data (parser, text, -1, NULL)
      || json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;

  object = json_node_get_object (json_parser_get_root (parser));
  url = json_object_get_string_member_with_default (object, "url", NULL);
  token = json_object_get_string_member_with_default (object, "token", NULL);
  uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  if (uri == NULL || g_uri_get_port (uri) <= 0 || token == NULL || *token == '\0')
    return;

  self->port = (guint) g_uri_get_port (uri);
  g_free (self->token);
  self->token = g_strdup (token);
  if (alive)
    self->line = g_strdup (g_strchomp (text));
}

static char *
make_token (void)
{
  GString         *token = g_string_new (NULL);
  guint8           bytes[24] = { 0 };
  int              fd = g_open ("/dev/urandom", O_RDONLY | O_CLOEXEC, 0);
  gboolean         random = fd >= 0 && read (fd, bytes, sizeof bytes) == sizeof bytes;

  if (fd >= 0)
    close (fd);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", random ? bytes[i] : (guint) g_random_int_range (0, 256));

  return g_string_free (token, FALSE);
}

/* The file tells only while the other service is up: it is emptied when one takes the folder. */
static gboolean
wait_for_line (DailiesPracticeAddress *self,
               const char             *folder,
               const char             *lock_path)
{
  for (int waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS)
    {
      g_autofree char *pid = NULL;

      /* The holder writes "ready" into its lock once its address is on disk. */
      if (g_file_get_contents (lock_path, &pid, NULL, NULL) && g_str_has_prefix (pid, "ready"))
        {
          recall (self, folder, TRUE);
          if (self->line != NULL)
            return TRUE;
        }
      g_usleep (PAUSE_MS * 1000);
    }

  return FALSE;
}

gboolean
dailies_practice_address_take (DailiesPracticeAddress *self,
                               const char             *folder,
                               const char             *token,
                               GError                **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *users = g_build_filename (folder, "users.lock", NULL);

  *self = (DailiesPracticeAddress){ .lock = -1, .users = -1 };
  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The folder “%s” cannot be used: %s"), folder,
                   g_strerror (errno));
      return FALSE;
    }

  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    {
      close (self->lock);
      self->lock = -1;
      if (wait_for_line (self, folder, path))
        return TRUE;
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PRACTICE,
                   _("Another practice service holds the folder “%s” and does not answer"), folder);
      return FALSE;
    }

  if (ftruncate (self->lock, 0) != 0)
    g_warning ("%s: %s", path, g_strerror (errno));
  self->users = g_open (users, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  recall (self, folder, FALSE);
  if (token != NULL || self->token == NULL)
    {
      g_free (self->token);
      self->token = token != NULL ? g_strdup (token) : make_token ();
    }

  return TRUE;
}

char *
dailies_practice_address_tell (DailiesPracticeAddress *self,
                               const char             *folder,
                               const char             *url,
                               GError                **error)
{
  g_autofree char     *path = address_path (folder);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();
  g_autofree char     *line = NULL;

  json_object_set_string_member (object, "url", url);
  json_object_set_string_member (object, "token", self->token);
  json_node_take_object (node, object);
  line = json_to_string (node, FALSE);
  if (!g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;

  if (write (self->lock, "ready\n", 6) != 6)
    g_warning ("%s: %s", path, g_strerror (errno));

  return g_steal_pointer (&line);
}

gboolean
dailies_practice_address_is_used (DailiesPracticeAddress *self)
{
  if (!dailies_practice_address_retire (self))
    return TRUE;

  flock (self->users, LOCK_UN);

  return FALSE;
}

gboolean
dailies_practice_address_retire (DailiesPracticeAddress *self)
{
  return self->users >= 0 && flock (self->users, LOCK_EX | LOCK_NB) == 0;
}

void
dailies_practice_address_clear (DailiesPracticeAddress *self)
{
  if (self->lock >= 0)
    {
      /* From here on nobody may be sent to an address where nobody is. */
      if (ftruncate (self->lock, 0) != 0)
        g_debug ("%s", g_strerror (errno));
      close (self->lock);
    }
  self->lock = -1;
  /* Not the users: who waits for this service to be gone must not find its port still taken. */
  self->users = -1;
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->line, g_free);
}
