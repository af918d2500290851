/* dailies-caption.c: words in one label, over pills that are painted below it, pictures in a row above it, and what is
 * different about the clip itself in a line below
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-caption.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dailies-asset.h"
#include "dailies-media-words.h"
#include "dailies-tip.h"

/* Application pixels. */
#define PICTURE_HEIGHT 34
#define PICTURE_WIDTH 48
#define PILL_MARGIN 3
#define MAX_LINES 3

/* Words of another script may run the other way: each item keeps to itself, the items follow one another in the direction
 * of the window, and mentions are Latin everywhere. */
#define ISOLATE "\342\201\250"
#define ISOLATE_LTR "\342\201\246"
#define END_ISOLATE "\342\201\251"
#define LTR_MARK "\342\200\216"
#define RTL_MARK "\342\200\217"

/* Bytes of the label that lie on a pill. */
typedef struct
{
  guint   start;
  guint   end;
  GdkRGBA color;
} Pill;

struct _DailiesCaption
{
  GtkWidget parent_instance;

  GtkWidget *pictures;
  GtkLabel  *label;
  GtkLabel  *facts;
  GArray    *pills;
  char      *whole; /* (nullable): all that the requests differ in */
};

G_DEFINE_FINAL_TYPE (DailiesCaption, dailies_caption, GTK_TYPE_WIDGET)

/* They lie on a dark ground in both schemes, so they do not follow the scheme. */
static const GdkRGBA removed_ground = { 0.40, 0.06, 0.09, 1 };
static const GdkRGBA added_ground = { 0.08, 0.32, 0.18, 1 };
static const GdkRGBA mention_ground = { 0.08, 0.22, 0.42, 1 };

/* --- painting --------------------------------------------------------------------------------- */

static void
append_pill (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             float          x,
             float          y,
             float          width,
             float          height)
{
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x, y, width, height), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, color, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

/* One pill may go on in the next line, and in two directions in one line. */
static void
append_line (DailiesCaption  *self,
             GtkSnapshot     *snapshot,
             PangoLayoutIter *iter,
             double           left,
             double           top)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  PangoRectangle   box;

  pango_layout_iter_get_line_extents (iter, NULL, &box);
  for (guint i = 0; i < self->pills->len; i++)
    {
      const Pill     *pill = &g_array_index (self->pills, Pill, i);
      int             start = MAX ((int) pill->start, line->start_index);
      int             end = MIN ((int) pill->end, line->start_index + line->length);
      g_autofree int *ranges = NULL;
      int             n_ranges;

      if (start >= end)
        continue;

      pango_layout_line_get_x_ranges (line, start, end, &ranges, &n_ranges);
      for (int r = 0; r < n_ranges; r++)
        {
          /* What the ellipsis swallowed has no place. */
          int from = CLAMP (ranges[2 * r], box.x, box.x + box.width);
          int to = CLAMP (ranges[2 * r + 1], box.x, box.x + box.width);

          if (to > from)
            append_pill (snapshot, &pill->color,
                         left + (float) from / PANGO_SCALE - PILL_MARGIN,
                         top + (float) box.y / PANGO_SCALE,
                         (float) (to - from) / PANGO_SCALE + 2 * PILL_MARGIN,
                         (float) box.height / PANGO_SCALE);
        }
    }
}

static void
dailies_caption_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  DailiesCaption  *self = DAILIES_CAPTION (widget);
  PangoLayout     *layout = gtk_label_get_layout (self->label);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double           left, top;
  int              x, y;

  gtk_label_get_layout_offsets (self->label, &x, &y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->label), widget, x, y, &left, &top);
  do
    append_line (self, snapshot, iter, left, top);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  GTK_WIDGET_CLASS (dailies_caption_parent_class)->snapshot (widget, snapshot);
}

/* --- words ------------------------------------------------------------------------------------ */

static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               guint           start,
               guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_pill (DailiesCaption *self,
          guint           start,
          guint           end,
          const GdkRGBA  *color)
{
  Pill pill = { start, end, *color };

  g_array_append_val (self->pills, pill);
}

static void
mark_words (DailiesCaption       *self,
            PangoAttrList        *attributes,
            const DailiesDiffRun *run,
            guint                 start,
            guint                 end)
{
  switch (run->mark)
    {
    case DAILIES_DIFF_REMOVED:
      add_pill (self, start, end, &removed_ground);
      add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, end);
      add_attribute (attributes, pango_attr_foreground_new (0xffff, 0xc4c4, 0xc8c8), start, end);
      break;
    case DAILIES_DIFF_ADDED:
      add_pill (self, start, end, &added_ground);
      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      break;
    case DAILIES_DIFF_KEPT:
      if (run->mention)
        add_pill (self, start, end, &mention_ground);
      break;
    default:
      break;
    }
  if (run->mention)
    {
      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      if (run->mark == DAILIES_DIFF_KEPT)
        add_attribute (attributes, pango_attr_foreground_new (0x9999, 0xc1c1, 0xffff), start, end);
    }
}

static gboolean
is_picture (const DailiesDiffRun *run)
{
  return run->topic == DAILIES_DIFF_REFERENCE && (run->assets != NULL || run->mark == DAILIES_DIFF_ARROW);
}

/* An item about pictures is shown whole in the row of pictures, words and arrows included. */
static gboolean
shows_pictures (GPtrArray *runs,
                guint      i)
{
  while (i > 0 && !((DailiesDiffRun *) g_ptr_array_index (runs, i))->begins)
    i--;
  do
    {
      if (((DailiesDiffRun *) g_ptr_array_index (runs, i))->assets != NULL)
        return TRUE;
      i++;
    }
  while (i < runs->len && !((DailiesDiffRun *) g_ptr_array_index (runs, i))->begins);

  return FALSE;
}

static gboolean
is_rtl (DailiesCaption *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static const char *
turn_arrow (DailiesCaption *self)
{
  return is_rtl (self) ? "←" : "→";
}

static void
append_run (DailiesCaption       *self,
            GString              *text,
            PangoAttrList        *attributes,
            const DailiesDiffRun *run)
{
  gsize start;

  if (run->mark == DAILIES_DIFF_ARROW)
    {
      g_string_append_printf (text, END_ISOLATE " %s" ISOLATE, turn_arrow (self));
      return;
    }

  if (run->space && !run->begins)
    g_string_append_c (text, ' ');
  start = text->len;
  if (run->title != NULL)
    g_string_append_printf (text, "%s: ", run->title);
  if (run->mention)
    g_string_append_printf (text, ISOLATE_LTR "%s" END_ISOLATE, run->text);
  else
    g_string_append (text, run->text);
  mark_words (self, attributes, run, start, text->len);
}

static void
show_words (DailiesCaption *self,
            GPtrArray      *runs)
{
  g_autoptr (GString) text = g_string_new (is_rtl (self) ? RTL_MARK : LTR_MARK);
  PangoAttrList *attributes = pango_attr_list_new ();
  gsize          empty = text->len;

  g_array_set_size (self->pills, 0);
  for (guint i = 0; i < runs->len; i++)
    {
      const DailiesDiffRun *run = g_ptr_array_index (runs, i);

      if (shows_pictures (runs, i))
        continue;

      if (run->begins)
        g_string_append (text, text->len > empty ? END_ISOLATE "  ·  " ISOLATE : ISOLATE);
      append_run (self, text, attributes, run);
    }
  if (text->len > empty)
    g_string_append (text, END_ISOLATE);

  gtk_label_set_text (self->label, text->str);
  gtk_label_set_attributes (self->label, attributes);
  gtk_widget_set_visible (GTK_WIDGET (self->label), text->len > empty);
  pango_attr_list_unref (attributes);
}

/* --- pictures --------------------------------------------------------------------------------- */

static void
thumbnail_cb (DailiesAsset *asset,
              GParamSpec   *pspec,
              GtkStack     *stack)
{
  GdkPixbuf *pixbuf = dailies_asset_get_thumbnail (asset);
  GtkWidget *picture = gtk_stack_get_child_by_name (stack, "picture");

  if (pixbuf == NULL)
    return;

  {
    g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);

    gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (texture));
  }
  gtk_stack_set_visible_child (stack, picture);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* Without a thumbnail the icon stays; its tooltip names the file. */
  dailies_asset_load_finish (DAILIES_ASSET (source), result, &error);
}

static GtkWidget *
make_picture (DailiesAsset         *asset,
              const DailiesDiffRun *run)
{
  GtkWidget       *stack = gtk_stack_new ();
  GtkWidget       *icon = gtk_image_new_from_icon_name (dailies_media_words_icon (asset));
  GtkWidget       *picture = gtk_picture_new ();
  const char      *name = dailies_asset_get_name (asset);
  g_autofree char *words = run->title != NULL ? g_strdup_printf (_ ("%s: %s"), run->title, name) : g_strdup (name);

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_stack_add_named (GTK_STACK (stack), icon, "icon");
  gtk_stack_add_named (GTK_STACK (stack), picture, "picture");
  gtk_widget_set_size_request (stack, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_overflow (stack, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (stack, "changed-picture");
  if (run->mark == DAILIES_DIFF_REMOVED)
    gtk_widget_add_css_class (stack, "removed");
  else if (run->mark == DAILIES_DIFF_ADDED)
    gtk_widget_add_css_class (stack, "added");
  dailies_tip_set (stack, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  g_signal_connect_object (asset, "notify::thumbnail", G_CALLBACK (thumbnail_cb), stack, 0);
  if (dailies_asset_get_state (asset) == DAILIES_ASSET_NEW)
    dailies_asset_load_async (asset, NULL, load_cb, NULL);
  thumbnail_cb (asset, NULL, GTK_STACK (stack));

  return stack;
}

static void
add_words (DailiesCaption *self,
           const char     *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->pictures), label);
}

static void
show_pictures (DailiesCaption *self,
               GPtrArray      *runs)
{
  GtkWidget  *child;
  const char *title = NULL;

  while ((child = gtk_widget_get_first_child (self->pictures)) != NULL)
    gtk_box_remove (GTK_BOX (self->pictures), child);

  for (guint i = 0; i < runs->len; i++)
    {
      const DailiesDiffRun *run = g_ptr_array_index (runs, i);

      if (!shows_pictures (runs, i))
        continue;

      /* "Start frame" once, not on both sides of the arrow. */
      if (run->begins)
        title = NULL;
      if (run->title != NULL && g_strcmp0 (run->title, title) != 0)
        {
          add_words (self, run->title);
          title = run->title;
        }
      if (!is_picture (run))
        add_words (self, run->text);
      else if (run->assets == NULL)
        add_words (self, turn_arrow (self));
      for (guint a = 0; run->assets != NULL && a < run->assets->len; a++)
        gtk_box_append (GTK_BOX (self->pictures), make_picture (g_ptr_array_index (run->assets, a), run));
    }

  gtk_widget_set_visible (self->pictures, gtk_widget_get_first_child (self->pictures) != NULL);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_caption_dispose (GObject *object)
{
  DailiesCaption *self = DAILIES_CAPTION (object);
  GtkWidget      *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dailies_caption_parent_class)->dispose (object);
}

static void
dailies_caption_finalize (GObject *object)
{
  g_array_unref (DAILIES_CAPTION (object)->pills);
  g_free (DAILIES_CAPTION (object)->whole);

  G_OBJECT_CLASS (dailies_caption_parent_class)->finalize (object);
}

static void
dailies_caption_class_init (DailiesCaptionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_caption_dispose;
  G_OBJECT_CLASS (klass)->finalize = dailies_caption_finalize;
  widget_class->snapshot = dailies_caption_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "caption");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_caption_init (DailiesCaption *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  self->pills = g_array_new (FALSE, FALSE, sizeof (Pill));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);

  self->pictures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_visible (self->pictures, FALSE);
  gtk_widget_set_parent (self->pictures, GTK_WIDGET (self));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->label, MAX_LINES);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));

  self->facts = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->facts, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->facts, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->facts), GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What differs"), -1);
}

GtkWidget *
dailies_caption_new (void)
{
  return g_object_new (DAILIES_TYPE_CAPTION, NULL);
}

static char *
dup_whole (DailiesRequestDiff *diff,
           guint               side)
{
  g_autofree char *text = dailies_request_diff_dup_text (diff, side);
  const char      *prompt = dailies_request_diff_get_prompt (diff, side);

  return prompt != NULL && *prompt != '\0' ? g_strdup_printf ("%s\n\n%s", text, prompt) : g_steal_pointer (&text);
}

/* There is something to tell where the requests or the clips differ, and all of it is told to screen readers. */
static void
update (DailiesCaption *self)
{
  const char      *facts = gtk_label_get_text (self->facts);
  gboolean         told = *facts != '\0';
  g_autofree char *text = NULL;

  if (self->whole != NULL && told)
    text = g_strdup_printf ("%s\n%s", facts, self->whole);
  else
    text = g_strdup (self->whole != NULL ? self->whole : facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), told);
  gtk_widget_set_visible (GTK_WIDGET (self), self->whole != NULL || told);
  dailies_tip_set (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_runs (DailiesCaption     *self,
          DailiesRequestDiff *diff,
          guint               side,
          gboolean            joint)
{
  gboolean known = diff != NULL && side < dailies_request_diff_get_n_sides (diff) &&
                   dailies_request_diff_knows (diff, side);

  g_clear_pointer (&self->whole, g_free);
  if (known)
    {
      GPtrArray *runs = joint ? dailies_request_diff_get_joint_runs (diff, side)
                              : dailies_request_diff_get_runs (diff, side);

      show_pictures (self, runs);
      show_words (self, runs);
      if (runs->len == 0)
        {
          gtk_label_set_text (self->label, _ ("Same prompt and settings"));
          gtk_widget_set_visible (GTK_WIDGET (self->label), TRUE);
        }
      self->whole = dup_whole (diff, side);
    }
  else
    {
      g_array_set_size (self->pills, 0);
      gtk_label_set_text (self->label, "");
      gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
      gtk_widget_set_visible (self->pictures, FALSE);
    }
  update (self);
}

void
dailies_caption_set_diff (DailiesCaption     *self,
                          DailiesRequestDiff *diff,
                          guint               side)
{
  g_return_if_fail (DAILIES_IS_CAPTION (self));
  g_return_if_fail (diff == NULL || DAILIES_IS_REQUEST_DIFF (diff));

  set_runs (self, diff, side, FALSE);
}

void
dailies_caption_set_joint_diff (DailiesCaption     *self,
                                DailiesRequestDiff *diff,
                                guint               side)
{
  g_return_if_fail (DAILIES_IS_CAPTION (self));
  g_return_if_fail (diff == NULL || DAILIES_IS_REQUEST_DIFF (diff));

  set_runs (self, diff, side, TRUE);
}

void
dailies_caption_set_facts (DailiesCaption *self,
                           const char     *facts)
{
  /* Numbers and their units run from left to right everywhere. */
  g_autofree char *text = facts != NULL ? g_strdup_printf (ISOLATE_LTR "%s" END_ISOLATE, facts) : g_strdup ("");

  g_return_if_fail (DAILIES_IS_CAPTION (self));

  if (g_str_equal (text, gtk_label_get_text (self->facts)))
    return;

  gtk_label_set_text (self->facts, text);
  update (self);
}
