/* dailies-picture.h: one picture in I420, the only pixel format the renderer works in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* One plane of 8-bit samples; it does not own its memory. Lines are @stride bytes apart. */
typedef struct
{
  guint8 *data;
  int     width;
  int     height;
  int     stride;
} DailiesPlane;

enum
{
  DAILIES_PLANE_Y,
  DAILIES_PLANE_U,
  DAILIES_PLANE_V,
  DAILIES_PLANE_ALPHA,      /* at the size of Y; missing (data NULL) on an opaque picture */
  DAILIES_PLANE_ALPHA_HALF, /* the same at the size of U and V */
  DAILIES_N_PLANES,
};

/**
 * DailiesPicture:
 *
 * Limited-range BT.709 with chroma at half size, and coverage where the picture is a sprite. Width and
 * height are even. A picture may stand for memory of somebody else (a video frame): then @memory is %NULL.
 */
typedef struct
{
  DailiesPlane planes[DAILIES_N_PLANES];
  int          width;
  int          height;
  guint8      *memory;
} DailiesPicture;

/* @width and @height: even. The samples are black, or fully transparent black with @with_alpha. */
DailiesPicture *dailies_picture_new             (int                   width,
                                                 int                   height,
                                                 gboolean              with_alpha);
/* @pixels: 8-bit R, G, B and, with 4 @channels, straight alpha; @with_alpha keeps it, else it lies on black */
DailiesPicture *dailies_picture_new_from_pixels (const guint8         *pixels,
                                                 int                   width,
                                                 int                   height,
                                                 int                   stride,
                                                 int                   channels,
                                                 gboolean              with_alpha);
/* Cuts @pixbuf to the shape of @width × @height around its middle and scales it to that size. */
DailiesPicture *dailies_picture_new_cover       (GdkPixbuf            *pixbuf,
                                                 int                   width,
                                                 int                   height);
void            dailies_picture_free            (DailiesPicture       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesPicture, dailies_picture_free)

/**
 * DailiesWindow:
 *
 * The part of a source that fills a destination: the destination's left upper corner lies at (@x, @y) of the
 * source, in source pixels, and one destination pixel spans @step source pixels.
 */
typedef struct
{
  double x;
  double y;
  double step;
} DailiesWindow;

/* Fills all of @dest with @window of @source, bilinear; outside of @source lies its mirror image. */
void            dailies_picture_sample          (DailiesPicture       *dest,
                                                 const DailiesPicture *source,
                                                 DailiesWindow         window);
/* Lays @sprite, @scale times its size, onto @dest with its middle at (@x, @y); @opacity 0 to 1. */
void            dailies_picture_draw            (DailiesPicture       *dest,
                                                 const DailiesPicture *sprite,
                                                 double                x,
                                                 double                y,
                                                 double                scale,
                                                 double                opacity);
/* Replaces @dest by @over where @key (and @key_half for chroma) has been passed by @threshold: fully where
 * it lies 255 below the threshold, not at all where it lies above. */
void            dailies_picture_dissolve        (DailiesPicture       *dest,
                                                 const DailiesPicture *over,
                                                 const DailiesPlane   *key,
                                                 const DailiesPlane   *key_half,
                                                 int                   threshold);
/* Box-blurs every plane three times, which is close to a Gaussian; @radius in pixels of Y. */
void            dailies_picture_blur            (DailiesPicture       *self,
                                                 int                   radius);
void            dailies_plane_blur              (const DailiesPlane   *plane,
                                                 int                   radius);

G_END_DECLS
