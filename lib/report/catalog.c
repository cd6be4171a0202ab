/* catalog - which reports there are, and what one of them says about itself */
#include <string.h>

#include "base/conf.h"
#include "report/catalog.h"
#include "text/utf8.h"

int
catalog_list(struct table *t, enum lang lang, struct err *e)
{
	static const struct column cols[] = { { "report", COL_TEXT, 0 }, { "title", COL_TEXT, 0 } };
	char **paths;
	int n = conf_list("reports", ".sql", &paths, e), i, bad = 0;

	if (n < 0)
		return -1;
	table_open(t, cols, 2);
	for (i = 0; bad == 0 && i < n; i++) {
		struct report *r = report_read(paths[i], e);

		if (r != NULL)
			table_row(t, (struct cell[]){ cell_text(r->name),
			    cell_text(report_says(r, lang, "title")) });
		bad = r != NULL ? 0 : -1;
		report_free(r);
	}
	table_close(t);
	conf_list_free(paths, n);
	return bad;
}

/* TEXT in a column of WIDTH, two blanks behind it. */
static void
put(struct buf *out, const char *text, size_t width)
{
	size_t used = utf8_width(text, strlen(text));

	buf_str(out, text);
	for (; used < width + 2; used++)
		buf_char(out, ' ');
}

/* name  type  what it is called  one sentence */
static void
add_field(struct buf *out, const struct report *r, const struct words *w, const struct field *f)
{
	const char *name = words_name(w, r, f->name);

	buf_str(out, "  ");
	put(out, f->name, 18);
	put(out, field_type_name(f->type), 4);
	if (strcmp(name, f->name) != 0)
		put(out, name, 20);
	buf_fmt(out, "%s\n", words_about(w, r, f->name, f->about));
	while (out->len > 1 && out->p[out->len - 2] == ' ') {
		out->p[--out->len - 1] = '\n';
		out->p[out->len] = '\0';
	}
}

static void
add_charts(struct buf *out, const struct report *r, const struct words *w)
{
	size_t i;

	if (r->n_charts > 0)
		buf_str(out, "charts, for --charts (and \"by\": what it is grouped by):\n");
	for (i = 0; i < r->n_charts; i++) {
		buf_str(out, "  ");
		put(out, r->charts[i].name, 18);
		buf_fmt(out, "%s\n", words_name(w, r, r->charts[i].name));
	}
}

static void
add_options(struct buf *out, const struct report *r, const struct words *w)
{
	size_t i;

	if (r->n_options > 0)
		buf_str(out, "options, for --set NAME=VALUE:\n");
	for (i = 0; i < r->n_options; i++) {
		const struct report_option *o = &r->options[i];

		buf_str(out, "  ");
		put(out, o->name, 18);
		put(out, *o->value != '\0' ? o->value : "-", 4);
		buf_fmt(out, "%s\n", words_about(w, r, o->name, o->about));
	}
}

void
catalog_describe(const struct report *r, const struct words *w, struct buf *out)
{
	enum lang lang = words_lang(w);
	size_t i;

	buf_fmt(out, "%s - %s\n%s\nfile: %s\n", r->name, report_says(r, lang, "title"),
	    report_says(r, lang, "about"), r->path);
	buf_fmt(out, "columns%s:\n", r->n_measures > 0 ? ", for --by and --where" : "");
	for (i = 0; i < r->n; i++)
		if (r->origins[i].kind != FROM_HIDDEN)
			add_field(out, r, w, &r->fields[i]);
	if (r->n_measures > 0)
		buf_fmt(out, "measures, by %s if not told:\n", *r->by ? r->by : "nothing");
	for (i = 0; i < r->n_measures; i++)
		add_field(out, r, w, &r->measures[i].out);
	add_charts(out, r, w);
	add_options(out, r, w);
}
