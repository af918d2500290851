/* dailies-guess.h: what a schema does not say outright: roles, titles, spellings of mentions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-field-private.h"

G_BEGIN_DECLS

/* The wire type that a dialect's "type" means ("String", "float", "list", …), or @fallback. */
DailiesWireType  dailies_guess_wire_type   (const char       *type,
                                            DailiesWireType   fallback);
/* TRUE and @role where @format or, without one, @name says that the string (or list of strings) is
 * media. */
gboolean         dailies_guess_media_role  (const char       *name,
                                            const char       *format,
                                            gboolean          list,
                                            DailiesFieldRole *role);
/* TRUE for a field that holds an address which is no media, a callback. */
gboolean         dailies_guess_is_url      (const char       *name,
                                            const char       *format);
/* (transfer full): "start_image_url" is "Start image" */
char            *dailies_guess_title       (const char       *name);
/* TRUE where @format is "@Word%u" or the like: one %u, no other directive, safe to print with */
gboolean         dailies_guess_is_mention  (const char       *format);
/* Gives fields of a raw schema their mentions: as the prompt's own description spells them, else as
 * Kling does.
 * @infos: (element-type DailiesFieldInfo) */
void             dailies_guess_mentions    (GPtrArray        *infos);

G_END_DECLS
