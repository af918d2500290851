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

/* The next one rises now. */
static void
dismissed_cb (DailiesWindow *self)
{
  self->toast_risen = g_get_monotonic_time ();
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

void
dailies_window_add_toast (DailiesWindow *self,
                          AdwToast      *toast)
{
  /* It may have to wait for another to go; then that counts. */
  self->toast_risen = g_get_monotonic_time ();
  /* What can be taken back is offered at once; what was being told is told again after it. */
  if (adw_toast_get_button_label (toast) != NULL)
    adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
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
