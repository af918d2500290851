/* dailies-job-card.c: one job in the strip: on its way, or ended otherwise than as a cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-error.h"
#include "dailies-job-card.h"
#include "dailies-job.h"
#include "dailies-ring.h"
#include "dailies-text.h"
#include "dailies-tip.h"

struct _DailiesJobCard
{
  AdwBin parent_instance;

  GtkStack     *stack;
  DailiesRing  *ring;
  GtkButton    *cancel;
  GtkButton    *nudge;
  GtkLabel     *title;
  GtkLabel     *subtitle;
  GtkImage     *icon;
  GtkLabel     *verdict;
  GtkLabel     *reason;
  GtkButton    *look_up;
  GtkButton    *again;
  GtkButton    *forget;

  DailiesJob   *job;
  GSignalGroup *signals;
  guint         clock; /* runs while the elapsed time is to be seen */
};

G_DEFINE_FINAL_TYPE (DailiesJobCard, dailies_job_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_JOB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* "#3" in the queue, else how long it has been on its way. */
static void
update_ring (DailiesJobCard *self)
{
  DailiesJobState state = dailies_job_get_state (self->job);
  int position = dailies_job_get_queue_position (self->job);
  gint64 since = dailies_job_get_submitted (self->job);
  gint64 fetched, size;
  gboolean waiting;
  g_autofree char *text = NULL;

  g_object_get (self->job, "fetched", &fetched, "fetch-size", &size, "waiting", &waiting, NULL);
  if (state == DAILIES_JOB_QUEUED && position > 0)
    text = g_strdup_printf ("#%d", position);
  else
    text = dailies_text_elapsed (g_get_real_time () - (since > 0 ? since : dailies_job_get_created (self->job)));
  dailies_ring_set_text (self->ring, text);
  dailies_ring_set_turning (self->ring, !waiting && state != DAILIES_JOB_QUEUED);
  /* Bytes are the one thing that is really known; everything else turns. */
  dailies_ring_set_fraction (self->ring, state == DAILIES_JOB_FETCHING && size > 0 ? (double) fetched / size : -1);
}

static void
update_running (DailiesJobCard *self)
{
  g_autofree char *title = dailies_text_job (self->job);
  g_autofree char *snippet = dailies_text_snippet (dailies_job_get_prompt (self->job), NULL);
  const char *message = dailies_job_get_message (self->job);
  gboolean waiting;

  g_object_get (self->job, "waiting", &waiting, NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, message != NULL ? message : snippet);
  dailies_tip_set (GTK_WIDGET (self->subtitle), message != NULL ? message : dailies_job_get_prompt (self->job));
  if (waiting)
    gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->subtitle), "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->nudge), waiting);
  update_ring (self);
}

/* A job that the service took and does not itself call failed: asking for its clip costs nothing, trying again does. */
static gboolean
may_have_clip (DailiesJob *job)
{
  if (dailies_job_lacks_clips (job))
    return dailies_job_get_remote_id (job) != NULL;
  return dailies_job_get_state (job) == DAILIES_JOB_FAILED && dailies_job_get_remote_id (job) != NULL
         && dailies_job_get_error_code (job) != DAILIES_ERROR_FAILED;
}

/* (nullable): what the service said. Of a disk or a file the words are our own libraries'. */
static const char *
get_words (DailiesJob *job)
{
  const char *words = dailies_job_get_words (job);
  int code = dailies_job_get_error_code (job);

  if (words == NULL || g_strcmp0 (words, dailies_job_get_message (job)) == 0)
    return NULL;
  return code != DAILIES_ERROR_DISK && code != DAILIES_ERROR_MEDIA ? words : NULL;
}

/* The card may end before the sentence does. What the service said is the reason, so it comes before the id and the rest;
 * but before all it is to be read that a job may be paid for. Its ways out are the buttons below. */
static char *
dup_reason (DailiesJob *job)
{
  const char *message = dailies_job_get_message (job);
  const char *words = get_words (job);

  if (message == NULL)
    return g_strdup (dailies_job_get_prompt (job));
  if (words == NULL)
    return g_strdup (message);
  if (dailies_job_get_state (job) == DAILIES_JOB_UNKNOWN)
    /* Translators: a sentence of the program, then what the service itself said */
    return g_strdup_printf (_("%s “%s”"), message, words);
  /* Translators: what the service itself said, then a sentence of the program */
  return g_strdup_printf (_("“%s” %s"), words, message);
}

static char *
dup_tip (DailiesJob *job)
{
  const char *message = dailies_job_get_message (job);
  const char *words = get_words (job);

  if (message == NULL)
    return g_strdup (dailies_job_get_prompt (job));
  if (words == NULL)
    return g_strdup (message);
  /* Translators: a sentence of the program, then what the service itself said */
  return g_strdup_printf (_("%s\nThe service said: %s"), message, words);
}

static void
update_ways_out (DailiesJobCard *self)
{
  gboolean unknown = dailies_job_get_state (self->job) == DAILIES_JOB_UNKNOWN;
  gboolean taken = unknown && dailies_job_get_remote_id (self->job) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->look_up), unknown || may_have_clip (self->job));
  gtk_button_set_label (self->look_up, unknown ? _("Look It Up…") : _("Look It Up"));
  gtk_button_set_label (self->again, unknown ? _("Submit Again…") : _("Try Again"));
  /* All of it would be made and paid for anew, not what is missing. */
  gtk_widget_set_visible (GTK_WIDGET (self->again), !dailies_job_lacks_clips (self->job));
  /* It is certain that another one would be paid for twice. */
  if (taken)
    gtk_widget_add_css_class (GTK_WIDGET (self->look_up), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->look_up), "suggested-action");
}

static void
update_ended (DailiesJobCard *self)
{
  DailiesJobState state = dailies_job_get_state (self->job);
  gboolean unknown = state == DAILIES_JOB_UNKNOWN;
  g_autofree char *reason = dup_reason (self->job);
  g_autofree char *tip = dup_tip (self->job);
  g_autofree char *title = dailies_text_job (self->job);

  gtk_label_set_text (self->verdict, title);
  gtk_label_set_text (self->reason, reason);
  dailies_tip_set (GTK_WIDGET (self->reason), tip);
  gtk_image_set_from_icon_name (self->icon, unknown ? "dialog-question-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), state != DAILIES_JOB_CANCELLED);
  update_ways_out (self);
}

static void
update (DailiesJobCard *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  gboolean ended;

  if (self->job == NULL)
    return;
  ended = dailies_job_state_is_ended (dailies_job_get_state (self->job));
  if (ended)
    update_ended (self);
  else
    update_running (self);
  gtk_stack_set_visible_child_name (self->stack, ended ? "ended" : "running");

  title = dailies_text_job (self->job);
  name = g_strdup_printf ("%s. %s", title, dailies_job_get_prompt (self->job));
  dailies_compat_name_item (GTK_WIDGET (self), name);
}

static gboolean
clock_cb (gpointer user_data)
{
  DailiesJobCard *self = user_data;

  if (self->job != NULL && !dailies_job_state_is_ended (dailies_job_get_state (self->job)))
    update_ring (self);
  return G_SOURCE_CONTINUE;
}

static void
dailies_job_card_map (GtkWidget *widget)
{
  DailiesJobCard *self = DAILIES_JOB_CARD (widget);

  GTK_WIDGET_CLASS (dailies_job_card_parent_class)->map (widget);
  if (self->clock == 0)
    self->clock = g_timeout_add_seconds (1, clock_cb, self);
}

static void
dailies_job_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DAILIES_JOB_CARD (widget)->clock, g_source_remove);
  GTK_WIDGET_CLASS (dailies_job_card_parent_class)->unmap (widget);
}

static void
dailies_job_card_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, DAILIES_JOB_CARD (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_job_card_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_JOB:
      dailies_job_card_set_job (DAILIES_JOB_CARD (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_job_card_dispose (GObject *object)
{
  DailiesJobCard *self = DAILIES_JOB_CARD (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->signals);

  G_OBJECT_CLASS (dailies_job_card_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-job-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, stack);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, ring);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, cancel);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, nudge);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, icon);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, verdict);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, reason);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, look_up);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, again);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobCard, forget);
}

static void
dailies_job_card_class_init (DailiesJobCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_job_card_get_property;
  object_class->set_property = dailies_job_card_set_property;
  object_class->dispose = dailies_job_card_dispose;
  widget_class->map = dailies_job_card_map;
  widget_class->unmap = dailies_job_card_unmap;

  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, DAILIES_TYPE_JOB,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DAILIES_TYPE_RING);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "jobcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_job_card_init (DailiesJobCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (DAILIES_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}

GtkWidget *
dailies_job_card_new (void)
{
  return g_object_new (DAILIES_TYPE_JOB_CARD, NULL);
}

DailiesJob *
dailies_job_card_get_job (DailiesJobCard *self)
{
  g_return_val_if_fail (DAILIES_IS_JOB_CARD (self), NULL);

  return self->job;
}

void
dailies_job_card_set_job (DailiesJobCard *self,
                          DailiesJob     *job)
{
  g_return_if_fail (DAILIES_IS_JOB_CARD (self));

  if (!g_set_object (&self->job, job))
    return;
  g_signal_group_set_target (self->signals, job);
  if (job != NULL)
    {
      GtkButton *buttons[] = { self->cancel, self->nudge, self->look_up, self->again, self->forget };

      for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", dailies_job_get_id (job));
      update (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}
