/* rows - records for programs, or some of their members as a table for people */
#include <stdlib.h>
#include <string.h>

#include "report/rows.h"
#include "text/money.h"
#include "text/utf8.h"

const struct node *
rows_at(const struct node *record, const char *path)
{
	char key[64];

	while (record != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		record = node_get(record, key);
		path += len + (path[len] == '.');
	}
	return record;
}

void
rows_add_cut(struct buf *out, const char *s, size_t most)
{
	struct buf line = BUF_INIT;
	size_t i, fit;

	buf_str(&line, s);
	for (i = 0; i < line.len; i++)
		if (line.p[i] == '\n' || line.p[i] == '\r' || line.p[i] == '\t')
			line.p[i] = ' ';
	if (most == 0 || utf8_width(buf_cstr(&line), line.len) <= most) {
		buf_add(out, buf_cstr(&line), line.len);
	} else {
		fit = utf8_fit(line.p, line.len, most - 1);
		buf_add(out, line.p, fit);
		buf_str(out, "\xe2\x80\xa6");
	}
	buf_release(&line);
}

static void
add_amount(struct buf *out, const struct node *o)
{
	char text[MONEY_SIZE];
	int64_t minor;

	if (!node_as_int(node_get(o, "amount_minor"), &minor))
		return;
	if (out->len > 0)
		buf_str(out, ", ");
	buf_str(out, money_format(minor, node_as_text(node_get(o, "currency")), text));
}

void
rows_add_money(struct buf *out, const struct node *amounts)
{
	struct buf list = BUF_INIT;
	size_t i;

	if (node_is_object(amounts))
		add_amount(&list, amounts);
	for (i = 0; node_is_array(amounts) && i < node_len(amounts); i++)
		add_amount(&list, node_at(amounts, i));
	buf_add(out, buf_cstr(&list), list.len);
	buf_release(&list);
}

static void add_text(struct buf *out, const struct node *n);

static int
add_member(void *ctx, const char *key, const struct node *value)
{
	struct buf *out = ctx;

	(void)key;
	if (out->len > 0 && out->p[out->len - 1] != ' ')
		buf_char(out, ' ');
	add_text(out, value);
	return 0;
}

static void
add_text(struct buf *out, const struct node *n)
{
	size_t i;
	int64_t v;

	if (node_as_text(n) != NULL) {
		buf_str(out, node_as_text(n));
	} else if (node_is_array(n)) {
		for (i = 0; i < node_len(n); i++) {
			buf_str(out, i > 0 ? ", " : "");
			add_text(out, node_at(n, i));
		}
	} else if (node_is_object(n)) {
		node_each(n, add_member, out);
	} else if (node_as_int(n, &v)) {
		buf_fmt(out, "%lld", (long long)v);
	} else if (!node_is_null(n)) {
		buf_str(out, node_as_bool(n) ? "yes" : "no");
	}
}

/* "2026-10-01T09:00:00+08:00" as "2026-10-01 09:00", or the day alone. */
static void
add_time(struct rows *r, struct buf *out, const char *s, bool day)
{
	if (s != NULL && r->format == TABLE_TEXT && strlen(s) >= 16)
		buf_fmt(out, day ? "%.10s" : "%.10s %.5s", s, s + 11);
	else if (s != NULL)
		buf_str(out, s);
}

static struct cell
cell_of(struct rows *r, const struct rows_column *c, const struct node *n)
{
	struct buf text = BUF_INIT, cut = BUF_INIT;
	struct cell cell = cell_null();
	int64_t v;

	if (c->type == ROWS_INT)
		return node_as_int(n, &v) ? cell_int(v) : cell_null();
	if (c->type == ROWS_MONEY)
		rows_add_money(&text, n);
	else if (c->type == ROWS_TIME || c->type == ROWS_DAY)
		add_time(r, &text, node_as_text(n), c->type == ROWS_DAY);
	else
		add_text(&text, n);
	if (text.len > 0) {
		rows_add_cut(&cut, text.p, r->format == TABLE_TEXT ? c->most : 0);
		cell = cell_text(arena_str(&r->text, cut.p));
	}
	buf_release(&text);
	buf_release(&cut);
	return cell;
}

static void
open_table(struct rows *r, const char *kind)
{
	size_t i;

	r->cols = kind != NULL ? rows_columns(kind) : NULL;
	if (r->cols == NULL) {
		r->format = TABLE_JSONL;
		return;
	}
	while (r->cols[r->n].key != NULL)
		r->n++;
	r->table = (struct table){ .format = r->format, .out = r->out };
	r->heads = xcalloc(r->n, sizeof(*r->heads));
	r->cells = xcalloc(r->n, sizeof(*r->cells));
	for (i = 0; i < r->n; i++)
		r->heads[i] = (struct column){ r->cols[i].head,
			r->cols[i].type == ROWS_INT ? COL_INT : COL_TEXT, 0 };
	table_open(&r->table, r->heads, r->n);
}

void
rows_put(struct rows *r, const struct node *record)
{
	size_t i;

	if (r->format != TABLE_JSONL && r->cols == NULL)
		open_table(r, node_as_text(node_get(record, "kind")));
	if (r->format == TABLE_JSONL) {
		node_print(record, r->out);
		buf_char(r->out, '\n');
		return;
	}
	for (i = 0; i < r->n; i++)
		r->cells[i] = cell_of(r, &r->cols[i], rows_at(record, r->cols[i].key));
	table_row(&r->table, r->cells);
	arena_clear(&r->text);
}

void
rows_close(struct rows *r)
{
	if (r->cols != NULL)
		table_close(&r->table);
	free(r->heads);
	free(r->cells);
	arena_release(&r->text);
}
