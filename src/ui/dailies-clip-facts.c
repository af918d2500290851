/* dailies-clip-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-clip-facts.h"

#include <glib/gi18n.h>

#define NS_PER_SECOND 1000000000.

/* ns. The last block of sound is up to 21 ms longer than the pictures and makes no clip another one. */
#define SOUND_TAIL 30000000
#define MAX_DECIMALS 3

/* The words for one part of what is known; %NULL: not known */
typedef char *(*DupFunc) (const DailiesClipFacts *facts,
                          guint                   decimals);

typedef struct
{
  const DailiesClipFacts *clips;
  guint                   n_clips;
  gboolean (*differs) (const DailiesClipFacts *one,
                       const DailiesClipFacts *other);
  DupFunc                 dup;
} Part;

/* --- parts ------------------------------------------------------------------------------------ */

static char *
dup_size (const DailiesClipFacts *facts,
          guint                   decimals)
{
  if (facts->width <= 0 || facts->height <= 0)
    return NULL;

  return g_strdup_printf ("%d×%d", facts->width, facts->height);
}

static char *
dup_fps (const DailiesClipFacts *facts,
         guint                   decimals)
{
  g_autofree char *number = NULL;

  if (facts->fps <= 0)
    return NULL;

  /* 24, 29.97, 23.976: as artists write them. */
  number = g_strdup_printf ("%.5g", facts->fps);
  /* Translators: frames a second: "23.976 fps" */
  return g_strdup_printf (_ ("%s fps"), number);
}

static char *
dup_duration (const DailiesClipFacts *facts,
              guint                   decimals)
{
  g_autofree char *number = NULL;

  if (facts->duration <= 0)
    return NULL;

  number = g_strdup_printf ("%.*f", (int) decimals, facts->duration / NS_PER_SECOND);
  /* Translators: the length of a clip in seconds: "5.0 s" */
  return g_strdup_printf (_ ("%s s"), number);
}

static gboolean
differs_in_size (const DailiesClipFacts *one,
                 const DailiesClipFacts *other)
{
  return one->width != other->width || one->height != other->height;
}

/* Containers round the length of a frame: what is written alike is alike. */
static gboolean
differs_in_fps (const DailiesClipFacts *one,
                const DailiesClipFacts *other)
{
  g_autofree char *words = dup_fps (one, 0);
  g_autofree char *others = dup_fps (other, 0);

  return !g_str_equal (words, others);
}

/* By less than a frame a clip is no longer than another. */
static gboolean
differs_in_duration (const DailiesClipFacts *one,
                     const DailiesClipFacts *other)
{
  double fps = one->fps > 0 && other->fps > 0 ? MIN (one->fps, other->fps) : 0;
  double frame = fps > 0 ? NS_PER_SECOND / fps : 0;

  return ABS (one->duration - other->duration) >= MAX (0.95 * frame, SOUND_TAIL);
}

/* --- which of them ---------------------------------------------------------------------------- */

/* What is not known does not differ. */
static gboolean
differ (const Part *part,
        guint       one,
        guint       other)
{
  g_autofree char *words = part->dup (&part->clips[one], 1);
  g_autofree char *others = part->dup (&part->clips[other], 1);

  return words != NULL && others != NULL && part->differs (&part->clips[one], &part->clips[other]);
}

static gboolean
any_differ (const Part *part)
{
  for (guint i = 0; i < part->n_clips; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (differ (part, i, j))
            return TRUE;
        }
    }

  return FALSE;
}

/* As many as it takes to tell apart what differs. */
static guint
count_decimals (const Part *part)
{
  guint decimals = 1;

  for (guint i = 0; i < part->n_clips; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          while (differ (part, i, j) && decimals < MAX_DECIMALS)
            {
              g_autofree char *words = part->dup (&part->clips[i], decimals);
              g_autofree char *others = part->dup (&part->clips[j], decimals);

              if (!g_str_equal (words, others))
                break;
              decimals++;
            }
        }
    }

  return decimals;
}

static char *
dup_words (const DailiesClipFacts *clips,
           guint                   n_clips,
           guint                   side,
           gboolean                joint)
{
  const Part parts[] = {
    { clips, n_clips, differs_in_size, dup_size },
    { clips, n_clips, differs_in_fps, dup_fps },
    { clips, n_clips, differs_in_duration, dup_duration },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint            decimals = count_decimals (&parts[i]);
      g_autofree char *words = parts[i].dup (&clips[side], decimals);
      g_autofree char *from = joint ? parts[i].dup (&clips[0], decimals) : NULL;

      if (words == NULL || !any_differ (&parts[i]))
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      if (from != NULL)
        g_string_append_printf (text, "%s → ", from);
      g_string_append (text, words);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* --- public ----------------------------------------------------------------------------------- */

gboolean
dailies_clip_facts_equal (const DailiesClipFacts *one,
                          const DailiesClipFacts *other)
{
  return one->width == other->width && one->height == other->height && one->fps == other->fps &&
         one->duration == other->duration;
}

char *
dailies_clip_facts_dup_text (const DailiesClipFacts *clips,
                             guint                   n_clips,
                             guint                   side)
{
  g_return_val_if_fail (side < n_clips, NULL);

  return dup_words (clips, n_clips, side, FALSE);
}

char *
dailies_clip_facts_dup_joint_text (const DailiesClipFacts *clips)
{
  return dup_words (clips, 2, 1, TRUE);
}
