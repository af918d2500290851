/* cli-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-problem.h"
#include "dailies-request.h"

#define DESCRIPTION "description="

typedef struct
{
  DailiesRequest *request;
  GPtrArray      *assets; /* every one that was named */
  GHashTable     *given;  /* names of the fields that were named */
  char           *prompt; /* set last, when everything that it mentions is there */
} Form;

static void
form_clear (Form *form)
{
  g_clear_object (&form->request);
  g_clear_pointer (&form->assets, g_ptr_array_unref);
  g_clear_pointer (&form->given, g_hash_table_unref);
  g_clear_pointer (&form->prompt, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

GStrv
cli_split_element (const char *value)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();
  GString *piece = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == ',')
        {
          g_string_append_c (piece, *++p);
        }
      else if (*p == ',' &&
               !(g_ascii_strncasecmp (piece->str, "data:", 5) == 0 && strchr (piece->str, ',') == NULL))
        {
          g_ptr_array_add (pieces, g_string_free (piece, FALSE));
          piece = g_string_new (NULL);
        }
      else
        {
          g_string_append_c (piece, *p);
        }
    }
  g_ptr_array_add (pieces, g_string_free (piece, FALSE));
  g_ptr_array_add (pieces, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&pieces), FALSE);
}

/* What was typed, as UTF-8. */
static char *
to_text (const char *name,
         const char *value,
         GError    **error)
{
  char *text;

  if (g_utf8_validate (value, -1, NULL))
    return g_strdup (value);

  text = g_locale_to_utf8 (value, -1, NULL, NULL, NULL);
  if (text == NULL)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                 _ ("The value of “%s” is not text in UTF-8 or in the encoding of this terminal."), name);

  return text;
}

static DailiesAsset *
take_asset (Form       *form,
            const char *name,
            const char *value,
            GError    **error)
{
  DailiesAsset *asset = dailies_asset_new_for_value (value, error);

  if (asset == NULL)
    g_prefix_error (error, "%s: ", name);
  else
    g_ptr_array_add (form->assets, g_object_ref (asset));

  return asset;
}

static gboolean
add_element (Form       *form,
             const char *name,
             const char *value,
             GError    **error)
{
  g_auto (GStrv) pieces = cli_split_element (value);
  g_autoptr (DailiesElement) element = dailies_element_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autoptr (DailiesAsset) asset = NULL;

      if (g_str_has_prefix (pieces[i], DESCRIPTION))
        {
          g_autofree char *text = to_text (name, pieces[i] + strlen (DESCRIPTION), error);

          if (text == NULL)
            return FALSE;
          dailies_element_set_description (element, text);
          continue;
        }

      asset = take_asset (form, name, pieces[i], error);
      if (asset == NULL)
        return FALSE;
      if (dailies_element_get_frontal (element) == NULL)
        dailies_element_set_frontal (element, asset);
      else
        g_list_store_append (dailies_element_get_angles (element), asset);
    }
  dailies_request_add_element (form->request, name, element, G_MAXUINT);

  return TRUE;
}

static gboolean
set_switch (Form       *form,
            const char *name,
            const char *value,
            GError    **error)
{
  static const char *const on[] = { "true", "yes", "on", "1", NULL };
  static const char *const off[] = { "false", "no", "off", "0", NULL };
  g_autofree char *word = g_ascii_strdown (value, -1);

  if (g_strv_contains (on, word))
    dailies_request_set_text (form->request, name, "true");
  else if (g_strv_contains (off, word))
    dailies_request_set_text (form->request, name, "false");
  else
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _ ("%s: “%s” is neither true nor false."), name, value);
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_text (Form         *form,
          DailiesField *field,
          const char   *value,
          GError      **error)
{
  const char      *name = dailies_field_get_name (field);
  g_autofree char *text = to_text (name, value, error);

  if (text == NULL)
    return FALSE;

  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_PROMPT:
      form->prompt = g_steal_pointer (&text);
      return TRUE;
    case DAILIES_FIELD_ROLE_SWITCH:
      return set_switch (form, name, text, error);
    default:
      if (dailies_field_is_value_list (field) && dailies_request_get_text (form->request, name) != NULL)
        {
          g_autofree char *more = g_strconcat (dailies_request_get_text (form->request, name), "\n", text, NULL);

          dailies_request_set_text (form->request, name, more);
          return TRUE;
        }
      dailies_request_set_text (form->request, name, text);
      return TRUE;
    }
}

static gboolean
set_field (Form         *form,
           DailiesField *field,
           const char   *value,
           GError      **error)
{
  const char *name = dailies_field_get_name (field);
  gboolean    list = dailies_field_is_list (field) || dailies_field_is_value_list (field);

  /* The second start frame would silently take the place of the first. */
  if (!g_hash_table_add (form->given, g_strdup (name)) && !list)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _ ("%s is given twice, and it takes one value."), name);
      return FALSE;
    }

  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    return add_element (form, name, value, error);

  if (dailies_field_is_media (field))
    {
      g_autoptr (DailiesAsset) asset = take_asset (form, name, value, error);

      if (asset == NULL)
        return FALSE;
      dailies_request_add_asset (form->request, name, asset, G_MAXUINT);
      return TRUE;
    }

  return set_text (form, field, value, error);
}

static char *
dup_field_names (DailiesDefinition *definition)
{
  GListModel *fields = dailies_definition_get_fields (definition);
  GString    *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", dailies_field_get_name (field));
    }

  return g_string_free (names, FALSE);
}

static CliStatus
take_word (Cli               *cli,
           Form              *form,
           DailiesDefinition *definition,
           const char        *word)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  DailiesField *field;

  if (equals == NULL || equals == word)
    return cli_fail_with (cli, CLI_USAGE, _ ("“%.200s” is not of the form FIELD=VALUE."), word);

  name = g_strndup (word, equals - word);
  field = g_utf8_validate (name, -1, NULL) ? dailies_definition_get_field (definition, name) : NULL;
  if (field == NULL)
    {
      g_autofree char *names = dup_field_names (definition);

      return cli_fail_with (cli, CLI_INVALID, _ ("“%.200s” is not a field of %s. Its fields are: %s."),
                            name, dailies_definition_get_id (definition), names);
    }
  if (!set_field (form, field, equals + 1, &error))
    return cli_fail (cli, error);

  return CLI_OK;
}

static gboolean
is_being_read (DailiesAsset *asset)
{
  DailiesAssetState state = dailies_asset_get_state (asset);

  return state == DAILIES_ASSET_NEW || state == DAILIES_ASSET_LOADING;
}

/* The request loads what it is given; its verdict is complete when the last file has been read. */
static gboolean
wait_for_assets (Cli  *cli,
                 Form *form)
{
  for (guint i = 0; i < form->assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (form->assets, i);

      if (dailies_asset_get_state (asset) == DAILIES_ASSET_NEW)
        dailies_asset_load_async (asset, cli->cancellable, NULL, NULL);
      while (is_being_read (asset))
        {
          if (cli_is_interrupted (cli))
            return FALSE;
          g_main_context_iteration (NULL, TRUE);
        }
    }

  return TRUE;
}

DailiesRequest *
cli_read_request (Cli               *cli,
                  DailiesDefinition *definition,
                  char             **words,
                  CliStatus         *status)
{
  g_auto (Form) form = { 0 };

  form.request = dailies_request_new (definition);
  form.assets = g_ptr_array_new_with_free_func (g_object_unref);
  form.given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      *status = take_word (cli, &form, definition, words[i]);
      if (*status != CLI_OK)
        return NULL;
    }
  if (form.prompt != NULL)
    dailies_request_set_prompt (form.request, form.prompt);

  if (!wait_for_assets (cli, &form))
    {
      *status = cli_fail_with (cli, CLI_INTERRUPTED, _ ("Interrupted. Nothing was sent."));
      return NULL;
    }

  return g_steal_pointer (&form.request);
}

const char *
cli_severity_to_word (int severity)
{
  switch ((DailiesSeverity) severity)
    {
    case DAILIES_PROBLEM_WARNING:
      return "warning";
    case DAILIES_PROBLEM_WAIT:
      return "wait";
    case DAILIES_PROBLEM_EMPTY:
      return "empty";
    case DAILIES_PROBLEM_ERROR:
    default:
      return "error";
    }
}

gboolean
cli_tell_problems (DailiesRequest *request)
{
  GListModel *problems = dailies_request_get_problems (request);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);
      const char *field = dailies_problem_get_field (problem);
      const char *kind = dailies_problem_get_severity (problem) == DAILIES_PROBLEM_WARNING ? _ ("warning") : _ ("error");

      if (*field != '\0')
        cli_say ("%s: %s: %s", kind, field, dailies_problem_get_message (problem));
      else
        cli_say ("%s: %s", kind, dailies_problem_get_message (problem));
    }

  return dailies_request_is_sendable (request);
}
