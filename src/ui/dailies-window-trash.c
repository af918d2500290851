/* dailies-window-trash.c: shots and cuts that are deleted, and come back as long as a toast offers it
 *
 * What is deleted is only out of sight at first. It is removed when its toast goes, or the window; a program that is
 * killed before that has deleted nothing. An export that is running may read it: then it is removed after that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-shot.h"
#include "dailies-window-private.h"

/* s that Undo is offered */
#define TIMEOUT 10

/* (transfer none): the shot that @cut, one of the deleted things, belongs to */
static DailiesShot *
get_shot_of (DailiesCut *cut)
{
  return g_object_get_data (G_OBJECT (cut), "shot");
}

static void
update_undelete (DailiesWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undelete", self->deleted->len > 0);
}

/* --- for good --------------------------------------------------------------------------------- */

/* On its way to the disk; the window may be closed before it is there. */
typedef struct
{
  GWeakRef window; /* DailiesWindow */
  GObject *object; /* a shot or a cut */
} Deletion;

static Deletion *
deletion_new (DailiesWindow *self,
              gpointer       object)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  g_weak_ref_init (&deletion->window, self);
  deletion->object = g_object_ref (object);
  return deletion;
}

static void
deletion_free (Deletion *deletion)
{
  g_weak_ref_clear (&deletion->window);
  g_object_unref (deletion->object);
  g_free (deletion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

/* The shot holds its cuts, so a cut holds its shot only as long as it is out of it. */
static void
give_back_cut (DailiesCut *cut)
{
  g_autoptr (DailiesShot) shot = g_object_steal_data (G_OBJECT (cut), "shot");

  dailies_shot_give_back_cut (shot, cut);
}

/* What could not be removed is still there and is shown again. */
static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (DailiesWindow) self = g_weak_ref_get (&deletion->window);
  DailiesLibrary *library = DAILIES_LIBRARY (source);
  g_autoptr (GError) error = NULL;

  if (DAILIES_IS_CUT (deletion->object))
    {
      if (dailies_library_remove_cut_finish (library, result, &error))
        g_object_set_data (deletion->object, "shot", NULL);
      else
        give_back_cut (DAILIES_CUT (deletion->object));
    }
  else if (!dailies_library_remove_shot_finish (library, result, &error) && self != NULL && self->shots != NULL)
    dailies_shots_pane_restore (self->shots, DAILIES_SHOT (deletion->object));
  if (error != NULL && self != NULL && self->shots != NULL)
    dailies_window_tell_error (self, error);
}

static void
remove_deleted (DailiesWindow *self,
                gpointer       object)
{
  g_autoptr (GObject) kept = g_object_ref (object);

  if (!g_ptr_array_remove (self->deleted, object))
    return;
  update_undelete (self);
  if (DAILIES_IS_CUT (kept))
    dailies_library_remove_cut_async (self->library, DAILIES_CUT (kept), NULL, removed_cb, deletion_new (self, kept));
  else
    dailies_library_remove_shot_async (self->library, DAILIES_SHOT (kept), NULL, removed_cb, deletion_new (self, kept));
}

void
dailies_window_empty_trash (DailiesWindow *self)
{
  while (self->deleted->len > 0)
    remove_deleted (self, self->deleted->pdata[0]);
}

void
dailies_window_export_stopped (DailiesWindow *self)
{
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->deleted->len; i++)
    if (g_object_get_data (self->deleted->pdata[i], "toast") == NULL)
      g_ptr_array_add (late, g_object_ref (self->deleted->pdata[i]));
  for (guint i = 0; self->library != NULL && i < late->len; i++)
    remove_deleted (self, late->pdata[i]);
}

/* --- and back --------------------------------------------------------------------------------- */

static void
bring_back_cut (DailiesWindow *self,
                DailiesCut    *cut)
{
  gboolean here = get_shot_of (cut) == self->shot;

  give_back_cut (cut);
  if (here && self->stage != NULL && dailies_stage_view_get_n_sides (self->stage) == 0)
    dailies_window_show_cut (self, cut, FALSE);
}

static void
bring_back (DailiesWindow *self,
            gpointer       object)
{
  g_autoptr (GObject) kept = g_object_ref (object);

  if (!g_ptr_array_remove (self->deleted, object) || self->shots == NULL)
    return;
  update_undelete (self);
  if (DAILIES_IS_CUT (kept))
    bring_back_cut (self, DAILIES_CUT (kept));
  else
    {
      dailies_shots_pane_restore (self->shots, DAILIES_SHOT (kept));
      dailies_window_set_shot (self, DAILIES_SHOT (kept));
    }
}

static void
undo_cb (AdwToast      *toast,
         DailiesWindow *self)
{
  bring_back (self, g_object_get_data (G_OBJECT (toast), "object"));
}

static void
dismissed_cb (AdwToast      *toast,
              DailiesWindow *self)
{
  GObject *object = g_object_get_data (G_OBJECT (toast), "object");

  /* It may have come back and been deleted anew, with a toast of its own. */
  if (self->library == NULL || g_object_get_data (object, "toast") != toast)
    return;
  g_object_set_data (object, "toast", NULL);
  if (!dailies_window_is_exporting (self))
    remove_deleted (self, object);
}

void
dailies_window_undelete (DailiesWindow *self)
{
  g_autoptr (GObject) object = NULL;
  AdwToast *toast;

  if (self->deleted->len == 0 || self->shots == NULL)
    return;
  object = g_object_ref (self->deleted->pdata[self->deleted->len - 1]);
  /* The overlay holds it until it is dismissed; without one, the object only waits for an export. */
  toast = g_object_get_data (object, "toast");
  bring_back (self, object);
  if (toast != NULL)
    dailies_window_dismiss_toast (self, toast);
}

static void
offer_undo (DailiesWindow *self,
            gpointer       object,
            const char    *title)
{
  /* Translators: the name of a shot or of a cut */
  g_autofree char *text = g_strdup_printf (_("“%s” is deleted"), title);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  g_ptr_array_add (self->deleted, g_object_ref (object));
  g_object_set_data (G_OBJECT (object), "toast", toast);
  g_object_set_data_full (G_OBJECT (toast), "object", g_object_ref (object), g_object_unref);
  update_undelete (self);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, TIMEOUT);
  /* The window holds its toasts, which must not hold it. */
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, 0);
  dailies_window_add_toast (self, toast);
}

/* --- shots ------------------------------------------------------------------------------------ */

/* Returns: (transfer full) (nullable): the first shot that is listed, else the first that a search keeps out of the list */
static DailiesShot *
dup_next_shot (DailiesWindow *self)
{
  GListModel *shots = G_LIST_MODEL (self->library);
  g_autoptr (DailiesShot) listed = g_list_model_get_item (dailies_shots_pane_get_items (self->shots), 0);

  for (guint i = 0; listed == NULL && i < g_list_model_get_n_items (shots); i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (shots, i);

      if (!g_ptr_array_find (self->deleted, shot, NULL))
        listed = g_steal_pointer (&shot);
    }
  return g_steal_pointer (&listed);
}

static void
leave_shot (DailiesWindow *self)
{
  g_autoptr (DailiesShot) next = dup_next_shot (self);

  if (next != NULL)
    dailies_window_set_shot (self, next);
  else
    {
      dailies_window_set_shot (self, NULL);
      dailies_window_new_shot (self);
    }
}

void
dailies_window_shot_deleted (DailiesWindow *self,
                             DailiesShot   *shot)
{
  offer_undo (self, shot, dailies_shot_get_title (shot));
  if (shot == self->shot)
    leave_shot (self);
}

/* --- cuts ------------------------------------------------------------------------------------- */

/* A clip that is going away leaves the stage before its file does. */
static void
take_off_stage (DailiesWindow *self,
                DailiesCut    *cut)
{
  DailiesStageClip clip = { dailies_cut_get_file (cut), NULL, cut };
  guint n_sides = self->stage != NULL ? dailies_stage_view_get_n_sides (self->stage) : 0;

  if (self->waiting_cut == cut)
    g_clear_object (&self->waiting_cut);
  for (guint i = 0; i < n_sides; i++)
    if (dailies_stage_view_get_cut (self->stage, i) == cut)
      {
        if (n_sides == 1)
          dailies_window_show_cut (self, NULL, FALSE);
        else
          dailies_stage_view_toggle (self->stage, &clip);
        return;
      }
}

void
dailies_window_trash_cut (DailiesWindow *self,
                          DailiesCut    *cut)
{
  g_autofree char *title = NULL;

  if (self->shot == NULL || g_ptr_array_find (self->deleted, cut, NULL))
    return;
  /* Translators: the number of a cut within its shot */
  title = g_strdup_printf (_("Cut %u"), dailies_cut_get_number (cut));
  take_off_stage (self, cut);
  g_object_set_data_full (G_OBJECT (cut), "shot", g_object_ref (self->shot), g_object_unref);
  offer_undo (self, cut, title);
  dailies_shot_withhold_cut (self->shot, cut);
}
