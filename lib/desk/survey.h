/* survey - what is asked, what an answer means, what the answers come to.
 *
 * A form is one file, FORM.survey (csr-surveys(5)): a scale, when to ask, and the words
 * customers answer with.  Everything is a function of its arguments.
 *
 * Formulas (formats.md part 3): top-2-box = share of the two highest scores (CSAT:
 * 4 and 5 of 5); NPS = % 9-10 minus % 0-6, -100 to 100; CES = mean of 1-7, 7 easy;
 * interval = Wilson's score interval at 95 %.
 */
#ifndef CSR_SURVEY_H
#define CSR_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/hours.h"
#include "text/words.h"

enum { SURVEY_LIST = 64 };

enum survey_measure { SURVEY_CSAT, SURVEY_NPS, SURVEY_CES };

struct survey_list {
	const char *v[SURVEY_LIST];	/* folded */
	size_t n;
};

struct survey_form {
	const char *name;	/* csat */
	const char *what;	/* one sentence */
	enum survey_measure measure;
	int64_t min, max;	/* the scale */
	int64_t quiet_ms;	/* nobody is asked sooner after the last message */
	int64_t again_ms;	/* nor again within */
	int64_t late_ms;	/* nor about what was resolved longer ago */
	int64_t expires_ms;	/* an answer counts until */
	struct hours hours;	/* when customers may be written to */
	struct survey_list channels;	/* in this order; "same": the ticket's own */
	const char *language;	/* when the customer's is not known */
	const char *template;
	struct words answers;	/* id: the score */
	struct survey_list before;	/* words that may stand before a number */
	struct survey_list after;	/* units behind it: "stars" */
	struct survey_list other;	/* what makes a number something else: "minutes" */
	struct survey_list negations;	/* turn the word behind them round */
	struct arena text;
};

/* Reads TEXT (changed by reading). -1 with 78, "source:line: ..."; F is empty then. */
int survey_parse(struct survey_form *f, const char *name, const char *source, char *text,
    struct err *e);
void survey_release(struct survey_form *f);

/* The score TEXT gives on F's scale ("5", "五分", "4/5", "很满意，就是慢了点"); false when it
 * does not read like an answer.  What was quoted below it does not count. */
bool survey_read(const struct survey_form *f, const char *text, int64_t *score);

/* Answers counted; start from zeros. */
struct survey_stats {
	int64_t n;		/* answers with a score */
	int64_t sum;
	int64_t top;		/* of the two highest scores */
	int64_t promoters, detractors;	/* 9-10 and 0-6 of 0-10 */
};
void survey_count(struct survey_stats *s, int64_t max, int64_t score, int64_t n);
double survey_mean(const struct survey_stats *s);	/* these are NaN for n = 0 */
double survey_top_pct(const struct survey_stats *s);
double survey_nps(const struct survey_stats *s);
/* Wilson's interval for K of N, in per cent; NaN for N = 0. */
void survey_wilson(int64_t k, int64_t n, double *low_pct, double *high_pct);

#endif
