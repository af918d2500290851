/* dailies-journal.h: every step of every job on disk before the next one is taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job-row.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_JOURNAL (dailies_journal_get_type ())
G_DECLARE_FINAL_TYPE (DailiesJournal, dailies_journal, DAILIES, JOURNAL, GObject)

/**
 * DailiesJournalEntry: what is written in one transaction, or not at all
 * @fresh: (nullable) (element-type DailiesJobRow): new jobs
 * @row: (nullable): a job as it is from now on
 * @was: (nullable): %NULL where this process must own the job; else the states, "'unknown','failed'", one of which it
 *   must be in, owned by nobody
 * @claims: the job is taken from an owner that is gone before it is written; @was then says how it must have been left
 * @cuts: (nullable) (element-type DailiesCutRow): clips that @row returned, numbers and ids still open; @shot_id and
 *   @job_id are those of @row, and a cut's place among them is the output it came from
 * @answer_cancel: a wish to cancel @row has its answer
 */
typedef struct
{
  GPtrArray     *fresh;
  DailiesJobRow *row;
  const char    *was;
  gboolean       claims;
  GPtrArray     *cuts;
  gboolean       answer_cancel;
} DailiesJournalEntry;

DailiesJournalEntry *dailies_journal_entry_new    (void);
void                 dailies_journal_entry_free   (DailiesJournalEntry  *entry);

DailiesJournal      *dailies_journal_new          (DailiesStore         *store);
/* What this process writes into a job's owner; held from the first write or claim on. */
const char          *dailies_journal_get_owner    (DailiesJournal       *self);

/* @entry: (transfer full). @callback comes when it is on disk.
 * DAILIES_ERROR_NOT_FOUND where the job is not what @was says any more (somebody else took it); DAILIES_ERROR_DISK. */
void                 dailies_journal_write_async  (DailiesJournal       *self,
                                                   DailiesJournalEntry  *entry,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
/* @cancel_wanted: (out) (optional): somebody wants it cancelled */
gboolean             dailies_journal_write_finish (DailiesJournal       *self,
                                                   GAsyncResult         *result,
                                                   gboolean             *cancel_wanted,
                                                   GError              **error);

/* Everything to show: not forgotten, and not done before @since (µs since the epoch) without a word. Oldest first.
 * Returns: (transfer full) (element-type DailiesJobRow) */
void                 dailies_journal_read_async   (DailiesJournal       *self,
                                                   gint64                since,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray           *dailies_journal_read_finish  (DailiesJournal       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Those whose id is @beginning or begins with it, done long ago or not, but not forgotten; two at most, since then it is not
 * clear which is meant. dailies_journal_read_finish() ends this as well. */
void                 dailies_journal_find_async   (DailiesJournal       *self,
                                                   const char           *beginning,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);

/**
 * DailiesJournalCut: an output that has become a cut
 * @output: which one, from 0
 * @set_aside: the artist has taken it off the strip since
 */
typedef struct
{
  guint    output;
  gboolean set_aside;
} DailiesJournalCut;

/* What has become of the outputs of the job @id so far. Returns: (transfer full) (element-type DailiesJournalCut) */
void                 dailies_journal_read_kept_async (DailiesJournal   *self,
                                                   const char           *id,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GArray              *dailies_journal_read_kept_finish (DailiesJournal  *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Takes every job that has not ended and whose owner is gone. @id: (nullable): only this one.
 * Returns: how many were taken, -1 with @error */
void                 dailies_journal_claim_async  (DailiesJournal       *self,
                                                   const char           *id,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
int                  dailies_journal_claim_finish (DailiesJournal       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Tells the owner of a job, another process, that it is to be cancelled. */
void                 dailies_journal_wish_async   (DailiesJournal       *self,
                                                   const char           *id,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean             dailies_journal_wish_finish  (DailiesJournal       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Gives up the lease: jobs of this process are free for others. */
void                 dailies_journal_leave_async  (DailiesJournal       *self,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean             dailies_journal_leave_finish (DailiesJournal       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJournalEntry, dailies_journal_entry_free)

G_END_DECLS
