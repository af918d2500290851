/* dailies-field.h: one input of a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_FIELD (dailies_field_get_type ())
G_DECLARE_FINAL_TYPE (DailiesField, dailies_field, DAILIES, FIELD, GObject)

/**
 * DailiesFieldRole:
 *
 * What an artist does with a field, which decides the control it gets. How its value is written in
 * the request is another matter: see #DailiesWireType.
 */
typedef enum
{
  DAILIES_FIELD_ROLE_PROMPT,   /* text with mentions; one a model */
  DAILIES_FIELD_ROLE_TEXT,     /* any other free text, a URL to pass through included */
  DAILIES_FIELD_ROLE_IMAGE,    /* one image */
  DAILIES_FIELD_ROLE_IMAGES,   /* an ordered list of images */
  DAILIES_FIELD_ROLE_VIDEO,    /* one video */
  DAILIES_FIELD_ROLE_VIDEOS,
  DAILIES_FIELD_ROLE_AUDIO,
  DAILIES_FIELD_ROLE_AUDIOS,
  DAILIES_FIELD_ROLE_ELEMENTS, /* a list of elements */
  DAILIES_FIELD_ROLE_CHOICE,   /* one of dailies_field_get_choices() */
  DAILIES_FIELD_ROLE_NUMBER,   /* integer or float within limits */
  DAILIES_FIELD_ROLE_SWITCH,   /* boolean */
} DailiesFieldRole;

typedef enum
{
  DAILIES_WIRE_STRING,
  DAILIES_WIRE_INTEGER,
  DAILIES_WIRE_NUMBER,
  DAILIES_WIRE_BOOLEAN,
  DAILIES_WIRE_ARRAY,
  DAILIES_WIRE_OBJECT,
} DailiesWireType;

/**
 * DailiesMediaLimits:
 *
 * What is accepted of one image, video or audio. A negative number is no limit. The *_strict flags
 * say
 * that the limit itself is already outside (the published pages use `<` as well as `<=`).
 */
typedef struct
{
  double   max_megabytes;       /* 1 MB = 1,000,000 bytes */
  gboolean max_megabytes_strict;
  double   warn_megabytes;      /* a warning above this */
  int      min_width;           /* pixels */
  int      min_height;
  gboolean min_size_strict;
  int      min_short_side;      /* pixels; both inclusive */
  int      max_short_side;
  double   min_ratio;           /* width / height */
  double   max_ratio;
  gboolean ratio_strict;
  double   min_seconds;         /* inclusive */
  double   max_seconds;
  gboolean seconds_warn;        /* outside the seconds is a warning, not an error */
  double   min_fps;             /* outside is a warning: the page does not state it */
  double   max_fps;
  char   **containers;          /* (nullable) lower case: jpg png webp gif avif mp4 mov webm … */
} DailiesMediaLimits;

/**
 * DailiesElementShape: how one element is written in the request
 * @frontal: (nullable): property that takes the frontal image
 * @angles: (nullable): property that takes the list of other angles
 * @images: (nullable): property that takes one list, the frontal image first, where there are no
 * two
 * @description: (nullable): property that takes the artist's words about the element
 * @needs_description: whether the service refuses an element without those words
 * @constants: (nullable): properties that always have the one value there is, `"type": "image"`
 */
typedef struct
{
  char       *frontal;
  char       *angles;
  char       *images;
  char       *description;
  gboolean    needs_description;
  JsonObject *constants;
} DailiesElementShape;

const char               *dailies_field_get_name        (DailiesField *self);
const char               *dailies_field_get_title       (DailiesField *self);
const char               *dailies_field_get_description (DailiesField *self);
DailiesFieldRole          dailies_field_get_role        (DailiesField *self);
DailiesWireType           dailies_field_get_wire_type   (DailiesField *self);
/* What one value of a list of values is; choices, minimum and maximum are then those of each. A string where the page
 * does not say. */
DailiesWireType           dailies_field_get_item_type   (DailiesField *self);
/* Whether it is typed as a list of values: "1, 2, 3". Media and elements are lists of another kind. */
gboolean                  dailies_field_is_value_list   (DailiesField *self);
gboolean                  dailies_field_is_required     (DailiesField *self);
gboolean                  dailies_field_is_media        (DailiesField *self);
gboolean                  dailies_field_is_list         (DailiesField *self);
/* A text that has to be an https: address, such as a callback. */
gboolean                  dailies_field_is_url          (DailiesField *self);

/* (nullable): the documented default as text; never set on media fields, where it is only a sample
 * */
const char               *dailies_field_get_default     (DailiesField *self);
/* (nullable): NULL-terminated values as text, in the page's order */
const char * const       *dailies_field_get_choices     (DailiesField *self);

/* Numbers: NaN where there is no limit. Lists: -1 where there is none. */
double                    dailies_field_get_minimum     (DailiesField *self);
double                    dailies_field_get_maximum     (DailiesField *self);
int                       dailies_field_get_min_items   (DailiesField *self);
int                       dailies_field_get_max_items   (DailiesField *self);

/* (nullable) (transfer none): for media; for elements, that of the frontal image and the angles */
const DailiesMediaLimits *dailies_field_get_limits      (DailiesField *self);

/* Elements only: how many other angles one element takes; -1 where there is no limit. */
int                       dailies_field_get_min_angles  (DailiesField *self);
int                       dailies_field_get_max_angles  (DailiesField *self);
/* (nullable) (transfer none): elements only */
const DailiesElementShape *dailies_field_get_element_shape (DailiesField *self);

/* (nullable): printf format with exactly one %u, "@Image%u", for what the prompt calls an item of
 * this field. Fields with
 * the same format are counted through in the order of the form; a field that takes one asset always
 * counts as one. */
const char               *dailies_field_get_mention     (DailiesField *self);
/* (transfer full): one line for the form: "jpg, png, webp, gif, avif · under 10 MB", "3–10 s ·
 * 720p–2160p" */
char                     *dailies_field_dup_accepts     (DailiesField *self);
/* (transfer full): one of the field's values as an artist reads it: "pro" is "Pro", of a length "5" is "5 s" */
char                     *dailies_field_dup_value_label (DailiesField *self,
                                                         const char   *value);

G_END_DECLS
