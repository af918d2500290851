/* dailies-drop.h: what a drag, the clipboard or the file chooser brings, read in one way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-asset.h"
#include "dailies-dragged.h"

G_BEGIN_DECLS

/**
 * DailiesDrop: what was brought in
 * @assets: (element-type DailiesAsset): in the order of the source
 * @kinds: (element-type DailiesMediaKind): of each, as far as its content type tells without reading it
 * @complaints: (element-type utf8): one sentence for each thing that could not be taken
 * @dragged: (nullable): set, and everything else empty, where the artist moves something within the form
 */
typedef struct
{
  GPtrArray      *assets;
  GArray         *kinds;
  GPtrArray      *complaints;
  DailiesDragged *dragged;
} DailiesDrop;

DailiesDrop       *dailies_drop_new                   (void);
void               dailies_drop_free                  (DailiesDrop          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesDrop, dailies_drop_free)

/* @asset: (transfer full) */
void               dailies_drop_add                   (DailiesDrop          *self,
                                                       DailiesAsset         *asset,
                                                       DailiesMediaKind      kind);
void               dailies_drop_complain              (DailiesDrop          *self,
                                                       const char           *format,
                                                       ...) G_GNUC_PRINTF (2, 3);
/* Tells the form around @widget what could not be taken. Where everything was, what was told of an older drop is over. */
void               dailies_drop_tell                  (DailiesDrop          *self,
                                                       GtkWidget            *widget);
DailiesMediaKind   dailies_drop_get_kind              (const DailiesDrop    *self,
                                                       guint                 position);
/* Takes paths and URIs in order; what is neither becomes a complaint. */
void               dailies_drop_add_values            (DailiesDrop          *self,
                                                       const char * const   *values);

/* The lines of text/uri-list or of plain text that name a file or an address; comments and the rest are left out. */
char             **dailies_drop_parse_text            (const char           *text);
/* text/x-moz-url: pairs of lines, address and title, in UTF-16 (or UTF-8, as some programs write it). */
char             **dailies_drop_parse_moz_url         (GBytes               *bytes);
DailiesMediaKind   dailies_drop_kind_of_content_type  (const char           *content_type);
/* (nullable): the extension under which bytes of that MIME type are kept as they are: "png", "jpg" */
const char        *dailies_drop_extension_for_mime    (const char           *mime_type);

/* (transfer full): everything that can be read. */
GdkContentFormats *dailies_drop_dup_formats           (void);

/* Where pictures without a file of their own are kept. Looked for upwards from the widget a drop is for. */
void               dailies_drop_set_library           (GtkWidget            *widget,
                                                       DailiesLibrary       *library);
DailiesLibrary    *dailies_drop_get_library           (GtkWidget            *widget); /* (nullable) (transfer none) */

/* Reads @drop for @widget. Never fails but when cancelled: what goes wrong is a complaint in the result. */
void               dailies_drop_read_async            (GtkWidget            *widget,
                                                       GdkDrop              *drop,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
void               dailies_drop_paste_async           (GtkWidget            *widget,
                                                       GdkClipboard         *clipboard,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* @files: of GFile, from the file chooser */
void               dailies_drop_take_files_async      (GtkWidget            *widget,
                                                       GListModel           *files,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Returns: (transfer full): for all three */
DailiesDrop       *dailies_drop_read_finish           (GAsyncResult         *result,
                                                       GError              **error);

/* What kind of media a drag that still hovers brings: UNKNOWN where that cannot be told or kinds are mixed. */
void               dailies_drop_peek_async            (GdkDrop              *drop,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
DailiesMediaKind   dailies_drop_peek_finish           (GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
