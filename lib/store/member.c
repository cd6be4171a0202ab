/* member - group chats and who is in them, told by rosters */
#include <stdio.h>
#include <string.h>

#include "store/event.h"
#include "store/member.h"
#include "stream/rec.h"
#include "time/tm.h"

DB_SQL(MEMBER_LAST, "SELECT id, joined_at, left_at, seen_at FROM member "
    "WHERE thread = :thread AND person = :person ORDER BY joined_at DESC LIMIT 1");
DB_SQL(MEMBER_ADD, "INSERT INTO member (thread, person, name, customer, staff, admin, "
    "joined_at, scene, invitor, left_at, seen_at, extra) VALUES (:thread, :person, :name, "
    ":customer, :staff, :admin, :joined_at, :scene, :invitor, :left_at, :seen_at, :extra) "
    "ON CONFLICT (thread, person, joined_at) DO NOTHING");
DB_SQL(MEMBER_SET, "UPDATE member SET name = coalesce(:name, name), "
    "customer = coalesce(:customer, customer), staff = :staff, admin = :admin, "
    "scene = coalesce(:scene, scene), invitor = coalesce(:invitor, invitor), "
    "extra = coalesce(:extra, extra), left_at = NULL WHERE id = :id "
    "AND (left_at IS NOT NULL OR name IS DISTINCT FROM coalesce(:name, name) "
    "OR customer IS DISTINCT FROM coalesce(:customer, customer) OR staff <> :staff "
    "OR admin <> :admin OR scene IS DISTINCT FROM coalesce(:scene, scene) "
    "OR invitor IS DISTINCT FROM coalesce(:invitor, invitor) "
    "OR extra IS DISTINCT FROM coalesce(:extra, extra))");
DB_SQL(MEMBER_SEEN, "UPDATE member SET seen_at = :at WHERE id = :id AND seen_at < :at");
DB_SQL(MEMBER_ENDED, "UPDATE member SET left_at = :at WHERE id = :id AND left_at IS NULL");
DB_SQL(MEMBERS_GONE, "SELECT id, person, customer FROM member WHERE thread = :thread "
    "AND left_at IS NULL AND seen_at < :at ORDER BY id LIMIT 1");
DB_SQL(MEMBER_NAMED, "SELECT min(customer) FROM member WHERE thread = :thread "
    "AND name = :name AND left_at IS NULL HAVING count(*) = 1");
DB_SQL(GROUP_SEEN, "SELECT seen_at FROM chat_group WHERE thread = :thread");
DB_SQL(GROUP_PUT, "INSERT INTO chat_group (thread, name, owner, notice, opened_at, version, "
    "seen_at, extra) VALUES (:thread, :name, :owner, :notice, :opened_at, :version, :at, "
    ":extra) ON CONFLICT (thread) DO UPDATE SET name = coalesce(excluded.name, chat_group.name), "
    "owner = coalesce(excluded.owner, chat_group.owner), "
    "notice = coalesce(excluded.notice, chat_group.notice), "
    "opened_at = coalesce(excluded.opened_at, chat_group.opened_at), "
    "version = coalesce(excluded.version, chat_group.version), "
    "extra = coalesce(excluded.extra, chat_group.extra) "
    "WHERE chat_group.name IS DISTINCT FROM coalesce(excluded.name, chat_group.name) "
    "OR chat_group.owner IS DISTINCT FROM coalesce(excluded.owner, chat_group.owner) "
    "OR chat_group.notice IS DISTINCT FROM coalesce(excluded.notice, chat_group.notice) "
    "OR chat_group.opened_at IS DISTINCT FROM "
    "coalesce(excluded.opened_at, chat_group.opened_at) "
    "OR chat_group.version IS DISTINCT FROM coalesce(excluded.version, chat_group.version) "
    "OR chat_group.extra IS DISTINCT FROM coalesce(excluded.extra, chat_group.extra)");
DB_SQL(GROUP_TOUCH, "UPDATE chat_group SET seen_at = :at WHERE thread = :thread "
    "AND seen_at < :at");

/* A membership's row as it was found; id 0: there is none. */
struct last {
	int64_t id, joined_at, left_at, seen_at;	/* left_at 0: is in it */
};

bool
member_is_event(const struct fact_event *v)
{
	return strcmp(v->name, "group.member") == 0 || strcmp(v->name, "group.roster") == 0;
}

static int
find_last(struct db *db, int64_t thread, const char *person, struct last *l, struct err *e)
{
	struct stmt *s = db_stmt(db, &MEMBER_LAST, e);
	int got;

	*l = (struct last){ 0 };
	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_text(s, ":person", person);
	if ((got = stmt_step(s, e)) > 0)
		*l = (struct last){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2),
			stmt_col_int(s, 3) };
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

static int
seen_at(struct db *db, int64_t thread, int64_t *at, struct err *e)
{
	struct stmt *s = db_stmt(db, &GROUP_SEEN, e);

	*at = INT64_MIN;
	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	return stmt_one(s, at, e) < 0 ? -1 : 0;
}

/* Somebody came or went: once. */
static int
tell(struct db *db, const char *name, int64_t thread, const char *person, int64_t customer,
    int64_t at, const char *group, const char *data, struct err *e)
{
	char key[400];
	struct event ev = { .key = key, .name = name, .at = at, .customer = customer,
		.subject = group, .value = person, .actor = "csr-ingest", .data = data };

	snprintf(key, sizeof(key), "%s:%lld:%.200s:%lld", name, (long long)thread, person,
	    (long long)at);
	return event_add(db, &ev, NULL, e);
}

static const char *
text(const struct node *n, const char *key)
{
	const char *s = node_as_text(node_get(n, key));

	return s != NULL && *s != '\0' ? s : NULL;
}

static void
bind(struct stmt *s, const struct fact *f, const struct node *n, int64_t customer)
{
	const char *name = text(n, "nickname");

	stmt_text(s, ":name", name != NULL ? name : f->who.name);
	stmt_id(s, ":customer", customer);
	stmt_int(s, ":staff", f->who.role == ROLE_AGENT);
	stmt_int(s, ":admin", node_as_bool(node_get(n, "admin")));
	stmt_text(s, ":scene", text(n, "scene"));
	stmt_text(s, ":invitor", text(n, "invitor"));
	stmt_null(s, ":extra");
}

/* A new membership. LEFT_AT 0: it lasts. */
static int
join(struct db *db, const struct fact *f, const struct node *n, int64_t thread,
    int64_t customer, int64_t joined_at, int64_t left_at, struct err *e)
{
	const char *person = f->who.id != NULL ? f->who.id : f->who.name;
	struct stmt *s = db_stmt(db, &MEMBER_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_text(s, ":person", person);
	bind(s, f, n, customer);
	stmt_int(s, ":joined_at", joined_at);
	stmt_id(s, ":left_at", left_at);
	stmt_int(s, ":seen_at", f->event.at);
	if (stmt_run(s, e) < 0 || tell(db, "group.joined", thread, person, customer, joined_at,
	    f->event.subject, f->extra, e) < 0)
		return -1;
	return left_at == 0 ? 0 : tell(db, "group.left", thread, person, customer, left_at,
	    f->event.subject, NULL, e);
}

static int
end(struct db *db, int64_t id, int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(db, &MEMBER_ENDED, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	stmt_int(s, ":at", at);
	return stmt_run(s, e);
}

/* Seen again in a membership that is known. */
static int
update(struct db *db, const struct fact *f, const struct node *n, const struct last *l,
    int64_t customer, bool *changed, struct err *e)
{
	struct stmt *s;

	if (f->event.at < l->seen_at)
		return 0;
	if ((s = db_stmt(db, &MEMBER_SET, e)) == NULL)
		return -1;
	stmt_int(s, ":id", l->id);
	bind(s, f, n, customer);
	if (stmt_run(s, e) < 0)
		return -1;
	*changed = db_changes(db) > 0;
	if ((s = db_stmt(db, &MEMBER_SEEN, e)) == NULL)
		return -1;
	stmt_int(s, ":id", l->id);
	stmt_int(s, ":at", f->event.at);
	return stmt_run(s, e);
}

static int64_t
joined(const struct node *n, int64_t at)
{
	const char *s = text(n, "joined");
	struct err ignored;

	if (s != NULL)
		tm_parse(s, strlen(s), NULL, &at, &ignored);
	return at;
}

static int
place(struct db *db, const struct fact *f, const struct node *n, int64_t thread,
    int64_t customer, bool *changed, struct err *e)
{
	const char *person = f->who.id != NULL ? f->who.id : f->who.name;
	int64_t at = f->event.at, since = joined(n, at), newest;
	struct last l;

	if (find_last(db, thread, person, &l, e) < 0 || seen_at(db, thread, &newest, e) < 0)
		return -1;
	if (l.id != 0 && l.left_at != 0 && at < l.left_at)
		return 0;	/* a roster of the time before they left */
	if (l.id != 0 && l.left_at == 0 && (at <= l.seen_at || since <= l.seen_at))
		return update(db, f, n, &l, customer, changed, e);
	*changed = true;
	/* Left and came back between two rosters. */
	if (l.id != 0 && l.left_at == 0 && end(db, l.id, since, e) < 0)
		return -1;
	if (l.id != 0 && since <= l.joined_at)
		since = at;
	return join(db, f, n, thread, customer, since, at < newest ? newest : 0, e);
}

int
member_put(struct db *db, const struct fact *f, int64_t thread, int64_t customer,
    bool *changed, struct err *e)
{
	struct err ignored;
	struct node *n = f->extra != NULL ? node_parse(f->extra, strlen(f->extra), &ignored) : NULL;
	int bad = 0;

	*changed = false;
	if (f->who.id == NULL && f->who.name == NULL)
		bad = err_set(e, ERR_DATA, "a member without id and name");
	else
		bad = place(db, f, n, thread, customer, changed, e);
	node_free(n);
	return bad;
}

/* Who was in the group and is in this roster no more. */
static int
close_absent(struct db *db, const struct fact *f, int64_t thread, bool *changed, struct err *e)
{
	char person[400];
	int64_t id, customer;
	int got;

	for (;;) {
		struct stmt *s = db_stmt(db, &MEMBERS_GONE, e);

		if (s == NULL)
			return -1;
		stmt_int(s, ":thread", thread);
		stmt_int(s, ":at", f->event.at);
		if ((got = stmt_step(s, e)) <= 0)
			return got;
		id = stmt_col_int(s, 0);
		snprintf(person, sizeof(person), "%s", stmt_col_text(s, 1));
		customer = stmt_col_int(s, 2);
		stmt_reset(s);
		if (end(db, id, f->event.at, e) < 0 || tell(db, "group.left", thread, person,
		    customer, f->event.at, f->event.subject, NULL, e) < 0)
			return -1;
		*changed = true;
	}
}

static int
put_group(struct db *db, const struct fact *f, const struct node *n, int64_t thread,
    bool *changed, struct err *e)
{
	struct stmt *s = db_stmt(db, &GROUP_PUT, e);
	const char *opened = text(n, "opened");
	struct err ignored;
	int64_t at;

	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_text(s, ":name", text(n, "name"));
	stmt_text(s, ":owner", text(n, "owner"));
	stmt_text(s, ":notice", text(n, "notice"));
	stmt_text(s, ":version", text(n, "version"));
	if (opened != NULL && tm_parse(opened, strlen(opened), NULL, &at, &ignored) == 0)
		stmt_int(s, ":opened_at", at);
	else
		stmt_null(s, ":opened_at");
	stmt_null(s, ":extra");
	stmt_int(s, ":at", f->event.at);
	if (stmt_run(s, e) < 0)
		return -1;
	*changed = *changed || db_changes(db) > 0;
	if ((s = db_stmt(db, &GROUP_TOUCH, e)) == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_int(s, ":at", f->event.at);
	return stmt_run(s, e);
}

int
member_close(struct db *db, const struct fact *f, int64_t thread, bool *changed,
    struct err *e)
{
	struct err ignored;
	struct node *n;
	int64_t newest;
	int bad;

	*changed = false;
	if (seen_at(db, thread, &newest, e) < 0)
		return -1;
	if (f->event.at < newest)
		return 0;
	n = f->extra != NULL ? node_parse(f->extra, strlen(f->extra), &ignored) : NULL;
	bad = close_absent(db, f, thread, changed, e) < 0 ||
	    put_group(db, f, n, thread, changed, e) < 0;
	node_free(n);
	return bad ? -1 : 0;
}

int
member_named(struct db *db, int64_t thread, const char *name, int64_t *customer,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &MEMBER_NAMED, e);

	*customer = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_text(s, ":name", name);
	return stmt_one(s, customer, e) < 0 ? -1 : 0;
}
