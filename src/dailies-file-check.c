/* dailies-file-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-file-check.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

gboolean
dailies_file_check (GFileInfo   *info,
                    const char  *name,
                    GError     **error)
{
  g_return_val_if_fail (G_IS_FILE_INFO (info) && name != NULL, FALSE);

  switch (g_file_info_get_file_type (info))
    {
    case G_FILE_TYPE_REGULAR:
      if (g_file_info_get_size (info) > 0)
        return TRUE;
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                   _ ("“%s” is empty (0 bytes). Export or download it again."), name);
      return FALSE;
    case G_FILE_TYPE_DIRECTORY:
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                   _ ("“%s” is a folder. Use the files in it instead."), name);
      return FALSE;
    case G_FILE_TYPE_SYMBOLIC_LINK:
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                   _ ("“%s” is a link to a file that is not there. Choose the file itself."), name);
      return FALSE;
    default:
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                   _ ("“%s” is a pipe or a device, not an ordinary file. Save the media to a file first."), name);
      return FALSE;
    }
}
