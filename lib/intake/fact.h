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
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/rec.h"
#include "time/zone.h"

#define FACT_NO_TIME INT64_MIN	/* a time that was not given */
#define FACT_NO_MONEY INT64_MIN	/* an amount that was not given */

enum fact_kind { FACT_NONE, FACT_MESSAGE, FACT_CUSTOMER, FACT_ORDER, FACT_EVENT };
enum fact_direction { FACT_IN = 1, FACT_OUT = 2, FACT_NOTE = 3 };	/* as in the database */
enum fact_role { ROLE_CUSTOMER = 1, ROLE_AGENT = 2, ROLE_ROBOT = 3 };

/* A person as the source knows them. */
struct fact_person {
	const char *id;		/* the channel's own id: wmAAA, a nick, a visitor id */
	const char *name;
	const char *phone;	/* as written; the store normalises */
	const char *email;
	const char *member;	/* membership number: a strong identifier */
	enum fact_role role;
};

struct fact_message {
	const char *thread;	/* the conversation; NULL: made from the person or root mail */
	const char *group;	/* group chat id; NULL when one to one */
	const char *ticket;	/* the source's ticket id, if it has tickets */
	enum fact_direction direction;
	bool automatic;		/* written by a machine */
	int64_t at;
	const char *reply_to;	/* external id answered */
	const char *const *refs;	/* external ids it refers to, oldest first */
	size_t refs_n;
	const char *const *to;	/* addressees' ids */
	size_t to_n;
	const char *const *mentions;
	size_t mentions_n;
	const char *subject;
	const char *text;
	int64_t tag_ticket;	/* ticket number in a subject tag [CSR#42...], 0 if none */
	const char *tag_sign;	/* its signature, NULL if none */
	const char *recalls;	/* external id this message takes back, else NULL */
	const char *status;	/* ticket status a CSV row states: "solved", else NULL */
	int64_t answered_at;	/* first human answer a row states, else FACT_NO_TIME */
	int64_t solved_at;	/* FACT_NO_TIME unless the row states it */
	int64_t score;		/* satisfaction 1..5 a row states, 0 if none */
};

struct fact_order {
	const char *status;	/* as the source says it: 交易成功 */
	const char *title;
	int64_t amount_minor;	/* FACT_NO_MONEY if absent */
	const char *currency;	/* ISO 4217 */
	int64_t ordered_at, paid_at, starts_at, ends_at;
};

struct fact_customer {
	const char *segment;	/* vip, business, family ... */
	const char *language;	/* zh, en */
	const char *zone;	/* IANA time zone */
};

struct fact_event {
	const char *name;	/* order.status, flight.status, ticket.status ... */
	const char *subject;	/* the order number, flight/date, or ticket id it is about */
	const char *status;	/* the state it now has */
	const char *thread;	/* for ticket.*: the conversation */
	int64_t ticket;		/* for ticket.*: our own number of it, 0 if not stated */
	int64_t at;
	const char *cause;	/* ticket.status: why, in the team's words */
	const char *outcome;
};

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
