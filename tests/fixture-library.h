/* fixture-library.h: a library in a folder of its own, for the tests of library and queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>

#include "dailies-library.h"
#include "dailies-store.h"
#include "wait.h"

static inline void
fixture_result_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static inline char *
fixture_make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char             *path = g_dir_make_tmp ("dailies-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static inline void
fixture_remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char     *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        fixture_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static inline DailiesStore *
fixture_open_store (const char  *path,
                    GError     **error)
{
  g_autoptr(GFile)        directory = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  dailies_store_open_async (directory, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  return dailies_store_open_finish (result, error);
}

static inline void
fixture_close_store (DailiesStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_store_close_async (store, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_store_close_finish (store, result, NULL));
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static inline gpointer
fixture_run (DailiesStore      *store,
             DailiesStoreFunc   func,
             gpointer           data,
             GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_store_run_async (store, func, data, NULL, NULL, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  return dailies_store_run_finish (store, result, error);
}

static inline void
fixture_load (DailiesLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_library_load_async (library, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_library_load_finish (library, result, &error));
  g_assert_no_error (error);
}
