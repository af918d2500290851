/* dailies-text.h: small pieces of text that several widgets show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job.h"
#include "dailies-types.h"

G_BEGIN_DECLS

/* Translated name of "practice", "runcomfy" or "unifically"; @id itself where it is none of these. */
const char *dailies_text_service     (const char  *id);
/* "0:48", "1:02:03" (transfer full). @microseconds: never shown as less than zero */
char       *dailies_text_elapsed     (gint64       microseconds);
/* "6 cuts · 2 running" (transfer full) */
char       *dailies_text_shot        (DailiesShot *shot);
/* What a card says of a job: "In queue · position 3", "Fetching the clip · 3.1 MB of 8 MB" (transfer full) */
char       *dailies_text_job         (DailiesJob  *job);
/* The part of @prompt worth showing in one short line: what it has in common with the beginning of @other
 * (nullable) is left out, in whole words. (transfer full), one line */
char       *dailies_text_snippet     (const char  *prompt,
                                      const char  *other);
/* A heading for the day of @updated (µs since the epoch): "Yesterday", "Monday", "3 March 2026"; "" for today.
 * (transfer full) */
char       *dailies_text_day         (gint64       updated,
                                      GDateTime   *now);

G_END_DECLS
