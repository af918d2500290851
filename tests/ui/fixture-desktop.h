/* fixture-desktop.h: a desktop that hears what the program tells the artist
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/* The desktop of this display: it hears what is told to the artist. */
static inline void
fixture_notified_cb (GDBusConnection       *bus,
                     const char            *sender,
                     const char            *path,
                     const char            *interface,
                     const char            *method,
                     GVariant              *parameters,
                     GDBusMethodInvocation *invocation,
                     gpointer               user_data)
{
  guint *n_notes = user_data;

  *n_notes += 1;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", *n_notes));
}

/* @n_notes: counts what it was told. Returns: for g_dbus_connection_unregister_object() */
static inline guint
fixture_own_desktop (GDBusConnection *bus,
                     guint           *n_notes)
{
  static const GDBusInterfaceVTable vtable = { .method_call = fixture_notified_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (
    "<node><interface name='org.freedesktop.Notifications'><method name='Notify'>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>"
    "</method></interface></node>", NULL);

  g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  return g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", info->interfaces[0], &vtable, n_notes,
                                            NULL, NULL);
}
