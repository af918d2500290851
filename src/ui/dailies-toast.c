/* dailies-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-toast.h"

/* As wide as is read without losing the line. */
#define WIDTH_CHARS 60
/* Seconds: until somebody has looked there, … */
#define NOTICED 3
/* … and the least, as toasts are everywhere. */
#define SHORTEST 5
/* How many characters are read in a second, by somebody who is at something else. */
#define PACE 12

/**
 * dailies_toast_new:
 *
 * A toast of libadwaita's has one line and ends it with dots, and what this program says names the remedy at the end. So the
 * sentence has as many lines as it needs, and stays as long as it takes to read it.
 *
 * Returns: (transfer full):
 */
AdwToast *
dailies_toast_new (const char *sentence)
{
  AdwToast  *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* As wide as it may be before there is a second line. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, MAX (SHORTEST, NOTICED + (guint) g_utf8_strlen (sentence, -1) / PACE));

  return toast;
}
