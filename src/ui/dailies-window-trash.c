/* dailies-window-trash.c: shots and cuts that are deleted, and come back as long as the window is there
 *
 * What is deleted is only out of sight at first. When its toast goes it is set aside in the library: a program that is
 * killed before that has deleted nothing, and after that it stays deleted. Its files are where they were, so that it comes
 * back whole, and so that an export that reads them goes on. They go to the trash when the window is closed; those of a
 * program that was killed, at its next start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-shot.h"
#include "dailies-toast.h"
#include "dailies-window-private.h"

/* s that Undo is offered by a toast */
#define TIMEOUT 10

static void
update_undelete (DailiesWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undelete", self->deleted->len > 0);
}

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

/* --- back into sight -------------------------------------------------------------------------- */

/* (transfer full) (nullable): what the list of @shot has for @cut now */
static DailiesCut *
dup_listed_cut (DailiesShot *shot,
                DailiesCut  *cut)
{
  GListModel *cuts = dailies_shot_get_cuts (shot);

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) listed = g_list_model_get_item (cuts, i);

      if (dailies_cut_get_id (listed) == dailies_cut_get_id (cut))
        return g_steal_pointer (&listed);
    }
  return NULL;
}

/* Where its shot still has it; else the library has brought it already, as another object. The library outlives the window. */
static void
give_back_cut (DailiesLibrary *library,
               DailiesCut     *cut)
{
  DailiesShot *shot = dailies_library_lookup_shot (library, dailies_cut_get_shot_id (cut));

  if (shot != NULL)
    dailies_shot_give_back_cut (shot, cut);
}

static void
show_cut_again (DailiesWindow *self,
                DailiesCut    *cut)
{
  DailiesShot *shot = dailies_library_lookup_shot (self->library, dailies_cut_get_shot_id (cut));
  g_autoptr (DailiesCut) listed = NULL;

  if (shot == NULL)
    return;
  if (shot != self->shot)
    {
      g_autofree char *title = g_strdup_printf (_("Cut %u"), dailies_cut_get_number (cut));
      /* Translators: the name of a cut, and that of its shot, which is not the one that is shown */
      g_autofree char *text = g_strdup_printf (_("“%s” is back in “%s”"), title, dailies_shot_get_title (shot));

      dailies_window_tell (self, text, NULL, NULL);
      return;
    }
  listed = dup_listed_cut (shot, cut);
  if (listed != NULL && self->stage != NULL && dailies_stage_view_get_n_sides (self->stage) == 0)
    dailies_window_show_cut (self, listed, FALSE);
}

static void
show_shot_again (DailiesWindow *self,
                 DailiesShot   *shot)
{
  DailiesShot *listed = dailies_library_lookup_shot (self->library, dailies_shot_get_id (shot));

  dailies_shots_pane_restore (self->shots, shot);
  if (listed != NULL)
    dailies_window_set_shot (self, listed);
}

static void
show_again (DailiesWindow *self,
            gpointer       object)
{
  if (DAILIES_IS_CUT (object))
    {
      give_back_cut (self->library, object);
      show_cut_again (self, object);
    }
  else
    show_shot_again (self, object);
}

/* --- set aside -------------------------------------------------------------------------------- */

/* What could not be set aside is still there and is shown again. */
static void
set_aside_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (DailiesWindow) self = g_weak_ref_get (&deletion->window);
  DailiesLibrary *library = DAILIES_LIBRARY (source);
  g_autoptr (GError) error = NULL;

  if (dailies_library_set_aside_finish (library, result, &error))
    return;
  if (DAILIES_IS_CUT (deletion->object))
    give_back_cut (library, DAILIES_CUT (deletion->object));
  if (self == NULL || self->shots == NULL)
    return;
  g_ptr_array_remove (self->deleted, deletion->object);
  update_undelete (self);
  if (DAILIES_IS_SHOT (deletion->object))
    dailies_shots_pane_restore (self->shots, DAILIES_SHOT (deletion->object));
  dailies_window_tell_error (self, error);
}

static void
set_aside (DailiesWindow *self,
           gpointer       object)
{
  dailies_library_set_aside_async (self->library, object, NULL, set_aside_cb, deletion_new (self, object));
}

void
dailies_window_empty_trash (DailiesWindow *self)
{
  if (self->deleted->len == 0)
    return;
  for (guint i = 0; i < self->deleted->len; i++)
    if (g_object_steal_data (self->deleted->pdata[i], "toast") != NULL)
      set_aside (self, self->deleted->pdata[i]);
  g_ptr_array_set_size (self->deleted, 0);
  update_undelete (self);
  dailies_library_empty (self->library);
}

/* --- and back --------------------------------------------------------------------------------- */

static void
brought_back_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (DailiesWindow) self = g_weak_ref_get (&deletion->window);
  DailiesLibrary *library = DAILIES_LIBRARY (source);
  g_autoptr (GError) error = NULL;
  gboolean back = dailies_library_bring_back_finish (library, result, &error);

  if (back && DAILIES_IS_CUT (deletion->object))
    give_back_cut (library, DAILIES_CUT (deletion->object));
  if (self == NULL || self->shots == NULL)
    return;
  if (back)
    {
      show_again (self, deletion->object);
      return;
    }
  /* The disk may take it another time; from the trash nothing comes back this way. */
  if (!g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID))
    g_ptr_array_add (self->deleted, g_object_ref (deletion->object));
  update_undelete (self);
  dailies_window_tell_error (self, error);
}

/* @object: in @deleted, with its toast or without */
static void
bring_back (DailiesWindow *self,
            gpointer       object)
{
  g_autoptr (GObject) kept = g_object_ref (object);

  if (!g_ptr_array_remove (self->deleted, object) || self->shots == NULL)
    return;
  update_undelete (self);
  if (g_object_steal_data (kept, "toast") != NULL)
    show_again (self, kept);
  else
    dailies_library_bring_back_async (self->library, kept, NULL, brought_back_cb, deletion_new (self, kept));
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
  set_aside (self, object);
}

void
dailies_window_undelete (DailiesWindow *self)
{
  g_autoptr (GObject) object = NULL;
  AdwToast *toast;

  if (self->deleted->len == 0 || self->shots == NULL)
    return;
  object = g_object_ref (self->deleted->pdata[self->deleted->len - 1]);
  /* The overlay holds it until it is dismissed; without one, the object is set aside. */
  toast = g_object_get_data (object, "toast");
  bring_back (self, object);
  if (toast != NULL)
    dailies_window_dismiss_toast (self, toast);
}

gint64
dailies_window_get_deletion_time (DailiesWindow *self,
                                  gboolean      *offered)
{
  GObject *last = self->deleted->len > 0 ? self->deleted->pdata[self->deleted->len - 1] : NULL;
  const gint64 *time = last != NULL ? g_object_get_data (last, "deleted-at") : NULL;

  if (offered != NULL)
    *offered = last != NULL && g_object_get_data (last, "toast") != NULL;
  return time != NULL ? *time : 0;
}

static void
offer_undo (DailiesWindow *self,
            gpointer       object,
            const char    *title)
{
  gint64 now;
  /* Translators: the name of a shot or of a cut */
  g_autofree char *text = g_strdup_printf (_("“%s” is deleted"), title);
  AdwToast *toast = dailies_toast_new (text);

  /* What was typed before it is an older step. */
  dailies_window_save (self);
  now = g_get_monotonic_time ();
  g_ptr_array_add (self->deleted, g_object_ref (object));
  g_object_set_data (G_OBJECT (object), "toast", toast);
  g_object_set_data_full (G_OBJECT (object), "deleted-at", g_memdup2 (&now, sizeof now), g_free);
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

/* Who goes through cuts to keep some of them looks at the next one then, after the last at the one before.
 *
 * Returns: (transfer full) (nullable) */
static DailiesCut *
dup_neighbour (DailiesWindow *self,
               DailiesCut    *cut)
{
  GListModel *cuts = dailies_shot_get_cuts (self->shot);
  g_autoptr (DailiesCut) before = NULL;
  gboolean passed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) other = g_list_model_get_item (cuts, i);

      if (passed)
        return g_steal_pointer (&other);
      if (other == cut)
        passed = TRUE;
      else
        g_set_object (&before, other);
    }

  return g_steal_pointer (&before);
}

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
          {
            g_autoptr (DailiesCut) neighbour = dup_neighbour (self, cut);

            dailies_window_show_cut (self, neighbour, neighbour != NULL);
          }
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
  offer_undo (self, cut, title);
  dailies_shot_withhold_cut (self->shot, cut);
}
