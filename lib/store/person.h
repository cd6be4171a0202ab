/* person - one person on one page: everything the desk knows, as a record.
 *
 * Reads only; call it within one db_begin_read().  All customers that are linked count as
 * one.  The record is described in csr-record(5).
 */
#ifndef CSR_PERSON_H
#define CSR_PERSON_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/segment.h"
#include "store/db.h"
#include "store/person_line.h"
#include "stream/rec.h"
#include "time/zone.h"

struct person_ask {
	struct db *db;
	const struct zone *zone;	/* of printed times */
	int64_t now;
	int64_t entries;	/* of the time line, the latest; 0: all */
	int64_t orders;		/* the latest; 0: all */
	const struct segment_plan *plan;	/* says which orders are void; NULL: none */
};

/* The page of the person ROOT stands for, yours. 65 if there is no such customer. */
int person_page(const struct person_ask *ask, int64_t root, struct node **page,
    struct err *e);
/* The same in a line, for lists: who, one identity of each kind, value, standing, how many
 * tickets, how many are open, the last one's time. */
int person_brief(const struct person_ask *ask, int64_t root, struct node **brief,
    struct err *e);

/* What all of a group are known by: the first that says so, the smallest id first. */
struct person_traits {
	int64_t ids[64];	/* of its customers, the smallest first */
	size_t n;		/* of them; ids holds no more than it can */
	char *name, *segment, *profile, *language, *zone, *birthday, *extra;
	int64_t created_at, erased_at;	/* the earliest; 0: not erased */
	struct arena text;
};
int person_traits(struct db *db, int64_t root, struct person_traits *t, struct err *e);
void person_traits_release(struct person_traits *t);

#endif
