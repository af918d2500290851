/* dailies-prompt-text.c: a text view that paints mentions as chips and deletes them whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-text.h"

#include <adwaita.h>

#define CHIP_PADDING 3
#define CHIP_RADIUS 5

struct _DailiesPromptText
{
  GtkTextView  parent_instance;

  GArray      *chips;
  GtkTextTag  *bound;
  GtkTextTag  *stray;
};

G_DEFINE_FINAL_TYPE (DailiesPromptText, dailies_prompt_text, GTK_TYPE_TEXT_VIEW)

/* The style sheet cannot reach text tags: these follow its blue and yellow. */
static const struct
{
  const char *text;
  const char *ground;
} colours[2][2] = {
  /* light */ { { "#8a5a00", "rgba(229,165,10,0.28)" }, { "#1a5fb4", "rgba(53,132,228,0.25)" } },
  /* dark */ { { "#f8e45c", "rgba(229,165,10,0.30)" }, { "#99c1f1", "rgba(53,132,228,0.38)" } },
};

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static void
update_colours (DailiesPromptText *self)
{
  gboolean dark = is_dark ();

  g_object_set (self->bound, "foreground", colours[dark][TRUE].text, NULL);
  g_object_set (self->stray, "foreground", colours[dark][FALSE].text, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
paint_line (DailiesPromptText *self,
            GtkSnapshot       *snapshot,
            const GtkTextIter *from,
            const GtkTextIter *to,
            const GdkRGBA     *colour)
{
  GdkRectangle first, last;
  GskRoundedRect outline;
  graphene_rect_t bounds;
  int left, right;

  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), from, &first);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), to, &last);
  left = MIN (first.x, last.x);
  right = MAX (first.x, last.x);
  if (last.y != first.y || right <= left)
    return;
  graphene_rect_init (&bounds, left - CHIP_PADDING, first.y, right - left + 2 * CHIP_PADDING,
                      first.height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CHIP_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
paint_chip (DailiesPromptText *self,
            GtkSnapshot       *snapshot,
            const DailiesChip *chip)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter from, end;
  GdkRGBA colour;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, chip->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, chip->end);
  gdk_rgba_parse (&colour, colours[is_dark ()][chip->bound].ground);
  /* A mention longer than the line is broken over several. */
  while (gtk_text_iter_compare (&from, &end) < 0)
    {
      GtkTextIter to = from;

      if (!gtk_text_view_forward_display_line_end (view, &to)
          || gtk_text_iter_compare (&to, &end) > 0)
        to = end;
      paint_line (self, snapshot, &from, &to, &colour);
      from = to;
      if (gtk_text_iter_compare (&from, &end) < 0)
        gtk_text_view_forward_display_line (view, &from);
      if (gtk_text_iter_equal (&from, &to))
        break;
    }
}

static void
dailies_prompt_text_snapshot_layer (GtkTextView      *view,
                                    GtkTextViewLayer  layer,
                                    GtkSnapshot      *snapshot)
{
  DailiesPromptText *self = DAILIES_PROMPT_TEXT (view);
  guint length = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view));

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;
  for (guint i = 0; i < self->chips->len; i++)
    {
      const DailiesChip *chip = &g_array_index (self->chips, DailiesChip, i);

      if (chip->end <= length)
        paint_chip (self, snapshot, chip);
    }
}

/* (nullable): the bound mention that ends (or starts, for Delete) at the cursor */
static const DailiesChip *
find_chip (DailiesPromptText *self,
           gboolean           ends_here)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;
  guint offset;

  if (gtk_text_buffer_get_has_selection (buffer))
    return NULL;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  offset = gtk_text_iter_get_offset (&cursor);
  for (guint i = 0; i < self->chips->len; i++)
    {
      const DailiesChip *chip = &g_array_index (self->chips, DailiesChip, i);

      if (chip->bound && offset == (ends_here ? chip->end : chip->start))
        return chip;
    }
  return NULL;
}

static gboolean
delete_chip (DailiesPromptText *self,
             gboolean           ends_here)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const DailiesChip *chip = find_chip (self, ends_here);
  GtkTextIter start, end;

  if (chip == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, chip->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, chip->end);
  return gtk_text_buffer_delete_interactive (buffer, &start, &end, TRUE);
}

static void
dailies_prompt_text_backspace (GtkTextView *view)
{
  if (!delete_chip (DAILIES_PROMPT_TEXT (view), TRUE))
    GTK_TEXT_VIEW_CLASS (dailies_prompt_text_parent_class)->backspace (view);
}

static void
dailies_prompt_text_delete_from_cursor (GtkTextView  *view,
                                        GtkDeleteType type,
                                        int           count)
{
  if (type == GTK_DELETE_CHARS && count == 1 && delete_chip (DAILIES_PROMPT_TEXT (view), FALSE))
    return;
  GTK_TEXT_VIEW_CLASS (dailies_prompt_text_parent_class)->delete_from_cursor (view, type, count);
}

static void
dailies_prompt_text_finalize (GObject *object)
{
  g_array_unref (DAILIES_PROMPT_TEXT (object)->chips);
  G_OBJECT_CLASS (dailies_prompt_text_parent_class)->finalize (object);
}

static void
dailies_prompt_text_class_init (DailiesPromptTextClass *klass)
{
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dailies_prompt_text_finalize;
  view_class->snapshot_layer = dailies_prompt_text_snapshot_layer;
  view_class->backspace = dailies_prompt_text_backspace;
  view_class->delete_from_cursor = dailies_prompt_text_delete_from_cursor;
}

static void
dailies_prompt_text_init (DailiesPromptText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  self->chips = g_array_new (FALSE, FALSE, sizeof (DailiesChip));
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_pixels_inside_wrap (view, 3);
  gtk_text_view_set_pixels_below_lines (view, 3);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  self->bound = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->stray = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colours), self, G_CONNECT_SWAPPED);
  update_colours (self);
}

GtkWidget *
dailies_prompt_text_new (void)
{
  return g_object_new (DAILIES_TYPE_PROMPT_TEXT, NULL);
}

void
dailies_prompt_text_set_chips (DailiesPromptText *self,
                               GArray            *chips)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (DAILIES_IS_PROMPT_TEXT (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_array_set_size (self->chips, 0);
  g_array_append_vals (self->chips, chips->data, chips->len);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->bound, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->stray, &start, &end);
  for (guint i = 0; i < chips->len; i++)
    {
      const DailiesChip *chip = &g_array_index (chips, DailiesChip, i);

      gtk_text_buffer_get_iter_at_offset (buffer, &start, chip->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, chip->end);
      gtk_text_buffer_apply_tag (buffer, chip->bound ? self->bound : self->stray, &start, &end);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
