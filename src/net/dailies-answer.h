/* dailies-answer.h: reads what a service says when it says no; see api.md, "Errors"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-error.h"
#include "dailies-transport.h"

G_BEGIN_DECLS

/* An answer with an HTTP status other than 2xx. @body may be anything: JSON of every known shape, HTML, empty.
 * @retry_after: seconds, 0 unknown. Returns: (transfer full): never %NULL; UNKNOWN_OUTCOME where @kind is PAID and the
 * status does not prove that nothing was accepted */
GError   *dailies_answer_read_error   (DailiesAccess   *access,
                                       DailiesCallKind  kind,
                                       guint            status,
                                       guint            retry_after,
                                       const char      *body);
/* A 2xx whose JSON carries an `error_code` is an error too, unless it is a job's own state that was asked for.
 * Returns: %FALSE with the error */
gboolean  dailies_answer_check        (DailiesAccess   *access,
                                       DailiesCallKind  kind,
                                       JsonNode        *answer,
                                       GError         **error);
/* Whether an answer with the HTTP status @status, to a question how a job stands, tells that all the same: a failed or running
 * job may be shown with the code 400. */
gboolean  dailies_answer_tells_state  (guint            status,
                                       JsonNode        *answer);
/* For a service that found that a 2xx is none. Returns: (transfer full): UNKNOWN_OUTCOME where @kind is PAID and no known
 * code in the answer proves the contrary; SERVER for other unknown codes */
GError   *dailies_answer_read_refusal (DailiesAccess   *access,
                                       DailiesCallKind  kind,
                                       JsonNode        *answer);
/* Returns: (transfer full) (nullable): the sentence for people, wherever it lies; without the token, 500 characters at most */
char     *dailies_answer_dup_words    (DailiesAccess   *access,
                                       JsonNode        *answer);
/* Whether @c, which a server wrote, may stand in a sentence of ours. What controls a terminal may not, nor what turns the
 * direction of the text that follows, so that it reads as something else. */
gboolean  dailies_answer_shows        (gunichar         c);
/* Our sentence for @code. @words: (nullable): kept beside it. Returns: (transfer full) */
GError   *dailies_answer_new_error    (DailiesAccess   *access,
                                       DailiesError     code,
                                       guint            status,
                                       guint            retry_after,
                                       const char      *words);

G_END_DECLS
