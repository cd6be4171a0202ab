/* ticket_moment - what was said and done on a ticket, in order */
#include <string.h>

#include "report/ticket_moment.h"
#include "stream/jtext.h"
#include "text/shown.h"
#include "time/tm.h"

#define ITS "(SELECT k.id FROM ticket AS k WHERE k.id = :id " \
	"UNION SELECT k.id FROM ticket AS k WHERE k.merged = :id)"
#define SAID "m.at AS at, 0 AS class, m.id AS id, m.ticket AS ticket, " \
	"m.direction AS direction, m.automatic AS automatic, g.code AS who, c.name AS name, " \
	"m.subject AS subject, m.text AS text, NULL AS value, NULL AS data " \
	"FROM message AS m LEFT JOIN agent AS g ON g.id = m.agent " \
	"LEFT JOIN customer AS c ON c.id = m.customer WHERE m.ticket IN " ITS
#define DONE "v.at AS at, 1 AS class, v.id AS id, v.ticket AS ticket, " \
	"0 AS direction, 0 AS automatic, v.actor AS who, v.name AS name, " \
	"v.subject AS subject, NULL AS text, v.value AS value, v.data AS data " \
	"FROM event AS v WHERE v.ticket IN " ITS
#define COLUMNS "at, class, id, ticket, direction, automatic, who, name, subject, text, " \
	"value, data"
/* The last ones, in order: behind "SELECT ... FROM (SELECT ... FROM (". */
#define LATEST ") AS a ORDER BY at DESC, class DESC, id DESC LIMIT :last) AS b ORDER BY at, " \
	"class, id"

DB_SQL(MOMENTS_OF_ALL, "SELECT " COLUMNS " FROM (SELECT " COLUMNS " FROM (SELECT " SAID
    " UNION ALL SELECT " DONE LATEST);
DB_SQL(MOMENTS_OF_DONE, "SELECT " COLUMNS " FROM (SELECT " COLUMNS " FROM (SELECT " DONE
    LATEST);
DB_SQL(MOMENTS_COUNT, "SELECT (SELECT count(*) FROM message WHERE ticket IN " ITS ") + "
    "(SELECT count(*) FROM event WHERE ticket IN " ITS ")");

enum { AT, CLASS, ID, TICKET, DIRECTION, AUTOMATIC, WHO, NAME, SUBJECT, TEXT, VALUE, DATA };

void
moment_time(int64_t at, const struct zone *z, struct buf *out)
{
	char text[TM_SIZE];

	tm_format(at, z, text);
	text[10] = ' ';
	buf_add(out, text, 16);
}

static void
add(struct buf *out, const char *s)
{
	if (s != NULL)
		shown_add(out, s, strlen(s));
}

static void
put_said(struct stmt *s, struct buf *out)
{
	static const char *const ways[] = { "", "<-", "->", "--" };
	int64_t direction = stmt_col_int(s, DIRECTION);
	const char *who = direction == 1 ? stmt_col_text(s, NAME) : stmt_col_text(s, WHO);

	buf_fmt(out, "  %s ", ways[direction]);
	add(out, who != NULL ? who : direction == 1 ? "customer" : "us");
	if (stmt_col_int(s, AUTOMATIC) != 0)
		buf_str(out, " (automatic)");
	buf_char(out, '\n');
	shown_lines(out, stmt_col_text(s, TEXT), "    ");
}

static void
put_done(struct stmt *s, struct buf *out)
{
	buf_str(out, "  *  ");
	add(out, stmt_col_text(s, NAME));
	if (!stmt_col_null(s, VALUE)) {
		buf_char(out, ' ');
		add(out, stmt_col_text(s, VALUE));
	}
	if (!stmt_col_null(s, SUBJECT)) {
		buf_str(out, " -> ");
		add(out, stmt_col_text(s, SUBJECT));
	}
	if (!stmt_col_null(s, WHO)) {
		buf_str(out, ", by ");
		add(out, stmt_col_text(s, WHO));
	}
	buf_char(out, '\n');
}

static struct stmt *
ask(struct db *db, const struct db_sql *sql, int64_t ticket, int64_t last, struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	if (s == NULL)
		return NULL;
	stmt_int(s, ":id", ticket);
	if (stmt_has(s, ":last"))
		stmt_int(s, ":last", last > 0 ? last : INT64_MAX);
	return s;
}

static int
put_left_out(struct db *db, int64_t ticket, int64_t last, struct buf *out, struct err *e)
{
	struct stmt *s = ask(db, &MOMENTS_COUNT, ticket, 0, e);
	int64_t n;

	if (s == NULL || stmt_one(s, &n, e) < 0)
		return -1;
	if (last > 0 && n > last)
		buf_fmt(out, "(%lld earlier entries left out; --last 0 shows all)\n",
		    (long long)(n - last));
	return 0;
}

int
moments_put(struct db *db, int64_t ticket, const struct zone *z, int64_t last,
    enum moments which, struct buf *out, struct err *e)
{
	struct stmt *s;
	int got;

	if (which == MOMENTS_ALL && put_left_out(db, ticket, last, out, e) < 0)
		return -1;
	s = ask(db, which == MOMENTS_ALL ? &MOMENTS_OF_ALL : &MOMENTS_OF_DONE, ticket, last, e);
	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		moment_time(stmt_col_int(s, AT), z, out);
		if (stmt_col_int(s, TICKET) != ticket)
			buf_fmt(out, " [%lld]", (long long)stmt_col_int(s, TICKET));
		if (stmt_col_int(s, CLASS) == 0)
			put_said(s, out);
		else
			put_done(s, out);
	}
	return got;
}

static void
print_said(struct stmt *s, struct buf *out)
{
	static const char *const ways[] = { "", "in", "out", "note" };

	jtext_member(out, "direction", ways[stmt_col_int(s, DIRECTION)]);
	if (stmt_col_int(s, AUTOMATIC) != 0)
		buf_str(out, ",\"auto\":true");
	jtext_member(out, "agent", stmt_col_text(s, WHO));
	jtext_member(out, "name", stmt_col_text(s, NAME));
	jtext_member(out, "subject", stmt_col_text(s, SUBJECT));
	jtext_member(out, "text", stmt_col_text(s, TEXT));
}

static void
print_done(struct stmt *s, struct buf *out)
{
	jtext_member(out, "event", stmt_col_text(s, NAME));
	jtext_member(out, "value", stmt_col_text(s, VALUE));
	jtext_member(out, "subject", stmt_col_text(s, SUBJECT));
	jtext_member(out, "actor", stmt_col_text(s, WHO));
	if (!stmt_col_null(s, DATA)) {
		jtext_key(out, "data");
		buf_str(out, stmt_col_text(s, DATA));
	}
}

int
moments_json(struct db *db, int64_t ticket, const struct zone *z, enum moments which,
    struct buf *out, struct err *e)
{
	struct stmt *s = ask(db, which == MOMENTS_ALL ? &MOMENTS_OF_ALL : &MOMENTS_OF_DONE,
	    ticket, 0, e);
	char at[TM_SIZE];
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		bool said = stmt_col_int(s, CLASS) == 0;

		buf_fmt(out, "{\"kind\":\"%s\",\"id\":%lld,\"ticket\":%lld",
		    said ? "message" : "event", (long long)stmt_col_int(s, ID),
		    (long long)stmt_col_int(s, TICKET));
		jtext_member(out, "at", tm_format(stmt_col_int(s, AT), z, at));
		if (said)
			print_said(s, out);
		else
			print_done(s, out);
		buf_str(out, "}\n");
	}
	return got;
}
