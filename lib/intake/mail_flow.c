/* mail_flow - format=flowed text as paragraphs (RFC 3676) */
#include <string.h>

#include "intake/mail_part.h"

struct flow_line {
	const char *p;
	size_t len;
	size_t quotes;		/* leading '>' */
	bool soft;		/* goes on in the next line */
};

static struct flow_line
read_line(const char *p, size_t len)
{
	struct flow_line l = { p, len, 0, false };

	while (l.quotes < len && p[l.quotes] == '>')
		l.quotes++;
	l.p += l.quotes;
	l.len -= l.quotes;
	if (l.len > 0 && l.p[0] == ' ') {	/* space-stuffed */
		l.p++;
		l.len--;
	}
	/* "-- " ends in a blank and is a line of its own all the same */
	l.soft = l.len > 0 && l.p[l.len - 1] == ' ' && !(l.len == 3 && memcmp(l.p, "-- ", 3) == 0);
	return l;
}

void
mail_unflow(struct buf *out, const char *text, bool delsp)
{
	struct flow_line last = { "", 0, 0, false };

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		struct flow_line l = read_line(text, len);

		if (last.soft && last.quotes == l.quotes && out->len > 0) {
			out->len -= delsp ? 2 : 1;
		} else {
			for (size_t i = 0; i < l.quotes; i++)
				buf_char(out, '>');
			if (l.quotes > 0)
				buf_char(out, ' ');
		}
		buf_add(out, l.p, l.len);
		buf_char(out, '\n');
		last = l;
		text += len + (text[len] == '\n');
	}
}
