/* dailies-decoders.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-decoders.h"

#include <gst/gst.h>

#include "dailies-libraries.h"

static GMutex   loading;
static gboolean loaded = FALSE;

/* What is in the clips that artists and services make; anything else loads its own when it comes. */
static const char *const media[] = {
  "video/quicktime",
  "video/x-matroska",
  "video/webm",
  "video/x-h264",
  "video/x-h265",
  "video/x-vp9",
  "video/x-av1",
  "audio/mpeg, mpegversion=(int)4",
  "audio/mpeg, mpegversion=(int)1",
  "audio/x-opus",
};

/* What probing, posters and the stage are built of. */
static const char *const elements[] = {
  "uridecodebin", "filesrc", "queue", "appsink", "videoconvert", "videoconvertscale", "videoflip",
  "autoaudiosink", "audioconvert", "audioresample", "volume", "scaletempo",
};

static void
load_plugin_of (GstPluginFeature *feature)
{
  const char *name = gst_plugin_feature_get_plugin_name (feature);
  g_autoptr (GstPlugin) plugin = name != NULL ? gst_registry_find_plugin (gst_registry_get (), name) : NULL;
  g_autoptr (GstPlugin) ready = NULL;

  if (plugin == NULL || gst_plugin_is_loaded (plugin))
    return;
  if (gst_plugin_get_filename (plugin) != NULL)
    dailies_libraries_open_needed (gst_plugin_get_filename (plugin));
  ready = gst_plugin_load (plugin);
}

static void
load_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  if (factory != NULL)
    load_plugin_of (GST_PLUGIN_FEATURE (factory));
}

/* The first of the list that takes @caps is the one that decodebin takes. */
static void
load_first (GList   *factories,
            GstCaps *caps)
{
  GList *fitting = gst_element_factory_list_filter (factories, caps, GST_PAD_SINK, FALSE);

  if (fitting != NULL)
    load_plugin_of (fitting->data);
  gst_plugin_feature_list_free (fitting);
}

static void
load_readers (void)
{
  const GstElementFactoryListType types[] = {
    GST_ELEMENT_FACTORY_TYPE_DEMUXER, GST_ELEMENT_FACTORY_TYPE_PARSER, GST_ELEMENT_FACTORY_TYPE_DECODER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GList *factories = gst_element_factory_list_get_elements (types[i], GST_RANK_MARGINAL);

      factories = g_list_sort (factories, gst_plugin_feature_rank_compare_func);
      for (guint j = 0; j < G_N_ELEMENTS (media); j++)
        {
          g_autoptr (GstCaps) caps = gst_caps_from_string (media[j]);

          load_first (factories, caps);
        }
      gst_plugin_feature_list_free (factories);
    }
}

static void
load_all (GList *features)
{
  for (GList *l = features; l != NULL; l = l->next)
    load_plugin_of (l->data);
  gst_plugin_feature_list_free (features);
}

void
dailies_decoders_load (void)
{
  g_mutex_lock (&loading);
  if (!loaded)
    {
      for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
        load_element (elements[i]);
      load_all (gst_type_find_factory_get_list ());
      load_readers ();
      load_all (gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_SINK |
                                                       GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO,
                                                       GST_RANK_PRIMARY));
      loaded = TRUE;
    }
  g_mutex_unlock (&loading);
}
