/* rehearsal - what storing a record would do, as a line of JSON */
#include <string.h>

#include "intake/fact_fields.h"
#include "store/rehearsal.h"
#include "stream/jtext.h"

DB_SQL(REHEARSAL_NAME, "SELECT name FROM customer WHERE id = :id");

static void
number(struct buf *out, const char *key, int64_t v)
{
	if (v == 0)
		return;
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

/* Whose it is: a person made, linked or known, and by what name. */
static int
print_customer(struct db *db, const struct ingest_out *o, struct buf *out, struct err *e)
{
	struct stmt *s;

	if (o->customer == 0)
		return 0;
	number(out, "customer", o->customer);
	if ((s = db_stmt(db, &REHEARSAL_NAME, e)) == NULL)
		return -1;
	stmt_int(s, ":id", o->customer);
	if (stmt_step(s, e) < 0)
		return -1;
	jtext_member(out, "name", stmt_col_text(s, 0));
	stmt_reset(s);
	jtext_member(out, "person", o->linked ? "linked" : o->new_customer ? "new" : "known");
	return 0;
}

static void
print_ticket(const struct ingest_out *o, struct buf *out)
{
	static const char *const how[] = {
		[THREAD_JOIN] = "joined", [THREAD_THANKS] = "thanked",
		[THREAD_REOPEN] = "reopened", [THREAD_FOLLOW] = "follows", [THREAD_NEW] = "new",
		[THREAD_NONE] = NULL
	};
	static const char *const by[] = {
		[BY_NOTHING] = NULL, [BY_SOURCE] = "source", [BY_REFERENCE] = "reference",
		[BY_TAG] = "tag", [BY_PARTICIPANT] = "participant", [BY_THREAD] = "thread"
	};

	number(out, "ticket", o->ticket);
	jtext_member(out, "how", how[o->how]);
	jtext_member(out, "by", by[o->by]);
	number(out, "follows", o->follows);
	number(out, "related", o->related);
}

int
rehearsal_print(struct db *db, const struct batch_item *item, struct buf *out,
    struct err *e)
{
	const struct ingest_out *o = &item->out;
	bool passed = item->f.kind == FACT_NONE && item->error == NULL;

	buf_char(out, '{');
	jtext_member(out, "result", item->error != NULL ? "refused" : passed ? "passed" :
	    o->is_new ? "new" : "duplicate");
	jtext_member(out, "source", item->from->name);
	number(out, "line", (int64_t)item->line);
	if (item->error != NULL) {
		jtext_member(out, "error", item->error);
	} else if (!passed) {
		jtext_member(out, "kind", fact_kinds[item->f.kind]);
		jtext_member(out, "channel", item->f.channel);
		jtext_member(out, "external_id", item->f.external_id);
		if (print_customer(db, o, out, e) < 0)
			return -1;
		print_ticket(o, out);
	}
	buf_str(out, "}\n");
	return 0;
}
