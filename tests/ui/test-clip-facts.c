/* test-clip-facts.c: what the captions say of clips that differ in themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-clip-facts.h"

#define SECONDS(seconds) ((gint64) ((seconds) * 1000000000.))

static void
test_text (void)
{
  static const struct
  {
    DailiesClipFacts clips[3];
    guint            n_clips;
    const char      *words[3];
  } cases[] = {
    { { { 1280, 720, 24, SECONDS (5) }, { 1280, 720, 24, SECONDS (5) } }, 2, { NULL, NULL } },
    { { { 1280, 720, 24, SECONDS (5) }, { 1920, 1080, 30, SECONDS (8.04) } },
      2,
      { "1280×720 · 24 fps · 5.0 s", "1920×1080 · 30 fps · 8.0 s" } },
    /* Only the parts that differ, and of every side. */
    { { { 1280, 720, 24, SECONDS (5) }, { 1280, 720, 24, SECONDS (5) }, { 1280, 720, 24, SECONDS (10) } },
      3,
      { "5.0 s", "5.0 s", "10.0 s" } },
    { { { 1280, 720, 24000 / 1001., SECONDS (5) }, { 1280, 720, 24, SECONDS (5) } }, 2, { "23.976 fps", "24 fps" } },
    { { { 640, 360, 30000 / 1001., 0 }, { 640, 640, 29.9701, 0 } }, 2, { "640×360", "640×640" } },
    /* A frame more is told, the end of a block of sound is not. */
    { { { 1280, 720, 24, SECONDS (5) }, { 1280, 720, 24, SECONDS (5 + 1 / 24.) } }, 2, { "5.00 s", "5.04 s" } },
    { { { 1280, 720, 60, SECONDS (5) }, { 1280, 720, 60, SECONDS (5.02) } }, 2, { NULL, NULL } },
    /* What is not known yet, or never, differs from nothing. */
    { { { 1280, 720, 24, SECONDS (5) }, { 0, 0, 0, 0 } }, 2, { NULL, NULL } },
    { { { 1280, 720, 24, SECONDS (5) }, { 0, 0, 0, 0 }, { 1920, 1080, 24, SECONDS (5) } },
      3,
      { "1280×720", NULL, "1920×1080" } },
    { { { 1280, 720, 24, SECONDS (5) } }, 1, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint side = 0; side < cases[i].n_clips; side++)
        {
          g_autofree char *words = dailies_clip_facts_dup_text (cases[i].clips, cases[i].n_clips, side);

          g_assert_cmpstr (words, ==, cases[i].words[side]);
        }
    }
}

static void
test_joint_text (void)
{
  DailiesClipFacts clips[] = { { 1280, 720, 24, SECONDS (5) }, { 1280, 720, 25, SECONDS (5.5) } };
  g_autofree char *words = dailies_clip_facts_dup_joint_text (clips);
  g_autofree char *none = NULL;

  g_assert_cmpstr (words, ==, "24 fps → 25 fps · 5.0 s → 5.5 s");
  clips[1] = clips[0];
  none = dailies_clip_facts_dup_joint_text (clips);
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip-facts/text", test_text);
  g_test_add_func ("/clip-facts/joint-text", test_joint_text);

  return g_test_run ();
}
