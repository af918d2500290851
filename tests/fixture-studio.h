/* fixture-studio.h: a whole studio on a service of the test's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-queue.h"
#include "dailies-request.h"
#include "dailies-shot.h"
#include "dailies-studio.h"
#include "fixture-service.h"

static inline DailiesStudio *
studio_open (const char *path)
{
  g_autoptr(GFile)        directory = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  DailiesStudio          *studio;

  dailies_studio_open_async (directory, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  studio = dailies_studio_open_finish (result, &error);
  g_assert_no_error (error);
  return studio;
}

static inline void
studio_close (DailiesStudio *studio)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_studio_close_async (studio, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_studio_close_finish (studio, result, NULL));
  g_clear_object (&result);
  /* What was cancelled still has to hear of it. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (studio);
}

static inline void
studio_resume (DailiesStudio *studio)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_queue_resume_async (dailies_studio_get_queue (studio), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  dailies_queue_resume_finish (dailies_studio_get_queue (studio), result, &error);
  g_assert_no_error (error);
}

/* @value: a path or URL for both frames */
static inline DailiesRequest *
studio_make_request (DailiesStudio *studio,
                     const char    *value)
{
  static const char * const fields[] = { "start_image_url", "end_image_url" };
  DailiesDefinition        *definition;
  DailiesRequest           *request;

  definition = dailies_catalogue_lookup (dailies_studio_get_catalogue (studio), "kling/kling-video-o1/image-to-video", NULL);
  g_assert_nonnull (definition);
  request = dailies_request_new (definition);
  dailies_request_set_prompt (request, "A cat/walks");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr(DailiesAsset) asset = dailies_asset_new_for_value (value, NULL);

      dailies_request_add_asset (request, fields[i], asset, G_MAXUINT);
    }
  fixture_wait (dailies_request_is_sendable (request));
  return request;
}

static inline GPtrArray *
studio_submit_many (DailiesStudio *studio,
                    const char    *value,
                    guint          count)
{
  g_autoptr(DailiesRequest) request = studio_make_request (studio, value);
  g_autoptr(GAsyncResult)   result = NULL;
  g_autoptr(GError)         error = NULL;
  GPtrArray                *jobs;

  dailies_queue_submit_async (dailies_studio_get_queue (studio), request, "runcomfy", NULL, count, NULL, fixture_result_cb,
                              &result);
  fixture_wait (result != NULL);
  jobs = dailies_queue_submit_finish (dailies_studio_get_queue (studio), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, count);
  return jobs;
}

static inline DailiesJob *
studio_submit (DailiesStudio *studio)
{
  g_autoptr(GPtrArray) jobs = studio_submit_many (studio, "https://x.example/in.png", 1);

  return g_object_ref (g_ptr_array_index (jobs, 0));
}

static inline const char *
studio_word (DailiesJob *job)
{
  return dailies_job_state_to_word (dailies_job_get_state (job));
}

static inline void
studio_wait_ended (DailiesJob *job)
{
  fixture_wait (dailies_job_state_is_ended (dailies_job_get_state (job)));
}

/* The one job of the list. */
static inline DailiesJob *
studio_get_job (DailiesStudio *studio)
{
  GListModel *model = G_LIST_MODEL (dailies_studio_get_queue (studio));

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  return g_list_model_get_item (model, 0);
}
