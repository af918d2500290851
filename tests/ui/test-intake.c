/* test-intake.c: where in a request the things of one drop go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-intake.h"

#include "dailies-catalogue.h"
#include "dailies-definition.h"

/* A model of everything: nothing here knows a real one. */
static const char schema[] =
  "{ \"id\": \"runcomfy:test/everything\", \"service\": \"runcomfy\", \"endpoint\": \"test/everything\","
  "  \"title\": \"Everything\", \"input\": { \"type\": \"object\", \"properties\": {"
  "  \"prompt\": { \"type\": \"string\" },"
  "  \"start_image_url\": { \"type\": \"string\", \"format\": \"image_uri\" },"
  "  \"end_image_url\": { \"type\": \"string\", \"format\": \"image_uri\" },"
  "  \"video_url\": { \"type\": \"string\", \"format\": \"video_uri\" },"
  "  \"image_urls\": { \"type\": \"array\", \"format\": \"image_uris\", \"maxItems\": 2,"
  "                    \"items\": { \"type\": \"string\" } },"
  "  \"elements\": { \"type\": \"array\", \"items\": {"
  "    \"frontal_image_url\": { \"type\": \"string\", \"format\": \"image_uri\" },"
  "    \"reference_image_urls\": { \"type\": \"array\", \"format\": \"image_uris\","
  "                                \"items\": { \"type\": \"string\" } } } }"
  "} } }";

static DailiesRequest *
make_request (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (schema, &error);
  g_autoptr (DailiesDefinition) definition = NULL;

  g_assert_no_error (error);
  definition = dailies_definition_new_from_json (node, &error);
  g_assert_no_error (error);
  return dailies_request_new (definition);
}

/* "i" an image, "v" a video, "a" a sound, "?" an address that does not say */
static DailiesDrop *
make_drop (const char *kinds)
{
  DailiesDrop *drop = dailies_drop_new ();

  for (guint i = 0; kinds[i] != '\0'; i++)
    {
      const char *ending = kinds[i] == 'i' ? ".png" : kinds[i] == 'v' ? ".mp4" : kinds[i] == 'a' ? ".wav" : "";
      g_autofree char *value = g_strdup_printf ("https://example.org/%u%s", i, ending);

      dailies_drop_add_values (drop, (const char *const[]) { value, NULL });
    }
  return drop;
}

static DailiesField *
get_field (DailiesRequest *request,
           const char     *name)
{
  DailiesDefinition *definition = dailies_request_get_definition (request);
  DailiesField *field = dailies_definition_get_field (definition, name);

  g_assert_nonnull (field);
  return field;
}

/* "start=0 end=1 video= images=2 elements=0": which asset lies where, elements by their number of images */
static char *
describe (DailiesRequest *request)
{
  static const char *const names[][2] = {
    { "start_image_url", "start" },
    { "end_image_url", "end" },
    { "video_url", "video" },
    { "image_urls", "images" },
  };
  GString *text = g_string_new (NULL);
  GListModel *elements = dailies_request_get_elements (request, "elements");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GListModel *assets = dailies_request_get_assets (request, names[i][0]);

      g_string_append_printf (text, "%s=", names[i][1]);
      for (guint k = 0; k < g_list_model_get_n_items (assets); k++)
        {
          g_autoptr (DailiesAsset) asset = g_list_model_get_item (assets, k);
          const char *uri = dailies_asset_get_uri (asset);

          g_string_append_c (text, uri[strlen ("https://example.org/")]);
        }
      g_string_append_c (text, ' ');
    }
  g_string_append (text, "elements=");
  for (guint i = 0; i < g_list_model_get_n_items (elements); i++)
    {
      g_autoptr (DailiesElement) element = g_list_model_get_item (elements, i);
      GListModel *angles = G_LIST_MODEL (dailies_element_get_angles (element));

      g_string_append_printf (text, "%u", (dailies_element_get_frontal (element) != NULL)
                                              + g_list_model_get_n_items (angles));
    }
  return g_string_free (text, FALSE);
}

static void
test_places (void)
{
  static const struct
  {
    const char *field; /* NULL: beside every field */
    const char *drop;
    const char *places;
    guint       complaints;
  } cases[] = {
    { NULL, "i", "start=0 end= video= images= elements=", 0 },
    { NULL, "ii", "start=0 end=1 video= images= elements=", 0 },
    { NULL, "v", "start= end= video=0 images= elements=", 0 },
    { NULL, "iv", "start=0 end= video=1 images= elements=", 0 },
    { NULL, "iiii", "start=0 end=1 video= images=23 elements=", 0 },
    { NULL, "iiiiii", "start=0 end=1 video= images=23 elements=2", 0 },
    { NULL, "vv", "start= end= video=0 images= elements=", 1 },
    { NULL, "?", "start=0 end= video= images= elements=", 0 },
    { "start_image_url", "ii", "start=0 end=1 video= images= elements=", 0 },
    { "end_image_url", "i", "start= end=0 video= images= elements=", 0 },
    { "end_image_url", "ii", "start=1 end=0 video= images= elements=", 0 },
    { "start_image_url", "iv", "start=0 end= video=1 images= elements=", 0 },
    { "start_image_url", "v", "start= end= video=0 images= elements=", 0 },
    { "start_image_url", "?", "start=0 end= video= images= elements=", 0 },
    { "video_url", "?", "start= end= video=0 images= elements=", 0 },
    { "image_urls", "iii", "start= end= video= images=012 elements=", 0 },
    { "image_urls", "iv", "start= end= video=1 images=0 elements=", 0 },
    { "elements", "iii", "start= end= video= images= elements=3", 0 },
    { "elements", "i", "start= end= video= images= elements=1", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesRequest) request = make_request ();
      g_autoptr (DailiesDrop) drop = make_drop (cases[i].drop);
      g_autofree char *places = NULL;
      DailiesField *field = cases[i].field != NULL ? get_field (request, cases[i].field) : NULL;

      dailies_intake_place (request, field, G_MAXUINT, drop);
      places = describe (request);
      g_assert_cmpstr (places, ==, cases[i].places);
      g_assert_cmpuint (drop->complaints->len, ==, cases[i].complaints);
    }
}

/* What is there is replaced only where the artist dropped on it. */
static void
test_filled (void)
{
  g_autoptr (DailiesRequest) request = make_request ();
  g_autoptr (DailiesDrop) first = make_drop ("ivi");
  g_autoptr (DailiesDrop) again = make_drop ("??????v");
  g_autofree char *places = NULL;

  dailies_intake_place (request, NULL, G_MAXUINT, first);
  g_ptr_array_remove_range (again->assets, 0, 6);
  g_array_remove_range (again->kinds, 0, 6);
  dailies_intake_place (request, NULL, G_MAXUINT, again);
  places = describe (request);
  g_assert_cmpstr (places, ==, "start=0 end=2 video=1 images= elements=");
  g_assert_cmpuint (again->complaints->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (again->complaints, 0), "no empty place"));

  dailies_intake_place (request, get_field (request, "video_url"), G_MAXUINT, again);
  g_free (places);
  places = describe (request);
  g_assert_cmpstr (places, ==, "start=0 end=2 video=6 images= elements=");
}

/* There is nothing to replace with a sound where no field takes one. */
static void
test_sound (void)
{
  static const char *const fields[] = { NULL, "start_image_url" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (DailiesRequest) request = make_request ();
      g_autoptr (DailiesDrop) drop = make_drop ("a");

      dailies_intake_place (request, fields[i] != NULL ? get_field (request, fields[i]) : NULL, G_MAXUINT, drop);
      g_assert_cmpuint (drop->complaints->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "takes no sound"));
    }
}

static void
test_insert (void)
{
  g_autoptr (DailiesRequest) request = make_request ();
  g_autoptr (DailiesDrop) drop = make_drop ("iiii");
  g_autoptr (DailiesDrop) two = make_drop ("iiii");
  g_autofree char *places = NULL;

  g_ptr_array_remove_range (drop->assets, 2, 2);
  g_array_remove_range (drop->kinds, 2, 2);
  g_ptr_array_remove_range (two->assets, 0, 2);
  g_array_remove_range (two->kinds, 0, 2);
  dailies_intake_place (request, get_field (request, "image_urls"), G_MAXUINT, drop);
  dailies_intake_place (request, get_field (request, "image_urls"), 1, two);
  places = describe (request);
  g_assert_cmpstr (places, ==, "start= end= video= images=0231 elements=");
}

static void
test_find (void)
{
  g_autoptr (DailiesRequest) request = make_request ();
  g_autoptr (DailiesDrop) drop = make_drop ("ii");

  g_assert_true (dailies_intake_find_field (request, DAILIES_MEDIA_VIDEO)
                 == get_field (request, "video_url"));
  g_assert_true (dailies_intake_find_field (request, DAILIES_MEDIA_IMAGE)
                 == get_field (request, "start_image_url"));
  g_assert_null (dailies_intake_find_field (request, DAILIES_MEDIA_AUDIO));
  dailies_intake_place (request, NULL, G_MAXUINT, drop);
  g_assert_true (dailies_intake_find_field (request, DAILIES_MEDIA_IMAGE)
                 == get_field (request, "image_urls"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/places", test_places);
  g_test_add_func ("/intake/filled", test_filled);
  g_test_add_func ("/intake/sound", test_sound);
  g_test_add_func ("/intake/insert", test_insert);
  g_test_add_func ("/intake/find", test_find);
  return g_test_run ();
}
