/* test-form-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-form-stream.h"

#include <string.h>

#include "dailies-error.h"

static char *
read_all (DailiesFormStream *form,
          gsize              chunk,
          GError           **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[64];
  gssize size;

  while ((size = g_input_stream_read (G_INPUT_STREAM (form), buffer, chunk, NULL, error)) > 0)
    g_string_append_len (text, buffer, size);
  return size == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
test_whole (void)
{
  for (gsize chunk = 1; chunk <= 64; chunk += 21)
    {
      g_autoptr (GInputStream) file = g_memory_input_stream_new_from_data ("hello world", 11, NULL);
      DailiesFormStream *form = dailies_form_stream_new ("file", "a\"b\r\n.png", "image/png", file, 11);
      const char *boundary = strstr (dailies_form_stream_get_content_type (form), "boundary=") + strlen ("boundary=");
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (form, chunk, &error);
      g_autofree char *expected = g_strdup_printf ("--%s\r\n"
                                                   "Content-Disposition: form-data; name=\"file\"; filename=\"a%%22b%%0D%%0A.png\"\r\n"
                                                   "Content-Type: image/png\r\n\r\nhello world\r\n--%s--\r\n", boundary, boundary);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpint (dailies_form_stream_get_length (form), ==, strlen (text));
      g_assert_cmpint (dailies_form_stream_get_head_length (form), ==, strstr (text, "hello") - text);
      g_assert_finalize_object (form);
    }
}

static void
test_changed (void)
{
  const goffset lengths[] = { 10, 12 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GInputStream) file = g_memory_input_stream_new_from_data ("hello world", 11, NULL);
      g_autoptr (DailiesFormStream) form = dailies_form_stream_new ("file", "film.mp4", NULL, file, lengths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_all (form, 5, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
      g_assert_nonnull (strstr (error->message, "film.mp4"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-stream/whole", test_whole);
  g_test_add_func ("/form-stream/changed", test_changed);
  return g_test_run ();
}
