/* test-access.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-access.h"

#include <string.h>
#include <sys/resource.h>

#include "dailies-error.h"

static void
test_url (void)
{
  const struct
  {
    const char *url;
    gboolean    good;
    gboolean    loopback;
  } cases[] = {
    { "https://files.example.org/a.mp4?sig=1", TRUE, FALSE },
    { "https://files.example.org:8443", TRUE, FALSE },
    { "http://127.0.0.1:8000/a", TRUE, TRUE },
    { "http://127.9.9.9/a", TRUE, TRUE },
    { "http://localhost/a", TRUE, TRUE },
    { "http://LOCALHOST:1/a", TRUE, TRUE },
    { "http://[::1]:80/a", TRUE, TRUE },
    { "https://127.0.0.1/a", TRUE, TRUE },
    { "http://files.example.org/a.mp4", FALSE, FALSE },
    { "http://127.0.0.1.example.org/a", FALSE, FALSE },
    { "http://localhost.example.org/a", FALSE, FALSE },
    { "http://192.168.1.1/a", FALSE, FALSE },
    { "https://user:pass@example.org/", FALSE, FALSE },
    { "https://user@example.org/", FALSE, FALSE },
    { "https://@example.org/", FALSE, FALSE },
    { "file:///etc/passwd", FALSE, FALSE },
    { "data:video/mp4;base64,AAAA", FALSE, FALSE },
    { "ftp://example.org/a", FALSE, FALSE },
    { "javascript:alert(1)", FALSE, FALSE },
    { "https://", FALSE, FALSE },
    { "https:///a", FALSE, FALSE },
    { "/a.mp4", FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = dailies_url_check (cases[i].url, &error);

      if (good != cases[i].good)
        g_error ("%s: %s", cases[i].url, error != NULL ? error->message : "was taken");
      if (!good)
        g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      if (good)
        g_assert_cmpint (dailies_url_is_loopback (cases[i].url), ==, cases[i].loopback);
    }
}

static void
test_base (void)
{
  g_autoptr (GError) error = NULL;
  DailiesAccess *access = dailies_access_new ("https://api.example.org/v2//", "secret", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dailies_access_get_base_url (access), ==, "https://api.example.org/v2");
  g_assert_cmpstr (dailies_access_get_title (access), ==, "api.example.org");
  dailies_access_set_title (access, "Example");
  g_assert_cmpstr (dailies_access_get_title (access), ==, "Example");
  g_assert_true (dailies_access_has_token (access));
  g_assert_false (dailies_access_is_loopback (access));
  dailies_access_set_token (access, NULL);
  g_assert_false (dailies_access_has_token (access));
  g_assert_finalize_object (access);

  g_assert_null (dailies_access_new ("http://api.example.org", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (dailies_access_new ("https://api.example.org/?x=1", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
test_token (void)
{
  const struct
  {
    const char *text;
    const char *token;
  } cases[] = {
    { "abc-123_X.y", "abc-123_X.y" },
    { "  abc\n", "abc" },
    { "Bearer abc", "abc" },
    { "bearer   abc ", "abc" },
    { "", NULL },
    { " \n", NULL },
    { "a b", NULL },
    { "abc\r\nX-Evil: 1", NULL },
    { "abc\x01", NULL },
    { "tökén", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = dailies_token_clean (cases[i].text, &error);

      g_assert_cmpstr (token, ==, cases[i].token);
      if (token == NULL)
        {
          g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN);
          g_assert_null (strstr (error->message, "abc"));
        }
    }
}

static void
test_redact (void)
{
  g_autoptr (DailiesAccess) access = dailies_access_new ("https://api.example.org", "s3cret", NULL);
  g_autofree char *text = dailies_access_redact (access, "bad token s3cret (s3cret)");

  g_assert_cmpstr (text, ==, "bad token ••• (•••)");
  g_assert_null (dailies_access_redact (access, NULL));
}

/* A process that has a token writes no crash file, which would have it too. */
static void
test_core (void)
{
  struct rlimit limit;
  g_autofree char *token = NULL;

  if (DEVELOPMENT)
    {
      g_test_skip ("developers want their crash files");
      return;
    }
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_CORE, &limit), ==, 0);
  token = dailies_token_clean ("s3cret", NULL);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/url", test_url);
  g_test_add_func ("/access/base", test_base);
  g_test_add_func ("/access/token", test_token);
  g_test_add_func ("/access/redact", test_redact);
  g_test_add_func ("/access/core", test_core);
  return g_test_run ();
}
