/* dailies-guess.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-guess.h"

/* The words of a name by which its media is known; the first that fits wins. */
static const struct
{
  const char      *word;
  DailiesFieldRole one;
  DailiesFieldRole many;
} media_words[] = {
  { "video", DAILIES_FIELD_ROLE_VIDEO, DAILIES_FIELD_ROLE_VIDEOS },
  { "footage", DAILIES_FIELD_ROLE_VIDEO, DAILIES_FIELD_ROLE_VIDEOS },
  { "audio", DAILIES_FIELD_ROLE_AUDIO, DAILIES_FIELD_ROLE_AUDIOS },
  { "sound", DAILIES_FIELD_ROLE_AUDIO, DAILIES_FIELD_ROLE_AUDIOS },
  { "music", DAILIES_FIELD_ROLE_AUDIO, DAILIES_FIELD_ROLE_AUDIOS },
  { "image", DAILIES_FIELD_ROLE_IMAGE, DAILIES_FIELD_ROLE_IMAGES },
  { "frame", DAILIES_FIELD_ROLE_IMAGE, DAILIES_FIELD_ROLE_IMAGES },
  { "photo", DAILIES_FIELD_ROLE_IMAGE, DAILIES_FIELD_ROLE_IMAGES },
  { "picture", DAILIES_FIELD_ROLE_IMAGE, DAILIES_FIELD_ROLE_IMAGES },
  { "mask", DAILIES_FIELD_ROLE_IMAGE, DAILIES_FIELD_ROLE_IMAGES },
};

static const char *const address_endings[] = { "_urls", "_url", "_uris", "_uri", "_URLs", "_URL" };

/* What such a name says of a sound is whether, not which. */
static const char *const verbs[] = { "keep_", "with_", "generate_", "enable_", "has_", "use_",
                                     "add_", "mute_", "no_" };

static gboolean
begins_with_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_has_prefix (name, verbs[i]))
      return TRUE;

  return FALSE;
}

static gsize
measure_address_ending (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_endings); i++)
    if (g_str_has_suffix (name, address_endings[i]) && strlen (name) > strlen (address_endings[i]))
      return strlen (address_endings[i]);

  return 0;
}

DailiesWireType
dailies_guess_wire_type (const char      *type,
                         DailiesWireType  fallback)
{
  static const struct
  {
    const char      *word;
    DailiesWireType  wire;
  } words[] = {
    { "string", DAILIES_WIRE_STRING },   { "str", DAILIES_WIRE_STRING },
    { "text", DAILIES_WIRE_STRING },     { "integer", DAILIES_WIRE_INTEGER },
    { "int", DAILIES_WIRE_INTEGER },     { "long", DAILIES_WIRE_INTEGER },
    { "number", DAILIES_WIRE_NUMBER },   { "float", DAILIES_WIRE_NUMBER },
    { "double", DAILIES_WIRE_NUMBER },   { "boolean", DAILIES_WIRE_BOOLEAN },
    { "bool", DAILIES_WIRE_BOOLEAN },    { "array", DAILIES_WIRE_ARRAY },
    { "list", DAILIES_WIRE_ARRAY },      { "object", DAILIES_WIRE_OBJECT },
    { "dict", DAILIES_WIRE_OBJECT },     { "map", DAILIES_WIRE_OBJECT },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (type, words[i].word) == 0)
      return words[i].wire;

  return fallback;
}

gboolean
dailies_guess_media_role (const char       *name,
                          const char       *format,
                          gboolean          list,
                          DailiesFieldRole *role)
{
  gboolean by_name;

  if (format != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (media_words); i++)
      {
        g_autofree char *one = g_strconcat (media_words[i].word, "_uri", NULL);
        g_autofree char *many = g_strconcat (media_words[i].word, "_uris", NULL);

        if (g_ascii_strcasecmp (format, one) == 0 || g_ascii_strcasecmp (format, many) == 0)
          {
            list = list || g_ascii_strcasecmp (format, many) == 0;
            *role = list ? media_words[i].many : media_words[i].one;
            return TRUE;
          }
      }

  if (g_strcmp0 (format, "text") == 0 || begins_with_verb (name))
    return FALSE;

  /* "image_quality" is no image: the name has to end like an address, or in the word itself. */
  by_name = measure_address_ending (name) > 0;
  for (guint i = 0; i < G_N_ELEMENTS (media_words); i++)
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);
      g_autofree char *plural = g_strconcat (media_words[i].word, "s", NULL);

      if (by_name ? strstr (lower, media_words[i].word) != NULL
                  : g_str_has_suffix (lower, media_words[i].word) || g_str_has_suffix (lower,
                                                                                       plural))
        {
          *role = list ? media_words[i].many : media_words[i].one;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
dailies_guess_is_url (const char *name,
                      const char *format)
{
  return g_strcmp0 (format, "uri") == 0 || g_strcmp0 (format,
                                                      "url") == 0 || measure_address_ending (name) > 0;
}

char *
dailies_guess_title (const char *name)
{
  g_autoptr (GString) title = g_string_new (NULL);
  gsize    ending = measure_address_ending (name);
  gsize    length = strlen (name) - ending;
  gboolean plural = ending > 0 && g_ascii_tolower (name[strlen (name) - 1]) == 's';

  for (gsize i = 0; i < length; i++)
    {
      char c = name[i];

      if (c == '_' || c == '-' || c == '.')
        c = ' ';
      else if (i > 0 && g_ascii_isupper (c) && g_ascii_islower (name[i - 1]))
        g_string_append_c (title, ' ');

      if (c == ' ' && title->len == 0)
        continue;
      g_string_append_c (title, title->len == 0 ? g_ascii_toupper (c) : g_ascii_tolower (c));
    }

  g_strstrip (title->str);
  title->len = strlen (title->str);
  if (plural && title->len > 0 && title->str[title->len - 1] != 's')
    g_string_append_c (title, 's');

  return g_string_free (g_steal_pointer (&title), FALSE);
}

gboolean
dailies_guess_is_mention (const char *format)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    {
      GRegex *compiled = g_regex_new ("^@[A-Za-z][A-Za-z_-]{0,30}%u$", 0, 0, NULL);

      g_once_init_leave (&regex, compiled);
    }

  return format != NULL && g_utf8_validate (format, -1, NULL) && g_regex_match (regex, format, 0,
                                                                                NULL);
}

/* Finds how the page spells the first item of a kind, "@image_1", in what it says about its fields.
 * */
static char *
learn_spelling (GPtrArray  *infos,
                const char *kind)
{
  g_autofree char *pattern = g_strdup_printf ("@(%s[_-]?)[0-9]", kind);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);

  for (guint i = 0; i < infos->len; i++)
    {
      DailiesFieldInfo *info = g_ptr_array_index (infos, i);
      g_autoptr (GMatchInfo) match = NULL;

      if (g_regex_match (regex, info->description, 0, &match))
        {
          g_autofree char *word = g_match_info_fetch (match, 1);

          return g_strdup_printf ("@%s%%u", word);
        }
    }

  return NULL;
}

void
dailies_guess_mentions (GPtrArray *infos)
{
  g_autofree char *element = learn_spelling (infos, "element");
  g_autofree char *image = learn_spelling (infos, "image");
  g_autofree char *video = learn_spelling (infos, "video");
  gboolean         has_list = FALSE;

  for (guint i = 0; i < infos->len; i++)
    {
      DailiesFieldInfo *info = g_ptr_array_index (infos, i);

      has_list |= info->role == DAILIES_FIELD_ROLE_IMAGES;
    }

  for (guint i = 0; i < infos->len; i++)
    {
      DailiesFieldInfo *info = g_ptr_array_index (infos, i);

      if (info->role == DAILIES_FIELD_ROLE_ELEMENTS)
        info->mention = g_strdup (element != NULL ? element : "@Element%u");
      else if (info->role == DAILIES_FIELD_ROLE_IMAGES)
        info->mention = g_strdup (image != NULL ? image : "@Image%u");
      else if (info->role == DAILIES_FIELD_ROLE_IMAGE && !has_list)
        info->mention = g_strdup (image);
      else if (info->role == DAILIES_FIELD_ROLE_VIDEO || info->role == DAILIES_FIELD_ROLE_VIDEOS)
        info->mention = g_strdup (video);
    }
}
