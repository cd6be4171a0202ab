/* ingest - facts into rows: who said it, in which thread, on which ticket, once */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/clock.h"
#include "store/customer_more.h"
#include "store/ingest_private.h"
#include "text/closing.h"
#include "time/tm.h"

enum { LIST_MAX = 1024 * 1024, PERSONS_MAX = 100000 };

static int
load_phrases(struct words *w, const char *name, struct err *e)
{
	char *path = conf_find(name, e);
	char *text = path != NULL ? conf_read(path, LIST_MAX, NULL, e) : NULL;

	if (text != NULL) {
		phrases_add(w, text);
		words_build(w);
	}
	free(path);
	free(text);
	return text != NULL ? 0 : -1;
}

static int
set_rule(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct ingest *in = ctx;

	(void)line;
	if (*section != '\0' || strcmp(key, "grace") != 0)
		return err_set(e, ERR_CONFIG, "\"%.40s\" is nothing that can be set here", key);
	if (tm_parse_span(value, &in->grace_ms, e) == 0)
		return 0;
	e->code = ERR_CONFIG;
	return -1;
}

static int
load_rules(struct ingest *in, struct err *e)
{
	char *path = conf_find("rules/threading.conf", e);
	int bad = path != NULL ? conf_parse(path, set_rule, in, e) : -1;

	free(path);
	return bad;
}

int
ingest_init(struct ingest *in, struct db *db, struct err *e)
{
	*in = (struct ingest){ .db = db, .persons = MAP_INIT, .traffic = TRAFFIC_INIT,
		.closing = WORDS_INIT, .asks = WORDS_INIT, .fold = FOLD_INIT,
		.reply = REPLY_INIT, .source = "stdin", .format = "jsonl" };
	names_init(&in->names, db);
	customers_init(&in->customers, db);
	messages_init(&in->messages, db);
	tickets_init(&in->tickets, db);
	if (db_trust_ids(db, e) < 0 || load_rules(in, e) < 0 ||
	    load_phrases(&in->closing, "rules/closing.txt", e) < 0)
		return -1;
	return load_phrases(&in->asks, "rules/asks.txt", e);
}

void
ingest_release(struct ingest *in)
{
	names_release(&in->names);
	customers_release(&in->customers);
	map_release(&in->persons);
	messages_release(&in->messages);
	tickets_release(&in->tickets);
	traffic_release(&in->traffic);
	words_release(&in->closing);
	words_release(&in->asks);
	fold_release(&in->fold);
	reply_release(&in->reply);
	clocks_release(&in->clocks);
	arena_release(&in->memory);
	buf_release(&in->extra);
}

void
ingest_source(struct ingest *in, const char *name, const char *format, uint64_t serial)
{
	in->source = name;
	in->format = format;
	if (serial != in->serial)
		in->names.source = 0;
	in->serial = serial;
}

int
ingest_begin(struct ingest *in, struct err *e)
{
	if (names_begin(&in->names, e) < 0 || customers_begin(&in->customers, e) < 0 ||
	    tickets_begin(&in->tickets, in->names.next_thread, e) < 0)
		return -1;
	if (in->epoch != db_epoch(in->db) || in->persons.n > PERSONS_MAX)
		map_clear(&in->persons);
	in->epoch = db_epoch(in->db);
	traffic_begin(&in->traffic);
	return messages_begin(&in->messages, e);
}

int64_t
ingest_file(void *ingest, struct err *e)
{
	struct ingest *in = ingest;

	if (in->names.source == 0)
		in->names.source = names_source(&in->names, in->source, in->format, tm_now(), e);
	return in->names.source;
}

/* An answer stops a clock in the transaction that stores it.  Tickets opened just now
 * have none yet. */
int
ingest_end(struct ingest *in, struct err *e)
{
	struct tickets *t = &in->tickets;
	size_t i;

	if (messages_flush(&in->messages, e) < 0 || tickets_flush(t, e) < 0 ||
	    traffic_flush(&in->traffic, in->db, e) < 0)
		return -1;
	for (i = 0; i < t->changed.n; i++)
		if (t->changed.v[i]->id < t->first_new && clock_settle(in->db,
		    t->changed.v[i]->id, &in->memory, &in->clocks, e) < 0)
			return -1;
	return 0;
}

static int
store_customer(struct ingest *in, const struct fact *f, const struct customer_more *m,
    struct ingest_out *out, struct err *e)
{
	int64_t first_new = in->customers.next_customer, account = 0;
	struct fact_person who = f->who;
	struct customer_traits t = { .name = who.name, .segment = f->customer.segment,
		.profile = m->profile, .language = f->customer.language, .zone = f->customer.zone,
		.birthday = m->birthday[0] != '\0' ? m->birthday : NULL, .extra = m->rest };

	if (f->channel != NULL &&
	    (account = names_account(&in->names, f->channel, f->account, e)) < 0)
		return -1;
	if (who.member == NULL)
		who.member = m->number;
	if (t.language == NULL)
		t.language = m->language;
	if (customers_resolve(&in->customers, &who, account, NULL, tm_now(), &out->id,
	    &out->customer, e) < 0)
		return -1;
	if (out->id == 0)
		return err_set(e, ERR_DATA, "no id, phone, e-mail or member number");
	if (customers_describe(&in->customers, out->id, &t, &out->is_new, e) < 0)
		return -1;
	out->is_new |= out->id >= first_new;
	return customer_more_store(m, in->db, out->id, in->source, tm_now(), &out->is_new, e);
}

static int
ingest_customer(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	struct customer_more m;
	int bad;

	customer_more_read(&m, f->extra);
	bad = store_customer(in, f, &m, out, e);
	customer_more_release(&m);
	return bad;
}

static int
store(struct ingest *in, const struct fact *f, struct ingest_out *out, struct err *e)
{
	if (in->only != FACT_NONE && f->kind != in->only)
		return err_set(e, ERR_DATA, "not of the kind that is asked for");
	switch (f->kind) {
	case FACT_MESSAGE:
		return ingest_message(in, f, out, e);
	case FACT_CUSTOMER:
		return ingest_customer(in, f, out, e);
	case FACT_ORDER:
		return ingest_order(in, f, out, e);
	case FACT_EVENT:
		return ingest_event(in, f, out, e);
	case FACT_METRIC:
		return ingest_metric(in, f, out, e);
	case FACT_RESPONSE:
		return ingest_response(in, f, out, e);
	case FACT_NONE:
		break;
	}
	return 0;
}

int
ingest_fact(struct ingest *in, const struct fact *f, struct ingest_out *out, struct err *e)
{
	int64_t next = in->customers.next_customer;
	uint64_t links = in->customers.links;

	*out = (struct ingest_out){ .how = THREAD_NONE };
	if (fact_check(f, e) < 0 || store(in, f, out, e) < 0)
		return -1;
	out->new_customer = in->customers.next_customer != next;
	out->linked = in->customers.links != links;
	return 0;
}
