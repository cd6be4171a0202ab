/* catalog - which reports there are, and what one of them says about itself */
#include "base/conf.h"
#include "report/catalog.h"

int
catalog_list(struct table *t, struct err *e)
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
			table_row(t, (struct cell[]){ cell_text(r->name), cell_text(r->title) });
		bad = r != NULL ? 0 : -1;
		report_free(r);
	}
	table_close(t);
	conf_list_free(paths, n);
	return bad;
}

static void
add_field(struct buf *out, const struct field *f)
{
	buf_fmt(out, "  %-18s %-5s %s\n", f->name, field_type_name(f->type), f->about);
}

void
catalog_describe(const struct report *r, struct buf *out)
{
	size_t i;

	buf_fmt(out, "%s - %s\n%s\nfile: %s\n", r->name, r->title, r->about, r->path);
	buf_fmt(out, "columns%s:\n", r->n_measures > 0 ? ", for --by and --where" : "");
	for (i = 0; i < r->n; i++)
		if (r->origins[i].kind != FROM_HIDDEN)
			add_field(out, &r->fields[i]);
	if (r->n_measures > 0)
		buf_fmt(out, "measures, by %s if not told:\n", *r->by ? r->by : "nothing");
	for (i = 0; i < r->n_measures; i++)
		add_field(out, &r->measures[i].out);
	if (r->n_options > 0)
		buf_str(out, "options, for --set NAME=VALUE:\n");
	for (i = 0; i < r->n_options; i++)
		buf_fmt(out, "  %-18s %-5s %s\n", r->options[i].name,
		    *r->options[i].value ? r->options[i].value : "-", r->options[i].about);
}
