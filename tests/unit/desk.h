/* desk.h - a small desk in memory for tests of what time sets off.
 *
 * One account a channel, customers with addresses, tickets with messages and events,
 * written as rows; the summary columns a test depends on are given by hand.
 */
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/db.h"
#include "time/tm.h"

DB_SQL(DESK_ACCOUNT, "INSERT INTO account (id, channel, name) VALUES (1, 'wecom', 'shop-1'), "
    "(2, 'email', 'help@example.com'), (3, 'phone', '')");
DB_SQL(DESK_AGENT, "INSERT INTO agent (id, code, name) VALUES (1, 'li', '李雷'), "
    "(2, 'zhao', NULL)");
DB_SQL(DESK_CUSTOMER, "INSERT INTO customer (id, root, name, language, zone, created_at) "
    "VALUES (:id, :id, :name, :language, :zone, 0)");
DB_SQL(DESK_IDENTITY, "INSERT INTO identity (kind, account, value, customer, first_at) "
    "VALUES (:kind, :account, :value, :customer, 0)");
DB_SQL(DESK_THREAD, "INSERT INTO thread (id, account, name) VALUES (:id, :account, :name)");
DB_SQL(DESK_TICKET, "INSERT INTO ticket (id, account, thread, customer, subject, opened_at, "
    "urgency, type, queue, agent, priority) VALUES (:id, :account, :id, :customer, :subject, "
    ":at, :urgency, :type, :queue, :agent, :priority)");
DB_SQL(DESK_MESSAGE, "INSERT INTO message (account, external_id, thread, ticket, customer, "
    "direction, automatic, at, text) VALUES (:account, :external_id, :ticket, :ticket, "
    ":customer, :direction, :automatic, :at, :text)");
DB_SQL(DESK_IN, "UPDATE ticket SET last_in_at = :at, last_at = :at, "
    "first_in_at = coalesce(first_in_at, :at), waiting_since_at = coalesce(waiting_since_at, :at) "
    "WHERE id = :ticket");
DB_SQL(DESK_OUT, "UPDATE ticket SET last_out_at = :at, last_at = :at, waiting_since_at = NULL, "
    "first_response_at = coalesce(first_response_at, :at) WHERE id = :ticket");
DB_SQL(DESK_STATUS, "INSERT INTO event (name, at, ticket, value) "
    "VALUES ('ticket.status', :at, :ticket, :value)");
DB_SQL(DESK_RESOLVE, "UPDATE ticket SET status = 3, resolved_at = :at, last_at = :at, "
    "waiting_since_at = NULL WHERE id = :ticket");
DB_SQL(DESK_REOPEN, "UPDATE ticket SET status = 1, resolved_at = NULL, last_at = :at, "
    "cycle = cycle + 1 WHERE id = :ticket");
DB_SQL(DESK_CLOCK, "INSERT INTO clock (id, ticket, kind, cycle, policy, calendar, target_ms, "
    "started_at, due_at) VALUES (:id, :ticket, :kind, :cycle, 'test', '24x7', :target, :at, "
    ":due)");
DB_SQL(DESK_STOP, "UPDATE clock SET stopped_at = :at WHERE id = :id");

static struct db *desk;

static inline int64_t
at(const char *s)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), NULL, &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static inline struct stmt *
desk_stmt(const struct db_sql *sql)
{
	struct err e;
	struct stmt *s = db_stmt(desk, sql, &e);

	if (s == NULL)
		fail_msg("%s", e.msg);
	return s;
}

static inline void
desk_do(struct stmt *s)
{
	struct err e;

	if (stmt_run(s, &e) < 0)
		fail_msg("%s", e.msg);
}

/* Opens the desk: each test has its own. */
static inline void
desk_open(void)
{
	struct err e;

	if (db_open(&desk, ":memory:", DB_CREATE, &e) < 0 || db_begin(desk, &e) < 0)
		fail_msg("%s", e.msg);
	desk_do(desk_stmt(&DESK_ACCOUNT));
	desk_do(desk_stmt(&DESK_AGENT));
}

/* Between desk_begin() and desk_commit() facts are told. */
static inline void
desk_begin(void)
{
	struct err e;

	if (db_begin(desk, &e) < 0)
		fail_msg("%s", e.msg);
}

static inline void
desk_commit(void)
{
	struct err e;

	if (db_commit(desk, &e) < 0)
		fail_msg("%s", e.msg);
}

static inline void
desk_customer(int64_t id, const char *name, const char *language, const char *zone)
{
	struct stmt *s = desk_stmt(&DESK_CUSTOMER);

	stmt_int(s, ":id", id);
	stmt_text(s, ":name", name);
	stmt_text(s, ":language", language);
	stmt_text(s, ":zone", zone);
	desk_do(s);
}

/* KIND 1 channel id on ACCOUNT, 2 phone, 3 e-mail. */
static inline void
desk_identity(int64_t customer, int kind, int64_t account, const char *value)
{
	struct stmt *s = desk_stmt(&DESK_IDENTITY);

	stmt_int(s, ":customer", customer);
	stmt_int(s, ":kind", kind);
	stmt_int(s, ":account", account);
	stmt_text(s, ":value", value);
	desk_do(s);
}

struct desk_ticket {
	int64_t id, account, customer, agent, priority;
	const char *at, *subject, *urgency, *type, *queue;
};

static inline void
desk_ticket(struct desk_ticket t)
{
	struct stmt *s = desk_stmt(&DESK_THREAD);
	char name[32];

	snprintf(name, sizeof(name), "thread-%lld", (long long)t.id);
	stmt_int(s, ":id", t.id);
	stmt_int(s, ":account", t.account);
	stmt_text(s, ":name", name);
	desk_do(s);
	s = desk_stmt(&DESK_TICKET);
	stmt_int(s, ":id", t.id);
	stmt_int(s, ":account", t.account);
	stmt_id(s, ":customer", t.customer);
	stmt_id(s, ":agent", t.agent);
	stmt_id(s, ":priority", t.priority);
	stmt_text(s, ":subject", t.subject);
	stmt_int(s, ":at", at(t.at));
	stmt_text(s, ":urgency", t.urgency);
	stmt_text(s, ":type", t.type);
	stmt_text(s, ":queue", t.queue);
	desk_do(s);
}

/* Says TEXT on ticket and account; the sender's customer is given. */
static inline void
desk_say(int64_t ticket, int64_t customer, bool in, bool automatic, const char *when,
    const char *text)
{
	static int n;
	struct stmt *s = desk_stmt(&DESK_MESSAGE);
	char id[32];

	snprintf(id, sizeof(id), "m%d", ++n);
	stmt_int(s, ":account", 1);
	stmt_text(s, ":external_id", id);
	stmt_int(s, ":ticket", ticket);
	stmt_id(s, ":customer", customer);
	stmt_int(s, ":direction", in ? 1 : 2);
	stmt_int(s, ":automatic", automatic);
	stmt_int(s, ":at", at(when));
	stmt_text(s, ":text", text);
	desk_do(s);
	s = desk_stmt(in ? &DESK_IN : &DESK_OUT);
	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":at", at(when));
	desk_do(s);
}

static inline void
desk_status(int64_t ticket, bool resolved, const char *when)
{
	struct stmt *s = desk_stmt(&DESK_STATUS);

	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":at", at(when));
	stmt_text(s, ":value", resolved ? "resolved" : "open");
	desk_do(s);
	s = desk_stmt(resolved ? &DESK_RESOLVE : &DESK_REOPEN);
	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":at", at(when));
	desk_do(s);
}

/* A clock of KIND (1 first response, 2 next, 3 resolution) that runs all day. */
static inline void
desk_clock(int64_t id, int64_t ticket, int kind, const char *from, int64_t target_ms)
{
	struct stmt *s = desk_stmt(&DESK_CLOCK);

	stmt_int(s, ":id", id);
	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":kind", kind);
	stmt_int(s, ":cycle", id);
	stmt_int(s, ":target", target_ms);
	stmt_int(s, ":at", at(from));
	stmt_int(s, ":due", at(from) + target_ms);
	desk_do(s);
}

static inline void
desk_stop(int64_t clock, const char *when)
{
	struct stmt *s = desk_stmt(&DESK_STOP);

	stmt_int(s, ":id", clock);
	stmt_int(s, ":at", at(when));
	desk_do(s);
}

/* All rows of a query, columns between '|', rows between newlines; in a static buffer. */
static inline const char *
desk_rows(const char *sql)
{
	static struct buf out;
	struct stmt *s;
	struct err e;
	int got, i;

	buf_clear(&out);
	if (db_query(desk, "test", sql, &s, &e) < 0)
		fail_msg("%s", e.msg);
	while ((got = stmt_step(s, &e)) > 0) {
		if (out.len > 0)
			buf_char(&out, '\n');
		for (i = 0; i < stmt_cols(s); i++)
			buf_fmt(&out, "%s%s", i > 0 ? "|" : "",
			    stmt_col_null(s, i) ? "" : stmt_col_text(s, i));
	}
	if (got < 0)
		fail_msg("%s", e.msg);
	stmt_free(s);
	return buf_cstr(&out);
}

/* A configuration directory of the test's own, searched before the shipped one. */
static char desk_config[64];

static inline void
desk_write(const char *name, const char *text)
{
	struct buf path = BUF_INIT;
	FILE *f;

	buf_fmt(&path, "%s/%s", desk_config, name);
	f = fopen(path.p, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	buf_release(&path);
}

static inline void
desk_config_make(void)
{
	static const char *const dirs[] = { "/plans", "/templates", "/surveys" };
	char dir[96];
	size_t i;

	snprintf(desk_config, sizeof(desk_config), "/tmp/csr-test.XXXXXX");
	assert_non_null(mkdtemp(desk_config));
	for (i = 0; i < 3; i++) {
		snprintf(dir, sizeof(dir), "%s%s", desk_config, dirs[i]);
		assert_int_equal(mkdir(dir, 0700), 0);
	}
	setenv("CSR_CONFIG", desk_config, 1);
}

static inline void
desk_config_remove(const char *const *names)
{
	static const char *const dirs[] = { "/plans", "/templates", "/surveys", "" };
	char path[160];
	size_t i;

	for (; *names != NULL; names++) {
		snprintf(path, sizeof(path), "%s/%s", desk_config, *names);
		unlink(path);
	}
	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s", desk_config, dirs[i]);
		rmdir(path);
	}
}

#endif
