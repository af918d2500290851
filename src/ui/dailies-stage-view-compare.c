/* dailies-stage-view-compare.c: how the clips on the stage are compared, by key and by action
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stage-view-private.h"

#define ZOOM_STEP 1.5

/* --- actions ---------------------------------------------------------------------------------- */

/* The same key brings the sides back that were there before. */
static void
toggle_mode (DailiesStageView *self,
             DailiesSidesMode  mode)
{
  dailies_sides_set_mode (
    self->sides, dailies_sides_get_mode (self->sides) == mode ? DAILIES_SIDES_SIDE_BY_SIDE : mode);
}

static void
wipe_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  toggle_mode (DAILIES_STAGE_VIEW (widget), DAILIES_SIDES_WIPE);
}

static void
difference_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  toggle_mode (DAILIES_STAGE_VIEW (widget), DAILIES_SIDES_DIFFERENCE);
}

static void
onion_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  toggle_mode (DAILIES_STAGE_VIEW (widget), DAILIES_SIDES_ONION);
}

/* Across and down by shares of the stage, and round by degrees. */
static void
move_wipe_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  DailiesSides *sides = DAILIES_STAGE_VIEW (widget)->sides;
  double        dx, dy, degrees;

  g_variant_get (parameter, "(ddd)", &dx, &dy, &degrees);
  dailies_sides_move_wipe (sides, dx, dy);
  dailies_sides_turn_wipe (sides, degrees);
}

static void
solo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesStageView *self = DAILIES_STAGE_VIEW (widget);
  guint             side = g_variant_get_uint32 (parameter);
  guint             shown;

  if (side >= self->n_clips)
    return;

  g_object_get (self->sides, "solo", &shown, NULL);
  if (shown == side && dailies_sides_get_mode (self->sides) == DAILIES_SIDES_SINGLE)
    {
      dailies_sides_set_mode (self->sides, self->mode_before);
      return;
    }
  if (dailies_sides_get_mode (self->sides) != DAILIES_SIDES_SINGLE)
    self->mode_before = dailies_sides_get_mode (self->sides);
  g_object_set (self->sides, "solo", side, "mode", DAILIES_SIDES_SINGLE, NULL);
}

static void
swap_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dailies_stage_view_swap (DAILIES_STAGE_VIEW (widget), 0, 1);
}

/* Who owns the window knows what a cut was made from. */
static void
source_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "toggle-source");
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesSides *sides = DAILIES_STAGE_VIEW (widget)->sides;

  if (g_str_equal (name, "stage.fit"))
    dailies_sides_zoom_by (sides, 0);
  else
    dailies_sides_zoom_by (sides, g_str_equal (name, "stage.zoom-in") ? ZOOM_STEP : 1 / ZOOM_STEP);
}

void
dailies_stage_view_install_compare (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "stage.wipe", NULL, wipe_action);
  gtk_widget_class_install_action (klass, "stage.difference", NULL, difference_action);
  gtk_widget_class_install_action (klass, "stage.onion", NULL, onion_action);
  gtk_widget_class_install_action (klass, "stage.move-wipe", "(ddd)", move_wipe_action);
  gtk_widget_class_install_action (klass, "stage.solo", "u", solo_action);
  gtk_widget_class_install_action (klass, "stage.swap", NULL, swap_action);
  gtk_widget_class_install_action (klass, "stage.source", NULL, source_action);
  gtk_widget_class_install_action (klass, "stage.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "stage.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "stage.fit", NULL, zoom_action);
}

void
dailies_stage_view_update_compare (DailiesStageView *self)
{
  static const char *const comparing[] = {
    "stage.wipe", "stage.difference", "stage.onion", "stage.swap"
  };
  static const char *const looking[] = {
    "stage.source", "stage.zoom-in", "stage.zoom-out", "stage.fit", "stage.solo"
  };

  for (guint i = 0; i < G_N_ELEMENTS (comparing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), comparing[i], self->n_clips > 1);
  for (guint i = 0; i < G_N_ELEMENTS (looking); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), looking[i], self->n_clips > 0);
}

/* --- the controls of a mode ------------------------------------------------------------------- */

static void
mode_cb (DailiesStageView *self)
{
  gboolean         many = dailies_sides_get_n_sides (self->sides) > 1;
  DailiesSidesMode mode = dailies_sides_get_mode (self->sides);

  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "stage.move-wipe", many && mode == DAILIES_SIDES_WIPE);
  gtk_widget_set_visible (self->gain_box, many && mode == DAILIES_SIDES_DIFFERENCE);
  gtk_widget_set_visible (self->onion_box, many && mode == DAILIES_SIDES_ONION);
}

static gboolean
gain_text_cb (GBinding     *binding,
              const GValue *from,
              GValue       *to,
              gpointer      data)
{
  g_value_take_string (to, g_strdup_printf ("\u200e%.0f×", g_value_get_double (from)));
  return TRUE;
}

static gboolean
opacity_text_cb (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      data)
{
  g_value_take_string (to, g_strdup_printf ("\u200e%.0f %%", g_value_get_double (from) * 100));
  return TRUE;
}

static void
bind_controls (DailiesStageView *self)
{
  g_object_bind_property (
    self->sides, "gain", self->gain, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->sides,
                          "onion-opacity",
                          self->onion,
                          "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (self->sides,
                               "gain",
                               self->gain_label,
                               "label",
                               G_BINDING_SYNC_CREATE,
                               gain_text_cb,
                               NULL,
                               NULL,
                               NULL);
  g_object_bind_property_full (self->sides,
                               "onion-opacity",
                               self->onion_label,
                               "label",
                               G_BINDING_SYNC_CREATE,
                               opacity_text_cb,
                               NULL,
                               NULL,
                               NULL);
  g_signal_connect_object (
    self->sides, "notify::mode", G_CALLBACK (mode_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->sides, "notify::n-sides", G_CALLBACK (mode_cb), self, G_CONNECT_SWAPPED);
  mode_cb (self);
}

/* --- keys that do something as long as they are held ------------------------------------------ */

/* The key beside 1 is another one in every country. */
static const char *
get_held_property (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_grave:
    case GDK_KEY_dead_grave:
    case GDK_KEY_asciicircum:
    case GDK_KEY_dead_circumflex:
    case GDK_KEY_section:
    case GDK_KEY_b:
      return "flipped";
    case GDK_KEY_z:
      return "magnifying";
    default:
      return NULL;
    }
}

static gboolean
hold_cb (GtkEventControllerKey *controller,
         guint                  keyval,
         guint                  keycode,
         GdkModifierType        state,
         DailiesStageView      *self)
{
  const char *property = get_held_property (keyval);

  if (property == NULL || self->n_clips == 0 || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;

  g_object_set (self->sides, property, TRUE, NULL);
  return GDK_EVENT_STOP;
}

static void
release_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            DailiesStageView      *self)
{
  const char *property = get_held_property (keyval);

  if (property != NULL)
    g_object_set (self->sides, property, FALSE, NULL);
}

/* A key that is let go over another window is never told. */
static void
active_cb (DailiesStageView *self)
{
  g_object_set (self->sides, "flipped", FALSE, "magnifying", FALSE, NULL);
}

void
dailies_stage_view_follow_root (DailiesStageView *self,
                                GtkRoot          *root)
{
  if (self->hold_keys != NULL)
    {
      gtk_widget_remove_controller (gtk_event_controller_get_widget (self->hold_keys),
                                    self->hold_keys);
      self->hold_keys = NULL;
    }
  if (root == NULL)
    return;

  self->hold_keys = gtk_event_controller_key_new ();
  g_signal_connect (self->hold_keys, "key-pressed", G_CALLBACK (hold_cb), self);
  g_signal_connect (self->hold_keys, "key-released", G_CALLBACK (release_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (root), self->hold_keys);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (
      root, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
}

/* --- set up ----------------------------------------------------------------------------------- */

void
dailies_stage_view_set_up_compare (DailiesStageView *self)
{
  static const char *const names[] = { "mode", "flipped", "magnifying", "safe-areas" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], self->sides, names[i]);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (group));
  self->mode_before = DAILIES_SIDES_SIDE_BY_SIDE;
  bind_controls (self);
}
