/* test-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>

#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "finalize.h"
#include "wait.h"

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  fixture_wait (*result != NULL);
  return *result;
}

static gboolean
load (DailiesCatalogue *catalogue)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean loaded;

  dailies_catalogue_load_async (catalogue, NULL, keep_result_cb, &result);
  loaded = dailies_catalogue_load_finish (catalogue, wait_for (&result), &error);
  g_assert_no_error (error);

  return loaded;
}

static DailiesDefinition *
import (DailiesCatalogue  *catalogue,
        const char        *text,
        GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  dailies_catalogue_import_async (catalogue, bytes, NULL, keep_result_cb, &result);

  return dailies_catalogue_import_finish (catalogue, wait_for (&result), error);
}

static void
test_bundled (void)
{
  static const char *const ids[] = {
    "runcomfy:kling/kling-video-o1/image-to-video",
    "runcomfy:kling/kling-video-o1/image-to-video/reference",
    "runcomfy:kling/kling-video-o1/video-to-video/edit",
    "unifically:kuaishou/kling-o1-video-edit",
    "unifically:kuaishou/kling-o1-video",
  };
  DailiesCatalogue *catalogue = dailies_catalogue_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, G_N_ELEMENTS (ids));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (catalogue)) == DAILIES_TYPE_DEFINITION);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      g_assert_cmpstr (dailies_definition_get_id (definition), ==, ids[i]);
      g_assert_cmpstr (dailies_definition_get_family (definition), ==, "Kling O1");
      g_assert_cmpstr (dailies_definition_get_price_as_of (definition), ==, "2026-11");
      g_assert_false (isnan (dailies_definition_get_usd_per_second (definition)));
    }
  assert_finalize_when_threads_let_go (catalogue);
}

static void
test_lookup (void)
{
  static const struct
  {
    const char *name;
    const char *id;
    int         code;
  } cases[] = {
    { "runcomfy:kling/kling-video-o1/image-to-video", "runcomfy:kling/kling-video-o1/image-to-video" },
    { "kling/kling-video-o1/image-to-video", "runcomfy:kling/kling-video-o1/image-to-video" },
    { "image-to-video", "runcomfy:kling/kling-video-o1/image-to-video" },
    { "reference", "runcomfy:kling/kling-video-o1/image-to-video/reference" },
    { "video-to-video/edit", "runcomfy:kling/kling-video-o1/video-to-video/edit" },
    { "kling-o1-video", "unifically:kuaishou/kling-o1-video" },
    { "ference", NULL, DAILIES_ERROR_NOT_FOUND },
    { "", NULL, DAILIES_ERROR_NOT_FOUND },
    { "no-such", NULL, DAILIES_ERROR_NOT_FOUND },
  };
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DailiesDefinition *definition = dailies_catalogue_lookup (catalogue, cases[i].name, &error);

      g_test_message ("%s", cases[i].name);
      if (cases[i].id != NULL)
        g_assert_cmpstr (dailies_definition_get_id (definition), ==, cases[i].id);
      else
        g_assert_error (error, DAILIES_ERROR, cases[i].code);
    }
}

static void
test_user_folder (void)
{
  static const char entry[] =
    "{ \"model_id\": \"acme/motion/edit\", \"display_name\": \"Acme\", \"input_schema\":"
    "  { \"properties\": { \"prompt\": { \"type\": \"String\" } } } }";
  g_autofree char *path = g_dir_make_tmp ("dailies-models-XXXXXX", NULL);
  g_autofree char *folder_path = g_build_filename (path, "deep", "models", NULL);
  g_autofree char *broken = g_build_filename (folder_path, "aaa-broken.json", NULL);
  g_autofree char *kept = g_build_filename (folder_path, "runcomfy+acme+motion+edit.json", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autoptr (GError) error = NULL;
  DailiesCatalogue *catalogue = dailies_catalogue_new (folder);
  DailiesDefinition *definition;

  /* A folder that is not there yet is no error. */
  g_assert_true (load (catalogue));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 5);

  definition = import (catalogue, entry, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dailies_definition_get_id (definition), ==, "runcomfy:acme/motion/edit");
  g_clear_object (&definition);
  definition = import (catalogue, entry, &error);
  g_assert_no_error (error);
  g_clear_object (&definition);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 6);

  g_assert_null (dailies_catalogue_lookup (catalogue, "edit", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "runcomfy:acme/motion/edit"));
  g_assert_nonnull (strstr (error->message, "video-to-video/edit"));
  g_clear_error (&error);

  g_assert_null (import (catalogue, "not json", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);

  /* One that cannot be read hides no other and is told. */
  g_assert_true (g_file_set_contents (broken, "{", -1, NULL));
  assert_finalize_when_threads_let_go (catalogue);
  catalogue = dailies_catalogue_new (folder);
  g_assert_true (load (catalogue));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 6);
  g_assert_cmpuint (g_strv_length ((char **) dailies_catalogue_get_complaints (catalogue)), ==, 1);
  g_assert_true (g_str_has_prefix (dailies_catalogue_get_complaints (catalogue)[0], "aaa-broken.json: "));
  assert_finalize_when_threads_let_go (catalogue);

  g_assert_cmpint (g_remove (broken), ==, 0);
  g_assert_cmpint (g_remove (kept), ==, 0);
}

static char *
make_entry (const char *model_id,
            const char *title)
{
  return g_strdup_printf ("{ \"model_id\": \"%s\", \"display_name\": \"%s\", \"input_schema\":"
                          "  { \"properties\": { \"prompt\": { \"type\": \"string\" } } } }", model_id, title);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Ids that differ only in their separators are kept side by side. */
static void
test_file_names (void)
{
  static const char *const names[] = { "a/b-c", "a-b/c", "a-b-c", "a/b/c", "a/b_c", "a/b.c" };
  g_autofree char *path = g_dir_make_tmp ("dailies-models-XXXXXX", NULL);
  g_autofree char *old_path = g_build_filename (path, "runcomfy-a-b-c.json", NULL);
  g_autofree char *old = make_entry ("a-b/c", "Old");
  g_autofree char *other_path = g_build_filename (path, "runcomfy-a-b-c-d.json", NULL);
  g_autofree char *other = make_entry ("a/b/c-d", "Other");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (DailiesCatalogue) first = dailies_catalogue_new (folder);
  g_autoptr (DailiesCatalogue) second = dailies_catalogue_new (folder);

  /* Files of the old names are read, replaced by an import of the same model and left alone by one of another. */
  g_assert_true (g_file_set_contents (old_path, old, -1, NULL));
  g_assert_true (g_file_set_contents (other_path, other, -1, NULL));
  g_assert_true (load (first));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (first)), ==, 5 + 2);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *entry = make_entry (names[i], names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesDefinition) definition = import (first, entry, &error);

      g_assert_no_error (error);
    }

  g_assert_true (load (second));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 5 + 1 + G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strconcat ("runcomfy:", names[i], NULL);
      DailiesDefinition *definition = dailies_catalogue_lookup (second, id, NULL);

      g_assert_nonnull (definition);
      g_assert_cmpstr (dailies_definition_get_title (definition), ==, names[i]);
    }
  g_assert_false (g_file_test (old_path, G_FILE_TEST_EXISTS));
  remove_folder (path);
}

/* A schema with @n_fields inputs of @length characters of description, or nested @depth levels in an input. */
static char *
make_schema (guint n_fields,
             guint length,
             guint depth)
{
  g_autofree char *words = g_strnfill (length, 'w');
  GString *schema = g_string_new ("{\"properties\":{\"prompt\":{\"type\":\"string\"}");

  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (schema, ",\"f%u\":{\"type\":\"string\",\"description\":\"%s\"}", i, words);
  g_string_append (schema, ",\"deep\":{\"type\":\"string\",\"x\":");
  for (guint i = 0; i < depth; i++)
    g_string_append_c (schema, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (schema, ']');
  g_string_append (schema, "}}}");

  return g_string_free (schema, FALSE);
}

/* What is imported can be read back, or it is refused and nothing is left behind. */
static void
test_limits (void)
{
  static const struct
  {
    guint       n_fields, length, depth;
    const char *refused;
  } cases[] = {
    { 100, 10000, 1, NULL },
    { 100, 11000, 1, "at most 1 MB" },
    { 1, 10, 1, NULL },
    { 1, 10, 61, NULL },
    { 1, 10, 62, "levels deep" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_dir_make_tmp ("dailies-models-XXXXXX", NULL);
      g_autofree char *schema = make_schema (cases[i].n_fields, cases[i].length, cases[i].depth);
      g_autoptr (GFile) folder = g_file_new_for_path (path);
      g_autoptr (DailiesCatalogue) first = dailies_catalogue_new (folder);
      g_autoptr (DailiesCatalogue) second = dailies_catalogue_new (folder);
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesDefinition) definition = import (first, schema, &error);

      g_test_message ("%u", i);
      g_assert_true (load (second));
      g_assert_cmpuint (g_strv_length ((char **) dailies_catalogue_get_complaints (second)), ==, 0);
      if (cases[i].refused != NULL)
        {
          g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, cases[i].refused));
        }
      else
        g_assert_no_error (error);
      g_assert_cmpuint (count_files (path), ==, cases[i].refused == NULL);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 5 + (cases[i].refused == NULL));
      remove_folder (path);
    }
}

/* An enumeration of numbers takes two bytes each in one line and many more with line breaks. */
static void
test_grows (void)
{
  g_autofree char *path = g_dir_make_tmp ("dailies-models-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (DailiesCatalogue) first = dailies_catalogue_new (folder);
  g_autoptr (DailiesCatalogue) second = dailies_catalogue_new (folder);
  g_autoptr (GString) schema = g_string_new ("{\"properties\":{\"prompt\":{\"type\":\"string\",\"x\":[0");
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (schema, ",1");
  g_string_append (schema, "]}}}");
  definition = import (first, schema->str, &error);
  g_assert_no_error (error);
  g_assert_true (load (second));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 6);
  remove_folder (path);
}

/* The user's own definition of a bundled model stands in its place. */
static void
test_override (void)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) own =
    import (catalogue, "{ \"service\": \"unifically\", \"endpoint\": \"kuaishou/kling-o1-video-edit\", \"title\": \"Mine\","
                       "  \"input\": { \"properties\": { \"prompt\": { \"type\": \"string\" } } } }", &error);
  g_autoptr (DailiesDefinition) fourth = g_list_model_get_item (G_LIST_MODEL (catalogue), 3);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 5);
  g_assert_true (fourth == own);
  g_assert_cmpstr (dailies_definition_get_title (fourth), ==, "Mine");
  g_assert_cmpstr (dailies_definition_get_title (dailies_catalogue_get_replaced (catalogue, own, NULL)), !=, "Mine");
  {
    g_autoptr (DailiesDefinition) bundled = g_list_model_get_item (G_LIST_MODEL (catalogue), 0);

    g_assert_null (dailies_catalogue_get_replaced (catalogue, bundled, NULL));
  }
}

static void
assert_listed (const char *strings,
               const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);
  g_autofree char *quoted = g_strdup_printf ("N_(\"%s\")", escaped);

  if (strstr (strings, quoted) == NULL)
    g_error ("data/models/model-strings.c lacks %s", quoted);
}

/* xgettext cannot read JSON, so what it is given has to be kept up with the definitions. */
static void
test_strings_listed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "models", "model-strings.c", NULL);
  g_autofree char *strings = NULL;
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);

  g_assert_true (g_file_get_contents (path, &strings, NULL, NULL));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      GListModel *fields = dailies_definition_get_fields (definition);

      assert_listed (strings, dailies_definition_get_title (definition));
      for (guint f = 0; f < g_list_model_get_n_items (fields); f++)
        {
          g_autoptr (DailiesField) field = g_list_model_get_item (fields, f);

          g_assert_cmpstr (dailies_field_get_description (field), !=, "");
          assert_listed (strings, dailies_field_get_title (field));
          assert_listed (strings, dailies_field_get_description (field));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/bundled", test_bundled);
  g_test_add_func ("/catalogue/lookup", test_lookup);
  g_test_add_func ("/catalogue/user-folder", test_user_folder);
  g_test_add_func ("/catalogue/file-names", test_file_names);
  g_test_add_func ("/catalogue/limits", test_limits);
  g_test_add_func ("/catalogue/grows", test_grows);
  g_test_add_func ("/catalogue/override", test_override);
  g_test_add_func ("/catalogue/strings-listed", test_strings_listed);
  return g_test_run ();
}
