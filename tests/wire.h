/* wire.h: an HTTP server inside the test, which answers from a script and keeps what it saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _Wire Wire;

typedef struct
{
  char               *method;
  char               *path;  /* decoded, without the query */
  char               *query; /* (nullable) */
  SoupMessageHeaders *headers;
  GBytes             *body;
} WireRequest;

/* On a free loopback port. */
Wire        *wire_new           (void);
void         wire_free          (Wire       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)

/* "http://127.0.0.1:PORT" */
const char  *wire_get_url       (Wire       *self);
/* The next answer to @method @path. Several are given in turn and the last one stays. @body: (nullable).
 * @header: (nullable): "Name: value" lines separated by "\n" */
void         wire_answer        (Wire       *self,
                                 const char *method,
                                 const char *path,
                                 guint       status,
                                 const char *header,
                                 const char *body);
/* The same with @raw written to the bare connection, which is then cut. %NULL: cut without a word. */
void         wire_answer_raw    (Wire       *self,
                                 const char *method,
                                 const char *path,
                                 const char *raw);
/* Takes the request and then says nothing. */
void         wire_answer_never  (Wire       *self,
                                 const char *method,
                                 const char *path);
/* Sends @raw, and blanks after it for ever, a byte at a time with a pause before each. */
void         wire_answer_drip   (Wire       *self,
                                 const char *method,
                                 const char *path,
                                 const char *raw);
/* Takes all answers to @method @path off the script; what was seen stays. */
void         wire_forget        (Wire       *self,
                                 const char *method,
                                 const char *path);
/* Forgets what was seen. */
void         wire_forget_requests (Wire     *self);
/* How often @method @path was seen; %NULL is any. */
guint        wire_count         (Wire       *self,
                                 const char *method,
                                 const char *path);
/* (transfer none): the newest of that kind; fails the test where there is none */
WireRequest *wire_last          (Wire       *self,
                                 const char *method,
                                 const char *path);
const char  *wire_request_get_header (WireRequest *self,
                                 const char *name);

/* GAsyncReadyCallback that keeps a reference in the GAsyncResult* it gets as data. */
void         wire_keep_result_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data);
/* Iterates the main context until *@result is there; fails the test after 20 seconds. */
void         wire_wait           (GAsyncResult **result);
/* Iterates until @condition is true. */
void         wire_wait_for       (gboolean     (*condition) (gpointer data),
                                  gpointer       data);

G_END_DECLS
