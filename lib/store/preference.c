/* preference - what a customer would like */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "desk/hours.h"
#include "store/event.h"
#include "store/preference.h"

DB_SQL(PREFERENCE_ROW, "SELECT value FROM preference "
    "WHERE customer = :customer AND name = :name");
DB_SQL(PREFERENCE_PUT, "INSERT INTO preference (customer, name, value, at, source, actor) "
    "VALUES (:customer, :name, :value, :at, :source, :actor) "
    "ON CONFLICT (customer, name) DO UPDATE SET value = excluded.value, at = excluded.at, "
    "source = excluded.source, actor = excluded.actor");
DB_SQL(PREFERENCE_DROP, "DELETE FROM preference "
    "WHERE customer = :customer AND name = :name");
DB_SQL(PREFERENCE_OF, "SELECT p.customer, p.name, p.value, p.at, p.source, p.actor "
    "FROM customer AS c JOIN preference AS p ON p.customer = c.id WHERE c.root = :root "
    "ORDER BY p.name, p.at DESC, p.id DESC");
DB_SQL(PREFERENCE_GET, "SELECT p.value FROM customer AS c JOIN preference AS p "
    "ON p.customer = c.id AND p.name = :name WHERE c.root = :root "
    "ORDER BY p.at DESC, p.id DESC LIMIT 1");

static int
read_mute(const char *value, char out[PREFERENCE_SIZE], struct err *e)
{
	static const char *const yes[] = { "yes", "true", "on", "1", "是", "免打扰" };
	static const char *const no[] = { "no", "false", "off", "0", "否" };
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (strcasecmp(value, yes[i]) == 0)
			return snprintf(out, PREFERENCE_SIZE, "yes");
	for (i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (strcasecmp(value, no[i]) == 0)
			return snprintf(out, PREFERENCE_SIZE, "no");
	return err_set(e, ERR_DATA, "mute: \"%.40s\" is neither yes nor no", value);
}

static int
read_quiet(const char *value, char out[PREFERENCE_SIZE], struct err *e)
{
	char half[2][8];
	int minute[2], i, n = 0;

	if (sscanf(value, "%7[0-9:] - %7[0-9:]%n", half[0], half[1], &n) != 2 ||
	    value[n] != '\0')
		return err_set(e, ERR_DATA, "quiet: \"%.40s\" is not as 22:00-08:00", value);
	for (i = 0; i < 2; i++)
		if (hours_minute(half[i], &minute[i], e) < 0) {
			e->code = ERR_DATA;
			return err_at(e, "quiet", 0);
		}
	return snprintf(out, PREFERENCE_SIZE, "%02d:%02d-%02d:%02d", minute[0] / 60,
	    minute[0] % 60, minute[1] / 60, minute[1] % 60);
}

/* "WeCom, email" as "wecom email". */
static int
read_channels(const char *value, char out[PREFERENCE_SIZE])
{
	size_t n = 0;

	for (; *value != '\0' && n + 1 < PREFERENCE_SIZE; value++) {
		bool gap = *value == ' ' || *value == ',' || *value == '>';

		if (!gap)
			out[n++] = (char)tolower((unsigned char)*value);
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return 0;
}

static int
normalise(const struct preference *p, char out[PREFERENCE_SIZE], struct err *e)
{
	const char *value = p->value != NULL ? p->value : "";

	if (p->name[0] == '\0' || strlen(p->name) >= 64)
		return err_set(e, ERR_DATA, "\"%.40s\" is no name of a preference", p->name);
	if (strlen(value) >= PREFERENCE_SIZE)
		return err_set(e, ERR_DATA, "%.40s: longer than %d bytes", p->name,
		    PREFERENCE_SIZE - 1);
	if (*value != '\0' && strcmp(p->name, "mute") == 0)
		return read_mute(value, out, e) < 0 ? -1 : 0;
	if (*value != '\0' && strcmp(p->name, "quiet") == 0)
		return read_quiet(value, out, e) < 0 ? -1 : 0;
	if (strcmp(p->name, "channel") == 0)
		return read_channels(value, out);
	snprintf(out, PREFERENCE_SIZE, "%s", value);
	return 0;
}

/* Whether the row says VALUE already; no row says "". */
static int
is_known(struct db *db, const struct preference *p, const char *value, bool *known,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &PREFERENCE_ROW, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", p->customer);
	stmt_text(s, ":name", p->name);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	*known = strcmp(got > 0 ? stmt_col_text(s, 0) : "", value) == 0;
	stmt_reset(s);
	return 0;
}

static int
write_row(struct db *db, const struct preference *p, const char *value, struct err *e)
{
	bool drop = *value == '\0';
	struct stmt *s = db_stmt(db, drop ? &PREFERENCE_DROP : &PREFERENCE_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", p->customer);
	stmt_text(s, ":name", p->name);
	if (!drop) {
		stmt_text(s, ":value", value);
		stmt_int(s, ":at", p->at);
		stmt_text(s, ":source", p->source);
		stmt_text(s, ":actor", p->actor);
	}
	return stmt_run(s, e);
}

int
preference_set(struct db *db, const struct preference *p, bool *changed, struct err *e)
{
	char value[PREFERENCE_SIZE];
	struct event ev = { .name = "customer.preference", .at = p->at,
		.customer = p->customer, .subject = p->name, .value = value,
		.actor = p->actor };
	bool known = false;

	if (normalise(p, value, e) < 0 || is_known(db, p, value, &known, e) < 0)
		return -1;
	if (changed != NULL)
		*changed = !known;
	if (known)
		return 0;
	return write_row(db, p, value, e) < 0 ? -1 : event_add(db, &ev, NULL, e);
}

int
preference_each(struct db *db, int64_t root,
    void (*fn)(void *ctx, const struct preference *p), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &PREFERENCE_OF, e);
	char last[64] = "";
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		struct preference p = { .customer = stmt_col_int(s, 0),
			.name = stmt_col_text(s, 1), .value = stmt_col_text(s, 2),
			.at = stmt_col_int(s, 3), .source = stmt_col_text(s, 4),
			.actor = stmt_col_text(s, 5) };

		/* Of linked customers the one who spoke last. */
		if (strcmp(p.name, last) != 0)
			fn(ctx, &p);
		snprintf(last, sizeof(last), "%s", p.name);
	}
	return got;
}

int
preference_get(struct db *db, int64_t root, const char *name, char out[PREFERENCE_SIZE],
    struct err *e)
{
	struct stmt *s = db_stmt(db, &PREFERENCE_GET, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_text(s, ":name", name);
	got = stmt_step(s, e);
	if (got > 0) {
		snprintf(out, PREFERENCE_SIZE, "%s", stmt_col_text(s, 0));
		stmt_reset(s);
	}
	return got;
}
