/* answer_stats - what became of the articles that were suggested and sent */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "learn/rank.h"
#include "store/answer_stats.h"
#include "store/article.h"
#include "text/fold.h"
#include "time/tm.h"

/* The customer's messages behind an answer, but for thanks. */
#define WROTE_ON "EXISTS (SELECT 1 FROM message AS m WHERE m.ticket = w.ticket " \
    "AND m.direction = 1 AND m.automatic = 0 AND m.at > w.at AND NOT EXISTS (SELECT 1 " \
    "FROM event AS v WHERE v.message = m.id AND v.name = 'ticket.thanks'))"
#define THANKED "EXISTS (SELECT 1 FROM event AS v WHERE v.ticket = w.ticket " \
    "AND v.name = 'ticket.thanks' AND v.at > w.at)"

DB_SQL(ANSWER_STATS, "SELECT w.article, count(*), sum(w.automatic), "
    "sum(CASE WHEN w.automatic = 1 AND t.messages_out = 0 AND w.at <= :settled "
    "AND NOT " WROTE_ON " THEN 1 ELSE 0 END), "
    "sum(CASE WHEN w.automatic = 1 AND (" THANKED " OR coalesce(t.csat, 0) >= 4) "
    "THEN 1 ELSE 0 END), "
    "sum(CASE WHEN w.automatic = 1 AND " WROTE_ON " THEN 1 ELSE 0 END) "
    "FROM answer AS w JOIN ticket AS t ON t.id = w.ticket WHERE w.article IS NOT NULL "
    "AND w.at >= :from AND w.at < :to GROUP BY w.article ORDER BY 2 DESC, 1");
/* The first answer of a person behind each suggestion that was not sent. */
DB_SQL(ANSWER_REPLIES, "SELECT r.code, r.id, m.text FROM answer AS w "
    "JOIN article AS r ON r.code = w.article AND r.version = w.version "
    "JOIN message AS q ON q.id = w.message "
    "JOIN message AS m ON m.id = (SELECT x.id FROM message AS x WHERE x.ticket = w.ticket "
    "AND x.direction = 2 AND x.automatic = 0 AND x.at >= q.at ORDER BY x.at, x.id LIMIT 1) "
    "WHERE w.automatic = 0 AND w.at >= :from AND w.at < :to ORDER BY r.id, w.message");

/* So much of its neighbours a reply shares with an article it was taken from. */
static const double taken = 0.4;

struct work {
	struct map used;	/* code -> how often */
	struct article a;	/* of row */
	int64_t row;
	bool loaded;
	struct fold fold;
	struct arena arena;
};

static void
read_text(struct work *w, const char *s, struct rank_text *t)
{
	fold_text(&w->fold, s, strlen(s));
	rank_text(t, buf_cstr(&w->fold.text), w->fold.text.len);
}

/* True if REPLY is, in the main, one of the article's answers. */
static bool
is_taken(struct work *w, const char *reply)
{
	double f[RANK_FEATURES];
	struct rank_text r, t;
	size_t i;

	read_text(w, reply, &r);
	for (i = 0; i < w->a.n_texts; i++) {
		read_text(w, w->a.text[i].answer, &t);
		rank_features(&r, &t, f);
		if (f[RANK_PAIRS] >= taken)
			return true;
	}
	return false;
}

static int
count_used(struct work *w, struct db *db, int64_t from, int64_t to, const struct zone *z,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ANSWER_REPLIES, e);
	int64_t version;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":from", from);
	stmt_int(s, ":to", to);
	while ((got = stmt_step(s, e)) > 0) {
		const char *code = stmt_col_text(s, 0);

		if (!w->loaded || w->row != stmt_col_int(s, 1)) {
			if (w->loaded)
				article_release(&w->a);
			w->row = stmt_col_int(s, 1);
			w->loaded = article_load(db, w->row, z, &w->a, &version, e) == 0;
			if (!w->loaded) {
				stmt_reset(s);
				return -1;
			}
		}
		if (is_taken(w, stmt_col_text(s, 2)))
			map_put(&w->used, code, strlen(code), NULL)->num++;
	}
	return got;
}

static int
tell_all(struct work *w, struct db *db, int64_t from, int64_t to, int64_t now,
    void (*fn)(void *ctx, const struct answer_stat *s), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &ANSWER_STATS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":settled", now - TM_DAY_MS);
	stmt_int(s, ":from", from);
	stmt_int(s, ":to", to);
	while ((got = stmt_step(s, e)) > 0) {
		struct answer_stat st = { .article = stmt_col_text(s, 0),
			.suggested = stmt_col_int(s, 1), .sent = stmt_col_int(s, 2),
			.deflected = stmt_col_int(s, 3), .thanked = stmt_col_int(s, 4),
			.again = stmt_col_int(s, 5) };
		union map_value *used = map_get(&w->used, st.article, strlen(st.article));

		st.used = used != NULL ? used->num : 0;
		fn(ctx, &st);
	}
	return got;
}

int
answer_stats(struct db *db, int64_t from, int64_t to, int64_t now, const struct zone *z,
    void (*fn)(void *ctx, const struct answer_stat *s), void *ctx, struct err *e)
{
	struct work w = { .fold = FOLD_INIT };
	int bad = count_used(&w, db, from, to, z, e);

	if (bad == 0)
		bad = tell_all(&w, db, from, to, now, fn, ctx, e);
	if (w.loaded)
		article_release(&w.a);
	map_release(&w.used);
	fold_release(&w.fold);
	arena_release(&w.arena);
	return bad;
}
