/* test-prompt-view.c: the prompt and its mentions, with real keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-prompt-view.h"

#include "dailies-asset.h"
#include "dailies-definition.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)

static const char schema[] =
  "{ \"id\": \"runcomfy:test/images\", \"service\": \"runcomfy\", \"endpoint\": \"test/images\","
  "  \"title\": \"Images\", \"input\": { \"type\": \"object\", \"properties\": {"
  "  \"prompt\": { \"type\": \"string\" },"
  "  \"image_urls\": { \"type\": \"array\", \"format\": \"image_uris\", \"items\": { \"type\": \"string\" } }"
  "  } }, \"mentions\": { \"image_urls\": \"@Image%u\" } }";

typedef struct
{
  DailiesRequest    *request;
  GtkWidget         *window;
  DailiesPromptView *view;
  GtkTextBuffer     *buffer;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (schema, &error);
  g_autoptr (DailiesDefinition) definition = NULL;

  g_assert_no_error (error);
  definition = dailies_definition_new_from_json (node, &error);
  g_assert_no_error (error);
  fixture->request = dailies_request_new (definition);
  for (guint i = 0; i < 3; i++)
    {
      /* The first one has the number of the second in its name. */
      g_autofree char *value = g_strdup_printf ("https://example.org/%s.png", (const char *[]){ "2a", "b", "c" }[i]);
      g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (value, &error);

      g_assert_no_error (error);
      dailies_request_add_asset (fixture->request, "image_urls", asset, G_MAXUINT);
    }
  fixture->view = DAILIES_PROMPT_VIEW (dailies_prompt_view_new ());
  fixture->buffer = gtk_text_view_get_buffer (dailies_prompt_view_get_text_view (fixture->view));
  dailies_prompt_view_set_request (fixture->view, fixture->request);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  DailiesPromptView *view = g_object_ref (fixture->view);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (view);
  g_assert_finalize_object (fixture->request);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, text, -1);
  gtk_text_buffer_end_user_action (fixture->buffer);
}

static void
assert_text (Fixture    *fixture,
             const char *expected)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  text = gtk_text_buffer_get_text (fixture->buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (dailies_request_get_prompt (fixture->request), ==, expected);
}

static int
get_cursor (Fixture *fixture)
{
  int position = 0;

  g_object_get (fixture->buffer, "cursor-position", &position, NULL);
  return position;
}

static void
place_cursor (Fixture *fixture,
              int      offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &iter, offset);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
}

static void
test_both_ways (Fixture      *fixture,
                gconstpointer data)
{
  type (fixture, "Über die Dächer");
  assert_text (fixture, "Über die Dächer");
  dailies_request_set_prompt (fixture->request, "Über alle Dächer");
  assert_text (fixture, "Über alle Dächer");
  dailies_request_set_prompt (fixture->request, "");
  assert_text (fixture, "");
}

/* Moving an image respells what mentions it; the cursor stays in its word and undo is not lost. */
static void
test_respell (Fixture      *fixture,
              gconstpointer data)
{
  type (fixture, "From @Image1 to @Image3, slowly");
  place_cursor (fixture, 28);
  dailies_request_move_asset (fixture->request, "image_urls", 0, 2);
  assert_text (fixture, "From @Image3 to @Image2, slowly");
  g_assert_cmpint (get_cursor (fixture), ==, 28);
  g_assert_true (gtk_text_buffer_get_can_undo (fixture->buffer));
  dailies_request_move_asset (fixture->request, "image_urls", 2, 0);
  assert_text (fixture, "From @Image1 to @Image3, slowly");
  g_assert_cmpint (get_cursor (fixture), ==, 28);
}

/* The space that comes with a mention goes before a comma, and only that one. */
static void
test_punctuation (Fixture      *fixture,
                  gconstpointer data)
{
  type (fixture, "From");
  dailies_prompt_view_insert_mention (fixture->view, "@Image1");
  assert_text (fixture, "From @Image1 ");
  type (fixture, ",");
  assert_text (fixture, "From @Image1,");
  type (fixture, " then ");
  dailies_prompt_view_insert_mention (fixture->view, "@Image1");
  type (fixture, " ");
  assert_text (fixture, "From @Image1, then @Image1 ");
  type (fixture, " ");
  assert_text (fixture, "From @Image1, then @Image1  ");
  gtk_text_buffer_set_text (fixture->buffer, "From @Image1, then ", -1);
  dailies_prompt_view_insert_mention (fixture->view, "@Image2");
  type (fixture, "w");
  assert_text (fixture, "From @Image1, then @Image2 w");
  type (fixture, " ");
  type (fixture, ".");
  assert_text (fixture, "From @Image1, then @Image2 w .");
  dailies_prompt_view_insert_mention (fixture->view, "@Image3");
  type (fixture, "…");
  assert_text (fixture, "From @Image1, then @Image2 w .@Image3…");
  gtk_text_buffer_undo (fixture->buffer);
  assert_text (fixture, "From @Image1, then @Image2 w .@Image3 ");
}

static void
test_backspace (Fixture      *fixture,
                gconstpointer data)
{
  GtkTextView *text = dailies_prompt_view_get_text_view (fixture->view);

  type (fixture, "to @Image2");
  g_signal_emit_by_name (text, "backspace");
  assert_text (fixture, "to ");
  gtk_text_buffer_undo (fixture->buffer);
  assert_text (fixture, "to @Image2");

  place_cursor (fixture, 3);
  g_signal_emit_by_name (text, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  assert_text (fixture, "to ");

  /* What names nothing is only text. */
  type (fixture, "@Image9");
  g_signal_emit_by_name (text, "backspace");
  assert_text (fixture, "to @Image");
}

static void
test_insert (Fixture      *fixture,
             gconstpointer data)
{
  type (fixture, "into");
  dailies_prompt_view_insert_mention (fixture->view, "@Image1");
  assert_text (fixture, "into @Image1 ");
  place_cursor (fixture, 0);
  dailies_prompt_view_insert_mention (fixture->view, "@Image2");
  assert_text (fixture, "@Image2 into @Image1 ");
}

static void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
reads (Fixture    *fixture,
       const char *expected)
{
  return g_strcmp0 (dailies_request_get_prompt (fixture->request), expected) == 0;
}

static void
wait_for (Fixture    *fixture,
          const char *expected)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  while (!reads (fixture, expected) && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  assert_text (fixture, expected);
}

/* Keys that come from the X server, through input method, popup and text view. */
static void
test_completion (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct
  {
    const char *keys;
    const char *text;
  } cases[] = {
    { "at 3 Return", "@Image3 " },
    { "ctrl+a BackSpace at 2 Return", "@Image2 " },
    { "ctrl+a BackSpace at 2 a Return", "@Image1 " },
    { "ctrl+a BackSpace at 4 Return", "@4\n" },
    { "ctrl+a BackSpace at Return", "@Image1 " },
    { "at Down Return", "@Image1 @Image2 " },
    { "at Down Down Up Tab", "@Image1 @Image2 @Image2 " },
    { "at i m a g e", "@Image1 @Image2 @Image2 @image" },
    { "Down Down Tab", "@Image1 @Image2 @Image2 @Image3 " },
    { "at Escape Return", "@Image1 @Image2 @Image2 @Image3 @\n" },
    { "at b Return", "@Image1 @Image2 @Image2 @Image3 @\n@Image2 " },
    { "at Up Return", "@Image1 @Image2 @Image2 @Image3 @\n@Image2 @Image3 " },
    { "at Up Down Return", "@Image1 @Image2 @Image2 @Image3 @\n@Image2 @Image3 @Image1 " },
    { "space m e at i Return", "@Image1 @Image2 @Image2 @Image3 @\n@Image2 @Image3 @Image1 me@i\n" },
  };
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  while (!gtk_widget_has_focus (GTK_WIDGET (dailies_prompt_view_get_text_view (fixture->view)))
         || !gtk_window_is_active (GTK_WINDOW (fixture->window)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = g_strdup_printf ("xdotool key --delay 30 %s", cases[i].keys);

      run (command);
      wait_for (fixture, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/prompt/both-ways", Fixture, NULL, set_up, test_both_ways, tear_down);
  g_test_add ("/prompt/respell", Fixture, NULL, set_up, test_respell, tear_down);
  g_test_add ("/prompt/punctuation", Fixture, NULL, set_up, test_punctuation, tear_down);
  g_test_add ("/prompt/backspace", Fixture, NULL, set_up, test_backspace, tear_down);
  g_test_add ("/prompt/insert", Fixture, NULL, set_up, test_insert, tear_down);
  g_test_add ("/prompt/completion", Fixture, NULL, set_up, test_completion, tear_down);
  return g_test_run ();
}
