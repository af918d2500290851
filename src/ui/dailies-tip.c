/* dailies-tip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-tip.h"

static GQuark
tip_quark (void)
{
  return g_quark_from_static_string ("dailies-tip");
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  const char *tip = dailies_tip_get (widget);

  gtk_tooltip_set_text (tooltip, tip);
  return tip != NULL;
}

void
dailies_tip_set (GtkWidget  *widget,
                 const char *tip)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (dailies_tip_get (widget), tip) == 0)
    return;
  if (!g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, query_tooltip_cb, NULL))
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_object_set_qdata_full (G_OBJECT (widget), tip_quark (), g_strdup (tip), g_free);
  gtk_widget_set_has_tooltip (widget, tip != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tip != NULL ? tip : "", -1);
  /* The pointer is here: what it reads may be on show already. */
  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_PRELIGHT)
    gtk_widget_trigger_tooltip_query (widget);
}

const char *
dailies_tip_get (GtkWidget *widget)
{
  const char *tip;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  tip = g_object_get_qdata (G_OBJECT (widget), tip_quark ());
  return tip != NULL ? tip : gtk_widget_get_tooltip_text (widget);
}
