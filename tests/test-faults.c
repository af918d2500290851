#include <string.h>

#include "dailies-faults.h"

static const struct
{
  const char        *spec;
  DailiesFaultPoint  point;
  int                turns; /* how often it goes wrong; -1 for ever */
  DailiesFaultKind   kind;
  guint              number;
} cases[] = {
  { "submit=cut", DAILIES_FAULT_AT_SUBMIT, -1, DAILIES_FAULT_CUT, 0 },
  { "submit=429:2", DAILIES_FAULT_AT_SUBMIT, 2, DAILIES_FAULT_STATUS, 429 },
  { "status=500:3", DAILIES_FAULT_AT_STATUS, 3, DAILIES_FAULT_STATUS, 500 },
  { "submit=400004", DAILIES_FAULT_AT_SUBMIT, -1, DAILIES_FAULT_STATUS, 400004 },
  { "download=cut:200000", DAILIES_FAULT_AT_DOWNLOAD, -1, DAILIES_FAULT_CUT, 200000 },
  { "download=cut:200000x2", DAILIES_FAULT_AT_DOWNLOAD, 2, DAILIES_FAULT_CUT, 200000 },
  { "result=html", DAILIES_FAULT_AT_RESULT, -1, DAILIES_FAULT_HTML, 0 },
  { "result=emptyx1", DAILIES_FAULT_AT_RESULT, 1, DAILIES_FAULT_EMPTY, 0 },
  { " models=half , account=garbage:1 ", DAILIES_FAULT_AT_ACCOUNT, 1, DAILIES_FAULT_GARBAGE, 0 },
  { "upload=error200", DAILIES_FAULT_AT_UPLOAD, -1, DAILIES_FAULT_ERROR200, 0 },
  { "word=thinking", DAILIES_FAULT_AT_STATUS, 0, 0, 0 },
  { "", DAILIES_FAULT_AT_CANCEL, 0, 0, 0 },
};

static void
test_take (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DailiesFaults     *faults = dailies_faults_new (cases[i].spec, &error);
      int                turns = 0;
      DailiesFault       fault;

      g_assert_no_error (error);
      g_assert_nonnull (faults);
      while (turns < 10 && dailies_faults_take (faults, cases[i].point, &fault))
        {
          g_assert_cmpint (fault.kind, ==, cases[i].kind);
          g_assert_cmpuint (fault.number, ==, cases[i].number);
          turns++;
        }
      g_assert_cmpint (turns, ==, cases[i].turns < 0 ? 10 : cases[i].turns);
      dailies_faults_free (faults);
    }
}

static void
test_order (void)
{
  DailiesFaults *faults = dailies_faults_new ("status=500:1,status=429:1", NULL);
  DailiesFault   fault;

  g_assert_true (dailies_faults_take (faults, DAILIES_FAULT_AT_STATUS, &fault));
  g_assert_cmpuint (fault.number, ==, 500);
  g_assert_true (dailies_faults_take (faults, DAILIES_FAULT_AT_STATUS, &fault));
  g_assert_cmpuint (fault.number, ==, 429);
  g_assert_false (dailies_faults_take (faults, DAILIES_FAULT_AT_STATUS, &fault));
  dailies_faults_free (faults);
}

static void
test_singles (void)
{
  DailiesFaults *faults = dailies_faults_new ("word=thinking,fail,slow=2.5", NULL);

  g_assert_cmpstr (dailies_faults_get (faults, "word"), ==, "thinking");
  g_assert_cmpstr (dailies_faults_get (faults, "fail"), ==, "");
  g_assert_cmpstr (dailies_faults_get (faults, "slow"), ==, "2.5");
  g_assert_null (dailies_faults_get (faults, "expire"));
  dailies_faults_free (faults);
}

static void
test_wrong (void)
{
  static const char *const specs[] = { "submit", "submit=", "submit=maybe", "nowhere=cut", "status=500:x", "status=7", "=" };

  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dailies_faults_new (specs[i], &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      g_assert_nonnull (strstr (error->message, specs[i]));
    }
}

static void
test_help (void)
{
  g_autofree char *help = dailies_faults_help ();
  const char      *words[] = { "submit", "download", "cut", "half", "html", "empty", "garbage", "word", "expire", "norange" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (help, words[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/take", test_take);
  g_test_add_func ("/faults/order", test_order);
  g_test_add_func ("/faults/singles", test_singles);
  g_test_add_func ("/faults/wrong", test_wrong);
  g_test_add_func ("/faults/help", test_help);
  return g_test_run ();
}
