/* cli-show.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-field.h"

static const char *
role_to_word (DailiesFieldRole role)
{
  static const char *const words[] = {
    [DAILIES_FIELD_ROLE_PROMPT] = "prompt",     [DAILIES_FIELD_ROLE_TEXT] = "text",
    [DAILIES_FIELD_ROLE_IMAGE] = "image",       [DAILIES_FIELD_ROLE_IMAGES] = "images",
    [DAILIES_FIELD_ROLE_VIDEO] = "video",       [DAILIES_FIELD_ROLE_VIDEOS] = "videos",
    [DAILIES_FIELD_ROLE_AUDIO] = "audio",       [DAILIES_FIELD_ROLE_AUDIOS] = "audios",
    [DAILIES_FIELD_ROLE_ELEMENTS] = "elements", [DAILIES_FIELD_ROLE_CHOICE] = "choice",
    [DAILIES_FIELD_ROLE_NUMBER] = "number",     [DAILIES_FIELD_ROLE_SWITCH] = "switch",
  };

  return role < G_N_ELEMENTS (words) && words[role] != NULL ? words[role] : "text";
}

static void
add_field (JsonBuilder  *builder,
           DailiesField *field)
{
  const char * const *choices = dailies_field_get_choices (field);
  g_autofree char *accepts = dailies_field_dup_accepts (field);

  json_builder_begin_object (builder);
  cli_add_string (builder, "name", dailies_field_get_name (field));
  cli_add_string (builder, "title", dailies_field_get_title (field));
  cli_add_string (builder, "description", dailies_field_get_description (field));
  cli_add_string (builder, "role", role_to_word (dailies_field_get_role (field)));
  json_builder_set_member_name (builder, "required");
  json_builder_add_boolean_value (builder, dailies_field_is_required (field));
  cli_add_string (builder, "default", dailies_field_get_default (field));
  cli_add_string (builder, "accepts", accepts);
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    json_builder_add_string_value (builder, choices[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_model_json (DailiesDefinition *model)
{
  GListModel *fields = dailies_definition_get_fields (model);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  cli_add_string (builder, "id", dailies_definition_get_id (model));
  cli_add_string (builder, "title", dailies_definition_get_title (model));
  cli_add_string (builder, "service", dailies_definition_get_service (model));
  cli_add_double (builder, "usd_per_second", dailies_definition_get_usd_per_second (model));
  cli_add_double (builder, "usd_per_output", dailies_definition_get_usd_per_output (model));
  cli_add_string (builder, "price_as_of", dailies_definition_get_price_as_of (model));
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      add_field (builder, field);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

/* A price without a date came with the model, which does not say how old it is. */
static void
print_price (DailiesDefinition *model)
{
  const char      *date = dailies_definition_get_price_as_of (model);
  double           per_second = dailies_definition_get_usd_per_second (model);
  double           per_output = dailies_definition_get_usd_per_output (model);
  g_autofree char *since = date != NULL ? g_strdup_printf (" (%s)", date) : g_strdup ("");

  if (isfinite (per_second))
    cli_print (_ ("About $%.3f a second%s\n"), per_second, since);
  if (isfinite (per_output) && g_str_equal (dailies_definition_get_makes (model), "image"))
    cli_print (_ ("About $%.3f a picture%s\n"), per_output, since);
  else if (isfinite (per_output))
    cli_print (_ ("About $%.3f a clip%s\n"), per_output, since);
}

/* What each choice of the field costs that decides on the price. */
static void
print_prices_by_choice (DailiesDefinition *model)
{
  const char *name = dailies_definition_get_price_field (model);
  DailiesField *field = name != NULL ? dailies_definition_get_field (model, name) : NULL;
  const char *const *choices = field != NULL ? dailies_field_get_choices (field) : NULL;

  for (gsize i = 0; choices != NULL && choices[i] != NULL; i++)
    cli_print (_ ("  %s=%s: about $%.3f a second\n"), name, choices[i],
               dailies_definition_get_usd_per_second_of (model, choices[i]));
}

/* Whether somebody has to give it a value: a list that may be empty is sent all the same. */
static gboolean
is_wanted (DailiesField *field)
{
  return dailies_field_is_required (field) &&
         (!dailies_field_is_list (field) || dailies_field_get_min_items (field) > 0);
}

static void
print_field (DailiesField *field)
{
  const char * const *choices = dailies_field_get_choices (field);
  g_autofree char *accepts = dailies_field_dup_accepts (field);
  const char      *initial = dailies_field_get_default (field);
  const char      *description = dailies_field_get_description (field);

  cli_print ("\n%s  (%s%s)\n", dailies_field_get_name (field), role_to_word (dailies_field_get_role (field)),
             is_wanted (field) ? _ (", required") : "");
  if (description != NULL && *description != '\0')
    cli_print ("  %s\n", description);
  if (choices != NULL && choices[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) choices);

      cli_print (_ ("  One of: %s\n"), list);
    }
  if (accepts != NULL && *accepts != '\0')
    cli_print (_ ("  Accepts: %s\n"), accepts);
  if (initial != NULL && *initial != '\0')
    cli_print (_ ("  Default: %s\n"), initial);
}

CliStatus
cli_show (Cli  *cli,
          int   argc,
          char *argv[])
{
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  DailiesDefinition *model;
  GListModel        *fields;
  CliStatus          status = CLI_OK;

  if (!cli_parse (cli, NULL, &argc, &argv, 1, 1))
    return CLI_USAGE;
  catalogue = cli_open_catalogue (cli, &status);
  if (catalogue == NULL)
    return status;
  model = cli_find_model (cli, catalogue, argv[1], &status);
  if (model == NULL)
    return status;

  if (cli->json)
    {
      print_model_json (model);
      return CLI_OK;
    }

  cli_print ("%s\n%s · %s\n", dailies_definition_get_id (model), dailies_definition_get_title (model),
             dailies_definition_get_service (model));
  print_price (model);
  print_prices_by_choice (model);
  fields = dailies_definition_get_fields (model);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      print_field (field);
    }

  return CLI_OK;
}
