/* test-toast.c: what is told is told to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "dailies-toast.h"

#define SHORT "Copied"
#define LONG "Night & day <2>.mp4 is not a clip that can be played: its picture is compressed in a way for which this computer has no \
decoder. Save it as H.264 and drop it once more."

static void
test_whole (void)
{
  g_autoptr (AdwToast) brief = g_object_ref_sink (dailies_toast_new (SHORT));
  g_autoptr (AdwToast) toast = g_object_ref_sink (dailies_toast_new (LONG));
  GtkWidget *label = adw_toast_get_custom_title (toast);
  int least, natural, line, height;

  gtk_widget_measure (adw_toast_get_custom_title (brief), GTK_ORIENTATION_VERTICAL, -1, NULL, &line, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, natural, NULL, &height, NULL, NULL);
  /* The name of a file is no markup, nothing is cut, and it fits into a window that is small. */
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, LONG);
  g_assert_cmpint (gtk_label_get_ellipsize (GTK_LABEL (label)), ==, PANGO_ELLIPSIZE_NONE);
  g_assert_cmpint (least, <, 200);
  g_assert_cmpint (natural, <, 700);
  g_assert_cmpint (height, >, 2 * line);
}

static void
test_time_to_read (void)
{
  g_autoptr (AdwToast) brief = g_object_ref_sink (dailies_toast_new (SHORT));
  g_autoptr (AdwToast) toast = g_object_ref_sink (dailies_toast_new (LONG));

  g_assert_cmpuint (adw_toast_get_timeout (brief), ==, 5);
  g_assert_cmpuint (adw_toast_get_timeout (toast), >, 12);
  g_assert_cmpuint (adw_toast_get_timeout (toast), <, 25);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/toast/whole", test_whole);
  g_test_add_func ("/toast/time-to-read", test_time_to_read);

  return g_test_run ();
}
