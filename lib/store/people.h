/* people - a program's work on one person after another.
 *
 * The persons are named by operands, or by the lines of standard input when there are none:
 * words as whois.h reads them, or records that have a "customer" (or are one).  Each is
 * looked up and worked on in a transaction of its own; the records the work pushed into OUT
 * are printed after its commit.  A person that is not found or refused (65) is named, and the
 * rest goes on.
 */
#ifndef CSR_PEOPLE_H
#define CSR_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/whois.h"
#include "stream/rec.h"

struct people {
	struct db *db;
	bool write;		/* the work writes */
	bool undo;		/* a rehearsal: roll back what it wrote */
	int (*each)(void *ctx, const struct whois_hit *who, struct node *out, struct err *e);
	void *ctx;
	void (*print)(const struct node *record);	/* of what is committed */
	void (*complain)(const struct err *e);
	size_t refused;		/* out */
};

/* 0, or -1 with *e set for what ended the run. */
int people_each(struct people *p, int argc, char **argv, struct err *e);
/* The same for everybody the words may mean, at most MAX each (0: all). */
int people_search(struct people *p, int argc, char **argv, size_t max, struct err *e);

/* The same for everybody there is, by id, as far as all of the filter holds. */
struct people_filter {
	const char *segment, *profile, *language;	/* NULL: any */
	bool members;			/* with a member number only */
	int64_t since_at;		/* first seen then or later */
	int64_t max;			/* 0: all */
};
int people_all(struct people *p, const struct people_filter *f, struct err *e);

/* True for an operand KEY=VALUE, which names nobody. */
bool people_is_setting(const char *operand);

#endif
