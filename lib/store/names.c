/* names - small numbers for the names that come again and again */
#include <string.h>

#include "base/buf.h"
#include "store/names.h"

enum { CACHE_MAX = 150000 };

DB_SQL(ACCOUNT_FIND, "SELECT id FROM account WHERE channel = :channel AND name = :name");
DB_SQL(ACCOUNT_ADD,
    "INSERT INTO account (channel, name) VALUES (:channel, :name) RETURNING id");
DB_SQL(AGENT_FIND, "SELECT id FROM agent WHERE code = :code");
DB_SQL(AGENT_ADD, "INSERT INTO agent (code, name) VALUES (:code, :name) RETURNING id");
DB_SQL(AGENT_NAME, "UPDATE agent SET name = :name WHERE id = :id AND name IS NULL");
DB_SQL(SOURCE_ADD, "INSERT INTO source (name, format, read_at) "
    "VALUES (:name, :format, :read_at) RETURNING id");
DB_SQL(THREAD_FIND, "SELECT id FROM thread WHERE account = :account AND name = :name");
DB_SQL(THREAD_ADD, "INSERT INTO thread (id, account, name, grouped) "
    "VALUES (:id, :account, :name, :grouped)");
DB_SQL(THREAD_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM thread");

void
names_init(struct names *n, struct db *db)
{
	*n = (struct names){ .db = db, .accounts = MAP_INIT, .agents = MAP_INIT,
		.threads = MAP_INIT };
}

void
names_release(struct names *n)
{
	map_release(&n->accounts);
	map_release(&n->agents);
	map_release(&n->threads);
}

int
names_next(struct db *db, const struct db_sql *sql, int64_t *next, struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	return s == NULL || stmt_one(s, next, e) < 0 ? -1 : 0;
}

int
names_begin(struct names *n, struct err *e)
{
	bool stale = n->epoch != db_epoch(n->db);

	if (stale || n->threads.n > CACHE_MAX)
		map_clear(&n->threads);
	if (stale) {
		map_clear(&n->accounts);
		map_clear(&n->agents);
		n->source = 0;
	}
	n->epoch = db_epoch(n->db);
	return names_next(n->db, &THREAD_NEXT, &n->next_thread, e);
}

/* Runs FIND, else ADD, both with the parameters bound by the caller's BIND. */
static int64_t
find_or_add(struct db *db, const struct db_sql *find, const struct db_sql *add,
    const char *const param[2], const char *const value[2], struct err *e)
{
	const struct db_sql *sql[2] = { find, add };
	int64_t id = -1;
	int i, got = 0;

	for (i = 0; i < 2 && got == 0; i++) {
		struct stmt *s = db_stmt(db, sql[i], e);

		if (s == NULL)
			return -1;
		stmt_text(s, param[0], value[0]);
		if (param[1] != NULL && (i == 1 || add == &ACCOUNT_ADD))
			stmt_text(s, param[1], value[1]);
		got = stmt_one(s, &id, e);
	}
	return got < 0 ? -1 : id;
}

int64_t
names_account(struct names *n, const char *channel, const char *name, struct err *e)
{
	const char *const param[2] = { ":channel", ":name" };
	const char *value[2] = { channel, name != NULL ? name : "" };
	char key[512];
	size_t len = strlen(channel) + 1, name_len = strlen(value[1]);
	union map_value *known;
	int64_t id;

	if (len + name_len > sizeof(key))
		return err_set(e, ERR_DATA, "channel and account are longer than %zu bytes",
		    sizeof(key));
	memcpy(key, channel, len);
	memcpy(key + len, value[1], name_len);
	known = map_get(&n->accounts, key, len + name_len);
	if (known != NULL)
		return known->num;
	id = find_or_add(n->db, &ACCOUNT_FIND, &ACCOUNT_ADD, param, value, e);
	if (id > 0)
		map_put(&n->accounts, key, len + name_len, NULL)->num = id;
	return id;
}

int64_t
names_agent(struct names *n, const char *code, const char *name, struct err *e)
{
	const char *const param[2] = { ":code", ":name" };
	const char *value[2] = { code, name };
	union map_value *known;
	struct stmt *s;
	int64_t id;

	if (code == NULL)
		return 0;
	known = map_get(&n->agents, code, strlen(code));
	if (known != NULL)
		return known->num;
	id = find_or_add(n->db, &AGENT_FIND, &AGENT_ADD, param, value, e);
	if (id > 0 && name != NULL) {
		if ((s = db_stmt(n->db, &AGENT_NAME, e)) == NULL)
			return -1;
		stmt_text(s, ":name", name);
		stmt_int(s, ":id", id);
		if (stmt_run(s, e) < 0)
			return -1;
	}
	if (id > 0)
		map_put(&n->agents, code, strlen(code), NULL)->num = id;
	return id;
}

int64_t
names_thread_known(struct names *n, int64_t account, const char *name, struct err *e)
{
	struct stmt *s = db_stmt(n->db, &THREAD_FIND, e);
	int64_t id = 0;

	if (s == NULL)
		return -1;
	stmt_int(s, ":account", account);
	stmt_text(s, ":name", name);
	return stmt_one(s, &id, e) < 0 ? -1 : id;
}

static int
thread_add(struct names *n, int64_t account, const char *name, bool grouped,
    struct err *e)
{
	struct stmt *s = db_stmt(n->db, &THREAD_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", n->next_thread);
	stmt_int(s, ":account", account);
	stmt_text(s, ":name", name);
	stmt_int(s, ":grouped", grouped);
	return stmt_run(s, e);
}

int64_t
names_thread(struct names *n, int64_t account, const char *name, bool grouped,
    struct err *e)
{
	struct buf key = BUF_INIT;
	union map_value *known;
	struct stmt *s;
	int is_new, got;

	buf_add(&key, &account, sizeof(account));
	buf_str(&key, name);
	known = map_put(&n->threads, key.p, key.len, &is_new);
	buf_release(&key);
	if (!is_new)
		return known->num;
	known->num = -1;
	if ((s = db_stmt(n->db, &THREAD_FIND, e)) == NULL)
		return -1;
	stmt_int(s, ":account", account);
	stmt_text(s, ":name", name);
	got = stmt_one(s, &known->num, e);
	if (got == 0) {
		got = thread_add(n, account, name, grouped, e);
		known->num = n->next_thread++;
	}
	return got < 0 ? -1 : known->num;
}

int64_t
names_source(struct names *n, const char *name, const char *format, int64_t at,
    struct err *e)
{
	struct stmt *s = db_stmt(n->db, &SOURCE_ADD, e);
	int64_t id = -1;

	if (s == NULL)
		return -1;
	stmt_text(s, ":name", name);
	stmt_text(s, ":format", format);
	stmt_int(s, ":read_at", at);
	return stmt_one(s, &id, e) < 0 ? -1 : id;
}
