/* dailies-request-diff-values.c: settings, the model and the price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-diff-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-guess.h"
#include "dailies-values.h"

/* Less than half a cent is not a difference that can be written. */
#define SAME_USD 0.005

/* Tells of one value that differs. @title: what it is called; @plain: the value speaks for itself */
static void
add_value (DailiesRequestDiff *self,
           guint               side,
           DailiesDiffTopic    topic,
           const char         *title,
           gboolean            plain,
           const char         *here,
           const char         *there)
{
  DailiesDiffPart *part = &self->parts[side];
  const char      *shown = plain ? NULL : title;
  DailiesDiffRun  *run;

  dailies_request_diff_add (part->runs, topic, DAILIES_DIFF_ADDED, shown, here);

  dailies_request_diff_add (part->joint, topic, DAILIES_DIFF_KEPT, shown, there);
  dailies_request_diff_add_arrow (part->joint, topic);
  run = dailies_request_diff_add (part->joint, topic, DAILIES_DIFF_ADDED, NULL, here);
  run->begins = FALSE;
  run->space = TRUE;

  /* Translators: title of a setting, its value here, its value in the cut it is compared with */
  dailies_request_diff_take_lines (self, side,
                                   g_strdup_printf (_ ("%s: %s instead of %s"), title, here, there),
                                   g_strdup_printf (_ ("%s: %s instead of %s"), title, there, here));
}

/* --- settings --------------------------------------------------------------------------------- */

static gboolean
is_setting (DailiesDefinition *definition,
            DailiesField      *field)
{
  DailiesFieldRole role = dailies_field_get_role (field);

  /* Where to report to is no matter of the picture. */
  if (dailies_field_is_url (field) ||
      dailies_definition_is_beside (definition, dailies_field_get_name (field)))
    return FALSE;

  return role == DAILIES_FIELD_ROLE_CHOICE || role == DAILIES_FIELD_ROLE_NUMBER ||
         role == DAILIES_FIELD_ROLE_SWITCH || role == DAILIES_FIELD_ROLE_TEXT;
}

/* What is sent for a field that was not touched is its default. Returns: (nullable) */
static const char *
get_value (DailiesDiffPart *part,
           DailiesField    *field,
           const char      *name)
{
  const char *text = g_hash_table_lookup (part->draft->texts, name);

  if (text == NULL && field != NULL)
    text = dailies_field_get_default (field);
  if (text == NULL && field != NULL && dailies_field_get_role (field) == DAILIES_FIELD_ROLE_SWITCH)
    text = "false";

  return text != NULL && *text != '\0' ? text : NULL;
}

static char *
dup_label (DailiesField *field,
           const char   *value)
{
  if (value == NULL)
    /* Translators: of a setting */
    return g_strdup (_ ("not set"));
  if (field == NULL)
    return g_strdup (value);
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_SWITCH)
    return g_strdup (g_str_equal (value, "true") ? _ ("on") : _ ("off"));
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_TEXT)
    return g_strdup (value);

  return dailies_field_dup_value_label (field, value);
}

/* "Pro" or "10 s" needs no title, "7" does. */
static gboolean
speaks_for_itself (DailiesField *field,
                   const char   *here,
                   const char   *there)
{
  if (field == NULL || here == NULL || there == NULL)
    return FALSE;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_CHOICE)
    return TRUE;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_NUMBER)
    {
      g_autofree char *label = dailies_field_dup_value_label (field, here);

      return !g_str_equal (label, here);
    }

  return FALSE;
}

static gboolean
lacks (DailiesDiffPart *part,
       const char      *name)
{
  return part->definition != NULL && dailies_definition_get_field (part->definition, name) == NULL;
}

static void
compare_setting (DailiesRequestDiff *self,
                 DailiesField       *field,
                 const char         *name)
{
  DailiesDiffPart *first = &self->parts[self->first];
  const char      *there = get_value (first, field, name);
  g_autofree char *there_label = dup_label (field, there);
  g_autofree char *title = field != NULL ? g_strdup (dailies_field_get_title (field))
                                         : dailies_guess_title (name);
  gboolean         differs = FALSE, plain = TRUE;

  for (guint side = 0; side < self->n_sides; side++)
    {
      DailiesDiffPart *part = &self->parts[side];
      DailiesField    *own = NULL;
      g_autofree char *label = NULL;
      const char      *here;

      /* What the other model does not have is told by its name. */
      if (!dailies_request_diff_is_other (self, side) || part->draft->model == NULL || lacks (part, name))
        continue;

      if (part->definition != NULL)
        own = dailies_definition_get_field (part->definition, name);
      here = get_value (part, own, name);
      if (g_strcmp0 (here, there) == 0)
        continue;

      label = dup_label (own, here);
      plain = speaks_for_itself (field, here, there);
      differs = TRUE;
      add_value (self, side, DAILIES_DIFF_SETTING, title, plain, label, there_label);
    }

  if (differs)
    dailies_request_diff_add (first->runs, DAILIES_DIFF_SETTING, DAILIES_DIFF_KEPT,
                              plain ? NULL : title, there_label);
}

/* Without a definition nobody knows the defaults: only what was set can be told. */
static void
compare_unknown_settings (DailiesRequestDiff *self)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = NULL;

  for (guint side = 0; side < self->n_sides; side++)
    {
      GHashTableIter iter;
      gpointer       name;

      g_hash_table_iter_init (&iter, self->parts[side].draft->texts);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_hash_table_add (texts, name);
    }

  names = dailies_values_list_names (texts);
  for (guint i = 0; i < names->len; i++)
    compare_setting (self, NULL, g_ptr_array_index (names, i));
}

static void
compare_settings (DailiesRequestDiff *self)
{
  DailiesDiffPart *first = &self->parts[self->first];
  GListModel      *fields;

  if (first->draft->model == NULL)
    return;
  if (first->definition == NULL)
    {
      compare_unknown_settings (self);
      return;
    }

  fields = dailies_definition_get_fields (first->definition);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (is_setting (first->definition, field))
        compare_setting (self, field, dailies_field_get_name (field));
    }
}

/* --- model and price -------------------------------------------------------------------------- */

static char *
dup_model (DailiesDiffPart *part)
{
  const char *tail;

  if (part->definition != NULL)
    return g_strdup (dailies_definition_get_title (part->definition));

  tail = strchr (part->draft->model, ':');
  return g_strdup (tail != NULL ? tail + 1 : part->draft->model);
}

static void
compare_models (DailiesRequestDiff *self)
{
  DailiesDiffPart *first = &self->parts[self->first];
  g_autofree char *there = NULL;
  gboolean         differs = FALSE;

  if (first->draft->model == NULL)
    return;

  there = dup_model (first);
  for (guint side = 0; side < self->n_sides; side++)
    {
      DailiesDiffPart *part = &self->parts[side];
      g_autofree char *here = NULL;

      if (!dailies_request_diff_is_other (self, side) || part->draft->model == NULL ||
          g_str_equal (part->draft->model, first->draft->model))
        continue;

      here = dup_model (part);
      differs = TRUE;
      add_value (self, side, DAILIES_DIFF_MODEL, _ ("Model"), TRUE, here, there);
    }

  if (differs)
    dailies_request_diff_add (first->runs, DAILIES_DIFF_MODEL, DAILIES_DIFF_KEPT, NULL, there);
}

static void
compare_costs (DailiesRequestDiff *self)
{
  DailiesDiffPart *first = &self->parts[self->first];
  g_autofree char *there = NULL;
  gboolean         differs = FALSE;

  if (isnan (first->cost_usd))
    return;

  there = g_strdup_printf (_ ("$%.2f"), first->cost_usd);
  for (guint side = 0; side < self->n_sides; side++)
    {
      DailiesDiffPart *part = &self->parts[side];
      g_autofree char *here = NULL;

      if (!dailies_request_diff_is_other (self, side) || isnan (part->cost_usd) ||
          fabs (part->cost_usd - first->cost_usd) < SAME_USD)
        continue;

      here = g_strdup_printf (_ ("$%.2f"), part->cost_usd);
      differs = TRUE;
      add_value (self, side, DAILIES_DIFF_COST, _ ("Price"), TRUE, here, there);
    }

  if (differs)
    dailies_request_diff_add (first->runs, DAILIES_DIFF_COST, DAILIES_DIFF_KEPT, NULL, there);
}

void
dailies_request_diff_compare_values (DailiesRequestDiff *self)
{
  compare_settings (self);
  compare_models (self);
  compare_costs (self);
}
