/* planfile - a plan as its file says it (csr-plans(5)).
 *
 * A plan is one file, PLAN.plan.  Its sections are cases: the first one whose conditions
 * fit a ticket (or clock) is taken, and its steps are gone through one by one.  What
 * follows from a plan is in plan.h.
 *
 * Ownership: all text of a plan is borrowed from it until plan_release().
 */
#ifndef CSR_PLANFILE_H
#define CSR_PLANFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "desk/hours.h"
#include "time/calendar.h"
#include "time/zone.h"

enum { PLAN_CASES = 32, PLAN_STEPS = 9, PLAN_CONDS = 8, PLAN_LIST = 16, PLAN_PEOPLE = 64 };

enum plan_on { PLAN_RESOLVED = 1, PLAN_ANSWERED, PLAN_CLOCK };

/* What conditions may ask about. */
enum plan_field {
	PLAN_URGENCY, PLAN_TYPE, PLAN_AREA, PLAN_SENTIMENT, PLAN_QUEUE, PLAN_CHANNEL,
	PLAN_SEGMENT, PLAN_LANGUAGE, PLAN_PRIORITY, PLAN_CLOCK_KIND, PLAN_FIELDS
};
struct plan_facts {
	const char *v[PLAN_FIELDS];	/* NULL: not known, "none" in conditions */
};

struct plan_list {
	const char *v[PLAN_LIST];
	size_t n;
};

struct plan_cond {
	enum plan_field field;
	bool unless;		/* holds when none of the values fits */
	struct plan_list values;
};

enum plan_measure {
	PLAN_AFTER,		/* ms later */
	PLAN_BEFORE,		/* ms before the clock is due */
	PLAN_SHARE,		/* percent of the clock's target */
	PLAN_DAY		/* days later, at at_min */
};
struct plan_time {
	enum plan_measure how;
	bool work;		/* ms or days are working time */
	int64_t ms;
	int64_t days;
	int at_min;		/* minute of the local day */
	int percent;
};

struct plan_step {
	struct plan_time time;
	int level;		/* of a clock: 0 warning, 1 breach, 2.. escalation */
	struct plan_list to;	/* channels ("same": the ticket's own), or people */
	size_t line;
};

struct plan_case {
	const char *name;	/* of its section */
	size_t line;
	struct plan_cond conds[PLAN_CONDS];
	size_t n_conds;
	struct plan_step steps[PLAN_STEPS];
	size_t n_steps;
	const char *template;	/* the plan's unless it has its own */
};

/* Who `lead` is: for one queue, or (queue NULL) for all others. */
struct plan_person {
	const char *role, *queue, *agent;
};

struct plan {
	const char *name;	/* care */
	const char *source;	/* its path */
	const char *what;	/* one sentence: what it is for */
	enum plan_on on;
	const struct cal *cal;	/* of working time; NULL: none named */
	const struct zone *zone;	/* of local times; never NULL */
	const char *language;	/* when a person's is not known */
	const char *template;
	const char *by;		/* clocks: the channel our own people are told by */
	struct hours hours;	/* when customers may be written to */
	int64_t late_ms;	/* older than this is not sent any more */
	int64_t digest;		/* more notices a queue than this become one; 0: never */
	const char *digest_to;
	struct plan_person people[PLAN_PEOPLE];
	size_t n_people;
	struct plan_case cases[PLAN_CASES];
	size_t n_cases;
	uint64_t hash;		/* of the text it was read from */
	struct arena text;
};

/* Reads TEXT (changed by reading) as the plan NAME; DESK is the zone when the plan
 * names neither one nor a calendar.  -1 with 78, "source:line: ...";
 * P is empty then. */
int plan_parse(struct plan *p, const char *name, const char *source, char *text,
    const struct zone *desk, struct err *e);
void plan_release(struct plan *p);

/* The plan in words, for people. */
void plan_words(const struct plan *p, struct buf *out);
/* "2h of working time", "80% of the target", ... */
void plan_time_words(const struct plan_time *t, struct buf *out);
const char *plan_field_name(enum plan_field f);

#endif
