/* erase - one person out of the desk: what tells who they were goes, the figures stay */
#include <stdio.h>
#include <string.h>

#include <nettle/sha2.h>

#include "store/dump_person.h"
#include "store/erase.h"
#include "store/erase_files.h"
#include "store/erase_tables.h"
#include "store/event.h"
#include "store/holdings.h"
#include "store/identity.h"
#include "store/person_private.h"

DB_SQL(NEEDLE_IDENTITIES, "SELECT i.kind, i.value FROM customer AS c JOIN identity AS i "
    "ON i.customer = c.id WHERE c.root = :root AND i.shared = 0 ORDER BY i.id");
DB_SQL(NEEDLE_NAMES, "SELECT name FROM customer WHERE root = :root AND name IS NOT NULL");
DB_SQL(NEEDLE_EXTRA, "SELECT extra FROM message WHERE id = :id");

/* The hash of what goes, so that who has the bundle can prove that it was this. */
struct bundle {
	struct sha256_ctx sha;
	struct buf line;
};

static int
hash_row(void *ctx, const struct node *row, struct err *e)
{
	struct bundle *b = ctx;

	(void)e;
	buf_clear(&b->line);
	node_print(row, &b->line);
	buf_char(&b->line, '\n');
	sha256_update(&b->sha, b->line.len, (const uint8_t *)b->line.p);
	return 0;
}

static int
hash_bundle(struct erase *x, const struct holdings *h, char hex[65], struct err *e)
{
	struct bundle b = { .line = BUF_INIT };
	uint8_t digest[SHA256_DIGEST_SIZE];
	int bad, i;

	sha256_init(&b.sha);
	bad = dump_person(x->ask->db, h, hash_row, &b, e);
	sha256_digest(&b.sha, sizeof(digest), digest);
	for (i = 0; i < SHA256_DIGEST_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	buf_release(&b.line);
	return bad;
}

/* "+8613800138000" is written without its country code, too. */
static void
add_identity(struct needles *n, int64_t kind, const char *value)
{
	if (kind != IDENTITY_PHONE) {
		needles_add(n, NEEDLE_WORD, value);
		return;
	}
	if (strncmp(value, "+86", 3) == 0)
		value += 3;
	else if (*value == '+')
		value++;
	needles_add(n, strchr(value, ';') == NULL ? NEEDLE_DIGITS : NEEDLE_WORD, value);
}

/* The hashes of saved files that a message's extra names. */
static void
add_files(struct needles *n, const char *extra)
{
	struct err ignored;
	struct node *root = extra != NULL ? node_parse(extra, strlen(extra), &ignored) : NULL;
	const struct node *list = node_get(root, "attachments");
	size_t i;

	for (i = 0; i < node_len(list); i++)
		needles_add(n, NEEDLE_FILE,
		    node_as_text(node_get(node_at(list, i), "sha256")));
	node_free(root);
}

static int
gather_needles(struct erase *x, const struct holdings *h, int64_t root, struct err *e)
{
	struct db *db = x->ask->db;
	struct stmt *s = db_stmt(db, &NEEDLE_IDENTITIES, e);
	size_t i;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		add_identity(&x->needles, stmt_col_int(s, 0), stmt_col_text(s, 1));
	if (got < 0 || (s = db_stmt(db, &NEEDLE_NAMES, e)) == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		needles_add(&x->needles, NEEDLE_NAME, stmt_col_text(s, 0));
	for (i = 0; i < h->of[HOLD_MESSAGE].n && got == 0; i++) {
		if ((s = db_stmt(db, &NEEDLE_EXTRA, e)) == NULL)
			return -1;
		stmt_int(s, ":id", h->of[HOLD_MESSAGE].v[i]);
		if ((got = stmt_step(s, e)) > 0) {
			add_files(&x->needles, stmt_col_text(s, 0));
			got = 0;
		}
		stmt_reset(s);
	}
	return got;
}

static void
report(struct erase *x, int64_t root, const char *table, int64_t rows, const char *erases,
    struct node *proof, struct node *out)
{
	struct node *o = node_object(), *total = node_object();

	node_set_text(o, "kind", "erasure");
	node_set_int(o, "customer", root);
	node_set_text(o, "table", table);
	node_set_int(o, "rows", rows);
	node_set_text(o, "erases", erases);
	if (x->dry_run)
		node_set_bool(o, "dry_run", true);
	node_push(out, o);
	node_set_text(total, "what", table);
	node_set_int(total, "rows", rows);
	node_push(proof, total);
}

/* Every row of T that is theirs; *rows: how many were touched. */
static int
erase_table(struct erase *x, const struct erased *t, const struct holdings *h, int64_t root,
    int64_t *rows, struct err *e)
{
	size_t i;

	*rows = 0;
	for (i = 0; i < h->of[t->by].n; i++) {
		struct stmt *s = db_stmt(x->ask->db, t->sql, e);

		if (s == NULL)
			return -1;
		stmt_int(s, ":id", h->of[t->by].v[i]);
		if (stmt_has(s, ":at"))
			stmt_int(s, ":at", x->ask->now);
		if (stmt_has(s, ":root"))
			stmt_int(s, ":root", root);
		if (stmt_run(s, e) < 0)
			return -1;
		*rows += db_changes(x->ask->db);
	}
	return 0;
}

/* Writes the row that S stands on without the needles. */
static int
clean_row(struct erase *x, const struct swept *t, struct stmt *s, bool names, struct err *e)
{
	static const char *const params[] = { ":c1", ":c2", ":c3", ":c4" };
	struct stmt *w = db_stmt(x->ask->db, t->write, e);
	struct buf text[ERASE_COLUMNS] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	int i, bad;

	if (w == NULL)
		return -1;
	for (i = 0; i < t->n; i++) {
		const char *v = stmt_col_text(s, i + 1);
		size_t len = v != NULL ? stmt_col_len(s, i + 1) : 0;
		bool has = v != NULL && needles_in(&x->needles, v, len, names);

		if (has && i + 1 == t->key)
			buf_fmt(&text[i], "erased:%lld", (long long)stmt_col_int(s, 0));
		else if (has)
			needles_blank(&x->needles, v, len, names, &text[i]);
		else
			buf_add(&text[i], v != NULL ? v : "", len);
		stmt_text(w, params[i], v != NULL ? buf_cstr(&text[i]) : NULL);
	}
	stmt_int(w, ":id", stmt_col_int(s, 0));
	bad = stmt_run(w, e);
	for (i = 0; i < ERASE_COLUMNS; i++)
		buf_release(&text[i]);
	return bad;
}

/* What others wrote: T's rows from the first to the last. */
static int
sweep(struct erase *x, const struct swept *t, const struct holdings *h, int64_t *rows,
    struct err *e)
{
	struct stmt *s = db_stmt(x->ask->db, t->read, e);
	int got, i;

	*rows = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":after", 0);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t thread = stmt_col_int(s, t->n + 1);
		bool names = thread != 0 && holdings_have(h, HOLD_THREAD, thread), has = false;

		for (i = 1; i <= t->n; i++)
			has |= stmt_col_text(s, i) != NULL && needles_in(&x->needles,
			    stmt_col_text(s, i), stmt_col_len(s, i), names);
		if (has && clean_row(x, t, s, names, e) < 0)
			return -1;
		*rows += has;
	}
	return got;
}

static int
erase_outside(struct erase *x, int64_t root, struct node *proof, struct node *out,
    struct err *e)
{
	size_t i;
	int n = 0;

	for (i = 0; i < x->n_rejects; i++) {
		if (erase_rejects(&x->needles, x->rejects[i], &n, e) < 0)
			return -1;
		report(x, root, "refused records", n, x->rejects[i], proof, out);
	}
	if (x->attachments != NULL) {
		if (erase_attachments(&x->needles, x->attachments, &n, e) < 0)
			return -1;
		report(x, root, "attachments", n, "files nobody else sent", proof, out);
	}
	return 0;
}

static int
erase_rows(struct erase *x, const struct holdings *h, int64_t root, struct node *proof,
    struct node *out, struct err *e)
{
	const struct erased *t;
	const struct swept *w;
	int64_t rows;

	for (t = erase_tables; t->table != NULL; t++) {
		if (erase_table(x, t, h, root, &rows, e) < 0)
			return -1;
		if (rows > 0)
			report(x, root, t->table, rows, t->erases, proof, out);
	}
	for (w = erase_sweeps; w->table != NULL; w++) {
		if (sweep(x, w, h, &rows, e) < 0)
			return -1;
		if (rows > 0)
			report(x, root, w->table, rows, "them in what others wrote", proof, out);
	}
	return 0;
}

/* What the proof says of this person. */
static struct node *
proof_of(struct erase *x, const struct holdings *h, int64_t root, const char *hex)
{
	struct node *p = node_object(), *ids = node_array();
	size_t i;

	for (i = 0; i < h->of[HOLD_CUSTOMER].n; i++)
		node_push(ids, node_int(h->of[HOLD_CUSTOMER].v[i]));
	node_set_text(p, "kind", "erasure");
	node_set_int(p, "customer", root);
	node_set(p, "customers", ids);
	person_set_at(x->ask, p, "at", x->ask->now);
	node_set_text(p, "actor", x->actor);
	node_set_text(p, "bundle_sha256", hex);
	return p;
}

int
erase_person(struct erase *x, int64_t root, struct node *out, struct err *e)
{
	struct event ev = { .name = "customer.erased", .at = x->ask->now, .customer = root,
		.actor = x->actor };
	struct node *rows = node_array(), *proof;
	struct holdings h;
	char hex[65] = "";
	int bad = holdings_load(&h, x->ask->db, root, e);

	if (bad == 0 && (bad = hash_bundle(x, &h, hex, e)) == 0 &&
	    (bad = gather_needles(x, &h, root, e)) == 0)
		bad = erase_rows(x, &h, root, rows, out, e);
	ev.value = hex;
	if (bad == 0)
		bad = event_add(x->ask->db, &ev, NULL, e);
	if (bad == 0 && !x->dry_run)
		bad = erase_outside(x, root, rows, out, e);
	proof = proof_of(x, &h, root, hex);
	node_set(proof, "erased", rows);
	if (x->proofs == NULL)
		x->proofs = node_array();
	node_push(x->proofs, proof);
	holdings_release(&h);
	return bad;
}

static int
write_proofs(struct erase *x, const char *found, struct err *e)
{
	struct buf path = BUF_INIT, line = BUF_INIT;
	size_t i;
	int bad = 0;

	if (x->proof != NULL)
		buf_str(&path, x->proof);
	else
		buf_fmt(&path, "%s.erased.jsonl", db_path(x->ask->db));
	for (i = 0; i < node_len(x->proofs) && bad == 0; i++) {
		struct node *p = node_copy(node_at(x->proofs, i));

		node_set_text(p, "found_in", found);
		buf_clear(&line);
		node_print(p, &line);
		bad = erase_append(buf_cstr(&path), line.p, line.len, e);
		node_free(p);
	}
	buf_release(&path);
	buf_release(&line);
	return bad;
}

int
erase_finish(struct erase *x, struct err *e)
{
	struct buf found = BUF_INIT;
	int bad;

	if (x->dry_run || node_len(x->proofs) == 0)
		return 0;
	if (db_scrub(x->ask->db, e) < 0)
		return -1;
	bad = erase_search(&x->needles, db_path(x->ask->db), &found, e);
	if (bad == 0)
		bad = write_proofs(x, found.len > 0 ? found.p : NULL, e);
	if (bad == 0 && found.len > 0)
		bad = err_set(e, ERR_NO, "erased in the database, but still in %s beside it",
		    found.p);
	buf_release(&found);
	return bad;
}

void
erase_release(struct erase *x)
{
	needles_release(&x->needles);
	node_free(x->proofs);
}
