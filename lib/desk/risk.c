/* risk - may this customer be leaving, and why? */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/mood.h"
#include "desk/risk.h"
#include "stream/jtext.h"
#include "time/tm.h"

struct reasons {
	struct buf *why;
	int points;
};

static void add(struct reasons *r, int points, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void
add(struct reasons *r, int points, const char *fmt, ...)
{
	char text[160];
	size_t len;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	len = strlen(text);
	snprintf(text + len, sizeof(text) - len, " (%d)", points);
	buf_str(r->why, r->points > 0 ? "," : "");
	jtext_string(r->why, text, strlen(text));
	r->points += points;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
days(int64_t ms)
{
	return (int)(ms / TM_DAY_MS);
}

/* Contacts of one day are one. */
static size_t
gaps_between(const int64_t *at, size_t n, int64_t *gaps)
{
	size_t i, k = 0;
	int64_t last = n > 0 ? at[0] : 0;

	for (i = 1; i < n; i++)
		if (at[i] - last >= TM_DAY_MS) {
			gaps[k++] = at[i] - last;
			last = at[i];
		}
	return k;
}

static void
judge_silence(struct reasons *r, struct risk_facts *f, int64_t now)
{
	int64_t *gaps, silent, usual;
	size_t n;

	if (f->n_contacts < 4)
		return;
	gaps = xcalloc(f->n_contacts, sizeof(*gaps));
	qsort(f->contacts, f->n_contacts, sizeof(*f->contacts), by_number);
	n = gaps_between(f->contacts, f->n_contacts, gaps);
	qsort(gaps, n, sizeof(*gaps), by_number);
	usual = n >= 3 ? gaps[n / 2] : 0;
	silent = n >= 3 ? now - f->contacts[f->n_contacts - 1] : 0;
	if (n >= 3 && silent > 3 * usual && silent >= 30 * TM_DAY_MS)
		add(r, silent > 6 * usual ? 3 : 2, "silent %dd, usually %dd", days(silent),
		    days(usual));
	free(gaps);
}

static void
judge_score(struct reasons *r, const struct risk_facts *f, int64_t now)
{
	static const struct {
		const char *form;
		int64_t low;
	} forms[] = { { "csat", 2 }, { "nps", 6 }, { "ces", 3 } };
	size_t i;

	if (f->form == NULL || now - f->score_at > 180 * TM_DAY_MS)
		return;
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strncmp(f->form, forms[i].form, strlen(forms[i].form)) == 0 &&
		    f->score <= forms[i].low)
			add(r, 3, "%s %lld %dd ago", f->form, (long long)f->score,
			    days(now - f->score_at));
}

int
risk_points(struct risk_facts *f, int64_t now, struct buf *why)
{
	struct reasons r = { why, 0 };

	buf_char(why, '[');
	if (f->complaint != 0)
		add(&r, now - f->complaint_at > 3 * TM_DAY_MS ? 4 : 3,
		    "complaint #%lld open %dd", (long long)f->complaint,
		    days(now - f->complaint_at));
	judge_score(&r, f, now);
	judge_silence(&r, f, now);
	if (mood_trend(f->moods, f->n_moods) == MOOD_WORSE)
		add(&r, 2, "mood gets worse");
	if (f->waiting_at != 0 && now - f->waiting_at > TM_DAY_MS)
		add(&r, 1, "waits %dd", days(now - f->waiting_at));
	if (f->reopens >= 2)
		add(&r, 1, "%d reopened", f->reopens);
	buf_char(why, ']');
	return r.points;
}
