/* dailies-picture-memory.h: memory for pictures, which is used again
 *
 * Private to stage/. Any thread. A picture has megabytes, comes and goes with each clip that is opened, and passes from thread to
 * thread. From the C library it would be fresh from the kernel, page by page, each a fault: where the computer is a virtual one,
 * 10 µs for 4 KiB, eight milliseconds for one picture of 1080p. And what a thread's heap has held once it keeps. This memory is
 * taken in large pieces of which the kernel makes large pages, is the same for all threads, and goes back when it lies idle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What lies idle of it is kept up to so many bytes; above, and most of it after some seconds, it goes back to the system. */
#define DAILIES_PICTURE_MEMORY_IDLE (32 * 1024 * 1024)

/* Returns: (nullable): @size bytes of whatever was there before, at the beginning of a page; %NULL where there are none */
gpointer dailies_picture_memory_take     (gsize    size);
/* @data: (transfer full): what take() gave; anything else is told as an error of the program */
void     dailies_picture_memory_give     (gpointer data);
/* What has lain idle for seconds goes while others come back; this is for when all is quiet. */
void     dailies_picture_memory_tidy     (void);
/* Returns: bytes that the system had to give, in use or idle */
gsize    dailies_picture_memory_get_held (void);

G_END_DECLS
