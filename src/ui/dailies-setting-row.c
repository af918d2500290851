/* dailies-setting-row.c: one setting of the model: a choice, number, switch or text
 *
 * The rows are libadwaita's own; what belongs to one of them hangs on it as a Setting.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-setting-row.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "dailies-stepper.h"

/* More choices, or longer words in all, do not fit beside the title of a narrow form. */
#define MAX_SEGMENTS 4
#define MAX_SEGMENT_CHARS 14

typedef struct _Setting Setting;
struct _Setting
{
  GtkWidget      *row;     /* owns this */
  GtkWidget      *control;
  GtkWidget      *reset;
  DailiesRequest *request;
  DailiesField   *field;
  gboolean        showing; /* the control is being set from the request */
  GtkStringList  *labels;  /* of a drop-down, unowned */
  double          unset;   /* below what a number may be: not set; NaN where it always is */
  void          (*show)   (Setting    *setting,
                           const char *value);
};

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_object_unref (setting->request);
  g_object_unref (setting->field);
  g_free (setting);
}

static const char *
get_name (Setting *setting)
{
  return dailies_field_get_name (setting->field);
}

static void
write_value (Setting    *setting,
             const char *value)
{
  if (!setting->showing)
    dailies_request_set_text (setting->request, get_name (setting), value);
}

/* It keeps its place while it is away: else the title would wrap when it comes. The title of a text never does. */
static void
show_reset (Setting  *setting,
            gboolean  touched)
{
  if (ADW_IS_ENTRY_ROW (setting->row))
    {
      gtk_widget_set_visible (setting->reset, touched);
      return;
    }
  gtk_widget_set_opacity (setting->reset, touched ? 1 : 0);
  gtk_widget_set_sensitive (setting->reset, touched);
  gtk_accessible_update_state (GTK_ACCESSIBLE (setting->reset), GTK_ACCESSIBLE_STATE_HIDDEN, !touched, -1);
}

/* Whether it would become something else without it. */
static gboolean
is_touched (Setting    *setting,
            const char *value)
{
  return value != NULL && (g_strcmp0 (value, dailies_field_get_default (setting->field)) != 0 ||
                           dailies_request_decides (setting->request, get_name (setting)));
}

static void
show_value (Setting *setting)
{
  const char *value = dailies_request_get_text (setting->request, get_name (setting));

  if (setting->showing)
    return;
  setting->showing = TRUE;
  setting->show (setting, value != NULL ? value : dailies_field_get_default (setting->field));
  setting->showing = FALSE;
  if (setting->reset != NULL)
    show_reset (setting, is_touched (setting, value));
}

static void
changed_cb (DailiesRequest *request,
            const char     *field,
            Setting        *setting)
{
  /* What a drop-down says where nothing is chosen depends on what else is there. */
  if (field == NULL || *field == '\0' || g_str_equal (field, get_name (setting)) || setting->labels != NULL)
    show_value (setting);
}

static void
reset_cb (Setting *setting)
{
  dailies_request_set_text (setting->request, get_name (setting), NULL);
  show_value (setting);
}

/* --- a few choices: linked buttons ------------------------------------------------------------ */

static void
segment_toggled_cb (GtkToggleButton *button,
                    Setting         *setting)
{
  const char *value = g_object_get_data (G_OBJECT (button), "value");

  if (gtk_toggle_button_get_active (button))
    write_value (setting, value);
}

static void
show_segments (Setting    *setting,
               const char *value)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (setting->control); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *own = g_object_get_data (G_OBJECT (child), "value");

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), g_strcmp0 (own, value) == 0);
    }
}

static void
add_segments (Setting *setting)
{
  const char *const *choices = dailies_field_get_choices (setting->field);
  GtkWidget *first = NULL;

  setting->control = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (setting->control, "linked");
  gtk_widget_add_css_class (setting->control, "segments");
  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_autofree char *label = dailies_field_dup_value_label (setting->field, choices[i]);
      g_autofree char *spoken = NULL;
      GtkWidget *button = gtk_toggle_button_new_with_label (label);

      g_object_set_data_full (G_OBJECT (button), "value", g_strdup (choices[i]), g_free);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      spoken = g_strdup_printf ("%s, %s", label, dailies_field_get_title (setting->field));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      g_signal_connect (button, "toggled", G_CALLBACK (segment_toggled_cb), setting);
      gtk_box_append (GTK_BOX (setting->control), button);
    }
  setting->show = show_segments;
}

/* --- many choices: a drop-down ---------------------------------------------------------------- */

/* Without a default there is a first entry that leaves the choice to the service. */
static gboolean
has_blank (Setting *setting)
{
  return dailies_field_get_default (setting->field) == NULL
         && !dailies_field_is_required (setting->field);
}

static const char *
name_blank (Setting *setting)
{
  return dailies_request_decides (setting->request, get_name (setting)) ? _("Automatic") : _("Not set");
}

static void
update_blank (Setting *setting)
{
  const char *name = name_blank (setting);

  if (g_str_equal (gtk_string_list_get_string (setting->labels, 0), name))
    return;
  gtk_string_list_splice (setting->labels, 0, 1, (const char *const[]) { name, NULL });
}

static void
combo_selected_cb (AdwComboRow *row,
                   GParamSpec  *pspec,
                   Setting     *setting)
{
  const char *const *choices = dailies_field_get_choices (setting->field);
  guint selected = adw_combo_row_get_selected (row);

  if (setting->showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (has_blank (setting))
    write_value (setting, selected == 0 ? NULL : choices[selected - 1]);
  else
    write_value (setting, choices[selected]);
}

static void
show_combo (Setting    *setting,
            const char *value)
{
  const char *const *choices = dailies_field_get_choices (setting->field);
  guint selected = has_blank (setting) ? 0 : GTK_INVALID_LIST_POSITION;

  if (has_blank (setting))
    update_blank (setting);
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_strcmp0 (choices[i], value) == 0)
      selected = i + has_blank (setting);
  adw_combo_row_set_selected (ADW_COMBO_ROW (setting->row), selected);
}

static void
fill_combo (Setting *setting)
{
  const char *const *choices = dailies_field_get_choices (setting->field);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (has_blank (setting))
    gtk_string_list_append (labels, name_blank (setting));
  for (guint i = 0; choices[i] != NULL; i++)
    gtk_string_list_take (labels, dailies_field_dup_value_label (setting->field, choices[i]));
  setting->showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (setting->row), G_LIST_MODEL (labels));
  setting->showing = FALSE;
  setting->labels = labels;
  setting->show = show_combo;
  g_signal_connect (setting->row, "notify::selected", G_CALLBACK (combo_selected_cb), setting);
}

/* --- switches --------------------------------------------------------------------------------- */

static void
switch_cb (GtkSwitch  *control,
           GParamSpec *pspec,
           Setting    *setting)
{
  write_value (setting, gtk_switch_get_active (control) ? "true" : "false");
}

static void
show_switch (Setting    *setting,
             const char *value)
{
  gtk_switch_set_active (GTK_SWITCH (setting->control), g_strcmp0 (value, "true") == 0);
}

static void
add_switch (Setting *setting)
{
  setting->control = gtk_switch_new ();
  setting->show = show_switch;
  g_signal_connect (setting->control, "notify::active", G_CALLBACK (switch_cb), setting);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (setting->row), setting->control);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static gboolean
is_unset (Setting *setting,
          double   value)
{
  return !isnan (setting->unset) && value <= setting->unset;
}

static gboolean
is_whole (Setting *setting)
{
  return dailies_field_get_wire_type (setting->field) == DAILIES_WIRE_INTEGER;
}

/* GTK says that a number has changed also where what was typed is none and the one before stays. */
static gboolean
is_shown_already (Setting    *setting,
                  const char *value)
{
  const char *shown = dailies_request_get_text (setting->request, get_name (setting));

  if (shown == NULL)
    shown = dailies_field_get_default (setting->field);
  return shown != NULL && g_ascii_strtod (shown, NULL) == g_ascii_strtod (value, NULL);
}

static void
number_cb (GtkSpinButton *control,
           Setting       *setting)
{
  char value[G_ASCII_DTOSTR_BUF_SIZE];

  if (is_unset (setting, gtk_spin_button_get_value (control)))
    {
      write_value (setting, NULL);
      return;
    }
  /* Seeds reach beyond an int, and what is asked for is what the row shows. */
  g_ascii_formatd (value, sizeof value, is_whole (setting) ? "%.0f" : "%.12g", gtk_spin_button_get_value (control));
  if (!is_shown_already (setting, value))
    write_value (setting, value);
}

/* What is not set shows no number, so that none is taken for what will be sent. */
static gboolean
number_output_cb (GtkSpinButton *control,
                  Setting       *setting)
{
  gboolean unset = is_unset (setting, gtk_spin_button_get_value (control));

  if (unset)
    {
      if (*gtk_editable_get_text (GTK_EDITABLE (control)) != '\0')
        gtk_editable_set_text (GTK_EDITABLE (control), "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, _("Not set"), -1);
    }
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT);
  return unset;
}

/* GTK takes a sign alone for zero, and "1e3" for a whole number. */
static gboolean
is_number (Setting    *setting,
           const char *text)
{
  return strpbrk (text, "0123456789") != NULL
         && (!is_whole (setting) || text[strspn (text, "+-0123456789")] == '\0');
}

/* Whatever is no number leaves the one before: what is paid for does not change by a slip. GTK reads the others. */
static int
number_input_cb (GtkSpinButton *control,
                 double        *value,
                 Setting       *setting)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (control));

  if (*text == '\0' && !isnan (setting->unset))
    {
      *value = setting->unset;
      return TRUE;
    }
  return is_number (setting, text) ? FALSE : GTK_INPUT_ERROR;
}

static void
show_number (Setting    *setting,
             const char *value)
{
  double minimum = dailies_field_get_minimum (setting->field);
  double number = isnan (minimum) ? 0 : minimum;

  if (value != NULL)
    number = g_ascii_strtod (value, NULL);
  else if (!isnan (setting->unset))
    number = setting->unset;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (setting->control), number);
}

static void
add_number (Setting *setting)
{
  gboolean whole = is_whole (setting);
  double minimum = dailies_field_get_minimum (setting->field);
  double maximum = dailies_field_get_maximum (setting->field);
  double from = isnan (minimum) ? -1000000000.0 : minimum;
  double to = isnan (maximum) ? 1000000000.0 : maximum;
  double step = whole ? 1 : to - from <= 10 ? 0.1 : 1;

  /* One step below the least there is nothing: plus leads from there to the least, and minus back. Without a least it would
   * lead a long way down. */
  if (has_blank (setting) && !isnan (minimum))
    setting->unset = from -= step;
  setting->control = gtk_spin_button_new_with_range (from, to, step);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (setting->control), whole ? 0 : 2);
  dailies_stepper_steady (GTK_SPIN_BUTTON (setting->control));
  setting->show = show_number;
  g_signal_connect (setting->control, "output", G_CALLBACK (number_output_cb), setting);
  g_signal_connect (setting->control, "input", G_CALLBACK (number_input_cb), setting);
  g_signal_connect (setting->control, "value-changed", G_CALLBACK (number_cb), setting);
  if (!isnan (setting->unset))
    gtk_text_set_placeholder_text (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (setting->control))), "–");
}

/* --- text ------------------------------------------------------------------------------------- */

static void
text_cb (GtkEditable *editable,
         Setting     *setting)
{
  const char *text = gtk_editable_get_text (editable);

  write_value (setting, *text != '\0' ? text : NULL);
}

static void
show_text (Setting    *setting,
           const char *value)
{
  GtkEditable *editable = GTK_EDITABLE (setting->row);

  /* Setting the text that is there already would throw the cursor to its start. */
  if (g_strcmp0 (gtk_editable_get_text (editable), value != NULL ? value : "") != 0)
    gtk_editable_set_text (editable, value != NULL ? value : "");
}

/* The hint of a list tells how its values are typed: there is no other place for it on the row. */
static char *
dup_hint (DailiesField *field)
{
  const char *description = dailies_field_get_description (field);
  g_autofree char *accepts = dailies_field_dup_accepts (field);

  if (!dailies_field_is_value_list (field))
    return g_strdup (description);
  return g_strconcat (description, *description != '\0' ? "\n" : "", accepts, NULL);
}

/* --- all -------------------------------------------------------------------------------------- */

static gboolean
fits_segments (DailiesField *field)
{
  const char *const *choices = dailies_field_get_choices (field);
  glong length = 0;
  guint n;

  for (n = 0; choices[n] != NULL; n++)
    {
      g_autofree char *label = dailies_field_dup_value_label (field, choices[n]);

      length += g_utf8_strlen (label, -1);
    }
  return n <= MAX_SEGMENTS && length <= MAX_SEGMENT_CHARS;
}

static void
add_reset (Setting *setting)
{
  const char *title = dailies_field_get_title (setting->field);
  g_autofree char *spoken = NULL;

  if (dailies_field_is_required (setting->field))
    return;
  /* Translators: for screen readers: puts one setting back to what the model does by itself. */
  spoken = g_strdup_printf (_("Reset %s"), title);
  setting->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_tooltip_text (setting->reset, _("Back to the default"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (setting->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_set_valign (setting->reset, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (setting->reset, "flat");
  gtk_widget_add_css_class (setting->reset, "circular");
  gtk_widget_add_css_class (setting->reset, "reset");
  g_signal_connect_swapped (setting->reset, "clicked", G_CALLBACK (reset_cb), setting);
}

static void
add_control (Setting *setting)
{
  if (setting->reset != NULL)
    {
      if (ADW_IS_ENTRY_ROW (setting->row))
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (setting->row), setting->reset);
      else
        adw_action_row_add_suffix (ADW_ACTION_ROW (setting->row), setting->reset);
      /* Before what is chosen and its arrow, which stay at the edge. */
      if (ADW_IS_COMBO_ROW (setting->row))
        gtk_box_reorder_child_after (GTK_BOX (gtk_widget_get_parent (setting->reset)), setting->reset, NULL);
    }
  if (setting->control == NULL)
    return;
  gtk_widget_set_valign (setting->control, GTK_ALIGN_CENTER);
  /* A switch is labelled by its row already, and would be read twice. */
  if (!GTK_IS_SWITCH (setting->control))
    gtk_accessible_update_property (GTK_ACCESSIBLE (setting->control),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    dailies_field_get_title (setting->field), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (setting->row), setting->control);
}

static void
make_row (Setting *setting)
{
  DailiesField *field = setting->field;

  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_CHOICE:
      if (!fits_segments (field))
        {
          setting->row = adw_combo_row_new ();
          fill_combo (setting);
          break;
        }
      setting->row = adw_action_row_new ();
      add_segments (setting);
      break;
    case DAILIES_FIELD_ROLE_SWITCH:
      setting->row = adw_action_row_new ();
      add_switch (setting);
      break;
    case DAILIES_FIELD_ROLE_NUMBER:
      setting->row = adw_action_row_new ();
      add_number (setting);
      break;
    case DAILIES_FIELD_ROLE_TEXT:
    default:
      setting->row = adw_entry_row_new ();
      /* The form has one history for all of it. */
      gtk_editable_set_enable_undo (GTK_EDITABLE (setting->row), FALSE);
      setting->show = show_text;
      if (dailies_field_is_url (field))
        adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (setting->row), GTK_INPUT_PURPOSE_URL);
      g_signal_connect (setting->row, "changed", G_CALLBACK (text_cb), setting);
      break;
    }
}

GtkWidget *
dailies_setting_row_new (DailiesRequest *request,
                         DailiesField   *field)
{
  Setting *setting = g_new0 (Setting, 1);
  g_autofree char *hint = dup_hint (field);
  GClosure *closure;

  setting->request = g_object_ref (request);
  setting->field = g_object_ref (field);
  setting->unset = NAN;
  make_row (setting);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (setting->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (setting->row),
                                 dailies_field_get_title (field));
  gtk_widget_set_tooltip_text (setting->row, hint);
  add_reset (setting);
  add_control (setting);

  closure = g_cclosure_new (G_CALLBACK (changed_cb), setting, NULL);
  g_object_watch_closure (G_OBJECT (setting->row), closure);
  g_signal_connect_closure (request, "changed", closure, FALSE);
  show_value (setting);
  g_object_set_data_full (G_OBJECT (setting->row), "dailies-setting", setting, setting_free);
  return setting->row;
}
