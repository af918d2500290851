/* dailies-window-toasts.c: what is told across the foot of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-toast.h"
#include "dailies-window-private.h"

/* ms that a toast is left alone: libadwaita 1.2 crashes when one is dismissed while it still rises, which takes it this long
 * where it follows another */
#define RISING 500
static void dismiss (DailiesWindow *self,
                     AdwToast      *toast);

static void
show_first (DailiesWindow *self)
{
  self->toast_risen = g_get_monotonic_time ();
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->told->pdata[0]));
}

static void
dismissed_cb (AdwToast      *toast,
              DailiesWindow *self)
{
  gboolean was_up = self->told->len > 0 && self->told->pdata[0] == toast;

  if (self->leaving == toast)
    self->leaving = NULL;
  g_ptr_array_remove (self->told, toast);
  if (was_up && self->told->len > 0)
    show_first (self);
}

typedef struct
{
  GWeakRef  window; /* DailiesWindow */
  AdwToast *toast;
} Dismissal;

static void
dismissal_free (gpointer data)
{
  Dismissal *dismissal = data;

  g_weak_ref_clear (&dismissal->window);
  g_object_unref (dismissal->toast);
  g_free (dismissal);
}

static gboolean
dismiss_cb (gpointer user_data)
{
  Dismissal *dismissal = user_data;
  g_autoptr (DailiesWindow) self = g_weak_ref_get (&dismissal->window);

  if (self != NULL)
    dismiss (self, dismissal->toast);
  return G_SOURCE_REMOVE;
}

static void
dismiss (DailiesWindow *self,
         AdwToast      *toast)
{
  gint64 age = (g_get_monotonic_time () - self->toast_risen) / 1000;
  Dismissal *dismissal;
  guint place;

  if (!g_ptr_array_find (self->told, toast, &place))
    return;
  if (place > 0)
    {
      /* libadwaita does not know of it yet. */
      g_signal_emit_by_name (toast, "dismissed");
      return;
    }
  if (age >= RISING)
    {
      adw_toast_dismiss (toast);
      return;
    }
  dismissal = g_new0 (Dismissal, 1);
  g_weak_ref_init (&dismissal->window, self);
  dismissal->toast = g_object_ref (toast);
  g_timeout_add_full (G_PRIORITY_DEFAULT, RISING - age, dismiss_cb, dismissal, dismissal_free);
}

/* Whether it can be taken back what the toast tells of: the others that have a button name an action. */
static gboolean
is_undo (gpointer toast)
{
  return adw_toast_get_button_label (toast) != NULL && adw_toast_get_action_name (toast) == NULL;
}

/* Of a shot or a cut. The toast of a draft that was replaced stays longer: there is nothing else to click. */
static gboolean
is_deletion (gpointer toast)
{
  return g_object_get_data (toast, "object") != NULL;
}

static void
line_up (DailiesWindow *self,
         AdwToast      *toast,
         guint          place)
{
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, 0);
  g_ptr_array_insert (self->told, (int) place, g_object_ref (toast));
  if (self->told->len == 1)
    show_first (self);
}

/* (transfer full) */
static AdwToast *
tell_again (AdwToast *toast)
{
  AdwToast *again = dailies_toast_new (gtk_label_get_text (GTK_LABEL (adw_toast_get_custom_title (toast))));

  adw_toast_set_button_label (again, adw_toast_get_button_label (toast));
  adw_toast_set_action_name (again, adw_toast_get_action_name (toast));
  adw_toast_set_timeout (again, adw_toast_get_timeout (toast));
  return again;
}

/* What was up for half its time counts as read. */
static gboolean
is_read (DailiesWindow *self,
         AdwToast      *toast)
{
  return g_get_monotonic_time () - self->toast_risen > adw_toast_get_timeout (toast) * G_TIME_SPAN_SECOND / 2;
}

/* What can be taken back is offered at once. What was being told is told again after it; the Undo of an earlier deletion goes, and
 * what nothing else could take back is waited for. */
static void
go_first (DailiesWindow *self,
          AdwToast      *toast)
{
  g_autoptr (AdwToast) up = g_object_ref (self->told->pdata[0]);
  g_autoptr (AdwToast) again = NULL;

  for (guint i = self->told->len - 1; i > 0; i--)
    if (is_deletion (self->told->pdata[i]))
      dismiss (self, self->told->pdata[i]);
  line_up (self, toast, 1);
  if (up == self->leaving || (is_undo (up) && !is_deletion (up)))
    return;
  if (!is_undo (up) && !is_read (self, up))
    {
      again = tell_again (up);
      line_up (self, again, 2);
    }
  self->leaving = up;
  dismiss (self, up);
}

/* What is told takes its turn. The turns are ours: libadwaita, asked to let one go first, puts the other back among those that
 * wait while it still sinks, and ends the program when it is to rise again before that is over. */
void
dailies_window_add_toast (DailiesWindow *self,
                          AdwToast      *toast)
{
  g_autoptr (AdwToast) added = toast;

  if (self->told->len > 0 && is_undo (toast))
    go_first (self, toast);
  else
    line_up (self, toast, self->told->len);
}

void
dailies_window_dismiss_toast (DailiesWindow *self,
                              AdwToast      *toast)
{
  dismiss (self, toast);
}

void
dailies_window_tell (DailiesWindow *self,
                     const char    *message,
                     const char    *button,
                     const char    *action)
{
  AdwToast *toast;

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  toast = dailies_toast_new (message);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
      adw_toast_set_timeout (toast, MAX (adw_toast_get_timeout (toast), 10));
    }
  dailies_window_add_toast (self, toast);
}
