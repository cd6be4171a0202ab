/* people - a program's work on one person after another */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/people.h"
#include "stream/jsonl.h"

bool
people_is_setting(const char *operand)
{
	size_t n = strspn(operand, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789_-");

	return n > 0 && operand[n] == '=';
}

DB_SQL(PEOPLE_ALL, "SELECT DISTINCT c.root FROM customer AS c "
    "WHERE c.created_at >= :since AND c.erased_at IS NULL "
    "AND (:segment IS NULL OR c.segment = :segment) "
    "AND (:profile IS NULL OR c.profile = :profile) "
    "AND (:language IS NULL OR c.language = :language) "
    "AND (:members = 0 OR EXISTS (SELECT 1 FROM identity AS i WHERE i.customer = c.id "
    "AND i.kind = 4)) ORDER BY c.root LIMIT :n");

/* The work on WORD, or on WHO when WORD is NULL. */
static int
work(struct people *p, struct whois *w, const char *word, const struct whois_hit *who,
    struct node *out, struct err *e)
{
	struct whois_hit found = { .root = 0 };

	if ((p->write ? db_begin(p->db, e) : db_begin_read(p->db, e)) < 0)
		return -1;
	if ((word != NULL && whois_one(w, word, &found, e) < 0) ||
	    p->each(p->ctx, word != NULL ? &found : who, out, e) < 0) {
		db_rollback(p->db);
		return -1;
	}
	if (p->undo) {
		db_rollback(p->db);
		return 0;
	}
	return db_commit(p->db, e);
}

static int
one(struct people *p, struct whois *w, const char *word, const struct whois_hit *who,
    struct err *e)
{
	struct node *out = node_array();
	int bad = work(p, w, word, who, out, e);
	size_t i;

	for (i = 0; bad == 0 && i < node_len(out); i++)
		p->print(node_at(out, i));
	node_free(out);
	if (bad == 0 || e->code != ERR_DATA)
		return bad;
	p->complain(e);
	p->refused++;
	return 0;
}

/* What a line names: a word, or the customer of a record. */
static int
word_of(const char *line, size_t len, char *word, size_t size, struct err *e)
{
	struct rec r = REC_INIT;
	int64_t id = 0;
	int bad;

	line += strspn(line, " \t");
	if (*line != '{') {
		snprintf(word, size, "%s", line);
		for (len = strlen(word); len > 0 && (word[len - 1] == ' ' ||
		    word[len - 1] == '\t'); len--)
			word[len - 1] = '\0';
		return 0;
	}
	bad = rec_parse(&r, line, strlen(line), e);
	if (bad == 0 && !rec_int(&r, "customer", &id) &&
	    !(rec_is(&r, "customer") && rec_int(&r, "id", &id)))
		bad = err_set(e, ERR_DATA, "no \"customer\"");
	snprintf(word, size, "id:%lld", (long long)id);
	rec_release(&r);
	return bad;
}

static int
from_stdin(struct people *p, struct whois *w, struct err *e)
{
	struct lines in;
	char *line, word[512];
	size_t len;
	int got, bad = 0;

	if (lines_open(&in, NULL, e) < 0)
		return -1;
	while (bad == 0 && (got = lines_next(&in, &line, &len, e)) != 0) {
		if (got > 0)
			got = word_of(line, len, word, sizeof(word), e);
		if (got < 0 && e->code != ERR_DATA) {
			bad = -1;
		} else if (got < 0) {
			err_at(e, in.name, in.line);
			p->complain(e);
			p->refused++;
		} else if (*word != '\0') {
			bad = one(p, w, word, NULL, e);
		}
	}
	lines_close(&in);
	return bad;
}

int
people_each(struct people *p, int argc, char **argv, struct err *e)
{
	struct whois w = { .db = p->db, .fold = FOLD_INIT };
	int i, bad = 0, named = 0;

	for (i = 0; i < argc && bad == 0; i++)
		if (!people_is_setting(argv[i])) {
			named++;
			bad = one(p, &w, argv[i], NULL, e);
		}
	if (bad == 0 && named == 0)
		bad = from_stdin(p, &w, e);
	whois_release(&w);
	return bad;
}

int
people_search(struct people *p, int argc, char **argv, size_t max, struct err *e)
{
	struct whois w = { .db = p->db, .fold = FOLD_INIT };
	size_t k;
	int i, bad = 0;

	for (i = 0; i < argc && bad == 0; i++) {
		bad = whois_search(&w, argv[i], max, e);
		for (k = 0; k < w.n && bad == 0; k++)
			bad = one(p, &w, NULL, &w.hits[k], e);
		if (bad == 0 && w.more) {
			err_set(e, ERR_DATA, "\"%.60s\": there are more than %zu", argv[i], max);
			p->complain(e);
		}
	}
	whois_release(&w);
	return bad;
}

/* Reads them all before the work begins: no cursor stays open over transactions. */
static int
load_roots(struct people *p, const struct people_filter *f, int64_t **roots, size_t *n,
    struct err *e)
{
	struct stmt *s = db_stmt(p->db, &PEOPLE_ALL, e);
	size_t cap = 0;
	int got;

	*roots = NULL;
	*n = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":since", f->since_at != 0 ? f->since_at : INT64_MIN);
	stmt_text(s, ":segment", f->segment);
	stmt_text(s, ":profile", f->profile);
	stmt_text(s, ":language", f->language);
	stmt_int(s, ":members", f->members);
	stmt_int(s, ":n", f->max > 0 ? f->max : INT64_MAX);
	while ((got = stmt_step(s, e)) > 0) {
		if (*n == cap) {
			cap = cap ? cap * 2 : 256;
			*roots = xrealloc(*roots, cap * sizeof(**roots));
		}
		(*roots)[(*n)++] = stmt_col_int(s, 0);
	}
	return got;
}

int
people_all(struct people *p, const struct people_filter *f, struct err *e)
{
	int64_t *roots;
	size_t n, i;
	int bad = load_roots(p, f, &roots, &n, e);

	for (i = 0; i < n && bad == 0; i++) {
		struct whois_hit who = { roots[i], roots[i], "id" };

		bad = one(p, NULL, NULL, &who, e);
	}
	free(roots);
	return bad;
}
