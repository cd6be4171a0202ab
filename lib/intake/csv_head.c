/* csv_head - the header of a CSV file: where it is, and what its columns mean */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/csv_head.h"
#include "stream/csvin.h"
#include "stream/jtext.h"

enum { SAMPLE_ROWS = 500 };	/* looked at for ids that lost their digits */

/* What a row is worth as a header. */
struct guess {
	enum csv_kind kind;
	char delim;
	size_t row, line;
	size_t score;		/* columns that are known */
	bool fits;
	const char *want;	/* what it lacks */
};

static const struct column_rule *
rule_of(const struct column_map *m, const char *folded)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(m->rules[i].folded, folded) == 0)
			return &m->rules[i];
	return NULL;
}

/* The currency in brackets at the end of a name, 总价(元); *LEN is the name without it. */
static const char *
currency_of(struct aliases *a, const struct csvin_field *f, size_t *len)
{
	struct fold copy = FOLD_INIT;
	const struct alias *alias = NULL;
	const char *open;

	fold_text(&copy, f->p, f->len);
	open = copy.text.len > 0 ? strrchr(copy.text.p, '(') : NULL;
	if (open != NULL && copy.text.p[copy.text.len - 1] == ')')
		alias = aliases_find(a, "currency", open + 1, strlen(open) - 2);
	/* The bracket of the original, one byte wide or three. */
	for (*len = f->len; alias != NULL && *len > 0; (*len)--)
		if (f->p[*len] == '(' || strncmp(f->p + *len, "（", 3) == 0)
			break;
	fold_release(&copy);
	return alias != NULL ? alias->key : NULL;
}

/* The slot a cell of the header names, for rows of KIND. */
static enum csv_slot
slot_of(struct aliases *a, const struct column_map *m, enum csv_kind kind,
    const struct csvin_field *f, size_t *rank, struct csv_figure *figure, struct arena *mem)
{
	const struct column_rule *rule = rule_of(m, aliases_fold(a, f->p, f->len));
	const struct alias *alias;
	size_t len;

	*rank = 0;
	*figure = rule != NULL ? rule->figure : (struct csv_figure){ NULL, 0 };
	if (rule != NULL)
		return (csv_slots[rule->slot].kinds & 1u << kind) != 0 ? rule->slot : SLOT_EXTRA;
	alias = aliases_find(a, csv_kinds[kind], f->p, f->len);
	if (alias == NULL && currency_of(a, f, &len) != NULL)
		alias = aliases_find(a, csv_kinds[kind], f->p, len);
	if (alias == NULL)
		*figure = csv_figure_find(a, kind, f->p, f->len, rank, mem);
	if (alias == NULL)
		return figure->name != NULL ? SLOT_FIGURE : SLOT_EXTRA;
	*rank = alias->rank;
	return csv_slot_find(alias->key);
}

/* Rates the row in IN as a header of KIND; keeps it in *BEST if it is better. */
static void
rate(struct guess *best, const struct csvin *in, size_t row, enum csv_kind kind,
    struct aliases *a, const struct column_map *m)
{
	struct guess g = { kind, in->delim, row, in->line, 0, false, "" };
	struct arena scratch = ARENA_INIT;
	struct csv_figure figure;
	bool has[SLOTS] = { false };
	size_t i, rank;

	for (i = 0; i < SLOTS; i++)
		has[i] = m->set[i] != NULL;
	for (i = 0; i < in->n; i++) {
		enum csv_slot slot = slot_of(a, m, kind, &in->field[i], &rank, &figure,
		    &scratch);

		g.score += slot != SLOT_EXTRA;
		if (slot != SLOT_EXTRA)
			has[slot] = true;
	}
	arena_release(&scratch);
	g.fits = g.score > 0 && csv_kind_fits(kind, has, &g.want);
	if (g.fits > best->fits || (g.fits == best->fits && g.score > best->score))
		*best = g;
}

static void
rate_row(struct guess *best, const struct csvin *in, size_t row, struct aliases *a,
    const struct column_map *m)
{
	int kind;

	for (kind = 0; kind < CSV_KINDS; kind++)
		if (m->kind == CSV_KINDS || m->kind == (enum csv_kind)kind)
			rate(best, in, row, (enum csv_kind)kind, a, m);
}

/* The first row that will do under each delimiter; the best of these. */
static struct guess
best_guess(const char *text, size_t len, struct aliases *a, const struct column_map *m)
{
	static const char delims[] = ",;\t";
	struct guess best = { .fits = false };
	struct err unused;
	size_t i, row;

	for (i = 0; i < sizeof(delims) - 1; i++) {
		struct guess g = { .fits = false };
		struct csvin in;

		csvin_open_text(&in, "", text, len);
		in.delim = delims[i];
		for (row = 0; row < HEAD_ROWS && !g.fits; row++) {
			int got = csvin_next(&in, &unused);

			if (got == 0)
				break;
			if (got > 0)
				rate_row(&g, &in, row, a, m);
		}
		csvin_close(&in);
		if (g.fits > best.fits || (g.fits == best.fits && g.score > best.score))
			best = g;
	}
	return best;
}

static const char *
extra_key(struct csv_head *h, const char *name)
{
	struct buf b = BUF_INIT;
	const char *key;

	jtext_key(&b, name);
	key = arena_str(&h->mem, b.p[0] == ',' ? b.p + 1 : b.p);
	buf_release(&b);
	return key;
}

/* How many columns before I have its name. */
static size_t
repeated(const struct csv_head *h, const struct csvin *in, size_t i)
{
	size_t k, n = 0;

	for (k = 0; k < i; k++)
		n += strcmp(in->field[k].p, in->field[i].p) == 0;
	(void)h;
	return n;
}

static const char *
shown_name(struct csv_head *h, const struct csvin *in, size_t i)
{
	const struct csvin_field *f = &in->field[i];
	size_t again = repeated(h, in, i);
	char *name;

	if (f->len > 0 && again == 0)
		return arena_strn(&h->mem, f->p, f->len);
	name = arena_alloc(&h->mem, f->len + 32);
	if (f->len == 0)
		snprintf(name, 32, "column %zu", i + 1);
	else
		snprintf(name, f->len + 32, "%s#%zu", f->p, again + 1);
	return name;
}

const char *
csv_head_field(const struct csv_head *h, size_t i)
{
	const struct csv_column *c = &h->columns[i];

	return c->slot == SLOT_EXTRA ? "extra" : c->slot == SLOT_FIGURE ? c->figure.name :
	    csv_slots[c->slot].name;
}

/* Two columns of one name that means something: nobody can say which one it is. */
static int
check_double(const struct csv_head *h, const struct csvin *in, struct aliases *a,
    struct err *e)
{
	char folded[256];
	size_t i, k;

	for (i = 0; i < h->n; i++) {
		if (h->columns[i].slot == SLOT_EXTRA)
			continue;
		snprintf(folded, sizeof(folded), "%s",
		    aliases_fold(a, in->field[i].p, in->field[i].len));
		for (k = 0; k < i; k++)
			if (strcmp(folded, aliases_fold(a, in->field[k].p,
			    in->field[k].len)) == 0)
				return err_set(e, ERR_DATA, "columns %zu and %zu are both "
				    "\"%s\" (%s): rename one", k + 1, i + 1, in->field[i].p,
				    csv_head_field(h, i));
	}
	return 0;
}

/* What --map names must be there. */
static int
check_map(const struct csv_head *h, const struct csvin *in, struct aliases *a,
    const struct column_map *m, struct err *e)
{
	size_t r, i;

	for (r = 0; r < m->n; r++) {
		for (i = 0; i < h->n; i++)
			if (strcmp(m->rules[r].folded, aliases_fold(a, in->field[i].p,
			    in->field[i].len)) == 0)
				break;
		if (i == h->n && m->rules[r].optional)
			continue;
		if (i == h->n)
			return err_set(e, ERR_DATA, "no column \"%s\", which the map names",
			    m->rules[r].name);
		if (h->columns[i].slot == SLOT_EXTRA)
			return err_set(e, ERR_DATA, "the map names %s, which is nothing of a%s %s",
			    m->rules[r].slot == SLOT_FIGURE ? m->rules[r].figure.name :
			    csv_slots[m->rules[r].slot].name, h->kind == CSV_ORDER ? "n" : "",
			    csv_kinds[h->kind]);
	}
	return 0;
}

static void
set_columns(struct csv_head *h, const struct csvin *in, struct aliases *a,
    const struct column_map *m)
{
	size_t i, len;

	h->n = in->n;
	while (h->n > 0 && in->field[h->n - 1].len == 0)
		h->n--;
	h->columns = arena_alloc(&h->mem, h->n * sizeof(*h->columns));
	h->names = arena_alloc(&h->mem, h->n * sizeof(*h->names));
	for (i = 0; i < h->n; i++) {
		const struct csvin_field *f = &in->field[i];
		const struct column_rule *rule = rule_of(m, aliases_fold(a, f->p, f->len));
		const struct alias *told = aliases_find(a, "channel by column", f->p, f->len);
		struct csv_column *c = &h->columns[i];

		c->name = h->names[i] = shown_name(h, in, i);
		c->json = extra_key(h, c->name);
		c->slot = slot_of(a, m, h->kind, f, &c->rank, &c->figure, &h->mem);
		c->zone = rule != NULL ? rule->zone : NULL;
		c->format = rule != NULL ? rule->format : NULL;
		c->currency = currency_of(a, f, &len);
		if (told != NULL && h->channel == NULL)
			h->channel = arena_str(&h->mem, told->key);
		if (c->slot != SLOT_EXTRA)
			h->has[c->slot] = true;
	}
	for (i = 0; i < SLOTS; i++)
		h->has[i] = h->has[i] || m->set[i] != NULL;
}

/* Ids of rows that state the end of tickets, and no conversation, are ticket ids. */
static void
see_tickets(struct csv_head *h)
{
	size_t i;

	if (h->kind != CSV_MESSAGE || h->has[SLOT_TICKET] || h->has[SLOT_THREAD] ||
	    (!h->has[SLOT_STATUS] && !h->has[SLOT_SOLVED_AT]))
		return;
	for (i = 0; i < h->n; i++)
		if (h->columns[i].slot == SLOT_EXTERNAL_ID) {
			h->columns[i].slot = SLOT_TICKET;
			h->has[SLOT_TICKET] = true;
		}
}

static void
set_order(struct csv_head *h)
{
	size_t i, k;

	h->order = arena_alloc(&h->mem, h->n * sizeof(*h->order));
	for (i = 0; i < h->n; i++) {
		bool extra = h->columns[i].slot == SLOT_EXTRA;

		for (k = i; k > 0 && !extra; k--) {
			const struct csv_column *before = &h->columns[h->order[k - 1]];

			if (before->slot != SLOT_EXTRA &&
			    before->rank <= h->columns[i].rank)
				break;
			h->order[k] = h->order[k - 1];
		}
		h->order[k] = i;
	}
}

/* Learns from the rows at hand which columns keep their digits. */
static void
learn_digits(struct csv_head *h, struct csvin *in)
{
	struct arena scratch = ARENA_INIT;
	struct err unused;
	size_t row, i;
	int got;

	for (row = 0; row < SAMPLE_ROWS && (got = csvin_next(in, &unused)) != 0; row++) {
		for (i = 0; got > 0 && i < h->n && i < in->n; i++) {
			struct csv_cell c = { in->field[i].p, in->field[i].len };

			csv_digits_learn(&h->columns[i].digits, csv_unwrap(c, &scratch));
		}
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}

int
csv_head_find(struct csv_head *h, const char *text, size_t len, struct aliases *a,
    const struct column_map *m, struct err *e)
{
	struct guess g = best_guess(text, len, a, m);
	struct csvin in;
	struct err unused;
	size_t row;
	int bad;

	memset(h, 0, sizeof(*h));
	if (g.score == 0)
		err_set(e, ERR_DATA, "no column name is known; say what they mean by --map");
	else if (!g.fits)
		err_set(e, ERR_DATA, "line %zu may be the header, but %s; name the columns by "
		    "--map", g.line, g.want);
	if (!g.fits)
		return 0;
	h->from_at = h->to_at = FACT_NO_TIME;
	h->kind = g.kind;
	h->delim = g.delim;
	h->row = g.row;
	h->line = g.line;
	csvin_open_text(&in, "", text, len);
	in.delim = g.delim;
	for (row = 0; row <= g.row; row++)
		csvin_next(&in, &unused);
	set_columns(h, &in, a, m);
	bad = check_double(h, &in, a, e) < 0 || check_map(h, &in, a, m, e) < 0;
	if (!bad) {
		see_tickets(h);
		set_order(h);
		learn_digits(h, &in);
	}
	csvin_close(&in);
	return bad ? -1 : 1;
}

void
csv_head_release(struct csv_head *h)
{
	arena_release(&h->mem);
}
