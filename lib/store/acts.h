/* acts - what csr-customer's verbs do, without their words and screens.
 *
 * A verb is done to each person that is named (people.h), or once for all.  Every act
 * works in transactions of its own; records (csr-record(5)) are printed after the commit.
 */
#ifndef CSR_ACTS_H
#define CSR_ACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/opt.h"
#include "intake/intake.h"
#include "store/customer.h"
#include "store/erase.h"
#include "store/people.h"
#include "store/person.h"
#include "store/segments.h"
#include "store/whois.h"
#include "stream/rec.h"

struct acts {
	struct person_ask ask;		/* db, zone, now; how much of a page */
	const char *actor;
	const struct segments *segments;
	void (*print)(const struct node *record);	/* of what is committed */
	void (*complain)(const struct err *e);	/* names who was refused */
	size_t refused;			/* out */

	/* Options; NULL, 0 or false when not given. */
	struct people_filter filter;	/* of list; its max is every listing's */
	int64_t at;			/* when consent was said */
	const char *give, *withdraw, *channel, *source;
	const char *add, *reference;	/* a benefit */
	int64_t quantity, expires_at, until, use;
	bool resolve;			/* a conflict */
	int64_t as_of_at;		/* of segments */
	bool dry_run, explain, replace;
	int64_t points;			/* of watch: the least */
	struct intake_opts intake;	/* of import */
	const char *rejects;
	bool quiet;
	struct opt_list refused_files;	/* of erase: what was refused, */
	const char *attachments, *proof;	/* saved attachments, the file of proofs */

	bool write;			/* private from here on */
	struct erase erase;
	struct customers customers;
	char **settings;		/* operands KEY=VALUE among others */
	int n_settings;
};

/* What is not said otherwise stays as it is. */
void acts_open(struct acts *a, struct db *db);
void acts_close(struct acts *a);
/* How VERB, with these options and operands, wants the database opened. */
enum db_mode acts_mode(const struct acts *a, const char *verb, int argc, char **argv);
/* 0, or -1: 64 for operands VERB does not take, 65 if what was to be done once is refused;
 * who was refused among several is counted and named. */
int acts_run(struct acts *a, const char *verb, int argc, char **argv, struct err *e);

#endif
