/* policy - the desk's routing rules, as read from routing/policy.conf.
 *
 * Three parts: points that make a ticket's priority, queues and which tickets they take,
 * targets of time and the tickets they hold for.  The first queue and the first target
 * whose condition holds count, in the order of the file.  The format is in
 * csr-routing(5).  Read-only after reading.
 */
#ifndef CSR_POLICY_H
#define CSR_POLICY_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/labels.h"
#include "time/calendar.h"

/* Kinds of clocks, as in the table clock. */
enum clock_kind {
	CLOCK_FIRST = 1,	/* first response */
	CLOCK_NEXT = 2,		/* next response */
	CLOCK_RESOLUTION = 3,
	CLOCK_KINDS = 3
};

struct points {
	enum dim dim;
	const char *value;
	int points;
};

struct waiting_points {
	int64_t ms;		/* waiting at least so long */
	int points;
	const char *text;	/* the length as it was written */
};

/* Lines "when": one of them must hold; none means always. */
struct conds {
	const struct cond **v;
	size_t n;
};

struct queue {
	const char *name;
	struct conds when;
	const char *const *skills;	/* an agent needs all of them */
	size_t n_skills;
	const char *const *groups;	/* and to be in one of these, if there are any */
	size_t n_groups;
};

struct target {
	int64_t ms;		/* working time allowed; 0: no such promise */
	const struct cal *cal;	/* in which it counts; borrowed */
};

struct sla {
	const char *name;
	struct conds when;
	const struct cal *cal;	/* for targets that name none */
	struct target target[CLOCK_KINDS + 1];	/* by enum clock_kind */
};

struct policy {
	struct points *points;
	size_t n_points;
	struct waiting_points *waiting;
	size_t n_waiting;
	int level[4];		/* least points for priority 1, 2 and 3; [0] is unused */
	struct queue *queues;
	size_t n_queues;
	struct sla *slas;
	size_t n_slas;
	struct arena arena;	/* holds every text */
};

/* Finds a calendar by name (cal_get, or a test's own); NULL with *e set. */
typedef const struct cal *cal_find_fn(const char *name, struct err *e);

/* Reads TEXT (changed by reading); SOURCE is for messages.  NULL with 78 and
 * "file:line: ...".  Yours to policy_free(). */
struct policy *policy_parse(const char *source, char *text, cal_find_fn *find,
    struct err *e);
void policy_free(struct policy *p);

/* True if one of the conditions holds, or there are none; *which is the one, or NULL. */
bool conds_hold(const struct conds *c, const struct labels *l, const struct cond **which);
/* The first target set that holds for L (queue and priority included); NULL for none. */
const struct sla *policy_sla(const struct policy *p, const struct labels *l);
/* "first_response", "next_response", "resolution". */
const char *clock_kind_name(enum clock_kind k);

#endif
