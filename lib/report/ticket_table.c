/* ticket_table - lists of tickets and of tasks as people and programs read them */
#include <string.h>

#include "report/ticket_page.h"
#include "report/ticket_table.h"
#include "report/ticket_tasks.h"
#include "stream/jtext.h"
#include "text/utf8.h"
#include "time/tm.h"

enum { TEXT_WIDTH = 44, FLUSH_AT = 65536 };

static const struct column ticket_columns[] = {
	{ "ticket", COL_INT, 0 }, { "pri", COL_INT, 0 }, { "status", COL_TEXT, 0 },
	{ "due", COL_TEXT, 0 }, { "queue", COL_TEXT, 0 }, { "agent", COL_TEXT, 0 },
	{ "channel", COL_TEXT, 0 }, { "customer", COL_TEXT, 0 }, { "about", COL_TEXT, 0 }
};
enum { TICKET_COLUMNS_N = sizeof(ticket_columns) / sizeof(*ticket_columns) };

static const struct column task_columns[] = {
	{ "task", COL_INT, 0 }, { "ticket", COL_INT, 0 }, { "state", COL_TEXT, 0 },
	{ "due", COL_TEXT, 0 }, { "queue", COL_TEXT, 0 }, { "checklist", COL_TEXT, 0 },
	{ "title", COL_TEXT, 0 }, { "reason", COL_TEXT, 0 }
};
enum { TASK_COLUMNS_N = sizeof(task_columns) / sizeof(*task_columns) };

/* "2h5m" left, "-40m" late; by the minute. */
static const char *
until(int64_t due_at, int64_t now, char out[TM_SIZE])
{
	return due_at == 0 ? NULL :
	    tm_format_span((due_at - now) / TM_MINUTE_MS * TM_MINUTE_MS, out);
}

/* One line of it, as much as fits. */
static const char *
brief(const char *s, char out[TEXT_WIDTH * 4 + 8])
{
	size_t len, fit;

	if (s == NULL)
		return NULL;
	s += strspn(s, " \t\r\n");
	len = strcspn(s, "\r\n");
	fit = utf8_fit(s, len, TEXT_WIDTH);
	memcpy(out, s, fit);
	strncpy(out + fit, fit < strlen(s) ? "…" : "", 4);
	return out;
}

static void
ticket_row(struct table *t, const struct ticket_line *k, int64_t now)
{
	const struct term_facts *f = &k->facts;
	char due[TM_SIZE], about[TEXT_WIDTH * 4 + 8];

	table_row(t, (struct cell[TICKET_COLUMNS_N]){ cell_int(f->id),
	    f->priority != 0 ? cell_int(f->priority) : cell_null(),
	    cell_text(f->text[TERM_STATUS]), cell_text(until(f->due_at, now, due)),
	    cell_text(f->text[TERM_QUEUE]), cell_text(f->text[TERM_AGENT]),
	    cell_text(f->text[TERM_CHANNEL]), cell_text(k->name),
	    cell_text(brief(k->subject != NULL ? k->subject : k->said, about)) });
}

static int
put_line(struct ticket_query *l, int64_t id, const struct ticket_show *w, struct table *t,
    struct err *e)
{
	struct ticket_line line;
	int got;

	if (w->ids) {
		buf_fmt(w->out, "%lld\n", (long long)id);
		return 0;
	}
	if ((got = ticket_line_read(l, id, &line, e)) <= 0)
		return got;
	if (w->form != TABLE_JSONL) {
		ticket_row(t, &line, l->now);
		return 0;
	}
	ticket_line_json(&line, w->zone, w->out);
	buf_char(w->out, '\n');
	return 0;
}

int
ticket_table(struct ticket_query *l, size_t n, const struct ticket_show *w,
    void (*flush)(struct buf *out), struct err *e)
{
	struct table t = { .format = w->form, .out = w->out, .zone = w->zone };
	bool rows = !w->ids && w->form != TABLE_JSONL;
	int bad = 0;
	size_t i;

	if (rows)
		table_open(&t, ticket_columns, TICKET_COLUMNS_N);
	for (i = 0; i < n && i < l->n && bad == 0; i++) {
		bad = put_line(l, l->v[i].id, w, &t, e);
		if (w->out->len > FLUSH_AT)
			flush(w->out);
	}
	if (rows)
		table_close(&t);
	flush(w->out);
	return bad;
}

/* What each row of tasks needs. */
struct tasks {
	const struct ticket_show *w;
	struct table t;
	int64_t now;
};

static void
task_json(const struct task_line *t, const struct ticket_show *w)
{
	const struct { const char *key; int64_t at; } times[] = { { "created_at", t->created_at },
		{ "due_at", t->due_at }, { "done_at", t->done_at } };
	char at[TM_SIZE];
	size_t i;

	buf_fmt(w->out, "{\"kind\":\"task\",\"id\":%lld,\"ticket\":%lld", (long long)t->id,
	    (long long)t->ticket);
	jtext_member(w->out, "state", task_state_name(t->state));
	jtext_member(w->out, "title", t->title);
	jtext_member(w->out, "queue", t->queue);
	jtext_member(w->out, "checklist", t->checklist);
	jtext_member(w->out, "step", t->step);
	if (t->waits)
		buf_str(w->out, ",\"waits\":true");
	for (i = 0; i < sizeof(times) / sizeof(*times); i++)
		if (times[i].at != 0)
			jtext_member(w->out, times[i].key, tm_format(times[i].at, w->zone, at));
	jtext_member(w->out, "reason", t->reason);
	jtext_member(w->out, "actor", t->actor);
	buf_str(w->out, "}\n");
}

static int
put_task(void *ctx, const struct task_line *t, struct err *e)
{
	struct tasks *all = ctx;
	char due[TM_SIZE];

	(void)e;
	if (all->w->ids)
		buf_fmt(all->w->out, "%lld\n", (long long)t->id);
	else if (all->w->form == TABLE_JSONL)
		task_json(t, all->w);
	else
		table_row(&all->t, (struct cell[TASK_COLUMNS_N]){ cell_int(t->id),
		    cell_int(t->ticket), cell_text(task_state_name(t->state)),
		    cell_text(t->state == TASK_OPEN ? until(t->due_at, all->now, due) : NULL),
		    cell_text(t->queue), cell_text(t->checklist), cell_text(t->title),
		    cell_text(t->reason) });
	return 0;
}

int
task_table(struct db *db, int64_t ticket, const char *queue, bool every,
    const struct ticket_show *w, int64_t now, struct err *e)
{
	struct tasks all = { .w = w, .now = now,
		.t = { .format = w->form, .out = w->out, .zone = w->zone } };
	bool rows = !w->ids && w->form != TABLE_JSONL;
	int bad;

	if (rows)
		table_open(&all.t, task_columns, TASK_COLUMNS_N);
	bad = task_each(db, ticket, queue, every, put_task, &all, e);
	if (rows)
		table_close(&all.t);
	return bad;
}
