/* test-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-access.h"
#include "dailies-answer.h"
#include "dailies-json.h"

#include <string.h>

#define PROVEN(code) code, code
#define DOUBT(code) code, DAILIES_ERROR_UNKNOWN_OUTCOME

static const struct
{
  guint        status;
  const char  *body;
  int          read;
  int          paid;
  const char  *words;
} errors[] = {
  { 400, "{\"code\":400001,\"error\":\"bad identifier\"}", PROVEN (DAILIES_ERROR_INVALID), "bad identifier" },
  { 400, "{\"error_code\":400002,\"error_message\":\"no balance\"}", PROVEN (DAILIES_ERROR_BALANCE), "no balance" },
  { 400, "{\"error_code\":400004,\"error_message\":\"bad token\"}", PROVEN (DAILIES_ERROR_TOKEN), "bad token" },
  { 400, "{\"error_code\":\"400004\",\"error_message\":\"bad token\"}", PROVEN (DAILIES_ERROR_TOKEN), "bad token" },
  { 400, "{\"code\":400004,\"error\":\"bad token\"}", PROVEN (DAILIES_ERROR_TOKEN), "bad token" },
  { 401, "", PROVEN (DAILIES_ERROR_TOKEN), NULL },
  { 403, "{\"code\":403001,\"error\":\"forbidden\"}", PROVEN (DAILIES_ERROR_TOKEN), "forbidden" },
  { 402, "{\"message\":\"pay first\"}", PROVEN (DAILIES_ERROR_BALANCE), "pay first" },
  { 404, "{\"code\":404001,\"error\":\"no such model\"}", PROVEN (DAILIES_ERROR_NOT_FOUND), "no such model" },
  { 422, "{\"detail\":[{\"loc\":[\"body\",\"elements\",0,\"frontal_image_url\"],\"msg\":\"field required\"},"
         "{\"loc\":[\"body\",\"prompt\"],\"msg\":\"too long\"}]}", PROVEN (DAILIES_ERROR_INVALID),
    "elements.0.frontal_image_url: field required; prompt: too long" },
  { 400, "{\"detail\":\"duration must be 5 or 10\"}", PROVEN (DAILIES_ERROR_INVALID), "duration must be 5 or 10" },
  { 422, "{\"detail\":[\"one\",\"two\",null,[]]}", PROVEN (DAILIES_ERROR_INVALID), "one; two" },
  { 422, "{\"message\":\"invalid\",\"detail\":[{\"field\":\"prompt\",\"message\":\"missing\"}]}",
    PROVEN (DAILIES_ERROR_INVALID), "invalid · prompt: missing" },
  { 429, "slow\n\tdown\x01", PROVEN (DAILIES_ERROR_RATE), "slow down" },
  { 413, "<html><head><title>413 Request Entity Too Large</title></head></html>", PROVEN (DAILIES_ERROR_INVALID),
    "413 Request Entity Too Large" },
  { 401, "{\"data\":{\"message\":\"who are you\",\"code\":\"authentication_failed\"}}", PROVEN (DAILIES_ERROR_TOKEN),
    "who are you" },
  { 400, "{\"data\":{\"error\":{\"message\":\"no\",\"code\":\"validation_error\"}}}", PROVEN (DAILIES_ERROR_INVALID), "no" },
  { 400, "{\"error\":{\"message\":\"nested\",\"code\":402}}", PROVEN (DAILIES_ERROR_BALANCE), "nested" },
  { 400, "[]", PROVEN (DAILIES_ERROR_INVALID), NULL },
  { 400, "\"just text\"", PROVEN (DAILIES_ERROR_INVALID), "just text" },
  /* An error that is no sentence is told as it stands. */
  { 400, "{\"error\":[\"too dark\",3]}", PROVEN (DAILIES_ERROR_INVALID), "[\"too dark\",3]" },
  { 400, "{\"error\":17}", PROVEN (DAILIES_ERROR_INVALID), "17" },
  { 400, "{\"error\":{\"reason\":\"nsfw\"}}", PROVEN (DAILIES_ERROR_INVALID), "{\"reason\":\"nsfw\"}" },
  { 400, "{\"error\":[],\"message\":\"\"}", PROVEN (DAILIES_ERROR_INVALID), NULL },
  { 400, "{\"error\":false}", PROVEN (DAILIES_ERROR_INVALID), NULL },
  { 400, "{\"data\":{\"error\":[1]}}", PROVEN (DAILIES_ERROR_INVALID), "[1]" },
  { 410, "{\"message\":\"gone\"}", DOUBT (DAILIES_ERROR_NOT_FOUND), "gone" },
  { 408, "", DOUBT (DAILIES_ERROR_SERVER), NULL },
  { 409, "{\"message\":\"conflict\"}", DOUBT (DAILIES_ERROR_SERVER), "conflict" },
  { 421, "", DOUBT (DAILIES_ERROR_SERVER), NULL },
  { 301, "", DOUBT (DAILIES_ERROR_PROTOCOL), NULL },
  { 500, "{\"message\":\"oops\",\"code\":\"internal_error\"}", DOUBT (DAILIES_ERROR_SERVER), "oops" },
  { 500, "{\"error_code\":400002,\"error_message\":\"no balance\"}", DOUBT (DAILIES_ERROR_SERVER), "no balance" },
  { 502, "<html><head><TITLE>\n502 Bad Gateway</TITLE></head><body>x</body></html>", DOUBT (DAILIES_ERROR_SERVER),
    "502 Bad Gateway" },
  { 503, "<html><body>no title</body></html>", DOUBT (DAILIES_ERROR_SERVER), NULL },
  { 504, NULL, DOUBT (DAILIES_ERROR_SERVER), NULL },
  { 400, "{\"message\":\"token s3cret-t0ken is bad\"}", PROVEN (DAILIES_ERROR_INVALID), "token ••• is bad" },
  /* Nothing of it turns the rest of the window or of the terminal round; what joins letters stays. */
  { 400, "a\u202eb\u2066c\u2069d\u200ee\u200ff\u061cg", PROVEN (DAILIES_ERROR_INVALID), "a b c d e f g" },
  { 400, "{\"message\":\"\\u202e\\u001b[2J\\u009bdone\\u202c\"}", PROVEN (DAILIES_ERROR_INVALID), "[2J done" },
  { 400, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937", PROVEN (DAILIES_ERROR_INVALID),
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937" },
  { 400, "Bearer s3cret-t0ken?", PROVEN (DAILIES_ERROR_INVALID), "Bearer •••?" },
};

static void
test_status (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", "s3cret-t0ken", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) read = dailies_answer_read_error (access, DAILIES_CALL_READ, errors[i].status, 0, errors[i].body);
      g_autoptr (GError) paid = dailies_answer_read_error (access, DAILIES_CALL_PAID, errors[i].status, 9, errors[i].body);

      g_test_message ("%u %s", errors[i].status, errors[i].body);
      g_assert_error (read, DAILIES_ERROR, errors[i].read);
      g_assert_error (paid, DAILIES_ERROR, errors[i].paid);
      g_assert_cmpstr (dailies_error_get_words (read), ==, errors[i].words);
      g_assert_cmpstr (dailies_error_get_words (paid), ==, errors[i].words);
      g_assert_nonnull (strstr (read->message, "api.example.org"));
      g_assert_null (strstr (read->message, "s3cret-t0ken"));
      g_assert_cmpuint (dailies_error_get_retry_after (paid), ==, 9);
    }
}

/* What came back decides what is to be looked at: the line, the service or its address. */
static void
test_said (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", "s3cret-t0ken", NULL);
  const struct
  {
    guint           status;
    DailiesCallKind kind;
    const char     *says;
  } cases[] = {
    { 301, DAILIES_CALL_READ, "leads elsewhere" },
    { 302, DAILIES_CALL_PAID, "leads elsewhere" },
    { 308, DAILIES_CALL_PAID, "DAILIES_…_URL" },
    { 500, DAILIES_CALL_PAID, "answered the request with a fault" },
    { 408, DAILIES_CALL_PAID, "may have been accepted and charged" },
    { 500, DAILIES_CALL_READ, "a fault of its own" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = dailies_answer_read_error (access, cases[i].kind, cases[i].status, 0, "");
      g_autofree char *number = g_strdup_printf ("(HTTP %u)", cases[i].status);

      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_nonnull (strstr (error->message, number));
      g_assert_null (strstr (error->message, "no usable answer"));
    }
}

static void
test_inside (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", "s3cret-t0ken", NULL);
  const struct
  {
    const char *body;
    int         read; /* -1: no error */
    int         paid;
  } cases[] = {
    { "{\"request_id\":\"x\"}", -1, -1 },
    { "{\"error_code\":0}", -1, -1 },
    { "{\"error_code\":null}", -1, -1 },
    { "{\"error_code\":\"\"}", -1, -1 },
    { "{\"code\":400,\"data\":{\"status\":\"processing\"}}", -1, -1 },
    { "[]", -1, -1 },
    { "{\"error_code\":400002,\"error_message\":\"no\"}", DAILIES_ERROR_BALANCE, DAILIES_ERROR_BALANCE },
    { "{\"error_code\":400004}", DAILIES_ERROR_TOKEN, DAILIES_ERROR_TOKEN },
    { "{\"error_code\":\"404001\"}", DAILIES_ERROR_NOT_FOUND, DAILIES_ERROR_NOT_FOUND },
    { "{\"error_code\":429001}", DAILIES_ERROR_RATE, DAILIES_ERROR_RATE },
    { "{\"error_code\":500123}", DAILIES_ERROR_SERVER, DAILIES_ERROR_UNKNOWN_OUTCOME },
    { "{\"error_code\":\"surprise\"}", DAILIES_ERROR_SERVER, DAILIES_ERROR_UNKNOWN_OUTCOME },
    { "{\"error_code\":7}", DAILIES_ERROR_SERVER, DAILIES_ERROR_UNKNOWN_OUTCOME },
    { "{\"error_code\":500123,\"status\":\"failed\"}", -1, DAILIES_ERROR_UNKNOWN_OUTCOME },
    /* "error" is no place where a job can stand. */
    { "{\"error_code\":404001,\"status\":\"error\"}", DAILIES_ERROR_NOT_FOUND, DAILIES_ERROR_NOT_FOUND },
    { "{\"error_code\":500123,\"data\":{\"status\":\"starting\"}}", -1, DAILIES_ERROR_UNKNOWN_OUTCOME },
    /* Whoever gives an id has accepted the job: sent again after that 429 it would be paid twice. */
    { "{\"request_id\":\"r1\",\"error_code\":429001}", DAILIES_ERROR_RATE, -1 },
    { "{\"data\":{\"task_id\":\"t1\"},\"error_code\":400002}", DAILIES_ERROR_BALANCE, -1 },
    { "{\"request_id\":5,\"error_code\":400002}", DAILIES_ERROR_BALANCE, DAILIES_ERROR_BALANCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = dailies_json_parse (cases[i].body, -1, NULL);
      g_autoptr (GError) read = NULL;
      g_autoptr (GError) paid = NULL;

      g_test_message ("%s", cases[i].body);
      g_assert_cmpint (dailies_answer_check (access, DAILIES_CALL_READ, node, &read), ==, cases[i].read < 0);
      g_assert_cmpint (dailies_answer_check (access, DAILIES_CALL_PAID, node, &paid), ==, cases[i].paid < 0);
      g_assert_cmpint (read != NULL ? read->code : -1, ==, cases[i].read);
      g_assert_cmpint (paid != NULL ? paid->code : -1, ==, cases[i].paid);
    }
}

static void
test_long (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", NULL, NULL);
  g_autofree char *body = g_strnfill (100000, 'x');
  g_autoptr (GError) error = dailies_answer_read_error (access, DAILIES_CALL_READ, 500, 0, body);

  g_assert_cmpuint (strlen (dailies_error_get_words (error)), ==, 500);
}

static void
test_no_token (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) rate = NULL;

  dailies_access_set_title (access, "100 %s Service");
  error = dailies_answer_read_error (access, DAILIES_CALL_READ, 401, 0, "");
  g_assert_nonnull (strstr (error->message, "100 %s Service needs a token"));
  rate = dailies_answer_read_error (access, DAILIES_CALL_READ, 429, 7, "");
  g_assert_nonnull (strstr (rate->message, "7 seconds"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/status", test_status);
  g_test_add_func ("/answer/said", test_said);
  g_test_add_func ("/answer/inside", test_inside);
  g_test_add_func ("/answer/long", test_long);
  g_test_add_func ("/answer/no-token", test_no_token);
  return g_test_run ();
}
