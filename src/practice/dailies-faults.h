/* dailies-faults.h: misbehaviour on demand, for tests of whoever talks to the practice service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesFaultKind: how an answer goes wrong
 * @DAILIES_FAULT_CUT: the line is cut; a download after dailies_faults' number of bytes, anything else before the
 *   first byte of the answer. What was asked for has been done.
 * @DAILIES_FAULT_HALF: a whole HTTP answer that holds the first half of the JSON (or file)
 * @DAILIES_FAULT_HTML: status 200 and a page of HTML
 * @DAILIES_FAULT_EMPTY: status 200 and nothing
 * @DAILIES_FAULT_GARBAGE: status 200 and bytes that mean nothing
 * @DAILIES_FAULT_ERROR200: status 200 and an error inside
 * @DAILIES_FAULT_STATUS: the HTTP status, or six-digit service code, of the number
 */
typedef enum
{
  DAILIES_FAULT_CUT,
  DAILIES_FAULT_HALF,
  DAILIES_FAULT_HTML,
  DAILIES_FAULT_EMPTY,
  DAILIES_FAULT_GARBAGE,
  DAILIES_FAULT_ERROR200,
  DAILIES_FAULT_STATUS,
} DailiesFaultKind;

typedef struct
{
  DailiesFaultKind kind;
  guint            number;
} DailiesFault;

/* Where answers go wrong */
typedef enum
{
  DAILIES_FAULT_AT_SUBMIT,
  DAILIES_FAULT_AT_STATUS,
  DAILIES_FAULT_AT_RESULT,
  DAILIES_FAULT_AT_CANCEL,
  DAILIES_FAULT_AT_MODELS,
  DAILIES_FAULT_AT_ACCOUNT,
  DAILIES_FAULT_AT_UPLOAD,
  DAILIES_FAULT_AT_DOWNLOAD,
  DAILIES_FAULT_N_POINTS,
} DailiesFaultPoint;

typedef struct _DailiesFaults DailiesFaults;

/* @spec: (nullable): as dailies_faults_help() explains. %NULL with a G_OPTION_ERROR that names the wrong part. */
DailiesFaults *dailies_faults_new       (const char        *spec,
                                         GError           **error);
void           dailies_faults_free      (DailiesFaults     *self);

/* Whether the next answer at @point goes wrong, and how. One turn of a fault that has a number of turns is used up. */
gboolean       dailies_faults_take      (DailiesFaults     *self,
                                         DailiesFaultPoint  point,
                                         DailiesFault      *fault);
/* (nullable): the text behind a fault that stands alone ("word", "fail", "slow", "expire"), "" where it has none */
const char    *dailies_faults_get       (DailiesFaults     *self,
                                         const char        *name);
/* (transfer full): for --help */
char          *dailies_faults_help      (void);

G_END_DECLS
