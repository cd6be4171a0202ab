/* sheet_put - lines of a page, cleaned and cut as they end */
#include <string.h>

#include "report/sheet_private.h"
#include "report/rows.h"
#include "report/table_form.h"
#include "text/utf8.h"

enum { LABEL = 11 };

const char *
sheet_text(const struct node *o, const char *key)
{
	const char *s = node_as_text(node_get(o, key));

	return s != NULL ? s : "";
}

int64_t
sheet_int(const struct node *o, const char *key)
{
	int64_t v = 0;

	return node_as_int(node_get(o, key), &v) ? v : 0;
}

void
sheet_end_line(struct sheet *p)
{
	struct buf cut = BUF_INIT;

	rows_add_cut(&cut, buf_cstr(&p->line), p->width);
	while (cut.len > 0 && cut.p[cut.len - 1] == ' ')
		cut.len--;
	table_add_clean(p->out, buf_cstr(&cut), cut.len);
	buf_char(p->out, '\n');
	buf_release(&cut);
	buf_clear(&p->line);
}

void
sheet_padded(struct sheet *p, const char *s, size_t width)
{
	size_t have = utf8_width(s, strlen(s));

	buf_str(&p->line, s);
	for (; have < width; have++)
		buf_char(&p->line, ' ');
}

void
sheet_label(struct sheet *p, const char *name)
{
	buf_str(&p->line, "  ");
	sheet_padded(p, name, LABEL);
}

void
sheet_heading(struct sheet *p, const char *name)
{
	buf_fmt(p->out, "\n%s%s%s\n", p->color ? "\033[1m" : "", name, p->color ? "\033[m" : "");
}

void
sheet_time(struct sheet *p, const struct node *o, const char *key, bool day)
{
	const char *s = sheet_text(o, key);

	if (strlen(s) >= 16 && !day)
		buf_fmt(&p->line, "%.10s %.5s", s, s + 11);
	else
		buf_fmt(&p->line, "%.10s", s);
}

const char *
sheet_pair(struct sheet *p, const char *sep, const char *key, const char *text)
{
	if (*text == '\0')
		return sep;
	buf_fmt(&p->line, "%s%s%s%s", sep, key, *key != '\0' ? " " : "", text);
	return "  ";
}
