/* dailies-shrink-rows.c
 *
 * Plain C in a form that compilers turn into vector code; built with -O3 whatever the rest is built
 * with. Each loop is compiled twice on x86, because what every x86 has is half as wide as what
 * nearly every one has. The choice is made at run time by a table of functions, which needs nothing
 * of the C library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shrink-rows.h"

#include <string.h>

#define LOOP static inline __attribute__ ((always_inline)) void

LOOP
halve (const guint8 *restrict a, const guint8 *restrict b, guint16 *restrict out, int n)
{
  for (int i = 0; i < n; i++)
    out[i] = (guint16) ((a[2 * i] + a[2 * i + 1] + b[2 * i] + b[2 * i + 1]) << 6);
}

LOOP
same (const guint8 *restrict row, guint16 *restrict out, int n, guint16 fraction)
{
  guint16 rest = 256 - fraction;

  for (int i = 0; i < n - 1; i++)
    out[i] = (guint16) (row[i] * rest + row[i + 1] * fraction);
  out[n - 1] = (guint16) (row[n - 1] << 8);
}

LOOP
blend (const guint8 *const rows[4],
       const guint16       weights[4],
       gboolean            more,
       guint16 *restrict out,
       int n)
{
  const guint8 *restrict a = rows[0];
  const guint8 *restrict b = rows[1];
  const guint8 *restrict c = rows[2];
  const guint8 *restrict d = rows[3];
  guint16 wa = weights[0], wb = weights[1], wc = weights[2], wd = weights[3];

  if (more)
    for (int i = 0; i < n; i++)
      out[i] = (guint16) (out[i] + a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd);
  else
    for (int i = 0; i < n; i++)
      out[i] = (guint16) (a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd);
}

/* Fetching is what cannot be done in vectors: eight bytes at a time, then everything else in loops
 * that can. */
LOOP
taps (const guint16 *restrict row,
      const int *restrict starts,
      const guint16 *restrict weights,
      int      stride,
      gboolean more,
      guint16 *restrict scratch,
      guint16 *restrict out,
      int n)
{
  for (int i = 0; i < n; i++)
    memcpy (scratch + 4 * i, row + starts[i], 4 * sizeof *row);

  if (stride == 4)
    for (int i = 0; i < 4 * n; i++)
      scratch[i] = (guint16) ((guint32) scratch[i] * weights[i] >> 16);
  else
    for (int i = 0; i < n; i++)
      for (int k = 0; k < 4; k++)
        scratch[4 * i + k] =
          (guint16) ((guint32) scratch[4 * i + k] * weights[(gsize) i * stride + k] >> 16);

  if (more)
    for (int i = 0; i < n; i++)
      out[i] = (guint16) (out[i] + scratch[4 * i] + scratch[4 * i + 1] + scratch[4 * i + 2] +
                          scratch[4 * i + 3]);
  else
    for (int i = 0; i < n; i++)
      out[i] =
        (guint16) (scratch[4 * i] + scratch[4 * i + 1] + scratch[4 * i + 2] + scratch[4 * i + 3]);
}

static inline __attribute__ ((always_inline)) gint16
times (gint16 a, gint16 b)
{
  return (gint16) ((gint32) a * b >> 16);
}

static inline __attribute__ ((always_inline)) guint16
to_byte (gint16 sixteenths)
{
  gint16 value = sixteenths >> 4;

  return value < 0 ? 0 : value > 255 ? 255 : value;
}

LOOP
paint (const guint16 *restrict y,
       const guint16 *restrict u,
       const guint16 *restrict v,
       const DailiesShrinkMatrix *matrix,
       guint8 *restrict bytes,
       int n)
{
  guint16 *restrict out = (guint16 *) (gpointer) bytes;
  DailiesShrinkMatrix m = *matrix;

  for (int i = 0; i < n; i++)
    {
      gint16 du = (gint16) ((u[i] >> 1) - (128 << 7));
      gint16 dv = (gint16) ((v[i] >> 1) - (128 << 7));
      /* Half of a byte's unit, and what three products lose on average by being cut off. */
      gint16  l = (gint16) (times ((gint16) ((y[i] >> 1) - m.offset), m.luma) + 9);
      guint16 r = to_byte ((gint16) (l + times (dv, m.v_red)));
      guint16 g = to_byte ((gint16) (l + times (du, m.u_green) + times (dv, m.v_green)));
      guint16 b = to_byte ((gint16) (l + times (du, m.u_blue)));

      out[2 * i] = GUINT16_TO_LE (b | g << 8);
      out[2 * i + 1] = GUINT16_TO_LE (r | 0xff00);
    }
}

/* Each step in 16 bits, which is twice as many at once; no value is so high that the half of a unit would run over. */
LOOP
store (const guint16 *restrict row, guint8 *restrict out, int n)
{
  for (int i = 0; i < n; i++)
    out[i] = (guint8) ((guint16) (row[i] + 127) >> 8);
}

LOOP
split (const guint8 *restrict pairs, guint8 *restrict a, guint8 *restrict b, int n)
{
  for (int i = 0; i < n; i++)
    {
      a[i] = pairs[2 * i];
      b[i] = pairs[2 * i + 1];
    }
}

/* clang-format off */
#define COMPILE(name, attributes)                                                                  \
  attributes static void halve_##name (const guint8 *a, const guint8 *b, guint16 *out, int n)      \
  { halve (a, b, out, n); }                                                                        \
  attributes static void same_##name (const guint8 *row, guint16 *out, int n, guint16 fraction)    \
  { same (row, out, n, fraction); }                                                                \
  attributes static void blend_##name (const guint8 *const rows[4], const guint16 weights[4],      \
                                       gboolean more, guint16 *out, int n)                         \
  { blend (rows, weights, more, out, n); }                                                         \
  attributes static void taps_##name (const guint16 *row, const int *starts,                       \
                                      const guint16 *weights, int stride, gboolean more,           \
                                      guint16 *scratch, guint16 *out, int n)                       \
  { taps (row, starts, weights, stride, more, scratch, out, n); }                                  \
  attributes static void paint_##name (const guint16 *y, const guint16 *u, const guint16 *v,       \
                                       const DailiesShrinkMatrix *matrix, guint8 *out, int n)      \
  { paint (y, u, v, matrix, out, n); }                                                             \
  attributes static void store_##name (const guint16 *row, guint8 *out, int n)                     \
  { store (row, out, n); }                                                                         \
  attributes static void split_##name (const guint8 *pairs, guint8 *a, guint8 *b, int n)           \
  { split (pairs, a, b, n); }                                                                      \
  static const DailiesShrinkRows rows_##name = {                                                   \
    halve_##name, same_##name, blend_##name, taps_##name, paint_##name, store_##name, split_##name \
  };
/* clang-format on */

COMPILE (plain, )

#if defined __GNUC__ && (defined __x86_64__ || defined __i386__)
COMPILE (wide, __attribute__ ((target ("avx2"))))

const DailiesShrinkRows *
dailies_shrink_rows_get (void)
{
  return __builtin_cpu_supports ("avx2") ? &rows_wide : &rows_plain;
}
#else
const DailiesShrinkRows *
dailies_shrink_rows_get (void)
{
  return &rows_plain;
}
#endif

const DailiesShrinkRows *
dailies_shrink_rows_get_plain (void)
{
  return &rows_plain;
}
