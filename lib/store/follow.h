/* follow - files and directories as they grow: csr-ingest --follow.
 *
 * A directory gives each file once it is complete: closed after writing, or moved or
 * linked in, and not open for writing.  Files that begin with a dot or end in ~ .tmp .part
 * .partial .filepart .crdownload .swp or .lock are somebody's work and never read.  A file
 * that was read and has grown is read on from its place, if its format allows, else again.
 * A Maildir gives the mails in new and cur.  What is there already comes first, the oldest
 * first; a directory that goes away is waited for.
 *
 * A single file is followed line by line like tail -F: over its end, its replacement (log
 * rotation) and its truncation.
 *
 * How far each was read is remembered (store/place.h) in the transaction that stores what
 * was read.  Ends when stop_wanted(), the batch finished.
 */
#ifndef CSR_FOLLOW_H
#define CSR_FOLLOW_H

#include "store/ingest_run.h"

/* Follows PATH, a directory or a file that may yet come. NOTE (may be NULL) is told what
 * happens to it. 0, or -1 with what ended it. */
int follow_path(struct ingest_run *r, const char *path,
    void (*note)(void *ctx, const char *text), struct err *e);

/* True for names that are somebody's work in progress. */
bool follow_ignores(const char *name);

#endif
