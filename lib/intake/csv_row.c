/* csv_row - the cells of one row by what they mean */
#include <stdlib.h>
#include <string.h>

#include "intake/csv_row.h"
#include "stream/jtext.h"

enum { MEMO_MAX = 4096 };	/* words remembered */

void
csv_row_init(struct csv_row *r, struct csv_head *head, struct aliases *a,
    const struct column_map *m, const struct intake_opts *o)
{
	memset(r, 0, sizeof(*r));
	r->head = head;
	r->aliases = a;
	r->map = m;
	r->opts = o;
}

void
csv_row_release(struct csv_row *r)
{
	buf_release(&r->extra);
	buf_release(&r->text);
	arena_release(&r->scratch);
	map_release(&r->memo);
	map_release(&r->group_names);
	arena_release(&r->names);
	free(r->groups);
}

/* Column AT as it is: a cell is text, a JSON value what it was. */
static void
keep(struct csv_row *r, size_t at, struct csv_cell c)
{
	if (r->extra.len > 1)
		buf_char(&r->extra, ',');
	buf_str(&r->extra, r->head->columns[at].json);
	if (r->nodes != NULL)
		node_print(r->nodes[at], &r->extra);
	else
		jtext_string(&r->extra, c.p, c.len);
}

int
csv_row_refuse(const struct csv_row *r, enum csv_slot slot, struct err *e)
{
	char why[sizeof(e->msg)];
	size_t at = r->column[slot];

	memcpy(why, e->msg, sizeof(why));
	return err_set(e, ERR_DATA, "%s: %s", at < r->head->n ? r->head->names[at] :
	    csv_slots[slot].name, why);
}

/* Cleans a cell for its slot. */
static int
clean(struct csv_row *r, struct csv_column *column, struct csv_cell *c, struct err *e)
{
	enum csv_type type = csv_slots[column->slot].type;

	if (type == CSV_ID)
		return csv_id(&column->digits, c, &r->scratch, e);
	if (type == CSV_VALUE && csv_is_nothing(*c))
		c->len = 0;
	return 0;
}

/* A plain number without a unit tells nothing: it stays as it is. */
static int
place_figure(struct csv_row *r, size_t at, struct csv_cell c, struct err *e)
{
	const struct csv_column *column = &r->head->columns[at];
	struct fact_figure *f = &r->figures[r->figures_n];
	int got = csv_figure_read(&column->figure, c, &f->value, e);

	r->column[SLOT_FIGURE] = at;
	if (got < 0)
		return csv_row_refuse(r, SLOT_FIGURE, e);
	f->name = column->figure.name;
	if (got > 0 && csv_row_figure(r, f->name) < 0)
		r->figures_n++;
	else if (!csv_is_nothing(c))
		keep(r, at, c);
	return 0;
}

static bool
same(struct csv_cell a, struct csv_cell b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static int
place(struct csv_row *r, size_t at, struct csv_cell c, struct err *e)
{
	struct csv_column *column = &r->head->columns[at];

	if (r->nodes == NULL)
		c = csv_unwrap(c, &r->scratch);
	if (column->slot == SLOT_FIGURE)
		return place_figure(r, at, c, e);
	if (column->slot == SLOT_EXTRA || r->v[column->slot].len > 0) {
		/* {"id":7,"id_str":"7"} says one thing twice. */
		if (r->nodes == NULL || column->slot == SLOT_EXTRA ||
		    !same(r->v[column->slot], c))
			keep(r, at, c);
		return 0;
	}
	r->column[column->slot] = at;
	if (clean(r, column, &c, e) < 0)
		return csv_row_refuse(r, column->slot, e);
	r->v[column->slot] = c;
	return 0;
}

/* What --map sets for every row that does not say otherwise. */
static void
fill_set(struct csv_row *r)
{
	size_t i;

	for (i = 0; r->map->any_set && i < SLOTS; i++) {
		const char *s = r->map->set[i];

		if (s == NULL || r->v[i].len > 0)
			continue;
		r->v[i] = (struct csv_cell){ s, strlen(s) };
		r->column[i] = r->head->n;
	}
}

int
csv_row_fill(struct csv_row *r, const struct csvin_field *fields, struct err *e)
{
	size_t i, filled = 0;

	for (i = 0; i < r->head->n; i++)
		r->v[r->head->columns[i].slot].len = 0;
	r->figures_n = 0;
	r->part.of = 0;
	arena_clear(&r->scratch);
	if (r->head->has[SLOT_FIGURE])
		r->figures = arena_alloc(&r->scratch, r->head->n * sizeof(*r->figures));
	buf_clear(&r->extra);
	buf_char(&r->extra, '{');
	for (i = 0; i < r->head->n; i++) {
		size_t at = r->head->order[i];
		struct csv_cell c = { fields[at].p, fields[at].len };

		if (c.len == 0)
			continue;
		filled++;
		if (place(r, at, c, e) < 0)
			return -1;
	}
	fill_set(r);
	return filled > 0;
}

int64_t
csv_row_figure(const struct csv_row *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->figures_n; i++)
		if (strcmp(r->figures[i].name, name) == 0)
			return r->figures[i].value;
	return -1;
}

const char *
csv_row_text(const struct csv_row *r, enum csv_slot slot)
{
	return r->v[slot].len > 0 ? r->v[slot].p : NULL;
}

int
csv_row_time(struct csv_row *r, enum csv_slot slot, int64_t *at, struct err *e)
{
	const struct csv_column *c = NULL;
	const struct zone *z = r->opts->zone;

	if (r->v[slot].len == 0)
		return 0;
	if (r->column[slot] < r->head->n)
		c = &r->head->columns[r->column[slot]];
	if (c != NULL && c->zone != NULL)
		z = c->zone;
	if (csv_time(r->v[slot], c != NULL ? c->format : NULL, z, at, e) < 0)
		return csv_row_refuse(r, slot, e);
	return 0;
}

/* 9:00 and 09:00:05.123: a time of day, no whole time. */
static bool
is_clock(struct csv_cell c)
{
	return c.len > 2 && c.len <= 12 && (c.p[1] == ':' || c.p[2] == ':');
}

/* A time of day on the day of DATE, which may have a time behind it. */
static struct csv_cell
on_day(struct csv_row *r, struct csv_cell date, struct csv_cell clock)
{
	size_t day = strcspn(date.p, " T");
	char *both = arena_alloc(&r->scratch, day + clock.len + 2);

	memcpy(both, date.p, day);
	both[day] = ' ';
	memcpy(both + day + 1, clock.p, clock.len);
	return (struct csv_cell){ both, day + clock.len + 1 };
}

int
csv_row_at(struct csv_row *r, int64_t *at, struct err *e)
{
	const struct csv_cell day = r->v[SLOT_DATE];
	enum csv_slot slot = r->v[SLOT_AT].len > 0 ? SLOT_AT : r->v[SLOT_TIME].len > 0 ?
	    SLOT_TIME : SLOT_DATE;

	/* "time" with no date beside it is the whole time. */
	if (day.len > 0 && slot != SLOT_DATE && is_clock(r->v[slot]))
		r->v[slot] = on_day(r, day, r->v[slot]);
	return csv_row_time(r, slot, at, e);
}

int
csv_row_span(struct csv_row *r, enum csv_slot slot, int64_t unit_ms, int64_t *ms,
    struct err *e)
{
	if (r->v[slot].len > 0 && csv_span(r->v[slot], unit_ms, ms, e) < 0)
		return csv_row_refuse(r, slot, e);
	return 0;
}

/* "section:cell" in KEY; 0 when it does not fit. */
static size_t
memo_key(char *key, size_t size, const char *section, struct csv_cell c)
{
	size_t len = strlen(section);

	if (len + c.len + 1 > size)
		return 0;
	memcpy(key, section, len);
	key[len] = ':';
	if (c.len > 0)
		memcpy(key + len + 1, c.p, c.len);
	return len + 1 + c.len;
}

const char *
csv_row_word(struct csv_row *r, enum csv_slot slot, const char *section)
{
	const struct csv_cell c = r->v[slot];
	const struct alias *alias = NULL;
	union map_value *known;
	char key[64];
	size_t len;
	int is_new;

	if (c.len == 0)
		return NULL;
	len = memo_key(key, sizeof(key), section, c);
	if (len == 0) {
		alias = aliases_find(r->aliases, section, c.p, c.len);
		return alias != NULL ? alias->key : NULL;
	}
	if (r->memo.n > MEMO_MAX)
		map_clear(&r->memo);
	known = map_put(&r->memo, key, len, &is_new);
	if (is_new)
		known->ptr = (void *)(uintptr_t)aliases_find(r->aliases, section, c.p, c.len);
	alias = known->ptr;
	return alias != NULL ? alias->key : NULL;
}

void
csv_row_keep(struct csv_row *r, enum csv_slot slot)
{
	if (r->v[slot].len > 0 && r->column[slot] < r->head->n)
		keep(r, r->column[slot], r->v[slot]);
}

void
csv_row_keep_as(struct csv_row *r, enum csv_slot slot, const char *key)
{
	if (r->v[slot].len == 0)
		return;
	jtext_key(&r->extra, key);
	jtext_string(&r->extra, r->v[slot].p, r->v[slot].len);
}
