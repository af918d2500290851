/* dailies-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-journal.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-lease.h"
#include "dailies-rows.h"
#include "dailies-sql.h"
#include "dailies-store.h"

/* What the functions on the store's thread share; after construction only they touch the lease. */
typedef struct
{
  char         *folder;
  char         *owner;
  DailiesLease *lease; /* (nullable): given up */
} Desk;

struct _DailiesJournal
{
  GObject       parent_instance;

  DailiesStore *store;
  Desk         *desk;
};

G_DEFINE_FINAL_TYPE (DailiesJournal, dailies_journal, G_TYPE_OBJECT)

typedef struct
{
  Desk                *desk;
  DailiesJournalEntry *entry;
  char                *id;
  gint64               since;
} Errand;

static void
desk_clear (gpointer data)
{
  Desk *desk = data;

  g_clear_pointer (&desk->lease, dailies_lease_free);
  g_free (desk->folder);
  g_free (desk->owner);
}

static void
desk_unref (Desk *desk)
{
  g_atomic_rc_box_release_full (desk, desk_clear);
}

static Errand *
errand_new (DailiesJournal *self)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->desk = g_atomic_rc_box_acquire (self->desk);
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_pointer (&errand->entry, dailies_journal_entry_free);
  desk_unref (errand->desk);
  g_free (errand->id);
  g_free (errand);
}

DailiesJournalEntry *
dailies_journal_entry_new (void)
{
  return g_new0 (DailiesJournalEntry, 1);
}

void
dailies_journal_entry_free (DailiesJournalEntry *entry)
{
  g_clear_pointer (&entry->fresh, g_ptr_array_unref);
  g_clear_pointer (&entry->row, dailies_job_row_free);
  g_clear_pointer (&entry->cuts, g_ptr_array_unref);
  g_free (entry);
}

/* --- on the store's thread --- */

static gboolean
hold_lease (Desk    *desk,
            GError **error)
{
  if (desk->lease != NULL)
    return dailies_lease_hold (desk->lease, error);

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("This window has stopped working on jobs."));
  return FALSE;
}

static GPtrArray *
find_dead_owners (sqlite3  *db,
                  Desk     *desk,
                  GError  **error)
{
  g_autoptr(GPtrArray)    dead = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(sqlite3_stmt) stmt = NULL;

  stmt = dailies_sql_prepare (db, error, "SELECT DISTINCT owner FROM job WHERE ended = 0 AND owner NOT NULL AND owner <> ?1",
                              "s", desk->owner);
  if (stmt == NULL)
    return NULL;
  while (dailies_sql_next (stmt, error))
    {
      const char *owner = (const char *) sqlite3_column_text (stmt, 0);

      if (dailies_lease_is_free (desk->folder, owner))
        g_ptr_array_add (dead, g_strdup (owner));
    }

  return *error == NULL ? g_steal_pointer (&dead) : NULL;
}

/* @id: (nullable): only this one. Returns: how many were taken, -1 with @error */
static int
claim_jobs (sqlite3     *db,
            Desk        *desk,
            const char  *id,
            GError     **error)
{
  g_autoptr(GPtrArray) dead = NULL;
  int                  n = 0;

  if (!hold_lease (desk, error))
    return -1;
  dead = find_dead_owners (db, desk, error);
  if (dead == NULL)
    return -1;

  /* The last one stands for nobody. */
  g_ptr_array_add (dead, NULL);
  for (guint i = 0; i < dead->len; i++)
    {
      if (!dailies_sql_run (db, error,
                            "UPDATE job SET owner = ?1 WHERE ended = 0 AND owner IS ?2 AND (?3 IS NULL OR id = ?3)", "sss",
                            desk->owner, g_ptr_array_index (dead, i), id))
        return -1;
      n += sqlite3_changes (db);
    }

  return n;
}

static gpointer
claim (sqlite3   *db,
       gpointer   data,
       GError   **error)
{
  Errand *errand = data;
  int     n = claim_jobs (db, errand->desk, errand->id, error);

  return GINT_TO_POINTER (MAX (0, n));
}

/* A cut of an output that has one already is the same cut: the program ended between writing it and hearing of it, or the
 * job was looked up for another one, with which it shares what the job has cost. */
static gboolean
insert_cuts (sqlite3              *db,
             const DailiesJobRow  *job,
             GPtrArray            *cuts,
             GError              **error)
{
  for (guint i = 0; i < cuts->len; i++)
    {
      const DailiesCutRow *cut = g_ptr_array_index (cuts, i);

      if (!dailies_sql_run (db, error,
                            "INSERT INTO cut (shot, job, output, number, path, poster, width, height, seconds, fps, sound, cost, created, fresh)"
                            " VALUES (?1, ?2, ?3, (SELECT ifnull (max (number), 0) + 1 FROM cut WHERE shot = ?1),"
                            "  ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)"
                            " ON CONFLICT (job, output) DO UPDATE SET cost = ifnull (excluded.cost, cost)", "isissiiddidi",
                            job->shot_id, job->id, (gint64) cut->number, cut->path, cut->poster, (gint64) cut->width,
                            (gint64) cut->height, cut->seconds, cut->fps, (gint64) cut->sound, cut->cost_usd, cut->created))
        return FALSE;
    }

  return dailies_sql_run (db, error, "UPDATE shot SET updated = ?2, removed = 0 WHERE id = ?1", "ii", job->shot_id,
                          g_get_real_time ());
}

static gboolean
write_row (sqlite3              *db,
           Desk                 *desk,
           DailiesJournalEntry  *entry,
           gboolean             *wanted,
           GError              **error)
{
  g_autofree char *condition = NULL;
  int              written;

  if (entry->claims && claim_jobs (db, desk, entry->row->id, error) < 0)
    return FALSE;
  if (entry->was == NULL)
    condition = g_strdup ("owner = ?2");
  else if (entry->claims)
    condition = g_strdup_printf ("owner = ?2 AND state IN (%s)", entry->was);
  else
    condition = g_strdup_printf ("owner IS NULL AND state IN (%s)", entry->was);

  written = dailies_job_row_update (db, entry->row, condition, desk->owner, error);
  if (written == 0 && entry->claims)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND,
                 _("Another program is sending this job right now. Look at where it stands when that has its answer."));
  else if (written == 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND,
                 _("Another window has changed this job in the meantime. Look at where it stands now and try again."));
  if (written <= 0)
    return FALSE;

  *wanted = written == 2 && !entry->answer_cancel;
  return !entry->answer_cancel
         || dailies_sql_run (db, error, "UPDATE job SET cancel_wanted = 0 WHERE id = ?1", "s", entry->row->id);
}

static gpointer
write_entry (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  Errand              *errand = data;
  DailiesJournalEntry *entry = errand->entry;
  gboolean             wanted = FALSE;

  if (!hold_lease (errand->desk, error))
    return NULL;
  for (guint i = 0; entry->fresh != NULL && i < entry->fresh->len; i++)
    {
      if (!dailies_job_row_insert (db, g_ptr_array_index (entry->fresh, i), error))
        return NULL;
    }
  if (entry->row != NULL && !write_row (db, errand->desk, entry, &wanted, error))
    return NULL;
  if (entry->cuts != NULL)
    insert_cuts (db, entry->row, entry->cuts, error);

  return GINT_TO_POINTER (wanted);
}

static gpointer
read_rows (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  Errand                  *errand = data;
  g_autoptr(GPtrArray)     rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
  g_autoptr(sqlite3_stmt)  stmt = NULL;

  /* In parts, so that ten thousand jobs of former years are not looked at. */
  stmt = dailies_sql_prepare (db, error,
                              "SELECT " DAILIES_JOB_COLUMNS " FROM job WHERE forgotten = 0 AND state <> 'done'"
                              " UNION ALL SELECT " DAILIES_JOB_COLUMNS
                              " FROM job WHERE ended >= ?1 AND forgotten = 0 AND state = 'done'"
                              " UNION ALL SELECT " DAILIES_JOB_COLUMNS " FROM job INDEXED BY job_told"
                              " WHERE ended < ?1 AND forgotten = 0 AND state = 'done' AND message NOT NULL"
                              " ORDER BY created, id", "i", errand->since);
  if (stmt == NULL)
    return NULL;
  while (dailies_sql_next (stmt, error))
    g_ptr_array_add (rows, dailies_job_row_read (stmt));

  return *error == NULL ? g_steal_pointer (&rows) : NULL;
}

static gpointer
read_kept (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  Errand                  *errand = data;
  g_autoptr(GArray)        kept = g_array_new (FALSE, FALSE, sizeof (DailiesJournalCut));
  g_autoptr(sqlite3_stmt)  stmt = NULL;

  stmt = dailies_sql_prepare (db, error, "SELECT output, removed FROM cut WHERE job = ?1", "s", errand->id);
  if (stmt == NULL)
    return NULL;
  while (dailies_sql_next (stmt, error))
    {
      DailiesJournalCut cut = { sqlite3_column_int (stmt, 0), sqlite3_column_int (stmt, 1) != 0 };

      g_array_append_val (kept, cut);
    }

  return *error == NULL ? g_steal_pointer (&kept) : NULL;
}

static gpointer
wish (sqlite3   *db,
      gpointer   data,
      GError   **error)
{
  Errand *errand = data;

  if (dailies_sql_run (db, error, "UPDATE job SET cancel_wanted = 1 WHERE id = ?1 AND ended = 0", "s", errand->id)
      && sqlite3_changes (db) == 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("This job has ended already; there is nothing to cancel."));

  return NULL;
}

static gpointer
leave (sqlite3   *db,
       gpointer   data,
       GError   **error)
{
  Errand *errand = data;

  g_clear_pointer (&errand->desk->lease, dailies_lease_free);
  return NULL;
}

static gpointer
find_rows (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  Errand                  *errand = data;
  g_autoptr(GPtrArray)     rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
  g_autoptr(sqlite3_stmt)  stmt = NULL;

  stmt = dailies_sql_prepare (db, error,
                              "SELECT " DAILIES_JOB_COLUMNS " FROM job WHERE forgotten = 0 AND ?1 <> ''"
                              " AND substr (id, 1, length (?1)) = ?1 LIMIT 2", "s", errand->id);
  if (stmt == NULL)
    return NULL;
  while (dailies_sql_next (stmt, error))
    g_ptr_array_add (rows, dailies_job_row_read (stmt));

  return *error == NULL ? g_steal_pointer (&rows) : NULL;
}

/* --- on the main thread --- */

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError          *error = NULL;
  gpointer         value = dailies_store_run_finish (DAILIES_STORE (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

static void
run (DailiesJournal      *self,
     gboolean             reads,
     DailiesStoreFunc     func,
     Errand              *errand,
     GDestroyNotify       result_free,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, func);
  g_task_set_task_data (task, result_free, NULL);
  if (reads)
    dailies_store_read_async (self->store, func, errand, errand_free, result_free, NULL, run_cb, task);
  else
    dailies_store_run_async (self->store, func, errand, errand_free, result_free, NULL, run_cb, task);
}

static gpointer
run_finish (DailiesJournal  *self,
            GAsyncResult    *result,
            GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dailies_journal_finalize (GObject *object)
{
  DailiesJournal *self = DAILIES_JOURNAL (object);

  g_clear_pointer (&self->desk, desk_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dailies_journal_parent_class)->finalize (object);
}

static void
dailies_journal_class_init (DailiesJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_journal_finalize;
}

static void
dailies_journal_init (DailiesJournal *self)
{
}

DailiesJournal *
dailies_journal_new (DailiesStore *store)
{
  DailiesJournal *self;

  g_return_val_if_fail (DAILIES_IS_STORE (store), NULL);

  self = g_object_new (DAILIES_TYPE_JOURNAL, NULL);
  self->store = g_object_ref (store);
  self->desk = g_atomic_rc_box_new0 (Desk);
  self->desk->folder = g_build_filename (g_file_peek_path (dailies_store_get_directory (store)), "leases", NULL);
  self->desk->lease = dailies_lease_new (self->desk->folder);
  self->desk->owner = g_strdup (dailies_lease_get_id (self->desk->lease));

  return self;
}

const char *
dailies_journal_get_owner (DailiesJournal *self)
{
  g_return_val_if_fail (DAILIES_IS_JOURNAL (self), NULL);

  return self->desk->owner;
}

void
dailies_journal_write_async (DailiesJournal      *self,
                             DailiesJournalEntry *entry,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));
  g_return_if_fail (entry != NULL);

  errand = errand_new (self);
  errand->entry = entry;
  run (self, FALSE, write_entry, errand, NULL, callback, user_data);
}

gboolean
dailies_journal_write_finish (DailiesJournal  *self,
                              GAsyncResult    *result,
                              gboolean        *cancel_wanted,
                              GError         **error)
{
  g_autoptr(GError) failure = NULL;
  gpointer          wanted;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  wanted = run_finish (self, result, &failure);
  if (cancel_wanted != NULL)
    *cancel_wanted = GPOINTER_TO_INT (wanted);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
dailies_journal_read_async (DailiesJournal      *self,
                            gint64               since,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));

  errand = errand_new (self);
  errand->since = since;
  run (self, TRUE, read_rows, errand, (GDestroyNotify) g_ptr_array_unref, callback, user_data);
}

GPtrArray *
dailies_journal_read_finish (DailiesJournal  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return run_finish (self, result, error);
}

void
dailies_journal_find_async (DailiesJournal      *self,
                            const char          *beginning,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));
  g_return_if_fail (beginning != NULL);

  errand = errand_new (self);
  errand->id = g_strdup (beginning);
  run (self, TRUE, find_rows, errand, (GDestroyNotify) g_ptr_array_unref, callback, user_data);
}

void
dailies_journal_read_kept_async (DailiesJournal      *self,
                                 const char          *id,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));
  g_return_if_fail (id != NULL);

  errand = errand_new (self);
  errand->id = g_strdup (id);
  run (self, TRUE, read_kept, errand, (GDestroyNotify) g_array_unref, callback, user_data);
}

GArray *
dailies_journal_read_kept_finish (DailiesJournal  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return run_finish (self, result, error);
}

void
dailies_journal_claim_async (DailiesJournal      *self,
                             const char          *id,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));

  errand = errand_new (self);
  errand->id = g_strdup (id);
  run (self, FALSE, claim, errand, NULL, callback, user_data);
}

int
dailies_journal_claim_finish (DailiesJournal  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_autoptr(GError) failure = NULL;
  int               n;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  n = GPOINTER_TO_INT (run_finish (self, result, &failure));
  if (failure == NULL)
    return n;

  g_propagate_error (error, g_steal_pointer (&failure));
  return -1;
}

void
dailies_journal_wish_async (DailiesJournal      *self,
                            const char          *id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Errand *errand;

  g_return_if_fail (DAILIES_IS_JOURNAL (self));
  g_return_if_fail (id != NULL);

  errand = errand_new (self);
  errand->id = g_strdup (id);
  run (self, FALSE, wish, errand, NULL, callback, user_data);
}

gboolean
dailies_journal_wish_finish (DailiesJournal  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  return dailies_journal_claim_finish (self, result, error) >= 0;
}

void
dailies_journal_leave_async (DailiesJournal      *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_JOURNAL (self));

  run (self, TRUE, leave, errand_new (self), NULL, callback, user_data);
}

gboolean
dailies_journal_leave_finish (DailiesJournal  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  return dailies_journal_claim_finish (self, result, error) >= 0;
}
