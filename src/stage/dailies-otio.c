/* dailies-otio.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-otio.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "dailies-error.h"
#include "dailies-export-file.h"
#include "dailies-pool.h"
#include "dailies-still-reader.h"

/* The name that files of the format give their first reference. */
#define MEDIA_KEY "DEFAULT_MEDIA"
/* Where our own words are kept in the format's metadata. */
#define OURS "dailies"

typedef struct
{
  GFile   *clip;
  char    *name;
  char    *prompt;
  gboolean picked;
  int      slip;

  /* read from the clip */
  DailiesReelGrid grid;
  gint64          n_frames;
  int             width, height;
} Cut;

typedef struct
{
  guint  cut;
  gint64 time;
  gint64 duration;
  char  *text;
} Note;

struct _DailiesOtio
{
  GObject parent_instance;

  char      *title;
  GPtrArray *cuts;
  GPtrArray *notes;
  gint64     in, out;
  GFile     *file;
};

G_DEFINE_FINAL_TYPE (DailiesOtio, dailies_otio, G_TYPE_OBJECT)

static void
cut_free (gpointer data)
{
  Cut *cut = data;

  g_object_unref (cut->clip);
  g_free (cut->name);
  g_free (cut->prompt);
  g_free (cut);
}

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->text);
  g_free (note);
}

/* --- the clips -------------------------------------------------------------------------------- */

static gboolean
read_cut (Cut *cut, GCancellable *cancellable, GError **error)
{
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (cut->clip, "I420", cancellable, error);
  gint64 last;

  if (reader == NULL)
    return FALSE;
  last = dailies_still_reader_find_last (reader, cancellable, error);
  if (last < 0)
    return FALSE;

  cut->grid = *dailies_still_reader_get_grid (reader);
  cut->grid.origin = 0;
  cut->n_frames = last + 1;
  dailies_still_reader_get_size (reader, &cut->width, &cut->height);

  return TRUE;
}

static double
get_rate (const Cut *cut)
{
  if (!dailies_reel_grid_is_even (&cut->grid))
    return (double) GST_SECOND / dailies_reel_grid_length (&cut->grid);

  return (double) cut->grid.fps_n / cut->grid.fps_d;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_null (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

static void
add_empty_list (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static void
begin (JsonBuilder *builder, const char *schema, const char *name)
{
  json_builder_begin_object (builder);
  add_string (builder, "OTIO_SCHEMA", schema);
  if (name != NULL)
    add_string (builder, "name", name);
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 frames, double rate)
{
  json_builder_set_member_name (builder, name);
  begin (builder, "RationalTime.1", NULL);
  json_builder_set_member_name (builder, "rate");
  json_builder_add_double_value (builder, rate);
  json_builder_set_member_name (builder, "value");
  json_builder_add_double_value (builder, frames);
  json_builder_end_object (builder);
}

static void
add_range (JsonBuilder *builder, const char *name, gint64 start, gint64 duration, double rate)
{
  json_builder_set_member_name (builder, name);
  begin (builder, "TimeRange.1", NULL);
  add_time (builder, "start_time", start, rate);
  add_time (builder, "duration", duration, rate);
  json_builder_end_object (builder);
}

static void
add_no_metadata (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "metadata");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
}

static void
add_marker (JsonBuilder *builder, const Cut *cut, const Note *note)
{
  gint64 start = dailies_reel_grid_number (&cut->grid, note->time);
  gint64 end = dailies_reel_grid_number (&cut->grid, note->time + note->duration);

  begin (builder, "Marker.2", note->text);
  add_no_metadata (builder);
  add_string (builder, "comment", note->text);
  add_string (builder, "color", "YELLOW");
  add_range (builder, "marked_range", start, MAX (1, end - start), get_rate (cut));
  json_builder_end_object (builder);
}

static void
add_markers (DailiesOtio *self, JsonBuilder *builder, guint index)
{
  json_builder_set_member_name (builder, "markers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = g_ptr_array_index (self->notes, i);

      if (note->cut == index)
        add_marker (builder, g_ptr_array_index (self->cuts, index), note);
    }
  json_builder_end_array (builder);
}

static void
add_media (JsonBuilder *builder, const Cut *cut)
{
  g_autofree char *uri = g_file_get_uri (cut->clip);
  g_autofree char *base = g_file_get_basename (cut->clip);
  g_autofree char *name = g_filename_display_name (base);

  json_builder_set_member_name (builder, "media_references");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, MEDIA_KEY);
  begin (builder, "ExternalReference.1", name);
  add_no_metadata (builder);
  add_range (builder, "available_range", 0, cut->n_frames, get_rate (cut));
  add_null (builder, "available_image_bounds");
  add_string (builder, "target_url", uri);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  add_string (builder, "active_media_reference_key", MEDIA_KEY);
}

static void
add_our_words (JsonBuilder *builder, const Cut *cut)
{
  json_builder_set_member_name (builder, "metadata");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, OURS);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "picked");
  json_builder_add_boolean_value (builder, cut->picked);
  json_builder_set_member_name (builder, "slip");
  json_builder_add_int_value (builder, cut->slip);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, cut->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, cut->height);
  if (cut->prompt != NULL)
    add_string (builder, "prompt", cut->prompt);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static char *
make_name (const Cut *cut)
{
  /* Translators: the name of a cut that the artist chose, in an editing program. */
  return cut->picked ? g_strdup_printf (_ ("%s (pick)"), cut->name) : g_strdup (cut->name);
}

static void
add_gap (JsonBuilder *builder, gint64 frames, double rate)
{
  begin (builder, "Gap.1", "");
  add_no_metadata (builder);
  add_range (builder, "source_range", 0, frames, rate);
  add_empty_list (builder, "effects");
  add_empty_list (builder, "markers");
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
}

static void
add_clip (DailiesOtio *self, JsonBuilder *builder, guint index, gint64 start, gint64 n_frames)
{
  const Cut       *cut = g_ptr_array_index (self->cuts, index);
  g_autofree char *name = make_name (cut);

  begin (builder, "Clip.2", name);
  add_our_words (builder, cut);
  add_range (builder, "source_range", start, n_frames, get_rate (cut));
  add_empty_list (builder, "effects");
  add_markers (self, builder, index);
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  add_media (builder, cut);
  json_builder_end_object (builder);
}

/* A cut that is slipped to before its beginning waits behind a gap. */
static void
add_track (DailiesOtio *self, JsonBuilder *builder, guint index)
{
  const Cut       *cut = g_ptr_array_index (self->cuts, index);
  g_autofree char *name = make_name (cut);
  gint64           in = dailies_reel_grid_number (&cut->grid, MAX (self->in, 0)) + cut->slip;
  gint64           out = cut->n_frames;
  gint64           start, end, gap;

  if (self->out >= 0)
    {
      const DailiesReelGrid *lead = &((Cut *) g_ptr_array_index (self->cuts, 0))->grid;
      gint64                 end_time =
        dailies_reel_grid_start (lead, dailies_reel_grid_number (lead, self->out) + 1);

      out = dailies_reel_grid_number (&cut->grid, end_time) + cut->slip;
    }
  start = CLAMP (in, 0, cut->n_frames);
  end = CLAMP (out, start, cut->n_frames);
  gap = MIN (MAX (0, -in), MAX (0, out - in));

  begin (builder, "Track.1", name);
  add_no_metadata (builder);
  add_null (builder, "source_range");
  add_empty_list (builder, "effects");
  add_empty_list (builder, "markers");
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  add_string (builder, "kind", "Video");
  json_builder_set_member_name (builder, "children");
  json_builder_begin_array (builder);
  if (gap > 0)
    add_gap (builder, gap, get_rate (cut));
  if (end > start)
    add_clip (self, builder, index, start, end - start);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
make_timeline (DailiesOtio *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  begin (builder, "Timeline.1", self->title);
  add_no_metadata (builder);
  add_null (builder, "global_start_time");
  json_builder_set_member_name (builder, "tracks");
  begin (builder, "Stack.1", "tracks");
  add_no_metadata (builder);
  add_null (builder, "source_range");
  add_empty_list (builder, "effects");
  add_empty_list (builder, "markers");
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "children");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->cuts->len; i++)
    add_track (self, builder, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* --- on the pool ------------------------------------------------------------------------------ */

static gboolean
spare_clips (DailiesOtio *self, GError **error)
{
  for (guint i = 0; i < self->cuts->len; i++)
    {
      Cut *cut = g_ptr_array_index (self->cuts, i);

      if (!dailies_export_file_spares (self->file, cut->clip, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
write_timeline (gpointer data, GCancellable *cancellable, GError **error)
{
  DailiesOtio *self = data;
  g_autoptr (DailiesExportFile) file = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (!spare_clips (self, error))
    return NULL;
  file = dailies_export_file_new (self->file, error);
  if (file == NULL)
    return NULL;
  for (guint i = 0; i < self->cuts->len; i++)
    {
      if (!read_cut (g_ptr_array_index (self->cuts, i), cancellable, error))
        return NULL;
    }

  root = make_timeline (self);
  text = json_to_string (root, TRUE);

  return GINT_TO_POINTER (dailies_export_file_write (file, text, strlen (text), error) &&
                          dailies_export_file_write (file, "\n", 1, error) &&
                          dailies_export_file_commit (file, error));
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_otio_finalize (GObject *object)
{
  DailiesOtio *self = DAILIES_OTIO (object);

  g_free (self->title);
  g_ptr_array_unref (self->cuts);
  g_ptr_array_unref (self->notes);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (dailies_otio_parent_class)->finalize (object);
}

static void
dailies_otio_class_init (DailiesOtioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_otio_finalize;
}

static void
dailies_otio_init (DailiesOtio *self)
{
  self->cuts = g_ptr_array_new_with_free_func (cut_free);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->in = self->out = -1;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesOtio *
dailies_otio_new (const char *title)
{
  DailiesOtio *self = g_object_new (DAILIES_TYPE_OTIO, NULL);

  self->title = g_strdup (title != NULL ? title : "");

  return self;
}

void
dailies_otio_add_cut (DailiesOtio *self,
                      GFile       *clip,
                      const char  *name,
                      const char  *prompt,
                      gboolean     picked,
                      int          slip)
{
  Cut *cut;

  g_return_if_fail (DAILIES_IS_OTIO (self) && self->file == NULL);
  g_return_if_fail (G_IS_FILE (clip) && name != NULL);

  cut = g_new0 (Cut, 1);
  cut->clip = g_object_ref (clip);
  cut->name = g_strdup (name);
  cut->prompt = g_strdup (prompt);
  cut->picked = picked;
  cut->slip = slip;
  g_ptr_array_add (self->cuts, cut);
}

void
dailies_otio_add_note (DailiesOtio *self,
                       guint        index,
                       gint64       time,
                       gint64       duration,
                       const char  *text)
{
  Note *note;

  g_return_if_fail (DAILIES_IS_OTIO (self) && self->file == NULL);
  g_return_if_fail (index < self->cuts->len && text != NULL);

  note = g_new0 (Note, 1);
  note->cut = index;
  note->time = time;
  note->duration = duration;
  note->text = g_strdup (text);
  g_ptr_array_add (self->notes, note);
}

void
dailies_otio_set_range (DailiesOtio *self, gint64 in, gint64 out)
{
  g_return_if_fail (DAILIES_IS_OTIO (self) && self->file == NULL);

  self->in = in;
  self->out = out;
}

void
dailies_otio_write_async (DailiesOtio        *self,
                          GFile              *file,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (DAILIES_IS_OTIO (self) && self->file == NULL);
  g_return_if_fail (G_IS_FILE (file));

  self->file = g_object_ref (file);
  dailies_pool_run_async (
    write_timeline, g_object_ref (self), g_object_unref, NULL, cancellable, callback, user_data);
}

gboolean
dailies_otio_write_finish (GAsyncResult *result, GError **error)
{
  return dailies_pool_run_finish (result, error) != NULL;
}
