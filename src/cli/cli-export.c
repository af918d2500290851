/* cli-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "cli.h"
#include "dailies-codecs.h"
#include "dailies-cut.h"
#include "dailies-export.h"
#include "dailies-library.h"
#include "dailies-otio.h"
#include "dailies-sheet.h"
#include "dailies-shot.h"
#include "dailies-still.h"
#include "dailies-studio.h"

/* Frames: an hour at 60 a second. */
#define MAX_SLIP 216000

/* More than any clip lasts, and still a number of nanoseconds. */
#define MAX_SECONDS 1e9

/* What can be exported; exactly one. */
typedef struct
{
  gboolean row, grid, wipe, sheet, otio, frame, frames;
} What;

typedef struct
{
  What     what;
  char    *output;
  double   in, out, at; /* seconds; NAN not given */
  double   angle, position;
  char    *sound;
  char   **labels;
  gboolean no_labels;
  char    *slip_words;
  GArray  *slips; /* of int, in frames */
  int      columns;

  GPtrArray *files; /* of GFile */
  GPtrArray *cuts;  /* of DailiesCut, NULL for a file that is none */

  GPtrArray *written; /* (nullable): of GFile, where there are several */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->sound);
  g_strfreev (options->labels);
  g_free (options->slip_words);
  g_clear_pointer (&options->slips, g_array_unref);
  g_clear_pointer (&options->written, g_ptr_array_unref);
  g_clear_pointer (&options->files, g_ptr_array_unref);
  for (guint i = 0; options->cuts != NULL && i < options->cuts->len; i++)
    g_clear_object ((DailiesCut **) &options->cuts->pdata[i]);
  g_clear_pointer (&options->cuts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- what is named ---------------------------------------------------------------------------- */

static DailiesCut *
find_cut_of_shot (Cli            *cli,
                  DailiesLibrary *library,
                  DailiesShot    *shot,
                  const char     *job,
                  guint           number,
                  GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  GListModel   *cuts;

  dailies_library_load_cuts_async (library, shot, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_library_load_cuts_finish (library, result, error))
    return NULL;

  cuts = dailies_shot_get_cuts (shot);
  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i);

      if (g_str_has_prefix (dailies_cut_get_job_id (cut), job) && number-- == 1)
        return g_steal_pointer (&cut);
    }

  return NULL;
}

/* "JOB" or "JOB:N", N counted from 1 among the cuts of that job. */
static CliStatus
find_cut (Cli *cli, const char *word, DailiesCut **found)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  guint number = parts[1] != NULL ? atoi (parts[1]) : 1;
  g_autoptr (GError) error = NULL;
  DailiesLibrary *library;

  if (cli->studio == NULL)
    {
      CliStatus status = cli_open (cli);

      if (status != CLI_OK)
        return status;
    }

  library = dailies_studio_get_library (cli->studio);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (library)); i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (library), i);

      if (dailies_shot_get_n_cuts (shot) == 0)
        continue;
      *found = find_cut_of_shot (cli, library, shot, parts[0], number, &error);
      if (error != NULL)
        return cli_fail (cli, error);
      if (*found != NULL)
        return CLI_OK;
    }

  return cli_fail_with (
    cli,
    CLI_INVALID,
    _ ("“%s” is neither a file nor a job with such a cut. “dailies-cli cuts --json” lists them."),
    word);
}

static CliStatus
read_words (Cli *cli, Options *options, int argc, char *argv[])
{
  for (int i = 1; i < argc; i++)
    {
      DailiesCut *cut = NULL;

      if (g_file_test (argv[i], G_FILE_TEST_EXISTS) || strpbrk (argv[i], "./") != NULL)
        {
          g_ptr_array_add (options->files, g_file_new_for_commandline_arg (argv[i]));
        }
      else
        {
          CliStatus status = find_cut (cli, argv[i], &cut);

          if (status != CLI_OK)
            return status;
          g_ptr_array_add (options->files, g_object_ref (dailies_cut_get_file (cut)));
        }
      g_ptr_array_add (options->cuts, cut);
    }

  return CLI_OK;
}

/* (transfer full) */
static char *
make_name (Options *options, guint index)
{
  DailiesCut      *cut = g_ptr_array_index (options->cuts, index);
  g_autofree char *base = NULL;
  char            *dot;

  if (options->labels != NULL && index < g_strv_length (options->labels))
    return g_strdup (options->labels[index]);
  if (cut != NULL)
    return g_strdup_printf (_ ("Cut %u"), dailies_cut_get_number (cut));

  base = g_file_get_basename (g_ptr_array_index (options->files, index));
  dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';

  return g_filename_display_name (base);
}

static const char *
get_prompt (Options *options, guint index)
{
  DailiesCut *cut = g_ptr_array_index (options->cuts, index);

  return cut != NULL ? dailies_cut_get_prompt (cut) : NULL;
}

static int
get_slip (Options *options, guint index)
{
  return index < options->slips->len ? g_array_index (options->slips, int, index) : 0;
}

/* "2,-3": an empty one is 0. */
static CliStatus
read_slips (Cli *cli, Options *options)
{
  g_auto (GStrv) words = g_strsplit (options->slip_words != NULL ? options->slip_words : "", ",", -1);

  options->slips = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 frames = 0;
      int    slip;

      if (*words[i] != '\0' && !g_ascii_string_to_signed (words[i], 10, -MAX_SLIP, MAX_SLIP, &frames, NULL))
        return cli_fail_with (cli,
                              CLI_USAGE,
                              _ ("“%s” is no number of frames to slip a side by. Name one for each side, as in 0,-2."),
                              words[i]);
      slip = (int) frames;
      g_array_append_val (options->slips, slip);
    }

  return CLI_OK;
}

static gint64
to_time (double seconds)
{
  return isnan (seconds) ? -1 : (gint64) (MIN (seconds, MAX_SECONDS) * GST_SECOND + 0.5);
}

/* "A" … "D", "1" … "4", "none" */
static int
read_sound (const char *word)
{
  if (word == NULL)
    return 0;
  if (strlen (word) == 1 && g_ascii_toupper (*word) >= 'A' && g_ascii_toupper (*word) <= 'D')
    return g_ascii_toupper (*word) - 'A';
  if (strlen (word) == 1 && *word >= '1' && *word <= '4')
    return *word - '1';

  return g_str_equal (word, "none") ? -1 : -2;
}

/* What one can see without looking into a file. */
static CliStatus
check_words (Cli *cli, Options *options)
{
  const struct
  {
    const char *name;
    double      seconds;
  } times[] = { { "--frame", options->at }, { "--in", options->in }, { "--out", options->out } };
  const What *what = &options->what;
  gboolean    movie = what->row || what->grid || what->wipe;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (times[i].seconds < 0)
        return cli_fail_with (cli,
                              CLI_USAGE,
                              _ ("%s takes seconds from the beginning of the clip and has to be 0 or more."),
                              times[i].name);
    }
  if ((what->frame || what->frames) && options->files->len != 1)
    return cli_fail_with (cli, CLI_USAGE, _ ("Frames are taken from one clip at a time."));
  if (movie && options->files->len > DAILIES_EXPORT_MAX_SIDES)
    return cli_fail_with (cli,
                          CLI_USAGE,
                          _ ("A movie has four sides at most, and %u were named."),
                          options->files->len);
  if (movie && read_sound (options->sound) < -1)
    return cli_fail_with (
      cli, CLI_USAGE, _ ("“%s” is no side. Name the sound A, B, C, D or none."), options->sound);

  return CLI_OK;
}

static CliStatus
check_sources (Cli *cli, Options *options)
{
  CliStatus status = CLI_OK;

  for (guint i = 0; status == CLI_OK && i < options->files->len; i++)
    status = cli_check_source (cli, g_ptr_array_index (options->files, i));

  return status;
}

/* (transfer full) (nullable): the reason has been told */
static GFile *
find_target (Cli *cli, Options *options)
{
  static const char *const movies[] = { ".mp4", NULL };
  static const char *const sheets[] = { ".png", ".pdf", NULL };
  static const char *const timelines[] = { ".otio", NULL };
  static const char *const pictures[] = { ".png", NULL };
  const What      *what = &options->what;
  g_autofree char *path = cli_complete_path (cli,
                                             options->output,
                                             what->sheet                   ? sheets
                                             : what->otio                  ? timelines
                                             : what->frame || what->frames ? pictures
                                                                           : movies);

  return path != NULL ? g_file_new_for_commandline_arg (path) : NULL;
}

/* --- movies ----------------------------------------------------------------------------------- */

static void
progress_cb (DailiesExport *export)
{
  fprintf (stderr, "\r\033[K%3d %%", (int) (dailies_export_get_progress (export) * 100));
}

static CliStatus
export_movie (Cli *cli, Options *options, GFile *output, GError **error)
{
  g_autoptr (DailiesExport) export = dailies_export_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  int           sound = read_sound (options->sound);
  gboolean      terminal = isatty (STDERR_FILENO);
  gboolean      done;

  for (guint i = 0; i < options->files->len; i++)
    {
      g_autofree char *name = make_name (options, i);
      g_autofree char *label = g_strdup_printf ("%c · %s", 'A' + i, name);

      dailies_export_add_side (export,
                               g_ptr_array_index (options->files, i),
                               options->no_labels ? NULL : label,
                               get_slip (options, i));
    }
  dailies_export_set_mode (export,
                           options->what.wipe   ? DAILIES_EXPORT_WIPE
                           : options->what.grid ? DAILIES_EXPORT_GRID
                                                : DAILIES_EXPORT_ROW);
  dailies_export_set_wipe (export, options->angle, options->position);
  dailies_export_set_range (export, to_time (options->in), to_time (options->out));
  dailies_export_set_sound (export, sound);
  if (terminal)
    g_signal_connect (export, "notify::progress", G_CALLBACK (progress_cb), NULL);

  dailies_export_run_async (export, output, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  done = dailies_export_run_finish (export, result, error);
  if (terminal)
    fputs ("\r\033[K", stderr);

  return done ? CLI_OK : CLI_FAILED;
}

/* --- the others ------------------------------------------------------------------------------- */

static CliStatus
export_sheet (Cli *cli, Options *options, GFile *output, GError **error)
{
  g_autoptr (DailiesSheet) sheet = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  sheet = dailies_sheet_new (_ ("Contact sheet"));
  for (guint i = 0; i < options->files->len; i++)
    {
      g_autofree char *name = make_name (options, i);
      g_autofree char *settings = NULL;
      DailiesCut      *cut = g_ptr_array_index (options->cuts, i);

      if (cut != NULL)
        settings = g_strdup_printf (_ ("%d×%d · %.3g fps · %.1f s"),
                                    dailies_cut_get_width (cut),
                                    dailies_cut_get_height (cut),
                                    dailies_cut_get_fps (cut),
                                    dailies_cut_get_seconds (cut));
      dailies_sheet_add_cut (
        sheet, g_ptr_array_index (options->files, i), name, get_prompt (options, i), settings);
    }
  if (options->columns > 0)
    dailies_sheet_set_columns (sheet, options->columns);
  dailies_sheet_set_range (sheet, to_time (options->in), to_time (options->out));

  dailies_sheet_write_async (sheet, output, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_sheet_write_finish (result, error) ? CLI_OK : CLI_FAILED;
}

static CliStatus
export_otio (Cli *cli, Options *options, GFile *output, GError **error)
{
  g_autofree char *base = g_file_get_basename (output);
  g_autofree char *title = g_filename_display_name (base);
  g_autoptr (DailiesOtio) otio = dailies_otio_new (title);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  for (guint i = 0; i < options->files->len; i++)
    {
      g_autofree char *name = make_name (options, i);
      DailiesCut      *cut = g_ptr_array_index (options->cuts, i);

      dailies_otio_add_cut (otio,
                            g_ptr_array_index (options->files, i),
                            name,
                            get_prompt (options, i),
                            cut != NULL && dailies_cut_get_picked (cut),
                            get_slip (options, i));
    }
  dailies_otio_set_range (otio, to_time (options->in), to_time (options->out));

  dailies_otio_write_async (otio, output, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_otio_write_finish (result, error) ? CLI_OK : CLI_FAILED;
}

static CliStatus
export_frames (Cli *cli, Options *options, GFile *output, GError **error)
{
  GFile *clip = g_ptr_array_index (options->files, 0);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  if (options->what.frame)
    dailies_still_save_within_async (
      clip, to_time (options->at), output, cli->cancellable, cli_keep_result_cb, &slot);
  else
    dailies_still_save_all_async (clip,
                                  to_time (options->in),
                                  to_time (options->out),
                                  output,
                                  cli->cancellable,
                                  cli_keep_result_cb,
                                  &slot);
  result = cli_await (cli, &slot);
  if (options->what.frame)
    return dailies_still_save_finish (result, error) ? CLI_OK : CLI_FAILED;

  options->written = dailies_still_save_all_finish (result, error);

  return options->written != NULL ? CLI_OK : CLI_FAILED;
}

/* --- the verb --------------------------------------------------------------------------------- */

static void
report_json (GFile *output, GPtrArray *written)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  cli_add_string (builder, "path", g_file_peek_path (output));
  if (written != NULL)
    {
      json_builder_set_member_name (builder, "paths");
      json_builder_begin_array (builder);
      for (guint i = 0; i < written->len; i++)
        {
          g_autofree char *path = g_file_get_parse_name (g_ptr_array_index (written, i));

          json_builder_add_string_value (builder, path);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

/* Only what is there now. */
static void
report (Cli *cli, GFile *output, GPtrArray *written)
{
  if (cli->json)
    {
      report_json (written != NULL ? g_ptr_array_index (written, 0) : output, written);
      return;
    }
  if (written == NULL)
    cli_print_path (g_file_peek_path (output));
  for (guint i = 0; written != NULL && i < written->len; i++)
    cli_print_path (g_file_peek_path (g_ptr_array_index (written, i)));
}

static CliStatus
run (Cli *cli, Options *options)
{
  const What *what = &options->what;
  int         n =
    what->row + what->grid + what->wipe + what->sheet + what->otio + what->frame + what->frames;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) output = NULL;
  CliStatus status;

  if (n != 1 || options->output == NULL)
    return cli_fail_with (
      cli,
      CLI_USAGE,
      _ ("Say what to export, one of --side-by-side, --grid, --wipe, --sheet, --otio, --frame "
         "and --frames, and where with --output FILE."));

  status = check_words (cli, options);
  if (status == CLI_OK)
    status = check_sources (cli, options);
  if (status != CLI_OK)
    return status;
  output = find_target (cli, options);
  if (output == NULL)
    return CLI_USAGE;

  gst_init (NULL, NULL);
  dailies_codecs_mend_faults ();
  if (what->sheet)
    status = export_sheet (cli, options, output, &error);
  else if (what->otio)
    status = export_otio (cli, options, output, &error);
  else if (what->frame || what->frames)
    status = export_frames (cli, options, output, &error);
  else
    status = export_movie (cli, options, output, &error);

  if (error != NULL)
    return cli_fail (cli, error);

  if (status == CLI_OK)
    report (cli, output, options->written);

  return status;
}

/* clang-format off: one option a line */
static gboolean
parse (Cli *cli, Options *o, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "side-by-side", 0, 0, G_OPTION_ARG_NONE, &o->what.row, N_ ("Make a movie of two to four cuts side by side"), NULL },
    { "grid", 0, 0, G_OPTION_ARG_NONE, &o->what.grid, N_ ("Make a movie of them in two rows"), NULL },
    { "wipe", 0, 0, G_OPTION_ARG_NONE, &o->what.wipe, N_ ("Make a movie of two cuts parted by a line"), NULL },
    { "sheet", 0, 0, G_OPTION_ARG_NONE, &o->what.sheet, N_ ("Make a contact sheet, PNG or PDF as FILE ends"), NULL },
    { "otio", 0, 0, G_OPTION_ARG_NONE, &o->what.otio, N_ ("Stack the cuts in an OpenTimelineIO file"), NULL },
    { "frame", 0, 0, G_OPTION_ARG_DOUBLE, &o->at, N_ ("Save the frame at that time as PNG"), N_ ("SECONDS") },
    { "frames", 0, 0, G_OPTION_ARG_NONE, &o->what.frames, N_ ("Save all frames as numbered PNGs"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output, N_ ("Where to"), N_ ("FILE") },
    { "in", 0, 0, G_OPTION_ARG_DOUBLE, &o->in, N_ ("From the frame at that time on"), N_ ("SECONDS") },
    { "out", 0, 0, G_OPTION_ARG_DOUBLE, &o->out, N_ ("To the frame at that time"), N_ ("SECONDS") },
    { "slip", 0, 0, G_OPTION_ARG_STRING, &o->slip_words, N_ ("Frames by which each side is shown later in its clip"), N_ ("N,N…") },
    { "label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->labels, N_ ("The words on a side, one option a side"), N_ ("TEXT") },
    { "no-labels", 0, 0, G_OPTION_ARG_NONE, &o->no_labels, N_ ("No words on the sides"), NULL },
    { "sound", 0, 0, G_OPTION_ARG_STRING, &o->sound, N_ ("Whose sound is heard: A, B, C, D or none"), N_ ("SIDE") },
    { "angle", 0, 0, G_OPTION_ARG_DOUBLE, &o->angle, N_ ("Of the line of a wipe, clockwise; 0 is upright"), N_ ("DEGREES") },
    { "position", 0, 0, G_OPTION_ARG_DOUBLE, &o->position, N_ ("Of the line of a wipe, 0 to 1"), N_ ("PART") },
    { "columns", 0, 0, G_OPTION_ARG_INT, &o->columns, N_ ("Frames a cut on a contact sheet"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };

  return cli_parse (cli, entries, argc, argv, 1, -1);
}
/* clang-format on */

CliStatus
cli_export (Cli *cli, int argc, char *argv[])
{
  g_auto (Options) o = { .in = NAN, .out = NAN, .at = NAN, .position = 0.5 };
  CliStatus status;

  o.files = g_ptr_array_new_with_free_func (g_object_unref);
  o.cuts = g_ptr_array_new ();
  if (!parse (cli, &o, &argc, &argv))
    return CLI_USAGE;

  o.what.frame = !isnan (o.at);
  status = read_slips (cli, &o);
  if (status == CLI_OK)
    status = read_words (cli, &o, argc, argv);

  return status == CLI_OK ? run (cli, &o) : status;
}
