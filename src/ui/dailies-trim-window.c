/* dailies-trim-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-trim-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-clicks.h"
#include "dailies-film-strip.h"
#include "dailies-gl.h"
#include "dailies-library.h"
#include "dailies-reel.h"
#include "dailies-sides.h"
#include "dailies-timecode.h"
#include "dailies-trim-words.h"
#include "dailies-trim.h"

/* Of clips that do not tell theirs. */
#define FALLBACK_FPS 25.0
/* A clip that claims more tells nonsense, and is counted as one that tells nothing. */
#define MOST_FPS 1000.0
/* Where in a frame a time is taken, so that whichever way it was rounded it is of that frame. */
#define WITHIN 0.3
/* 600 frames of 60 are 10 seconds, whatever the last bit says. */
#define HAIR 1e-6

struct _DailiesTrimWindow
{
  AdwWindow         parent_instance;

  AdwWindowTitle   *heading;
  GtkButton        *use_button;
  DailiesSides     *sides;
  GtkLabel         *code;
  DailiesFilmStrip *strip;
  AdwButtonContent *play_content;
  GtkLabel         *in_label;
  GtkLabel         *out_label;
  GtkLabel         *then;
  GtkCheckButton   *sound;
  GtkProgressBar   *bar;

  DailiesAsset     *asset;
  DailiesClipPlan   plan;
  DailiesLibrary   *library;
  DailiesReel      *reel;
  double            fps;
  DailiesTrimPart   part;    /* what is to be chosen at first */
  gboolean          has_part;
  gboolean          touched; /* the artist has moved the range */
  gboolean          failed;  /* the clip cannot be played */

  DailiesTrim      *trim;        /* (nullable): makes the new one */
  GCancellable     *cancellable; /* (nullable): from the press of the button to the end */
};

G_DEFINE_FINAL_TYPE (DailiesTrimWindow, dailies_trim_window, ADW_TYPE_WINDOW)

enum
{
  MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- time ------------------------------------------------------------------------------------- */

static gint64
get_time (DailiesTrimWindow *self,
          int                frame)
{
  return (gint64) ((frame + WITHIN) / self->fps * GST_SECOND);
}

static int
get_frame (DailiesTrimWindow *self,
           gint64             time)
{
  return (int) floor ((double) time / GST_SECOND * self->fps + 1 - WITHIN);
}

/* The frame that was asked for, which may not be seen yet: who steps five frames and sets In means the frame behind the fifth. */
static int
get_aim (DailiesTrimWindow *self)
{
  return get_frame (self, dailies_reel_get_aim (self->reel));
}

static double
get_seconds (DailiesTrimWindow *self)
{
  return dailies_trim_range_get_length (dailies_film_strip_get_range (self->strip)) / self->fps;
}

/* --- what is seen ----------------------------------------------------------------------------- */

static void
update_position (DailiesTrimWindow *self)
{
  int frame = dailies_film_strip_get_position (self->strip);
  g_autofree char *time = dailies_timecode_format (get_time (self, frame), self->fps);
  /* Translators: a timecode and the number of a frame */
  g_autofree char *text = g_strdup_printf (_("%s · frame %d"), time, frame);

  gtk_label_set_text (self->code, text);
}

static void
update_range (DailiesTrimWindow *self)
{
  const DailiesTrimRange *range = dailies_film_strip_get_range (self->strip);
  g_autofree char *in_time = dailies_timecode_format (get_time (self, range->in), self->fps);
  g_autofree char *out_time = dailies_timecode_format (get_time (self, range->out), self->fps);
  /* Translators: the first frame that is kept; a timecode */
  g_autofree char *in = g_strdup_printf (_("In %s"), in_time);
  /* Translators: the last frame that is kept; a timecode */
  g_autofree char *out = g_strdup_printf (_("Out %s"), out_time);
  g_autofree char *use = dailies_trim_words_dup_use (get_seconds (self));

  gtk_label_set_text (self->in_label, in);
  gtk_label_set_text (self->out_label, out);
  gtk_button_set_label (self->use_button, use);
  g_object_set (self->reel, "range-in", get_time (self, range->in), "range-out", get_time (self, range->out), NULL);
}

static void
update_heading (DailiesTrimWindow *self)
{
  const DailiesTrimRange *range = dailies_film_strip_get_range (self->strip);
  g_autofree char *title = g_strdup_printf (_("Trim “%s”"), dailies_asset_get_name (self->asset));
  g_autofree char *subtitle = dailies_trim_words_dup_limits (&self->plan, range->n_frames / self->fps);

  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
say (DailiesTrimWindow *self,
     const char        *sentence,
     gboolean           is_error)
{
  gtk_label_set_text (self->then, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->then), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->then), "error");
}

static void
say_what_then (DailiesTrimWindow *self)
{
  g_autofree char *sentence =
    dailies_trim_words_dup_result (&self->plan, self->asset, self->fps, gtk_check_button_get_active (self->sound));

  say (self, sentence, FALSE);
}

static void
update_actions (DailiesTrimWindow *self)
{
  gboolean making = self->cancellable != NULL;
  gboolean playing = FALSE;

  if (self->reel != NULL)
    g_object_get (self->reel, "playing", &playing, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trim.use", !making && !self->failed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trim.play", !making && !self->failed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trim.in", !making);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trim.out", !making);
  gtk_widget_set_sensitive (GTK_WIDGET (self->strip), !making);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sound), !making);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), making);
  adw_button_content_set_icon_name (self->play_content,
                                    playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  adw_button_content_set_label (self->play_content, playing ? _("Pause") : _("Play Range"));
}

/* --- the reel --------------------------------------------------------------------------------- */

static void
position_cb (DailiesTrimWindow *self)
{
  gint64 position = 0;

  g_object_get (self->reel, "position", &position, NULL);
  dailies_film_strip_set_position (self->strip, get_frame (self, position));
  update_position (self);
}

/* The part that was asked for; without one as long as may be for sure, from the beginning on. What is made may have fewer frames a
 * second, of which a whole number has to fit. */
static void
choose_range (DailiesTrimWindow *self,
              double             seconds)
{
  double fps = self->plan.fps > 0 ? self->plan.fps : self->fps;
  double most = floor (self->plan.max_seconds * fps + HAIR) / fps;
  DailiesTrimRange range;

  dailies_trim_range_init (&range, (int) lround (seconds * self->fps), self->fps, self->plan.min_seconds, most);
  if (self->has_part)
    {
      dailies_trim_range_set_in (&range, self->part.in);
      dailies_trim_range_set_out (&range, self->part.out);
    }
  else if (!isinf (self->plan.sure_seconds))
    dailies_trim_range_set_out (&range, (int) floor (self->plan.sure_seconds * self->fps + HAIR) - 1);
  dailies_film_strip_set_range (self->strip, &range);
  update_heading (self);
  update_range (self);
}

/* How long the picture is may only be known once it has been looked into. */
static void
duration_cb (DailiesTrimWindow *self)
{
  gint64 duration = dailies_reel_get_side_duration (self->reel, 0);

  if (duration <= 0 || self->touched || self->cancellable != NULL)
    return;

  choose_range (self, (double) duration / GST_SECOND);
}

static void
failed_cb (DailiesReel       *reel,
           guint              side,
           const GError      *error,
           DailiesTrimWindow *self)
{
  self->failed = TRUE;
  dailies_sides_set_error (self->sides, 0, error->message);
  update_actions (self);
}

static void
scrub_cb (DailiesFilmStrip  *strip,
          int                frame,
          DailiesTrimWindow *self)
{
  dailies_reel_pause (self->reel);
  dailies_reel_seek (self->reel, get_time (self, frame));
}

static void
step_cb (DailiesFilmStrip  *strip,
         int                frames,
         DailiesTrimWindow *self)
{
  dailies_reel_step (self->reel, frames);
}

/* As on the stage. */
static void
released_cb (DailiesTrimWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "trim.play", NULL);
}

static void
range_changed_cb (DailiesTrimWindow *self)
{
  self->touched = TRUE;
  update_range (self);
}

/* --- making it -------------------------------------------------------------------------------- */

static void
progress_cb (DailiesTrimWindow *self)
{
  gtk_progress_bar_set_fraction (self->bar, dailies_trim_get_progress (self->trim));
}

static void
again_cb (DailiesTrim       *trim,
          gint64             bytes,
          int                width,
          int                height,
          DailiesTrimWindow *self)
{
  g_autofree char *sentence = dailies_trim_words_dup_again (&self->plan, bytes, width, height);

  say (self, sentence, FALSE);
}

static void
end_with (DailiesTrimWindow *self,
          const GError      *error)
{
  update_actions (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_what_then (self);
  else
    say (self, error->message, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->use_button));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DailiesTrimWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) made = dailies_trim_run_finish (DAILIES_TRIM (source), result, &error);
  gboolean wanted = gtk_widget_get_realized (GTK_WIDGET (self)) && !g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->trim);
  g_clear_object (&self->cancellable);
  if (made != NULL && wanted)
    {
      g_signal_emit (self, signals[MADE], 0, made);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (made != NULL)
    {
      dailies_library_give_up_place (self->library, made);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "too late");
    }
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    end_with (self, error);
}

/* (transfer full): "roof plate trimmed" of "roof plate.mov" */
static char *
make_name (DailiesTrimWindow *self)
{
  g_autofree char *name = dailies_asset_dup_stem (self->asset);

  if (!dailies_trim_range_is_part (dailies_film_strip_get_range (self->strip)))
    return g_steal_pointer (&name);
  /* Translators: the name of a file, of a part of the clip of that name */
  return g_strdup_printf (_("%s trimmed"), name);
}

static void
use_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);
  const DailiesTrimRange *range = dailies_film_strip_get_range (self->strip);
  g_autofree char *name = make_name (self);
  g_autofree char *sentence = g_strdup_printf (_("Making “%s.mp4”"), name);

  dailies_reel_pause (self->reel);
  self->cancellable = g_cancellable_new ();
  self->trim = dailies_trim_new (self->library, dailies_asset_get_file (self->asset), &self->plan);
  dailies_trim_set_with_sound (self->trim, gtk_check_button_get_active (self->sound));
  /* Where nothing limits its length, all of it is what it has itself. */
  if (dailies_trim_range_is_part (range) || !isinf (self->plan.max_seconds))
    dailies_trim_set_range (self->trim, get_time (self, range->in), get_time (self, range->out));
  g_signal_connect_object (self->trim, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trim, "again", G_CALLBACK (again_cb), self, 0);
  gtk_progress_bar_set_fraction (self->bar, 0);
  say (self, sentence, FALSE);
  update_actions (self);
  dailies_trim_run_async (self->trim, name, self->cancellable, made_cb, g_object_ref (self));
}

/* --- actions ---------------------------------------------------------------------------------- */

/* What is being made first; then the window. */
static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);
  const DailiesTrimRange *range = dailies_film_strip_get_range (self->strip);
  int position = get_aim (self);
  gboolean playing;

  g_object_get (self->reel, "playing", &playing, NULL);
  if (playing)
    {
      dailies_reel_pause (self->reel);
      return;
    }
  if (position < range->in || position >= range->out)
    dailies_reel_seek (self->reel, get_time (self, range->in));
  dailies_reel_play (self->reel);
}

static void
in_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);

  dailies_film_strip_mark_in (self->strip, get_aim (self));
}

static void
out_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);

  dailies_film_strip_mark_out (self->strip, get_aim (self));
}

/* --- the window ------------------------------------------------------------------------------- */

/* Closed, or gone with the window below. */
static void
dailies_trim_window_unrealize (GtkWidget *widget)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (dailies_trim_window_parent_class)->unrealize (widget);
}

static void
dailies_trim_window_realize (GtkWidget *widget)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (widget);

  GTK_WIDGET_CLASS (dailies_trim_window_parent_class)->realize (widget);
  dailies_reel_set_graphics (self->reel, dailies_gl_lend (GTK_NATIVE (self)));
  dailies_reel_set_file (self->reel, 0, dailies_asset_get_file (self->asset));
}

static void
dailies_trim_window_dispose (GObject *object)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->reel != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->reel, self);
      dailies_reel_close (self->reel);
    }

  G_OBJECT_CLASS (dailies_trim_window_parent_class)->dispose (object);
}

static void
dailies_trim_window_finalize (GObject *object)
{
  DailiesTrimWindow *self = DAILIES_TRIM_WINDOW (object);

  g_clear_object (&self->trim);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reel);
  g_clear_object (&self->asset);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (dailies_trim_window_parent_class)->finalize (object);
}

static void
dailies_trim_window_class_init (DailiesTrimWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_trim_window_dispose;
  object_class->finalize = dailies_trim_window_finalize;
  widget_class->realize = dailies_trim_window_realize;
  widget_class->unrealize = dailies_trim_window_unrealize;

  signals[MADE] = g_signal_new ("made", DAILIES_TYPE_TRIM_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_FILE);

  g_type_ensure (DAILIES_TYPE_SIDES);
  g_type_ensure (DAILIES_TYPE_FILM_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-trim-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, use_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, sides);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, code);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, play_content);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, in_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, out_label);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, then);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, sound);
  gtk_widget_class_bind_template_child (widget_class, DailiesTrimWindow, bar);
  gtk_widget_class_install_action (widget_class, "trim.use", NULL, use_action);
  gtk_widget_class_install_action (widget_class, "trim.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "trim.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "trim.in", NULL, in_action);
  gtk_widget_class_install_action (widget_class, "trim.out", NULL, out_action);
}

static void
dailies_trim_window_init (DailiesTrimWindow *self)
{
  GtkGesture *click;

  gtk_widget_init_template (GTK_WIDGET (self));
  dailies_clicks_keep (GTK_WIDGET (self));
  self->reel = dailies_reel_new ();
  dailies_sides_set_reel (self->sides, self->reel);
  dailies_sides_set_n_sides (self->sides, 1);
  g_object_set (self->reel, "looping", TRUE, NULL);
  g_signal_connect_object (self->reel, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "notify::duration", G_CALLBACK (duration_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "notify::playing", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reel, "side-failed", G_CALLBACK (failed_cb), self, 0);
  click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->sides), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (self->strip, "scrub", G_CALLBACK (scrub_cb), self, 0);
  g_signal_connect_object (self->strip, "step", G_CALLBACK (step_cb), self, 0);
  g_signal_connect_object (self->sound, "toggled", G_CALLBACK (say_what_then), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "range-changed", G_CALLBACK (range_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWindow *
dailies_trim_window_new (GtkWindow             *parent,
                         DailiesAsset          *asset,
                         const DailiesClipPlan *plan,
                         DailiesLibrary        *library)
{
  DailiesTrimWindow *self;
  int height;

  g_return_val_if_fail (DAILIES_IS_ASSET (asset) && dailies_asset_get_file (asset) != NULL, NULL);
  g_return_val_if_fail (DAILIES_IS_LIBRARY (library), NULL);

  self = g_object_new (DAILIES_TYPE_TRIM_WINDOW, "transient-for", parent, NULL);
  self->asset = g_object_ref (asset);
  self->plan = *plan;
  self->library = g_object_ref (library);
  self->fps = dailies_asset_get_fps (asset);
  if (self->fps <= 0 || self->fps > MOST_FPS)
    self->fps = FALLBACK_FPS;
  height = MAX (dailies_asset_get_height (asset), 1);
  choose_range (self, dailies_asset_get_seconds (asset));
  dailies_film_strip_set_clip (self->strip, dailies_asset_get_file (asset), (double) dailies_asset_get_width (asset) / height,
                               self->fps);
  gtk_widget_set_visible (GTK_WIDGET (self->sound), dailies_asset_has_sound (asset));
  update_position (self);
  say_what_then (self);
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->strip));

  return GTK_WINDOW (self);
}

void
dailies_trim_window_set_part (DailiesTrimWindow     *self,
                              const DailiesTrimPart *part)
{
  g_return_if_fail (DAILIES_IS_TRIM_WINDOW (self));

  self->part = *part;
  self->has_part = TRUE;
  gtk_check_button_set_active (self->sound, part->with_sound);
  choose_range (self, dailies_asset_get_seconds (self->asset));
  dailies_reel_seek (self->reel, get_time (self, dailies_film_strip_get_range (self->strip)->in));
}

void
dailies_trim_window_get_part (DailiesTrimWindow *self,
                              DailiesTrimPart   *part)
{
  g_return_if_fail (DAILIES_IS_TRIM_WINDOW (self));

  part->in = dailies_film_strip_get_range (self->strip)->in;
  part->out = dailies_film_strip_get_range (self->strip)->out;
  part->with_sound = gtk_check_button_get_active (self->sound);
}
