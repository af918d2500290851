/* dailies-media-well-actions.c: the keys and the menu of a well
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-media-well-private.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-media-words.h"

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DailiesMediaWell) self = user_data;
  g_autoptr (DailiesDrop) drop = dailies_drop_read_finish (result, NULL);

  if (drop != NULL)
    dailies_media_well_deliver (self, drop, self->replacing);
  self->replacing = FALSE;
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesMediaWell) self = user_data;
  g_autoptr (GListModel) files = dailies_compat_choose_files_finish (result, NULL);

  self->replacing = self->asset != NULL;
  if (files != NULL)
    dailies_drop_take_files_async (GTK_WIDGET (self), files, NULL, read_cb, g_object_ref (self));
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  dailies_media_well_choose (DAILIES_MEDIA_WELL (widget));
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DailiesMediaWell *self = DAILIES_MEDIA_WELL (widget);

  if (self->opens)
    g_signal_emit_by_name (self, "open");
  else
    dailies_media_well_choose (self);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  dailies_drop_paste_async (widget, gtk_widget_get_clipboard (widget), NULL, read_cb,
                            g_object_ref (widget));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesMediaWell *self = DAILIES_MEDIA_WELL (widget);
  GFile *file = self->asset != NULL ? dailies_asset_get_file (self->asset) : NULL;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);

  if (file != NULL)
    {
      GdkFileList *files = gdk_file_list_new_from_array (&file, 1);

      gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, files);
      g_boxed_free (GDK_TYPE_FILE_LIST, files);
    }
  else if (self->asset != NULL)
    gdk_clipboard_set_text (clipboard, dailies_asset_get_uri (self->asset));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "remove");
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gboolean left = g_str_equal (name, "well.left");
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  g_signal_emit_by_name (widget, "move", left != mirrored ? -1 : 1);
}

static void
mention_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "composer.mention", "s",
                              DAILIES_MEDIA_WELL (widget)->spelling);
}

static void
trim_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "composer.trim", "s", dailies_asset_get_uri (DAILIES_MEDIA_WELL (widget)->asset));
}

/* --- menu ----------------------------------------------------------------------------------- */

static GMenuModel *
make_menu (DailiesMediaWell *self)
{
  GMenu *menu = g_menu_new ();
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->asset == NULL)
    {
      g_menu_append (menu, _("Choose a File…"), "well.choose");
      g_menu_append (menu, _("Paste"), "well.paste");
      return G_MENU_MODEL (menu);
    }
  g_menu_append (menu, _("Replace…"), "well.choose");
  if (dailies_asset_get_kind (self->asset) == DAILIES_MEDIA_VIDEO && dailies_asset_get_file (self->asset) != NULL &&
      dailies_asset_get_seconds (self->asset) > 0 && dailies_asset_get_width (self->asset) > 0)
    g_menu_append (menu, _("Trim…"), "well.trim");
  g_menu_append (menu, _("Copy"), "well.copy");
  g_menu_append (menu, _("Paste"), "well.paste");
  if (self->spelling != NULL)
    g_menu_append (menu, _("Mention in the Prompt"), "well.mention");
  if (self->movable)
    {
      g_menu_append (menu, _("Move Earlier"), mirrored ? "well.right" : "well.left");
      g_menu_append (menu, _("Move Later"), mirrored ? "well.left" : "well.right");
    }
  g_menu_append (menu, _("Remove"), "well.remove");
  return G_MENU_MODEL (menu);
}

void
dailies_media_well_show_menu (DailiesMediaWell   *self,
                              const GdkRectangle *at)
{
  g_autoptr (GMenuModel) model = make_menu (self);

  if (self->menu != NULL)
    gtk_widget_unparent (self->menu);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  if (at != NULL)
    {
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
    }
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dailies_media_well_show_menu (DAILIES_MEDIA_WELL (widget), NULL);
}

/* --- public --------------------------------------------------------------------------------- */

void
dailies_media_well_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_Return, 0, "well.activate" },
    { GDK_KEY_KP_Enter, 0, "well.activate" },
    { GDK_KEY_space, 0, "well.activate" },
    /* Menus show the last one of each. */
    { GDK_KEY_BackSpace, 0, "well.remove" },
    { GDK_KEY_Delete, 0, "well.remove" },
    { GDK_KEY_Insert, GDK_SHIFT_MASK, "well.paste" },
    { GDK_KEY_v, GDK_CONTROL_MASK, "well.paste" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "well.copy" },
    { GDK_KEY_Left, GDK_CONTROL_MASK, "well.left" },
    { GDK_KEY_Right, GDK_CONTROL_MASK, "well.right" },
    { GDK_KEY_Left, GDK_ALT_MASK, "well.left" },
    { GDK_KEY_Right, GDK_ALT_MASK, "well.right" },
    { GDK_KEY_Menu, 0, "well.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "well.menu" },
  };

  gtk_widget_class_install_action (klass, "well.choose", NULL, choose_action);
  gtk_widget_class_install_action (klass, "well.activate", NULL, activate_action);
  gtk_widget_class_install_action (klass, "well.paste", NULL, paste_action);
  gtk_widget_class_install_action (klass, "well.copy", NULL, copy_action);
  gtk_widget_class_install_action (klass, "well.remove", NULL, remove_action);
  gtk_widget_class_install_action (klass, "well.left", NULL, move_action);
  gtk_widget_class_install_action (klass, "well.right", NULL, move_action);
  gtk_widget_class_install_action (klass, "well.mention", NULL, mention_action);
  gtk_widget_class_install_action (klass, "well.trim", NULL, trim_action);
  gtk_widget_class_install_action (klass, "well.menu", NULL, menu_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].modifiers, keys[i].action,
                                         NULL);
}

void
dailies_media_well_choose (DailiesMediaWell *self)
{
  GtkRoot *root;
  g_autoptr (GtkFileFilter) filter = NULL;

  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  filter = dailies_media_words_filter (self->kind);
  dailies_compat_choose_files_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->title,
                                     filter, self->multiple, NULL, chosen_cb, g_object_ref (self));
}
