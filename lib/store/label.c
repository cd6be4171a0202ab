/* label - what people say messages are about */
#include <string.h>

#include "store/class.h"
#include "store/label.h"
#include "store/rule_use.h"

DB_SQL(LABEL_CLASS, "SELECT m.ticket, c.type, c.area, c.urgency, c.sentiment, c.more, c.why "
    "FROM message AS m JOIN class AS c ON c.message = m.id WHERE m.id = :message");
DB_SQL(LABEL_ADD, "INSERT INTO label (message, dimension, label, given, actor, at) "
    "VALUES (:message, :dimension, :label, :given, :actor, :at) ON CONFLICT DO NOTHING");
DB_SQL(LABEL_LAST, "SELECT dimension, label, actor FROM label WHERE message = :message "
    "ORDER BY at, id");
DB_SQL(LABELS_OF, "SELECT l.label, m.subject, m.text FROM label AS l "
    "JOIN message AS m ON m.id = l.message WHERE l.dimension = :dimension "
    "AND m.text <> '' AND NOT EXISTS (SELECT 1 FROM label AS x WHERE x.message = l.message "
    "AND x.dimension = l.dimension AND (x.at > l.at OR (x.at = l.at AND x.id > l.id))) "
    "ORDER BY m.id");

static const char *const usual[] = { "type", "area", "urgency", "sentiment" };
enum { USUAL = 4 };

/* A message's class while it is changed. */
struct state {
	int64_t ticket;
	struct buf labels[USUAL];
	struct node *more, *why;
};

static void
state_release(struct state *s)
{
	size_t i;

	for (i = 0; i < USUAL; i++)
		buf_release(&s->labels[i]);
	node_free(s->more);
	node_free(s->why);
}

static struct node *
parsed(const char *json, struct node *(*fresh)(void))
{
	struct err none;
	struct node *n = json != NULL ? node_parse(json, strlen(json), &none) : NULL;

	return n != NULL ? n : fresh();
}

static int
load(struct db *db, int64_t message, struct state *s, struct err *e)
{
	struct stmt *q = db_stmt(db, &LABEL_CLASS, e);
	size_t i;
	int got;

	if (q == NULL)
		return -1;
	stmt_int(q, ":message", message);
	if ((got = stmt_step(q, e)) < 0)
		return -1;
	if (got == 0)
		return err_set(e, ERR_DATA, "message %lld: none that csr-classify has seen",
		    (long long)message);
	s->ticket = stmt_col_int(q, 0);
	for (i = 0; i < USUAL; i++)
		if (!stmt_col_null(q, 1 + (int)i))
			buf_str(&s->labels[i], stmt_col_text(q, 1 + (int)i));
	s->more = parsed(stmt_col_text(q, 5), node_object);
	s->why = parsed(stmt_col_text(q, 6), node_array);
	stmt_reset(q);
	return 0;
}

/* What S says in DIMENSION, NULL for nothing; *at is the number of a usual one or USUAL. */
static const char *
present(const struct state *s, const char *dimension, size_t *at)
{
	for (*at = 0; *at < USUAL; ++*at)
		if (strcmp(usual[*at], dimension) == 0)
			return s->labels[*at].len > 0 ? s->labels[*at].p : NULL;
	return node_as_text(node_get(s->more, dimension));
}

static void
change(struct state *s, const char *dimension, const char *label, const char *actor)
{
	struct buf by = BUF_INIT;
	size_t at, i, n = node_len(s->why);

	present(s, dimension, &at);
	if (at < USUAL) {
		buf_clear(&s->labels[at]);
		buf_str(&s->labels[at], label);
	} else {
		node_set_text(s->more, dimension, label);
	}
	buf_fmt(&by, "human:%s", actor);
	for (i = 0; i < n; i++)
		if (strcmp(node_as_text(node_at(s->why, i)), by.p) == 0)
			break;
	if (i == n)
		node_push_text(s->why, by.p);
	buf_release(&by);
}

static const char *
text_of(const struct buf *b)
{
	return b->len > 0 ? b->p : NULL;
}

static int
save(struct db *db, int64_t message, const struct state *s, struct err *e)
{
	struct buf more = BUF_INIT, why = BUF_INIT;
	struct class_row row = { .message = message, .type = text_of(&s->labels[0]),
		.area = text_of(&s->labels[1]), .urgency = text_of(&s->labels[2]),
		.sentiment = text_of(&s->labels[3]) };
	int bad;

	node_print(s->more, &more);
	node_print(s->why, &why);
	row.more = node_len(s->more) > 0 ? more.p : NULL;
	row.why = why.p;
	bad = class_relabel(db, &row, e);
	buf_release(&more);
	buf_release(&why);
	return bad;
}

static int
insert(struct db *db, const struct label *l, const char *given, struct err *e)
{
	struct stmt *q = db_stmt(db, &LABEL_ADD, e);

	if (q == NULL)
		return -1;
	stmt_int(q, ":message", l->message);
	stmt_text(q, ":dimension", l->dimension);
	stmt_text(q, ":label", l->label);
	stmt_text(q, ":given", given);
	stmt_text(q, ":actor", l->actor);
	stmt_int(q, ":at", l->at);
	return stmt_run(q, e);
}

/* Rules that spoke for what the program had said were wrong. */
static int
blame(struct db *db, const struct label *l, const char *given, const struct state *s,
    struct err *e)
{
	size_t i;

	for (i = 0; given != NULL && strcmp(given, l->label) != 0 && i < node_len(s->why); i++) {
		const char *why = node_as_text(node_at(s->why, i));

		if (why != NULL && strncmp(why, "rule:", 5) == 0 &&
		    rule_use_overruled(db, l->dimension, given, why + 5, e) < 0)
			return -1;
	}
	return 0;
}

static int
add(struct db *db, const struct label *l, struct state *s, bool *added, struct err *e)
{
	const char *given;
	size_t at;

	if (load(db, l->message, s, e) < 0)
		return -1;
	given = present(s, l->dimension, &at);
	if (insert(db, l, given, e) < 0)
		return -1;
	*added = db_changes(db) > 0;
	if (!*added)
		return 0;
	if (blame(db, l, given, s, e) < 0)
		return -1;
	change(s, l->dimension, l->label, l->actor);
	if (save(db, l->message, s, e) < 0)
		return -1;
	return s->ticket != 0 ? class_sum_up(db, s->ticket, e) : 0;
}

int
label_add(struct db *db, const struct label *l, bool *added, struct err *e)
{
	struct state s = { .more = NULL };
	bool is_new;
	int bad = add(db, l, &s, added != NULL ? added : &is_new, e);

	state_release(&s);
	return bad;
}

int
label_apply(struct db *db, int64_t message, struct err *e)
{
	struct stmt *q = db_stmt(db, &LABEL_LAST, e);
	struct state s = { .more = NULL };
	bool loaded = false;
	int got;

	if (q == NULL)
		return -1;
	stmt_int(q, ":message", message);
	while ((got = stmt_step(q, e)) > 0) {
		if (!loaded && load(db, message, &s, e) < 0) {
			got = -1;
			break;
		}
		loaded = true;
		change(&s, stmt_col_text(q, 0), stmt_col_text(q, 1), stmt_col_text(q, 2));
	}
	if (got == 0 && loaded)
		got = save(db, message, &s, e);
	stmt_reset(q);
	state_release(&s);
	return got;
}

int
labels_each(struct db *db, const char *dimension,
    int (*fn)(void *ctx, const struct label_row *row, struct err *e), void *ctx,
    struct err *e)
{
	struct stmt *q = db_stmt(db, &LABELS_OF, e);
	int got;

	if (q == NULL)
		return -1;
	stmt_text(q, ":dimension", dimension);
	while ((got = stmt_step(q, e)) > 0) {
		struct label_row row = { stmt_col_text(q, 0), stmt_col_text(q, 1),
			stmt_col_text(q, 2) };

		if (fn(ctx, &row, e) < 0) {
			stmt_reset(q);
			return -1;
		}
	}
	return got;
}
