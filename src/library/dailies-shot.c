/* dailies-shot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shot-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-cut-private.h"

/* Longer prompts are cut at a word, for a title that fits a row of the shots list. */
#define TITLE_CHARACTERS 60

struct _DailiesShot
{
  GObject     parent_instance;

  gint64      id;
  char       *title;  /* the artist's own, "" where there is none */
  char       *prompt;
  char       *shown;  /* what "title" says */
  char       *draft;
  char       *notes;
  GFile      *poster;
  gint64      updated;
  guint       n_cuts;
  guint       n_picks;
  guint       n_running;
  guint       n_writes;
  gboolean    loaded;
  GListStore *cuts;
  GPtrArray  *withheld; /* (element-type DailiesCut): not in @cuts and not counted, and can still be brought back */
};

G_DEFINE_FINAL_TYPE (DailiesShot, dailies_shot, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_N_CUTS,
  PROP_N_PICKS,
  PROP_N_RUNNING,
  PROP_POSTER,
  PROP_UPDATED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
make_title (const char *title,
            const char *prompt)
{
  const char       *text = title != NULL && *title != '\0' ? title : prompt;
  g_autofree char  *plain = NULL;
  g_autofree char  *start = NULL;
  char             *space;

  if (text == NULL)
    text = "";
  plain = g_strstrip (g_strdelimit (g_utf8_make_valid (text, -1), "\r\n\t", ' '));
  if (*plain == '\0')
    return g_strdup (_("Untitled shot"));
  if (g_utf8_strlen (plain, -1) <= TITLE_CHARACTERS)
    return g_steal_pointer (&plain);

  start = g_utf8_substring (plain, 0, TITLE_CHARACTERS);
  space = strrchr (start, ' ');
  if (space != NULL && space - start > TITLE_CHARACTERS / 2)
    *space = '\0';
  /* “…, …” reads as a slip of the pen. */
  for (gsize end = strlen (start); end > 0 && strchr (" ,;:.-", start[end - 1]) != NULL; end--)
    start[end - 1] = '\0';

  return g_strconcat (start, "…", NULL);
}

static void
show_title (DailiesShot *self)
{
  g_autofree char *shown = make_title (self->title, self->prompt);

  if (g_strcmp0 (shown, self->shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
set_count (DailiesShot *self,
           guint       *field,
           guint        value,
           guint        prop_id)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_updated (DailiesShot *self,
             gint64       updated)
{
  if (self->updated == updated)
    return;

  self->updated = updated;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED]);
}

static void
set_notes (DailiesShot *self,
           const char  *notes)
{
  if (g_strcmp0 (notes, self->notes) == 0)
    return;

  g_free (self->notes);
  self->notes = g_strdup (notes);
}

static void
set_poster (DailiesShot *self,
            GFile       *directory,
            const char  *path)
{
  g_autoptr(GFile) poster = path != NULL ? g_file_resolve_relative_path (directory, path) : NULL;

  if (poster == self->poster || (poster != NULL && self->poster != NULL && g_file_equal (poster, self->poster)))
    return;

  g_set_object (&self->poster, poster);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSTER]);
}

static gint64
cut_row_id (gconstpointer row)
{
  return ((const DailiesCutRow *) row)->id;
}

static gint64
cut_id (gpointer item)
{
  return dailies_cut_get_id (item);
}

static DailiesCut *
find_withheld (DailiesShot *self,
               gint64       id)
{
  for (guint i = 0; i < self->withheld->len; i++)
    if (cut_id (g_ptr_array_index (self->withheld, i)) == id)
      return g_ptr_array_index (self->withheld, i);
  return NULL;
}

static gboolean
has_row (GPtrArray *rows,
         gint64     id)
{
  for (guint i = 0; i < rows->len; i++)
    if (cut_row_id (g_ptr_array_index (rows, i)) == id)
      return TRUE;
  return FALSE;
}

static gpointer
make_cut (gpointer row,
          gpointer directory)
{
  return dailies_cut_new (directory, row);
}

static void
update_cut (gpointer item,
            gpointer row,
            gpointer directory)
{
  dailies_cut_update (item, directory, row);
}

static void
dailies_shot_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DailiesShot *self = DAILIES_SHOT (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->shown);
      break;
    case PROP_N_CUTS:
      g_value_set_uint (value, dailies_shot_get_n_cuts (self));
      break;
    case PROP_N_PICKS:
      g_value_set_uint (value, self->n_picks);
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;
    case PROP_POSTER:
      g_value_set_object (value, self->poster);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->updated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_shot_finalize (GObject *object)
{
  DailiesShot *self = DAILIES_SHOT (object);

  g_free (self->title);
  g_free (self->prompt);
  g_free (self->shown);
  g_free (self->draft);
  g_free (self->notes);
  g_clear_object (&self->poster);
  g_clear_object (&self->cuts);
  g_ptr_array_unref (self->withheld);

  G_OBJECT_CLASS (dailies_shot_parent_class)->finalize (object);
}

static void
dailies_shot_class_init (DailiesShotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_shot_get_property;
  object_class->finalize = dailies_shot_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_N_CUTS] = g_param_spec_uint ("n-cuts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_PICKS] = g_param_spec_uint ("n-picks", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_POSTER] = g_param_spec_object ("poster", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_shot_init (DailiesShot *self)
{
  self->cuts = g_list_store_new (DAILIES_TYPE_CUT);
  self->withheld = g_ptr_array_new_with_free_func (g_object_unref);
}

DailiesShot *
dailies_shot_new (GFile                *directory,
                  const DailiesShotRow *row)
{
  DailiesShot *self = g_object_new (DAILIES_TYPE_SHOT, NULL);

  self->id = row->id;
  self->draft = g_strdup (row->draft);
  self->notes = g_strdup (row->notes);
  self->title = g_strdup (row->title);
  self->prompt = g_strdup (row->prompt);
  self->shown = make_title (self->title, self->prompt);
  self->poster = row->poster != NULL ? g_file_resolve_relative_path (directory, row->poster) : NULL;
  self->updated = row->updated;
  self->n_cuts = row->n_cuts;
  self->n_picks = row->n_picks;

  return self;
}

void
dailies_shot_update (DailiesShot          *self,
                     GFile                *directory,
                     const DailiesShotRow *row)
{
  if (self->n_writes == 0)
    {
      if (row->fresh)
        dailies_shot_set_draft (self, row->draft, row->prompt, row->updated);
      dailies_shot_set_title (self, row->title, row->updated);
    }
  set_notes (self, row->notes);
  set_poster (self, directory, row->poster);
  set_count (self, &self->n_cuts, row->n_cuts, PROP_N_CUTS);
  set_count (self, &self->n_picks, row->n_picks, PROP_N_PICKS);
}

void
dailies_shot_set_draft (DailiesShot *self,
                        const char  *draft,
                        const char  *prompt,
                        gint64       updated)
{
  char *old_draft = self->draft;
  char *old_prompt = self->prompt;

  self->draft = g_strdup (draft);
  self->prompt = g_strdup (prompt);
  g_free (old_draft);
  g_free (old_prompt);
  show_title (self);
  set_updated (self, updated);
}

void
dailies_shot_set_title (DailiesShot *self,
                        const char  *title,
                        gint64       updated)
{
  char *old_title = self->title;

  self->title = g_strdup (title);
  g_free (old_title);
  show_title (self);
  set_updated (self, updated);
}

void
dailies_shot_begin_write (DailiesShot *self)
{
  self->n_writes++;
}

void
dailies_shot_end_write (DailiesShot *self)
{
  self->n_writes--;
}

gboolean
dailies_shot_get_loaded (DailiesShot *self)
{
  return self->loaded;
}

void
dailies_shot_set_loaded (DailiesShot *self)
{
  self->loaded = TRUE;
}

void
dailies_shot_merge_cuts (DailiesShot *self,
                         GFile       *directory,
                         GPtrArray   *rows)
{
  static const DailiesRowsClass cuts = { 1, cut_row_id, cut_id, make_cut, update_cut };

  g_autoptr(GPtrArray) shown = g_ptr_array_new ();
  guint                n_withheld = self->withheld->len;

  for (guint i = 0; i < rows->len; i++)
    if (find_withheld (self, cut_row_id (g_ptr_array_index (rows, i))) == NULL)
      g_ptr_array_add (shown, g_ptr_array_index (rows, i));
  /* What is removed for good is not to be withheld any more. */
  for (guint i = self->withheld->len; i > 0; i--)
    if (!has_row (rows, cut_id (g_ptr_array_index (self->withheld, i - 1))))
      g_ptr_array_remove_index (self->withheld, i - 1);
  dailies_rows_merge (self->cuts, shown, &cuts, directory);
  if (self->withheld->len != n_withheld)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CUTS]);
}

void
dailies_shot_withhold_cut (DailiesShot *self,
                           DailiesCut  *cut)
{
  guint position;

  g_return_if_fail (DAILIES_IS_SHOT (self));

  if (!g_list_store_find (self->cuts, cut, &position))
    return;
  g_ptr_array_add (self->withheld, g_object_ref (cut));
  g_list_store_remove (self->cuts, position);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CUTS]);
}

static int
compare_cuts (gconstpointer one,
              gconstpointer other,
              gpointer      user_data)
{
  gint64 a = dailies_cut_get_id ((DailiesCut *) one);
  gint64 b = dailies_cut_get_id ((DailiesCut *) other);

  return a < b ? -1 : a > b;
}

void
dailies_shot_give_back_cut (DailiesShot *self,
                            DailiesCut  *cut)
{
  g_autoptr(DailiesCut) kept = NULL;

  g_return_if_fail (DAILIES_IS_SHOT (self));
  g_return_if_fail (DAILIES_IS_CUT (cut));

  kept = g_object_ref (cut);
  if (!g_ptr_array_remove (self->withheld, cut))
    return;
  g_list_store_insert_sorted (self->cuts, cut, compare_cuts, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CUTS]);
}

/* Returns: the shot's number in the database, never used again */
gint64
dailies_shot_get_id (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), 0);

  return self->id;
}

const char *
dailies_shot_get_title (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return self->shown;
}

guint
dailies_shot_get_n_cuts (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), 0);

  return self->n_cuts > self->withheld->len ? self->n_cuts - self->withheld->len : 0;
}

guint
dailies_shot_get_n_picks (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), 0);

  return self->n_picks;
}

guint
dailies_shot_get_n_running (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), 0);

  return self->n_running;
}

/* For the queue, which alone knows. */
void
dailies_shot_set_n_running (DailiesShot *self,
                            guint        n_running)
{
  g_return_if_fail (DAILIES_IS_SHOT (self));

  set_count (self, &self->n_running, n_running, PROP_N_RUNNING);
}

GFile *
dailies_shot_get_poster (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return self->poster;
}

gint64
dailies_shot_get_updated (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), 0);

  return self->updated;
}

GListModel *
dailies_shot_get_cuts (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return G_LIST_MODEL (self->cuts);
}

const char *
dailies_shot_get_draft (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return self->draft;
}

const char *
dailies_shot_get_prompt (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return self->prompt != NULL ? self->prompt : "";
}

const char *
dailies_shot_get_notes (DailiesShot *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT (self), NULL);

  return self->notes != NULL ? self->notes : "";
}
