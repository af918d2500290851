/* test-hash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-hash.h"

static void
test_known (void)
{
  static const struct
  {
    const char *text;
    const char *sum;
  } cases[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (cases[i].text, strlen (cases[i].text), NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *sum = NULL;
      goffset length = -1;

      sum = dailies_hash_stream (stream, NULL, NULL, &length, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sum, ==, cases[i].sum);
      g_assert_cmpint (length, ==, strlen (cases[i].text));
    }
}

static void
count_cb (goffset  done,
          goffset  all,
          gpointer data)
{
  goffset *told = data;

  g_assert_cmpint (done, >, *told);
  g_assert_cmpint (all, ==, -1);
  *told = done;
}

/* Longer than one piece, and no multiple of it. */
static void
test_pieces (void)
{
  const gsize length = 3 * 256 * 1024 + 17;
  goffset told = 0;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *sum = dailies_hash_stream (stream, count_cb, &told, NULL, NULL, NULL);

  g_assert_cmpstr (sum, ==, expected);
  g_assert_cmpint (told, ==, length);
}

static void
test_cancelled (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dailies_hash_stream (stream, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/known", test_known);
  g_test_add_func ("/hash/pieces", test_pieces);
  g_test_add_func ("/hash/cancelled", test_cancelled);
  return g_test_run ();
}
