/* dailies-types.h: forward declarations of every class, so that headers need not include one another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* net */
typedef struct _DailiesAccess    DailiesAccess;
typedef struct _DailiesTransport DailiesTransport;

/* schema */
typedef struct _DailiesCatalogue  DailiesCatalogue;
typedef struct _DailiesDefinition DailiesDefinition;
typedef struct _DailiesField      DailiesField;

/* asset */
typedef struct _DailiesAsset DailiesAsset;

/* request */
typedef struct _DailiesElement DailiesElement;
typedef struct _DailiesProblem DailiesProblem;
typedef struct _DailiesRequest DailiesRequest;
typedef struct _DailiesRequestDiff DailiesRequestDiff;

/* host */
typedef struct _DailiesHost      DailiesHost;
typedef struct _DailiesPlacement DailiesPlacement;

/* service */
typedef struct _DailiesService  DailiesService;
typedef struct _DailiesServices DailiesServices;

/* library */
typedef struct _DailiesCut     DailiesCut;
typedef struct _DailiesLibrary DailiesLibrary;
typedef struct _DailiesNote    DailiesNote;
typedef struct _DailiesNotes   DailiesNotes;
typedef struct _DailiesShot    DailiesShot;
typedef struct _DailiesStore   DailiesStore;

/* queue */
typedef struct _DailiesJob    DailiesJob;
typedef struct _DailiesQueue  DailiesQueue;
typedef struct _DailiesStudio DailiesStudio;

/* stage */
typedef struct _DailiesDifference DailiesDifference;
typedef struct _DailiesLuma DailiesLuma;
typedef struct _DailiesExport DailiesExport;
typedef struct _DailiesJog    DailiesJog;
typedef struct _DailiesOtio   DailiesOtio;
typedef struct _DailiesReel   DailiesReel;
typedef struct _DailiesSheet  DailiesSheet;

G_END_DECLS
