/* dailies-field-section.h: one media field of the form: its title, what it takes, and its drop targets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-field.h"
#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_FIELD_SECTION (dailies_field_section_get_type ())
G_DECLARE_FINAL_TYPE (DailiesFieldSection, dailies_field_section, DAILIES, FIELD_SECTION, GtkWidget)

/* @field: of images, videos, sounds or elements, one or a list of them */
GtkWidget    *dailies_field_section_new       (DailiesRequest      *request,
                                               DailiesField        *field);
DailiesField *dailies_field_section_get_field (DailiesFieldSection *self); /* (transfer none) */
/* The request changed: badges, problems, counts. */
void          dailies_field_section_refresh   (DailiesFieldSection *self);
void          dailies_field_section_set_lit   (DailiesFieldSection *self,
                                               gboolean             lit);
void          dailies_field_section_choose    (DailiesFieldSection *self);

/* (transfer full): the line above a control: title on the left, @hint_label: (out) (optional): a quiet line on the right */
GtkWidget    *dailies_field_section_new_header (const char         *title,
                                                const char         *hint,
                                                GtkLabel          **hint_label);

G_END_DECLS
