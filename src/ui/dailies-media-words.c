/* dailies-media-words.c: what the form says and shows of each kind of media
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-media-words.h"

#include <glib/gi18n.h>

#define DRAG_ICON_SIZE 72

const char *
dailies_media_words_invitation (DailiesMediaKind kind)
{
  switch (kind)
    {
    case DAILIES_MEDIA_IMAGE:
      return _("Drop a picture here");
    case DAILIES_MEDIA_VIDEO:
      return _("Drop a video here");
    case DAILIES_MEDIA_AUDIO:
      return _("Drop a sound here");
    case DAILIES_MEDIA_UNKNOWN:
    default:
      return _("Drop a file here");
    }
}

const char *
dailies_media_words_empty (DailiesMediaKind kind)
{
  switch (kind)
    {
    case DAILIES_MEDIA_IMAGE:
      return _("empty, drop a picture or press Enter to choose a file");
    case DAILIES_MEDIA_VIDEO:
      return _("empty, drop a video or press Enter to choose a file");
    case DAILIES_MEDIA_AUDIO:
      return _("empty, drop a sound or press Enter to choose a file");
    case DAILIES_MEDIA_UNKNOWN:
    default:
      return _("empty, drop a file or press Enter to choose one");
    }
}

char *
dailies_media_words_landing (const char *title,
                             gboolean    replaces)
{
  /* In quotes and as it is: not every language writes a noun small within a sentence. */
  /* Translators: %s is the name of a field, such as "End frame". */
  return g_strdup_printf (replaces ? _("Drop to replace “%s”") : _("Drop to use as “%s”"), title);
}

static const char *
kind_name (DailiesMediaKind kind)
{
  switch (kind)
    {
    case DAILIES_MEDIA_IMAGE:
      return _("a picture");
    case DAILIES_MEDIA_VIDEO:
      return _("a video");
    case DAILIES_MEDIA_AUDIO:
      return _("a sound");
    case DAILIES_MEDIA_UNKNOWN:
    default:
      return _("another kind of file");
    }
}

char *
dailies_media_words_mismatch (const char       *name,
                              DailiesMediaKind  is,
                              const char       *title,
                              DailiesMediaKind  takes)
{
  /* Translators: "clip.mp4" is a video. "Start frame" takes a picture. */
  return g_strdup_printf (_("“%s” is %s. “%s” takes %s."), name, kind_name (is), title,
                          kind_name (takes));
}

const char *
dailies_media_words_icon (DailiesAsset *asset)
{
  if (dailies_asset_get_state (asset) == DAILIES_ASSET_FAILED)
    return "dialog-warning-symbolic";
  switch (dailies_asset_get_kind (asset))
    {
    case DAILIES_MEDIA_IMAGE:
      return "image-x-generic-symbolic";
    case DAILIES_MEDIA_VIDEO:
      return "video-x-generic-symbolic";
    case DAILIES_MEDIA_AUDIO:
      return "audio-x-generic-symbolic";
    case DAILIES_MEDIA_UNKNOWN:
    default:
      return dailies_asset_is_remote (asset) ? "web-browser-symbolic" : "text-x-generic-symbolic";
    }
}

GtkFileFilter *
dailies_media_words_filter (DailiesMediaKind kind)
{
  GtkFileFilter *filter;

  if (kind == DAILIES_MEDIA_UNKNOWN)
    return NULL;
  filter = gtk_file_filter_new ();
  if (kind == DAILIES_MEDIA_IMAGE)
    {
      gtk_file_filter_set_name (filter, _("Pictures"));
      gtk_file_filter_add_mime_type (filter, "image/*");
    }
  else if (kind == DAILIES_MEDIA_VIDEO)
    {
      gtk_file_filter_set_name (filter, _("Videos"));
      gtk_file_filter_add_mime_type (filter, "video/*");
    }
  else
    {
      gtk_file_filter_set_name (filter, _("Sounds"));
      gtk_file_filter_add_mime_type (filter, "audio/*");
    }
  return filter;
}

GdkPaintable *
dailies_media_words_drag_icon (DailiesAsset *asset,
                               GtkWidget    *widget)
{
  GdkPixbuf *thumbnail = asset != NULL ? dailies_asset_get_thumbnail (asset) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;
  double scale;

  if (thumbnail == NULL)
    return gtk_widget_paintable_new (widget);
  texture = gdk_texture_new_for_pixbuf (thumbnail);
  scale = (double) DRAG_ICON_SIZE
          / MAX (gdk_texture_get_width (texture), gdk_texture_get_height (texture));
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (GDK_PAINTABLE (texture), snapshot,
                          gdk_texture_get_width (texture) * scale,
                          gdk_texture_get_height (texture) * scale);
  return gtk_snapshot_free_to_paintable (snapshot, NULL);
}

DailiesMediaKind
dailies_media_words_kind_of (DailiesField *field)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_IMAGE:
    case DAILIES_FIELD_ROLE_IMAGES:
    case DAILIES_FIELD_ROLE_ELEMENTS:
      return DAILIES_MEDIA_IMAGE;
    case DAILIES_FIELD_ROLE_VIDEO:
    case DAILIES_FIELD_ROLE_VIDEOS:
      return DAILIES_MEDIA_VIDEO;
    case DAILIES_FIELD_ROLE_AUDIO:
    case DAILIES_FIELD_ROLE_AUDIOS:
      return DAILIES_MEDIA_AUDIO;
    case DAILIES_FIELD_ROLE_PROMPT:
    case DAILIES_FIELD_ROLE_TEXT:
    case DAILIES_FIELD_ROLE_CHOICE:
    case DAILIES_FIELD_ROLE_NUMBER:
    case DAILIES_FIELD_ROLE_SWITCH:
    default:
      return DAILIES_MEDIA_UNKNOWN;
    }
}
