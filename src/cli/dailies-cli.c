/* dailies-cli.c: the same core as the window's, without a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gst/gst.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

#include "cli.h"

static const CliVerb verbs[] = {
  { "models", "", N_ ("List the models"), cli_models },
  { "show", "MODEL", N_ ("Show the fields of a model"), cli_show },
  { "import", "FILE|-", N_ ("Keep a definition, a raw schema or a catalogue entry as a model"), cli_import },
  { "check", "MODEL FIELD=VALUE…", N_ ("Read the files and list the problems of a request"), cli_check },
  { "build", "MODEL FIELD=VALUE…", N_ ("Print the exact body that would be sent"), cli_build },
  { "generate", "MODEL FIELD=VALUE…", N_ ("Submit a request"), cli_generate },
  { "jobs", "", N_ ("List the jobs"), cli_jobs },
  { "resume", "", N_ ("Take up every job that has not ended"), cli_resume },
  { "cancel", "JOB", N_ ("Cancel a job where the service still can"), cli_cancel },
  { "lookup", "JOB REMOTE_ID", N_ ("Connect a job of unknown outcome to its request at the service"), cli_look_up },
  { "again", "JOB", N_ ("Submit a job again that did not end well"), cli_again },
  { "forget", "JOB", N_ ("Take a job off the list"), cli_forget },
  { "cuts", "", N_ ("List the cuts"), cli_cuts },
  { "export", "CUT|FILE…", N_ ("Hand cuts over: a movie, a contact sheet, a timeline, frames"), cli_export },
};

static void
print_version (void)
{
  /* libsecret and the compiled-in half of SQLite tell their version only when they are compiled against. */
  cli_print ("dailies-cli %s\n", PACKAGE_VERSION);
  cli_print ("GLib %u.%u.%u (%d.%d.%d)\n", glib_major_version, glib_minor_version, glib_micro_version,
             GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
  cli_print ("libsoup %u.%u.%u (%d.%d.%d)\n", soup_get_major_version (), soup_get_minor_version (),
             soup_get_micro_version (), SOUP_MAJOR_VERSION, SOUP_MINOR_VERSION, SOUP_MICRO_VERSION);
  {
    guint major, minor, micro, nano;

    gst_version (&major, &minor, &micro, &nano);
    cli_print ("GStreamer %u.%u.%u (%d.%d.%d)\n", major, minor, micro,
               GST_VERSION_MAJOR, GST_VERSION_MINOR, GST_VERSION_MICRO);
  }
  cli_print ("GdkPixbuf %s (%s)\n", gdk_pixbuf_version, GDK_PIXBUF_VERSION);
  cli_print ("SQLite %s (%s)\n", sqlite3_libversion (), SQLITE_VERSION);
  cli_print ("JSON-GLib (%s)\n", JSON_VERSION_S);
}

static char *
make_description (void)
{
  GString *text = g_string_new (_ ("Verbs:\n"));

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *call = g_strdup_printf ("%s %s", verbs[i].name, verbs[i].arguments);
      glong            length = g_utf8_strlen (call, -1);

      g_string_append_printf (text, "  %s%*s %s\n", call, (int) MAX (0, 28 - length), "", _ (verbs[i].summary));
    }
  g_string_append (text, _ ("\nA list is a repeated FIELD; an element is elements=FRONTAL,ANGLE[,ANGLE…].\n"
                            "“dailies-cli VERB --help” shows the options of a verb."));

  return g_string_free (text, FALSE);
}

static const CliVerb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (verbs[i].name, name))
        return &verbs[i];
    }

  return NULL;
}

static gboolean
signalled_cb (gpointer user_data)
{
  Cli *cli = user_data;

  cli->n_signals++;
  g_cancellable_cancel (cli->cancellable);

  return G_SOURCE_CONTINUE;
}

/* Everything up to the verb; the options behind it are its own affair. */
static CliStatus
parse_general (Cli      *cli,
               int      *argc,
               char   ***argv,
               gboolean *version)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("VERB [ARGUMENT…]"));
  g_autofree GOptionEntry *general = cli_dup_general_entries (cli);
  const GOptionEntry own[] = {
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, version, N_ ("Show the versions of the program and its libraries"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *description = make_description ();
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _ ("Generate video with Kling O1 from the command line."));
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, general, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    return cli_fail_with (cli, CLI_USAGE, "%s", error->message);

  return CLI_OK;
}

static CliStatus
run_verb (Cli  *cli,
          int   argc,
          char *argv[])
{
  CliStatus status;
  guint     interrupt;
  guint     terminate;

  if (argc < 2)
    return cli_fail_with (cli, CLI_USAGE, _ ("There is no verb. “dailies-cli --help” lists them."));
  cli->verb = find_verb (argv[1]);
  if (cli->verb == NULL)
    return cli_fail_with (cli, CLI_USAGE, _ ("“%s” is not a verb. “dailies-cli --help” lists them."), argv[1]);

  interrupt = g_unix_signal_add (SIGINT, signalled_cb, cli);
  terminate = g_unix_signal_add (SIGTERM, signalled_cb, cli);
  status = cli->verb->run (cli, argc - 1, argv + 1);
  cli_close (cli);
  g_source_remove (interrupt);
  g_source_remove (terminate);

  return status;
}

int
main (int   argc,
      char *argv[])
{
  Cli       cli = { 0 };
  CliStatus status;
  gboolean  version = FALSE;
  g_auto (GStrv) copy = g_strdupv (argv);
  g_autofree char **words = NULL;

  /* What is said on standard output is read by others. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("dailies-cli");

  /* The parser moves the words about; their memory stays in the copy. */
  words = g_memdup2 (copy, sizeof (char *) * (argc + 1));
  cli.cancellable = g_cancellable_new ();
  status = parse_general (&cli, &argc, &words, &version);
  if (status == CLI_OK && version)
    print_version ();
  else if (status == CLI_OK)
    status = run_verb (&cli, argc, words);

  if (!cli_flush () && status == CLI_OK)
    status = CLI_CANNOT_WRITE;
  g_clear_object (&cli.cancellable);
  g_free (cli.library);

  return status;
}
