/* segment_run - everybody's segment and profile as of a day, by the plans of share/segments.
 *
 * What a list stated or a person set is kept; what this run set before follows the rules.
 * The figures behind it go to the table standing, a change is an event customer.segment or
 * customer.profile with its reason.  Running it again for the same day changes nothing.
 * Works in write transactions of a share each; records are printed after their commit.
 */
#ifndef CSR_SEGMENT_RUN_H
#define CSR_SEGMENT_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/customer.h"
#include "store/person.h"
#include "store/segments.h"
#include "stream/rec.h"

struct segment_run {
	const struct person_ask *ask;
	struct customers *customers;
	const struct segments *segments;
	int64_t as_of_at;	/* orders before that count */
	const char *actor;
	bool dry_run;		/* write nothing */
	bool explain;		/* print who stays the same, too */
	bool replace;		/* what was given, too */
	void (*print)(const struct node *record);
	void (*complain)(const struct err *e);	/* of orders whose money cannot be counted */
	int64_t people, changed;	/* out */
};
int segment_run(struct segment_run *r, struct err *e);

#endif
