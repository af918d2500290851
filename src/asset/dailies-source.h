/* dailies-source.h: where the bytes of an asset are, and reading them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-probe.h"

G_BEGIN_DECLS

/**
 * DailiesSource:
 * @uri: file:, https: or data:
 * @file: (nullable): of local ones
 * @name: to show
 * @remote: whether the service fetches it itself
 *
 * Never changes, so that any thread may hold and read it.
 */
typedef struct
{
  char    *uri;
  GFile   *file;
  char    *name;
  gboolean remote;
} DailiesSource;

DailiesSource *dailies_source_new_for_file  (GFile         *file);
/* @value: see dailies_asset_new_for_value() */
DailiesSource *dailies_source_new_for_value (const char    *value,
                                             GError       **error);
DailiesSource *dailies_source_ref           (DailiesSource *self);
void           dailies_source_unref         (DailiesSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesSource, dailies_source_unref)

/* Blocking: opens the bytes; never waits on a pipe or a device. */
GInputStream  *dailies_source_open          (DailiesSource *self,
                                             GCancellable  *cancellable,
                                             GError       **error);

/* One reading of a source in two steps of dailies_pool_run_async(), the quick one first. */
typedef struct _DailiesIntake DailiesIntake;

DailiesIntake *dailies_intake_new          (DailiesSource *source);
/* Any thread. */
DailiesIntake *dailies_intake_ref          (DailiesIntake *self);
void           dailies_intake_unref        (DailiesIntake *self);
/* Any thread, at any time: how much of the bytes the second step has read, 0 to 1. */
double         dailies_intake_get_fraction (DailiesIntake *self);
/* #DailiesPoolFunc: what it is and what it looks like. Returns: (transfer full): a #DailiesProbe */
gpointer        dailies_intake_probe       (gpointer        self,
                                             GCancellable   *cancellable,
                                             GError        **error);
/* #DailiesPoolFunc: after dailies_intake_probe(). Returns: (transfer full): the SHA-256 as text. Fails where the file
 * has changed since the first step began. */
gpointer        dailies_intake_hash        (gpointer        self,
                                             GCancellable   *cancellable,
                                             GError        **error);

G_END_DECLS
