/* dailies-generate-bar.c: the fixed foot of the form: what is wrong, where files go, Generate and its price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-generate-bar.h"

#include <glib/gi18n.h>

#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-problem-row.h"
#include "dailies-sentence.h"
#include "dailies-tip.h"

/* Logical pixels: of the list of problems before it scrolls, and what a low window leaves of it. */
#define MAX_PROBLEMS_HEIGHT 260
#define MIN_PROBLEMS_HEIGHT 60
/* How far the foot may be behind the form. */
#define BEHIND_MS 120

struct _DailiesGenerateBar
{
  GtkWidget        parent_instance;

  GtkRevealer     *complaint_revealer;
  GtkLabel        *complaint;
  GtkButton       *complaint_close;
  GtkWidget       *problems_place;
  GtkListBox      *problems;
  DailiesSentence *placement;
  GtkWidget       *generate;
  GtkSpinner      *spinner;
  GtkLabel        *verb;
  GtkLabel        *price;
  GtkLabel        *quiet;

  DailiesRequest  *request;
  GListStore      *unplaced;      /* of DailiesProblem: files that cannot go anywhere */
  GListModel      *shown;         /* the problems that are to be rows */
  GListStore      *rows;          /* and those that are */
  GPtrArray       *mending;       /* of DailiesAsset: what would mend their problems is being made */
  char            *line;          /* what is to be the quiet line (nullable) */
  char            *where;         /* and what is to be said of where files go (nullable) */
  char            *source;        /* where the price comes from (nullable) */
  guint            behind_source; /* what is to be shown is not yet */
  gboolean         fresh;         /* nothing has been said of this request yet */
};

G_DEFINE_FINAL_TYPE (DailiesGenerateBar, dailies_generate_bar, GTK_TYPE_WIDGET)

enum
{
  MEND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A scrolled window asks for the height that its child has at its natural width, however narrow it becomes. The list is
 * asked for its height at the width it gets; what is higher than the limit scrolls. */
static void
measure_problems (GtkWidget      *place,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (place));
  GtkWidget *list = gtk_viewport_get_child (
      GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (scroller, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }
  gtk_widget_measure (list, orientation, for_size, NULL, natural, NULL, NULL);
  *natural = MIN (*natural, MAX_PROBLEMS_HEIGHT);
  *minimum = MIN (*natural, MIN_PROBLEMS_HEIGHT);
}

static void
allocate_problems (GtkWidget *place,
                   int        width,
                   int        height,
                   int        baseline)
{
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (place));
  int minimum;

  /* A scrolled window has to be as high as its scrollbar, however short the list. What that is more than the place is
   * empty, and cut off. */
  gtk_widget_measure (scroller, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (scroller, width, MAX (height, minimum), baseline, NULL);
}

static GtkSizeRequestMode
get_problems_mode (GtkWidget *place)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
is_row (gpointer item,
        gpointer user_data)
{
  DailiesSeverity severity = dailies_problem_get_severity (item);

  /* What is not there yet is said in one quiet line: rows that come and go with each file would move the form. */
  return severity != DAILIES_PROBLEM_EMPTY && severity != DAILIES_PROBLEM_WAIT;
}

static gboolean
is_still (DailiesGenerateBar *self,
          DailiesProblem     *problem)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->shown); i++)
    {
      g_autoptr (DailiesProblem) shown = g_list_model_get_item (self->shown, i);

      if (shown == problem)
        return TRUE;
    }
  return FALSE;
}

static void
fix_cb (DailiesProblemRow  *row,
        DailiesGenerateBar *self)
{
  g_autoptr (DailiesProblem) problem = g_object_ref (dailies_problem_row_get_problem (row));

  /* What has been put right a moment ago may still be a row. */
  if (self->request == NULL || !is_still (self, problem))
    return;
  if (dailies_problem_get_fix (problem) == DAILIES_FIX_PREPARE)
    g_signal_emit (self, signals[MEND], 0, problem);
  else
    dailies_request_apply_fix (self->request, problem);
}

static gboolean
is_mending (DailiesGenerateBar *self,
            DailiesProblem     *problem)
{
  return dailies_problem_get_fix (problem) == DAILIES_FIX_PREPARE
         && g_ptr_array_find (self->mending, dailies_problem_get_asset (problem), NULL);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  DailiesGenerateBar *self = user_data;
  GtkWidget *problem = dailies_problem_row_new (item);
  GtkWidget *row = gtk_list_box_row_new ();

  dailies_problem_row_set_busy (DAILIES_PROBLEM_ROW (problem), is_mending (self, item));
  g_signal_connect_object (problem, "fix", G_CALLBACK (fix_cb), self, 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), problem);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* --- a moment later --------------------------------------------------------------------------- */

/* What stays is not touched: whoever reads it is not interrupted. */
static void
match_rows (DailiesGenerateBar *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *rows = G_LIST_MODEL (self->rows);
  guint n_rows = g_list_model_get_n_items (rows);
  guint n_wanted = self->shown != NULL ? g_list_model_get_n_items (self->shown) : 0;
  guint begin = 0;
  guint end = 0;

  for (guint i = 0; i < n_wanted; i++)
    g_ptr_array_add (wanted, g_list_model_get_item (self->shown, i));
  for (; begin < MIN (n_rows, n_wanted); begin++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (rows, begin);

      if (row != g_ptr_array_index (wanted, begin))
        break;
    }
  for (; end < MIN (n_rows, n_wanted) - begin; end++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (rows, n_rows - end - 1);

      if (row != g_ptr_array_index (wanted, n_wanted - end - 1))
        break;
    }
  if (n_rows != n_wanted || begin + end < n_rows)
    g_list_store_splice (self->rows, begin, n_rows - begin - end, wanted->pdata + begin, n_wanted - begin - end);
}

static void
show_line (GtkWidget  *line,
           const char *property,
           const char *text)
{
  g_object_set (line, property, text != NULL ? text : "", NULL);
  gtk_widget_set_visible (line, text != NULL);
}

static void
catch_up (DailiesGenerateBar *self)
{
  g_clear_handle_id (&self->behind_source, g_source_remove);
  match_rows (self);
  gtk_widget_set_visible (self->problems_place, g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0);
  show_line (GTK_WIDGET (self->quiet), "label", self->line);
  show_line (GTK_WIDGET (self->placement), "text", self->where);
}

static gboolean
behind_cb (gpointer user_data)
{
  DailiesGenerateBar *self = user_data;

  self->behind_source = 0;
  catch_up (self);
  return G_SOURCE_REMOVE;
}

/* The foot becomes higher or lower, for which all of the form is painted anew: not in the frame that shows what was dropped, nor
 * for each of the things that are found out about it one after the other. */
static void
queue_catch_up (DailiesGenerateBar *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    catch_up (self);
  else if (self->behind_source == 0)
    self->behind_source = g_timeout_add (BEHIND_MS, behind_cb, self);
}

/* --- building --------------------------------------------------------------------------------- */

static void
close_complaint_cb (DailiesGenerateBar *self)
{
  gtk_revealer_set_reveal_child (self->complaint_revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->complaint_revealer), FALSE);
}

/* (transfer full) (nullable): the titles of the fields with a problem of @severity: "Start frame, End frame and Prompt" */
static char *
make_titles (DailiesRequest *request,
             DailiesSeverity severity)
{
  GListModel *problems = dailies_request_get_problems (request);
  DailiesDefinition *definition = dailies_request_get_definition (request);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autofree char *most = NULL;
  const char *last;

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);
      DailiesField *field;

      if (dailies_problem_get_severity (problem) != severity)
        continue;
      field = dailies_definition_get_field (definition, dailies_problem_get_field (problem));
      if (field != NULL
          && !g_ptr_array_find (titles, (gpointer) dailies_field_get_title (field), NULL))
        g_ptr_array_add (titles, (gpointer) dailies_field_get_title (field));
    }
  if (titles->len == 0)
    return NULL;
  if (titles->len == 1)
    return g_strdup (titles->pdata[0]);
  last = titles->pdata[titles->len - 1];
  titles->pdata[titles->len - 1] = NULL;
  most = g_strjoinv (_(", "), (char **) titles->pdata);
  /* Translators: "Start frame, End frame" and "Prompt". */
  return g_strdup_printf (_("%s and %s"), most, last);
}

/* (transfer full) (nullable): "Still being read: Start frame · Still to fill in: Prompt" */
static char *
make_missing_line (DailiesRequest *request)
{
  g_autofree char *read = make_titles (request, DAILIES_PROBLEM_WAIT);
  g_autofree char *empty = make_titles (request, DAILIES_PROBLEM_EMPTY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (read != NULL)
    {
      /* Translators: "Start frame and End frame": files that are read before they can be sent */
      g_autofree char *text = g_strdup_printf (_("Still being read: %s"), read);

      g_strv_builder_add (builder, text);
    }
  if (empty != NULL)
    {
      /* Translators: "Start frame, End frame and Prompt" */
      g_autofree char *text = g_strdup_printf (_("Still to fill in: %s"), empty);

      g_strv_builder_add (builder, text);
    }
  parts = g_strv_builder_end (builder);
  return parts[0] != NULL ? g_strjoinv (" · ", parts) : NULL;
}

static guint
count_blocking (GListModel *problems)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);
      DailiesSeverity severity = dailies_problem_get_severity (problem);

      n += severity == DAILIES_PROBLEM_ERROR || severity == DAILIES_PROBLEM_EMPTY;
    }
  return n;
}

/* Whoever points at a button that does not work wants to know why, and not what it would cost. */
static void
update_tip (DailiesGenerateBar *self)
{
  g_autofree char *blocked = NULL;
  guint n = count_blocking (G_LIST_MODEL (self->unplaced));

  if (self->request != NULL)
    n += count_blocking (dailies_request_get_problems (self->request));
  if (n > 0)
    blocked = g_strdup_printf (ngettext ("%u problem to mend first", "%u problems to mend first", n), n);
  if (blocked != NULL)
    dailies_tip_set (self->generate, blocked);
  else
    dailies_tip_set (self->generate, self->line != NULL ? self->line : self->source);
}

static void
dailies_generate_bar_dispose (GObject *object)
{
  DailiesGenerateBar *self = DAILIES_GENERATE_BAR (object);
  GtkWidget *child;

  if (self->problems != NULL)
    gtk_list_box_bind_model (self->problems, NULL, NULL, NULL, NULL);
  self->problems = NULL;
  g_clear_handle_id (&self->behind_source, g_source_remove);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->shown);
  g_clear_object (&self->unplaced);
  g_clear_object (&self->rows);
  g_clear_object (&self->request);
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->source, g_free);
  G_OBJECT_CLASS (dailies_generate_bar_parent_class)->dispose (object);
}

/* The rows may be made anew as long as the list is there. */
static void
dailies_generate_bar_finalize (GObject *object)
{
  g_ptr_array_unref (DAILIES_GENERATE_BAR (object)->mending);
  G_OBJECT_CLASS (dailies_generate_bar_parent_class)->finalize (object);
}

static void
dailies_generate_bar_class_init (DailiesGenerateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_generate_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = dailies_generate_bar_finalize;
  signals[MEND] = g_signal_new ("mend", DAILIES_TYPE_GENERATE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                DAILIES_TYPE_PROBLEM);
  g_type_ensure (DAILIES_TYPE_SENTENCE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-generate-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, complaint_revealer);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, complaint);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, complaint_close);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, problems_place);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, problems);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, placement);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, generate);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, verb);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, price);
  gtk_widget_class_bind_template_child (widget_class, DailiesGenerateBar, quiet);
  gtk_widget_class_set_css_name (widget_class, "generatebar");
}

static void
dailies_generate_bar_init (DailiesGenerateBar *self)
{
  self->unplaced = g_list_store_new (DAILIES_TYPE_PROBLEM);
  self->rows = g_list_store_new (DAILIES_TYPE_PROBLEM);
  self->mending = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->problems, G_LIST_MODEL (self->rows), create_row, self, NULL);
  gtk_widget_set_layout_manager (self->problems_place,
                                 gtk_custom_layout_new (get_problems_mode, measure_problems, allocate_problems));
  gtk_widget_set_overflow (self->problems_place, GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (self->complaint_close, "clicked", G_CALLBACK (close_complaint_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
dailies_generate_bar_new (void)
{
  return g_object_new (DAILIES_TYPE_GENERATE_BAR, NULL);
}

void
dailies_generate_bar_set_request (DailiesGenerateBar *self,
                                  DailiesRequest     *request)
{
  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  g_set_object (&self->request, request);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  g_list_store_remove_all (self->unplaced);
  if (request != NULL)
    {
      GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_row, NULL, NULL));
      GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
      GListModel *problems;

      g_list_store_append (both, self->unplaced);
      g_list_store_append (both, dailies_request_get_problems (request));
      problems = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (both)));
      self->shown = G_LIST_MODEL (gtk_filter_list_model_new (problems, filter));
      g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (queue_catch_up), self, G_CONNECT_SWAPPED);
    }
  close_complaint_cb (self);
  /* What was said of another one is not shown with this one, and this one's is at once. */
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->where, g_free);
  self->fresh = TRUE;
  catch_up (self);
}

void
dailies_generate_bar_refresh (DailiesGenerateBar *self,
                              const char         *refusing_title)
{
  g_autofree char *line = NULL;

  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  if (self->request != NULL && dailies_request_get_definition (self->request) != NULL)
    {
      const char *title = dailies_definition_get_title (
          dailies_request_get_definition (self->request));

      if (refusing_title != NULL)
        line = g_strdup_printf (_("%s does not have “%s”. Choose one of its models at the top, or "
                                  "another service in Preferences."),
                                refusing_title, title);
      else
        line = make_missing_line (self->request);
    }
  if (g_strcmp0 (self->line, line) != 0)
    {
      g_free (self->line);
      self->line = g_steal_pointer (&line);
      queue_catch_up (self);
    }
  if (self->fresh)
    catch_up (self);
  self->fresh = FALSE;
  update_tip (self);
}

void
dailies_generate_bar_set_price (DailiesGenerateBar *self,
                                guint               count,
                                const char         *price,
                                const char         *source)
{
  g_autofree char *verb = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  verb = count == 1 ? g_strdup (_("Generate"))
                    : g_strdup_printf (ngettext ("Generate %u Cut", "Generate %u Cuts", count), count);
  spoken = g_strdup_printf ("%s, %s", verb, price);
  gtk_label_set_label (self->verb, verb);
  gtk_label_set_label (self->price, price);
  g_free (self->source);
  self->source = g_strdup (source);
  update_tip (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->generate), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/* The same problem stays the same row: whoever reads it is not interrupted. */
static gboolean
is_shown_unplaced (DailiesGenerateBar *self,
                   GPtrArray          *problems)
{
  GListModel *shown = G_LIST_MODEL (self->unplaced);

  if (g_list_model_get_n_items (shown) != problems->len)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (shown, i);

      if (!g_str_equal (dailies_problem_get_message (problem),
                        dailies_problem_get_message (g_ptr_array_index (problems, i))))
        return FALSE;
    }
  return TRUE;
}

void
dailies_generate_bar_set_mending (DailiesGenerateBar *self,
                                  DailiesAsset       *asset,
                                  gboolean            mending)
{
  GtkListBoxRow *row;

  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  if (mending)
    g_ptr_array_add (self->mending, g_object_ref (asset));
  else
    g_ptr_array_remove (self->mending, asset);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->problems, i)) != NULL; i++)
    {
      DailiesProblemRow *problem_row = DAILIES_PROBLEM_ROW (gtk_list_box_row_get_child (row));

      dailies_problem_row_set_busy (problem_row, is_mending (self, dailies_problem_row_get_problem (problem_row)));
    }
}

void
dailies_generate_bar_set_placement (DailiesGenerateBar *self,
                                    const char         *summary,
                                    GPtrArray          *problems)
{
  gboolean has_problems = problems != NULL && problems->len > 0;
  /* What is a row needs no line of its own. */
  const char *text = !has_problems && summary != NULL && *summary != '\0' ? summary : NULL;

  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  if (g_strcmp0 (self->where, text) != 0)
    {
      g_free (self->where);
      self->where = g_strdup (text);
      queue_catch_up (self);
    }
  if (!has_problems)
    g_list_store_remove_all (self->unplaced);
  else if (!is_shown_unplaced (self, problems))
    g_list_store_splice (self->unplaced, 0, g_list_model_get_n_items (G_LIST_MODEL (self->unplaced)),
                         problems->pdata, problems->len);
  update_tip (self);
}

void
dailies_generate_bar_set_busy (DailiesGenerateBar *self,
                               gboolean            busy)
{
  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

void
dailies_generate_bar_complain (DailiesGenerateBar *self,
                               const char         *sentence)
{
  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  gtk_label_set_label (self->complaint, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->complaint_revealer), TRUE);
  gtk_revealer_set_reveal_child (self->complaint_revealer, TRUE);
}

gboolean
dailies_generate_bar_is_complaining (DailiesGenerateBar *self)
{
  g_return_val_if_fail (DAILIES_IS_GENERATE_BAR (self), FALSE);

  return gtk_revealer_get_reveal_child (self->complaint_revealer);
}

void
dailies_generate_bar_forgive (DailiesGenerateBar *self)
{
  g_return_if_fail (DAILIES_IS_GENERATE_BAR (self));

  close_complaint_cb (self);
}
