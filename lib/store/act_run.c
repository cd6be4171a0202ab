/* act_run - one act on many tickets: ids in, what was done out */
#include <stdlib.h>
#include <string.h>

#include "store/act_run.h"
#include "stream/jsonl.h"
#include "stream/jtext.h"

enum { BATCH = 1000 };

/* What calls are made for each id, and when input runs dry. */
struct ids {
	int (*fn)(void *ctx, int64_t id, struct err *e);
	int (*dry)(void *ctx, struct err *e);
	void *ctx;
	void (*complain)(const struct err *e);
	size_t *refused;
	bool tasks;
};

static int
parse_id(const char *s, int64_t *id, struct err *e)
{
	char *end;

	*id = strtoll(s, &end, 10);
	while (*end == ' ' || *end == '\t')
		end++;
	return end != s && *end == '\0' && *id > 0 ? 0 :
	    err_set(e, ERR_DATA, "not a ticket's number: \"%.40s\"", s);
}

/* A task's record has its id; a ticket's its own, any other names its ticket. */
static int
id_of_record(const struct ids *in, const char *line, size_t len, int64_t *id, struct err *e)
{
	struct rec r = REC_INIT;
	int bad = rec_parse(&r, line, len, e);

	*id = 0;
	if (bad == 0 && in->tasks && !rec_int(&r, "task", id) && rec_is(&r, "task"))
		rec_int(&r, "id", id);
	if (bad == 0 && !in->tasks && !rec_int(&r, "ticket", id) && rec_is(&r, "ticket"))
		rec_int(&r, "id", id);
	rec_release(&r);
	return bad;
}

/* Refusals are told and counted; anything else ends the run. */
static int
judge(const struct ids *in, int bad, struct err *e)
{
	if (bad == 0)
		return 0;
	if (e->code != ERR_DATA)
		return -1;
	in->complain(e);
	++*in->refused;
	return 0;
}

static int
one_line(const struct ids *in, const char *line, size_t len, struct err *e)
{
	int64_t id;
	int bad;

	line += strspn(line, " \t");
	if (*line == '\0')
		return 0;
	if (*line == '{')
		bad = id_of_record(in, line, strlen(line), &id, e);
	else
		bad = parse_id(line, &id, e);
	(void)len;
	return bad < 0 ? -1 : id == 0 ? 0 : in->fn(in->ctx, id, e);
}

static int
each_line(const struct ids *in, struct err *e)
{
	struct lines l = { .dry = in->dry, .ctx = in->ctx };
	char *line;
	size_t len;
	int got = lines_open(&l, "-", e);

	if (got < 0)
		return -1;
	l.dry = in->dry;
	l.ctx = in->ctx;
	while ((got = lines_next(&l, &line, &len, e)) != 0) {
		if (got > 0 && one_line(in, line, len, e) == 0)
			continue;
		if (e->code == ERR_DATA && got > 0)
			err_at(e, "stdin", l.line);
		if (judge(in, -1, e) < 0)
			break;
	}
	lines_close(&l);
	return got != 0 ? -1 : 0;
}

static int
each_id(const struct ids *in, int argc, char **argv, struct err *e)
{
	int64_t id;
	int i;

	if (argc == 0)
		return each_line(in, e);
	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "-") == 0 ? each_line(in, e) < 0 : judge(in,
		    parse_id(argv[i], &id, e) < 0 ? -1 : in->fn(in->ctx, id, e), e) < 0)
			return -1;
	}
	return 0;
}

int
act_each_id(int argc, char **argv, bool tasks, int (*fn)(void *ctx, int64_t id,
    struct err *e), void *ctx, void (*complain)(const struct err *e), size_t *refused,
    struct err *e)
{
	struct ids in = { fn, NULL, ctx, complain, refused, tasks };

	return each_id(&in, argc, argv, e);
}

/* The batch that is being gathered. */
struct batch {
	struct act_run *r;
	int64_t ids[BATCH];
	size_t n;
	struct buf out;
};

static void
put(struct batch *b, const struct acted *d)
{
	const struct act_run *r = b->r;

	if (r->form == ACT_IDS) {
		buf_fmt(&b->out, "%lld\n", (long long)d->ticket);
		return;
	}
	if (r->form == ACT_WORDS) {
		buf_fmt(&b->out, "ticket %lld: %s%s", (long long)d->ticket, r->kind->name,
		    d->is_new ? "" : " (it was so already)");
		if (d->outbox != 0)
			buf_fmt(&b->out, ", outbox %lld", (long long)d->outbox);
		if (d->task != 0)
			buf_fmt(&b->out, ", task %lld", (long long)d->task);
		buf_str(&b->out, r->dry_run ? " (not written)\n" : "\n");
		return;
	}
	buf_str(&b->out, "{\"kind\":\"act\"");
	jtext_member(&b->out, "act", r->kind->name);
	buf_fmt(&b->out, ",\"ticket\":%lld", (long long)d->ticket);
	if (d->message != 0)
		buf_fmt(&b->out, ",\"message\":%lld", (long long)d->message);
	if (d->outbox != 0)
		buf_fmt(&b->out, ",\"outbox\":%lld", (long long)d->outbox);
	if (d->task != 0)
		buf_fmt(&b->out, ",\"task\":%lld", (long long)d->task);
	jtext_member(&b->out, "actor", r->acting->actor);
	buf_fmt(&b->out, ",\"new\":%s%s}\n", d->is_new ? "true" : "false",
	    r->dry_run ? ",\"dry_run\":true" : "");
}

static int
write_batch(struct batch *b, struct err *e)
{
	struct act_run *r = b->r;
	struct acted done;
	size_t i;

	if (db_begin(r->acting->db, e) < 0 || act_begin(r->acting, e) < 0)
		return -1;
	for (i = 0; i < b->n; i++) {
		if (r->kind->act(r->how, r->acting, b->ids[i], &done, e) == 0) {
			put(b, &done);
			continue;
		}
		if (e->code != ERR_DATA)
			return -1;
		r->complain(e);
		r->refused++;
	}
	if (act_end(r->acting, e) < 0)
		return -1;
	if (!r->dry_run)
		return db_commit(r->acting->db, e);
	db_rollback(r->acting->db);
	return 0;
}

static int
flush(void *ctx, struct err *e)
{
	struct batch *b = ctx;

	if (b->n == 0)
		return 0;
	if (write_batch(b, e) < 0) {
		db_rollback(b->r->acting->db);
		return -1;
	}
	b->n = 0;
	b->r->print(&b->out);
	return 0;
}

static int
gather(void *ctx, int64_t id, struct err *e)
{
	struct batch *b = ctx;

	b->ids[b->n++] = id;
	return b->n == BATCH ? flush(b, e) : 0;
}

int
act_run(struct act_run *r, int argc, char **argv, struct err *e)
{
	struct batch b = { .r = r, .n = 0, .out = BUF_INIT };
	struct ids in = { gather, flush, &b, r->complain, &r->refused,
		r->kind->tasks };
	int bad = each_id(&in, argc, argv, e);

	if (bad == 0)
		bad = flush(&b, e);
	buf_release(&b.out);
	return bad;
}
