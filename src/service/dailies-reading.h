/* dailies-reading.h: what the answers of all services have in common, for the services themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-service.h"

G_BEGIN_DECLS

/* A report with the state that @word stands for, whatever service says it (api.md lists the words). An unknown word, or
 * none, is RUNNING with known = FALSE. The report has it without control characters and not longer than 60 characters. */
DailiesReport *dailies_reading_new_report   (const char         *word);
/* Takes the addresses at @member: a string, an object with `url`, or a list of those; each address once.
 * @urls: (element-type utf8). Addresses that must not be fetched are left out and counted in @n_refused */
void           dailies_reading_take_urls    (DailiesAccess      *access,
                                             JsonObject         *object,
                                             const char         *member,
                                             GPtrArray          *urls,
                                             guint              *n_refused);
/* Ends a report whose state is DONE: with @urls, or as FAILED where there are none. */
void           dailies_reading_finish       (DailiesReport      *report,
                                             DailiesAccess      *access,
                                             GPtrArray          *urls,
                                             guint               n_refused,
                                             const char         *words);
/* Makes it FAILED, with the service's words kept beside our sentence. */
void           dailies_reading_fail         (DailiesReport      *report,
                                             DailiesAccess      *access,
                                             const char         *words);
/* A price in US dollars at @member: a number, a number as text, or an object with one of the usual names. NaN unknown */
double         dailies_reading_get_usd      (JsonObject         *object,
                                             const char         *member);
/* (transfer full): tells an artist where the price of a definition is from. @as_of: (nullable): "2026-11" */
char         *dailies_reading_dup_hint_source (const char        *as_of);
/* (transfer full): the definition's dated hint; NaN where it has none or needs seconds that are not known */
DailiesPrice  *dailies_reading_new_hint     (DailiesDefinition  *definition,
                                             double              seconds);
/* (transfer full) */
DailiesPrice  *dailies_reading_new_price    (double              usd,
                                             const char         *source,
                                             gboolean            exact);
/* DAILIES_ERROR_INVALID where @remote_id could leave its place in a path. */
gboolean       dailies_reading_check_id     (const char         *remote_id,
                                             GError            **error);
/* Bytes of @node as JSON without white space: strings are counted, the rest is small. */
goffset        dailies_reading_estimate_size (JsonNode          *node);

G_END_DECLS
