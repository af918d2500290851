/* test-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-service.h"

static void
test_remote_id (void)
{
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *longer = g_strnfill (129, 'a');
  const char *good[] = { "a", "A-z_09", "0", "-", longest };
  const char *bad[] = { NULL, "", " ", "a b", "a\n", "a/b", "../a", "a?b=c", "a#b", "a%2f", "ä", "a.b", longer };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dailies_remote_id_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dailies_remote_id_is_valid (bad[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/remote-id", test_remote_id);
  return g_test_run ();
}
