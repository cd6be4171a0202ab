/* terms - the small language in which tickets are asked for.
 *
 *	status:open queue:payment,refund age:>2d channel:wecom text:退款 due:<30m -agent:li
 *
 * Terms are separated by blanks and must all hold; "-" or "!" before one turns it round (as
 * the first of an argument "-" looks like an option); commas stand for "or" within a term;
 * a value with blanks or commas goes in "quotes".  Numbers (priority csat id), spans (age
 * waiting due) and times (opened resolved) take N, >N, >=N, <N, <=N and A..B; a day as a
 * time is the whole day.  A bare word is text:word.
 *
 * "none" holds for a name that is not there (agent:none), status:any for every status.
 *
 * Pure.  Names compare without case; text and subject by their folded form (text/fold.h).
 */
#ifndef CSR_TERMS_H
#define CSR_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "time/zone.h"

enum term_field {
	/* names, compared as they are */
	TERM_STATUS, TERM_QUEUE, TERM_AGENT, TERM_CHANNEL, TERM_ACCOUNT, TERM_TYPE, TERM_AREA,
	TERM_URGENCY, TERM_SENTIMENT, TERM_SEGMENT, TERM_LANGUAGE, TERM_CAUSE, TERM_OUTCOME,
	/* numbers; the spans are milliseconds, the times instants */
	TERM_ID, TERM_CUSTOMER, TERM_PRIORITY, TERM_CSAT, TERM_REOPENS,
	TERM_AGE, TERM_WAITING, TERM_DUE,
	TERM_OPENED, TERM_RESOLVED,
	/* what only the messages tell */
	TERM_NAME, TERM_SUBJECT, TERM_TEXT, TERM_ORDER,
	TERM_IS,
	TERM_FIELDS
};

/* What "is:" can say. */
enum term_state {
	TERM_IS_OPEN, TERM_IS_UNANSWERED, TERM_IS_UNASSIGNED, TERM_IS_OVERDUE, TERM_IS_BREACHED,
	TERM_IS_REOPENED, TERM_IS_MERGED, TERM_IS_GROUP, TERM_STATES
};

struct term_value {
	const char *text;	/* of names and words, as written; of words, folded */
	int64_t low, high;	/* of numbers: low <= v <= high */
};

struct term {
	enum term_field field;
	bool negated;
	struct term_value *v;	/* one of them must hold */
	size_t n;
};

struct terms {
	struct term *v;
	size_t n;
	struct arena arena;
};

/* What a ticket is, to be asked about.  Texts may be NULL: nothing matches then. */
struct term_facts {
	const char *text[TERM_ID];	/* by enum term_field, the names */
	int64_t id, customer;		/* customer: the root */
	int64_t priority, csat, reopens;	/* 0: none */
	int64_t opened_at, waiting_since_at, due_at, resolved_at;	/* 0: none */
	bool is[TERM_STATES];
};
/* Asks about what is costly to know: whether TICKET's name, subject, messages or orders hold
 * VALUE.  1 yes, 0 no, -1 error. */
typedef int term_ask_fn(void *ctx, int64_t ticket, enum term_field field, const char *value,
    struct err *e);

/* Reads N arguments as one list of terms, times in Z.  -1 with 64. */
int terms_parse(struct terms *t, char *const *args, size_t n, const struct zone *z,
    struct err *e);
void terms_release(struct terms *t);
/* 1 if all hold, 0 if not, -1 if ASK failed.  ASK is called last, and only if all else
 * holds. */
int terms_hold(const struct terms *t, const struct term_facts *f, int64_t now,
    term_ask_fn *ask, void *ctx, struct err *e);

/* The first term of FIELD that is not negated, NULL if there is none. */
const struct term *terms_find(const struct terms *t, enum term_field field);
const char *term_name(enum term_field field);

#endif
