/* dailies-composer-dnd.c: drops beside every field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-composer-private.h"

#include "dailies-drop-zone.h"
#include "dailies-field-section.h"
#include "dailies-intake.h"

/* What found no place waits for a model that has one, as long as the sentence about it is there. */
static void
remember_homeless (DailiesComposer *self,
                   DailiesDrop     *drop)
{
  g_autoptr (GPtrArray) placed = dailies_request_dup_all_assets (self->request);

  g_clear_pointer (&self->homeless, dailies_drop_free);
  for (guint i = 0; i < drop->assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (drop->assets, i);

      if (g_ptr_array_find (placed, asset, NULL))
        continue;
      if (self->homeless == NULL)
        self->homeless = dailies_drop_new ();
      dailies_drop_add (self->homeless, g_object_ref (asset), dailies_drop_get_kind (drop, i));
    }
}

void
dailies_composer_take_drop (DailiesComposer *self,
                            DailiesDrop     *drop)
{
  if (self->request != NULL && drop->dragged == NULL && drop->assets->len > 0)
    {
      dailies_intake_place (self->request, NULL, G_MAXUINT, drop);
      remember_homeless (self, drop);
    }
  dailies_drop_tell (drop, GTK_WIDGET (self));
}

void
dailies_composer_choose_definition (DailiesComposer   *self,
                                    DailiesDefinition *definition)
{
  g_autoptr (DailiesDrop) waiting = NULL;

  if (self->request == NULL)
    return;
  if (dailies_generate_bar_is_complaining (self->bar))
    waiting = g_steal_pointer (&self->homeless);
  g_clear_pointer (&self->homeless, dailies_drop_free);
  dailies_request_set_definition (self->request, definition);
  if (waiting != NULL)
    dailies_composer_take_drop (self, waiting);
}

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesComposer *self = DAILIES_COMPOSER (widget);

  /* Also what has no place here: it is said why, where a drag that is refused says nothing. */
  return dragged == NULL && self->request != NULL;
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
  self->lit = field != NULL ? dailies_composer_find_section (self, field) : NULL;
  if (self->lit != NULL)
    dailies_field_section_set_lit (DAILIES_FIELD_SECTION (self->lit), TRUE);
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  dailies_composer_take_drop (DAILIES_COMPOSER (widget), drop);
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

static void
prompt_dropped_cb (DailiesPromptView *prompt,
                   DailiesDrop       *drop,
                   DailiesComposer   *self)
{
  dailies_composer_take_drop (self, drop);
}

void
dailies_composer_add_drops (DailiesComposer *self)
{
  g_signal_connect_object (self->prompt, "dropped", G_CALLBACK (prompt_dropped_cb), self, 0);
  dailies_drop_zone_attach (GTK_WIDGET (self), &zone_funcs);
}
