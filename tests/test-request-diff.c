/* test-request-diff.c: what a caption tells, and that it tells nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-request-diff.h"

#include <math.h>
#include <string.h>

#include "request-fixture.h"

/* Runs as text: +added+ -removed- [title: pictures] … → and " · " between items. */
static char *
join_runs (GPtrArray *runs)
{
  static const char *const marks[] = { "", "-", "+", "", "" };
  GString                 *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      DailiesDiffRun *run = g_ptr_array_index (runs, i);

      if (run->begins && i > 0)
        g_string_append (text, " · ");
      else if (run->space && i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, marks[run->mark]);
      if (run->title != NULL)
        g_string_append_printf (text, "%s: ", run->title);
      if (run->text != NULL)
        g_string_append (text, run->text);
      for (guint a = 0; run->assets != NULL && a < run->assets->len; a++)
        g_string_append_printf (text, "%s[%s]", a > 0 ? " " : "",
                                dailies_asset_get_name (g_ptr_array_index (run->assets, a)));
      g_string_append (text, marks[run->mark]);
    }

  return g_string_free (text, FALSE);
}

static DailiesRequestDiff *
compare (const DailiesDiffSide *sides,
         guint                  n_sides)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);

  return dailies_request_diff_new (catalogue, sides, n_sides);
}

static void
assert_runs (DailiesRequestDiff *diff,
             guint               side,
             const char         *expected)
{
  g_autofree char *found = join_runs (dailies_request_diff_get_runs (diff, side));

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_joint (DailiesRequestDiff *diff,
              guint               side,
              const char         *expected)
{
  g_autofree char *found = join_runs (dailies_request_diff_get_joint_runs (diff, side));

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_text (DailiesRequestDiff *diff,
             guint               side,
             const char         *expected)
{
  g_autofree char *found = dailies_request_diff_dup_text (diff, side);

  g_assert_cmpstr (found, ==, expected);
}

/* --- drafts by hand: one line a case ---------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *model_a;
  const char *draft_a; /* the members beside "model", with ' for " */
  const char *model_b;
  const char *draft_b;
  double      cost_a;
  double      cost_b;
  const char *runs_a;
  const char *runs_b;
  const char *joint;
  const char *text_b;
} Case;

#define EDIT_ID "runcomfy:kling/kling-video-o1/video-to-video/edit"
#define UNI_EDIT_ID "unifically:kuaishou/kling-o1-video-edit"
#define START_END_ID "runcomfy:kling/kling-video-o1/image-to-video"
#define NO_VALUES "'values': {}"
#define SAID(text) NO_VALUES ", 'prompt': ['" text "']"
#define SET(texts) "'values': {'texts': {" texts "}}, 'prompt': ['x']"
#define SHOWS(pool, fields) "'values': {'assets': {" fields "}}, 'assets': [" pool "], 'prompt': ['x']"
#define HAS(pool, elements, list) \
  "'values': {'elements': {'elements': " list "}}, 'assets': [" pool "], 'elements': [" elements "], 'prompt': ['x']"

static const Case cases[] = {
  { "same", EDIT_ID, SAID ("a fox"), EDIT_ID, SAID ("a fox"), 0.5, 0.5, "", "", "",
    "Same prompt, references and settings." },
  { "design", EDIT_ID,
    NO_VALUES ", 'prompt': ['Replace the character with ', {'text': '@Element1', 'element': 0}, "
              "' at golden hour, keep the camera move']",
    EDIT_ID,
    NO_VALUES ", 'prompt': ['Replace the character with ', {'text': '@Element1', 'element': 0}, "
              "' at neon night, keep the camera move']",
    0.63, 0.84,
    "Replace the character with @Element1 at -golden hour-, keep the camera move · $0.63",
    "Replace the character with @Element1 at +neon night+, keep the camera move · +$0.84+",
    "at -golden hour- → +neon night+ · $0.63 → +$0.84+",
    "Prompt: “neon night” instead of “golden hour”\nPrice: $0.84 instead of $0.63" },
  { "long-stretches", EDIT_ID,
    SAID ("one two three four five six seven eight nine ten red b c d e f g h1 h2 h i j k l m n o p blue end"), EDIT_ID,
    SAID ("one two three four five six seven eight nine ten dry b c d e f g h1 h2 h i j k l m n o p wet end"), NAN, NAN,
    "… five six seven eight nine ten -red- b c d e f g … k l m n o p -blue- end",
    "… five six seven eight nine ten +dry+ b c d e f g … k l m n o p +wet+ end",
    "ten -red- → +dry+ · p -blue- → +wet+",
    "Prompt: “dry” instead of “red”; “wet” instead of “blue”" },
  { "only-added", EDIT_ID, SAID ("a fox"), EDIT_ID, SAID ("a red fox"), NAN, NAN, "a fox", "a +red+ fox", "a +red+",
    "Prompt: with “red”" },
  { "only-removed", EDIT_ID, SAID ("a red fox"), EDIT_ID, SAID ("a fox"), NAN, NAN, "a -red- fox", "a fox", "a -red-",
    "Prompt: without “red”" },
  { "mention-changed", EDIT_ID, SAID ("like @Image1 here"), EDIT_ID, SAID ("like @Image2 here"), NAN, NAN,
    "like -@Image1- here", "like +@Image2+ here", "like -@Image1- → +@Image2+",
    "Prompt: “@Image2” instead of “@Image1”" },
  { "han", EDIT_ID, SAID ("红色的猫"), EDIT_ID, SAID ("蓝色的猫"), NAN, NAN, "-红-色的猫", "+蓝+色的猫", "-红- → +蓝+",
    "Prompt: “蓝” instead of “红”" },
  { "hebrew", EDIT_ID, SAID ("חתול אדום רץ"), EDIT_ID, SAID ("חתול כחול רץ"), NAN, NAN, "חתול -אדום- רץ", "חתול +כחול+ רץ",
    "חתול -אדום- → +כחול+", "Prompt: “כחול” instead of “אדום”" },

  { "switch", EDIT_ID, SET ("'keep_audio': 'true'"), EDIT_ID, SET (""), NAN, NAN, "Keep original audio: on",
    "+Keep original audio: off+", "Keep original audio: on → +off+", "Keep original audio: off instead of on" },
  { "default-is-default", EDIT_ID, SET ("'keep_audio': 'false'"), EDIT_ID, SET (""), NAN, NAN, "", "", "",
    "Same prompt, references and settings." },
  { "length", START_END_ID, SET ("'duration': '5'"), START_END_ID, SET ("'duration': '10'"), NAN, NAN, "5 s", "+10 s+",
    "5 s → +10 s+", "Duration: 10 s instead of 5 s" },
  { "quality", UNI_EDIT_ID, SET ("'mode': 'std'"), UNI_EDIT_ID, SET (""), NAN, NAN, "Std", "+Pro+", "Std → +Pro+",
    "Quality: Pro instead of Std" },
  { "not-set", UNI_EDIT_ID, SET ("'aspect_ratio': '1:1'"), UNI_EDIT_ID, SET (""), NAN, NAN, "Aspect ratio: 1:1",
    "+Aspect ratio: not set+", "Aspect ratio: 1:1 → +not set+", "Aspect ratio: not set instead of 1:1" },
  { "callback-is-no-matter", UNI_EDIT_ID, SET ("'callback_url': 'https://a.test'"), UNI_EDIT_ID, SET (""), NAN, NAN, "",
    "", "", "Same prompt, references and settings." },
  { "seed-of-an-unknown-model", "acme:x", SET ("'seed': '1'"), "acme:x", SET ("'seed': '2'"), NAN, NAN, "Seed: 1",
    "+Seed: 2+", "Seed: 1 → +2+", "Seed: 2 instead of 1" },
  { "model", EDIT_ID, SET ("'keep_audio': 'true'"), UNI_EDIT_ID, SET ("'keep_audio': 'true', 'mode': 'std'"), NAN, NAN,
    "Edit Video", "+Edit Video (Unifically)+", "Edit Video → +Edit Video (Unifically)+",
    "Model: Edit Video (Unifically) instead of Edit Video" },
  { "models-unknown", "acme:x/one", SAID ("a"), "acme:x/two", SAID ("a"), NAN, NAN, "x/one", "+x/two+",
    "x/one → +x/two+", "Model: x/two instead of x/one" },

  { "start-frame", START_END_ID, SHOWS ("'file:///a.png'", "'start_image_url': [0]"), START_END_ID,
    SHOWS ("'file:///b.png'", "'start_image_url': [0]"), NAN, NAN, "-Start frame: [a.png]-", "+Start frame: [b.png]+",
    "-Start frame: [a.png]- → +Start frame: [b.png]+", "Start frame: b.png instead of a.png" },
  { "end-frame-gone", START_END_ID, SHOWS ("'file:///a.png'", "'end_image_url': [0]"), START_END_ID,
    SHOWS ("'file:///a.png'", ""), NAN, NAN, "-End frame: [a.png]-", "+End frame: none+",
    "-End frame: [a.png]- → +End frame: none+", "End frame: without a.png" },
  { "end-frame-new", START_END_ID, SHOWS ("", ""), START_END_ID, SHOWS ("'file:///a.png'", "'end_image_url': [0]"), NAN,
    NAN, "End frame: none", "+End frame: [a.png]+", "End frame: none → +End frame: [a.png]+", "End frame: with a.png" },
  { "one-more", EDIT_ID, SHOWS ("'file:///a.png'", "'image_urls': [0]"), EDIT_ID,
    SHOWS ("'file:///a.png', 'file:///b.png'", "'image_urls': [0, 1]"), NAN, NAN, "", "+Reference images: [b.png]+",
    "+Reference images: [b.png]+", "Reference images: with b.png" },
  { "one-less", EDIT_ID, SHOWS ("'file:///a.png', 'file:///b.png'", "'image_urls': [0, 1]"), EDIT_ID,
    SHOWS ("'file:///a.png'", "'image_urls': [0]"), NAN, NAN, "-Reference images: [b.png]-", "+Reference images: fewer+",
    "-Reference images: [b.png]- → +Reference images: fewer+", "Reference images: without b.png" },
  { "other-order", EDIT_ID, SHOWS ("'file:///a.png', 'file:///b.png'", "'image_urls': [0, 1]"), EDIT_ID,
    SHOWS ("'file:///a.png', 'file:///b.png'", "'image_urls': [1, 0]"), NAN, NAN, "",
    "+Reference images: in another order+", "+Reference images: in another order+",
    "Reference images: in another order" },
  { "element", EDIT_ID, HAS ("'file:///a.png'", "{'frontal': 0, 'angles': []}", "[0]"), EDIT_ID,
    HAS ("'file:///b.png'", "{'frontal': 0, 'angles': []}", "[0]"), NAN, NAN, "-Elements: [a.png]-",
    "+Elements: [b.png]+", "-Elements: [a.png]- → +Elements: [b.png]+", "Elements: b.png instead of a.png" },
  { "element-angles", EDIT_ID, HAS ("'file:///a.png', 'file:///x.png'", "{'frontal': 0, 'angles': [1]}", "[0]"), EDIT_ID,
    HAS ("'file:///a.png'", "{'frontal': 0, 'angles': []}", "[0]"), NAN, NAN, "-Elements: [a.png]-",
    "+Elements: [a.png]+", "-Elements: [a.png]- → +Elements: [a.png]+",
    "Elements: a.png (other angles) instead of a.png (other angles)" },
  { "other-numbers-same-pictures", EDIT_ID, SHOWS ("'file:///a.png', 'file:///b.png'", "'image_urls': [0, 1]"), EDIT_ID,
    SHOWS ("'file:///b.png', 'file:///a.png'", "'image_urls': [1, 0]"), NAN, NAN, "", "", "",
    "Same prompt, references and settings." },
  { "source-of-another-service", EDIT_ID, SHOWS ("'file:///a.mp4'", "'video_url': [0]"), UNI_EDIT_ID,
    SHOWS ("'file:///b.mp4'", "'video_url': [0]"), NAN, NAN, "-Source video: [a.mp4]- · Edit Video",
    "+Source video: [b.mp4]+ · +Edit Video (Unifically)+",
    "-Source video: [a.mp4]- → +Source video: [b.mp4]+ · Edit Video → +Edit Video (Unifically)+",
    "Source video: b.mp4 instead of a.mp4\nModel: Edit Video (Unifically) instead of Edit Video" },
  { "start-frame-of-another-service", START_END_ID, SHOWS ("'file:///a.png'", "'start_image_url': [0]"),
    "unifically:kuaishou/kling-o1-video", SHOWS ("'file:///a.png'", "'start_frame_url': [0]"), NAN, NAN,
    "Start & End Frame", "+All Modes (Unifically)+", "Start & End Frame → +All Modes (Unifically)+",
    "Model: All Modes (Unifically) instead of Start & End Frame" },

  { "cost-unknown", EDIT_ID, SAID ("a"), EDIT_ID, SAID ("a"), 0.5, NAN, "", "", "",
    "Same prompt, references and settings." },
  { "cost-same-cents", EDIT_ID, SAID ("a"), EDIT_ID, SAID ("a"), 0.5, 0.5001, "", "", "",
    "Same prompt, references and settings." },
};

static char *
make_json (const char *model,
           const char *members)
{
  g_autofree char *json = g_strdup_printf ("{'version': 1, 'model': '%s', %s}", model, members);

  return g_strdelimit (g_steal_pointer (&json), "'", '"');
}

static void
test_case (gconstpointer data)
{
  const Case      *one = data;
  g_autofree char *a = make_json (one->model_a, one->draft_a);
  g_autofree char *b = make_json (one->model_b, one->draft_b);
  DailiesDiffSide  sides[] = { { a, NULL, one->cost_a }, { b, NULL, one->cost_b } };
  DailiesRequestDiff *diff = compare (sides, 2);

  assert_runs (diff, 0, one->runs_a);
  assert_runs (diff, 1, one->runs_b);
  assert_joint (diff, 1, one->joint);
  assert_text (diff, 1, one->text_b);
  g_assert_finalize_object (diff);
}

/* --- the rest --------------------------------------------------------------------------------- */

/* What a real form writes is what is read here. */
static void
test_real_drafts (void)
{
  DailiesRequest  *request = new_request (EDIT);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  DailiesRequestDiff *diff;

  add (request, "video_url", "https://pages.test/v.mp4");
  add (request, "image_urls", "https://pages.test/1.png");
  add_element (request, "elements", 2);
  dailies_request_set_prompt (request, "Put @Element1 at dawn, like @Image1");
  first = dailies_request_to_json (request);
  add (request, "image_urls", "https://pages.test/2.png");
  dailies_request_set_prompt (request, "Put @Element1 at dusk, like @Image1 and @Image2");
  dailies_request_set_text (request, "keep_audio", "true");
  second = dailies_request_to_json (request);
  one = json_to_string (first, FALSE);
  two = json_to_string (second, FALSE);

  diff = compare ((DailiesDiffSide[]) { { one, NULL, NAN }, { two, NULL, NAN } }, 2);
  assert_runs (diff, 0, "Put @Element1 at -dawn-, like @Image1 · Keep original audio: off");
  assert_runs (diff, 1,
               "Put @Element1 at +dusk+, like @Image1 +and+ +@Image2+ · +Reference images: [2.png]+ · "
               "+Keep original audio: on+");
  assert_text (diff, 0,
               "Prompt: “dawn” instead of “dusk”; without “and @Image2”\nReference images: without 2.png\n"
               "Keep original audio: off instead of on");
  g_assert_cmpstr (dailies_request_diff_get_prompt (diff, 1), ==, "Put @Element1 at dusk, like @Image1 and @Image2");
  g_assert_finalize_object (diff);
  g_assert_finalize_object (request);
}

/* Three sides: each is compared with the first, and one that is like the first stays silent. */
static void
test_three (void)
{
  g_autofree char *a = make_json (START_END_ID, "'values': {'texts': {'duration': '5'}}, 'prompt': ['a red fox']");
  g_autofree char *b = make_json (START_END_ID, "'values': {'texts': {'duration': '10'}}, 'prompt': ['a red fox']");
  g_autofree char *c = make_json (START_END_ID, "'values': {'texts': {'duration': '5'}}, 'prompt': ['a red cat']");
  DailiesRequestDiff *diff =
    compare ((DailiesDiffSide[]) { { a, NULL, NAN }, { b, NULL, NAN }, { a, NULL, NAN }, { c, NULL, NAN } }, 4);

  g_assert_cmpuint (dailies_request_diff_get_n_sides (diff), ==, 4);
  assert_runs (diff, 0, "a red -fox- · 5 s");
  assert_runs (diff, 1, "+10 s+");
  assert_runs (diff, 2, "");
  assert_runs (diff, 3, "a red +cat+");
  assert_text (diff, 0, "The others are compared with this one.");
  assert_text (diff, 2, "Same prompt, references and settings.");
  g_assert_finalize_object (diff);
}

/* A file of the artist's own among cuts: nothing is known of it and the others are compared with each other. */
static void
test_stranger (void)
{
  g_autofree char *a = make_json (EDIT_ID, SAID ("a red fox"));
  g_autofree char *b = make_json (EDIT_ID, SAID ("a red cat"));
  DailiesRequestDiff *diff =
    compare ((DailiesDiffSide[]) { { NULL, NULL, NAN }, { a, NULL, NAN }, { b, NULL, NAN } }, 3);

  g_assert_cmpint (dailies_request_diff_get_first (diff), ==, 1);
  g_assert_false (dailies_request_diff_knows (diff, 0));
  g_assert_true (dailies_request_diff_knows (diff, 1));
  assert_runs (diff, 0, "");
  assert_text (diff, 0, "");
  assert_runs (diff, 1, "a red -fox-");
  assert_runs (diff, 2, "a red +cat+");
  g_assert_finalize_object (diff);

  diff = compare ((DailiesDiffSide[]) { { NULL, NULL, NAN }, { a, NULL, NAN } }, 2);
  g_assert_cmpint (dailies_request_diff_get_first (diff), ==, -1);
  g_assert_false (dailies_request_diff_knows (diff, 1));
  assert_runs (diff, 1, "");
  assert_text (diff, 1, "");
  g_assert_finalize_object (diff);

  diff = compare (NULL, 0);
  g_assert_cmpuint (dailies_request_diff_get_n_sides (diff), ==, 0);
  g_assert_finalize_object (diff);
}

/* Nothing is claimed of what could not be read; the prompt is known beside the draft. */
static void
test_broken (gconstpointer data)
{
  g_autofree char *good = make_json (EDIT_ID, SET ("'keep_audio': 'true'"));
  g_autofree char *broken = g_strdelimit (g_strdup (data), "'", '"');
  DailiesRequestDiff *diff = compare ((DailiesDiffSide[]) { { good, NULL, NAN }, { broken, "y", NAN } }, 2);

  assert_runs (diff, 0, "-x-");
  assert_runs (diff, 1, "+y+");
  assert_text (diff, 1, "Prompt: “y” instead of “x”");
  g_assert_finalize_object (diff);
}

static const char *const broken[] = {
  "", "{", "null", "[]", "'text'", "{}", "{'values': 3}", "{'model': 7, 'values': null}", "\xff\xfe",
  "[[[[[[[[[[", "{'model': 'x', 'values': []}",
};

/* Whatever is inside, it ends. */
static void
test_odd (void)
{
  static const char *const odd[] = {
    "{'model': 'x', 'values': {'texts': [], 'assets': 3, 'elements': null}, 'prompt': {}}",
    "{'model': '', 'values': {'assets': {'a': [0, -1, 99, 'x', null, 1.5, {}], 'b': 7}}, 'assets': [null, 3, '']}",
    "{'model': 'x', 'values': {'elements': {'e': [0, 1, 2]}}, 'elements': [null, {}, {'frontal': 'x', 'angles': 3}]}",
    "{'model': 'x', 'values': {'texts': {'t': null, '': 'x', 'u': {}}}, 'prompt': [null, {}, 3, [], {'text': 4}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (odd); j++)
      {
        g_autofree char *a = g_strdelimit (g_strdup (odd[i]), "'", '"');
        g_autofree char *b = g_strdelimit (g_strdup (odd[j]), "'", '"');
        DailiesRequestDiff *diff = compare ((DailiesDiffSide[]) { { a, NULL, NAN }, { b, "p", NAN } }, 2);
        g_autofree char *text = dailies_request_diff_dup_text (diff, 1);

        g_assert_nonnull (text);
        g_assert_true (g_utf8_validate (text, -1, NULL));
        g_assert_finalize_object (diff);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/request-diff/case/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/request-diff/broken/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, broken[i], test_broken);
    }
  g_test_add_func ("/request-diff/real-drafts", test_real_drafts);
  g_test_add_func ("/request-diff/three", test_three);
  g_test_add_func ("/request-diff/stranger", test_stranger);
  g_test_add_func ("/request-diff/odd", test_odd);

  return g_test_run ();
}
