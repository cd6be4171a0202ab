/* ticket - the rows of matters, and the summary of each */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/names.h"
#include "store/ticket.h"
#include "store/ticket_row.h"

enum { CACHE_MAX = 100000 };

DB_SQL(TICKET_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM ticket");
DB_SQL(TICKET_GET, "SELECT " TICKET_COLUMNS " FROM ticket AS t WHERE t.id = :id");
DB_SQL(TICKET_OF_THREAD, "SELECT " TICKET_COLUMNS " FROM ticket AS t "
    "WHERE t.thread = :thread AND t.opened_at <= :at "
    "ORDER BY coalesce(t.last_in_at, t.opened_at) DESC, t.id DESC LIMIT 1");
DB_SQL(TICKET_FIRST_OF_THREAD, "SELECT " TICKET_COLUMNS " FROM ticket AS t "
    "WHERE t.thread = :thread ORDER BY t.opened_at, t.id LIMIT 1");
DB_SQL(TICKET_OF_MEMBER, "SELECT " TICKET_COLUMNS " FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE t.thread = :thread "
    "AND c.root = :customer AND t.opened_at <= :at ORDER BY t.id DESC LIMIT 1");
DB_SQL(TICKET_FIRST_OF_MEMBER, "SELECT " TICKET_COLUMNS " FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE t.thread = :thread "
    "AND c.root = :customer ORDER BY t.opened_at, t.id LIMIT 1");
DB_SQL(TICKET_BY_EXTERNAL, "SELECT " TICKET_COLUMNS " FROM ticket AS t "
    "WHERE t.account = :account AND t.external_id = :external_id");
DB_SQL(TICKET_PARTICIPANT, "SELECT count(*) FROM customer AS c WHERE c.root = :customer "
    "AND (c.id = :owner OR EXISTS (SELECT 1 FROM message AS m "
    "WHERE m.ticket = :ticket AND m.customer = c.id))");

struct thread_key {
	int64_t thread, customer;
};

static void
list_add(struct ticket_list *l, struct ticket *k)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 1024;
		l->v = xrealloc(l->v, l->cap * sizeof(struct ticket *));
	}
	l->v[l->n++] = k;
}

static void
wrote(struct ticket *k)
{
	k->made = true;
	k->external_id = k->subject = NULL;
	k->stored = k->sum;
}

/* The rows that are not there yet, then the summaries that changed. */
static int
write_rows(struct tickets *t, struct ticket **v, size_t n, struct err *e)
{
	size_t i;

	t->fresh.n = 0;
	for (i = 0; i < n; i++) {
		struct ticket *k = v[i];

		k->unsettled = false;
		if (!k->made)
			list_add(&t->fresh, k);
		else if (ticket_sum_equal(&k->sum, &k->stored))
			continue;
		else if (ticket_write_sum(t->db, k->id, &k->sum, &k->stored, e) < 0)
			return -1;
		else
			wrote(k);
	}
	if (ticket_add_rows(t->db, t->fresh.v, t->fresh.n, e) < 0)
		return -1;
	for (i = 0; i < t->fresh.n; i++)
		wrote(t->fresh.v[i]);
	return 0;
}

/* What changed since, for SQL that would not see it. */
static int
settle(void *tickets, struct err *e)
{
	struct tickets *t = tickets;
	int bad = write_rows(t, t->unsettled.v, t->unsettled.n, e);

	t->unsettled.n = 0;
	return bad;
}

void
tickets_init(struct tickets *t, struct db *db)
{
	*t = (struct tickets){ .db = db, .by_id = MAP_INIT, .by_thread = MAP_INIT,
		.by_external = MAP_INIT, .memory = ARENA_INIT };
	db_late(db, "ticket", settle, t);
}

void
tickets_release(struct tickets *t)
{
	db_late_end(t->db);
	map_release(&t->by_id);
	map_release(&t->by_thread);
	map_release(&t->by_external);
	arena_release(&t->memory);
	free(t->changed.v);
	free(t->unsettled.v);
	free(t->fresh.v);
}

int
tickets_begin(struct tickets *t, int64_t new_threads, struct err *e)
{
	if (t->epoch != db_epoch(t->db) || t->by_id.n > CACHE_MAX ||
	    t->by_thread.n > CACHE_MAX) {
		map_clear(&t->by_id);
		map_clear(&t->by_thread);
		map_clear(&t->by_external);
		arena_clear(&t->memory);
		t->epoch = db_epoch(t->db);
	}
	t->changed.n = t->unsettled.n = 0;
	t->new_threads = new_threads;
	if (names_next(t->db, &TICKET_NEXT, &t->next, e) < 0)
		return -1;
	t->first_new = t->next;
	return 0;
}

/* Folds K again. One to which nothing happened keeps the time it was made with. */
static int
fold(struct tickets *t, struct ticket *k, struct err *e)
{
	int64_t opened_at = k->sum.opened_at;

	k->stale = false;
	if (ticket_fold(t->db, k->id, &k->sum, e) < 0)
		return -1;
	if (k->sum.opened_at == 0)
		k->sum.opened_at = opened_at;
	return 0;
}

/* A ticket whose order was disturbed and which has status events is folded before the
 * next decision about it, so that batches of any size decide alike. */
static int
freshen(struct tickets *t, struct ticket *k, struct err *e)
{
	if (k == NULL || !k->stale || k->sum.event_at == 0)
		return 0;
	return fold(t, k, e);
}

/* Puts the row the statement stands on, or the copy held already, into *out. */
static int
take_row(struct tickets *t, struct stmt *s, struct ticket **out, struct err *e)
{
	int got = stmt_step(s, e), is_new;
	union map_value *place;
	int64_t id;

	*out = NULL;
	if (got <= 0)
		return got;
	id = stmt_col_int(s, 0);
	place = map_put(&t->by_id, &id, sizeof(id), &is_new);
	if (is_new) {
		place->ptr = arena_alloc(&t->memory, sizeof(**out));
		ticket_read_row(s, place->ptr);
	}
	*out = place->ptr;
	stmt_reset(s);
	return freshen(t, *out, e);
}

int
tickets_get(struct tickets *t, int64_t id, struct ticket **out, struct err *e)
{
	union map_value *known = map_get(&t->by_id, &id, sizeof(id));
	struct stmt *s;

	if (known != NULL) {
		*out = known->ptr;
		return freshen(t, *out, e);
	}
	if ((s = db_stmt_early(t->db, &TICKET_GET, e)) == NULL)
		return -1;
	stmt_int(s, ":id", id);
	return take_row(t, s, out, e);
}

static int
query_thread(struct tickets *t, const struct db_sql *sql, const struct thread_key *key,
    int64_t at, struct ticket **out, struct err *e)
{
	struct stmt *s;

	if ((s = db_stmt(t->db, sql, e)) == NULL)
		return -1;
	stmt_int(s, ":thread", key->thread);
	if (key->customer != 0)
		stmt_int(s, ":customer", key->customer);
	if (sql == &TICKET_OF_THREAD || sql == &TICKET_OF_MEMBER)
		stmt_int(s, ":at", at);
	return take_row(t, s, out, e);
}

/* The cache holds each thread's latest ticket; an older message asks the database. */
int
tickets_of_thread(struct tickets *t, int64_t thread, int64_t customer, int64_t at,
    struct ticket **out, struct err *e)
{
	struct thread_key key = { thread, customer };
	bool member = customer != 0;
	union map_value *place;
	int is_new;

	place = map_put(&t->by_thread, &key, sizeof(key), &is_new);
	*out = NULL;
	if (is_new && (member || thread < t->new_threads) && query_thread(t, member ?
	    &TICKET_OF_MEMBER : &TICKET_OF_THREAD, &key, INT64_MAX, out, e) < 0)
		return -1;
	if (is_new)
		place->ptr = *out;
	*out = place->ptr;
	if (*out == NULL || at >= (*out)->sum.opened_at)
		return freshen(t, *out, e);
	if (query_thread(t, member ? &TICKET_OF_MEMBER : &TICKET_OF_THREAD, &key, at, out,
	    e) < 0)
		return -1;
	if (*out != NULL)
		return 0;
	return query_thread(t, member ? &TICKET_FIRST_OF_MEMBER : &TICKET_FIRST_OF_THREAD,
	    &key, at, out, e);
}

/* The account and the source's id as a key, yours to release. */
static struct buf
external_key(int64_t account, const char *external_id)
{
	struct buf key = BUF_INIT;

	buf_add(&key, &account, sizeof(account));
	buf_str(&key, external_id);
	return key;
}

static void
know_external(struct tickets *t, int64_t account, const char *external_id, struct ticket *k)
{
	struct buf key = external_key(account, external_id);

	map_put(&t->by_external, key.p, key.len, NULL)->ptr = k;
	buf_release(&key);
}

int
tickets_merged(struct tickets *t, struct ticket **k, struct err *e)
{
	while (*k != NULL && (*k)->merged != 0)
		if (tickets_get(t, (*k)->merged, k, e) < 0)
			return -1;
	return 0;
}

int
tickets_by_external(struct tickets *t, int64_t account, const char *external_id,
    struct ticket **out, struct err *e)
{
	struct buf key = external_key(account, external_id);
	union map_value *known = map_get(&t->by_external, key.p, key.len);
	struct stmt *s;

	buf_release(&key);
	if (known != NULL) {
		*out = known->ptr;
		return freshen(t, *out, e);
	}
	if ((s = db_stmt_early(t->db, &TICKET_BY_EXTERNAL, e)) == NULL)
		return -1;
	stmt_int(s, ":account", account);
	stmt_text(s, ":external_id", external_id);
	if (take_row(t, s, out, e) < 0)
		return -1;
	if (*out != NULL)
		know_external(t, account, external_id, *out);
	return 0;
}

static void
mark(struct tickets *t, struct ticket *k)
{
	if (!k->changed)
		list_add(&t->changed, k);
	if (!k->unsettled)
		list_add(&t->unsettled, k);
	k->changed = k->unsettled = true;
}

struct ticket *
tickets_add(struct tickets *t, const struct ticket_new *n)
{
	struct thread_key any = { n->thread, 0 }, own = { n->thread, n->customer };
	struct ticket *k = arena_alloc(&t->memory, sizeof(*k));

	*k = (struct ticket){ .id = t->next++, .account = n->account, .thread = n->thread,
		.customer = n->customer, .follows = n->follows, .related = n->related,
		.external_id = n->external_id, .subject = n->subject };
	ticket_sum_init(&k->sum);
	k->sum.opened_at = n->at;
	mark(t, k);
	map_put(&t->by_id, &k->id, sizeof(k->id), NULL)->ptr = k;
	map_put(&t->by_thread, &any, sizeof(any), NULL)->ptr = k;
	if (n->grouped && n->customer != 0)
		map_put(&t->by_thread, &own, sizeof(own), NULL)->ptr = k;
	if (n->external_id != NULL)
		know_external(t, n->account, n->external_id, k);
	return k;
}

void
tickets_step(struct tickets *t, struct ticket *k, const struct step *step)
{
	mark(t, k);
	if (k->stale) {
		/* What freshen() goes by. */
		if (step->kind >= STEP_ANSWERED)
			k->sum.event_at = step->at;
		return;
	}
	if (ticket_sum_follows(&k->sum, step))
		ticket_sum_add(&k->sum, step);
	else
		k->stale = true;
	/* Until it is folded again, the rules of threading need to know when it began. */
	if (step->at < k->sum.opened_at)
		k->sum.opened_at = step->at;
}

void
tickets_spoke(struct tickets *t, struct ticket *k)
{
	struct thread_key any = { k->thread, 0 };

	map_put(&t->by_thread, &any, sizeof(any), NULL)->ptr = k;
}

void
tickets_redo(struct tickets *t, struct ticket *k)
{
	mark(t, k);
	k->stale = true;
}

int
tickets_flush(struct tickets *t, struct err *e)
{
	size_t i;

	for (i = 0; i < t->changed.n; i++)
		if (t->changed.v[i]->stale && fold(t, t->changed.v[i], e) < 0)
			return -1;
	if (write_rows(t, t->changed.v, t->changed.n, e) < 0)
		return -1;
	for (i = 0; i < t->changed.n; i++)
		t->changed.v[i]->changed = false;
	t->unsettled.n = 0;
	return 0;
}

int
tickets_participant(struct tickets *t, const struct ticket *k, int64_t customer, bool *is,
    struct err *e)
{
	struct stmt *s;
	int64_t n = 0;

	if ((s = db_stmt(t->db, &TICKET_PARTICIPANT, e)) == NULL)
		return -1;
	stmt_int(s, ":customer", customer);
	stmt_int(s, ":owner", k->customer);
	stmt_int(s, ":ticket", k->id);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	*is = n > 0;
	return 0;
}
