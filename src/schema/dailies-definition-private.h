/* dailies-definition-private.h: what the reader fills in before a definition becomes immutable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-definition.h"

G_BEGIN_DECLS

struct _DailiesDefinition
{
  GObject     parent_instance;

  char       *id;
  char       *service;
  char       *endpoint;
  char       *title;
  char       *untranslated_title;
  char       *family;
  char       *makes;
  JsonObject *input;
  JsonObject *rules;    /* nullable */
  JsonObject *mentions; /* nullable */
  GListStore *fields;
  GPtrArray  *budgets;
  char      **always_sent;
  char      **beside;
  double      usd_per_second;
  double      usd_per_output;
  char       *price_field; /* nullable */
  JsonObject *price_by;    /* nullable: dollars a second by the choices of price_field */
  char       *as_of; /* nullable */
};

/* @node: an object that nobody changes any more: a definition file, a raw schema or a catalogue
 * entry.
 * DAILIES_ERROR_INVALID with a sentence. */
gboolean dailies_definition_read (DailiesDefinition  *self,
                                  JsonNode           *node,
                                  GError            **error);

G_END_DECLS
