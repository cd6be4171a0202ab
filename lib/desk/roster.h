/* roster - who works at the desk, as read from routing/roster.conf.
 *
 * The format is in csr-routing(5).  Read-only after reading; who is there at a given
 * time are questions with the time as an argument.
 */
#ifndef CSR_ROSTER_H
#define CSR_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "desk/policy.h"
#include "time/calendar.h"

struct absence {
	int64_t from, until;	/* [from, until) */
};

struct names_list {
	const char *const *v;
	size_t n;
};

struct agent {
	size_t no;		/* place in the roster */
	const char *code;	/* as sources and the database name them */
	const char *name;	/* for people; NULL if not given */
	struct names_list skills, groups;
	struct names_list languages, channels;	/* none given: all */
	int64_t capacity;	/* open tickets at a time */
	const struct cal *shift;	/* NULL: always there */
	struct absence *absences;
	size_t n_absences;
	const char *backup;	/* code of who stands in, NULL for nobody */
};

struct roster {
	struct agent *agents;
	size_t n;
	struct map by_code;
	struct cal **own;	/* shifts written in the roster itself */
	size_t n_own;
	struct arena arena;
};

/* Reads TEXT (changed by reading); dates and shifts are in the roster's own zone, else
 * in ZONE.  NULL with 78 and "file:line: ...".  Yours to roster_free(). */
struct roster *roster_parse(const char *source, char *text, const struct zone *zone,
    cal_find_fn *find, struct err *e);
void roster_free(struct roster *r);

/* The agent CODE, NULL if there is none (or CODE is NULL). */
const struct agent *roster_find(const struct roster *r, const char *code);
bool agent_is_absent(const struct agent *a, int64_t at);
bool agent_is_on_shift(const struct agent *a, int64_t at);

#endif
