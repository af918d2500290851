/* dailies-practice-work.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-work.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-practice-check.h"
#include "dailies-practice-measure.h"
#include "dailies-render.h"
#include "dailies-transport.h"

/* What the pages state: a file that does not arrive within this time is not waited for. */
#define FETCH_SECONDS 20
#define MAX_FETCH_BYTES (250 * 1000 * 1000)

typedef struct
{
  DailiesDefinition *definition;
  DailiesTransport  *transport;
  JsonNode          *input;
  char              *origin;
  char              *files;
  char              *path;
  char              *folder; /* the fetched inputs, removed in the end */
  GPtrArray         *inputs;
  guint              n_fetched;
  GCancellable      *fetching; /* one input's: fires when it is late, and with the job's own */
  gulong             linked;
  guint              timer;
  gboolean           late;
} Work;

static char *
path_of_input (Work  *work,
               guint  i)
{
  g_autofree char *name = g_strdup_printf ("%u", i);

  return g_build_filename (work->folder, name, NULL);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  for (guint i = 0; work->inputs != NULL && i < work->inputs->len; i++)
    {
      g_autofree char *path = path_of_input (work, i);

      g_unlink (path);
    }
  if (work->folder != NULL)
    g_rmdir (work->folder);

  g_clear_handle_id (&work->timer, g_source_remove);
  g_clear_object (&work->fetching);
  g_clear_pointer (&work->inputs, g_ptr_array_unref);
  g_clear_pointer (&work->input, json_node_unref);
  g_clear_object (&work->definition);
  g_clear_object (&work->transport);
  g_free (work->origin);
  g_free (work->files);
  g_free (work->path);
  g_free (work->folder);
  g_free (work);
}

/* --- what to render -------------------------------------------------------------------------------------- */

static void
read_number (JsonObject *input,
             const char *name,
             double     *value)
{
  JsonNode *node = json_object_get_member (input, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    *value = g_ascii_strtod (json_node_get_string (node), NULL);
  else
    *value = json_node_get_double (node);
}

static const char *
read_text (JsonObject *input,
           const char *name)
{
  JsonNode *node = json_object_get_member (input, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static void
read_settings (Work              *work,
               DailiesRenderTask *task)
{
  JsonObject   *input = json_node_get_object (work->input);
  GListModel   *fields = dailies_definition_get_fields (work->definition);
  DailiesField *length = dailies_definition_get_length_field (work->definition);
  const char   *text = read_text (input, "aspect_ratio");

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char              *name = dailies_field_get_name (field);

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT && read_text (input, name) != NULL)
        {
          g_free (task->prompt);
          task->prompt = g_strdup (read_text (input, name));
        }
    }
  if (length != NULL)
    read_number (input, dailies_field_get_name (length), &task->seconds);
  task->seconds = CLAMP (task->seconds, 1, 60);
  if (text == NULL || sscanf (text, "%d:%d", &task->aspect_width, &task->aspect_height) != 2)
    task->aspect_width = task->aspect_height = 0;

  text = read_text (input, "mode");
  task->short_side = text != NULL && g_str_equal (text, "std") ? 720 : 1080;
  task->keep_audio = json_object_get_boolean_member_with_default (input, "keep_audio", FALSE);
}

/* A list of pictures may say which of them the clip begins with. */
static void
pick_start (Work              *work,
            DailiesRenderTask *task,
            GPtrArray         *images)
{
  double index = 0;

  read_number (json_node_get_object (work->input), "start_image_index", &index);
  if (task->start == NULL && index >= 1 && index <= images->len)
    task->start = g_object_ref (g_ptr_array_index (images, (guint) index - 1));
}

static gpointer
ref_object (gconstpointer object,
            gpointer      user_data)
{
  return g_object_ref ((gpointer) object);
}

static gboolean
read_inputs (Work              *work,
             DailiesRenderTask *task,
             GError           **error)
{
  g_autoptr (GPtrArray) fronts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) angles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func (g_object_unref);
  guint taken;

  for (guint i = 0; i < work->inputs->len; i++)
    {
      DailiesPracticeInput *input = g_ptr_array_index (work->inputs, i);
      DailiesFieldRole      role = dailies_field_get_role (input->of);
      g_autofree char      *path = path_of_input (work, i);
      GdkPixbuf            *image;

      if (role == DAILIES_FIELD_ROLE_VIDEO || role == DAILIES_FIELD_ROLE_VIDEOS)
        {
          if (!dailies_practice_check_video (input, path, error))
            return FALSE;
          if (task->video == NULL)
            task->video = g_steal_pointer (&path);
          continue;
        }
      if (role == DAILIES_FIELD_ROLE_AUDIO || role == DAILIES_FIELD_ROLE_AUDIOS)
        continue;

      image = dailies_practice_read_image (input, path, error);
      if (image == NULL)
        return FALSE;
      if (input->rank == 0 && strstr (input->field, "end") == NULL && task->start == NULL)
        task->start = image;
      else if (input->rank == 0 && task->end == NULL)
        task->end = image;
      else
        g_ptr_array_add (input->rank == 1 ? fronts : input->rank == 2 ? angles : images, image);
    }

  pick_start (work, task, images);
  /* Other angles take the room that is left: faces and styles matter more. */
  taken = fronts->len + images->len;
  g_ptr_array_set_size (angles, (int) MIN (angles->len, taken < 8 ? 8 - taken : 0));
  g_ptr_array_extend (task->pictures, fronts, ref_object, NULL);
  g_ptr_array_extend (task->pictures, angles, ref_object, NULL);
  g_ptr_array_extend (task->pictures, images, ref_object, NULL);

  return TRUE;
}

/* Worker thread. */
static void
render_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Work                         *work = task_data;
  g_autoptr (DailiesRenderTask) render = dailies_render_task_new ();
  g_autofree char              *part = g_strconcat (work->path, ".part", NULL);
  g_autoptr (GError)            error = NULL;

  read_settings (work, render);
  if (!read_inputs (work, render, &error) || !dailies_render (render, part, cancellable, &error))
    {
      g_unlink (part);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_rename (part, work->path) != 0)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The clip cannot be kept in “%s”: %s"),
                               work->path, g_strerror (errno));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

/* --- fetching -------------------------------------------------------------------------------------------- */

static void fetch_next (GTask *task);

static void
fetched (GTask  *task,
         GError *error)
{
  Work *work = g_task_get_task_data (task);

  g_clear_handle_id (&work->timer, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), work->linked);
  work->linked = 0;
  g_clear_object (&work->fetching);
  if (error != NULL && g_task_return_error_if_cancelled (task))
    {
      g_error_free (error);
      g_object_unref (task);
      return;
    }
  if (error != NULL)
    {
      DailiesPracticeInput *input = g_ptr_array_index (work->inputs, work->n_fetched);

      if (work->late)
        g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                                 "%s: the file did not arrive within %d s", input->field, FETCH_SECONDS);
      else
        g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                                 "%s: the file cannot be fetched (%s)", input->field, error->message);
      g_error_free (error);
      g_object_unref (task);
      return;
    }

  work->n_fetched++;
  fetch_next (task);
}

static gboolean
late_cb (gpointer user_data)
{
  GTask *task = user_data;
  Work  *work = g_task_get_task_data (task);

  work->timer = 0;
  work->late = TRUE;
  g_cancellable_cancel (work->fetching);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
splice_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error);
  fetched (user_data, error);
}

static void
open_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask                        *task = user_data;
  Work                         *work = g_task_get_task_data (task);
  GError                       *error = NULL;
  g_autoptr (DailiesBody)       body = dailies_transport_open_finish (DAILIES_TRANSPORT (object), result, &error);
  g_autoptr (GFile)             file = NULL;
  g_autoptr (GFileOutputStream) out = NULL;
  g_autofree char              *path = NULL;

  if (body == NULL)
    {
      fetched (task, error);
      return;
    }
  if (body->length > MAX_FETCH_BYTES)
    {
      fetched (task, g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA, "%" G_GOFFSET_FORMAT " MB are too many",
                                  body->length / 1000000));
      return;
    }

  path = path_of_input (work, work->n_fetched);
  file = g_file_new_for_path (path);
  out = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  if (out == NULL)
    {
      fetched (task, error);
      return;
    }

  g_output_stream_splice_async (G_OUTPUT_STREAM (out), body->stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, work->fetching, splice_cb, task);
}

/* A file that was uploaded to this service lies here already, whatever port the service had then. */
static char *
path_of_upload (Work       *work,
                const char *url)
{
  g_autofree char *prefix = g_strconcat (work->origin, "/files/", NULL);
  g_autofree char *name = NULL;

  if (*work->origin == '\0' || !g_str_has_prefix (url, prefix))
    return NULL;

  name = g_path_get_basename (url + strlen (prefix));

  return g_build_filename (work->files, name, NULL);
}

static gboolean
fetch_here (Work       *work,
            const char *url,
            gboolean   *done,
            GError    **error)
{
  g_autofree char *target = path_of_input (work, work->n_fetched);
  g_autofree char *upload = path_of_upload (work, url);

  *done = TRUE;
  if (g_str_has_prefix (url, "data:"))
    {
      g_autoptr (GBytes) bytes = soup_uri_decode_data_uri (url, NULL);

      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, "the data: URI cannot be read");
          return FALSE;
        }
      return g_file_set_contents_full (target, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                       G_FILE_SET_CONTENTS_NONE, 0600, error);
    }
  if (upload != NULL)
    {
      g_autoptr (GFile) from = g_file_new_for_path (upload);
      g_autoptr (GFile) to = g_file_new_for_path (target);

      return g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
    }

  *done = FALSE;

  return TRUE;
}

/* One after the other; takes over the reference to @task. */
static void
fetch_next (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  while (work->n_fetched < work->inputs->len)
    {
      DailiesPracticeInput *input = g_ptr_array_index (work->inputs, work->n_fetched);
      GError               *error = NULL;
      gboolean              done;

      if (!fetch_here (work, input->url, &done, &error))
        {
          fetched (task, error);
          return;
        }
      if (!done)
        {
          work->fetching = g_cancellable_new ();
          work->linked = g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (cancelled_cb),
                                                g_object_ref (work->fetching), g_object_unref);
          work->timer = g_timeout_add_seconds (FETCH_SECONDS, late_cb, task);
          dailies_transport_open_async (work->transport, input->url, 0, NULL, work->fetching, open_cb, task);
          return;
        }
      work->n_fetched++;
    }

  g_task_run_in_thread (task, render_thread);
  g_object_unref (task);
}

void
dailies_practice_work_async (const DailiesPracticeJob *job,
                             DailiesDefinition        *definition,
                             DailiesTransport         *transport,
                             const char               *files,
                             const char               *path,
                             GCancellable             *cancellable,
                             GAsyncReadyCallback       callback,
                             gpointer                  user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Work   *work = g_new0 (Work, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_practice_work_async);
  g_task_set_task_data (task, work, work_free);
  work->definition = g_object_ref (definition);
  work->transport = g_object_ref (transport);
  work->input = json_node_copy (job->input);
  work->origin = g_strdup (job->origin);
  work->files = g_strdup (files);
  work->path = g_strdup (path);
  work->inputs = dailies_practice_list_inputs (definition, job->input);
  work->folder = g_dir_make_tmp ("dailies-practice-XXXXXX", &error);
  if (work->folder == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  fetch_next (task);
}

gboolean
dailies_practice_work_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
