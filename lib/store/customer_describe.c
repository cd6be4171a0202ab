/* customer_describe - what is known of a customer beside addresses */
#include <string.h>

#include "store/customer_private.h"
#include "store/event.h"
#include "time/birthday.h"
#include "time/zone.h"

DB_SQL(CUSTOMER_SET, "UPDATE customer SET name = coalesce(:name, name), "
    "folded = coalesce(:folded, folded), segment = coalesce(:segment, segment), "
    "profile = coalesce(:profile, profile), language = coalesce(:language, language), "
    "zone = coalesce(:zone, zone), birthday = coalesce(:birthday, birthday), "
    "extra = coalesce(:extra, extra) WHERE id = :id "
    "AND (name IS DISTINCT FROM coalesce(:name, name) "
    "OR segment IS DISTINCT FROM coalesce(:segment, segment) "
    "OR profile IS DISTINCT FROM coalesce(:profile, profile) "
    "OR language IS DISTINCT FROM coalesce(:language, language) "
    "OR zone IS DISTINCT FROM coalesce(:zone, zone) "
    "OR birthday IS DISTINCT FROM coalesce(:birthday, birthday) "
    "OR extra IS DISTINCT FROM coalesce(:extra, extra))");
DB_SQL(CUSTOMER_NAME, "UPDATE customer SET name = :value, folded = :folded WHERE id = :id "
    "AND name IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_SEGMENT, "UPDATE customer SET segment = :value WHERE id = :id "
    "AND segment IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_PROFILE, "UPDATE customer SET profile = :value WHERE id = :id "
    "AND profile IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_LANGUAGE, "UPDATE customer SET language = :value WHERE id = :id "
    "AND language IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_ZONE, "UPDATE customer SET zone = :value WHERE id = :id "
    "AND zone IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_BIRTHDAY, "UPDATE customer SET birthday = :value WHERE id = :id "
    "AND birthday IS DISTINCT FROM :value");
DB_SQL(CUSTOMER_CLASSIFY, "UPDATE customer SET segment = coalesce(:segment, segment), "
    "profile = coalesce(:profile, profile) WHERE id = :id");
DB_SQL(NAMES_ALL, "SELECT id, name, folded FROM customer ORDER BY id");
DB_SQL(FOLDED_SET, "UPDATE customer SET folded = :folded WHERE id = :id");

int
customers_describe(struct customers *c, int64_t customer,
    const struct customer_traits *t, bool *changed, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CUSTOMER_SET, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":name", t->name);
	stmt_text(s, ":folded", t->name != NULL ? customer_fold(c, t->name) : NULL);
	stmt_text(s, ":segment", t->segment);
	stmt_text(s, ":profile", t->profile);
	stmt_text(s, ":language", t->language);
	stmt_text(s, ":zone", t->zone);
	stmt_text(s, ":birthday", t->birthday);
	stmt_text(s, ":extra", t->extra);
	stmt_int(s, ":id", customer);
	if (stmt_run(s, e) < 0)
		return -1;
	*changed = db_changes(c->db) > 0;
	return 0;
}

static int
read_zone(const char **value, char buf[BIRTHDAY_SIZE], struct err *e)
{
	(void)buf;
	if (zone_get(*value, e) != NULL)
		return 0;
	e->code = ERR_DATA;
	return -1;
}

static int
read_birthday(const char **value, char buf[BIRTHDAY_SIZE], struct err *e)
{
	if (!birthday_read(*value, buf))
		return err_set(e, ERR_DATA, "birthday: \"%.40s\" is not as 1990-05-01 or 05-01",
		    *value);
	*value = buf;
	return 0;
}

static const struct trait {
	const char *name;
	const struct db_sql *set;
	int (*read)(const char **value, char buf[BIRTHDAY_SIZE], struct err *e);
} traits[] = {
	{ "name", &CUSTOMER_NAME, NULL }, { "segment", &CUSTOMER_SEGMENT, NULL },
	{ "profile", &CUSTOMER_PROFILE, NULL }, { "language", &CUSTOMER_LANGUAGE, NULL },
	{ "zone", &CUSTOMER_ZONE, read_zone }, { "birthday", &CUSTOMER_BIRTHDAY, read_birthday },
};

int
customers_set(struct customers *c, int64_t customer, const char *name, const char *value,
    const char *actor, int64_t at, bool *changed, struct err *e)
{
	struct event ev = { .name = "customer.set", .at = at, .customer = customer,
		.subject = name, .actor = actor };
	char buf[BIRTHDAY_SIZE];
	struct stmt *s;
	size_t i;

	for (i = 0; i < sizeof(traits) / sizeof(*traits); i++)
		if (strcmp(traits[i].name, name) == 0)
			break;
	if (i == sizeof(traits) / sizeof(*traits))
		return err_set(e, ERR_USAGE, "\"%.40s\": one sets name, segment, profile, "
		    "language, zone, birthday", name);
	ev.value = *value != '\0' ? value : NULL;
	if ((ev.value != NULL && traits[i].read != NULL &&
	    traits[i].read(&ev.value, buf, e) < 0) ||
	    (s = db_stmt(c->db, traits[i].set, e)) == NULL)
		return -1;
	stmt_int(s, ":id", customer);
	stmt_text(s, ":value", ev.value);
	if (i == 0)
		stmt_text(s, ":folded", ev.value != NULL ? customer_fold(c, ev.value) : NULL);
	if (stmt_run(s, e) < 0)
		return -1;
	*changed = db_changes(c->db) > 0;
	return *changed ? event_add(c->db, &ev, NULL, e) : 0;
}

int
customers_classify(struct customers *c, int64_t customer, const char *segment,
    const char *profile, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CUSTOMER_CLASSIFY, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":segment", segment);
	stmt_text(s, ":profile", profile);
	stmt_int(s, ":id", customer);
	return stmt_run(s, e);
}

static int
fix_name(struct customers *c, int64_t id, const char *folded, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &FOLDED_SET, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":folded", folded);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

int
customers_check_names(struct db *db, bool fix, void (*fn)(void *ctx, int64_t customer),
    void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &NAMES_ALL, e);
	struct customers c;
	int got = s == NULL ? -1 : 0;

	customers_init(&c, db);
	while (got == 0 && (got = stmt_step(s, e)) > 0) {
		int64_t id = stmt_col_int(s, 0);
		const char *name = stmt_col_text(s, 1), *folded = stmt_col_text(s, 2);
		const char *want = name != NULL ? customer_fold(&c, name) : NULL;

		got = 0;
		if (want == folded || (want != NULL && folded != NULL &&
		    strcmp(want, folded) == 0))
			continue;
		fn(ctx, id);
		if (fix)
			got = fix_name(&c, id, want, e);
	}
	customers_release(&c);
	return got < 0 ? -1 : 0;
}
