/* dailies-composer.c: the form of one request, built from the model's schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

#include "dailies-catalogue.h"
#include "dailies-placement.h"
#include "dailies-services.h"

#define MAX_VARIATIONS 8
/* Where files go is said after a moment of quiet: it looks at every one of them. */
#define PLACEMENT_QUIET_MS 200

G_DEFINE_FINAL_TYPE (DailiesComposer, dailies_composer, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VARIATIONS,
  PROP_SERVICE_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

DailiesDefinition *
dailies_composer_get_definition (DailiesComposer *self)
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

gboolean
dailies_composer_is_ready (DailiesComposer *self)
{
  DailiesDefinition *definition = dailies_composer_get_definition (self);

  return !self->busy && !self->unplaced && definition != NULL && service_takes (self, definition)
         && dailies_request_is_sendable (self->request);
}

/* --- what follows every change ---------------------------------------------------------------- */

static void
update_enabled (DailiesComposer *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.generate",
                                 dailies_composer_is_ready (self));
}

/* What cannot be read goes nowhere, and its problem is told already. */
static gboolean
any_unreadable (GPtrArray *assets)
{
  for (guint i = 0; i < assets->len; i++)
    if (dailies_asset_get_state (assets->pdata[i]) == DAILIES_ASSET_FAILED)
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): where there is a service and something to bring to it */
static DailiesPlacement *
make_placement (DailiesComposer *self)
{
  DailiesDefinition *definition = dailies_composer_get_definition (self);
  g_autoptr (DailiesService) service = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GPtrArray) hosts = NULL;

  if (definition == NULL || !service_takes (self, definition))
    return NULL;
  service = peek_service (self, dailies_definition_get_service (definition));
  assets = dailies_request_dup_all_assets (self->request);
  if (service == NULL || assets->len == 0 || any_unreadable (assets))
    return NULL;
  hosts = dailies_service_dup_hosts (service);
  return dailies_placement_new (self->request, hosts, dailies_service_get_max_body (service));
}

static void
update_placement (DailiesComposer *self)
{
  g_autoptr (DailiesPlacement) placement = make_placement (self);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *summary = NULL;

  if (placement != NULL)
    {
      summary = dailies_placement_dup_summary (placement);
      problems = dailies_placement_dup_problems (placement);
    }
  self->unplaced = problems != NULL && problems->len > 0;
  dailies_generate_bar_set_placement (self->bar, summary, problems);
  update_enabled (self);
}

static gboolean
placement_cb (gpointer user_data)
{
  DailiesComposer *self = user_data;

  self->placement_source = 0;
  update_placement (self);
  return G_SOURCE_REMOVE;
}

void
dailies_composer_settle (DailiesComposer *self)
{
  if (self->placement_source == 0)
    return;
  g_clear_handle_id (&self->placement_source, g_source_remove);
  update_placement (self);
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
  DailiesDefinition *definition = dailies_composer_get_definition (self);
  g_autofree char *refusing = NULL;

  if (definition != NULL && !service_takes (self, definition))
    {
      g_autoptr (DailiesService) service = peek_service (self, self->service_id);

      refusing = g_strdup (service != NULL ? dailies_service_get_title (service)
                                           : self->service_id);
    }
  dailies_generate_bar_refresh (self->bar, refusing);
  update_enabled (self);
  if (self->price != NULL)
    dailies_price_watch_update (self->price, self->request, self->service_id);
  update_price (self);
  if (self->placement_source == 0)
    self->placement_source = g_timeout_add (PLACEMENT_QUIET_MS, placement_cb, self);
}

static void
request_changed_cb (DailiesComposer *self)
{
  dailies_composer_refresh_form (self);
  dailies_prompt_view_refresh (self->prompt);
  update (self);
}

static void
rebuild (DailiesComposer *self)
{
  /* What was said was said of another model. */
  dailies_generate_bar_forgive (self->bar);
  dailies_model_picker_set_current (self->picker, dailies_composer_get_definition (self));
  gtk_widget_set_sensitive (self->body, self->request != NULL);
  dailies_composer_build_form (self);
  update (self);
}

static void
picked_cb (DailiesModelPicker *picker,
           DailiesDefinition  *definition,
           DailiesComposer    *self)
{
  dailies_composer_choose_definition (self, definition);
}

/* Outlines that are to be seen, where the artist wants more contrast. */
static void
contrast_cb (DailiesComposer *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  (adw_style_manager_get_high_contrast (style) ? gtk_widget_add_css_class
                                               : gtk_widget_remove_css_class) (GTK_WIDGET (self), "contrast");
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
  g_clear_handle_id (&self->follow_source, g_source_remove);
  if (self->request != NULL)
    g_signal_handlers_disconnect_by_data (self->request, self);
  if (self->price != NULL)
    g_signal_handlers_disconnect_by_data (self->price, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->homeless, dailies_drop_free);
  g_clear_object (&self->price);
  g_clear_object (&self->request);
  g_clear_object (&self->studio);
  g_clear_object (&self->variations);
  g_clear_pointer (&self->service_id, g_free);
  G_OBJECT_CLASS (dailies_composer_parent_class)->dispose (object);
}

/* Whatever is being prepared holds the composer: nothing is by now. */
static void
dailies_composer_finalize (GObject *object)
{
  g_queue_free (DAILIES_COMPOSER (object)->preparing);
  g_hash_table_unref (DAILIES_COMPOSER (object)->origins);
  g_object_unref (DAILIES_COMPOSER (object)->looking);
  G_OBJECT_CLASS (dailies_composer_parent_class)->finalize (object);
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
  object_class->finalize = dailies_composer_finalize;
  object_class->get_property = dailies_composer_get_property;
  object_class->set_property = dailies_composer_set_property;

  properties[PROP_VARIATIONS] =
      g_param_spec_uint ("variations", NULL, NULL, 1, MAX_VARIATIONS, 1,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SERVICE_ID] =
      g_param_spec_string ("service-id", NULL, NULL, "practice",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("generate", DAILIES_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("trimming", DAILIES_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  dailies_composer_install_actions (widget_class);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

static void
dailies_composer_init (DailiesComposer *self)
{
  load_style ();
  self->service_id = g_strdup ("practice");
  self->preparing = g_queue_new ();
  self->origins = dailies_composer_make_origins ();
  self->looking = g_cancellable_new ();
  self->variations = g_object_ref_sink (gtk_adjustment_new (1, 1, MAX_VARIATIONS, 1, 1, 0));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->bar, "mend", G_CALLBACK (dailies_composer_mend), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->variations, "value-changed", G_CALLBACK (variations_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, 0);
  dailies_model_picker_set_service_id (self->picker, self->service_id);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (contrast_cb), self,
                           G_CONNECT_SWAPPED);
  contrast_cb (self);
  /* The form has one history for all of it: its menu offers no other. */
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (dailies_prompt_view_get_text_view (self->prompt)), FALSE);
  dailies_composer_lay_out (self);
  dailies_composer_add_drops (self);
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
  self->unplaced = FALSE;
  dailies_prompt_view_set_request (self->prompt, request);
  g_clear_pointer (&self->homeless, dailies_drop_free);
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
