/* dailies-heap.h: how much memory the C library keeps for later
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * dailies_heap_limit:
 *
 * To be called first in main(), before a thread is started. The C library of GNU gives each thread a heap of its own, up to eight
 * for each processor, and a heap that a few pictures have passed through keeps their memory. Four cuts that go round on two
 * processors held 80 MB, and 270 in all after ten minutes; with two heaps 170, and no slower. Does nothing where the C library
 * has no such heaps.
 */
void dailies_heap_limit (void);

G_END_DECLS
