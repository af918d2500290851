/* dailies-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sheet.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "dailies-error.h"
#include "dailies-export-file.h"
#include "dailies-pool.h"
#include "dailies-sheet-page.h"
#include "dailies-still-reader.h"

#define DEFAULT_COLUMNS 6
/* A4, points */
#define PAPER_SHORT 595.28
#define PAPER_LONG 841.89
/* What printers resolve of a photograph */
#define PAPER_PIXELS_PER_POINT (200 / 72.0)
#define PNG_WIDTH 2400
/* 150 MB of memory; more cuts than that belong on pages. */
#define PNG_MAX_HEIGHT 16000
/* No row is higher than this part of a page, whatever the shape of its frames. */
#define MAX_ROW 0.42

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FRAME_FORMAT "BGRx"
#else
#define FRAME_FORMAT "xRGB"
#endif

typedef struct
{
  GFile *clip;
  char  *name;
  char  *prompt;
  char  *settings;
} Cut;

struct _DailiesSheet
{
  GObject parent_instance;

  char      *title;
  char      *date;
  GPtrArray *cuts;
  guint      columns;
  gint64     in, out;
  GFile     *file;
};

G_DEFINE_FINAL_TYPE (DailiesSheet, dailies_sheet, G_TYPE_OBJECT)

static void
cut_free (gpointer data)
{
  Cut *cut = data;

  g_object_unref (cut->clip);
  g_free (cut->name);
  g_free (cut->prompt);
  g_free (cut->settings);
  g_free (cut);
}

/* --- a row ------------------------------------------------------------------------------------ */

/* The frames of one cut, decoded at the size in which they are drawn. */
typedef struct
{
  cairo_surface_t *frames[DAILIES_SHEET_MAX_COLUMNS];
  char            *times[DAILIES_SHEET_MAX_COLUMNS];
  double           width, height; /* of a frame on the page */
} Row;

static void
row_clear (Row *row)
{
  for (guint i = 0; i < DAILIES_SHEET_MAX_COLUMNS; i++)
    {
      g_clear_pointer (&row->frames[i], cairo_surface_destroy);
      g_clear_pointer (&row->times[i], g_free);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static char *
describe_time (const DailiesReelGrid *grid, gint64 number)
{
  gint64 seconds = (dailies_reel_grid_start (grid, number) - grid->origin) / (gint64) GST_SECOND;
  gint64 first =
    seconds > 0 ? dailies_reel_grid_number (grid, grid->origin + seconds * GST_SECOND) : 0;

  /* A second may begin within a frame. */
  if (dailies_reel_grid_start (grid, first) - grid->origin < seconds * (gint64) GST_SECOND)
    first++;

  /* Translators: where a frame is in its clip: minutes, seconds, frame in the second; its number */
  return g_strdup_printf (_ ("%d:%02d:%02d · frame %d"),
                          (int) (seconds / 60),
                          (int) (seconds % 60),
                          (int) MAX (0, number - first),
                          (int) number);
}

static cairo_surface_t *
surface_from_sample (GstSample *sample)
{
  GstVideoInfo     info;
  GstVideoFrame    frame;
  cairo_surface_t *surface;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info));
  for (int y = 0; y < GST_VIDEO_INFO_HEIGHT (&info); y++)
    memcpy (cairo_image_surface_get_data (surface) +
              (gsize) y * cairo_image_surface_get_stride (surface),
            (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
              (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
            (gsize) GST_VIDEO_INFO_WIDTH (&info) * 4);
  cairo_surface_mark_dirty (surface);
  gst_video_frame_unmap (&frame);

  return surface;
}

/* A PDF keeps pictures as they are given: as JPEG they take a tenth. */
static void
attach_jpeg (cairo_surface_t *surface)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB,
                                                 FALSE,
                                                 8,
                                                 cairo_image_surface_get_width (surface),
                                                 cairo_image_surface_get_height (surface));
  char *bytes;
  gsize length;

  if (pixbuf == NULL)
    return;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      const guint32 *from = (gconstpointer) (cairo_image_surface_get_data (surface) +
                                             (gsize) y * cairo_image_surface_get_stride (surface));
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++, to += 3)
        {
          to[0] = from[x] >> 16;
          to[1] = from[x] >> 8;
          to[2] = from[x];
        }
    }
  if (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", NULL, "quality", "90", NULL))
    cairo_surface_set_mime_data (
      surface, CAIRO_MIME_TYPE_JPEG, (guint8 *) bytes, length, g_free, bytes);
}

/* The first frame, the last, and as many between them as there is room for; @last: of the clip */
static gint64
choose_frame (DailiesSheet *self, const DailiesReelGrid *grid, gint64 last, guint column)
{
  gint64 first;

  if (self->out >= 0)
    last = MIN (last, dailies_reel_grid_number (grid, grid->origin + self->out));
  first = MIN (last, dailies_reel_grid_number (grid, grid->origin + MAX (0, self->in)));
  if (self->columns == 1)
    return (first + last) / 2;

  return first + ((last - first) * column + (self->columns - 1) / 2) / (self->columns - 1);
}

static gboolean
read_row (DailiesSheet           *self,
          const Cut              *cut,
          const DailiesSheetPage *page,
          double                  pixels,
          Row                    *row,
          GCancellable           *cancellable,
          GError                **error)
{
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (cut->clip, FRAME_FORMAT, cancellable, error);
  double limit = MAX_ROW * (page->height > 0 ? page->height : page->width);
  int    width, height;
  gint64 last;

  if (reader == NULL)
    return FALSE;

  dailies_still_reader_get_size (reader, &width, &height);
  row->width = dailies_sheet_page_get_cell_width (page, self->columns);
  row->height = row->width * height / width;
  if (row->height > limit)
    {
      row->height = limit;
      row->width = limit * width / height;
    }
  dailies_still_reader_set_size (reader,
                                 MAX (1, MIN (width, (int) (row->width * pixels + 0.5))),
                                 MAX (1, MIN (height, (int) (row->height * pixels + 0.5))));

  last = dailies_still_reader_find_last (reader, cancellable, error);
  if (last < 0)
    return FALSE;
  for (guint i = 0; i < self->columns; i++)
    {
      const DailiesReelGrid *grid = dailies_still_reader_get_grid (reader);
      gint64                 number = choose_frame (self, grid, last, i);
      GstSample             *sample = dailies_still_reader_read (
        reader, dailies_reel_grid_start (grid, number), cancellable, error);

      if (sample == NULL)
        return FALSE;
      row->frames[i] = surface_from_sample (sample);
      row->times[i] = describe_time (grid, number);
    }

  return TRUE;
}

/* Returns: where to go on below it */
static double
draw_row (DailiesSheet           *self,
          const Cut              *cut,
          const DailiesSheetPage *page,
          const Row              *row,
          double                  y)
{
  const double      cell = dailies_sheet_page_get_cell_width (page, self->columns);
  DailiesSheetWords words = { cut->name, cut->prompt, cut->settings };
  double            bottom = 0;

  y = dailies_sheet_page_draw_words (page, y, &words);
  for (guint i = 0; i < self->columns; i++)
    {
      double x = page->margin + i * (cell + page->gap);

      if (row->frames[i] != NULL)
        dailies_sheet_page_draw_frame (page, x, y, row->width, row->height, row->frames[i]);
      bottom = dailies_sheet_page_draw_time (page, x, y + row->height, cell, row->times[i]);
    }

  return bottom + page->gap * 2;
}

/* --- a sheet ---------------------------------------------------------------------------------- */

typedef struct
{
  DailiesSheet    *sheet;
  DailiesSheetPage page;
  double           pixels; /* of a frame for each unit of the page */
  double           y;
  GCancellable    *cancellable;
} Drawing;

static double
draw_head (Drawing *drawing)
{
  const DailiesSheetPage *page = &drawing->page;

  dailies_sheet_page_draw_ground (page, page->height > 0 ? page->height : PNG_MAX_HEIGHT);

  return dailies_sheet_page_draw_title (
    page, page->margin, drawing->sheet->title, drawing->sheet->date);
}

/* What a row takes, found by drawing it where nothing is kept. */
static double
measure_row (Drawing *drawing, const Cut *cut, const Row *row)
{
  DailiesSheetPage trial = drawing->page;
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  double           bottom;

  trial.cr = cairo_create (nowhere);
  bottom = draw_row (drawing->sheet, cut, &trial, row, 0);
  cairo_destroy (trial.cr);
  cairo_surface_destroy (nowhere);

  return bottom - 2 * trial.gap;
}

static gboolean
draw_cuts (Drawing *drawing, GError **error)
{
  DailiesSheet     *self = drawing->sheet;
  DailiesSheetPage *page = &drawing->page;
  double            first = draw_head (drawing);

  drawing->y = first;
  for (guint i = 0; i < self->cuts->len; i++)
    {
      const Cut *cut = g_ptr_array_index (self->cuts, i);
      g_auto (Row) row = { 0 };

      if (page->height <= 0 && drawing->y > PNG_MAX_HEIGHT)
        {
          g_set_error (error,
                       DAILIES_ERROR,
                       DAILIES_ERROR_INVALID,
                       _ ("%u cuts do not fit into one picture. Export a PDF, which has pages."),
                       self->cuts->len);
          return FALSE;
        }
      if (!read_row (self, cut, page, drawing->pixels, &row, drawing->cancellable, error))
        return FALSE;
      if (page->height > 0)
        {
          for (guint k = 0; k < self->columns; k++)
            if (row.frames[k] != NULL)
              attach_jpeg (row.frames[k]);
          if (drawing->y > first &&
              drawing->y + measure_row (drawing, cut, &row) > page->height - page->margin)
            {
              cairo_show_page (page->cr);
              drawing->y = draw_head (drawing);
            }
        }
      drawing->y = draw_row (self, cut, page, &row, drawing->y);
    }

  return TRUE;
}

/* Lying paper where more than three pictures stand side by side, taking a picture that stands
 * upright for half of one. */
static gboolean
is_lying (DailiesSheet *self, GCancellable *cancellable, GError **error)
{
  const Cut *cut = g_ptr_array_index (self->cuts, 0);
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (cut->clip, FRAME_FORMAT, cancellable, error);
  int width, height;

  if (reader == NULL)
    return FALSE;

  dailies_still_reader_get_size (reader, &width, &height);

  return self->columns * (double) width / height > 3 * 16 / 9.0;
}

typedef struct
{
  DailiesExportFile *file;
  GError            *error;
} Output;

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  Output *output = data;

  if (output->error == NULL &&
      dailies_export_file_write (output->file, bytes, length, &output->error))
    return CAIRO_STATUS_SUCCESS;

  return CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
check (Output *output, cairo_status_t status, GError **error)
{
  if (output->error != NULL)
    g_propagate_error (error, g_steal_pointer (&output->error));
  else if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error,
                 DAILIES_ERROR,
                 DAILIES_ERROR_MEDIA,
                 _ ("The contact sheet cannot be drawn: %s."),
                 cairo_status_to_string (status));
  else
    return TRUE;

  return FALSE;
}

static gboolean
write_pdf (Drawing *drawing, DailiesExportFile *file, GError **error)
{
  DailiesSheetPage *page = &drawing->page;
  g_autoptr (GError) cause = NULL;
  gboolean         lying = is_lying (drawing->sheet, drawing->cancellable, &cause);
  Output           output = { file, NULL };
  cairo_surface_t *surface;
  cairo_status_t   status;
  gboolean         drawn;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  page->width = lying ? PAPER_LONG : PAPER_SHORT;
  page->height = lying ? PAPER_SHORT : PAPER_LONG;
  page->unit = 1;
  page->margin = 34;
  page->gap = 7;
  drawing->pixels = PAPER_PIXELS_PER_POINT;

  surface = cairo_pdf_surface_create_for_stream (write_cb, &output, page->width, page->height);
  /* Every printer's. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, drawing->sheet->title);
  page->cr = cairo_create (surface);
  drawn = draw_cuts (drawing, error);
  cairo_destroy (page->cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!drawn)
    {
      g_clear_error (&output.error);
      return FALSE;
    }

  return check (&output, status, error);
}

/* How high the picture becomes is known at its end, so that it is drawn twice. */
static gboolean
write_png (Drawing *drawing, DailiesExportFile *file, GError **error)
{
  DailiesSheetPage *page = &drawing->page;
  Output            output = { file, NULL };
  cairo_surface_t  *record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_surface_t  *surface;
  cairo_status_t    status;
  cairo_t          *cr;

  page->width = PNG_WIDTH;
  page->height = 0;
  page->unit = 2.6;
  page->margin = 60;
  page->gap = 18;
  page->dark = TRUE;
  drawing->pixels = 1;
  page->cr = cairo_create (record);
  if (!draw_cuts (drawing, error))
    {
      cairo_destroy (page->cr);
      cairo_surface_destroy (record);
      return FALSE;
    }

  cairo_destroy (page->cr);
  surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, PNG_WIDTH, drawing->y - 2 * page->gap + page->margin);
  cr = cairo_create (surface);
  cairo_set_source_surface (cr, record, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (record);
  status = cairo_surface_write_to_png_stream (surface, write_cb, &output);
  cairo_surface_destroy (surface);

  return check (&output, status, error);
}

static gboolean
is_pdf (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".pdf");
}

static gboolean
spare_clips (DailiesSheet *self, GError **error)
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
write_sheet (gpointer data, GCancellable *cancellable, GError **error)
{
  DailiesSheet *self = data;
  Drawing       drawing = { .sheet = self, .cancellable = cancellable };
  g_autoptr (DailiesExportFile) file = NULL;
  gboolean written;

  if (self->cuts->len == 0)
    {
      g_set_error (error,
                   DAILIES_ERROR,
                   DAILIES_ERROR_INVALID,
                   _ ("There is no cut for a contact sheet. Generate one first."));
      return NULL;
    }
  if (!spare_clips (self, error))
    return NULL;
  file = dailies_export_file_new (self->file, error);
  if (file == NULL)
    return NULL;

  written =
    is_pdf (self->file) ? write_pdf (&drawing, file, error) : write_png (&drawing, file, error);

  return GINT_TO_POINTER (written && dailies_export_file_commit (file, error));
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_sheet_finalize (GObject *object)
{
  DailiesSheet *self = DAILIES_SHEET (object);

  g_free (self->title);
  g_free (self->date);
  g_ptr_array_unref (self->cuts);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (dailies_sheet_parent_class)->finalize (object);
}

static void
dailies_sheet_class_init (DailiesSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_sheet_finalize;
}

static void
dailies_sheet_init (DailiesSheet *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->date = g_date_time_format (now, "%x");
  self->cuts = g_ptr_array_new_with_free_func (cut_free);
  self->columns = DEFAULT_COLUMNS;
  self->in = self->out = -1;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesSheet *
dailies_sheet_new (const char *title)
{
  DailiesSheet *self = g_object_new (DAILIES_TYPE_SHEET, NULL);

  self->title = g_strdup (title != NULL ? title : "");

  return self;
}

void
dailies_sheet_add_cut (DailiesSheet *self,
                       GFile        *clip,
                       const char   *name,
                       const char   *prompt,
                       const char   *settings)
{
  Cut *cut;

  g_return_if_fail (DAILIES_IS_SHEET (self) && self->file == NULL);
  g_return_if_fail (G_IS_FILE (clip) && name != NULL);

  cut = g_new0 (Cut, 1);
  cut->clip = g_object_ref (clip);
  cut->name = g_strdup (name);
  cut->prompt = g_strdup (prompt);
  /* One paragraph: what is shortened to two lines should fill them. */
  if (cut->prompt != NULL)
    g_strdelimit (cut->prompt, "\n\r\t", ' ');
  cut->settings = g_strdup (settings);
  g_ptr_array_add (self->cuts, cut);
}

void
dailies_sheet_set_columns (DailiesSheet *self, guint columns)
{
  g_return_if_fail (DAILIES_IS_SHEET (self) && self->file == NULL);

  self->columns = CLAMP (columns, DAILIES_SHEET_MIN_COLUMNS, DAILIES_SHEET_MAX_COLUMNS);
}

void
dailies_sheet_set_range (DailiesSheet *self, gint64 in, gint64 out)
{
  g_return_if_fail (DAILIES_IS_SHEET (self) && self->file == NULL);

  self->in = in;
  self->out = out;
}

void
dailies_sheet_write_async (DailiesSheet       *self,
                           GFile              *file,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_return_if_fail (DAILIES_IS_SHEET (self) && self->file == NULL);
  g_return_if_fail (G_IS_FILE (file));

  self->file = g_object_ref (file);
  dailies_pool_run_async (
    write_sheet, g_object_ref (self), g_object_unref, NULL, cancellable, callback, user_data);
}

gboolean
dailies_sheet_write_finish (GAsyncResult *result, GError **error)
{
  return dailies_pool_run_finish (result, error) != NULL;
}
