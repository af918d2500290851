/* dailies-shrink-rows.h: the loops in which shrinking a picture spends its time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Samples between these loops are 16 bits wide: the value times 256, so that nothing is rounded twice. */
typedef struct
{
  gint16 offset;  /* of black, times 128 */
  gint16 luma;    /* all factors times 8192 */
  gint16 v_red;
  gint16 u_green;
  gint16 v_green;
  gint16 u_blue;
} DailiesShrinkMatrix;

typedef struct
{
  /* The mean of each 2 × 2 pixels of the rows @a and @b; @n pixels are made. */
  void (*halve) (const guint8 *a, const guint8 *b, guint16 *out, int n);
  /* Each pixel and @fraction of 256 of the way to its right neighbour. */
  void (*same)  (const guint8 *row, guint16 *out, int n, guint16 fraction);
  /* Four rows with weights that, over all calls for one row, add up to 256 at most; @more adds to what @out holds. */
  void (*blend) (const guint8 *const rows[4], const guint16 weights[4], gboolean more, guint16 *out, int n);
  /* Four pixels of @row from each of @starts, times @weights (4 a pixel, times 65536); @stride: weights from one
   * pixel to the next; @scratch: room for 4 × @n; @more adds to what @out holds. */
  void (*taps)  (const guint16 *row, const int *starts, const guint16 *weights, int stride, gboolean more,
                 guint16 *scratch, guint16 *out, int n);
  /* To B, G, R, 255 in memory. */
  void (*paint) (const guint16 *y, const guint16 *u, const guint16 *v, const DailiesShrinkMatrix *matrix,
                 guint8 *out, int n);
  /* Back to bytes. */
  void (*store) (const guint16 *row, guint8 *out, int n);
  /* Every other byte to @a and @b. */
  void (*split) (const guint8 *pairs, guint8 *a, guint8 *b, int n);
} DailiesShrinkRows;

/* Returns: (transfer none): the quickest that this machine can run */
const DailiesShrinkRows *dailies_shrink_rows_get       (void);
/* Returns: (transfer none): what runs on every machine; gives the same values */
const DailiesShrinkRows *dailies_shrink_rows_get_plain (void);

G_END_DECLS
