/* fact - what a source states, in the normal form: the one shape all formats become.
 *
 * A reader fills a struct fact with text borrowed from itself (valid until its next
 * turn); the store copies what it keeps.  Absent text is NULL, never "".  The same
 * facts as JSON are described in csr-record(5); fact_from_rec() and fact_to_node()
 * convert.  Times are milliseconds since 1970 UTC, money is minor units (fen, cents).
 */
#ifndef CSR_FACT_H
#define CSR_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "intake/fact_parts.h"
#include "stream/rec.h"
#include "time/zone.h"

struct fact {
	enum fact_kind kind;
	size_t line;		/* where it stood: line of the file, number of the mail */
	const char *channel;	/* phone email wecom wechat dingtalk webchat sms app social … */
	const char *account;	/* our shop, mailbox or number there; NULL is "" */
	const char *external_id;	/* the source's id; NULL: a content hash serves */
	struct fact_person who;	/* the customer: sender, buyer, person concerned */
	struct fact_person agent;	/* who of ours wrote it, or the agent a row names */
	struct fact_message message;	/* FACT_MESSAGE */
	struct fact_order order;	/* FACT_ORDER */
	struct fact_event event;	/* FACT_EVENT */
	struct fact_customer customer;	/* FACT_CUSTOMER */
	struct fact_metric metric;	/* FACT_METRIC */
	struct fact_response response;	/* FACT_RESPONSE */
	const char *extra;	/* JSON object of all other fields, NULL if none */
};

/* Empty fact: everything NULL, times FACT_NO_TIME, money FACT_NO_MONEY. */
void fact_init(struct fact *f);
/* Fills F from a record in the normal form; text is borrowed from R, arrays and `extra`
 * from SCRATCH.  Times without an offset are read in Z.  1 filled; 0 a kind that is not
 * a fact (pass it on); -1 with 65 naming the field. */
int fact_from_rec(struct fact *f, const struct rec *r, const struct zone *z,
    struct arena *scratch, struct err *e);
/* The same from the LEN bytes of a plain LINE without parsing it into a record, several
 * times faster; text is borrowed from SCRATCH, EXTRA is scratch too.  False: the line is
 * out of the ordinary, or no fact, or wrong; nothing is said about it, parse it. */
bool fact_scan(struct fact *f, const char *line, size_t len, const struct zone *z,
    struct arena *scratch, struct buf *extra);
/* The record for F (csr-record(5)), yours; times with the offset of Z. */
struct node *fact_to_node(const struct fact *f, const struct zone *z);
/* A copy whose text all lies in A. */
void fact_copy(struct fact *to, const struct fact *from, struct arena *a);
/* The same as text, appended to OUT without a newline: several times faster. */
void fact_print(const struct fact *f, const struct zone *z, struct buf *out);
/* True when P has an id, a phone, an e-mail or a member number. */
bool fact_person_known(const struct fact_person *p);
/* Refuses what no source may state: no channel, no time, no person and no text ...
 * Called by the store for every fact, whatever format it came from. */
int fact_check(const struct fact *f, struct err *e);

#endif
