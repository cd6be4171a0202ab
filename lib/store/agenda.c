/* agenda - everything that time sets off: follow-ups and notices, each exactly once */
#include "store/agenda.h"
#include "store/followup.h"
#include "store/notice.h"
#include "store/progress.h"

/* One look at six indexes: is there anything to do at all? */
DB_SQL(AGENDA_STATE,
    "SELECT (SELECT coalesce(max(id), 0) FROM event), "
    "(SELECT coalesce(max(id), 0) FROM message), "
    "(SELECT coalesce(max(id), 0) FROM clock), "
    "(SELECT min(due_at) FROM followup WHERE done_at IS NULL AND due_at >= :late), "
    "(SELECT min(due_at) FROM notice WHERE done_at IS NULL), "
    "(SELECT min(not_before_at) FROM outbox WHERE state < 3 AND not_before_at > :now)");

typedef int part_fn(struct agenda *a, bool *more, struct err *e);
static part_fn *const parts[] = {
	followup_learn, followup_withdraw, followup_due, notice_learn, notice_due
};

int
agenda_init(struct agenda *a, const struct zone *desk, void (*complain)(const struct err *),
    struct err *e)
{
	int bad;

	*a = (struct agenda){ .zone = desk, .complain = complain,
		.letters = LETTERS_INIT };
	bad = plans_load(&a->plans, &a->letters, desk, complain, e);
	if (bad <= 0)
		return bad;
	agenda_release(a);
	return err_set(e, ERR_CONFIG, "nothing was done: %d faulty plan%s", bad,
	    bad > 1 ? "s" : "");
}

void
agenda_release(struct agenda *a)
{
	plans_release(&a->plans);
	letters_release(&a->letters);
	matter_release(&a->matter);
	arena_release(&a->scratch);
	buf_release(&a->out);
}

struct plan_facts
agenda_facts(const struct agenda *a, const char *clock)
{
	const struct matter *m = &a->matter;

	return (struct plan_facts){ .v = {
		[PLAN_URGENCY] = m->urgency, [PLAN_TYPE] = m->type, [PLAN_AREA] = m->area,
		[PLAN_SENTIMENT] = m->sentiment, [PLAN_QUEUE] = m->queue,
		[PLAN_CHANNEL] = m->channel, [PLAN_SEGMENT] = m->segment,
		[PLAN_LANGUAGE] = m->language, [PLAN_PRIORITY] = m->priority,
		[PLAN_CLOCK_KIND] = clock } };
}

const struct zone *
agenda_zone(const struct agenda *a, const struct plan *p)
{
	return a->matter.zone != NULL ? a->matter.zone : p->zone;
}

void
agenda_put(struct agenda *a, struct node *record)
{
	if (a->dry_run)
		node_set_bool(record, "dry_run", true);
	node_print(record, &a->out);
	buf_char(&a->out, '\n');
	node_free(record);
}

int
agenda_queue(struct agenda *a, const struct outbox_row *row, struct node *why, int64_t *id,
    struct err *e)
{
	int got = outbox_add(a->db, row, id, e);

	if (got > 0) {
		outbox_print(row, a->dry_run ? 0 : *id, a->zone, why, &a->out);
		a->queued++;
	}
	node_free(why);
	return got;
}

static int
read_state(struct agenda *a, int64_t v[6], struct err *e)
{
	struct stmt *s = db_stmt(a->db, &AGENDA_STATE, e);
	int i, got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":late", a->now - plans_late_ms(&a->plans));
	stmt_int(s, ":now", a->now);
	got = stmt_step(s, e);
	for (i = 0; got > 0 && i < 6; i++)
		v[i] = stmt_col_null(s, i) ? INT64_MAX : stmt_col_int(s, i);
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* 1 if so, 0, -1. */
static int
is_idle(struct agenda *a, struct err *e)
{
	static const char *const names[] = { "followup.event", "followup.message",
		"notice.clock" };
	int64_t v[6], id;
	uint64_t rules;
	int i;

	if (read_state(a, v, e) < 0)
		return -1;
	for (i = 0; i < 3; i++) {
		if (progress_get(a->db, names[i], &id, &rules, e) < 0)
			return -1;
		if (id != v[i] || rules != a->plans.hash)
			return 0;
	}
	return v[3] > a->now && v[4] > a->now && v[5] == INT64_MAX;
}

static void
print(struct agenda *a)
{
	if (a->out.len > 0 && a->print != NULL)
		a->print(a->out.p, a->out.len);
	buf_clear(&a->out);
}

static int
run_part(struct agenda *a, part_fn *part, struct err *e)
{
	bool more = true;

	a->after_at = INT64_MIN;
	a->after_id = 0;
	while (more) {
		more = false;
		if (!a->dry_run && db_begin(a->db, e) < 0)
			return -1;
		if (part(a, &more, e) < 0 || (!a->dry_run && db_commit(a->db, e) < 0)) {
			db_rollback(a->db);
			buf_clear(&a->out);
			return -1;
		}
		if (!a->dry_run)
			print(a);
	}
	return 0;
}

int
agenda_run(struct agenda *a, struct err *e)
{
	int idle = is_idle(a, e);
	size_t i;

	if (idle != 0)
		return idle < 0 ? -1 : 0;
	if (a->dry_run && db_begin(a->db, e) < 0)
		return -1;
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (run_part(a, parts[i], e) < 0)
			return -1;
	if (a->dry_run) {
		db_rollback(a->db);
		print(a);
	}
	return 0;
}
