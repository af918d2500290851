/* dailies-export-dialog.c: what is on the stage goes out as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-dialog.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-exporter.h"
#include "dailies-reel.h"
#include "dailies-timecode.h"

/* ms: how often a bar moves whose end is not known */
#define PULSE 120

struct _DailiesExportDialog
{
  AdwWindow parent_instance;

  AdwComboRow    *kind;
  AdwActionRow   *sides;
  AdwActionRow   *range;
  GtkWidget      *movie_group;
  AdwComboRow    *layout;
  AdwComboRow    *sound;
  GtkSwitch      *labels;
  GtkWidget      *sheet_group;
  AdwComboRow    *format;
  GtkAdjustment  *columns;
  GtkWidget      *timeline_group;
  GtkWidget      *frames_group;
  AdwComboRow    *which;
  GtkLabel       *status;
  GtkProgressBar *bar;
  GtkWidget      *cancel_button;
  GtkWidget      *show_button;
  GtkWidget      *export_button;

  DailiesStageView    *stage;
  DailiesLibrary      *library;
  char                *title;
  DailiesExportPlan   *plan; /* (nullable): of what the rows speak; on its way from the chooser to the exporter */
  DailiesExportChoice  choice;
  gboolean             choosing;
  DailiesExportMode    modes[3]; /* of the rows of "layout" */
  guint                n_modes;
  int                  sounds[DAILIES_EXPORT_MAX_SIDES + 1]; /* of those of "sound" */
  DailiesExporter     *exporter; /* (nullable): runs */
  GCancellable        *cancellable;
  GFile               *to;
  GFile               *folder; /* (nullable): where the last one went */
  guint                n_sides; /* that can be exported */
  guint                pulse_id;
};

G_DEFINE_FINAL_TYPE (DailiesExportDialog, dailies_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what the rows offer ---------------------------------------------------------------------- */

static void
update_layouts (DailiesExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_sides = self->plan->n_sides;
  guint selected = 0;

  self->n_modes = 0;
  gtk_string_list_append (names, n_sides > 1 ? _ ("Side by Side") : _ ("Whole Picture"));
  self->modes[self->n_modes++] = DAILIES_EXPORT_ROW;
  if (n_sides > 2)
    {
      gtk_string_list_append (names, _ ("Two Rows"));
      /* As the stage lays four out. */
      if (n_sides == 4)
        selected = self->n_modes;
      self->modes[self->n_modes++] = DAILIES_EXPORT_GRID;
    }
  if (n_sides > 1)
    {
      gtk_string_list_append (names, _ ("Wipe of A and B, as It Stands"));
      if (self->plan->mode == DAILIES_SIDES_WIPE)
        selected = self->n_modes;
      self->modes[self->n_modes++] = DAILIES_EXPORT_WIPE;
    }
  adw_combo_row_set_model (self->layout, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->layout, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->layout), self->n_modes > 1);
}

static void
update_sounds (DailiesExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = 0;
  guint selected = 0;

  for (guint i = 0; i < self->plan->n_sides; i++)
    {
      g_autofree char *label = NULL;

      if (!self->plan->sides[i].has_sound)
        continue;
      label = dailies_export_plan_dup_label (self->plan, i);
      gtk_string_list_append (names, label);
      self->sounds[n++] = (int) i;
    }
  gtk_string_list_append (names, _ ("None"));
  self->sounds[n] = -1;
  for (guint i = 0; i <= n; i++)
    {
      if (self->sounds[i] == self->plan->audible)
        selected = i;
    }
  adw_combo_row_set_model (self->sound, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->sound, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->sound), n > 0);
}

static char *
describe_range (DailiesExportDialog *self)
{
  DailiesReel     *reel = dailies_stage_view_get_reel (self->stage);
  double           fps = dailies_reel_get_fps (reel, 0);
  gint64           duration;
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;

  if (self->plan->in < 0 && self->plan->out < 0)
    return g_strdup (_ ("Whole clips"));
  g_object_get (reel, "duration", &duration, NULL);
  in = dailies_timecode_format (MAX (self->plan->in, 0), fps);
  out = dailies_timecode_format (self->plan->out < 0 ? duration : self->plan->out, fps);

  return g_strdup_printf ("%s – %s", in, out);
}

static void
update_buttons (DailiesExportDialog *self)
{
  gboolean running = self->exporter != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->export_button, !running);
  gtk_widget_set_sensitive (
    self->export_button, self->n_sides > 0 && !self->choosing);
}

static void
refresh (DailiesExportDialog *self)
{
  g_autofree char *sides = NULL;
  g_autofree char *range = NULL;

  if (self->choosing)
    return;
  g_clear_pointer (&self->plan, dailies_export_plan_free);
  self->plan = dailies_export_plan_new (self->stage);
  self->n_sides = self->plan->n_sides;
  sides = dailies_export_plan_dup_sides (self->plan);
  range = describe_range (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->sides), FALSE);
  adw_action_row_set_subtitle (self->sides, self->plan->n_sides > 0 ? sides : _ ("Nothing that can be exported"));
  adw_action_row_set_subtitle (self->range, range);
  update_layouts (self);
  update_sounds (self);
  update_buttons (self);
}

static void
kind_cb (DailiesExportDialog *self)
{
  guint kind = adw_combo_row_get_selected (self->kind);

  gtk_widget_set_visible (self->movie_group, kind == DAILIES_EXPORT_MOVIE);
  gtk_widget_set_visible (self->sheet_group, kind == DAILIES_EXPORT_SHEET);
  gtk_widget_set_visible (self->timeline_group, kind == DAILIES_EXPORT_TIMELINE);
  gtk_widget_set_visible (self->frames_group, kind == DAILIES_EXPORT_FRAMES);
}

static void
sides_changed_cb (DailiesExportDialog *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    refresh (self);
}

/* --- it runs ---------------------------------------------------------------------------------- */

static char *
dup_base (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (DAILIES_EXPORT_DIALOG (user_data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (DailiesExportDialog *self)
{
  double progress;

  g_object_get (self->exporter, "progress", &progress, NULL);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_progress_bar_set_fraction (self->bar, MAX (progress, 0));
}

static void
say (DailiesExportDialog *self,
     const char          *sentence,
     gboolean             is_error)
{
  gtk_label_set_text (self->status, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean         done = dailies_exporter_run_finish (DAILIES_EXPORTER (source), result, &error);
  gboolean         cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *base = dup_base (self->to);
  g_autofree char *sentence = NULL;

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_object (&self->exporter);
  /* The window is gone; what was left to do is done. */
  if (self->stage == NULL)
    return;
  if (done)
    sentence = g_strdup_printf (_ ("Exported “%s”"), base);
  else if (cancelled)
    sentence = g_strdup (_ ("The export was cancelled. Nothing of it is left."));
  else
    sentence = g_strdup (error->message);
  say (self, sentence, !done && !cancelled);
  gtk_widget_set_visible (self->show_button, done);
  update_buttons (self);
  if (done && gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->show_button);
  if (!cancelled && !gtk_widget_get_visible (GTK_WIDGET (self)))
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, sentence, done);
}

static void
start (DailiesExportDialog *self,
       GFile               *to)
{
  g_autofree char *base = dup_base (to);
  g_autofree char *sentence = g_strdup_printf (_ ("Exporting “%s”"), base);

  g_set_object (&self->to, to);
  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (to);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->exporter = dailies_exporter_new (self->library);
  g_signal_connect_object (self->exporter, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->pulse_id = g_timeout_add (PULSE, pulse_cb, self);
  say (self, sentence, FALSE);
  gtk_widget_set_visible (self->show_button, FALSE);
  dailies_exporter_run_async (self->exporter,
                              g_steal_pointer (&self->plan),
                              &self->choice,
                              self->title,
                              to,
                              self->cancellable,
                              ended_cb,
                              g_object_ref (self));
  update_buttons (self);
  gtk_widget_grab_focus (self->cancel_button);
}

/* --- what it is called ------------------------------------------------------------------------ */

static void
read_choice (DailiesExportDialog *self)
{
  self->choice = (DailiesExportChoice){
    .kind = (DailiesExportKind) adw_combo_row_get_selected (self->kind),
    .mode = self->modes[MIN (adw_combo_row_get_selected (self->layout), self->n_modes - 1)],
    .sound = self->sounds[MIN (adw_combo_row_get_selected (self->sound), DAILIES_EXPORT_MAX_SIDES)],
    .labels = gtk_switch_get_active (self->labels),
    .columns = (guint) gtk_adjustment_get_value (self->columns),
    .all_frames = adw_combo_row_get_selected (self->which) == 1,
  };
}

/* "" for a folder */
static const char *
get_ending (DailiesExportDialog *self)
{
  switch (self->choice.kind)
    {
    case DAILIES_EXPORT_MOVIE:
      return ".mp4";
    case DAILIES_EXPORT_SHEET:
      return adw_combo_row_get_selected (self->format) == 1 ? ".pdf" : ".png";
    case DAILIES_EXPORT_TIMELINE:
      return ".otio";
    case DAILIES_EXPORT_FRAMES:
    default:
      return dailies_exporter_makes_folder (self->plan, &self->choice) ? "" : ".png";
    }
}

static char *
propose_name (DailiesExportDialog *self)
{
  g_autoptr (GString) name = g_string_new (self->title);

  g_string_append (name, " – ");
  for (guint i = 0; i < self->plan->n_sides; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? ", " : "", self->plan->sides[i].name);
  switch (self->choice.kind)
    {
    case DAILIES_EXPORT_SHEET:
      g_string_append_printf (name, " %s", _ ("contact sheet"));
      break;
    case DAILIES_EXPORT_FRAMES:
      g_string_append_printf (name, " %s", _ ("frames"));
      break;
    case DAILIES_EXPORT_MOVIE:
    case DAILIES_EXPORT_TIMELINE:
    default:
      break;
    }
  /* File systems take 255 bytes; four long names are cut rather than refused. */
  if (name->len > 120)
    {
      char *end = g_utf8_find_prev_char (name->str, name->str + 118);

      g_string_truncate (name, end - name->str);
      g_string_append (name, "…");
    }
  g_string_append (name, get_ending (self));
  g_strdelimit (name->str, "/\\", '-');

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static GFile *
dup_folder (DailiesExportDialog *self)
{
  GUserDirectory place = self->choice.kind == DAILIES_EXPORT_SHEET || self->choice.kind == DAILIES_EXPORT_FRAMES
                           ? G_USER_DIRECTORY_PICTURES
                           : G_USER_DIRECTORY_VIDEOS;
  const char    *path = g_get_user_special_dir (place);

  if (self->folder != NULL)
    return g_object_ref (self->folder);

  return g_file_new_for_path (path != NULL ? path : g_get_home_dir ());
}

static void
replace_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GFile) file = user_data;
  DailiesExportDialog *self = DAILIES_EXPORT_DIALOG (g_async_result_get_source_object (result));
  g_autofree char *answer = dailies_compat_ask_finish (result);

  self->choosing = FALSE;
  if (self->stage != NULL && g_str_equal (answer, "replace"))
    start (self, file);
  update_buttons (self);
  g_object_unref (self);
}

static void
there_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesExportDialog) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  const DailiesAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "replace", _ ("_Replace"), ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *base = dup_base (G_FILE (source));
  g_autofree char *heading = g_strdup_printf (_ ("Replace “%s”?"), base);

  if (self->stage == NULL)
    return;
  if (info != NULL)
    {
      dailies_compat_ask_async (GTK_WINDOW (self),
                                heading,
                                _ ("There is a file of that name already. What is in it would be lost."),
                                NULL,
                                answers,
                                G_N_ELEMENTS (answers),
                                NULL,
                                replace_cb,
                                g_object_ref (source));
      return;
    }
  self->choosing = FALSE;
  start (self, G_FILE (source));
}

static gboolean
has_ending (DailiesExportDialog *self,
            const char          *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, get_ending (self)) ||
         (self->choice.kind == DAILIES_EXPORT_SHEET && (g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".pdf")));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesExportDialog) self = user_data;
  g_autoptr (GFile) file = dailies_compat_choose_target_finish (result, NULL);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) whole = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (self->stage == NULL)
    return;
  base = file != NULL ? g_file_get_basename (file) : NULL;
  if (file == NULL || has_ending (self, base))
    {
      self->choosing = FALSE;
      if (file != NULL)
        start (self, file);
      update_buttons (self);
      return;
    }

  /* The chooser asked about the name as it was typed. */
  folder = g_file_get_parent (file);
  name = g_strconcat (base, get_ending (self), NULL);
  whole = g_file_get_child (folder, name);
  g_file_query_info_async (whole, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL,
                           there_cb, g_object_ref (self));
}

static void
export_cb (DailiesExportDialog *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  /* The rows were read when the window was opened; the stage may have played on since. */
  read_choice (self);
  g_clear_pointer (&self->plan, dailies_export_plan_free);
  self->plan = dailies_export_plan_new (self->stage);
  if (self->plan->n_sides == 0)
    {
      refresh (self);
      return;
    }
  name = propose_name (self);
  folder = dup_folder (self);
  self->choosing = TRUE;
  update_buttons (self);
  dailies_compat_choose_target_async (GTK_WINDOW (self), _ ("Export To"), name, folder, NULL, chosen_cb, g_object_ref (self));
}

static void
show_cb (DailiesExportDialog *self)
{
  dailies_export_dialog_show_result (self, GTK_WINDOW (self));
}

static void
cancel_cb (DailiesExportDialog *self)
{
  dailies_export_dialog_cancel (self);
}

/* --- the window ------------------------------------------------------------------------------- */

static void
dailies_export_dialog_dispose (GObject *object)
{
  DailiesExportDialog *self = DAILIES_EXPORT_DIALOG (object);

  dailies_export_dialog_cancel (self);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_object (&self->stage);
  g_clear_object (&self->library);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->plan, dailies_export_plan_free);

  G_OBJECT_CLASS (dailies_export_dialog_parent_class)->dispose (object);
}

static void
dailies_export_dialog_finalize (GObject *object)
{
  DailiesExportDialog *self = DAILIES_EXPORT_DIALOG (object);

  g_clear_object (&self->exporter);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->to);
  g_free (self->title);

  G_OBJECT_CLASS (dailies_export_dialog_parent_class)->finalize (object);
}

static void
dailies_export_dialog_class_init (DailiesExportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_export_dialog_dispose;
  object_class->finalize = dailies_export_dialog_finalize;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", DAILIES_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, sides);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, range);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, movie_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, layout);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, sound);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, labels);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, sheet_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, timeline_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, frames_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, which);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
dailies_export_dialog_init (DailiesExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
}

GtkWindow *
dailies_export_dialog_new (GtkWindow        *parent,
                           DailiesStageView *stage,
                           DailiesLibrary   *library)
{
  DailiesExportDialog *self;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (stage), NULL);

  self = g_object_new (DAILIES_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  g_set_object (&self->stage, stage);
  g_set_object (&self->library, library);
  g_signal_connect_object (stage, "sides-changed", G_CALLBACK (sides_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}

void
dailies_export_dialog_open (DailiesExportDialog *self,
                            const char          *title)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      if (self->exporter == NULL)
        {
          g_free (self->title);
          self->title = g_strdup (title);
          say (self, "", FALSE);
          gtk_widget_set_visible (self->show_button, FALSE);
        }
      refresh (self);
    }
  gtk_window_present (GTK_WINDOW (self));
}

gboolean
dailies_export_dialog_is_running (DailiesExportDialog *self)
{
  g_return_val_if_fail (DAILIES_IS_EXPORT_DIALOG (self), FALSE);

  return self->exporter != NULL;
}

void
dailies_export_dialog_cancel (DailiesExportDialog *self)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (self->exporter != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
dailies_export_dialog_show_result (DailiesExportDialog *self,
                                   GtkWindow           *parent)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (self->to != NULL)
    dailies_compat_show_in_folder (parent, self->to);
}
