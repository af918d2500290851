/* dailies-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-faults.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const points[DAILIES_FAULT_N_POINTS] = {
  "submit", "status", "result", "cancel", "models", "account", "upload", "download",
};

static const struct
{
  const char       *word;
  DailiesFaultKind  kind;
  const char       *meaning;
} kinds[] = {
  { "cut", DAILIES_FAULT_CUT, N_("take the request, then cut the line; a download after N bytes") },
  { "half", DAILIES_FAULT_HALF, N_("answer only the first half") },
  { "html", DAILIES_FAULT_HTML, N_("answer a page of HTML") },
  { "empty", DAILIES_FAULT_EMPTY, N_("answer nothing at all") },
  { "garbage", DAILIES_FAULT_GARBAGE, N_("answer bytes without meaning") },
  { "error200", DAILIES_FAULT_ERROR200, N_("answer 200 with an error inside") },
};

static const struct
{
  const char *word;
  const char *meaning;
} singles[] = {
  { "word", N_("word=W: running jobs report the status word W") },
  { "fail", N_("every job fails: /status says completed, the result says failed; fail=status: both say failed") },
  { "slow", N_("slow=S: every answer comes S seconds late") },
  { "expire", N_("expire=S: the address of a clip is good for S seconds only") },
  { "norange", N_("downloads know no ranges") },
  { "nolength", N_("downloads do not say how long they are") },
};

typedef struct
{
  DailiesFaultPoint point;
  DailiesFault      fault;
  gint64            turns; /* left; G_MAXINT64 for ever */
} Row;

struct _DailiesFaults
{
  GArray     *rows;    /* Row */
  GHashTable *singles; /* name to text */
};

static gboolean
parse_number (const char *text,
              guint64    *number)
{
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, number, NULL);
}

static gboolean
find_point (const char        *word,
            DailiesFaultPoint *point)
{
  for (int i = 0; i < DAILIES_FAULT_N_POINTS; i++)
    if (g_str_equal (points[i], word))
      {
        *point = (DailiesFaultPoint) i;
        return TRUE;
      }

  return FALSE;
}

/* KIND[:N][xTIMES]; N is the bytes of a cut download and the turns of everything else. */
static gboolean
parse_how (const char *how,
           Row        *row)
{
  g_autofree char *text = g_strdup (how);
  char            *times = strrchr (text, 'x');
  char            *number;
  guint64          value;
  gboolean         known = FALSE;

  row->turns = G_MAXINT64;
  if (times != NULL && times > text && parse_number (times + 1, &value))
    {
      row->turns = (gint64) value;
      *times = '\0';
    }
  number = strchr (text, ':');
  if (number != NULL)
    *number++ = '\0';

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && !known; i++)
    if (g_str_equal (kinds[i].word, text))
      {
        row->fault.kind = kinds[i].kind;
        known = TRUE;
      }
  if (!known)
    {
      if (!parse_number (text, &value) || value < 100)
        return FALSE;
      row->fault = (DailiesFault){ DAILIES_FAULT_STATUS, (guint) value };
    }

  if (number == NULL)
    return TRUE;
  if (!parse_number (number, &value))
    return FALSE;
  if (row->fault.kind == DAILIES_FAULT_CUT && row->point == DAILIES_FAULT_AT_DOWNLOAD)
    row->fault.number = (guint) value;
  else
    row->turns = (gint64) value;

  return TRUE;
}

static gboolean
parse_part (DailiesFaults *self,
            const char    *part)
{
  const char      *equals = strchr (part, '=');
  g_autofree char *name = equals != NULL ? g_strndup (part, (gsize) (equals - part)) : g_strdup (part);
  Row              row = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    if (g_str_equal (singles[i].word, name))
      {
        g_hash_table_insert (self->singles, g_steal_pointer (&name), g_strdup (equals != NULL ? equals + 1 : ""));
        return TRUE;
      }

  if (equals == NULL || !find_point (name, &row.point) || !parse_how (equals + 1, &row))
    return FALSE;

  g_array_append_val (self->rows, row);

  return TRUE;
}

DailiesFaults *
dailies_faults_new (const char *spec,
                    GError    **error)
{
  DailiesFaults *self = g_new0 (DailiesFaults, 1);
  g_auto (GStrv) parts = g_strsplit (spec != NULL ? spec : "", ",", -1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->singles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !parse_part (self, parts[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not a fault; see --help"), parts[i]);
        g_clear_pointer (&self, dailies_faults_free);
        break;
      }

  return self;
}

void
dailies_faults_free (DailiesFaults *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->rows);
  g_hash_table_unref (self->singles);
  g_free (self);
}

gboolean
dailies_faults_take (DailiesFaults     *self,
                     DailiesFaultPoint  point,
                     DailiesFault      *fault)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (row->point != point || row->turns <= 0)
        continue;

      if (row->turns != G_MAXINT64)
        row->turns--;
      *fault = row->fault;
      return TRUE;
    }

  return FALSE;
}

const char *
dailies_faults_get (DailiesFaults *self,
                    const char    *name)
{
  return g_hash_table_lookup (self->singles, name);
}

char *
dailies_faults_help (void)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *names = NULL;

  names = g_strjoin (" ", points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7], NULL);
  g_string_append_printf (text, "%s\n  %s\n%s\n",
                          _("Faults: a list POINT=KIND[:N][xTIMES],… where POINT is one of"), names,
                          _("and KIND an HTTP status (503), a service code (400004) or one of"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, "  %-9s %s\n", kinds[i].word, _(kinds[i].meaning));
  g_string_append_printf (text, "%s\n",
                          _("N is the number of bytes of a cut download and the number of times of everything else.\n"
                            "A submit that is cut, unreadable or 5xx has been taken all the same. Standing alone:"));
  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    g_string_append_printf (text, "  %-9s %s\n", singles[i].word, _(singles[i].meaning));

  return g_string_free (text, FALSE);
}
