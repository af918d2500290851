/* dailies-speller.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-speller.h"

/* One item that can be named. */
typedef struct
{
  char    *spelling;
  char    *stem; /* normalised: "image" */
  guint    number;
  GObject *target;
} Name;

struct _DailiesSpeller
{
  GPtrArray  *names;
  GHashTable *counters; /* format → the last number given out */
  GHashTable *stems;    /* normalised stems that are mentions here */
};

static void
name_free (Name *name)
{
  g_free (name->spelling);
  g_free (name->stem);
  g_clear_object (&name->target);
  g_free (name);
}

/* "@Image%u", "@image_%u" and the typed "Image" and "image_" are all "image". */
static char *
normalise_stem (const char *text,
                gsize       length)
{
  g_autoptr (GString) stem = g_string_new (NULL);

  for (gsize i = 0; i < length && text[i] != '%'; i++)
    if (g_ascii_isalpha (text[i]))
      g_string_append_c (stem, g_ascii_tolower (text[i]));

  return g_string_free (g_steal_pointer (&stem), FALSE);
}

static guint
take_number (DailiesSpeller *self,
             const char     *format)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counters, format)) + 1;

  g_hash_table_insert (self->counters, g_strdup (format), GUINT_TO_POINTER (number));

  return number;
}

static void
add_name (DailiesSpeller *self,
          const char     *format,
          guint           number,
          GObject        *target)
{
  g_auto (GStrv) halves = g_strsplit (format, "%u", 2);
  Name *name = g_new0 (Name, 1);

  name->spelling = g_strdup_printf ("%s%u", halves[0], number);
  name->stem = normalise_stem (format, strlen (format));
  name->number = number;
  name->target = g_object_ref (target);
  g_ptr_array_add (self->names, name);
}

static void
add_field (DailiesSpeller *self,
           DailiesField   *field,
           DailiesValues  *values)
{
  const char *format = dailies_field_get_mention (field);
  const char *field_name = dailies_field_get_name (field);
  GListModel *list;
  guint       n_items;

  if (format == NULL)
    return;

  list = G_LIST_MODEL (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS
                         ? dailies_values_get_elements (values, field_name)
                         : dailies_values_get_assets (values, field_name));
  n_items = g_list_model_get_n_items (list);
  g_hash_table_add (self->stems, normalise_stem (format, strlen (format)));

  /* The end frame is the second image even while the start frame is still missing. */
  if (!dailies_field_is_list (field) && n_items == 0)
    take_number (self, format);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      add_name (self, format, take_number (self, format), item);
    }
}

DailiesSpeller *
dailies_speller_new (DailiesDefinition *definition,
                     DailiesValues     *values)
{
  static const char *const usual[] = { "image", "element", "video" };
  DailiesSpeller *self = g_new0 (DailiesSpeller, 1);
  GListModel     *fields = dailies_definition_get_fields (definition);
  gboolean        has_any;

  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) name_free);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      add_field (self, field, values);
    }

  has_any = g_hash_table_size (self->stems) > 0;
  /* A model that knows mentions would stumble over those of its relatives. */
  for (guint i = 0; has_any && i < G_N_ELEMENTS (usual); i++)
    g_hash_table_add (self->stems, g_strdup (usual[i]));

  return self;
}

void
dailies_speller_free (DailiesSpeller *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->counters);
  g_hash_table_unref (self->stems);
  g_free (self);
}

guint
dailies_speller_get_n_names (DailiesSpeller *self)
{
  return self->names->len;
}

const char *
dailies_speller_get_name (DailiesSpeller  *self,
                          guint            index,
                          GObject        **target)
{
  Name *name = g_ptr_array_index (self->names, index);

  *target = name->target;
  return name->spelling;
}

const char *
dailies_speller_spell (DailiesSpeller *self,
                       gpointer        target,
                       const char     *preferred)
{
  const char *first = NULL;

  for (guint i = 0; i < self->names->len; i++)
    {
      Name *name = g_ptr_array_index (self->names, i);

      if (name->target != target)
        continue;
      if (preferred == NULL || g_str_equal (name->spelling, preferred))
        return name->spelling;
      if (first == NULL)
        first = name->spelling;
    }

  return first;
}

static GObject *
find_target (DailiesSpeller *self,
             const char     *stem,
             guint           number)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      Name *name = g_ptr_array_index (self->names, i);

      if (name->number == number && g_str_equal (name->stem, stem))
        return name->target;
    }

  return NULL;
}

gboolean
dailies_speller_stands_alone (const char *text,
                              gsize       start,
                              gsize       end)
{
  if (start > 0 && g_ascii_isalnum (text[start - 1]))
    return FALSE;

  return !g_ascii_isalnum (text[end]) && text[end] != '_';
}

gboolean
dailies_speller_scan (DailiesSpeller  *self,
                      const char      *text,
                      gsize            from,
                      gsize           *start,
                      gsize           *end,
                      GObject        **target)
{
  const char *at = text + from;

  for (at = strchr (at, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      g_autofree char *stem = NULL;
      const char      *digits = at + 1;
      const char      *behind;

      if (!g_ascii_isalpha (*digits))
        continue;
      while (g_ascii_isalpha (*digits) || *digits == '_' || *digits == '-')
        digits++;
      behind = digits;
      while (g_ascii_isdigit (*behind) && behind - digits < 5)
        behind++;

      /* A mention may follow on another one without a space: @from is where that one ends. */
      if (behind == digits ||
          !dailies_speller_stands_alone (text, (gsize) (at - text) == from ? 0 : at - text,
                                         behind - text))
        continue;

      stem = normalise_stem (at + 1, digits - at - 1);
      if (!g_hash_table_contains (self->stems, stem))
        continue;

      *start = at - text;
      *end = behind - text;
      *target = *digits != '0' ? find_target (self, stem, strtoul (digits, NULL, 10)) : NULL;
      return TRUE;
    }

  return FALSE;
}
