/* place - how far a followed file was read.  Owns the table place.
 *
 * A file is known by its device and inode; that it still is the one that was read is told
 * by a digest of the bytes before the place.  Places are only a help: a file read twice
 * changes nothing.
 */
#ifndef CSR_PLACE_H
#define CSR_PLACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/intake.h"
#include "store/db.h"

enum { PLACE_DIGEST = 33 };

struct place {
	uint64_t device, inode, folder;
	int64_t size, modified_ns;
	struct intake_place at;		/* offset 0: only that it was read whole */
	char digest[PLACE_DIGEST];	/* "" for offset 0 */
	int fd;				/* whoever reads it may keep the file here */
};

/* What is known before reading: the file behind FD. */
void place_of(const struct stat *st, uint64_t folder, struct place *p);
/* Sets p->at to AT, of the file FD; to 0 if a line does not end there. */
void place_mark(struct place *p, int fd, const struct intake_place *at);
/* Whether the file FD, by P, is as it was when WAS was remembered; p->at is where reading
 * goes on, 0 from its begin. */
bool place_known(struct place *p, const struct place *was, int fd);
/* What is remembered of the file FD.  1: *known and p->at are as of place_known().  0 never
 * seen.  -1. */
int place_find(struct db *db, struct place *p, int fd, bool *known, struct err *e);
/* Within a write transaction. */
int place_put(struct db *db, const struct place *p, struct err *e);
/* Forgets the files of FOLDER whose inodes are not in SEEN (keys: uint64_t). */
int place_forget(struct db *db, uint64_t device, uint64_t folder, const struct map *seen,
    struct err *e);

#endif
