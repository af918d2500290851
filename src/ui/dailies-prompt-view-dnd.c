/* dailies-prompt-view-dnd.c: what is dropped on the prompt: a mention of it, or media for the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-prompt-view-private.h"

#include "dailies-drop-zone.h"

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesPromptView *self = DAILIES_PROMPT_VIEW (gtk_widget_get_ancestor (
      widget, DAILIES_TYPE_PROMPT_VIEW));
  g_autofree char *spelling = NULL;

  /* Words that are dragged are for the text itself. */
  if (dragged == NULL)
    return kind != DAILIES_MEDIA_UNKNOWN;
  if (self->request != NULL)
    spelling = dailies_request_dup_spelling (self->request, dailies_dragged_get_object (dragged));
  return spelling != NULL;
}

static void
zone_lit (GtkWidget        *widget,
          gboolean          lit,
          DailiesMediaKind  kind)
{
  GtkWidget *self = gtk_widget_get_ancestor (widget, DAILIES_TYPE_PROMPT_VIEW);

  if (self != NULL)
    (lit ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self, "lit");
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  DailiesPromptView *self = DAILIES_PROMPT_VIEW (gtk_widget_get_ancestor (
      widget, DAILIES_TYPE_PROMPT_VIEW));

  if (drop->dragged != NULL && self->request != NULL)
    {
      g_autofree char *spelling = NULL;

      spelling = dailies_request_dup_spelling (self->request,
                                               dailies_dragged_get_object (drop->dragged));
      if (spelling != NULL)
        dailies_prompt_view_insert_mention (self, spelling);
    }
  else
    g_signal_emit_by_name (self, "dropped", drop);
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

void
dailies_prompt_view_add_drops (DailiesPromptView *self)
{
  dailies_drop_zone_attach (GTK_WIDGET (self->text), &zone_funcs);
}
