/* ingest - facts into rows: who said it, in which thread, on which ticket, once.
 *
 * Works inside a write transaction of the caller: ingest_begin() after db_begin(),
 * ingest_fact() for each fact in order, ingest_end() before db_commit().  A fact that is
 * already stored changes nothing and gives the ids it got the first time.
 *
 * How a message finds its ticket, in this order: the source's own ticket id; the mails
 * it answers; a signed tag in the subject; an unsigned ticket number if the sender is a
 * participant already; the thread (in a group chat: the sender's ticket there).  What
 * then happens is decided by desk/threading.h.
 */
#ifndef CSR_INGEST_H
#define CSR_INGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "intake/fact.h"
#include "desk/sla.h"
#include "desk/threading.h"
#include "store/customer.h"
#include "store/db.h"
#include "store/message.h"
#include "store/names.h"
#include "store/reply.h"
#include "store/ticket.h"
#include "store/traffic.h"
#include "text/fold.h"
#include "text/words.h"

struct ingest {
	struct db *db;
	struct names names;
	struct customers customers;
	struct map persons;	/* somebody as sources write him -> customer who is a root */
	uint64_t epoch, links;	/* of persons */
	struct messages messages;
	struct tickets tickets;
	struct traffic traffic;
	struct words closing, asks;	/* share/rules/closing.txt, asks.txt */
	struct fold fold;
	struct reply reply;
	enum fact_kind only;	/* refuse all other kinds; FACT_NONE: take all */
	int64_t grace_ms;	/* a reply within this time of the resolution reopens */
	const char *source, *format;	/* of the file being read; borrowed */
	uint64_t serial;
	struct clocks clocks;	/* scratch, as the rest */
	struct arena memory;
	struct buf extra;
};

/* How a message came to its ticket. */
enum ingest_by {
	BY_NOTHING, BY_SOURCE, BY_REFERENCE, BY_TAG, BY_PARTICIPANT, BY_THREAD
};

/* What became of a fact. */
struct ingest_out {
	bool is_new;		/* false: known already, nothing changed */
	int64_t id;		/* message, customer, order row; 0 for events */
	int64_t ticket, customer;	/* 0: none; customer is the root */
	/* For a rehearsal, of what is new: */
	bool new_customer, linked;	/* made now; found to be somebody known already */
	enum threading how;	/* with a ticket, or none (THREAD_NONE) */
	enum ingest_by by;
	int64_t follows, related;	/* ticket it continues; one it names without proof */
};

/* Reads rules/threading.conf and the word lists from the configuration.  DB looks up no
 * foreign keys from now on (db_trust_ids): every id written comes from this transaction or
 * the caches above. */
int ingest_init(struct ingest *in, struct db *db, struct err *e);
void ingest_release(struct ingest *in);
/* The next facts come from this file; SERIAL tells it from others of the same name. */
void ingest_source(struct ingest *in, const char *name, const char *format,
    uint64_t serial);
int ingest_begin(struct ingest *in, struct err *e);
/* -1 with 65: refused, nothing stored of it; any other code: roll back. */
int ingest_fact(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
int ingest_end(struct ingest *in, struct err *e);

#endif
