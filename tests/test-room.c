/* test-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-room.h"

#include "dailies-error.h"

#define MIB (1024 * 1024)

static void
test_suffices (void)
{
  static const struct
  {
    guint64  room;
    guint64  missing;
    gboolean suffices;
  } cases[] = {
    { 10 * MIB, 9 * MIB, TRUE },
    { 10 * MIB, 9 * MIB + 1, FALSE },
    { MIB, 0, TRUE },
    { MIB - 1, 0, FALSE },
    { 0, 1, FALSE },
    { 10 * MIB, G_MAXINT64, FALSE },
    { 10 * MIB, G_MAXUINT64 - 1, FALSE },
    { DAILIES_ROOM_UNKNOWN, 1, TRUE },
    { 0, DAILIES_ROOM_UNKNOWN, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (
        dailies_room_suffices (cases[i].room, cases[i].missing), ==, cases[i].suffices);
    }
}

/* What was fetched before counts as room: going on a second time does not take a tenth less each time. */
static void
test_share (void)
{
  const guint64 gib = G_GUINT64_CONSTANT (1024) * MIB;

  g_assert_cmpuint (dailies_room_get_share (100 * MIB, 0), ==, 90 * MIB);
  g_assert_cmpuint (dailies_room_get_share (10 * MIB, 90 * MIB), ==, 90 * MIB);
  g_assert_cmpuint (dailies_room_get_share (100 * gib, 0), ==, 100 * gib - 256 * MIB);
  g_assert_cmpuint (dailies_room_get_share (2 * MIB, 0), ==, MIB);
  g_assert_cmpuint (dailies_room_get_share (MIB / 2, 0), ==, 0);
  g_assert_cmpuint (dailies_room_get_share (DAILIES_ROOM_UNKNOWN, 5), ==, DAILIES_ROOM_UNKNOWN);
}

static void
test_words (void)
{
  g_autoptr (GError) told = dailies_room_new_error (2 * 1000 * 1000, 5 * 1000 * 1000);
  g_autoptr (GError) untold = dailies_room_new_error (DAILIES_ROOM_UNKNOWN, DAILIES_ROOM_UNKNOWN);
  g_autoptr (GError) absurd = dailies_room_new_error (0, G_MAXUINT64 - 1);

  g_assert_error (told, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (told->message, "6.0"));
  g_assert_nonnull (strstr (told->message, "2.0"));
  g_assert_error (untold, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_error (absurd, DAILIES_ERROR, DAILIES_ERROR_DISK);
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static guint64
ask (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_room_ask_async (file, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_room_ask_finish (result);
}

/* The file need not be there, its folder must. */
static void
test_ask (void)
{
  g_autofree char *here = g_build_filename (g_get_tmp_dir (), "clip.part", NULL);

  g_assert_cmpuint (ask (here), !=, DAILIES_ROOM_UNKNOWN);
  g_assert_cmpuint (ask ("/no/such/folder/clip.part"), ==, DAILIES_ROOM_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room/suffices", test_suffices);
  g_test_add_func ("/room/share", test_share);
  g_test_add_func ("/room/words", test_words);
  g_test_add_func ("/room/ask", test_ask);

  return g_test_run ();
}
