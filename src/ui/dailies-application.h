/* dailies-application.h: the program: its command line, its library, its windows and what goes on without one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-settings.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_APPLICATION (dailies_application_get_type ())
/* Signal "studio-opened" (self): the library is open and the window shows it. */
G_DECLARE_FINAL_TYPE (DailiesApplication, dailies_application, DAILIES, APPLICATION, AdwApplication)

GApplication    *dailies_application_new          (void);
/* (nullable) (transfer none): not before the library is open */
DailiesStudio   *dailies_application_get_studio   (DailiesApplication *self);
DailiesSettings *dailies_application_get_settings (DailiesApplication *self);

G_END_DECLS
