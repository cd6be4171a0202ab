/* segment - what kind of customer somebody is, by rules people can read.
 *
 * A plan is one file of share/segments (csr-segments(5)): a head that says what counts, and
 * sections whose conditions must all hold; the first one that fits names the customer.
 * Pure: what is so is told by the caller, what follows is said here.
 */
#ifndef CSR_SEGMENT_H
#define CSR_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/words.h"

enum { SEGMENT_FEATURES = 8, SEGMENT_RATES = 32 };

/* What conditions may ask about.  Shares are of the orders that count, in per cent. */
enum segment_fact {
	SEGMENT_ORDERS,		/* that count: in the period, not void */
	SEGMENT_AMOUNT,		/* their sum, in whole units of the plan's currency */
	SEGMENT_FIRST,		/* ms since the first order ever that is not void */
	SEGMENT_LAST,		/* ms since the last one that counts */
	SEGMENT_RECENCY, SEGMENT_FREQUENCY, SEGMENT_MONETARY,	/* quintiles, 5 is best */
	SEGMENT_WORKDAYS,	/* share that begins on Monday to Friday */
	SEGMENT_SHORT,		/* share that lasts less than three days */
	SEGMENT_LATE,		/* share ordered less than three days before it begins */
	SEGMENT_FEATURE,	/* share with a word of the plan's own feature 0, 1 ... */
	SEGMENT_FACTS = SEGMENT_FEATURE + SEGMENT_FEATURES
};

struct segment_facts {
	double v[SEGMENT_FACTS];
	bool has[SEGMENT_FACTS];	/* false: there is no such figure, nothing holds of it */
	const char *level;		/* of a membership, NULL: none is stated */
	bool member;
};

struct segment_rule;

struct segment_plan {
	const char *source;		/* its path; borrowed from the caller */
	bool is_profile;		/* sets the customer's profile, else the segment */
	int64_t period_ms;		/* orders that long before the day count; 0: all */
	const char *currency;
	struct {
		const char *currency;
		double rate;		/* one of it in the plan's currency */
	} rates[SEGMENT_RATES];
	size_t n_rates;
	const char *features[SEGMENT_FEATURES];	/* names */
	size_t n_features;
	struct words words;		/* void states (id 0), features (1, 2 ...) */
	struct segment_rule *rules;	/* in the order of the file */
	struct arena text;
};

/* Reads TEXT (changed by reading). -1 with 78, "source:line: ..."; P is empty then. */
int segment_parse(struct segment_plan *p, const char *source, char *text, struct err *e);
void segment_release(struct segment_plan *p);

/* The first rule that fits: its name, borrowed, or NULL.  WHY gets "vip: by level
 * (member 金卡)", the rule and what held. */
const char *segment_match(const struct segment_plan *p, const struct segment_facts *f,
    struct buf *why);

/* Words of TEXT (may be NULL): bit 0 a void state, bit 1 feature 0, and so on. FOLD is
 * scratch. */
unsigned segment_words(const struct segment_plan *p, const char *text, struct fold *fold);
/* MINOR units of CURRENCY in the plan's; false if there is no rate. */
bool segment_money(const struct segment_plan *p, int64_t minor, const char *currency,
    int64_t *out);

/* Quintiles: score 1 + floor(5 * (how many are worse) / N), so 5 is best and equal values
 * have equal scores.  LESS: smaller values are better. */
void segment_quintiles(const int64_t *v, size_t n, bool less, int *score);

#endif
