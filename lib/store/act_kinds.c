/* act_kinds - the acts by their names, as csr-ticket's verbs call them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/act_kinds.h"
#include "store/task.h"
#include "stream/jsonl.h"
#include "time/calendar.h"
#include "time/tm.h"

enum { CHECKLISTS = 64 };

static int
do_reply(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;
	struct acted then;

	if (act_reply(a, id, &o->words, out, e) < 0)
		return -1;
	if (!o->then_resolve && !o->then_wait)
		return 0;
	return act_status(a, id, o->then_resolve ? TICKET_RESOLVED : TICKET_PENDING, o->cause,
	    o->outcome, &then, e);
}

static int
do_note(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_note(a, id, o->words.text, out, e);
}

static int
do_resolve(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_status(a, id, TICKET_RESOLVED, o->cause, o->outcome, out, e);
}

static int
do_close(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_status(a, id, TICKET_CLOSED, o->cause, o->outcome, out, e);
}

static int
do_reopen(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	(void)ctx;
	return act_status(a, id, TICKET_OPEN, NULL, NULL, out, e);
}

static int
do_wait(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	(void)ctx;
	return act_status(a, id, TICKET_PENDING, NULL, NULL, out, e);
}

static int
do_assign(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_assign(a, id, o->agent, out, e);
}

static int
do_merge(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_merge(a, id, o->other, o->force, out, e);
}

static int
do_unmerge(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	(void)ctx;
	return act_unmerge(a, id, out, e);
}

static int
do_link(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return act_relate(a, id, o->other, out, e);
}

static int
do_task(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;
	struct task_new n = { o->words.text, o->queue, o->cal, o->within_ms, o->waits };

	return task_add(a, id, &n, out, e);
}

static int
do_tick(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;

	return task_end(a, id, o->failed != NULL ? TASK_FAILED : o->skipped != NULL ?
	    TASK_SKIPPED : TASK_DONE, o->failed != NULL ? o->failed : o->skipped, checklist_get,
	    out, e);
}

static int
do_checklist(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e)
{
	const struct act_options *o = ctx;
	const struct checklist *c = checklist_get(o->checklist, e);

	return c == NULL ? -1 : task_begin(a, id, o->checklist, c, o->reason, out, e);
}

static const struct act_kind kinds[] = {
	{ "reply", do_reply, true, false, false },
	{ "note", do_note, true, false, false },
	{ "assign", do_assign, false, true, false },
	{ "resolve", do_resolve, false, false, false },
	{ "close", do_close, false, false, false },
	{ "reopen", do_reopen, false, false, false },
	{ "wait", do_wait, false, false, false },
	{ "merge", do_merge, false, true, false },
	{ "unmerge", do_unmerge, false, false, false },
	{ "link", do_link, false, true, false },
	{ "task", do_task, true, false, false },
	{ "tick", do_tick, false, false, true },
	{ "checklist", do_checklist, false, true, false },
};

const struct act_kind *
act_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* The words of a reply, from standard input; yours for ever. */
static int
read_words(const char **words, struct err *e)
{
	struct buf b = BUF_INIT;
	struct lines in;
	char *line;
	size_t len;
	int got;

	memset(&in, 0, sizeof(in));
	if (lines_open(&in, "-", e) < 0)
		return -1;
	while ((got = lines_next(&in, &line, &len, e)) > 0 && b.len < LINE_MAX_BYTES)
		buf_fmt(&b, "%s%s", b.len > 0 ? "\n" : "", line);
	lines_close(&in);
	*words = buf_take(&b);
	return got;
}

int
act_complete(const struct act_kind *k, struct act_options *o, int *argc, char **argv,
    struct err *e)
{
	const char *name = k->last && !o->nobody && *argc > 0 ? argv[--*argc] : NULL;
	bool needs_words = k->words && o->words.text == NULL && o->words.template == NULL;

	if (k->last && !o->nobody && name == NULL)
		return err_set(e, ERR_USAGE, "%s takes tickets and one operand more (try --help)",
		    k->name);
	o->agent = o->checklist = name;
	o->other = name != NULL ? strtoll(name, NULL, 10) : 0;
	if (needs_words && (*argc == 0 || strcmp(argv[0], "-") == 0))
		return err_set(e, ERR_USAGE, "where tickets come from standard input, --text says "
		    "the words");
	if (needs_words && read_words(&o->words.text, e) < 0)
		return -1;
	if (o->within == NULL)
		return 0;
	if (tm_parse_span(o->within, &o->within_ms, e) < 0)
		return err_set(e, ERR_USAGE, "--within %s: not a length of time", o->within);
	o->cal = cal_get(o->calendar != NULL ? o->calendar : "cn-desk", e);
	return o->cal != NULL ? 0 : -1;
}

struct known {
	char name[64];
	struct checklist list;
};

static const struct checklist *
read_checklist(struct known *k, struct err *e)
{
	char file[96], *path, *text;
	int bad;

	snprintf(file, sizeof(file), "checklists/%s.conf", k->name);
	text = conf_text(file, &path, e);
	bad = text == NULL || checklist_parse(&k->list, path, text, cal_get, e) < 0;
	free(text);
	free(path);
	return bad ? NULL : &k->list;
}

const struct checklist *
checklist_get(const char *name, struct err *e)
{
	static struct known *known[CHECKLISTS];
	size_t i;

	for (i = 0; i < CHECKLISTS && known[i] != NULL; i++)
		if (strcmp(known[i]->name, name) == 0)
			return &known[i]->list;
	if (i == CHECKLISTS || strlen(name) >= sizeof(known[i]->name) ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(name)) {
		err_set(e, ERR_USAGE, "\"%.40s\" is no name of a checklist", name);
		return NULL;
	}
	known[i] = xcalloc(1, sizeof(*known[i]));
	snprintf(known[i]->name, sizeof(known[i]->name), "%s", name);
	if (read_checklist(known[i], e) != NULL)
		return &known[i]->list;
	free(known[i]);
	known[i] = NULL;
	return NULL;
}
