/* dailies-validator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dailies-address.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-json.h"
#include "dailies-media-check.h"
#include "dailies-problem-private.h"
#include "dailies-request-private.h"
#include "dailies-schema-json.h"
#include "dailies-validator.h"
#include "dailies-value-check.h"
#include "dailies-value-json.h"

typedef struct
{
  DailiesRequest *request;
  DailiesSpeller *speller;
  GPtrArray      *problems;
} Run;

static DailiesProblem * G_GNUC_PRINTF (4, 5)
add (Run             *run,
     DailiesSeverity  severity,
     const char      *field,
     const char      *format,
     ...)
{
  g_autofree char *message = NULL;
  DailiesProblem  *problem;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  problem = dailies_problem_new (severity, field, message);
  g_ptr_array_add (run->problems, problem);

  return problem;
}

static void
add_remove_fix (DailiesProblem *problem,
                DailiesAsset   *asset)
{
  dailies_problem_set_asset (problem, asset);
  dailies_problem_set_fix (problem, DAILIES_FIX_REMOVE_ASSET, _("Remove"));
}

/* --- one file ------------------------------------------------------------------------------- */

static DailiesMediaKind
get_wanted_kind (DailiesField *field)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_VIDEO:
    case DAILIES_FIELD_ROLE_VIDEOS:
      return DAILIES_MEDIA_VIDEO;
    case DAILIES_FIELD_ROLE_AUDIO:
    case DAILIES_FIELD_ROLE_AUDIOS:
      return DAILIES_MEDIA_AUDIO;
    default:
      return DAILIES_MEDIA_IMAGE;
    }
}

static void
add_wrong_kind (Run          *run,
                DailiesField *field,
                const char   *subject,
                DailiesAsset *asset)
{
  const char     *field_name = dailies_field_get_name (field);
  const char     *name = dailies_asset_get_name (asset);
  DailiesProblem *problem;

  switch (get_wanted_kind (field))
    {
    case DAILIES_MEDIA_VIDEO:
      problem = add (run, DAILIES_PROBLEM_ERROR, field_name,
                     _("%s has to be a video; “%s” is not one."), subject, name);
      break;
    case DAILIES_MEDIA_AUDIO:
      problem = add (run, DAILIES_PROBLEM_ERROR, field_name,
                     _("%s has to be a sound; “%s” is not one."), subject, name);
      break;
    default:
      problem = add (run, DAILIES_PROBLEM_ERROR, field_name,
                     _("%s has to be an image; “%s” is not one."), subject, name);
      break;
    }
  add_remove_fix (problem, asset);
}

/* Only a warning: a service may run on this very network, as the practice service does. */
static void
check_reachable (Run          *run,
                 const char   *field,
                 const char   *subject,
                 DailiesAsset *asset)
{
  g_autofree char *near = dailies_address_dup_near (dailies_asset_get_uri (asset));

  if (near != NULL)
    dailies_problem_set_asset (add (run, DAILIES_PROBLEM_WARNING, field,
                                    _("%s is at “%s”, which only computers of this network can reach: no service "
                                      "fetches it from there. Use the file itself or an address on the web."),
                                    subject, near),
                               asset);
}

static void
check_asset (Run          *run,
             DailiesField *field,
             const char   *subject,
             DailiesAsset *asset)
{
  const char     *field_name = dailies_field_get_name (field);
  guint           before = run->problems->len;
  DailiesMeasures measures;

  /* The service fetches it; nothing is known of it here. */
  if (dailies_asset_is_remote (asset))
    {
      check_reachable (run, field_name, subject, asset);
      return;
    }

  if (dailies_asset_get_state (asset) == DAILIES_ASSET_FAILED)
    {
      const GError *error = dailies_asset_get_error (asset);

      add_remove_fix (add (run, DAILIES_PROBLEM_ERROR, field_name, _("%s cannot be used: %s"),
                           subject,
                           error != NULL ? error->message : dailies_asset_get_name (asset)),
                      asset);
      return;
    }

  if (dailies_asset_get_state (asset) != DAILIES_ASSET_READY)
    {
      dailies_problem_set_asset (add (run, DAILIES_PROBLEM_WAIT, field_name,
                                      _("%s is still being read."), subject),
                                 asset);
      /* What it is may be known long before its bytes are hashed. */
      if (dailies_asset_get_kind (asset) == DAILIES_MEDIA_UNKNOWN)
        return;
    }

  if (dailies_asset_get_kind (asset) != get_wanted_kind (field))
    {
      add_wrong_kind (run, field, subject, asset);
      return;
    }

  measures = dailies_media_measure (asset);
  dailies_media_check (dailies_field_get_limits (field), &measures, field_name, subject,
                       run->problems);
  for (guint i = before; i < run->problems->len; i++)
    dailies_problem_set_asset (g_ptr_array_index (run->problems, i), asset);
}

/* --- one field ------------------------------------------------------------------------------ */

static void
add_missing (Run          *run,
             DailiesField *field)
{
  add (run, DAILIES_PROBLEM_EMPTY, dailies_field_get_name (field), _("%s is still missing."),
       dailies_field_get_title (field));
}

/* (transfer full): "@Image2", or "Reference images 2" where the model has no name for it */
static char *
name_item (Run          *run,
           DailiesField *field,
           gpointer      item,
           guint         position)
{
  const char *spelling = dailies_speller_spell (run->speller, item, NULL);

  if (!dailies_field_is_list (field))
    return g_strdup (dailies_field_get_title (field));
  if (spelling != NULL)
    return g_strdup (spelling);

  return g_strdup_printf ("%s %u", dailies_field_get_title (field), position + 1);
}

static void
check_count (Run          *run,
             DailiesField *field,
             guint         count)
{
  const char *title = dailies_field_get_title (field);
  const char *name = dailies_field_get_name (field);
  int         min = dailies_field_get_min_items (field), max = dailies_field_get_max_items (field);

  if (max >= 0 && count > (guint) max)
    add (run, DAILIES_PROBLEM_ERROR, name, _("%s: there are %u; this model takes at most %d."),
         title, count, max);
  else if (min > 0 && count < (guint) min && (count > 0 || dailies_field_is_required (field)))
    add (run, DAILIES_PROBLEM_EMPTY, name, _("%s: there are %u; this model needs at least %d."),
         title, count, min);
}

static void
check_media_field (Run          *run,
                   DailiesField *field)
{
  GListModel *assets = G_LIST_MODEL (dailies_values_get_assets (run->request->values,
                                                                dailies_field_get_name (field)));
  guint       count = g_list_model_get_n_items (assets);

  if (count == 0 && dailies_field_is_required (field) && !dailies_field_is_list (field))
    add_missing (run, field);
  if (dailies_field_is_list (field))
    check_count (run, field, count);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (DailiesAsset) asset = g_list_model_get_item (assets, i);
      g_autofree char *subject = name_item (run, field, asset, i);

      check_asset (run, field, subject, asset);
    }
}

static void
check_angles (Run            *run,
              DailiesField   *field,
              DailiesElement *element,
              const char     *subject)
{
  GListModel     *angles = G_LIST_MODEL (dailies_element_get_angles (element));
  const char     *name = dailies_field_get_name (field);
  guint           count = g_list_model_get_n_items (angles);
  int             min = dailies_field_get_min_angles (field);
  int             max = dailies_field_get_max_angles (field);
  DailiesProblem *problem = NULL;

  /* An error, and not merely something still to be filled in: who has dropped one picture takes the element for done. */
  if (count == 0 && min > 0)
    problem = add (run, DAILIES_PROBLEM_ERROR, name,
                   g_dngettext (GETTEXT_PACKAGE, "%s has no other angle yet; it needs at least %d.",
                                "%s has no other angles yet; it needs at least %d.", min),
                   subject, min);
  else if (min > 0 && count < (guint) min)
    problem = add (run, DAILIES_PROBLEM_ERROR, name,
                   g_dngettext (GETTEXT_PACKAGE, "%s has %u other angle; it needs at least %d.",
                                "%s has %u other angles; it needs at least %d.", count),
                   subject, count, min);
  else if (max >= 0 && count > (guint) max)
    problem = add (run, DAILIES_PROBLEM_ERROR, name,
                   g_dngettext (GETTEXT_PACKAGE, "%s has %u other angle; it may have at most %d.",
                                "%s has %u other angles; it may have at most %d.", count),
                   subject, count, max);
  /* The element is known by its face. */
  if (problem != NULL && dailies_element_get_frontal (element) != NULL)
    dailies_problem_set_asset (problem, dailies_element_get_frontal (element));

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (DailiesAsset) angle = g_list_model_get_item (angles, i);
      /* Translators: %s is an element, "@Element1" */
      g_autofree char *angle_subject = g_strdup_printf (_("Angle %u of %s"), i + 1, subject);

      check_asset (run, field, angle_subject, angle);
    }
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));

  return copy[0] == '\0';
}

static void
check_elements_field (Run          *run,
                      DailiesField *field)
{
  GListModel *elements =
    G_LIST_MODEL (dailies_values_get_elements (run->request->values,
                                               dailies_field_get_name (field)));

  check_count (run, field, g_list_model_get_n_items (elements));
  for (guint i = 0; i < g_list_model_get_n_items (elements); i++)
    {
      g_autoptr (DailiesElement) element = g_list_model_get_item (elements, i);
      g_autofree char *subject = name_item (run, field, element, i);
      DailiesAsset    *frontal = dailies_element_get_frontal (element);

      if (frontal != NULL)
        {
          g_autofree char *frontal_subject = g_strdup_printf (_("The frontal image of %s"),
                                                              subject);

          check_asset (run, field, frontal_subject, frontal);
        }
      else
        add (run, DAILIES_PROBLEM_ERROR, dailies_field_get_name (field),
             _("%s has no frontal image yet."), subject);

      if (dailies_field_get_element_shape (field)->needs_description
          && is_blank (dailies_element_get_description (element)))
        add (run, DAILIES_PROBLEM_EMPTY, dailies_field_get_name (field),
             _("%s has no description yet: the model wants to be told who or what it is."), subject);

      check_angles (run, field, element, subject);
    }
}

static void
check_value_field (Run          *run,
                   DailiesField *field)
{
  const char *text = dailies_values_get_text (run->request->values, dailies_field_get_name (field));

  if (text != NULL)
    dailies_value_check (field, text, run->problems);

  /* An empty list is a value: whether it is too short is for the page to say. */
  if (dailies_field_is_value_list (field))
    {
      if (text == NULL || text[0] == '\0')
        text = dailies_field_is_required (field) ? dailies_field_get_default (field) : NULL;
      if (text == NULL || dailies_value_fits (field, text))
        check_count (run, field, text != NULL ? dailies_value_count (field, text) : 0);
      return;
    }

  if (dailies_field_is_required (field) && (text == NULL || text[0] == '\0') &&
      dailies_field_get_default (field) == NULL &&
      dailies_field_get_role (field) != DAILIES_FIELD_ROLE_SWITCH)
    add_missing (run, field);
}

static void
check_mentions (Run          *run,
                DailiesField *field)
{
  const char *text = dailies_prompt_get_text (run->request->prompt);
  g_autoptr (GArray) mentions = dailies_prompt_dup_mentions (run->request->prompt, run->speller);

  for (guint i = 0; i < mentions->len; i++)
    {
      DailiesMention  *mention = &g_array_index (mentions, DailiesMention, i);
      g_autofree char *spelling = g_strndup (text + mention->start, mention->end - mention->start);
      DailiesProblem  *problem;

      if (mention->target != NULL)
        continue;

      problem = add (run, DAILIES_PROBLEM_ERROR, dailies_field_get_name (field),
                     _("%s in the prompt names nothing that this shot has."), spelling);
      dailies_problem_set_mention (problem, spelling, mention->start);
      dailies_problem_set_fix (problem, DAILIES_FIX_REMOVE_MENTION, _("Remove mention"));
    }
}

static void
check_field (Run          *run,
             DailiesField *field)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_PROMPT:
      if (dailies_field_is_required (field) &&
          is_blank (dailies_prompt_get_text (run->request->prompt)))
        add_missing (run, field);
      check_mentions (run, field);
      break;

    case DAILIES_FIELD_ROLE_ELEMENTS:
      check_elements_field (run, field);
      break;

    case DAILIES_FIELD_ROLE_TEXT:
    case DAILIES_FIELD_ROLE_CHOICE:
    case DAILIES_FIELD_ROLE_NUMBER:
    case DAILIES_FIELD_ROLE_SWITCH:
      check_value_field (run, field);
      break;

    default:
      check_media_field (run, field);
      break;
    }
}

/* --- several fields ------------------------------------------------------------------------- */

/* (transfer full): "Elements + Reference images" */
static char *
join_titles (Run         *run,
             char       **fields,
             const char  *separator)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      DailiesField *field = dailies_definition_get_field (run->request->definition, fields[i]);

      if (field == NULL)
        continue;
      if (titles->len > 0)
        g_string_append (titles, separator);
      g_string_append (titles, dailies_field_get_title (field));
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static guint
count_items (Run   *run,
             char **fields)
{
  guint count = 0;

  for (guint i = 0; fields[i] != NULL; i++)
    if (dailies_definition_get_field (run->request->definition, fields[i]) != NULL)
      count += dailies_values_count (run->request->values, fields[i]);

  return count;
}

static void
check_budgets (Run *run)
{
  GPtrArray *budgets = dailies_definition_get_budgets (run->request->definition);

  for (guint i = 0; i < budgets->len; i++)
    {
      DailiesBudget   *budget = g_ptr_array_index (budgets, i);
      guint            count = count_items (run, budget->fields);
      g_autofree char *titles = join_titles (run, budget->fields, " + ");

      if (budget->fields[0] != NULL && count > (guint) budget->max)
        add (run, DAILIES_PROBLEM_ERROR, budget->fields[0],
             _("%s: there are %u in all; this model takes at most %d together."), titles, count,
             budget->max);
    }
}

static void
add_reset (DailiesProblem *problem,
           DailiesField   *field)
{
  g_autofree char *label = g_strdup_printf (_("Reset %s"), dailies_field_get_title (field));

  dailies_problem_set_fix (problem, DAILIES_FIX_RESET_VALUE, label);
}

/* "needs": a choice that makes no sense without one of some fields. */
static void
check_needs (Run          *run,
             DailiesField *field,
             const char   *text,
             JsonObject   *needs)
{
  const char      *name = dailies_field_get_name (field);
  g_auto (GStrv)   fields = dailies_schema_json_dup_strv (dailies_json_get_object (needs, name),
                                                          text);
  g_autofree char *titles = NULL;

  if (fields == NULL || count_items (run, fields) > 0)
    return;

  titles = join_titles (run, fields, ", ");
  add_reset (add (run, DAILIES_PROBLEM_ERROR, name, _("%s is “%s”, which needs one of these: %s."),
                  dailies_field_get_title (field), text, titles),
             field);
}

/* "follows" with "exactly": the value goes with some fields and with nothing else. */
static void
check_follows (Run          *run,
               DailiesField *field,
               const char   *text,
               JsonArray    *follows)
{
  const char *name = dailies_field_get_name (field);
  gboolean    exactly = FALSE;
  const char *followed = dailies_request_get_followed (run->request, name, &exactly);

  if (followed != NULL && exactly)
    {
      if (!g_str_equal (followed, text))
        add_reset (add (run, DAILIES_PROBLEM_ERROR, name,
                        _("%s is “%s”; with what this shot has it can only be “%s”."),
                        dailies_field_get_title (field), text, followed),
                   field);
      return;
    }

  for (guint i = 0; i < json_array_get_length (follows); i++)
    {
      JsonNode   *node = json_array_get_element (follows, i);
      JsonObject *rule = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_auto (GStrv)   with = rule != NULL ? dailies_schema_json_dup_strv (rule, "with") : NULL;
      g_autofree char *titles = NULL;

      if (with == NULL || !dailies_schema_json_get_bool (rule, "exactly", FALSE) ||
          g_strcmp0 (dailies_schema_json_get_string (rule, "field"), name) != 0 ||
          g_strcmp0 (dailies_schema_json_get_string (rule, "value"), text) != 0)
        continue;

      titles = join_titles (run, with, ", ");
      add_reset (add (run, DAILIES_PROBLEM_ERROR, name, _("%s is “%s”, which goes only with: %s."),
                      dailies_field_get_title (field), text, titles),
                 field);
      return;
    }
}

/* "index-of": a number that counts the items of another field. */
static void
check_index (Run          *run,
             DailiesField *field,
             const char   *text,
             JsonObject   *index_of)
{
  const char   *name = dailies_field_get_name (field);
  const char   *counted = dailies_schema_json_get_string (index_of, name);
  DailiesField *other = dailies_definition_get_field (run->request->definition, counted);
  guint         count = other != NULL ? dailies_values_count (run->request->values, counted) : 0;

  if (other != NULL && g_ascii_strtoll (text, NULL, 10) > (gint64) count)
    add_reset (add (run, DAILIES_PROBLEM_ERROR, name, _("%s is %s; %s: there are only %u."),
                    dailies_field_get_title (field), text, dailies_field_get_title (other), count),
               field);
}

static void
check_ties (Run *run)
{
  JsonObject *rules = dailies_definition_get_rules (run->request->definition);
  GListModel *fields = dailies_definition_get_fields (run->request->definition);
  JsonArray  *follows = dailies_schema_json_get_array (rules, "follows");

  for (guint i = 0; rules != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char *text = dailies_values_get_text (run->request->values,
                                                  dailies_field_get_name (field));

      if (text == NULL)
        continue;

      check_needs (run, field, text, dailies_json_get_object (rules, "needs"));
      if (follows != NULL)
        check_follows (run, field, text, follows);
      check_index (run, field, text, dailies_json_get_object (rules, "index-of"));
    }
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b,
                  gpointer      order)
{
  DailiesProblem *first = *(DailiesProblem *const *) a, *second = *(DailiesProblem *const *) b;
  int             difference = dailies_problem_compare (first, second);

  if (difference != 0)
    return difference;

  /* The sort is not stable, and the order of the form is worth keeping. */
  return GPOINTER_TO_INT (g_hash_table_lookup (order, first)) -
         GPOINTER_TO_INT (g_hash_table_lookup (order, second));
}

GPtrArray *
dailies_validator_run (DailiesRequest *request)
{
  g_autoptr (DailiesSpeller) speller = dailies_speller_new (request->definition, request->values);
  g_autoptr (GHashTable) order = g_hash_table_new (NULL, NULL);
  GListModel *fields = dailies_definition_get_fields (request->definition);
  Run         run = { request, speller, g_ptr_array_new_with_free_func (g_object_unref) };

  if (request->orphan)
    add (&run, DAILIES_PROBLEM_ERROR, "",
         _("The model “%s” is not known any more. Choose another one: what you typed and dropped "
           "is kept."),
         dailies_definition_get_id (request->definition));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      check_field (&run, field);
    }
  check_budgets (&run);
  check_ties (&run);

  for (guint i = 0; i < run.problems->len; i++)
    g_hash_table_insert (order, g_ptr_array_index (run.problems, i), GINT_TO_POINTER (i));
  g_ptr_array_sort_with_data (run.problems, compare_problems, order);

  return run.problems;
}
