/* dailies-request-diff-items.c: pictures, clips and elements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-request-diff-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-guess.h"
#include "dailies-values.h"

/* One media field of one side. */
typedef struct
{
  char      *name;
  char      *title;
  int        role;    /* -1 where the model is not known */
  GPtrArray *items;   /* (transfer none) (element-type DailiesDraftItem) */
  GPtrArray *missing; /* (element-type DailiesDraftItem): of the first side: what another lacks */
  gboolean   differs;
  gboolean   taken;   /* of another side: it has been compared */
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_free (slot->name);
  g_free (slot->title);
  g_ptr_array_unref (slot->items);
  g_ptr_array_unref (slot->missing);
  g_free (slot);
}

static void
add_slot (GPtrArray       *slots,
          DailiesDiffPart *part,
          const char      *name,
          DailiesField    *field)
{
  Slot      *slot = g_new0 (Slot, 1);
  GPtrArray *items = dailies_draft_get_items (part->draft, name);

  slot->name = g_strdup (name);
  slot->title = field != NULL ? g_strdup (dailies_field_get_title (field)) : dailies_guess_title (name);
  slot->role = field != NULL ? (int) dailies_field_get_role (field) : -1;
  slot->items = items != NULL ? g_ptr_array_ref (items) : g_ptr_array_new ();
  slot->missing = g_ptr_array_new ();
  g_ptr_array_add (slots, slot);
}

/* In the order of the form. Returns: (transfer full) (element-type Slot) */
static GPtrArray *
list_slots (DailiesDiffPart *part)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func (slot_free);

  if (part->definition != NULL)
    {
      GListModel *fields = dailies_definition_get_fields (part->definition);

      for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
        {
          g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

          if (dailies_field_is_media (field) ||
              dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
            add_slot (slots, part, dailies_field_get_name (field), field);
        }
    }
  else
    {
      g_autoptr (GPtrArray) names = dailies_values_list_names (part->draft->items);

      for (guint i = 0; i < names->len; i++)
        add_slot (slots, part, g_ptr_array_index (names, i), NULL);
    }

  return slots;
}

/* The same field in another form: by its name, else as the only one of its kind that artists call the same. */
static Slot *
find_slot (GPtrArray *slots,
           Slot      *like)
{
  for (guint i = 0; i < slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (slots, i);

      if (!slot->taken && g_str_equal (slot->name, like->name))
        return slot;
    }
  for (guint i = 0; i < slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (slots, i);

      if (!slot->taken && slot->role == like->role && g_str_equal (slot->title, like->title))
        return slot;
    }

  return NULL;
}

/* --- comparing two lists ---------------------------------------------------------------------- */

static gboolean
has_key (GPtrArray  *items,
         const char *key)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((DailiesDraftItem *) g_ptr_array_index (items, i))->key, key))
      return TRUE;

  return FALSE;
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (((DailiesDraftItem *) g_ptr_array_index (a, i))->key,
                      ((DailiesDraftItem *) g_ptr_array_index (b, i))->key))
      return FALSE;

  return TRUE;
}

/* What of @items is not in @others. Returns: (transfer container) (element-type DailiesDraftItem) */
static GPtrArray *
list_missing (GPtrArray *items,
              GPtrArray *others)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      DailiesDraftItem *item = g_ptr_array_index (items, i);

      if (!has_key (others, item->key))
        g_ptr_array_add (missing, item);
    }

  return missing;
}

/* --- telling ---------------------------------------------------------------------------------- */

static GPtrArray *
list_assets (GPtrArray *items)
{
  GPtrArray *assets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      DailiesDraftItem *item = g_ptr_array_index (items, i);

      if (item->asset != NULL)
        g_ptr_array_add (assets, g_object_ref (item->asset));
    }

  return assets;
}

/* Pictures where there are any, else @words. */
static DailiesDiffRun *
add_items (GPtrArray       *runs,
           DailiesDiffMark  mark,
           const char      *title,
           GPtrArray       *items,
           const char      *words)
{
  g_autoptr (GPtrArray) assets = list_assets (items);
  DailiesDiffRun *run = dailies_request_diff_add (runs, DAILIES_DIFF_REFERENCE, mark, title,
                                                  assets->len > 0 ? NULL : words);

  if (assets->len > 0)
    run->assets = g_steal_pointer (&assets);

  return run;
}

/* Where an element kept its face, what differs are its other angles or the words about it. */
static gboolean
has_asset (GPtrArray    *items,
           DailiesAsset *asset)
{
  for (guint i = 0; i < items->len; i++)
    if (((DailiesDraftItem *) g_ptr_array_index (items, i))->asset == asset)
      return TRUE;

  return FALSE;
}

static char *
dup_names (GPtrArray *items,
           GPtrArray *others)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      DailiesDraftItem *item = g_ptr_array_index (items, i);
      const char       *name = item->asset != NULL ? dailies_asset_get_name (item->asset) : "?";

      if (i > 0)
        g_string_append (names, _ (", "));
      if (item->asset != NULL && has_asset (others, item->asset))
        g_string_append_printf (names, _ ("%s (other angles)"), name);
      else
        g_string_append (names, name);
    }

  return g_string_free (names, FALSE);
}

static char *
dup_line (const char *title,
          GPtrArray  *more,
          GPtrArray  *fewer)
{
  g_autofree char *with = dup_names (more, fewer);
  g_autofree char *without = dup_names (fewer, more);

  if (more->len > 0 && fewer->len > 0)
    return g_strdup_printf (_ ("%s: %s instead of %s"), title, with, without);
  if (more->len > 0)
    /* Translators: title of a field, names of pictures */
    return g_strdup_printf (_ ("%s: with %s"), title, with);
  if (fewer->len > 0)
    return g_strdup_printf (_ ("%s: without %s"), title, without);

  return g_strdup_printf (_ ("%s: in another order"), title);
}

static void
compare_slots (DailiesRequestDiff *self,
               guint               side,
               Slot               *a,
               Slot               *b)
{
  DailiesDiffPart      *part = &self->parts[side];
  g_autoptr (GPtrArray) fewer = list_missing (a->items, b->items);
  g_autoptr (GPtrArray) more = list_missing (b->items, a->items);
  const char           *words = _ ("in another order");
  DailiesDiffRun       *run;

  if (is_same (a->items, b->items))
    return;

  a->differs = TRUE;
  for (guint i = 0; i < fewer->len; i++)
    if (!has_key (a->missing, ((DailiesDraftItem *) g_ptr_array_index (fewer, i))->key))
      g_ptr_array_add (a->missing, g_ptr_array_index (fewer, i));

  if (b->items->len == 0)
    /* Translators: no pictures in this field */
    words = _ ("none");
  else if (fewer->len > 0 && more->len == 0)
    words = _ ("fewer");
  add_items (part->runs, DAILIES_DIFF_ADDED, b->title, more, words);

  if (fewer->len > 0 || a->items->len == 0)
    {
      add_items (part->joint, fewer->len > 0 ? DAILIES_DIFF_REMOVED : DAILIES_DIFF_KEPT, a->title,
                 fewer, _ ("none"));
      dailies_request_diff_add_arrow (part->joint, DAILIES_DIFF_REFERENCE);
    }
  run = add_items (part->joint, DAILIES_DIFF_ADDED, b->title, more, words);
  run->begins = fewer->len == 0 && a->items->len > 0;
  run->space = TRUE;

  dailies_request_diff_take_lines (self, side, dup_line (b->title, more, fewer),
                                   dup_line (a->title, fewer, more));
}

static void
compare_side (DailiesRequestDiff *self,
              guint               side,
              GPtrArray          *slots)
{
  g_autoptr (GPtrArray) others = list_slots (&self->parts[side]);

  for (guint i = 0; i < slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (slots, i);
      Slot *other = find_slot (others, slot);
      Slot  nothing = { .title = slot->title };

      if (other != NULL)
        {
          other->taken = TRUE;
          compare_slots (self, side, slot, other);
          continue;
        }

      nothing.items = g_ptr_array_new ();
      compare_slots (self, side, slot, &nothing);
      g_ptr_array_unref (nothing.items);
    }

  for (guint i = 0; i < others->len; i++)
    {
      Slot *other = g_ptr_array_index (others, i);
      Slot  nothing = { .title = other->title };

      if (other->taken)
        continue;

      nothing.items = g_ptr_array_new ();
      nothing.missing = g_ptr_array_new ();
      compare_slots (self, side, &nothing, other);
      g_ptr_array_unref (nothing.items);
      g_ptr_array_unref (nothing.missing);
    }
}

void
dailies_request_diff_compare_items (DailiesRequestDiff *self)
{
  DailiesDiffPart      *first = &self->parts[self->first];
  g_autoptr (GPtrArray) slots = NULL;

  if (first->draft->model == NULL)
    return;

  slots = list_slots (first);
  for (guint side = 0; side < self->n_sides; side++)
    if (dailies_request_diff_is_other (self, side) && self->parts[side].draft->model != NULL)
      compare_side (self, side, slots);

  for (guint i = 0; i < slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (slots, i);

      if (slot->missing->len > 0)
        add_items (first->runs, DAILIES_DIFF_REMOVED, slot->title, slot->missing, _ ("other"));
      else if (slot->differs && slot->items->len == 0)
        add_items (first->runs, DAILIES_DIFF_KEPT, slot->title, slot->missing, _ ("none"));
    }
}
