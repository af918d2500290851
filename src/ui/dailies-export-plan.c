/* dailies-export-plan.c: what is on the stage, as it is exported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-plan.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-cut.h"
#include "dailies-reel.h"
#include "dailies-timecode.h"

/* Without the star of a pick, which is not part of the name. */
static char *
dup_name (DailiesStageView *stage,
          guint             side)
{
  DailiesCut *cut = dailies_stage_view_get_cut (stage, side);
  char       *name;
  char       *dot;

  if (cut != NULL)
    return g_strdup_printf (_ ("Cut %u"), dailies_cut_get_number (cut));

  name = g_strdup (dailies_sides_get_title (dailies_stage_view_get_sides (stage), side));
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';

  return name;
}

static void
take_side (DailiesExportPlan *self,
           DailiesStageView  *stage,
           guint              side)
{
  DailiesExportPlanSide *to = &self->sides[self->n_sides];
  DailiesSides          *sides = dailies_stage_view_get_sides (stage);
  DailiesReel           *reel = dailies_stage_view_get_reel (stage);
  guint                  reel_side = dailies_sides_get_reel_side (sides, side);
  DailiesCut            *cut = dailies_stage_view_get_cut (stage, side);
  double                 fps = dailies_reel_get_fps (reel, reel_side);
  int                    audible;
  gboolean               muted;

  to->file = g_object_ref (dailies_stage_view_get_file (stage, side));
  to->cut = cut != NULL ? g_object_ref (cut) : NULL;
  to->letter = dailies_sides_get_letter (side);
  to->name = dup_name (stage, side);
  to->slip = dailies_reel_get_slip (reel, reel_side);
  to->shift = fps > 0 ? llround (to->slip * GST_SECOND / fps) : 0;
  to->time = dailies_reel_get_side_time (reel, reel_side);
  to->has_sound = dailies_reel_has_sound (reel, reel_side);
  g_object_get (reel, "audible", &audible, "muted", &muted, NULL);
  if (to->has_sound && !muted && audible == (int) reel_side)
    self->audible = self->n_sides;
  self->n_sides++;
}

DailiesExportPlan *
dailies_export_plan_new (DailiesStageView *stage)
{
  DailiesExportPlan *self = g_new0 (DailiesExportPlan, 1);
  DailiesSides      *sides = dailies_stage_view_get_sides (stage);

  self->audible = -1;
  self->mode = dailies_sides_get_mode (sides);
  dailies_sides_get_wipe (sides, &self->wipe_angle, &self->wipe_position);
  g_object_get (dailies_stage_view_get_reel (stage),
                "range-in",
                &self->in,
                "range-out",
                &self->out,
                "duration",
                &self->duration,
                NULL);
  self->fps = dailies_reel_get_fps (dailies_stage_view_get_reel (stage), dailies_sides_get_reel_side (sides, 0));
  for (guint i = 0; i < dailies_stage_view_get_n_sides (stage); i++)
    {
      if (!dailies_sides_has_error (sides, i) &&
          g_file_is_native (dailies_stage_view_get_file (stage, i)))
        take_side (self, stage, i);
    }

  return self;
}

void
dailies_export_plan_free (DailiesExportPlan *self)
{
  for (guint i = 0; i < self->n_sides; i++)
    {
      g_clear_object (&self->sides[i].file);
      g_clear_object (&self->sides[i].cut);
      g_free (self->sides[i].name);
    }
  g_free (self);
}

char *
dailies_export_plan_dup_label (const DailiesExportPlan *self,
                               guint                    side)
{
  if (self->n_sides == 1)
    return g_strdup (self->sides[side].name);

  return g_strdup_printf ("%s · %s", self->sides[side].letter, self->sides[side].name);
}

char *
dailies_export_plan_dup_sides (const DailiesExportPlan *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_sides; i++)
    {
      g_autofree char *label = dailies_export_plan_dup_label (self, i);

      if (i > 0)
        /* Translators: between the names of the clips on the stage */
        g_string_append (text, _ (", "));
      g_string_append (text, label);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
dailies_export_plan_dup_range (const DailiesExportPlan *self)
{
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;

  if (self->in < 0 && self->out < 0)
    return g_strdup (_ ("Whole clips"));
  in = dailies_timecode_format (MAX (self->in, 0), self->fps);
  out = dailies_timecode_format (self->out < 0 ? self->duration : self->out, self->fps);

  return g_strdup_printf ("%s – %s", in, out);
}
