/* printer - a program's records on stdout, in the form its reader wants */
#include "base/out.h"
#include "report/sheet.h"
#include "report/printer.h"

int
printer_open(struct printer *p, const char *output, const char *color, struct err *e)
{
	int bright = table_color(color, out_is_tty(), e);

	p->rows = (struct rows){ .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL,
		.out = &p->text };
	p->color = bright > 0;
	p->width = out_is_tty() ? sheet_width() : 0;
	return bright < 0 || (output != NULL &&
	    table_format_of(output, &p->rows.format, e) < 0) ? -1 : 0;
}

static void
put_id(const struct node *record)
{
	int64_t id;

	if (node_as_int(node_get(record, "customer"), &id) ||
	    node_as_int(node_get(record, "id"), &id))
		out_fmt("%lld\n", (long long)id);
}

void
printer_put(struct printer *p, const struct node *record)
{
	if (p->ids) {
		put_id(record);
	} else if (p->pages && p->rows.format == TABLE_TEXT) {
		buf_str(&p->text, p->printed > 0 ? "\n\n" : "");
		sheet_print(record, p->width, p->color, &p->text);
	} else {
		rows_put(&p->rows, record);
	}
	p->printed++;
	out_write(p->text.p, p->text.len);
	buf_clear(&p->text);
	if (p->ids || p->rows.format == TABLE_JSONL)
		out_flush();
}

void
printer_close(struct printer *p)
{
	rows_close(&p->rows);
	out_write(p->text.p, p->text.len);
	buf_release(&p->text);
}
