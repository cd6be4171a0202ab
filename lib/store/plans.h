/* plans - all plans of share/plans, read and checked. */
#ifndef CSR_PLANS_H
#define CSR_PLANS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/plan.h"
#include "store/letter.h"

struct plans {
	struct plan *v;		/* by name */
	size_t n;
	uint64_t hash;		/* of all of them */
};

/* Reads every plans/NAME.plan, as base/conf.h finds them; DESK is the zone of those that
 * name none.  A plan that is faulty, or whose templates are, is told to COMPLAIN and
 * left out; returns how many were, or -1 when there are none at all. */
int plans_load(struct plans *p, struct letters *l, const struct zone *desk,
    void (*complain)(const struct err *), struct err *e);
void plans_release(struct plans *p);
/* NULL if there is none. */
const struct plan *plans_find(const struct plans *p, const char *name);
/* The longest a follow-up may be late, over all plans. */
int64_t plans_late_ms(const struct plans *p);

#endif
