/* dailies-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-answer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-json.h"

#define MAX_WORDS 500 /* characters; enough for any sentence, not for a stack trace */
#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/* The codes of api.md that say something other than their HTTP status, and the names Unifically gives its own. */
static const struct
{
  const char  *word;
  DailiesError code;
} known_codes[] = {
  { "400001", DAILIES_ERROR_INVALID },
  { "400002", DAILIES_ERROR_BALANCE },
  { "400004", DAILIES_ERROR_TOKEN },
  { "403001", DAILIES_ERROR_TOKEN },
  { "404001", DAILIES_ERROR_NOT_FOUND },
  { "validation_error", DAILIES_ERROR_INVALID },
  { "authentication_failed", DAILIES_ERROR_TOKEN },
  { "rate_limit_exceeded", DAILIES_ERROR_RATE },
  { "insufficient_balance", DAILIES_ERROR_BALANCE },
  { "internal_error", DAILIES_ERROR_SERVER },
  { "generation_failed", DAILIES_ERROR_FAILED },
};

/* Where a job can stand. Only these tell a state from the "error" that some write beside any fault. */
static const char * const job_words[] = {
  "pending", "waiting", "queued", "in_queue", "starting", "running", "processing", "in_progress",
  "completed", "succeeded", "failed", "cancelled", "canceled", NULL,
};

static gboolean
classify_status (guint         status,
                 DailiesError *code)
{
  switch (status)
    {
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      *code = DAILIES_ERROR_INVALID;
      return TRUE;
    case 401:
    case 403:
      *code = DAILIES_ERROR_TOKEN;
      return TRUE;
    case 402:
      *code = DAILIES_ERROR_BALANCE;
      return TRUE;
    case 404:
      *code = DAILIES_ERROR_NOT_FOUND;
      return TRUE;
    case 429:
      *code = DAILIES_ERROR_RATE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Status codes may also come as numbers inside a body, alone (402) or as a family with three digits more (402017). */
static gboolean
classify_word (const char   *word,
               DailiesError *code)
{
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (known_codes); i++)
    if (strcmp (word, known_codes[i].word) == 0)
      {
        *code = known_codes[i].code;
        return TRUE;
      }

  if (!g_ascii_string_to_unsigned (word, 10, 400, 599999, &number, NULL))
    return FALSE;
  if (number >= 100000)
    number /= 1000;
  if (number >= 500 && number <= 599)
    {
      *code = DAILIES_ERROR_SERVER;
      return TRUE;
    }
  return classify_status (number, code);
}

static char *
dup_code_member (JsonObject *object,
                 const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0' ? json_node_dup_string (node) : NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) != 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

static char *
dup_code (JsonNode *answer)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonObject *data = dailies_json_get_object (object, "data");
  char *code = dup_code_member (object, "error_code");

  if (code == NULL)
    code = dup_code_member (dailies_json_get_object (object, "error"), "code");
  if (code == NULL)
    code = dup_code_member (dailies_json_get_object (data, "error"), "code");
  if (code == NULL)
    code = dup_code_member (data, "code");
  if (code == NULL)
    code = dup_code_member (object, "code");
  return code;
}

/* [{"loc":["body","elements",0,"frontal_image_url"],"msg":"field required"}] becomes
 * "elements.0.frontal_image_url: field required". */
static void
append_detail (GString  *words,
               JsonNode *detail)
{
  JsonObject *object;
  JsonNode *location;
  const char *message;

  if (words->len > 0 && (JSON_NODE_HOLDS_VALUE (detail) || JSON_NODE_HOLDS_OBJECT (detail)))
    g_string_append (words, "; ");
  if (JSON_NODE_HOLDS_VALUE (detail) && json_node_get_value_type (detail) == G_TYPE_STRING)
    g_string_append (words, json_node_get_string (detail));
  if (!JSON_NODE_HOLDS_OBJECT (detail))
    return;

  object = json_node_get_object (detail);
  location = json_object_get_member (object, "loc");
  if (location != NULL && JSON_NODE_HOLDS_ARRAY (location))
    {
      JsonArray *array = json_node_get_array (location);
      const char *separator = "";

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *part = json_array_get_element (array, i);

          if (!JSON_NODE_HOLDS_VALUE (part))
            continue;
          if (json_node_get_value_type (part) == G_TYPE_INT64)
            g_string_append_printf (words, "%s%" G_GINT64_FORMAT, separator, json_node_get_int (part));
          else if (json_node_get_value_type (part) != G_TYPE_STRING ||
                   (i == 0 && strcmp (json_node_get_string (part), "body") == 0))
            continue;
          else
            g_string_append_printf (words, "%s%s", separator, json_node_get_string (part));
          separator = ".";
        }
      if (*separator != '\0')
        g_string_append (words, ": ");
    }
  else if (dailies_json_get_string (object, "field") != NULL)
    g_string_append_printf (words, "%s: ", dailies_json_get_string (object, "field"));

  message = dailies_json_get_string (object, "msg");
  if (message == NULL)
    message = dailies_json_get_string (object, "message");
  g_string_append (words, message != NULL ? message : "");
}

static char *
dup_detail (JsonObject *object)
{
  JsonNode *detail = object != NULL ? json_object_get_member (object, "detail") : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (detail == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (detail))
    {
      JsonArray *array = json_node_get_array (detail);

      for (guint i = 0; i < json_array_get_length (array); i++)
        append_detail (words, json_array_get_element (array, i));
    }
  else
    append_detail (words, detail);
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static const char *
find_sentence (JsonObject *object)
{
  JsonObject *data = dailies_json_get_object (object, "data");
  const char *found;

  if ((found = dailies_json_get_string (object, "error_message")) == NULL &&
      (found = dailies_json_get_string (dailies_json_get_object (object, "error"), "message")) == NULL &&
      (found = dailies_json_get_string (object, "error")) == NULL &&
      (found = dailies_json_get_string (dailies_json_get_object (data, "error"), "message")) == NULL &&
      (found = dailies_json_get_string (data, "error")) == NULL &&
      (found = dailies_json_get_string (data, "error_message")) == NULL &&
      (found = dailies_json_get_string (data, "message")) == NULL)
    found = dailies_json_get_string (object, "message");
  return found;
}

gboolean
dailies_answer_shows (gunichar c)
{
  /* What joins letters is of no form either, but Persian and the languages of India cannot be written without. */
  return g_unichar_isprint (c) || c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
}

/* Whatever a server writes becomes one line of limited length, without what cannot be shown and without the token. */
static char *
tidy (DailiesAccess *access,
      const char    *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *redacted = NULL;
  g_autofree char *valid = NULL;
  gboolean gap = FALSE;
  glong length = 0;

  if (text == NULL)
    return NULL;

  /* Before anything is cut off: half a token is still a secret. */
  redacted = dailies_access_redact (access, text);
  valid = g_utf8_make_valid (redacted, -1);
  for (const char *p = valid; *p != '\0' && length < MAX_WORDS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || !dailies_answer_shows (c))
        {
          gap = line->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, c);
      length += gap ? 2 : 1;
      gap = FALSE;
    }
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

/* Of a page only its title is worth a line; plain text is taken as it is. */
static char *
dup_text_words (DailiesAccess *access,
                const char    *body)
{
  g_autoptr (GRegex) title = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *valid = g_utf8_make_valid (body, -1);
  const char *start = valid;

  while (g_ascii_isspace (*start))
    start++;
  if (*start != '<')
    return tidy (access, start);

  title = g_regex_new ("<title[^>]*>([^<]*)</title", G_REGEX_CASELESS, 0, NULL);
  if (g_regex_match (title, start, 0, &match))
    {
      g_autofree char *text = g_match_info_fetch (match, 1);

      return tidy (access, text);
    }
  return NULL;
}

/* Where `error` is neither a sentence nor an object with one, it is told as it stands. */
static char *
dup_raw_error (JsonObject *object)
{
  JsonNode *error = object != NULL ? json_object_get_member (object, "error") : NULL;

  if (error == NULL || json_node_is_null (error))
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (error) && json_array_get_length (json_node_get_array (error)) == 0)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (error) && json_object_get_size (json_node_get_object (error)) == 0)
    return NULL;
  /* `"error": ""` and `"error": false` say that there is none. */
  if (JSON_NODE_HOLDS_VALUE (error) && json_node_get_value_type (error) != G_TYPE_INT64 &&
      json_node_get_value_type (error) != G_TYPE_DOUBLE)
    return NULL;
  return json_to_string (error, FALSE);
}

char *
dailies_answer_dup_words (DailiesAccess *access,
                          JsonNode      *answer)
{
  g_autofree char *detail = NULL;
  JsonObject *object;
  const char *sentence;

  g_return_val_if_fail (DAILIES_IS_ACCESS (access), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  if (JSON_NODE_HOLDS_VALUE (answer) && json_node_get_value_type (answer) == G_TYPE_STRING)
    return tidy (access, json_node_get_string (answer));
  if (!JSON_NODE_HOLDS_OBJECT (answer))
    return NULL;

  object = json_node_get_object (answer);
  detail = dup_detail (object);
  if (detail == NULL)
    detail = dup_detail (dailies_json_get_object (object, "error"));
  sentence = find_sentence (object);
  if (detail != NULL && sentence != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s · %s", sentence, detail);

      return tidy (access, both);
    }
  if (detail == NULL && sentence == NULL)
    detail = dup_raw_error (object);
  if (detail == NULL && sentence == NULL)
    detail = dup_raw_error (dailies_json_get_object (object, "data"));
  return tidy (access, detail != NULL ? detail : sentence);
}

static GError *
new_rate_error (const char *title,
                guint       retry_after,
                const char *words)
{
  if (retry_after == 0)
    return dailies_error_new_with_words (DAILIES_ERROR_RATE, words, 0,
                                         _("%s asks to slow down. Wait a little, then try again."), title);
  return dailies_error_new_with_words (DAILIES_ERROR_RATE, words, retry_after,
                                       ngettext ("%s asks to slow down. Try again in %u second.",
                                                 "%s asks to slow down. Try again in %u seconds.", retry_after),
                                       title, retry_after);
}

static gboolean
is_redirect (guint status)
{
  return status >= 300 && status < 400;
}

/* Of a paid request without proof either way: what came back is said, so that nobody takes it for a line that broke. */
static const char *
get_doubt (guint status)
{
  if (is_redirect (status))
    return _("The request left for %s, but its address leads elsewhere, where nothing was sent: it may have been accepted and "
             "charged. Where a variable DAILIES_…_URL sets the address, check it; otherwise look for a newer Dailies.");
  if (status >= 400)
    return _("%s has answered the request with a fault: it may have been accepted and charged all the same.");
  return _("The request left for %s, but no usable answer came back: it may have been accepted and charged.");
}

static const char *
get_sentence (DailiesAccess *access,
              DailiesError   code,
              guint          status,
              gboolean       has_words)
{
  switch (code)
    {
    case DAILIES_ERROR_INVALID:
      return has_words ? _("%s does not accept the request as it is. Its own words say what to change.")
                       : _("%s does not accept the request as it is and does not say why. Check the values and the files.");
    case DAILIES_ERROR_TOKEN:
      return dailies_access_has_token (access)
               ? _("%s does not accept the token. Paste a valid one in the preferences.")
               : _("%s needs a token. Paste one in the preferences.");
    case DAILIES_ERROR_BALANCE:
      return _("The balance of the account at %s is too low. Add to it there, then try again.");
    case DAILIES_ERROR_NOT_FOUND:
      return _("%s does not know this model or job, or does not know it any more.");
    case DAILIES_ERROR_FAILED:
      return has_words ? _("%s took the job, but could not make the clip. Its own words say why.")
                       : _("%s took the job, but could not make the clip, and does not say why.");
    case DAILIES_ERROR_PROTOCOL:
      if (is_redirect (status))
        return _("The address of %s leads elsewhere, where nothing was sent. Where a variable DAILIES_…_URL sets the "
                 "address, check it; otherwise look for a newer Dailies.");
      return _("The answer of %s cannot be read. Check its address in the preferences, or try again later.");
    case DAILIES_ERROR_UNKNOWN_OUTCOME:
      return get_doubt (status);
    default:
      return _("%s has a fault of its own. Nothing is wrong with the request: try again later.");
    }
}

GError *
dailies_answer_new_error (DailiesAccess *access,
                          DailiesError   code,
                          guint          status,
                          guint          retry_after,
                          const char    *words)
{
  const char *title = dailies_access_get_title (access);
  g_autoptr (GString) message = NULL;

  if (code == DAILIES_ERROR_RATE)
    return new_rate_error (title, retry_after, words);

  message = g_string_new (get_sentence (access, code, status, words != NULL));
  g_string_replace (message, "%s", title, 1);
  /* The number helps nobody but the person whom the artist asks for help; then it helps a lot. */
  if (status != 0 && (code == DAILIES_ERROR_SERVER || code == DAILIES_ERROR_UNKNOWN_OUTCOME || code == DAILIES_ERROR_PROTOCOL))
    g_string_append_printf (message, " (HTTP %u)", status);
  return dailies_error_new_with_words (code, words, retry_after, "%s", message->str);
}

GError *
dailies_answer_read_error (DailiesAccess   *access,
                           DailiesCallKind  kind,
                           guint            status,
                           guint            retry_after,
                           const char      *body)
{
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *words = NULL;
  DailiesError code;
  gboolean proven;

  g_return_val_if_fail (DAILIES_IS_ACCESS (access), NULL);

  answer = body != NULL && *body != '\0' ? dailies_json_parse (body, -1, NULL) : NULL;
  if (answer != NULL)
    words = dailies_answer_dup_words (access, answer);
  else if (body != NULL)
    words = dup_text_words (access, body);

  proven = classify_status (status, &code);
  if (!proven)
    code = status == 410 ? DAILIES_ERROR_NOT_FOUND
         : is_redirect (status) ? DAILIES_ERROR_PROTOCOL
                                : DAILIES_ERROR_SERVER;

  /* A code in the body is finer than a general status: 400004 is a bad token in an HTTP 400. */
  if (answer != NULL && (status == 400 || status == 403 || status == 422))
    {
      g_autofree char *word = dup_code (answer);
      DailiesError finer;

      /* That a job failed is an answer to a question after it, never to its submit. */
      if (word != NULL && classify_word (word, &finer) && finer != DAILIES_ERROR_SERVER &&
          (finer != DAILIES_ERROR_FAILED || kind == DAILIES_CALL_READ))
        code = finer;
    }

  /* What is asked for does not fit where the job stands by now: nothing is broken. */
  if (kind == DAILIES_CALL_ONCE && status == 409)
    code = DAILIES_ERROR_INVALID;
  if (kind == DAILIES_CALL_PAID && !proven)
    code = DAILIES_ERROR_UNKNOWN_OUTCOME;
  return dailies_answer_new_error (access, code, status, retry_after, words);
}

GError *
dailies_answer_read_refusal (DailiesAccess   *access,
                             DailiesCallKind  kind,
                             JsonNode        *answer)
{
  g_autofree char *words = NULL;
  g_autofree char *word = NULL;
  DailiesError code = DAILIES_ERROR_SERVER;

  g_return_val_if_fail (DAILIES_IS_ACCESS (access), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  words = dailies_answer_dup_words (access, answer);
  word = dup_code (answer);
  if ((word == NULL || !classify_word (word, &code) || code == DAILIES_ERROR_SERVER || code == DAILIES_ERROR_FAILED) &&
      kind == DAILIES_CALL_PAID)
    code = DAILIES_ERROR_UNKNOWN_OUTCOME;
  return dailies_answer_new_error (access, code, 0, 0, words);
}

static gboolean
is_job_word (const char *word)
{
  g_autofree char *plain = word != NULL ? g_ascii_strdown (word, -1) : NULL;

  return plain != NULL && g_strv_contains (job_words, plain);
}

static gboolean
has_state (JsonObject *object)
{
  return is_job_word (dailies_json_get_string (object, "status")) ||
         is_job_word (dailies_json_get_string (dailies_json_get_object (object, "data"), "status"));
}

static gboolean
has_id (JsonObject *object)
{
  return dailies_json_get_string (object, "request_id") != NULL || dailies_json_get_string (object, "task_id") != NULL ||
         dailies_json_get_string (dailies_json_get_object (object, "data"), "task_id") != NULL;
}

gboolean
dailies_answer_tells_state (guint     status,
                            JsonNode *answer)
{
  return (status == 400 || status == 422) && JSON_NODE_HOLDS_OBJECT (answer) && has_state (json_node_get_object (answer));
}

gboolean
dailies_answer_check (DailiesAccess   *access,
                      DailiesCallKind  kind,
                      JsonNode        *answer,
                      GError         **error)
{
  g_autofree char *code = NULL;
  JsonObject *object;

  g_return_val_if_fail (DAILIES_IS_ACCESS (access), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  if (!JSON_NODE_HOLDS_OBJECT (answer))
    return TRUE;

  object = json_node_get_object (answer);
  code = dup_code_member (object, "error_code");
  if (code == NULL || strcmp (code, "0") == 0 || strcmp (code, "200") == 0)
    return TRUE;

  /* A job that failed may say so with an `error_code` beside its status: that is an answer, not a failed call. And who gives
   * an id has accepted the job, whatever stands beside it; asked for, the job says how it goes on. */
  if ((kind == DAILIES_CALL_READ && has_state (object)) || (kind == DAILIES_CALL_PAID && has_id (object)))
    return TRUE;

  if (error != NULL)
    *error = dailies_answer_read_refusal (access, kind, answer);
  return FALSE;
}
