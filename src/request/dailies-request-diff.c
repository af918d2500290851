/* dailies-request-diff.c: the object; its topics are in dailies-request-diff-*.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-diff-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-catalogue.h"
#include "dailies-definition.h"

G_DEFINE_FINAL_TYPE (DailiesRequestDiff, dailies_request_diff, G_TYPE_OBJECT)

static void
run_free (gpointer data)
{
  DailiesDiffRun *run = data;

  g_free (run->title);
  g_free (run->text);
  g_clear_pointer (&run->assets, g_ptr_array_unref);
  g_free (run);
}

static void
dailies_request_diff_finalize (GObject *object)
{
  DailiesRequestDiff *self = DAILIES_REQUEST_DIFF (object);

  for (guint i = 0; i < self->n_sides; i++)
    {
      DailiesDiffPart *part = &self->parts[i];

      g_clear_pointer (&part->draft, dailies_draft_free);
      g_clear_object (&part->definition);
      g_clear_pointer (&part->runs, g_ptr_array_unref);
      g_clear_pointer (&part->joint, g_ptr_array_unref);
      g_clear_pointer (&part->lines, g_ptr_array_unref);
    }

  G_OBJECT_CLASS (dailies_request_diff_parent_class)->finalize (object);
}

static void
dailies_request_diff_class_init (DailiesRequestDiffClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_request_diff_finalize;
}

static void
dailies_request_diff_init (DailiesRequestDiff *self)
{
  self->first = -1;
}

/* --- for the topics --------------------------------------------------------------------------- */

gboolean
dailies_request_diff_is_other (DailiesRequestDiff *self,
                               guint               side)
{
  return self->first >= 0 && side != (guint) self->first &&
         !dailies_draft_is_blank (self->parts[side].draft);
}

DailiesDiffRun *
dailies_request_diff_add (GPtrArray        *runs,
                          DailiesDiffTopic  topic,
                          DailiesDiffMark   mark,
                          const char       *title,
                          const char       *text)
{
  DailiesDiffRun *run = g_new0 (DailiesDiffRun, 1);

  run->topic = topic;
  run->mark = mark;
  run->begins = TRUE;
  run->title = g_strdup (title);
  run->text = g_strdup (text);
  g_ptr_array_add (runs, run);

  return run;
}

void
dailies_request_diff_add_arrow (GPtrArray        *runs,
                                DailiesDiffTopic  topic)
{
  DailiesDiffRun *run = dailies_request_diff_add (runs, topic, DAILIES_DIFF_ARROW, NULL, "→");

  run->begins = FALSE;
  run->space = TRUE;
}

static guint
count_others (DailiesRequestDiff *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_sides; i++)
    if (dailies_request_diff_is_other (self, i))
      n++;

  return n;
}

void
dailies_request_diff_take_lines (DailiesRequestDiff *self,
                                 guint               side,
                                 char               *forth,
                                 char               *back)
{
  g_ptr_array_add (self->parts[side].lines, forth);
  if (count_others (self) == 1)
    g_ptr_array_add (self->parts[self->first].lines, back);
  else
    g_free (back);
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesRequestDiff *
dailies_request_diff_new (DailiesCatalogue      *catalogue,
                          const DailiesDiffSide *sides,
                          guint                  n_sides)
{
  DailiesRequestDiff *self;
  g_autoptr (GHashTable) assets = NULL;

  g_return_val_if_fail (catalogue == NULL || DAILIES_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (n_sides <= DAILIES_REQUEST_DIFF_MAX_SIDES, NULL);

  self = g_object_new (DAILIES_TYPE_REQUEST_DIFF, NULL);
  assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->n_sides = n_sides;
  for (guint i = 0; i < n_sides; i++)
    {
      DailiesDiffPart   *part = &self->parts[i];
      DailiesDefinition *definition = NULL;

      part->draft = dailies_draft_new (sides[i].request_json, sides[i].prompt, assets);
      part->cost_usd = sides[i].cost_usd;
      part->runs = g_ptr_array_new_with_free_func (run_free);
      part->joint = g_ptr_array_new_with_free_func (run_free);
      part->lines = g_ptr_array_new_with_free_func (g_free);
      if (catalogue != NULL && part->draft->model != NULL)
        definition = dailies_catalogue_lookup (catalogue, part->draft->model, NULL);
      g_set_object (&part->definition, definition);
      if (self->first < 0 && !dailies_draft_is_blank (part->draft))
        self->first = i;
    }

  if (count_others (self) == 0)
    {
      self->first = -1;
      return self;
    }

  dailies_request_diff_compare_prompts (self);
  dailies_request_diff_compare_items (self);
  dailies_request_diff_compare_values (self);

  return self;
}

guint
dailies_request_diff_get_n_sides (DailiesRequestDiff *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), 0);

  return self->n_sides;
}

int
dailies_request_diff_get_first (DailiesRequestDiff *self)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), -1);

  return self->first;
}

gboolean
dailies_request_diff_knows (DailiesRequestDiff *self,
                            guint               side)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), FALSE);
  g_return_val_if_fail (side < self->n_sides, FALSE);

  return self->first >= 0 && !dailies_draft_is_blank (self->parts[side].draft);
}

GPtrArray *
dailies_request_diff_get_runs (DailiesRequestDiff *self,
                               guint               side)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), NULL);
  g_return_val_if_fail (side < self->n_sides, NULL);

  return self->parts[side].runs;
}

GPtrArray *
dailies_request_diff_get_joint_runs (DailiesRequestDiff *self,
                                     guint               side)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), NULL);
  g_return_val_if_fail (side < self->n_sides, NULL);

  return self->parts[side].joint;
}

char *
dailies_request_diff_dup_text (DailiesRequestDiff *self,
                               guint               side)
{
  GPtrArray *lines;
  GString   *text;

  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), NULL);
  g_return_val_if_fail (side < self->n_sides, NULL);

  lines = self->parts[side].lines;
  if (!dailies_request_diff_knows (self, side))
    return g_strdup ("");
  if (side == (guint) self->first && count_others (self) > 1)
    return g_strdup (_ ("The others are compared with this one."));
  if (lines->len == 0)
    return g_strdup (_ ("Same prompt, references and settings."));

  text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) g_ptr_array_index (lines, i));

  return g_string_free (text, FALSE);
}

const char *
dailies_request_diff_get_prompt (DailiesRequestDiff *self,
                                 guint               side)
{
  g_return_val_if_fail (DAILIES_IS_REQUEST_DIFF (self), NULL);
  g_return_val_if_fail (side < self->n_sides, NULL);

  return self->parts[side].draft->prompt;
}
