/* choose_for - the channels by which a customer can be written to, the best first */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/choose_for.h"
#include "store/consent.h"
#include "store/preference.h"
#include "store/suppress.h"
#include "text/phone.h"
#include "time/tm.h"

DB_SQL(CHOOSE_CUSTOMER, "SELECT r.id, r.segment FROM customer AS c "
    "JOIN customer AS r ON r.id = c.root WHERE c.id = :id");
DB_SQL(CHOOSE_ADDRESSES, "SELECT i.kind, i.value, a.channel FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer LEFT JOIN account AS a ON a.id = i.account "
    "WHERE c.root = :root AND i.kind < 4 ORDER BY i.first_at DESC, i.id DESC");

/* What is asked, and what is known of the customer. */
struct asking {
	struct db *db;
	const struct choosing *c;
	const struct choice_rule *purpose;
	struct gate_case gate;
	int64_t root, now;
	bool valued;
	char liked[PREFERENCE_SIZE];	/* channels in order */
	struct choice *v;
	size_t n;
	struct arena *a;
};

static int
load_customer(struct asking *q, int64_t customer, const struct limits *l, struct err *e)
{
	struct stmt *s = db_stmt(q->db, &CHOOSE_CUSTOMER, e);
	char value[PREFERENCE_SIZE];
	const char *segment;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", customer);
	if ((got = stmt_step(s, e)) <= 0)
		return got < 0 ? -1 : err_set(e, ERR_DATA, "no customer %lld", (long long)customer);
	q->root = stmt_col_int(s, 0);
	segment = stmt_col_text(s, 1);
	q->valued = segment != NULL && strcmp(segment, "vip") == 0;
	stmt_reset(s);
	q->gate.quiet_from = l->quiet_from;
	q->gate.quiet_until = l->quiet_until;
	if ((got = preference_get(q->db, q->root, "quiet", value, e)) > 0)
		quiet_parse(value, &q->gate.quiet_from, &q->gate.quiet_until, e);
	if (got < 0 || (got = preference_get(q->db, q->root, "mute", value, e)) < 0)
		return -1;
	q->gate.muted = got > 0 && strcmp(value, "yes") == 0;
	if ((got = preference_get(q->db, q->root, "channel", q->liked, e)) == 0)
		*q->liked = '\0';
	return got < 0 ? -1 : 0;
}

/* The place of CHANNEL in the order of preference, 0 if it is not there. */
static int
place_of(const struct asking *q, const char *channel)
{
	const char *s = q->liked;
	size_t len, n = strlen(channel);
	int place = 0;

	for (; *(s += strspn(s, ", ")) != '\0'; s += len) {
		len = strcspn(s, ", ");
		place++;
		if (len == n && memcmp(s, channel, n) == 0)
			return place;
	}
	return 0;
}

static int
add(struct asking *q, const char *channel, const char *address, struct err *e)
{
	const struct choice_rule *rule = choosing_channel(q->c, channel);
	struct gate_case g = q->gate;
	struct choice *v = &q->v[q->n];
	enum consent_word word;
	int64_t until;
	char why[160], at[TM_SIZE];
	size_t i;

	for (i = 0; i < q->n; i++)
		if (strcmp(q->v[i].channel, channel) == 0)
			return 0;	/* the latest address came first */
	if (rule == NULL || q->n == CHOICES)
		return 0;
	if (suppress_is(q->db, channel, address, &g.suppressed, e) < 0 || consent_ask(q->db,
	    q->root, channel, purpose_name(g.purpose), &word, e) < 0)
		return -1;
	g.refused = word == CONSENT_REFUSED;
	g.consented = word == CONSENT_GIVEN;
	*v = (struct choice){ .channel = arena_str(q->a, channel),
		.address = arena_str(q->a, address) };
	v->worth = choice_worth(q->c, rule, q->purpose, place_of(q, channel), q->valued, why,
	    sizeof(why));
	v->why = arena_str(q->a, why);
	switch (gate_decide(&g, &until, &v->why)) {
	case GATE_NEVER:
		v->out = true;
		break;
	case GATE_LATER:
		snprintf(why + strlen(why), sizeof(why) - strlen(why), " quiet until %s",
		    tm_format(until, g.zone, at));
		v->why = arena_str(q->a, why);
		break;
	case GATE_SEND:
		v->why = arena_str(q->a, why);
		break;
	}
	q->n++;
	return 0;
}

static int
add_all(struct asking *q, struct err *e)
{
	struct stmt *s = db_stmt(q->db, &CHOOSE_ADDRESSES, e);
	char value[512], channel[64];
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", q->root);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t kind = stmt_col_int(s, 0);
		int bad = 0;

		snprintf(value, sizeof(value), "%s", stmt_col_text(s, 1));
		snprintf(channel, sizeof(channel), "%s", stmt_col_null(s, 2) ? "" :
		    stmt_col_text(s, 2));
		if (kind == 3)
			bad = add(q, "email", value, e);
		else if (kind == 1 && strcmp(channel, "email") != 0)
			bad = add(q, channel, value, e);
		else if (kind == 2 && (bad = add(q, "phone", value, e)) == 0 &&
		    (strncmp(value, "+86", 3) != 0 || phone_is_cn_mobile(value + 3)))
			bad = add(q, "sms", value, e);
		if (bad < 0) {
			stmt_reset(s);
			return -1;
		}
	}
	return got;
}

static int
choose(struct asking *q, const struct limits *l, int64_t customer, const char *purpose,
    struct err *e)
{
	if ((q->purpose = choosing_purpose(q->c, purpose)) == NULL)
		return err_set(e, ERR_USAGE, "no purpose \"%s\" in send/channels.conf", purpose);
	q->gate.purpose = purpose_of(purpose) != 0 ? purpose_of(purpose) : PURPOSE_SERVICE;
	if (load_customer(q, customer, l, e) < 0 || add_all(q, e) < 0)
		return -1;
	choices_sort(q->v, q->n);
	return (int)q->n;
}

int
choose_for(struct db *db, const struct limits *l, int64_t customer, const char *purpose,
    const struct zone *z, int64_t now, struct choice *v, struct arena *a, struct err *e)
{
	struct choosing c = { .n_channels = 0 };
	struct asking q = { .db = db, .c = &c, .now = now, .v = v, .a = a,
		.gate = { .zone = z, .now = now } };
	char *path, *text = conf_text("send/channels.conf", &path, e);
	int n = -1;

	if (text != NULL && choosing_parse(&c, path, text, e) == 0) {
		n = choose(&q, l, customer, purpose, e);
		choosing_release(&c);
	}
	free(text);
	free(path);
	return n;
}
