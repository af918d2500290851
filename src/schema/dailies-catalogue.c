/* dailies-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "dailies-catalogue.h"
#include "dailies-core-resources.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-schema-json.h"

/* The same in every profile: it is fixed in dailies-core.gresource.xml. */
#define BUNDLED_PATH "/io/github/dailies/Dailies/models/"
#define MAX_FILES 1000
#define MAX_BYTES (1024 * 1024)

struct _DailiesCatalogue
{
  GObject    parent_instance;

  GFile     *user_dir;   /* nullable */
  GPtrArray *bundled;    /* DailiesDefinition */
  GPtrArray *user;       /* DailiesDefinition; one with a bundled id stands in its place */
  GPtrArray *items;      /* DailiesDefinition: what the list shows */
  char     **complaints;
};

/* What a thread read, handed over to the main thread as a whole. */
typedef struct
{
  GPtrArray *definitions;
  char     **complaints;
} Reading;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesCatalogue, dailies_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
reading_free (Reading *reading)
{
  g_ptr_array_unref (reading->definitions);
  g_strfreev (reading->complaints);
  g_free (reading);
}

static int
compare_names (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static int
find_id (GPtrArray  *definitions,
         const char *id)
{
  for (guint i = 0; i < definitions->len; i++)
    if (g_str_equal (dailies_definition_get_id (g_ptr_array_index (definitions, i)), id))
      return (int) i;

  return -1;
}

static DailiesDefinition *
read_bytes (GBytes  *bytes,
            GError **error)
{
  g_autoptr (JsonNode) node = dailies_schema_json_parse (bytes, error);

  return node != NULL ? dailies_definition_new_from_json (node, error) : NULL;
}

static void
read_bundled (DailiesCatalogue *self)
{
  /* Asking for it by name is what links the resource of a static library at all. */
  GResource *resource = dailies_core_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, BUNDLED_PATH, 0, NULL);

  if (names == NULL)
    return;

  /* Their file names begin with their place in the list. */
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (BUNDLED_PATH, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, &error);
      DailiesDefinition *definition = bytes != NULL ? read_bytes (bytes, &error) : NULL;

      /* Ours to get right; the tests read every one. */
      if (definition == NULL)
        g_error ("%s: %s", names[i], error->message);
      g_ptr_array_add (self->bundled, definition);
    }
}

static void
rebuild_items (DailiesCatalogue *self)
{
  guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < self->bundled->len; i++)
    {
      DailiesDefinition *definition = g_ptr_array_index (self->bundled, i);
      int                own = find_id (self->user, dailies_definition_get_id (definition));

      if (own >= 0)
        definition = g_ptr_array_index (self->user, own);
      g_ptr_array_add (self->items, g_object_ref (definition));
    }
  for (guint i = 0; i < self->user->len; i++)
    {
      DailiesDefinition *definition = g_ptr_array_index (self->user, i);

      if (find_id (self->items, dailies_definition_get_id (definition)) < 0)
        g_ptr_array_add (self->items, g_object_ref (definition));
    }

  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

static DailiesDefinition *
read_file (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *buffer = NULL;
  gsize            length = 0;

  if (stream == NULL)
    return NULL;

  /* One byte more than is read, so that the reader sees that it is too large. */
  buffer = g_malloc (MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, MAX_BYTES + 1, &length,
                                cancellable, error))
    return NULL;

  {
    g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&buffer), length);

    return read_bytes (bytes, error);
  }
}

/* Returns: (transfer full): names of the JSON files, sorted; empty where there is no folder */
static char **
list_files (GFile         *directory,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileEnumerator) enumerator = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  enumerator = g_file_enumerate_children (directory, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                          G_FILE_QUERY_INFO_NONE,
                                          cancellable, &local);
  if (enumerator == NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  while (enumerator != NULL && names->len < MAX_FILES)
    {
      GFileInfo *info;

      if (!g_file_enumerator_iterate (enumerator, &info, NULL, cancellable, error))
        return NULL;
      if (info == NULL)
        break;
      if (g_str_has_suffix (g_file_info_get_name (info), ".json"))
        g_ptr_array_add (names, g_strdup (g_file_info_get_name (info)));
    }

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GFile          *directory = data;
  GError         *error = NULL;
  g_auto (GStrv)  names = list_files (directory, cancellable, &error);
  g_autoptr (GStrvBuilder) complaints = g_strv_builder_new ();
  Reading        *reading;

  if (names == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->definitions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_get_child (directory, names[i]);
      g_autoptr (GError) local = NULL;
      g_autoptr (DailiesDefinition) definition = read_file (file, cancellable, &local);

      if (definition != NULL &&
          find_id (reading->definitions, dailies_definition_get_id (definition)) < 0)
        g_ptr_array_add (reading->definitions, g_steal_pointer (&definition));
      else if (local != NULL)
        {
          g_autofree char *shown = g_filename_display_name (names[i]);
          g_autofree char *complaint = g_strdup_printf ("%s: %s", shown, local->message);

          g_strv_builder_add (complaints, complaint);
        }
    }
  reading->complaints = g_strv_builder_end (complaints);

  g_task_return_pointer (task, reading, (GDestroyNotify) reading_free);
}

/* No id has a plus sign, and its separators do not belong in a file's name: two models never share one. */
static char *
make_file_name (DailiesDefinition *definition)
{
  g_autofree char *name = g_strdup (dailies_definition_get_id (definition));

  return g_strconcat (g_strdelimit (name, ":/", '+'), ".json", NULL);
}

/* Definitions used to be kept under names that two models could share. An old file of the same model would stand in
 * the way of the new one at the next start; one of another model is somebody's only copy. */
static void
remove_old_file (GFile             *directory,
                 DailiesDefinition *definition,
                 GCancellable      *cancellable)
{
  g_autofree char *name = g_strdelimit (g_strdup (dailies_definition_get_id (definition)), ":/", '-');
  g_autofree char *old_name = g_strconcat (name, ".json", NULL);
  g_autoptr (GFile) file = g_file_get_child (directory, old_name);
  g_autoptr (DailiesDefinition) old = read_file (file, cancellable, NULL);

  if (old != NULL && g_str_equal (dailies_definition_get_id (old), dailies_definition_get_id (definition)))
    g_file_delete (file, cancellable, NULL);
}

/* What is kept has to be readable at the next start. A definition that was pasted in one line may become too large
 * with line breaks, and one that is as deep as it may be is a level deeper in its file.
 * Returns: (transfer full) (nullable) */
static GBytes *
write_definition (DailiesDefinition  *definition,
                  GError            **error)
{
  g_autoptr (JsonNode) node = dailies_definition_to_json (definition);
  g_autoptr (DailiesDefinition) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = json_to_string (node, TRUE);
  gsize            length;

  if (strlen (text) > MAX_BYTES)
    {
      g_free (text);
      text = json_to_string (node, FALSE);
    }
  length = strlen (text);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  again = read_bytes (bytes, error);

  return again != NULL ? g_steal_pointer (&bytes) : NULL;
}

typedef struct
{
  GFile  *directory; /* nullable */
  GBytes *bytes;
} Import;

static void
import_free (Import *import)
{
  g_clear_object (&import->directory);
  g_bytes_unref (import->bytes);
  g_free (import);
}

static gboolean
store_definition (GFile              *directory,
                  DailiesDefinition  *definition,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (GBytes) bytes = write_definition (definition, error);
  g_autofree char *name = make_file_name (definition);
  g_autoptr (GFile) file = g_file_get_child (directory, name);
  g_autoptr (GError) local = NULL;

  if (bytes == NULL)
    return FALSE;

  if ((!g_file_make_directory_with_parents (directory, cancellable, &local) &&
       !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS)) ||
      (g_clear_error (&local),
       !g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                                 G_FILE_CREATE_NONE, NULL, cancellable, &local)))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                   _("The model definition could not be kept in “%s”: %s"),
                   g_file_peek_path (directory),
                   local->message);
      return FALSE;
    }
  remove_old_file (directory, definition, cancellable);

  return TRUE;
}

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Import *import = data;
  GError *error = NULL;
  g_autoptr (DailiesDefinition) definition = read_bytes (import->bytes, &error);

  if (definition == NULL ||
      (import->directory != NULL &&
       !store_definition (import->directory, definition, cancellable, &error)))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&definition), g_object_unref);
}

static GType
get_item_type (GListModel *model)
{
  return DAILIES_TYPE_DEFINITION;
}

static guint
get_n_items (GListModel *model)
{
  return DAILIES_CATALOGUE (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  DailiesCatalogue *self = DAILIES_CATALOGUE (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items,
                                                                        position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
dailies_catalogue_finalize (GObject *object)
{
  DailiesCatalogue *self = DAILIES_CATALOGUE (object);

  g_clear_object (&self->user_dir);
  g_ptr_array_unref (self->bundled);
  g_ptr_array_unref (self->user);
  g_ptr_array_unref (self->items);
  g_strfreev (self->complaints);

  G_OBJECT_CLASS (dailies_catalogue_parent_class)->finalize (object);
}

static void
dailies_catalogue_class_init (DailiesCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_catalogue_finalize;
}

static void
dailies_catalogue_init (DailiesCatalogue *self)
{
  self->bundled = g_ptr_array_new_with_free_func (g_object_unref);
  self->user = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->complaints = g_new0 (char *, 1);
}

DailiesCatalogue *
dailies_catalogue_new (GFile *user_dir)
{
  DailiesCatalogue *self = g_object_new (DAILIES_TYPE_CATALOGUE, NULL);

  g_set_object (&self->user_dir, user_dir);
  read_bundled (self);
  rebuild_items (self);

  return self;
}

void
dailies_catalogue_load_async (DailiesCatalogue    *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DAILIES_IS_CATALOGUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_catalogue_load_async);
  if (self->user_dir == NULL)
    {
      Reading *nothing = g_new0 (Reading, 1);

      nothing->definitions = g_ptr_array_new_with_free_func (g_object_unref);
      nothing->complaints = g_new0 (char *, 1);
      g_task_return_pointer (task, nothing, (GDestroyNotify) reading_free);
      return;
    }

  g_task_set_task_data (task, g_object_ref (self->user_dir), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

gboolean
dailies_catalogue_load_finish (DailiesCatalogue  *self,
                               GAsyncResult      *result,
                               GError           **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  reading = g_task_propagate_pointer (G_TASK (result), error);
  if (reading == NULL)
    return FALSE;

  g_ptr_array_unref (self->user);
  self->user = g_ptr_array_ref (reading->definitions);
  g_strfreev (self->complaints);
  self->complaints = g_steal_pointer (&reading->complaints);
  reading_free (reading);
  rebuild_items (self);

  return TRUE;
}

const char *const *
dailies_catalogue_get_complaints (DailiesCatalogue *self)
{
  g_return_val_if_fail (DAILIES_IS_CATALOGUE (self), NULL);

  return (const char *const *) self->complaints;
}

/* How well @name fits: 3 the id, 2 the id without its service, 1 its last parts, 0 not at all. */
static int
rate_name (DailiesDefinition *definition,
           const char        *name)
{
  const char *endpoint = dailies_definition_get_endpoint (definition);
  gsize       length = strlen (endpoint), tail = strlen (name);

  if (g_str_equal (dailies_definition_get_id (definition), name))
    return 3;
  if (g_str_equal (endpoint, name))
    return 2;
  if (tail > 0 && tail < length && endpoint[length - tail - 1] == '/' &&
      g_str_has_suffix (endpoint, name))
    return 1;

  return 0;
}

DailiesDefinition *
dailies_catalogue_lookup (DailiesCatalogue  *self,
                          const char        *name,
                          GError           **error)
{
  g_return_val_if_fail (DAILIES_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (int rating = 3; rating > 0; rating--)
    {
      g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
      g_auto (GStrv)     candidates = NULL;
      g_autofree char   *joined = NULL;
      DailiesDefinition *found = NULL;

      for (guint i = 0; i < self->items->len; i++)
        if (rate_name (g_ptr_array_index (self->items, i), name) == rating)
          {
            found = g_ptr_array_index (self->items, i);
            g_strv_builder_add (ids, dailies_definition_get_id (found));
          }

      if (found == NULL)
        continue;

      candidates = g_strv_builder_end (ids);
      if (g_strv_length (candidates) == 1)
        return found;

      joined = g_strjoinv (", ", candidates);
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   /* Translators: the second %s is a list of names of models */
                   _("“%s” could be any of these models: %s"), name, joined);
      return NULL;
    }

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND, _("There is no model called “%s”."),
               name);
  return NULL;
}

void
dailies_catalogue_import_async (DailiesCatalogue    *self,
                                GBytes              *bytes,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Import *import;

  g_return_if_fail (DAILIES_IS_CATALOGUE (self));
  g_return_if_fail (bytes != NULL);

  import = g_new0 (Import, 1);
  g_set_object (&import->directory, self->user_dir);
  import->bytes = g_bytes_ref (bytes);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_catalogue_import_async);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  g_task_run_in_thread (task, import_in_thread);
}

DailiesDefinition *
dailies_catalogue_import_finish (DailiesCatalogue  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  DailiesDefinition *definition;
  int                known;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  definition = g_task_propagate_pointer (G_TASK (result), error);
  if (definition == NULL)
    return NULL;

  known = find_id (self->user, dailies_definition_get_id (definition));
  if (known >= 0)
    g_ptr_array_remove_index (self->user, known);
  g_ptr_array_add (self->user, g_object_ref (definition));
  rebuild_items (self);

  return definition;
}

DailiesDefinition *
dailies_catalogue_get_replaced (DailiesCatalogue   *self,
                                DailiesDefinition  *definition,
                                GFile             **file)
{
  g_autofree char *name = NULL;
  int              bundled;

  g_return_val_if_fail (DAILIES_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (DAILIES_IS_DEFINITION (definition), NULL);

  bundled = find_id (self->bundled, dailies_definition_get_id (definition));
  if (bundled < 0 || g_ptr_array_index (self->bundled, bundled) == definition)
    return NULL;

  if (file != NULL)
    {
      name = make_file_name (definition);
      *file = self->user_dir != NULL ? g_file_get_child (self->user_dir, name) : NULL;
    }
  return g_ptr_array_index (self->bundled, bundled);
}
