/* main.c: starts the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "dailies-application.h"
#include "dailies-heap.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GApplication) application = NULL;

  dailies_heap_keep ();
  /* What is said on standard output is read by others. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Dailies");

  application = dailies_application_new ();
  return g_application_run (application, argc, argv);
}
