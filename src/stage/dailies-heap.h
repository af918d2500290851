/* dailies-heap.h: what the C library keeps of memory that was given back
 *
 * Does nothing where it is not the one of GNU. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * dailies_heap_keep:
 *
 * To be called first in main(). What a window is painted on is megabytes that come and go with each painting. Left to itself the
 * C library takes them from the kernel anew until it has learnt better, each page of them a fault: 16 ms for a window of
 * 1600 × 960 where a fault takes 10 µs, as on many a virtual computer. So the main thread gets room to paint in that is kept, and
 * is of large pages, as a virtual computer takes its time to find the small ones, too: the longest turn of the main loop while a
 * large clip was dropped went from 18 to 11 ms (medians of nine, in turns).
 */
void dailies_heap_keep (void);

/**
 * dailies_heap_trim:
 *
 * Gives what lies idle between what does not back to the kernel; takes some milliseconds, in which nobody else gets at the heap
 * that is looked through, so not on the main thread, nor often. Each thread has a heap of its own, and keeps what a clip's decoder
 * once had there: with four cuts going round, and each replaced now and then, 70 MB. What lies at the end of a heap nobody can
 * give back from outside; it goes by itself from half a megabyte on. With 48 it was 60 MB more after three minutes, and grew on.
 */
void dailies_heap_trim (void);

G_END_DECLS
