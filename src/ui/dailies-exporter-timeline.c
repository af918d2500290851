/* dailies-exporter-timeline.c: the clips and their notes for an editing program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exporter-private.h"

#include "dailies-cut.h"
#include "dailies-notes.h"

static void read_next_notes (GTask *task);

static void
timeline_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;

  dailies_otio_write_finish (result, &error);
  dailies_exporter_end (user_data, error);
}

static void
notes_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesNotes) notes = DAILIES_NOTES (source);
  GTask           *task = user_data;
  DailiesExporter *self = g_task_get_source_object (task);
  GError          *error = NULL;

  if (!dailies_notes_load_finish (notes, result, &error))
    {
      dailies_exporter_end (task, error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    {
      g_autoptr (DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (notes), i);
      gint64 start = dailies_note_get_start (note);

      dailies_otio_add_note (self->otio,
                             self->index,
                             start,
                             dailies_note_get_end (note) - start,
                             dailies_note_get_text (note));
    }
  self->index++;
  read_next_notes (task);
}

static void
read_next_notes (GTask *task)
{
  DailiesExporter *self = g_task_get_source_object (task);

  while (self->index < self->plan->n_sides)
    {
      DailiesCut *cut = self->plan->sides[self->index].cut;

      if (cut != NULL && self->library != NULL)
        {
          /* Owned by the callback. */
          DailiesNotes *notes = dailies_notes_new (self->library, dailies_cut_get_id (cut));

          dailies_notes_load_async (notes, self->cancellable, notes_cb, task);
          return;
        }
      self->index++;
    }
  dailies_otio_write_async (self->otio, self->to, self->cancellable, timeline_cb, task);
}

void
dailies_exporter_make_timeline (DailiesExporter *self,
                                GTask           *task,
                                const char      *title)
{
  self->otio = dailies_otio_new (title);
  for (guint i = 0; i < self->plan->n_sides; i++)
    {
      DailiesExportPlanSide *side = &self->plan->sides[i];

      dailies_otio_add_cut (self->otio,
                            side->file,
                            side->name,
                            side->cut != NULL ? dailies_cut_get_prompt (side->cut) : NULL,
                            side->cut != NULL && dailies_cut_get_picked (side->cut),
                            side->slip);
    }
  dailies_otio_set_range (self->otio, self->plan->in, self->plan->out);
  read_next_notes (task);
}
