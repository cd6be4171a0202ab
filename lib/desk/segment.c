/* segment - what kind of customer somebody is, by rules people can read */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/segment_private.h"
#include "text/money.h"
#include "time/tm.h"

static bool
level_holds(const struct segment_cond *c, const struct segment_facts *f)
{
	const char *const *l = c->levels;
	struct fold fold = FOLD_INIT;
	bool found = false;

	if (*l == NULL)
		return f->member != c->none_of;
	if (f->level != NULL)
		fold_text(&fold, f->level, strlen(f->level));
	for (; f->level != NULL && *l != NULL; l++)
		found |= strcmp(buf_cstr(&fold.text), *l) == 0;
	fold_release(&fold);
	return found != c->none_of;
}

static bool
cond_is_so(const struct segment_cond *c, const struct segment_facts *f)
{
	if (c->is_level)
		return level_holds(c, f);
	return f->has[c->fact] && f->v[c->fact] >= c->low && f->v[c->fact] <= c->high;
}

static void
add_value(struct buf *why, enum segment_fact fact, double v)
{
	if (fact == SEGMENT_FIRST || fact == SEGMENT_LAST)
		buf_fmt(why, "%.0fd", floor(v / (double)TM_DAY_MS));
	else
		buf_fmt(why, "%.0f%s", v, fact >= SEGMENT_WORKDAYS ? "%" : "");
}

/* "vip: by worth (recency 5, amount 12990)" */
static void
add_why(const struct segment_rule *r, const struct segment_facts *f, struct buf *why)
{
	const struct segment_cond *c;
	const char *sep = " (";

	buf_fmt(why, "%s%s%s", r->name, *r->about != '\0' ? ": " : "", r->about);
	for (c = r->conds; c != NULL; c = c->next) {
		buf_fmt(why, "%s%s ", sep, c->key);
		if (!c->is_level)
			add_value(why, c->fact, f->v[c->fact]);
		else
			buf_str(why, f->level != NULL ? f->level : f->member ? "yes" : "no");
		sep = ", ";
	}
	if (r->conds != NULL)
		buf_char(why, ')');
}

const char *
segment_match(const struct segment_plan *p, const struct segment_facts *f, struct buf *why)
{
	const struct segment_rule *r;
	const struct segment_cond *c;

	for (r = p->rules; r != NULL; r = r->next) {
		for (c = r->conds; c != NULL && cond_is_so(c, f); c = c->next)
			continue;
		if (c != NULL)
			continue;
		add_why(r, f, why);
		return r->name;
	}
	return NULL;
}

static void
on_word(void *ctx, const struct words_hit *hit)
{
	*(unsigned *)ctx |= 1u << hit->id;
}

unsigned
segment_words(const struct segment_plan *p, const char *text, struct fold *fold)
{
	unsigned found = 0;

	if (text == NULL || p->words.n_cells == 0)
		return 0;
	fold_text(fold, text, strlen(text));
	words_scan(&p->words, fold->text.p, fold->text.len, on_word, &found);
	return found;
}

bool
segment_money(const struct segment_plan *p, int64_t minor, const char *currency,
    int64_t *out)
{
	size_t i;
	int digits;

	*out = minor;
	if (currency == NULL || strcmp(currency, p->currency) == 0)
		return true;
	for (i = 0; i < p->n_rates; i++)
		if (strcmp(p->rates[i].currency, currency) == 0)
			break;
	if (i == p->n_rates)
		return false;
	digits = money_digits(p->currency) - money_digits(currency);
	*out = (int64_t)llround((double)minor * p->rates[i].rate * pow(10, digits));
	return true;
}

struct ranked {
	int64_t v;
	size_t at;
};

static int
by_value(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->v < y->v ? -1 : x->v > y->v;
}

void
segment_quintiles(const int64_t *v, size_t n, bool less, int *score)
{
	struct ranked *r = xcalloc(n > 0 ? n : 1, sizeof(*r));
	size_t i, worse = 0;

	for (i = 0; i < n; i++)
		r[i] = (struct ranked){ less ? -v[i] : v[i], i };
	qsort(r, n, sizeof(*r), by_value);
	for (i = 0; i < n; i++) {
		if (i > 0 && r[i].v != r[i - 1].v)
			worse = i;
		score[r[i].at] = 1 + (int)(5 * worse / n);
	}
	free(r);
}
