/* csv_head - the header of a CSV file: where it is, and what its columns mean */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/csv_head.h"
#include "intake/csv_order.h"
#include "stream/jtext.h"

/* The cells of a row that may be the header, or the names of a JSON record's members:
 * those from AROUND on are of what stands around it. */
struct header {
	const struct csvin_field *field;
	size_t n, around;
};

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

/* SLOT if rows of KIND have it. */
static enum csv_slot
has_slot(enum csv_kind kind, enum csv_slot slot)
{
	return (csv_slots[slot].kinds & 1u << kind) != 0 ? slot : SLOT_EXTRA;
}

/* The slot that cell I of the header names, for rows of KIND. */
static enum csv_slot
slot_of(struct aliases *a, const struct column_map *m, enum csv_kind kind,
    const struct header *c, size_t i, size_t *rank, struct csv_figure *figure,
    struct arena *mem)
{
	const struct csvin_field *f = &c->field[i];
	const char *section = i < c->around ? csv_kinds[kind] : "conversation";
	const struct column_rule *rule = rule_of(m, aliases_fold(a, f->p, f->len));
	const struct alias *alias;
	size_t len;

	*rank = 0;
	*figure = rule != NULL ? rule->figure : (struct csv_figure){ NULL, 0 };
	if (rule != NULL)
		return has_slot(kind, rule->slot);
	alias = aliases_find(a, section, f->p, f->len);
	if (alias == NULL && currency_of(a, f, &len) != NULL)
		alias = aliases_find(a, section, f->p, len);
	if (alias == NULL)
		*figure = csv_figure_find(a, kind, f->p, f->len, rank, mem);
	if (alias == NULL)
		return figure->name != NULL ? SLOT_FIGURE : SLOT_EXTRA;
	/* What the record itself says counts before what stands around it. */
	*rank = i < c->around ? alias->rank : alias->rank | (size_t)1 << 62;
	return has_slot(kind, csv_slot_find(alias->key));
}

/* Rates cells as a header of KIND; keeps it in *BEST if it is better. */
static void
rate(struct guess *best, const struct header *c, struct guess g, enum csv_kind kind,
    struct aliases *a, const struct column_map *m)
{
	struct arena scratch = ARENA_INIT;
	struct csv_figure figure;
	bool has[SLOTS] = { false };
	size_t i, rank;

	g.kind = kind;
	for (i = 0; i < SLOTS; i++)
		has[i] = m->set[i] != NULL;
	for (i = 0; i < c->n; i++) {
		enum csv_slot slot = slot_of(a, m, kind, c, i, &rank, &figure, &scratch);

		g.score += slot != SLOT_EXTRA;
		if (slot != SLOT_EXTRA)
			has[slot] = true;
	}
	arena_release(&scratch);
	g.fits = g.score > 0 && csv_kind_fits(kind, has, &g.want);
	if (g.fits && m->lean == kind)
		g.score += CSV_COLUMNS_MAX;
	if (g.fits > best->fits || (g.fits == best->fits && g.score > best->score))
		*best = g;
}

static void
rate_row(struct guess *best, const struct header *c, struct guess g, struct aliases *a,
    const struct column_map *m)
{
	int kind;

	for (kind = 0; kind < CSV_KINDS; kind++)
		if (m->kind == CSV_KINDS || m->kind == (enum csv_kind)kind)
			rate(best, c, g, (enum csv_kind)kind, a, m);
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
			struct header c = { in.field, in.n, in.n };
			struct guess here = { .delim = in.delim, .row = row, .line = in.line,
				.want = "" };

			if (got == 0)
				break;
			if (got > 0)
				rate_row(&g, &c, here, a, m);
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
repeated(const struct header *c, size_t i)
{
	size_t k, n = 0;

	for (k = 0; k < i; k++)
		n += strcmp(c->field[k].p, c->field[i].p) == 0;
	return n;
}

static const char *
shown_name(struct csv_head *h, const struct header *c, size_t i)
{
	const struct csvin_field *f = &c->field[i];
	size_t again = repeated(c, i);
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
check_double(const struct csv_head *h, const struct header *c, struct aliases *a,
    struct err *e)
{
	char folded[256];
	size_t i, k;

	for (i = 0; i < h->n; i++) {
		if (h->columns[i].slot == SLOT_EXTRA)
			continue;
		snprintf(folded, sizeof(folded), "%s",
		    aliases_fold(a, c->field[i].p, c->field[i].len));
		for (k = 0; k < i; k++)
			if (strcmp(folded, aliases_fold(a, c->field[k].p,
			    c->field[k].len)) == 0)
				return err_set(e, ERR_DATA, "columns %zu and %zu are both "
				    "\"%s\" (%s): rename one", k + 1, i + 1, c->field[i].p,
				    csv_head_field(h, i));
	}
	return 0;
}

/* What --map names must be there. */
static int
check_map(const struct csv_head *h, const struct header *c, struct aliases *a,
    const struct column_map *m, struct err *e)
{
	size_t r, i;

	for (r = 0; r < m->n; r++) {
		for (i = 0; i < h->n; i++)
			if (strcmp(m->rules[r].folded, aliases_fold(a, c->field[i].p,
			    c->field[i].len)) == 0)
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
set_columns(struct csv_head *h, const struct header *cells, struct aliases *a,
    const struct column_map *m)
{
	size_t i, len;

	h->n = cells->n;
	while (h->n > 0 && cells->field[h->n - 1].len == 0)
		h->n--;
	h->columns = arena_alloc(&h->mem, h->n * sizeof(*h->columns));
	h->names = arena_alloc(&h->mem, h->n * sizeof(*h->names));
	for (i = 0; i < h->n; i++) {
		const struct csvin_field *f = &cells->field[i];
		const struct column_rule *rule = rule_of(m, aliases_fold(a, f->p, f->len));
		const struct alias *told = aliases_find(a, "channel by column", f->p, f->len);
		const struct alias *whose = aliases_find(a, "account by column", f->p, f->len);
		struct csv_column *c = &h->columns[i];

		c->name = h->names[i] = shown_name(h, cells, i);
		c->json = extra_key(h, c->name);
		c->slot = slot_of(a, m, h->kind, cells, i, &c->rank, &c->figure, &h->mem);
		c->zone = rule != NULL ? rule->zone : NULL;
		c->format = rule != NULL ? rule->format : NULL;
		c->currency = currency_of(a, f, &len);
		if (told != NULL && h->channel == NULL)
			h->channel = arena_str(&h->mem, told->key);
		if (whose != NULL && h->account == NULL)
			h->account = arena_str(&h->mem, whose->key);
		if (c->slot != SLOT_EXTRA)
			h->has[c->slot] = true;
		h->wechat = h->wechat || strcmp(f->p, "StrContent") == 0;
	}
	for (i = 0; i < SLOTS; i++)
		h->has[i] = h->has[i] || m->set[i] != NULL;
}

int
csv_head_find(struct csv_head *h, const char *text, size_t len, struct aliases *a,
    const struct column_map *m, struct err *e)
{
	struct guess g = best_guess(text, len, a, m);
	struct header cells;
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
	cells = (struct header){ in.field, in.n, in.n };
	set_columns(h, &cells, a, m);
	bad = check_double(h, &cells, a, e) < 0 || check_map(h, &cells, a, m, e) < 0;
	if (!bad) {
		csv_see_tickets(h);
		csv_sort_columns(h);
		csv_learn_digits(h, &in);
	}
	csvin_close(&in);
	return bad ? -1 : 1;
}

int
csv_head_of(struct csv_head *h, const struct csvin_field *names, size_t n, size_t around,
    struct aliases *a, const struct column_map *m, struct err *e)
{
	struct header cells = { names, n, around };
	struct guess g = { .fits = false }, here = { .want = "" };
	size_t i;

	memset(h, 0, sizeof(*h));
	rate_row(&g, &cells, here, a, m);
	if (!g.fits && m->kind == CSV_KINDS) {
		err_set(e, ERR_DATA, "%s", g.score > 0 ? g.want : "no member's name is known; "
		    "say what they mean by --map");
		return 0;
	}
	h->kind = m->kind != CSV_KINDS ? m->kind : g.kind;
	set_columns(h, &cells, a, m);
	if (around == n)
		csv_see_tickets(h);
	csv_sort_columns(h);
	/* No spreadsheet had these numbers in hand. */
	for (i = 0; i < h->n; i++)
		h->columns[i].digits.kept = true;
	return 1;
}

void
csv_head_release(struct csv_head *h)
{
	arena_release(&h->mem);
}
