/* cli-output.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <stdio.h>

#include <glib/gi18n.h>

#include "cli.h"

/* Written as UTF-8 whatever the locale: JSON and paths are not to be rewritten, and a question mark for every quotation mark
 * helps nobody. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
      else
        g_string_append_unichar (out, 0xfffd);
    }

  return g_string_free (out, FALSE);
}

void
cli_say (const char *format,
         ...)
{
  g_autofree char *text = NULL;
  g_autofree char *cleaned = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  cleaned = clean (text);
  fprintf (stderr, "%s\n", cleaned);
}

void
cli_print (const char *format,
           ...)
{
  g_autofree char *text = NULL;
  g_autofree char *cleaned = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  cleaned = clean (text);
  fputs (cleaned, stdout);
}

void
cli_print_path (const char *path)
{
  g_return_if_fail (path != NULL);

  fputs (path, stdout);
  fputc ('\n', stdout);
}

void
cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  fputs (text, stdout);
  fputc ('\n', stdout);
}

char *
cli_dup_line (const char *text,
              glong       max)
{
  g_autofree char *valid = clean (text != NULL ? text : "");

  g_strdelimit (valid, "\n\t", ' ');
  g_strstrip (valid);
  if (g_utf8_strlen (valid, -1) > max)
    {
      g_autofree char *head = g_utf8_substring (valid, 0, max - 1);

      return g_strconcat (head, "…", NULL);
    }

  return g_steal_pointer (&valid);
}

gboolean
cli_flush (void)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  cli_say (_ ("Standard output cannot be written: %s"), g_strerror (errno));

  return FALSE;
}
