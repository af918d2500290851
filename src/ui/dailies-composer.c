/* dailies-composer.c: the form of one request, built from the model's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer.h"

#include <glib/gi18n.h>

#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-drop-zone.h"
#include "dailies-field-section.h"
#include "dailies-generate-bar.h"
#include "dailies-intake.h"
#include "dailies-model-picker.h"
#include "dailies-placement.h"
#include "dailies-price-watch.h"
#include "dailies-prompt-view.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-setting-row.h"
#include "dailies-studio.h"

#define MAX_VARIATIONS 8
/* Where files go is said after a moment of quiet: it looks at every one of them. */
#define PLACEMENT_QUIET_MS 200

struct _DailiesComposer
{
  GtkWidget           parent_instance;

  GtkWidget          *scrolled;
  GtkWidget          *body;
  DailiesModelPicker *picker;
  GtkWidget          *media;
  GtkWidget          *prompt_section;
  DailiesPromptView  *prompt;
  GtkListBox         *settings;
  DailiesGenerateBar *bar;

  DailiesStudio      *studio;
  DailiesRequest     *request;
  DailiesPriceWatch  *price;
  GtkAdjustment      *variations;
  GtkWidget          *prompt_header;
  GtkWidget          *lit; /* the section a drag beside all of them would go to */
  char               *service_id;
  guint               placement_source;
  gboolean            busy;
};

G_DEFINE_FINAL_TYPE (DailiesComposer, dailies_composer, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VARIATIONS,
  PROP_SERVICE_ID,
  N_PROPS
};

enum
{
  GENERATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static DailiesDefinition *
get_definition (DailiesComposer *self)
{
  return self->request != NULL ? dailies_request_get_definition (self->request) : NULL;
}

/* The service speaks the protocol of the model's own one; the practice service speaks all of them. */
static gboolean
service_takes (DailiesComposer   *self,
               DailiesDefinition *definition)
{
  return g_str_equal (self->service_id, "practice")
         || g_strcmp0 (dailies_definition_get_service (definition), self->service_id) == 0;
}

/* (transfer full) (nullable): @protocol: of the model */
static DailiesService *
peek_service (DailiesComposer *self,
              const char      *protocol)
{
  DailiesServices *services = NULL;

  if (self->studio != NULL)
    services = dailies_studio_get_services (self->studio);
  return services != NULL ? dailies_services_peek (services, self->service_id, protocol) : NULL;
}

/* --- what follows every change ---------------------------------------------------------------- */

static void
update_placement (DailiesComposer *self)
{
  DailiesDefinition *definition = get_definition (self);
  g_autoptr (DailiesService) service = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (DailiesPlacement) placement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  if (definition != NULL && service_takes (self, definition))
    {
      service = peek_service (self, dailies_definition_get_service (definition));
      assets = dailies_request_dup_all_assets (self->request);
    }
  if (service == NULL || assets == NULL || assets->len == 0)
    {
      dailies_generate_bar_set_placement (self->bar, NULL, NULL);
      return;
    }
  hosts = dailies_service_dup_hosts (service);
  placement = dailies_placement_new (self->request, hosts, dailies_service_get_max_body (service));
  summary = dailies_placement_dup_summary (placement);
  dailies_placement_check (placement, &error);
  dailies_generate_bar_set_placement (self->bar, summary, error != NULL ? error->message : NULL);
}

static gboolean
placement_cb (gpointer user_data)
{
  DailiesComposer *self = user_data;

  self->placement_source = 0;
  update_placement (self);
  return G_SOURCE_REMOVE;
}

static void
update_price (DailiesComposer *self)
{
  g_autofree char *price = NULL;
  guint count = dailies_composer_get_variations (self);

  if (self->price == NULL)
    return;
  price = dailies_price_watch_dup_label (self->price, count);
  dailies_generate_bar_set_price (self->bar, count, price,
                                  dailies_price_watch_get_source (self->price));
}

static void
update (DailiesComposer *self)
{
  DailiesDefinition *definition = get_definition (self);
  gboolean taken = definition != NULL && service_takes (self, definition);
  gboolean sendable = taken && dailies_request_is_sendable (self->request);
  g_autofree char *refusing = NULL;

  if (definition != NULL && !taken)
    {
      g_autoptr (DailiesService) service = peek_service (self, self->service_id);

      refusing = g_strdup (service != NULL ? dailies_service_get_title (service)
                                           : self->service_id);
    }
  dailies_generate_bar_refresh (self->bar, refusing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.generate", sendable && !self->busy);
  if (self->price != NULL)
    dailies_price_watch_update (self->price, self->request, self->service_id);
  update_price (self);
  if (self->placement_source == 0)
    self->placement_source = g_timeout_add (PLACEMENT_QUIET_MS, placement_cb, self);
}

static void
refresh_sections (DailiesComposer *self)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->media); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dailies_field_section_refresh (DAILIES_FIELD_SECTION (child));
}

static void
request_changed_cb (DailiesComposer *self)
{
  refresh_sections (self);
  dailies_prompt_view_refresh (self->prompt);
  update (self);
}

/* --- the form --------------------------------------------------------------------------------- */

static void
remove_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    {
      if (GTK_IS_LIST_BOX (widget))
        gtk_list_box_remove (GTK_LIST_BOX (widget), child);
      else
        gtk_box_remove (GTK_BOX (widget), child);
    }
}

/* Single media first, then elements, then lists; the order of the definition within each. */
static int
media_rank (DailiesField *field)
{
  if (!dailies_field_is_media (field)
      && dailies_field_get_role (field) != DAILIES_FIELD_ROLE_ELEMENTS)
    return -1;
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    return 1;
  return dailies_field_is_list (field) ? 2 : 0;
}

static void
build_media (DailiesComposer *self,
             GListModel      *fields)
{
  for (int rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
      {
        g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

        if (media_rank (field) == rank)
          gtk_box_append (GTK_BOX (self->media), dailies_field_section_new (self->request, field));
      }
}

static const char *
choose_placeholder (GListModel *fields)
{
  guint frames = 0;
  gboolean video = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      frames += dailies_field_get_role (field) == DAILIES_FIELD_ROLE_IMAGE;
      video = video || dailies_field_get_role (field) == DAILIES_FIELD_ROLE_VIDEO;
    }
  if (video)
    return _("What should change, and what should stay?");
  if (frames == 2)
    return _("What happens between the two frames?");
  return _("What happens in this shot?");
}

static void
build_prompt (DailiesComposer *self,
              GListModel      *fields)
{
  DailiesField *prompt = NULL;
  gboolean mentions = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT)
        prompt = field;
      mentions = mentions || dailies_field_get_mention (field) != NULL;
    }
  if (self->prompt_header != NULL)
    gtk_box_remove (GTK_BOX (self->prompt_section), self->prompt_header);
  self->prompt_header = NULL;
  gtk_widget_set_visible (self->prompt_section, prompt != NULL);
  if (prompt == NULL)
    return;
  self->prompt_header = dailies_field_section_new_header (
      dailies_field_get_title (prompt), mentions ? _("type @ to mention") : "", NULL);
  gtk_widget_set_tooltip_text (self->prompt_header, dailies_field_get_description (prompt));
  gtk_box_prepend (GTK_BOX (self->prompt_section), self->prompt_header);
  dailies_prompt_view_set_title (self->prompt, dailies_field_get_title (prompt));
  dailies_prompt_view_set_placeholder (self->prompt, choose_placeholder (fields));
}

static GtkWidget *
make_variations_row (DailiesComposer *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new (self->variations, 1, 0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Variations"));
  gtk_widget_set_tooltip_text (row, _("How many cuts Generate makes at once; each is a job of its "
                                      "own and is paid on its own"));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Variations"), -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 0.5);
  gtk_widget_add_css_class (spin, "stepper");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  return row;
}

static void
build_settings (DailiesComposer *self,
                GListModel      *fields)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (media_rank (field) < 0 && dailies_field_get_role (field) != DAILIES_FIELD_ROLE_PROMPT)
        gtk_list_box_append (self->settings, dailies_setting_row_new (self->request, field));
    }
  gtk_list_box_append (self->settings, make_variations_row (self));
}

static void
rebuild (DailiesComposer *self)
{
  DailiesDefinition *definition = get_definition (self);
  GListModel *fields;

  self->lit = NULL;
  remove_children (self->media);
  remove_children (GTK_WIDGET (self->settings));
  dailies_model_picker_set_current (self->picker, definition);
  gtk_widget_set_visible (self->media, definition != NULL);
  gtk_widget_set_visible (self->prompt_section, definition != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->settings), definition != NULL);
  gtk_widget_set_sensitive (self->body, self->request != NULL);
  if (definition != NULL)
    {
      fields = dailies_definition_get_fields (definition);
      build_media (self, fields);
      build_prompt (self, fields);
      build_settings (self, fields);
    }
  update (self);
}

static void
picked_cb (DailiesModelPicker *picker,
           DailiesDefinition  *definition,
           DailiesComposer    *self)
{
  if (self->request != NULL)
    dailies_request_set_definition (self->request, definition);
}

/* --- drops beside every field ------------------------------------------------------------------ */

static GtkWidget *
find_section (DailiesComposer *self,
              DailiesField    *field)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->media); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (dailies_field_section_get_field (DAILIES_FIELD_SECTION (child)) == field)
      return child;
  return NULL;
}

static void
complain (DailiesComposer *self,
          GPtrArray       *sentences)
{
  g_autofree char *text = NULL;

  if (sentences->len == 0)
    return;
  g_ptr_array_add (sentences, NULL);
  text = g_strjoinv ("\n", (char **) sentences->pdata);
  dailies_generate_bar_complain (self->bar, text);
}

static void
take_drop (DailiesComposer *self,
           DailiesDrop     *drop)
{
  if (self->request != NULL && drop->dragged == NULL && drop->assets->len > 0)
    dailies_intake_place (self->request, NULL, G_MAXUINT, drop);
  complain (self, drop->complaints);
}

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);

  return dragged == NULL && self->request != NULL
         && dailies_intake_find_field (self->request, kind) != NULL;
}

static void
zone_lit (GtkWidget        *widget,
          gboolean          lit,
          DailiesMediaKind  kind)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  DailiesField *field;

  if (self->lit != NULL)
    dailies_field_section_set_lit (DAILIES_FIELD_SECTION (self->lit), FALSE);
  self->lit = NULL;
  if (!lit || self->request == NULL)
    return;
  field = dailies_intake_find_field (self->request, kind);
  self->lit = field != NULL ? find_section (self, field) : NULL;
  if (self->lit != NULL)
    dailies_field_section_set_lit (DAILIES_FIELD_SECTION (self->lit), TRUE);
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  take_drop (DAILIES_COMPOSER (widget), drop);
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

static void
prompt_dropped_cb (DailiesPromptView *prompt,
                   DailiesDrop       *drop,
                   DailiesComposer   *self)
{
  take_drop (self, drop);
}

/* --- actions ------------------------------------------------------------------------------------ */

static void
generate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  DailiesDefinition *definition = get_definition (self);

  if (!self->busy && definition != NULL && service_takes (self, definition)
      && dailies_request_is_sendable (self->request))
    g_signal_emit (self, signals[GENERATE], 0);
}

static void
choose_file_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);
  DailiesDefinition *definition = get_definition (self);
  DailiesField *field = NULL;
  GtkWidget *section;

  if (definition != NULL)
    field = dailies_definition_get_field (definition, g_variant_get_string (parameter, NULL));
  section = field != NULL ? find_section (self, field) : NULL;
  if (section != NULL)
    dailies_field_section_choose (DAILIES_FIELD_SECTION (section));
}

static void
complain_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  dailies_generate_bar_complain (DAILIES_COMPOSER (widget)->bar,
                                 g_variant_get_string (parameter, NULL));
}

static void
mention_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);

  dailies_prompt_view_insert_mention (self->prompt, g_variant_get_string (parameter, NULL));
  dailies_composer_focus_prompt (self);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesComposer) self = user_data;
  g_autoptr (DailiesDrop) drop = dailies_drop_read_finish (result, NULL);

  if (drop != NULL)
    take_drop (self, drop);
}

/* Ctrl+V beside the wells and the prompt: to the best empty field, like a drop there. */
static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  dailies_drop_paste_async (widget, gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                            g_object_ref (widget));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
variations_cb (DailiesComposer *self)
{
  update_price (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VARIATIONS]);
}

static void
load_style (void)
{
  static gsize loaded;

  if (g_once_init_enter (&loaded))
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

      gtk_css_provider_load_from_resource (provider, RESOURCE_PATH "/ui/dailies-composer.css");
      gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
      g_once_init_leave (&loaded, 1);
    }
}

static void
dailies_composer_dispose (GObject *object)
{
  DailiesComposer *self = DAILIES_COMPOSER (object);
  GtkWidget *child;

  g_clear_handle_id (&self->placement_source, g_source_remove);
  if (self->request != NULL)
    g_signal_handlers_disconnect_by_data (self->request, self);
  if (self->price != NULL)
    g_signal_handlers_disconnect_by_data (self->price, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->price);
  g_clear_object (&self->request);
  g_clear_object (&self->studio);
  g_clear_object (&self->variations);
  g_clear_pointer (&self->service_id, g_free);
  G_OBJECT_CLASS (dailies_composer_parent_class)->dispose (object);
}

static void
dailies_composer_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DailiesComposer *self = DAILIES_COMPOSER (object);

  switch (id)
    {
    case PROP_VARIATIONS:
      g_value_set_uint (value, dailies_composer_get_variations (self));
      break;
    case PROP_SERVICE_ID:
      g_value_set_string (value, self->service_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dailies_composer_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DailiesComposer *self = DAILIES_COMPOSER (object);

  switch (id)
    {
    case PROP_VARIATIONS:
      gtk_adjustment_set_value (self->variations, g_value_get_uint (value));
      break;
    case PROP_SERVICE_ID:
      dailies_composer_set_service_id (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *klass)
{
  g_type_ensure (DAILIES_TYPE_MODEL_PICKER);
  g_type_ensure (DAILIES_TYPE_PROMPT_VIEW);
  g_type_ensure (DAILIES_TYPE_GENERATE_BAR);
  gtk_widget_class_set_template_from_resource (klass, RESOURCE_PATH "/ui/dailies-composer.ui");
  gtk_widget_class_bind_template_child (klass, DailiesComposer, scrolled);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, body);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, picker);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, media);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, prompt_section);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, prompt);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, settings);
  gtk_widget_class_bind_template_child (klass, DailiesComposer, bar);
}

static void
dailies_composer_class_init (DailiesComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_composer_dispose;
  object_class->get_property = dailies_composer_get_property;
  object_class->set_property = dailies_composer_set_property;

  properties[PROP_VARIATIONS] =
      g_param_spec_uint ("variations", NULL, NULL, 1, MAX_VARIATIONS, 1,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SERVICE_ID] =
      g_param_spec_string ("service-id", NULL, NULL, "practice",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[GENERATE] = g_signal_new ("generate", DAILIES_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "composer.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "composer.choose-file", "s", choose_file_action);
  gtk_widget_class_install_action (widget_class, "composer.complain", "s", complain_action);
  gtk_widget_class_install_action (widget_class, "composer.mention", "s", mention_action);
  gtk_widget_class_install_action (widget_class, "composer.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "composer.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "composer.paste", NULL);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

static void
dailies_composer_init (DailiesComposer *self)
{
  load_style ();
  self->service_id = g_strdup ("practice");
  self->variations = g_object_ref_sink (gtk_adjustment_new (1, 1, MAX_VARIATIONS, 1, 1, 0));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->variations, "value-changed", G_CALLBACK (variations_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, 0);
  g_signal_connect_object (self->prompt, "dropped", G_CALLBACK (prompt_dropped_cb), self, 0);
  dailies_model_picker_set_service_id (self->picker, self->service_id);
  dailies_drop_zone_attach (GTK_WIDGET (self), &zone_funcs);
  rebuild (self);
}

GtkWidget *
dailies_composer_new (void)
{
  return g_object_new (DAILIES_TYPE_COMPOSER, NULL);
}

void
dailies_composer_set_studio (DailiesComposer *self,
                             DailiesStudio   *studio)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));
  g_return_if_fail (self->studio == NULL && DAILIES_IS_STUDIO (studio));

  self->studio = g_object_ref (studio);
  self->price = dailies_price_watch_new (dailies_studio_get_services (studio));
  g_signal_connect_object (self->price, "changed", G_CALLBACK (update_price), self,
                           G_CONNECT_SWAPPED);
  dailies_model_picker_set_catalogue (self->picker,
                                      G_LIST_MODEL (dailies_studio_get_catalogue (studio)));
  dailies_drop_set_library (GTK_WIDGET (self), dailies_studio_get_library (studio));
  update (self);
}

DailiesRequest *
dailies_composer_get_request (DailiesComposer *self)
{
  g_return_val_if_fail (DAILIES_IS_COMPOSER (self), NULL);

  return self->request;
}

void
dailies_composer_set_request (DailiesComposer *self,
                              DailiesRequest  *request)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));

  if (self->request == request)
    return;
  if (self->request != NULL)
    g_signal_handlers_disconnect_by_data (self->request, self);
  g_set_object (&self->request, request);
  dailies_prompt_view_set_request (self->prompt, request);
  dailies_generate_bar_set_request (self->bar, request);
  if (request != NULL)
    {
      g_signal_connect_object (request, "notify::definition", G_CALLBACK (rebuild), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (request, "changed", G_CALLBACK (request_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  rebuild (self);
}

void
dailies_composer_set_service_id (DailiesComposer *self,
                                 const char      *service_id)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));
  g_return_if_fail (service_id != NULL);

  if (g_str_equal (self->service_id, service_id))
    return;
  g_free (self->service_id);
  self->service_id = g_strdup (service_id);
  dailies_model_picker_set_service_id (self->picker, service_id);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_ID]);
}

const char *
dailies_composer_get_service_id (DailiesComposer *self)
{
  g_return_val_if_fail (DAILIES_IS_COMPOSER (self), NULL);

  return self->service_id;
}

guint
dailies_composer_get_variations (DailiesComposer *self)
{
  g_return_val_if_fail (DAILIES_IS_COMPOSER (self), 1);

  return (guint) gtk_adjustment_get_value (self->variations);
}

void
dailies_composer_set_busy (DailiesComposer *self,
                           gboolean         busy)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));

  self->busy = busy;
  dailies_generate_bar_set_busy (self->bar, busy);
  update (self);
}

void
dailies_composer_focus_prompt (DailiesComposer *self)
{
  g_return_if_fail (DAILIES_IS_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->prompt));
}
