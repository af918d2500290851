/* dailies-field-section.c: one media field of the form: its title, what it takes, and its drop targets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-field-section.h"

#include <glib/gi18n.h>

#include "dailies-definition.h"
#include "dailies-elements-row.h"
#include "dailies-intake.h"
#include "dailies-media-row.h"
#include "dailies-media-words.h"
#include "dailies-problem.h"
#include "dailies-tip.h"

struct _DailiesFieldSection
{
  GtkWidget       parent_instance;

  GtkWidget      *header;
  GtkLabel       *hint;
  GtkWidget      *control; /* a well, a row or a row of elements */
  DailiesRequest *request;
  DailiesField   *field;
};

G_DEFINE_FINAL_TYPE (DailiesFieldSection, dailies_field_section, GTK_TYPE_WIDGET)

static const char *
get_name (DailiesFieldSection *self)
{
  return dailies_field_get_name (self->field);
}

static DailiesAsset *
dup_single (DailiesFieldSection *self)
{
  return g_list_model_get_item (dailies_request_get_assets (self->request, get_name (self)), 0);
}

#define REPLACED_KEY "dailies-replaced"

/* A drop that turns out to be no picture must not cost the one it fell on. */
static void
replacement_state_cb (DailiesAsset        *asset,
                      GParamSpec          *pspec,
                      DailiesFieldSection *self)
{
  DailiesAsset *old = g_object_get_data (G_OBJECT (asset), REPLACED_KEY);
  g_autoptr (DailiesAsset) shown = NULL;
  const GError *error = dailies_asset_get_error (asset);

  if (dailies_asset_get_state (asset) != DAILIES_ASSET_READY
      && dailies_asset_get_state (asset) != DAILIES_ASSET_FAILED)
    return;
  g_signal_handlers_disconnect_by_func (asset, replacement_state_cb, self);
  shown = dup_single (self);
  if (dailies_asset_get_state (asset) == DAILIES_ASSET_FAILED && shown == asset && old != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.complain", "s",
                                  error != NULL ? error->message : "");
      dailies_request_add_asset (self->request, get_name (self), old, G_MAXUINT);
    }
  g_object_set_data (G_OBJECT (asset), REPLACED_KEY, NULL);
}

static void
place_on_old (DailiesFieldSection *self,
              DailiesDrop         *drop,
              guint                position)
{
  g_autoptr (DailiesAsset) old = dailies_field_is_list (self->field) ? NULL : dup_single (self);
  g_autoptr (DailiesAsset) new = NULL;

  dailies_intake_place (self->request, self->field, position, drop);
  if (old == NULL || dailies_asset_get_state (old) == DAILIES_ASSET_FAILED)
    return;
  new = dup_single (self);
  if (new == NULL || new == old)
    return;
  g_object_set_data_full (G_OBJECT (new), REPLACED_KEY, g_object_ref (old), g_object_unref);
  g_signal_connect_object (new, "notify::state", G_CALLBACK (replacement_state_cb), self, 0);
  replacement_state_cb (new, NULL, self);
}

static void
place (DailiesFieldSection *self,
       DailiesDrop         *drop,
       guint                position)
{
  guint told = drop->complaints->len;

  if (drop->dragged != NULL)
    {
      g_autoptr (DailiesAsset) asset = g_object_ref (dailies_dragged_get_asset (drop->dragged));
      g_autoptr (DailiesAsset) old = NULL;

      /* Between two fields that take one, the pictures change places. */
      if (!dailies_field_is_list (self->field))
        old = dup_single (self);
      dailies_dragged_take (drop->dragged, old);
      dailies_request_add_asset (self->request, get_name (self), asset, position);
    }
  else
    place_on_old (self, drop, position);
  if (drop->complaints->len > told)
    dailies_drop_tell (drop, GTK_WIDGET (self));
}

/* --- one ------------------------------------------------------------------------------------ */

static void
well_dropped_cb (DailiesMediaWell    *well,
                 DailiesDrop         *drop,
                 gboolean             replace,
                 DailiesFieldSection *self)
{
  place (self, drop, G_MAXUINT);
}

static void
well_remove_cb (DailiesMediaWell    *well,
                DailiesFieldSection *self)
{
  dailies_request_remove_asset (self->request, get_name (self), 0);
}

static void
well_taken_cb (DailiesMediaWell    *well,
               DailiesAsset        *replacement,
               DailiesFieldSection *self)
{
  if (replacement != NULL)
    dailies_request_add_asset (self->request, get_name (self), replacement, G_MAXUINT);
  else
    dailies_request_remove_asset (self->request, get_name (self), 0);
}

/* --- a list --------------------------------------------------------------------------------- */

static void
row_insert_cb (DailiesMediaRow     *row,
               DailiesDrop         *drop,
               guint                position,
               DailiesFieldSection *self)
{
  place (self, drop, position);
}

static void
row_replace_cb (DailiesMediaRow     *row,
                DailiesDrop         *drop,
                guint                position,
                DailiesFieldSection *self)
{
  dailies_request_remove_asset (self->request, get_name (self), position);
  place (self, drop, position);
}

static void
row_remove_cb (DailiesMediaRow     *row,
               guint                position,
               DailiesFieldSection *self)
{
  dailies_request_remove_asset (self->request, get_name (self), position);
}

static void
row_move_cb (DailiesMediaRow     *row,
             guint                from,
             guint                to,
             DailiesFieldSection *self)
{
  dailies_request_move_asset (self->request, get_name (self), from, to);
}

static void
row_taken_cb (DailiesMediaRow     *row,
              guint                position,
              DailiesAsset        *replacement,
              DailiesFieldSection *self)
{
  dailies_request_remove_asset (self->request, get_name (self), position);
  if (replacement != NULL)
    dailies_request_add_asset (self->request, get_name (self), replacement, position);
}

static void
decorate (DailiesMediaWell *well,
          gpointer          user_data)
{
  DailiesFieldSection *self = user_data;
  DailiesAsset *asset = dailies_media_well_get_asset (well);
  GListModel *problems = dailies_request_get_problems (self->request);
  g_autofree char *badge = NULL;
  g_autoptr (DailiesProblem) found = NULL;

  if (asset != NULL)
    badge = dailies_request_dup_spelling (self->request, asset);
  for (guint i = 0; asset != NULL && found == NULL && i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);

      if (dailies_problem_get_asset (problem) == asset
          && g_strcmp0 (dailies_problem_get_field (problem), get_name (self)) == 0
          && dailies_problem_get_severity (problem) != DAILIES_PROBLEM_WAIT)
        found = g_steal_pointer (&problem);
    }
  dailies_media_well_set_badge (well, badge);
  dailies_media_well_set_problem (well,
                                  found != NULL ? dailies_problem_get_message (found) : NULL);
}

/* --- the quiet line on the right ------------------------------------------------------------- */

static guint
count_items (DailiesFieldSection *self,
             const char          *name)
{
  DailiesDefinition *definition = dailies_request_get_definition (self->request);
  DailiesField *field = dailies_definition_get_field (definition, name);

  if (field == NULL)
    return 0;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    return g_list_model_get_n_items (dailies_request_get_elements (self->request, name));
  return g_list_model_get_n_items (dailies_request_get_assets (self->request, name));
}

/* (nullable): "2 of 4 used with images": what this field shares with others */
static char *
make_budget_hint (DailiesFieldSection *self)
{
  DailiesDefinition *definition = dailies_request_get_definition (self->request);
  GPtrArray *budgets = dailies_definition_get_budgets (definition);
  const DailiesBudget *tightest = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names = NULL;
  guint used = 0;

  for (guint i = 0; budgets != NULL && i < budgets->len; i++)
    {
      const DailiesBudget *budget = g_ptr_array_index (budgets, i);

      if (g_strv_contains ((const char *const *) budget->fields, get_name (self))
          && (tightest == NULL || budget->max < tightest->max))
        tightest = budget;
    }
  if (tightest == NULL)
    return NULL;
  for (guint i = 0; tightest->fields[i] != NULL; i++)
    {
      DailiesField *field = dailies_definition_get_field (definition, tightest->fields[i]);

      used += count_items (self, tightest->fields[i]);
      if (field != NULL && field != self->field)
        g_ptr_array_add (others, g_strdup (dailies_field_get_title (field)));
    }
  g_ptr_array_add (others, NULL);
  names = g_strjoinv (", ", (char **) others->pdata);
  if (*names == '\0')
    return g_strdup_printf (_("%u of %d used"), used, tightest->max);
  /* Translators: 2 of 4 used with Reference images: two kinds of things share one limit. */
  return g_strdup_printf (_("%u of %d used with %s"), used, tightest->max, names);
}

static void
update_hint (DailiesFieldSection *self)
{
  DailiesFieldRole role = dailies_field_get_role (self->field);
  g_autofree char *accepts = dailies_field_dup_accepts (self->field);
  g_autofree char *text = NULL;

  if (role == DAILIES_FIELD_ROLE_ELEMENTS)
    text = make_budget_hint (self);
  else if (dailies_field_is_list (self->field) && count_items (self, get_name (self)) > 1)
    text = g_strdup (_("drag to reorder"));
  else if (dailies_field_is_list (self->field) && dailies_field_get_max_items (self->field) > 0)
    text = g_strdup_printf (_("up to %d"), dailies_field_get_max_items (self->field));
  gtk_label_set_label (self->hint, text != NULL ? text : accepts);
  dailies_tip_set (GTK_WIDGET (self->hint), accepts);
}

/* --- class ---------------------------------------------------------------------------------- */

static GtkWidget *
new_well (DailiesFieldSection *self)
{
  GtkWidget *well;

  well = dailies_media_well_new (DAILIES_WELL_LARGE, dailies_media_words_kind_of (self->field),
                                 dailies_field_get_title (self->field));
  g_signal_connect_object (well, "dropped", G_CALLBACK (well_dropped_cb), self, 0);
  g_signal_connect_object (well, "remove", G_CALLBACK (well_remove_cb), self, 0);
  g_signal_connect_object (well, "taken", G_CALLBACK (well_taken_cb), self, 0);
  return well;
}

static GtkWidget *
new_row (DailiesFieldSection *self)
{
  GtkWidget *row;

  row = dailies_media_row_new (dailies_request_get_assets (self->request, get_name (self)),
                               dailies_media_words_kind_of (self->field),
                               dailies_field_get_title (self->field), decorate, self);
  g_signal_connect_object (row, "insert", G_CALLBACK (row_insert_cb), self, 0);
  g_signal_connect_object (row, "replace", G_CALLBACK (row_replace_cb), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (row_remove_cb), self, 0);
  g_signal_connect_object (row, "move", G_CALLBACK (row_move_cb), self, 0);
  g_signal_connect_object (row, "taken", G_CALLBACK (row_taken_cb), self, 0);
  return row;
}

static void
dailies_field_section_dispose (GObject *object)
{
  DailiesFieldSection *self = DAILIES_FIELD_SECTION (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->control, gtk_widget_unparent);
  g_clear_object (&self->request);
  g_clear_object (&self->field);
  G_OBJECT_CLASS (dailies_field_section_parent_class)->dispose (object);
}

static void
dailies_field_section_class_init (DailiesFieldSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_field_section_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_field_section_init (DailiesFieldSection *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

GtkWidget *
dailies_field_section_new (DailiesRequest *request,
                           DailiesField   *field)
{
  DailiesFieldSection *self = g_object_new (DAILIES_TYPE_FIELD_SECTION, NULL);

  self->request = g_object_ref (request);
  self->field = g_object_ref (field);
  self->header = dailies_field_section_new_header (dailies_field_get_title (field), "",
                                                   &self->hint);
  gtk_widget_set_tooltip_text (self->header, dailies_field_get_description (field));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    self->control = dailies_elements_row_new (request, field);
  else if (dailies_field_is_list (field))
    self->control = new_row (self);
  else
    self->control = new_well (self);
  gtk_widget_set_parent (self->control, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dailies_field_get_title (field), -1);
  dailies_field_section_refresh (self);
  return GTK_WIDGET (self);
}

DailiesField *
dailies_field_section_get_field (DailiesFieldSection *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD_SECTION (self), NULL);

  return self->field;
}

void
dailies_field_section_refresh (DailiesFieldSection *self)
{
  g_return_if_fail (DAILIES_IS_FIELD_SECTION (self));

  update_hint (self);
  if (DAILIES_IS_ELEMENTS_ROW (self->control))
    dailies_elements_row_refresh (DAILIES_ELEMENTS_ROW (self->control));
  else if (DAILIES_IS_MEDIA_ROW (self->control))
    dailies_media_row_refresh (DAILIES_MEDIA_ROW (self->control));
  else
    {
      g_autoptr (DailiesAsset) asset = dup_single (self);

      dailies_media_well_set_asset (DAILIES_MEDIA_WELL (self->control), asset);
      decorate (DAILIES_MEDIA_WELL (self->control), self);
    }
}

void
dailies_field_section_set_lit (DailiesFieldSection *self,
                               gboolean             lit)
{
  g_return_if_fail (DAILIES_IS_FIELD_SECTION (self));

  if (DAILIES_IS_ELEMENTS_ROW (self->control))
    dailies_elements_row_set_lit (DAILIES_ELEMENTS_ROW (self->control), lit);
  else if (DAILIES_IS_MEDIA_ROW (self->control))
    dailies_media_row_set_lit (DAILIES_MEDIA_ROW (self->control), lit);
  else
    dailies_media_well_set_lit (DAILIES_MEDIA_WELL (self->control), lit);
}

void
dailies_field_section_choose (DailiesFieldSection *self)
{
  g_return_if_fail (DAILIES_IS_FIELD_SECTION (self));

  if (DAILIES_IS_ELEMENTS_ROW (self->control))
    dailies_elements_row_choose (DAILIES_ELEMENTS_ROW (self->control));
  else if (DAILIES_IS_MEDIA_ROW (self->control))
    dailies_media_row_choose (DAILIES_MEDIA_ROW (self->control));
  else
    dailies_media_well_choose (DAILIES_MEDIA_WELL (self->control));
}

GtkWidget *
dailies_field_section_new_header (const char  *title,
                                  const char  *hint,
                                  GtkLabel   **hint_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = gtk_label_new (title);
  GtkWidget *right = gtk_label_new (hint);

  gtk_widget_add_css_class (left, "heading");
  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_wrap (GTK_LABEL (left), TRUE);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_add_css_class (right, "caption");
  gtk_widget_add_css_class (right, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (right), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_widget_set_valign (right, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (left, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  if (hint_label != NULL)
    *hint_label = GTK_LABEL (right);
  return box;
}
