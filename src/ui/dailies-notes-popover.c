/* dailies-notes-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-notes-popover.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-reel.h"
#include "dailies-sides.h"
#include "dailies-timecode.h"
#include "dailies-tip.h"

struct _DailiesNotesPopover
{
  GtkPopover parent_instance;

  GtkWidget     *sides;
  GtkLabel      *heading;
  GtkTextView   *text_view;
  GtkTextBuffer *buffer;
  GtkButton     *save_button;
  GtkRevealer   *undo_revealer;
  GtkWidget     *scroller;
  GtkListView   *list;

  DailiesNotes *notes;
  char         *cut; /* (nullable) */
  double        fps;
  gint64        start;
  gint64        end;
  DailiesNote  *edited;  /* (nullable): what is in the text is that note */
  guint         laid_out_id;
  DailiesNote  *deleted; /* (nullable): can be brought back */
};

G_DEFINE_FINAL_TYPE (DailiesNotesPopover, dailies_notes_popover, GTK_TYPE_POPOVER)

enum
{
  JUMP,
  FAILED,
  SIDE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the text --------------------------------------------------------------------------------- */

static char *
dup_text (DailiesNotesPopover *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

static gboolean
is_typing (DailiesNotesPopover *self)
{
  g_autofree char *text = dup_text (self);

  return self->edited != NULL || *text != '\0';
}

/* The frame at the out point belongs to a range, and a note ends behind it. Returns: (transfer full) (nullable): its
 * timecode, %NULL for one frame */
static char *
dup_last (DailiesNotesPopover *self,
          gint64               start,
          gint64               end)
{
  gint64 last = self->fps > 0 ? end - llround (1e9 / self->fps) : end;

  return end > start ? dailies_timecode_format (MAX (start, last), self->fps) : NULL;
}

static void
update_heading (DailiesNotesPopover *self)
{
  gint64           start = self->edited != NULL ? dailies_note_get_start (self->edited) : self->start;
  gint64           end = self->edited != NULL ? dailies_note_get_end (self->edited) : self->end;
  g_autofree char *from = dailies_timecode_format (start, self->fps);
  g_autofree char *to = dup_last (self, start, end);
  g_autofree char *text = NULL;

  if (to != NULL && self->cut != NULL)
    /* Translators: two timecodes, and the name of a cut */
    text = g_strdup_printf (_ ("Note from %s to %s on %s"), from, to, self->cut);
  else if (self->cut != NULL)
    /* Translators: a timecode, and the name of a cut */
    text = g_strdup_printf (_ ("Note at %s on %s"), from, self->cut);
  else if (to != NULL)
    /* Translators: two timecodes */
    text = g_strdup_printf (_ ("Note from %s to %s"), from, to);
  else
    text = g_strdup_printf (_ ("Note at %s"), from);
  gtk_label_set_text (self->heading, text);
  gtk_button_set_label (self->save_button, self->edited != NULL ? _ ("Save") : _ ("Add Note"));
}

static void
changed_cb (DailiesNotesPopover *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), *text != '\0');
}

/* --- saving ----------------------------------------------------------------------------------- */

/* What could not be written goes back to where it was typed, before what was typed since. */
typedef struct
{
  DailiesNotesPopover *self;
  char                *text;
} Typed;

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Typed           *typed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesNote) note = dailies_notes_add_finish (DAILIES_NOTES (source), result, &error);

  if (note == NULL && typed->self->buffer != NULL)
    {
      g_autofree char *since = dup_text (typed->self);
      g_autofree char *both = *since != '\0' ? g_strdup_printf ("%s\n%s", typed->text, since) : g_strdup (typed->text);

      gtk_text_buffer_set_text (typed->self->buffer, both, -1);
      g_signal_emit (typed->self, signals[FAILED], 0, error);
    }

  g_object_unref (typed->self);
  g_free (typed->text);
  g_free (typed);
}

static void
save (DailiesNotesPopover *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (DailiesNote) edited = g_steal_pointer (&self->edited);

  if (self->notes == NULL)
    return;

  if (*text != '\0' && edited != NULL)
    dailies_notes_set_text (self->notes, edited, text);
  else if (*text != '\0')
    {
      Typed *typed = g_new0 (Typed, 1);

      typed->self = g_object_ref (self);
      typed->text = g_strdup (text);
      dailies_notes_add_async (self->notes, self->start, self->end, text, NULL, added_cb, typed);
    }
  gtk_text_buffer_set_text (self->buffer, "", -1);
  update_heading (self);
}

static void
save_clicked_cb (DailiesNotesPopover *self)
{
  gboolean was_new = self->edited == NULL;

  save (self);
  if (was_new)
    gtk_popover_popdown (GTK_POPOVER (self));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                DailiesNotesPopover   *self)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || state & GDK_SHIFT_MASK)
    return GDK_EVENT_PROPAGATE;
  /* The word that an input method is about to end is not a line that ends. */
  if (gtk_text_view_im_context_filter_keypress (self->text_view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return GDK_EVENT_STOP;

  if (is_typing (self))
    save_clicked_cb (self);

  return GDK_EVENT_STOP;
}

/* --- the list --------------------------------------------------------------------------------- */

static DailiesNote *
get_note (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_ancestor (widget, GTK_TYPE_BOX)), "note");
}

static void
jump (DailiesNotesPopover *self,
      DailiesNote         *note)
{
  g_signal_emit (self, signals[JUMP], 0, note);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
jump_cb (GtkWidget           *button,
         DailiesNotesPopover *self)
{
  jump (self, get_note (button));
}

static void
activate_cb (GtkListView         *list,
             guint                position,
             DailiesNotesPopover *self)
{
  g_autoptr (DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  jump (self, note);
}

static void
edit_cb (GtkWidget           *button,
         DailiesNotesPopover *self)
{
  DailiesNote *note = get_note (button);

  save (self);
  g_set_object (&self->edited, note);
  gtk_text_buffer_set_text (self->buffer, dailies_note_get_text (note), -1);
  update_heading (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
delete_cb (GtkWidget           *button,
           DailiesNotesPopover *self)
{
  g_autoptr (DailiesNote) note = g_object_ref (get_note (button));

  /* What is being typed about it goes with it, and comes back with it. */
  if (self->edited == note)
    save (self);
  dailies_notes_remove (self->notes, note);
  g_set_object (&self->deleted, note);
  gtk_revealer_set_reveal_child (self->undo_revealer, TRUE);
  /* The button that was clicked goes with the note. */
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
undo_cb (DailiesNotesPopover *self)
{
  g_autoptr (DailiesNote) note = g_steal_pointer (&self->deleted);

  gtk_revealer_set_reveal_child (self->undo_revealer, FALSE);
  if (note != NULL && self->notes != NULL)
    dailies_notes_restore (self->notes, note);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static GtkWidget *
add_button (GtkWidget           *row,
            const char          *icon,
            const char          *name,
            GCallback            callback,
            DailiesNotesPopover *self)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label ("");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (row), button);

  return button;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          DailiesNotesPopover      *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *text = gtk_label_new (NULL);
  GtkWidget *jump = add_button (row, NULL, _ ("Go to this note"), G_CALLBACK (jump_cb), self);

  gtk_widget_add_css_class (jump, "numeric");
  gtk_widget_add_css_class (jump, "note-time");
  gtk_widget_set_valign (jump, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_selectable (GTK_LABEL (text), FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), text);
  add_button (row, "document-edit-symbolic", _ ("Edit this note"), G_CALLBACK (edit_cb), self);
  add_button (row, "user-trash-symbolic", _ ("Delete this note"), G_CALLBACK (delete_cb), self);
  g_object_set_data (G_OBJECT (row), "jump", jump);
  g_object_set_data (G_OBJECT (row), "text", text);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         DailiesNotesPopover      *self)
{
  GtkWidget       *row = gtk_list_item_get_child (item);
  DailiesNote     *note = gtk_list_item_get_item (item);
  g_autofree char *from = dailies_timecode_format (dailies_note_get_start (note), self->fps);
  g_autofree char *to = dup_last (self, dailies_note_get_start (note), dailies_note_get_end (note));
  g_autofree char *span = to != NULL ? g_strdup_printf ("%s\n–%s", from, to) : g_strdup (from);
  GBinding        *binding = g_object_bind_property (note, "text", g_object_get_data (G_OBJECT (row), "text"), "label",
                                                     G_BINDING_SYNC_CREATE);

  g_object_set_data (G_OBJECT (row), "note", note);
  gtk_button_set_label (g_object_get_data (G_OBJECT (row), "jump"), span);
  g_object_set_data (G_OBJECT (item), "binding", binding);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           DailiesNotesPopover      *self)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (item), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "note", NULL);
}

static void
update_list (DailiesNotesPopover *self)
{
  gtk_widget_set_visible (self->scroller,
                          self->notes != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->notes)) > 0);
}

static gboolean
laid_out_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       data)
{
  DailiesNotesPopover *self = DAILIES_NOTES_POPOVER (widget);

  if (gtk_widget_get_height (widget) == 0)
    return G_SOURCE_CONTINUE;

  self->laid_out_id = 0;
  update_list (self);

  return G_SOURCE_REMOVE;
}

/* The notes of a cut come when it is open already. Where it then becomes as large as it was the last time before it has its size, GTK
 * thinks that it has that. */
static void
items_changed_cb (DailiesNotesPopover *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_height (widget) > 0)
    update_list (self);
  else if (self->laid_out_id == 0)
    self->laid_out_id = gtk_widget_add_tick_callback (widget, laid_out_cb, NULL, NULL);
}

/* --- whose notes ------------------------------------------------------------------------------ */

static void
side_toggled_cb (GtkToggleButton     *button,
                 DailiesNotesPopover *self)
{
  guint side = 0;

  if (!gtk_toggle_button_get_active (button))
    return;

  for (GtkWidget *widget = gtk_widget_get_prev_sibling (GTK_WIDGET (button)); widget != NULL;
       widget = gtk_widget_get_prev_sibling (widget))
    side++;
  g_signal_emit (self, signals[SIDE], 0, side);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static GtkWidget *
add_side (DailiesNotesPopover *self,
          guint                side)
{
  GtkWidget *first = gtk_widget_get_first_child (self->sides);
  GtkWidget *button = gtk_toggle_button_new_with_label (dailies_sides_get_letter (side));

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_signal_connect (button, "toggled", G_CALLBACK (side_toggled_cb), self);
  gtk_box_append (GTK_BOX (self->sides), button);

  return button;
}

/* --- object ----------------------------------------------------------------------------------- */

/* The window may go while it is open. */
static void
dailies_notes_popover_unmap (GtkWidget *widget)
{
  save (DAILIES_NOTES_POPOVER (widget));

  GTK_WIDGET_CLASS (dailies_notes_popover_parent_class)->unmap (widget);
}

static void
dailies_notes_popover_closed (GtkPopover *popover)
{
  DailiesNotesPopover *self = DAILIES_NOTES_POPOVER (popover);

  save (self);
  g_clear_object (&self->deleted);
  gtk_revealer_set_reveal_child (self->undo_revealer, FALSE);
}

static void
dailies_notes_popover_dispose (GObject *object)
{
  DailiesNotesPopover *self = DAILIES_NOTES_POPOVER (object);

  if (self->buffer != NULL)
    {
      save (self);
      gtk_list_view_set_model (self->list, NULL);
    }
  self->buffer = NULL;
  g_clear_object (&self->notes);
  g_clear_object (&self->edited);
  g_clear_object (&self->deleted);
  g_clear_pointer (&self->cut, g_free);

  G_OBJECT_CLASS (dailies_notes_popover_parent_class)->dispose (object);
}

static void
dailies_notes_popover_class_init (DailiesNotesPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_notes_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = dailies_notes_popover_closed;
  widget_class->unmap = dailies_notes_popover_unmap;

  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, DAILIES_TYPE_NOTE);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIDE] = g_signal_new ("side", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-notes-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, sides);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, heading);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, text_view);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, save_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, undo_revealer);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, DailiesNotesPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
dailies_notes_popover_init (DailiesNotesPopover *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->fps = 24;
  self->buffer = gtk_text_view_get_buffer (self->text_view);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), keys);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  changed_cb (self);
  update_heading (self);
  items_changed_cb (self);
}

/* --- public ----------------------------------------------------------------------------------- */

GtkWidget *
dailies_notes_popover_new (void)
{
  return g_object_new (DAILIES_TYPE_NOTES_POPOVER, NULL);
}

void
dailies_notes_popover_set_cut (DailiesNotesPopover *self,
                               const char          *cut)
{
  g_return_if_fail (DAILIES_IS_NOTES_POPOVER (self));

  if (g_strcmp0 (self->cut, cut) == 0)
    return;

  g_free (self->cut);
  self->cut = g_strdup (cut);
  update_heading (self);
}

void
dailies_notes_popover_set_sides (DailiesNotesPopover *self,
                                 const char *const   *titles,
                                 guint                n_sides,
                                 guint                cuts,
                                 guint                noted)
{
  GtkWidget *next = gtk_widget_get_first_child (self->sides);

  g_return_if_fail (DAILIES_IS_NOTES_POPOVER (self));

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      GtkWidget       *button = next != NULL ? next : add_side (self, i);
      g_autofree char *name = NULL;

      next = gtk_widget_get_next_sibling (button);
      gtk_widget_set_visible (button, i < n_sides);
      if (i >= n_sides)
        continue;

      if (cuts & (1u << i))
        /* Translators: the name of a cut */
        name = g_strdup_printf (_ ("Notes on %s"), titles[i]);
      else
        /* Translators: the name of a clip */
        name = g_strdup_printf (_ ("%s is not a cut of the shot, so it takes no notes"), titles[i]);
      gtk_widget_set_sensitive (button, (cuts & (1u << i)) != 0);
      dailies_tip_set (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_handlers_block_by_func (button, side_toggled_cb, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == noted);
      g_signal_handlers_unblock_by_func (button, side_toggled_cb, self);
    }
  gtk_widget_set_visible (self->sides, n_sides > 1);
}

void
dailies_notes_popover_set_notes (DailiesNotesPopover *self,
                                 DailiesNotes        *notes,
                                 double               fps)
{
  g_return_if_fail (DAILIES_IS_NOTES_POPOVER (self));
  g_return_if_fail (notes == NULL || DAILIES_IS_NOTES (notes));

  self->fps = fps;
  if (self->notes == notes)
    {
      update_heading (self);
      return;
    }

  save (self);
  g_clear_object (&self->deleted);
  gtk_revealer_set_reveal_child (self->undo_revealer, FALSE);
  gtk_list_view_set_model (self->list, NULL);
  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, items_changed_cb, self);
  g_set_object (&self->notes, notes);
  if (notes != NULL)
    {
      g_autoptr (GtkNoSelection) model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (notes)));

      g_signal_connect_object (notes, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
    }
  items_changed_cb (self);
  update_heading (self);
}

void
dailies_notes_popover_set_place (DailiesNotesPopover *self,
                                 gint64               start,
                                 gint64               end)
{
  g_return_if_fail (DAILIES_IS_NOTES_POPOVER (self));

  if (is_typing (self))
    return;

  self->start = MAX (0, start);
  self->end = MAX (self->start, end);
  update_heading (self);
}

void
dailies_notes_popover_write (DailiesNotesPopover *self)
{
  g_return_if_fail (DAILIES_IS_NOTES_POPOVER (self));

  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}
