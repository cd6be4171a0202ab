/* article - the knowledge base as stored */
#include <string.h>

#include "base/buf.h"
#include "store/article.h"

DB_SQL(ARTICLE_CURRENT, "SELECT id, version, record FROM article WHERE code = :code "
    "AND ended_at IS NULL");
DB_SQL(ARTICLE_LAST_VERSION, "SELECT coalesce(max(version), 0) FROM article "
    "WHERE code = :code");
DB_SQL(ARTICLE_END, "UPDATE article SET ended_at = :at WHERE id = :id");
DB_SQL(ARTICLE_ADD, "INSERT INTO article (code, version, type, record, imported_at) "
    "VALUES (:code, :version, :type, :record, :at)");
DB_SQL(ARTICLE_ALL, "SELECT id, code, version, record FROM article WHERE ended_at IS NULL "
    "ORDER BY code");
DB_SQL(ARTICLE_ONE, "SELECT id, code, version, record FROM article WHERE id = :id");
DB_SQL(ARTICLE_OFFERS, "SELECT id FROM article WHERE ended_at IS NULL "
    "AND type = 'offer' ORDER BY code");
DB_SQL(ARTICLE_STATE, "SELECT coalesce(max(id), 0), "
    "coalesce(sum(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END), 0) FROM article");

static int
end_version(struct db *db, int64_t id, int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_END, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	stmt_int(s, ":at", at);
	return stmt_run(s, e);
}

static int
add_version(struct db *db, const struct article *a, const char *record, int64_t at,
    int64_t *version, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_LAST_VERSION, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":code", a->id);
	if (stmt_one(s, version, e) < 0 || (s = db_stmt(db, &ARTICLE_ADD, e)) == NULL)
		return -1;
	stmt_text(s, ":code", a->id);
	stmt_int(s, ":version", ++*version);
	stmt_text(s, ":type", article_type_name(a->type));
	stmt_text(s, ":record", record);
	stmt_int(s, ":at", at);
	return stmt_run(s, e);
}

int
article_put(struct db *db, const struct article *a, int64_t at, enum article_change *change,
    int64_t *version, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_CURRENT, e);
	struct node *n = article_to_json(a);
	struct buf record = BUF_INIT;
	int64_t id = 0;
	int got = -1;

	node_print(n, &record);
	node_free(n);
	*change = ARTICLE_NEW;
	if (s != NULL) {
		stmt_text(s, ":code", a->id);
		got = stmt_step(s, e);
	}
	if (got > 0) {
		id = stmt_col_int(s, 0);
		*version = stmt_col_int(s, 1);
		*change = strcmp(stmt_col_text(s, 2), record.p) == 0 ? ARTICLE_SAME :
		    ARTICLE_CHANGED;
		stmt_reset(s);
	}
	if (got >= 0 && *change == ARTICLE_CHANGED)
		got = end_version(db, id, at, e);
	if (got >= 0 && *change != ARTICLE_SAME)
		got = add_version(db, a, record.p, at, version, e);
	buf_release(&record);
	return got < 0 ? -1 : 0;
}

static void
read_row(struct stmt *s, struct article_row *row)
{
	row->id = stmt_col_int(s, 0);
	row->code = stmt_col_text(s, 1);
	row->version = stmt_col_int(s, 2);
	row->record = stmt_col_text(s, 3);
}

int
article_each(struct db *db, int (*fn)(void *ctx, const struct article_row *row,
    struct err *e), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_ALL, e);
	struct article_row row;
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		read_row(s, &row);
		if (fn(ctx, &row, e) != 0) {
			stmt_reset(s);
			return -1;
		}
	}
	return got;
}

/* What is to be ended, gathered before anything is written. */
struct pruning {
	const struct map *keep;
	struct arena arena;
	struct doomed {
		int64_t id, version;
		const char *code;
		struct doomed *next;
	} *list;
};

static int
doom(void *ctx, const struct article_row *row, struct err *e)
{
	struct pruning *p = ctx;
	struct doomed *d;

	(void)e;
	if (map_get(p->keep, row->code, strlen(row->code)) != NULL)
		return 0;
	d = arena_alloc(&p->arena, sizeof(*d));
	*d = (struct doomed){ row->id, row->version, arena_str(&p->arena, row->code), p->list };
	p->list = d;
	return 0;
}

int
article_prune(struct db *db, const struct map *keep, int64_t at,
    void (*fn)(void *ctx, const char *code, int64_t version), void *ctx, struct err *e)
{
	struct pruning p = { .keep = keep };
	int bad = article_each(db, doom, &p, e);
	const struct doomed *d;

	for (d = p.list; d != NULL && bad == 0; d = d->next) {
		bad = end_version(db, d->id, at, e);
		fn(ctx, d->code, d->version);
	}
	arena_release(&p.arena);
	return bad;
}

int
article_load(struct db *db, int64_t id, const struct zone *z, struct article *a,
    int64_t *version, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_ONE, e);
	struct article_row row;
	struct node *n;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) <= 0)
		return got < 0 ? -1 : err_set(e, ERR_DATA, "no article in row %lld",
		    (long long)id);
	read_row(s, &row);
	*version = row.version;
	article_init(a, "database", 0);
	n = node_parse(row.record, strlen(row.record), e);
	got = n != NULL ? article_read_json(a, n, z, e) : -1;
	node_free(n);
	stmt_reset(s);
	if (got < 0)
		article_release(a);
	return got;
}

int
article_row_of(struct db *db, const char *code, int64_t *row, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_CURRENT, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":code", code);
	return stmt_one(s, row, e);
}

int
article_offers(struct db *db, int (*fn)(void *ctx, int64_t row, struct err *e), void *ctx,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_OFFERS, e);
	int64_t rows[256];
	size_t n = 0, i;
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0 && n < sizeof(rows) / sizeof(*rows))
		rows[n++] = stmt_col_int(s, 0);
	stmt_reset(s);
	for (i = 0; i < n && got >= 0; i++)
		got = fn(ctx, rows[i], e);
	return got < 0 ? -1 : 0;
}

int
article_state(struct db *db, struct article_state *st, struct err *e)
{
	struct stmt *s = db_stmt(db, &ARTICLE_STATE, e);
	int got = s != NULL ? stmt_step(s, e) : -1;

	if (got <= 0)
		return -1;
	st->last = stmt_col_int(s, 0);
	st->n = stmt_col_int(s, 1);
	stmt_reset(s);
	return 0;
}
