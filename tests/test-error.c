#include "dailies-error.h"

static void
test_words (void)
{
  g_autoptr (GError) error = dailies_error_new_with_words (DAILIES_ERROR_RATE, "slow down", 7, "Wait %u seconds", 7);
  g_autoptr (GError) copy = g_error_copy (error);

  g_assert_error (copy, DAILIES_ERROR, DAILIES_ERROR_RATE);
  g_assert_cmpstr (copy->message, ==, "Wait 7 seconds");
  g_assert_cmpstr (dailies_error_get_words (copy), ==, "slow down");
  g_assert_cmpuint (dailies_error_get_retry_after (copy), ==, 7);
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "no");

  g_assert_null (dailies_error_get_words (error));
  g_assert_cmpuint (dailies_error_get_retry_after (error), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/words", test_words);
  g_test_add_func ("/error/foreign", test_foreign);
  return g_test_run ();
}
