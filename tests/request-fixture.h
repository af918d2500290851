/* request-fixture.h: requests filled for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-problem.h"
#include "dailies-request.h"
#include "wait.h"

#define START_END "kling/kling-video-o1/image-to-video"
#define REFERENCE "image-to-video/reference"
#define EDIT "video-to-video/edit"
#define UNIFICALLY_EDIT "kling-o1-video-edit"
#define UNIFICALLY_VIDEO "kling-o1-video"

static inline DailiesDefinition *
dup_definition (const char *model)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = dailies_catalogue_lookup (catalogue, model, &error);

  g_assert_no_error (error);

  return g_object_ref (definition);
}

static inline DailiesRequest *
new_request (const char *model)
{
  g_autoptr (DailiesDefinition) definition = dup_definition (model);

  return dailies_request_new (definition);
}

static inline void
switch_model (DailiesRequest *request,
              const char     *model)
{
  g_autoptr (DailiesDefinition) definition = dup_definition (model);

  dailies_request_set_definition (request, definition);
}

static inline DailiesAsset *
new_asset (const char *value)
{
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_value (value, &error);

  g_assert_no_error (error);

  return asset;
}

/* @value: a path or a URL */
static inline void
add (DailiesRequest *request,
     const char     *field,
     const char     *value)
{
  g_autoptr (DailiesAsset) asset = new_asset (value);

  dailies_request_add_asset (request, field, asset, G_MAXUINT);
}

/* Returns: (transfer none): an element with a frontal image and @n_angles other angles, all at addresses */
static inline DailiesElement *
add_element (DailiesRequest *request,
             const char     *field,
             guint           n_angles)
{
  g_autoptr (DailiesElement) element = dailies_element_new ();
  g_autoptr (DailiesAsset) frontal = new_asset ("https://pages.test/frontal.png");

  dailies_element_set_frontal (element, frontal);
  for (guint i = 0; i < n_angles; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://pages.test/angle-%u.png", i);
      g_autoptr (DailiesAsset) angle = new_asset (url);

      g_list_store_append (dailies_element_get_angles (element), angle);
    }
  dailies_request_add_element (request, field, element, G_MAXUINT);

  return element;
}

static inline gboolean
is_read (DailiesRequest *request)
{
  g_autoptr (GPtrArray) assets = dailies_request_dup_all_assets (request);

  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAssetState state = dailies_asset_get_state (g_ptr_array_index (assets, i));

      if (state == DAILIES_ASSET_NEW || state == DAILIES_ASSET_LOADING)
        return FALSE;
    }
  return TRUE;
}

/* Iterates until nothing in the request is being read any more. */
static inline void
wait_until_read (DailiesRequest *request)
{
  fixture_wait_seconds (is_read (request), 30);
}

/* Each problem as "severity field: message", for comparing as a whole. */
static inline char *
dup_problems (DailiesRequest *request)
{
  static const char *const names[] = { "error", "warning", "wait", "empty" };
  GListModel *problems = dailies_request_get_problems (request);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);

      g_string_append_printf (text, "%s%s %s: %s", i > 0 ? "\n" : "", names[dailies_problem_get_severity (problem)],
                              dailies_problem_get_field (problem), dailies_problem_get_message (problem));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline void
assert_problems (DailiesRequest *request,
                 const char     *expected)
{
  g_autofree char *problems = dup_problems (request);

  g_assert_cmpstr (problems, ==, expected);
}

/* The first problem about @field that has a fix; applies it. */
static inline void
apply_first_fix (DailiesRequest *request,
                 DailiesFix      fix)
{
  GListModel *problems = dailies_request_get_problems (request);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);

      if (dailies_problem_get_fix (problem) != fix)
        continue;
      g_assert_cmpstr (dailies_problem_get_fix_label (problem), !=, "");
      dailies_request_apply_fix (request, problem);
      return;
    }
  g_assert_not_reached ();
}
