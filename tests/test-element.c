/* test-element.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "request-fixture.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  DailiesElement *element = dailies_element_new ();
  g_autoptr (DailiesAsset) asset = new_asset ("https://pages.test/1.png");
  g_autoptr (DailiesAsset) frontal = NULL;
  g_autofree char *description = NULL;
  guint            notified = 0;

  g_assert_null (dailies_element_get_frontal (element));
  g_assert_cmpstr (dailies_element_get_description (element), ==, "");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (dailies_element_get_angles (element))) == DAILIES_TYPE_ASSET);

  g_signal_connect_swapped (element, "notify", G_CALLBACK (count_cb), &notified);
  dailies_element_set_frontal (element, asset);
  dailies_element_set_frontal (element, asset);
  g_object_set (element, "description", "a fox", NULL);
  dailies_element_set_description (element, "a fox");
  g_assert_cmpuint (notified, ==, 2);

  g_object_get (element, "frontal", &frontal, "description", &description, NULL);
  g_assert_true (frontal == asset);
  g_assert_cmpstr (description, ==, "a fox");
  dailies_element_set_description (element, NULL);
  g_object_set (element, "frontal", NULL, NULL);
  g_assert_null (dailies_element_get_frontal (element));
  g_assert_cmpstr (dailies_element_get_description (element), ==, "");

  dailies_element_set_description (element, "broken \xff bytes");
  g_assert_true (g_utf8_validate (dailies_element_get_description (element), -1, NULL));
  g_assert_finalize_object (element);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/element/properties", test_properties);
  return g_test_run ();
}
