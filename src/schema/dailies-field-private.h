/* dailies-field-private.h: what the dialect reader fills in before a field becomes immutable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-field.h"

G_BEGIN_DECLS

/* Everything is owned. Numbers follow the accessors of dailies-field.h. */
typedef struct
{
  char                *name;
  char                *title;
  char                *description;
  DailiesFieldRole     role;
  DailiesWireType      wire;
  DailiesWireType      item; /* where wire is an array of values: what one of them is */
  gboolean             required;
  gboolean             url;
  char                *fallback;
  char               **choices;
  double               minimum;
  double               maximum;
  int                  min_items;
  int                  max_items;
  gboolean             limited;
  DailiesMediaLimits   limits;
  int                  min_angles;
  int                  max_angles;
  char                *mention;
  DailiesElementShape *shape;
} DailiesFieldInfo;

DailiesFieldInfo    *dailies_field_info_new      (const char       *name);
void                 dailies_field_info_free     (DailiesFieldInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesFieldInfo, dailies_field_info_free)

gboolean             dailies_field_role_is_media (DailiesFieldRole  role);
gboolean             dailies_field_role_is_list  (DailiesFieldRole  role);
void                 dailies_element_shape_free  (DailiesElementShape *self);

/* @info: (transfer full) */
DailiesField        *dailies_field_new_take      (DailiesFieldInfo *info);

G_END_DECLS
