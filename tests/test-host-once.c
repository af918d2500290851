/* test-host-once.c: a file is uploaded once, however many jobs bring it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-host-once.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dailies-asset.h"
#include "dailies-error.h"
#include "finalize.h"
#include "wire.h"

/* --- a host that answers when the test says so ------------------------------------------------ */

typedef struct
{
  GObject    parent_instance;
  GPtrArray *asked; /* (element-type GTask) */
} Slow;

typedef struct
{
  GObjectClass parent_class;
} SlowClass;

static void  slow_iface_init (DailiesHostInterface *iface);
static GType slow_get_type (void);

G_DEFINE_TYPE_WITH_CODE (Slow,
                         slow,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (DAILIES_TYPE_HOST, slow_iface_init))

static const char *
slow_get_title (DailiesHost *host)
{
  return "slow";
}

static gboolean
slow_takes (DailiesHost  *host,
            DailiesAsset *asset,
            GError      **error)
{
  return TRUE;
}

static void
slow_place_async (DailiesHost         *host,
                  DailiesAsset        *asset,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_ptr_array_add (((Slow *) host)->asked, g_task_new (host, cancellable, callback, user_data));
}

static char *
slow_place_finish (DailiesHost  *host,
                   GAsyncResult *result,
                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
slow_iface_init (DailiesHostInterface *iface)
{
  iface->get_title = slow_get_title;
  iface->takes = slow_takes;
  iface->place_async = slow_place_async;
  iface->place_finish = slow_place_finish;
}

static void
slow_finalize (GObject *object)
{
  g_ptr_array_unref (((Slow *) object)->asked);
  G_OBJECT_CLASS (slow_parent_class)->finalize (object);
}

static void
slow_class_init (SlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = slow_finalize;
}

static void
slow_init (Slow *self)
{
  self->asked = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
answer (Slow       *slow,
        guint       i,
        const char *url)
{
  GTask *task = g_ptr_array_index (slow->asked, i);

  if (url != NULL)
    g_task_return_pointer (task, g_strdup (url), g_free);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_SERVER, "no room");
}

/* --- fixture ---------------------------------------------------------------------------------- */

typedef struct
{
  Slow         *slow;
  DailiesHost  *once;
  DailiesAsset *a;
  DailiesAsset *same; /* other file, same bytes */
  DailiesAsset *b;
} Fixture;

/* Another colour, another file. */
static DailiesAsset *
new_asset (guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 320, 320);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *uri = NULL;
  GError          *error = NULL;
  gsize            size;
  DailiesAsset    *asset;

  gdk_pixbuf_fill (pixbuf, colour);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", &error, NULL);
  g_assert_no_error (error);
  encoded = g_base64_encode ((const guchar *) bytes, size);
  uri = g_strconcat ("data:image/png;base64,", encoded, NULL);

  asset = dailies_asset_new_for_value (uri, &error);
  g_assert_no_error (error);
  dailies_asset_load_async (asset, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  dailies_asset_load_finish (asset, result, &error);
  g_assert_no_error (error);

  return asset;
}

static void
set_up (Fixture      *self,
        gconstpointer seconds)
{
  self->slow = g_object_new (slow_get_type (), NULL);
  self->once = dailies_host_once_new (g_object_ref (DAILIES_HOST (self->slow)),
                                      GPOINTER_TO_UINT (seconds));
  self->a = new_asset (0x336699ff);
  self->same = new_asset (0x336699ff);
  self->b = new_asset (0x996633ff);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_ptr_array_set_size (self->slow->asked, 0);
  assert_finalize_when_threads_let_go (self->once);
  assert_finalize_when_threads_let_go (self->slow);
  g_object_unref (self->a);
  g_object_unref (self->same);
  g_object_unref (self->b);
}

static void
place (Fixture       *self,
       DailiesAsset  *asset,
       GCancellable  *cancellable,
       GAsyncResult **result)
{
  dailies_host_place_async (self->once, asset, cancellable, wire_keep_result_cb, result);
}

static void
assert_placed (Fixture       *self,
               GAsyncResult **result,
               const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  wire_wait (result);
  url = dailies_host_place_finish (self->once, *result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url, ==, expected);
  g_clear_object (result);
}

static void
assert_failed (Fixture       *self,
               GAsyncResult **result,
               GQuark         domain,
               int            code)
{
  g_autoptr (GError) error = NULL;

  wire_wait (result);
  g_assert_null (dailies_host_place_finish (self->once, *result, &error));
  g_assert_error (error, domain, code);
  g_clear_object (result);
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_shared (Fixture      *self,
             gconstpointer data)
{
  GAsyncResult *results[4] = { NULL };

  g_assert_cmpstr (dailies_host_get_title (self->once), ==, "slow");
  g_assert_true (dailies_host_takes (self->once, self->a, NULL));

  place (self, self->a, NULL, &results[0]);
  place (self, self->same, NULL, &results[1]);
  place (self, self->b, NULL, &results[2]);
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
  answer (self->slow, 1, "https://files.example.org/b");
  assert_placed (self, &results[2], "https://files.example.org/b");
  g_assert_null (results[0]);
  answer (self->slow, 0, "https://files.example.org/a");
  assert_placed (self, &results[0], "https://files.example.org/a");
  assert_placed (self, &results[1], "https://files.example.org/a");

  place (self, self->same, NULL, &results[3]);
  assert_placed (self, &results[3], "https://files.example.org/a");
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
}

/* The storage may have thrown it away by now. */
static void
test_stale (Fixture      *self,
            gconstpointer data)
{
  GAsyncResult *result = NULL;

  place (self, self->a, NULL, &result);
  answer (self->slow, 0, "https://files.example.org/1");
  assert_placed (self, &result, "https://files.example.org/1");
  place (self, self->a, NULL, &result);
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
  answer (self->slow, 1, "https://files.example.org/2");
  assert_placed (self, &result, "https://files.example.org/2");
}

static void
test_failure (Fixture      *self,
              gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  place (self, self->a, NULL, &first);
  place (self, self->a, NULL, &second);
  answer (self->slow, 0, NULL);
  assert_failed (self, &first, DAILIES_ERROR, DAILIES_ERROR_SERVER);
  assert_failed (self, &second, DAILIES_ERROR, DAILIES_ERROR_SERVER);

  place (self, self->a, NULL, &first);
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
  answer (self->slow, 1, "https://files.example.org/a");
  assert_placed (self, &first, "https://files.example.org/a");
}

/* One job that is cancelled must not take the upload from the others. */
static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GCancellable) one = g_cancellable_new ();
  g_autoptr (GCancellable) other = g_cancellable_new ();
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;
  GAsyncResult *third = NULL;
  GCancellable *upload;

  place (self, self->a, one, &first);
  place (self, self->a, other, &second);
  upload = g_task_get_cancellable (g_ptr_array_index (self->slow->asked, 0));

  g_cancellable_cancel (one);
  g_assert_null (first);
  assert_failed (self, &first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_cancellable_is_cancelled (upload));
  g_assert_null (second);

  g_cancellable_cancel (other);
  assert_failed (self, &second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_cancellable_is_cancelled (upload));

  /* Another wish, before the storage has noticed that the first is off. */
  place (self, self->a, NULL, &third);
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
  answer (self->slow, 0, NULL);
  answer (self->slow, 1, "https://files.example.org/a");
  assert_placed (self, &third, "https://files.example.org/a");

  place (self, self->a, one, &first);
  assert_failed (self, &first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Two that cannot be told apart yet are not mistaken for one another. */
static void
test_unread (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/a.png");
  g_autoptr (DailiesAsset) one = dailies_asset_new_for_file (file);
  g_autoptr (DailiesAsset) other = dailies_asset_new_for_file (file);
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  place (self, one, NULL, &first);
  place (self, other, NULL, &second);
  g_assert_cmpuint (self->slow->asked->len, ==, 2);
  answer (self->slow, 0, NULL);
  answer (self->slow, 1, NULL);
  assert_failed (self, &first, DAILIES_ERROR, DAILIES_ERROR_SERVER);
  assert_failed (self, &second, DAILIES_ERROR, DAILIES_ERROR_SERVER);
}

int
main (int   argc,
      char *argv[])
{
  const struct
  {
    const char *path;
    guint       seconds;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/host-once/shared", DAILIES_HOST_ONCE_SECONDS, test_shared },
    { "/host-once/stale", 0, test_stale },
    { "/host-once/failure", DAILIES_HOST_ONCE_SECONDS, test_failure },
    { "/host-once/cancel", DAILIES_HOST_ONCE_SECONDS, test_cancel },
    { "/host-once/unread", DAILIES_HOST_ONCE_SECONDS, test_unread },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GUINT_TO_POINTER (tests[i].seconds), set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
