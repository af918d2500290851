/* dailies-exporter-private.h: what the parts of the exporter share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-exporter.h"
#include "dailies-otio.h"

G_BEGIN_DECLS

struct _DailiesExporter
{
  GObject parent_instance;

  DailiesLibrary     *library; /* (nullable) */
  DailiesExportPlan  *plan;
  DailiesExportChoice choice;
  GFile              *to;
  DailiesOtio        *otio; /* (nullable) */
  GCancellable       *cancellable;
  double              progress;
  guint               index; /* of the side that is worked on */
};

/* All of them end with dailies_exporter_end(). */
void dailies_exporter_make_frames   (DailiesExporter *self,
                                     GTask           *task);
void dailies_exporter_make_timeline (DailiesExporter *self,
                                     GTask           *task,
                                     const char      *title);
/* @task: (transfer full)
 * @error: (transfer full) (nullable) */
void dailies_exporter_end           (GTask           *task,
                                     GError          *error);

G_END_DECLS
