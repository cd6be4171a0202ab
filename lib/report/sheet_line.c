/* sheet_line - the time line of a page */
#include <stdio.h>
#include <string.h>

#include "report/sheet_private.h"
#include "text/utf8.h"

/* "王雨桐: " or "". */
static void
add_who(struct buf *b, const struct node *o)
{
	if (*sheet_text(o, "who") != '\0')
		buf_fmt(b, "%s: ", sheet_text(o, "who"));
}

static void
add_words(struct buf *b, const struct node *o)
{
	if (*sheet_text(o, "subject") != '\0')
		buf_fmt(b, "%s | ", sheet_text(o, "subject"));
	buf_str(b, sheet_text(o, "text"));
}

static void
add_message(struct buf *b, const struct node *o)
{
	const char *way = sheet_text(o, "direction");

	buf_str(b, strcmp(way, "in") == 0 ? "< " : strcmp(way, "out") == 0 ? "> " : "# ");
	if (node_as_bool(node_get(o, "auto")))
		buf_str(b, "(automatic) ");
	add_who(b, o);
	add_words(b, o);
}

static void
add_event(struct buf *b, const struct node *o)
{
	int64_t ticket = 0;

	buf_fmt(b, "* %s", sheet_text(o, "what"));
	if (node_as_int(node_get(o, "ticket"), &ticket))
		buf_fmt(b, " #%lld", (long long)ticket);
	if (*sheet_text(o, "subject") != '\0')
		buf_fmt(b, " %s", sheet_text(o, "subject"));
	if (*sheet_text(o, "state") != '\0')
		buf_fmt(b, " %s", sheet_text(o, "state"));
	if (*sheet_text(o, "who") != '\0')
		buf_fmt(b, ", by %s", sheet_text(o, "who"));
}

static void
add_outbox(struct buf *b, const struct node *o)
{
	buf_fmt(b, "> (%s %s) ", sheet_text(o, "purpose"), sheet_text(o, "state"));
	add_words(b, o);
}

static void
add_answer(struct buf *b, const struct node *o)
{
	int64_t score;

	buf_fmt(b, "= %s", sheet_text(o, "form"));
	if (node_as_int(node_get(o, "score"), &score))
		buf_fmt(b, " %lld", (long long)score);
	buf_fmt(b, " %s", sheet_text(o, "text"));
}

static void
add_entry(struct buf *b, const struct node *o)
{
	const char *what = sheet_text(o, "what"), *channel = sheet_text(o, "channel");
	size_t width = utf8_width(channel, strlen(channel));

	buf_fmt(b, "  %.5s %s", strlen(sheet_text(o, "at")) >= 16 ? sheet_text(o, "at") + 11 : "",
	    channel);
	for (; width < 8; width++)
		buf_char(b, ' ');
	buf_char(b, ' ');
	if (strcmp(what, "message") == 0)
		add_message(b, o);
	else if (strcmp(what, "outbox") == 0)
		add_outbox(b, o);
	else if (strcmp(what, "answer") == 0)
		add_answer(b, o);
	else
		add_event(b, o);
}

void
sheet_line(struct sheet *p, const struct node *customer)
{
	const struct node *line = node_get(customer, "timeline");
	bool earlier = node_as_bool(node_get(customer, "earlier"));
	char day[16] = "";
	size_t i;

	for (i = 0; i < node_len(line); i++) {
		const struct node *o = node_at(line, i);

		if (strncmp(day, sheet_text(o, "at"), 10) != 0) {
			snprintf(day, sizeof(day), "%.10s", sheet_text(o, "at"));
			sheet_heading(p, day);
			if (i == 0 && earlier)
				buf_str(p->out, "  ... --limit 0 shows what came before\n");
		}
		add_entry(&p->line, o);
		sheet_end_line(p);
	}
}
