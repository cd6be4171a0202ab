/* segment_tally - what everybody bought, as far as a plan of segments asks about it */
#ifndef CSR_SEGMENT_TALLY_H
#define CSR_SEGMENT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/segments.h"
#include "time/zone.h"

/* One person's orders by one plan. */
struct tally {
	int64_t root;
	int64_t orders, amount;		/* in the period; minor units of the plan's currency */
	int64_t first_at, last_at;	/* ever; in the period */
	int64_t dated, workdays;	/* with a beginning; it is on Monday to Friday */
	int64_t spans, shorts;		/* with beginning and end; less than three days */
	int64_t leads, lates;		/* ordered and beginning; less than three days before */
	int64_t features[SEGMENT_FEATURES];
	int recency, frequency, monetary;	/* quintiles; 0: no orders in the period */
};

struct tallies {
	struct tally *v[SEGMENTS_MAX];	/* by plan; who had an order that is not void, by root */
	size_t n[SEGMENTS_MAX], cap[SEGMENTS_MAX];
	int64_t unrated;		/* orders in a currency no plan has a rate for */
};

/* Reads all orders before AS_OF and ranks them. Release it in any case. */
int tallies_load(struct tallies *t, struct db *db, const struct segments *s, int64_t as_of,
    const struct zone *z, struct err *e);
void tallies_release(struct tallies *t);
/* ROOT's tally by PLAN, NULL if there is none. *AT moves on: roots are asked for in
 * ascending order, starting from 0. */
const struct tally *tally_of(const struct tallies *t, size_t plan, size_t *at, int64_t root);
/* The figures of T (may be NULL) for rules. */
struct segment_facts tally_facts(const struct tally *t, int64_t as_of, const char *currency);

#endif
