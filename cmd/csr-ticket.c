/* csr-ticket - what people do with tickets: find, read, answer, pass on, end them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/ticket_page.h"
#include "report/ticket_table.h"
#include "store/act_run.h"
#include "time/tm.h"

static struct act_options how;
static const char *output, *sort = "next", *agent;
static int64_t limit, last = 30;
static bool reverse, all;

#define OPT_WORDS { 'm', "text", "TEXT", "the words (else from standard input)", OPT_TEXT, &how.words.text }
#define OPT_LAST { 'L', "last", "N", "the last N entries of the time line, 0: all (30)", OPT_INT, &last }
#define OPT_NOBODY { 0, "nobody", NULL, "take it from who has it", OPT_FLAG, &how.nobody }
#define OPT_FORCE { 0, "force", NULL, "also tickets of different customers", OPT_FLAG, &how.force }
#define OPT_REASON { 0, "reason", "WORD", "why it is begun", OPT_TEXT, &how.reason }
#define OPT_QUEUE(what) { 'Q', "queue", "NAME", what, OPT_TEXT, &how.queue }

static int list(int argc, char **argv), look(int argc, char **argv);
static int act(int argc, char **argv);

static const struct opt list_opts[] = {
	{ 's', "sort", "BY", "next, priority, due, waiting, opened, last or id", OPT_TEXT, &sort },
	{ 'r', "reverse", NULL, "the other way round", OPT_FLAG, &reverse },
	{ 'l', "limit", "N", "the first N", OPT_INT, &limit },
	OPT_END
};
static const struct opt next_opts[] = {
	{ 'A', "agent", "CODE", "of this agent, and what nobody has", OPT_TEXT, &agent },
	{ 'l', "limit", "N", "the first N (5)", OPT_INT, &limit },
	OPT_END
};
static const struct opt show_opts[] = { OPT_LAST, OPT_END };
static const struct opt reply_opts[] = {
	OPT_WORDS,
	{ 't', "template", "NAME", "fill in templates/NAME instead", OPT_TEXT, &how.words.template },
	{ 'S', "subject", "TEXT", "the subject of a mail", OPT_TEXT, &how.words.subject },
	{ 'C', "channel", "NAME", "by this channel, not the ticket's", OPT_TEXT, &how.words.channel },
	{ 'R', "resolve", NULL, "and resolve the ticket", OPT_FLAG, &how.then_resolve },
	{ 'w', "wait", NULL, "and wait for the customer", OPT_FLAG, &how.then_wait },
	OPT_END
};
static const struct opt note_opts[] = { OPT_WORDS, OPT_END };
static const struct opt end_opts[] = {
	{ 0, "cause", "TEXT", "what it was due to", OPT_TEXT, &how.cause },
	{ 0, "outcome", "TEXT", "what came of it", OPT_TEXT, &how.outcome },
	OPT_END
};
static const struct opt assign_opts[] = { OPT_NOBODY, OPT_END };
static const struct opt merge_opts[] = { OPT_FORCE, OPT_END };
static const struct opt task_opts[] = {
	OPT_WORDS,
	OPT_QUEUE("whose work it is (the owner's)"),
	{ 0, "within", "TIME", "working time it may take", OPT_TEXT, &how.within },
	{ 0, "calendar", "NAME", "whose working time (cn-desk)", OPT_TEXT, &how.calendar },
	{ 'w', "wait", NULL, "the ticket waits for it", OPT_FLAG, &how.waits },
	OPT_END
};
static const struct opt tick_opts[] = {
	{ 0, "failed", "WHY", "it could not be done", OPT_TEXT, &how.failed },
	{ 0, "skipped", "WHY", "it need not be done", OPT_TEXT, &how.skipped },
	OPT_END
};
static const struct opt tasks_opts[] = {
	OPT_QUEUE("only of this queue"),
	{ 'a', "all", NULL, "those that have ended, too", OPT_FLAG, &all },
	OPT_END
};
static const struct opt checklist_opts[] = { OPT_REASON, OPT_END };

static const struct verb verbs[] = {
	{ "list", "[TERM...]", "find tickets: status:open queue:payment age:>2d", list, list_opts },
	{ "next", "", "what to do now", list, next_opts },
	{ "show", "ID...", "a ticket on a page", look, show_opts },
	{ "log", "ID...", "what was done to it", look, NULL },
	{ "clocks", "ID...", "its clocks, reckoned span by span", look, NULL },
	{ "reply", "ID...", "answer the customer", act, reply_opts },
	{ "note", "ID...", "a word among ourselves", act, note_opts },
	{ "assign", "ID... AGENT", "give it to somebody", act, assign_opts },
	{ "wait", "ID...", "the customer has the next word", act, NULL },
	{ "resolve", "ID...", "it is solved", act, end_opts },
	{ "close", "ID...", "it is over", act, end_opts },
	{ "reopen", "ID...", "it is not", act, NULL },
	{ "merge", "ID... INTO", "make them part of another", act, merge_opts },
	{ "unmerge", "ID...", "as if that had not been", act, NULL },
	{ "link", "ID... OTHER", "they have to do with each other", act, NULL },
	{ "task", "ID...", "work for another department", act, task_opts },
	{ "checklist", "ID... NAME", "begin the steps of checklists/NAME", act, checklist_opts },
	{ "tick", "TASK...", "a task or a step has ended", act, tick_opts },
	{ "tasks", "[ID...]", "what is to be done", look, tasks_opts },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = {
	{ 'o', "output", "FORM", "table, jsonl, csv or md", OPT_TEXT, &output },
	OPT_DB, OPT_CONFIG, OPT_NOW, OPT_TZ, OPT_ACTOR,
	{ 'q', "quiet", NULL, "print numbers only", OPT_FLAG, &common.quiet },
	OPT_DRY_RUN,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-ticket",
	.what = "what people do with tickets",
	.args = "",
	.examples =
	    "  csr-ticket list 'queue:payment age:>2d' -q | csr-ticket assign - lisi\n"
	    "  csr-ticket show 42\n"
	    "  csr-ticket reply 42 --resolve --text '已出票，请查收。'\n",
	.opts = opts, .verbs = verbs
};

/* What every verb needs; dies with the reason when it cannot be had. */
struct desk {
	struct db *db;
	const struct zone *zone;
	struct ticket_show show;
	struct ticket_query list;
	struct buf out;
	size_t refused;
};

static void
open_desk(struct desk *d, enum db_mode mode)
{
	struct err e;

	*d = (struct desk){ .out = BUF_INIT };
	if (tm_now_init(common.now, &e) < 0 || (d->zone = zone_default(&e)) == NULL)
		die_err(&e);
	d->show = (struct ticket_show){ out_is_tty() ? TABLE_TEXT : TABLE_JSONL, common.quiet,
		d->zone, &d->out };
	if ((output != NULL && table_format_of(output, &d->show.form, &e) < 0) ||
	    db_open(&d->db, NULL, mode, &e) < 0)
		die_err(&e);
	ticket_query_init(&d->list, d->db, tm_now());
}

static void
flush(struct buf *out)
{
	out_write(buf_cstr(out), out->len);
	out_flush();
	buf_clear(out);
}

static int
close_desk(struct desk *d, int bad, const struct err *e)
{
	flush(&d->out);
	if (bad < 0)
		warn_err(e);
	ticket_query_release(&d->list);
	db_close(d->db);
	buf_release(&d->out);
	return out_finish(bad < 0 ? e->code : d->refused > 0 ? ERR_DATA : 0);
}

/* next is a list, too: of what one agent has and what nobody has. */
static int
list(int argc, char **argv)
{
	bool next = strcmp(common.verb, "next") == 0;
	char of_agent[120], *terms[] = { of_agent };
	enum ticket_order order = ORDER_NEXT;
	struct terms t;
	struct desk d;
	struct err e;
	int bad;

	if (next && argc > 0)
		die(ERR_USAGE, "next takes no \"%s\" (try --help)", argv[0]);
	open_desk(&d, DB_READ);
	snprintf(of_agent, sizeof(of_agent), "status:open agent:\"%.80s\",none", agent);
	if (ticket_order_of(sort, &order, &e) < 0 || terms_parse(&t, next ? terms : argv,
	    next ? agent != NULL : (size_t)argc, d.zone, &e) < 0)
		return close_desk(&d, -1, &e);
	limit = limit > 0 ? limit : next ? 5 : INT64_MAX;
	bad = ticket_query_find(&d.list, &t, order, reverse, &e);
	if (bad == 0)
		bad = ticket_table(&d.list, (size_t)limit, &d.show, flush, &e);
	if (bad == 0 && isatty(STDERR_FILENO))
		warn("%zu tickets", d.list.n);
	terms_release(&t);
	return close_desk(&d, bad, &e);
}

static int
look_at(void *ctx, int64_t id, struct err *e)
{
	struct desk *d = ctx;
	int bad = strcmp(common.verb, "tasks") == 0 ?
	    task_table(d->db, id, how.queue, all, &d->show, d->list.now, e) :
	    ticket_look(&d->list, common.verb, id, last, &d->show, e);

	flush(&d->out);
	return bad;
}

static int
look(int argc, char **argv)
{
	bool everywhere = argc == 0 && strcmp(common.verb, "tasks") == 0;
	struct desk d;
	struct err e;

	open_desk(&d, DB_READ);
	return close_desk(&d, everywhere ? look_at(&d, 0, &e) :
	    act_each_id(argc, argv, false, look_at, &d, warn_err, &d.refused, &e), &e);
}

static int
act(int argc, char **argv)
{
	const struct act_kind *k = act_kind(common.verb);
	struct acting a = { .db = NULL };
	struct act_run r = { .acting = &a, .kind = k, .how = &how, .dry_run = common.dry_run,
		.print = flush, .complain = warn_err };
	struct desk d;
	struct err e;
	int bad;

	if (act_complete(k, &how, &argc, argv, &e) < 0)
		die_err(&e);
	open_desk(&d, DB_WRITE);
	r.form = common.quiet ? ACT_IDS : d.show.form == TABLE_JSONL ? ACT_JSON : ACT_WORDS;
	bad = act_init(&a, d.db, opt_actor(), tm_now(), d.zone, &e);
	if (bad == 0)
		bad = act_run(&r, argc, argv, &e);
	d.refused = r.refused;
	act_release(&a);
	return close_desk(&d, bad, &e);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
