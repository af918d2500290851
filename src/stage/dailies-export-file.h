/* dailies-export-file.h: a file that is there whole or not at all
 *
 * Private to stage/. What is written goes to a file without a name, which takes the target's at the end: whatever happens to
 * the program before, nothing is left. File systems that have no such files (NFS, FAT) get a hidden one beside the target, which
 * is taken away unless the program is killed.
 * All functions block; one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DailiesExportFile DailiesExportFile;

gboolean           dailies_export_file_spares   (GFile             *target,
                                                 GFile             *clip,
                                                 GError           **error);
DailiesExportFile *dailies_export_file_new      (GFile             *target,
                                                 GError           **error);
void               dailies_export_file_free     (DailiesExportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesExportFile, dailies_export_file_free)

const char        *dailies_export_file_get_path (DailiesExportFile *self);
gboolean           dailies_export_file_write    (DailiesExportFile *self,
                                                 const void        *bytes,
                                                 gsize              length,
                                                 GError           **error);
gboolean           dailies_export_file_commit   (DailiesExportFile *self,
                                                 GError           **error);
gboolean           dailies_export_file_try      (DailiesExportFile *self,
                                                 GError           **error);
GError            *dailies_export_file_explain  (DailiesExportFile *self,
                                                 int                saved_errno);

G_END_DECLS
