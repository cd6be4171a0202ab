/* sheet_value - what a customer bought, how content they are, what is open */
#include <string.h>

#include "report/sheet_private.h"
#include "report/rows.h"

static void
put_value(struct sheet *p, const struct node *c)
{
	const struct node *v = node_get(c, "value"), *s = node_get(c, "standing");
	int64_t n = sheet_int(v, "orders"), none = sheet_int(v, "void");

	if (v != NULL) {
		sheet_label(p, "bought");
		buf_fmt(&p->line, "%lld order%s", (long long)n, n == 1 ? "" : "s");
		if (none > 0)
			buf_fmt(&p->line, " and %lld void", (long long)none);
		if (node_len(node_get(v, "amounts")) > 0)
			buf_str(&p->line, ", ");
		rows_add_money(&p->line, node_get(v, "amounts"));
		if (*sheet_text(v, "last_at") != '\0') {
			buf_str(&p->line, ", last ");
			sheet_time(p, v, "last_at", true);
		}
		sheet_end_line(p);
	}
	if (sheet_int(s, "recency") != 0) {
		sheet_label(p, "standing");
		buf_fmt(&p->line, "recency %lld, frequency %lld, money %lld of 5, as of ",
		    (long long)sheet_int(s, "recency"), (long long)sheet_int(s, "frequency"),
		    (long long)sheet_int(s, "monetary"));
		sheet_time(p, s, "as_of", true);
		sheet_end_line(p);
	}
}

static void
put_mood(struct sheet *p, const struct node *c)
{
	const struct node *mood = node_get(c, "mood"), *scores = node_get(c, "scores");
	const struct node *last = node_get(mood, "latest_first"), *t = node_get(c, "tickets");
	size_t i;
	double mean;

	if (t != NULL) {
		sheet_label(p, "tickets");
		buf_fmt(&p->line, "%lld, reopened %lld, complaints %lld",
		    (long long)sheet_int(t, "n"),
		    (long long)sheet_int(t, "reopens"), (long long)sheet_int(t, "complaints"));
		sheet_end_line(p);
	}
	if (mood != NULL) {
		sheet_label(p, "mood");
		sheet_pair(p, "", "", sheet_text(mood, "trend"));
		buf_str(&p->line, *sheet_text(mood, "trend") != '\0' ? ":" : "");
		for (i = node_len(last); i-- > 0;)
			buf_fmt(&p->line, "%s%s", i + 1 < node_len(last) ||
			    *sheet_text(mood, "trend") != '\0' ? " " : "",
			    node_as_text(node_at(last, i)));
		sheet_end_line(p);
	}
	for (i = 0; i < node_len(scores); i++) {
		const struct node *o = node_at(scores, i);

		sheet_label(p, sheet_text(o, "form"));
		if (node_as_real(node_get(o, "mean"), &mean))
			buf_fmt(&p->line, "%.1f of %lld, last ", mean,
			    (long long)sheet_int(o, "n"));
		sheet_time(p, o, "last_at", true);
		sheet_end_line(p);
	}
}

static void
put_open(struct sheet *p, const struct node *list)
{
	size_t i;

	if (node_len(list) > 0)
		sheet_heading(p, "open tickets");
	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);

		buf_fmt(&p->line, "  #%-6lld", (long long)sheet_int(o, "ticket"));
		sheet_time(p, o, "opened_at", false);
		buf_str(&p->line, "  ");
		sheet_padded(p, sheet_text(o, "channel"), 8);
		sheet_pair(p, " ", "", sheet_text(o, "urgency"));
		sheet_pair(p, " ", "", sheet_text(o, "area"));
		sheet_pair(p, " ", "", sheet_text(o, "agent"));
		sheet_pair(p, "  ", "", sheet_text(o, "subject"));
		sheet_end_line(p);
	}
}

static void
put_orders(struct sheet *p, const struct node *list)
{
	size_t i;

	if (node_len(list) > 0)
		sheet_heading(p, "orders");
	for (i = 0; i < node_len(list); i++) {
		const struct node *o = node_at(list, i);
		const char *at = *sheet_text(o, "ordered_at") != '\0' ? "ordered_at" :
		    *sheet_text(o, "paid_at") != '\0' ? "paid_at" : "starts_at";

		buf_str(&p->line, "  ");
		sheet_time(p, o, at, true);
		buf_fmt(&p->line, "%s%s  ", *sheet_text(o, at) != '\0' ? "  " : "",
		    sheet_text(o, "order"));
		sheet_padded(p, sheet_text(o, "status"), 10);
		buf_str(&p->line, "  ");
		rows_add_money(&p->line, o);
		sheet_pair(p, "  ", "", sheet_text(o, "title"));
		sheet_end_line(p);
	}
}

void
sheet_value(struct sheet *p, const struct node *c)
{
	put_value(p, c);
	put_mood(p, c);
	put_open(p, node_get(c, "open"));
	put_orders(p, node_get(c, "orders"));
}
