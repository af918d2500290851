/* mutate.h: makes something else of a definition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Another value for one string: it stays JSON, and means something else. */
static inline void
replace_string (GString *text)
{
  static const char *const values[] = {
    "\"type\"", "\"array\"", "\"object\"", "\"integer\"", "\"properties\"", "\"items\"", "\"enum\"", "\"default\"", "\"format\"",
    "\"image_uri\"", "\"image_uris\"", "\"minItems\"", "\"validations\"", "\"@Image%u%u\"", "\"%n%s\"", "\"\"", "\"rules\"",
    "\"budget\"", "\"mentions\"", "\"../x\"", "\"\\u0000\"",
  };
  const char *quote = strchr (text->str + g_test_rand_int_range (0, text->len), '"');
  gsize       at, length;

  if (quote == NULL)
    return;

  at = quote - text->str;
  length = strcspn (quote + 1, "\"") + 2;
  g_string_erase (text, at, MIN (length, text->len - at));
  g_string_insert (text, at, values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
}

/* Something else for one value behind a colon. */
static inline void
replace_value (GString *text)
{
  static const char *const values[] = {
    "null", "-1", "1e308", "99999999999", "true", "[]", "{}", "[null, 1]", "{\"type\": {}}", "\"x\"", "0.5",
  };
  const char *colon = strchr (text->str + g_test_rand_int_range (0, text->len), ':');
  gsize       at, length;

  if (colon == NULL || strchr ("{[\n", colon[2]) != NULL)
    return;

  at = colon + 2 - text->str;
  length = colon[2] == '"' ? strcspn (colon + 3, "\"") + 2 : strcspn (colon + 2, ",}\n ");
  g_string_erase (text, at, MIN (length, text->len - at));
  g_string_insert (text, at, values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
}

static inline void
break_bytes (GString *text)
{
  static const char *const words[] = { "{", "}", "[", "]", ",", ":", "\"", "\xc3", "\\", "-", "e", "/*" };
  gsize at = g_test_rand_int_range (0, text->len);
  gsize length = g_test_rand_int_range (0, 12);

  g_string_erase (text, at, MIN (length, text->len - at));
  g_string_insert (text, at, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
}

/* Changes a few places in one of three ways, in turn by @round. */
static inline void
mutate (GString *text,
        guint    round)
{
  for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
    {
      if (round % 4 == 0)
        break_bytes (text);
      else if (round % 2 == 0)
        replace_string (text);
      else
        replace_value (text);
    }
}
