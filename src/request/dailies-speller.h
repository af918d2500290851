/* dailies-speller.h: what the items of a form are called in its prompt
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"
#include "dailies-values.h"

G_BEGIN_DECLS

typedef struct _DailiesSpeller DailiesSpeller;

/* A look at the form as it is now; it does not follow. */
DailiesSpeller *dailies_speller_new          (DailiesDefinition *definition,
                                              DailiesValues     *values);
void            dailies_speller_free         (DailiesSpeller    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesSpeller, dailies_speller_free)

guint           dailies_speller_get_n_names  (DailiesSpeller    *self);
/* @target: (out) (transfer none) */
const char     *dailies_speller_get_name     (DailiesSpeller    *self,
                                              guint              index,
                                              GObject          **target);

/* @preferred: (nullable): kept where it still names @target. Returns: (nullable) (transfer none) */
const char     *dailies_speller_spell        (DailiesSpeller    *self,
                                              gpointer           target,
                                              const char        *preferred);

/**
 * dailies_speller_scan:
 * @text: to look for the next mention in
 * @from: byte offset to begin at
 * @start: (out): byte offset of the mention
 * @end: (out): byte offset behind it
 * @target: (out) (nullable) (transfer none): the item that it names
 *
 * Takes spellings of other models (`@image_1` for `@Image1`) for what they mean. What merely looks
 * like a mention, where this
 * model knows none, is text.
 *
 * Returns: %FALSE where there is none
 */
gboolean        dailies_speller_scan         (DailiesSpeller    *self,
                                              const char        *text,
                                              gsize              from,
                                              gsize             *start,
                                              gsize             *end,
                                              GObject          **target);

/* TRUE where text can be a mention between these bytes: it touches no ASCII letter or digit. Others
 * may touch it: many
 * languages write without spaces. */
gboolean        dailies_speller_stands_alone (const char        *text,
                                              gsize              start,
                                              gsize              end);

G_END_DECLS
