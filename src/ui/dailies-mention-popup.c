/* dailies-mention-popup.c: what can be mentioned, with pictures, while an @ is being typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-mention-popup.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dailies-asset.h"
#include "dailies-element.h"
#include "dailies-media-words.h"

#define PICTURE_SIZE 36
/* Logical pixels: of the list before it scrolls. */
#define MAX_HEIGHT 260

struct _DailiesMentionPopup
{
  GtkPopover         parent_instance;

  GtkScrolledWindow *scrolled;
  GtkListBox        *list;
  guint              n_rows;
};

G_DEFINE_FINAL_TYPE (DailiesMentionPopup, dailies_mention_popup, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define SPELLING_KEY "dailies-spelling"

/* (nullable) (transfer none): the picture that stands for @target */
static DailiesAsset *
get_asset (GObject *target)
{
  if (DAILIES_IS_ELEMENT (target))
    return dailies_element_get_frontal (DAILIES_ELEMENT (target));
  return DAILIES_IS_ASSET (target) ? DAILIES_ASSET (target) : NULL;
}

static GtkWidget *
create_picture (DailiesAsset *asset)
{
  GdkPixbuf *thumbnail = asset != NULL ? dailies_asset_get_thumbnail (asset) : NULL;
  GtkWidget *picture;

  if (thumbnail != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (thumbnail);
      GtkWidget *frame = gtk_overlay_new ();

      /* As an overlay the picture is not measured: it is as large as the frame, whatever its pixels. */
      picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
      gtk_overlay_set_child (GTK_OVERLAY (frame), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
      gtk_overlay_add_overlay (GTK_OVERLAY (frame), picture);
      picture = frame;
    }
  else
    picture = gtk_image_new_from_icon_name (asset != NULL ? dailies_media_words_icon (asset)
                                                          : "image-x-generic-symbolic");
  gtk_widget_set_size_request (picture, PICTURE_SIZE, PICTURE_SIZE);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "thumbnail");
  return picture;
}

static GtkWidget *
create_row (const DailiesMentionable *mentionable)
{
  DailiesAsset *asset = get_asset (mentionable->target);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spelling = gtk_label_new (mentionable->spelling);
  GtkWidget *name = gtk_label_new (asset != NULL ? dailies_asset_get_name (asset) : "");

  gtk_label_set_xalign (GTK_LABEL (spelling), 0);
  gtk_widget_add_css_class (spelling, "heading");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), spelling);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (box), create_picture (asset));
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), SPELLING_KEY, g_strdup (mentionable->spelling), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mentionable->spelling, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (GTK_LABEL (name)), -1);
  return row;
}

static gboolean
begins_with (const char *text,
             const char *typed)
{
  g_autofree char *folded_text = g_utf8_casefold (text, -1);
  g_autofree char *folded_typed = g_utf8_casefold (typed, -1);

  return g_str_has_prefix (folded_text, folded_typed);
}

/* Whoever counts types no more than the figure: "3" is @Image3. */
static const char *
get_number (const char *spelling)
{
  const char *number = spelling + strlen (spelling);

  while (number > spelling && g_ascii_isdigit (number[-1]))
    number--;
  return number;
}

static gboolean
answers (const DailiesMentionable *mentionable,
         const char               *typed)
{
  DailiesAsset *asset = get_asset (mentionable->target);

  return begins_with (mentionable->spelling + (*mentionable->spelling == '@'), typed)
         || (asset != NULL && begins_with (dailies_asset_get_name (asset), typed));
}

static void
row_activated_cb (GtkListBox          *list,
                  GtkListBoxRow       *row,
                  DailiesMentionPopup *self)
{
  g_autofree char *spelling = g_strdup (g_object_get_data (G_OBJECT (row), SPELLING_KEY));

  g_signal_emit (self, signals[CHOSEN], 0, spelling);
}

static void
dailies_mention_popup_class_init (DailiesMentionPopupClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", DAILIES_TYPE_MENTION_POPUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dailies_mention_popup_init (DailiesMentionPopup *self)
{
  GtkPopover *popover = GTK_POPOVER (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What can be mentioned"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  /* Always to be seen where there is more: nobody moves the pointer here, which is what brings the other kind up. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_popover_set_child (popover, scrolled);
  gtk_popover_set_autohide (popover, FALSE);
  gtk_popover_set_has_arrow (popover, FALSE);
  gtk_popover_set_position (popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mentions");
}

GtkWidget *
dailies_mention_popup_new (void)
{
  return g_object_new (DAILIES_TYPE_MENTION_POPUP, NULL);
}

/* A scrolled window leaves room for its scrollbar only where it always has one. */
static void
make_room (DailiesMentionPopup *self)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER,
                                  height > MAX_HEIGHT ? GTK_POLICY_ALWAYS : GTK_POLICY_AUTOMATIC);
}

guint
dailies_mention_popup_filter (DailiesMentionPopup *self,
                              GPtrArray           *mentionables,
                              const char          *typed)
{
  GtkListBoxRow *row;
  guint n = 0;

  g_return_val_if_fail (DAILIES_IS_MENTION_POPUP (self), 0);

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  /* The names of files begin with figures, too: those whose own number it is come first. */
  for (guint i = 0; i < 2 * mentionables->len; i++)
    {
      const DailiesMentionable *mentionable = g_ptr_array_index (mentionables, i % mentionables->len);
      gboolean numbered = *typed != '\0' && begins_with (get_number (mentionable->spelling), typed);

      if (numbered == (i < mentionables->len) && (numbered || answers (mentionable, typed)))
        {
          gtk_list_box_append (self->list, create_row (mentionable));
          n++;
        }
    }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  self->n_rows = n;
  make_room (self);
  return n;
}

/* The focus stays in the prompt, so that nothing else brings a row into sight. */
static void
show_row (DailiesMentionPopup *self,
          GtkListBoxRow       *row)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double page = gtk_adjustment_get_page_size (place);
  double value = gtk_adjustment_get_value (place);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return;
  gtk_adjustment_set_value (place, CLAMP (value, bounds.origin.y + bounds.size.height - page, bounds.origin.y));
}

void
dailies_mention_popup_move (DailiesMentionPopup *self,
                            int                  delta)
{
  GtkListBoxRow *row;
  int position = 0;

  g_return_if_fail (DAILIES_IS_MENTION_POPUP (self));

  if (self->n_rows == 0)
    return;
  /* Beyond one end it goes on at the other. */
  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    position = (gtk_list_box_row_get_index (row) + delta + (int) self->n_rows) % (int) self->n_rows;
  row = gtk_list_box_get_row_at_index (self->list, position);
  gtk_list_box_select_row (self->list, row);
  show_row (self, row);
}

const char *
dailies_mention_popup_get_selected (DailiesMentionPopup *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DAILIES_IS_MENTION_POPUP (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? g_object_get_data (G_OBJECT (row), SPELLING_KEY) : NULL;
}
