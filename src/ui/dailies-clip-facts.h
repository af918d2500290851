/* dailies-clip-facts.h: what is different about the clips themselves: size, frame rate, length
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesClipFacts: what is known of one side; 0 where it is not known (yet)
 * @width: pixels of the clip, as shown
 * @height: likewise
 * @fps: frames a second
 * @duration: ns
 */
typedef struct
{
  int    width;
  int    height;
  double fps;
  gint64 duration;
} DailiesClipFacts;

gboolean dailies_clip_facts_equal (const DailiesClipFacts *one,
                                   const DailiesClipFacts *other);
/**
 * dailies_clip_facts_dup_text:
 * @clips: (array length=n_clips): all sides
 *
 * Returns: (transfer full) (nullable): of @side, what is not the same on all of them: "1280×720 · 24 fps · 5.0 s"; %NULL
 *   where they are alike, as far as they are known
 */
char *dailies_clip_facts_dup_text       (const DailiesClipFacts *clips,
                                         guint                   n_clips,
                                         guint                   side);
/**
 * dailies_clip_facts_dup_joint_text:
 * @clips: (array fixed-size=2): A and B
 *
 * Returns: (transfer full) (nullable): from A to B, for one caption of both: "24 fps → 30 fps"
 */
char *dailies_clip_facts_dup_joint_text (const DailiesClipFacts *clips);

G_END_DECLS
