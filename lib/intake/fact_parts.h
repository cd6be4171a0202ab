/* fact_parts - what each kind of fact can state; struct fact (fact.h) is made of them. */
#ifndef CSR_FACT_PARTS_H
#define CSR_FACT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FACT_NO_TIME INT64_MIN	/* a time that was not given */
#define FACT_NO_MONEY INT64_MIN	/* an amount that was not given */
#define FACT_NO_SPAN INT64_C(-1)	/* a length of time that was not given */
#define FACT_NO_SCORE INT64_MIN	/* a score that was not given */

enum fact_kind {
	FACT_NONE, FACT_MESSAGE, FACT_CUSTOMER, FACT_ORDER, FACT_EVENT, FACT_METRIC,
	FACT_RESPONSE	/* stored, but not read from JSON Lines: csr-survey(1) does */
};
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

/* A number under a name that says its unit: first_response_ms, conversations. */
struct fact_figure {
	const char *name;
	int64_t value;
};

/* What a message is beside when it is a telephone call. */
struct fact_call {
	const char *outcome;	/* a word of desk/call.h; NULL: it is no call */
	const char *log;	/* "queue": a queue's log tells it; NULL: the line's record */
	const char *queue;
	int64_t wait_ms, talk_ms;	/* FACT_NO_SPAN unless known */
	int64_t ended_at;
};

struct fact_message {
	const char *thread;	/* the conversation; NULL: made from the person or root mail */
	const char *group;	/* group chat id; NULL when one to one */
	const char *ticket;	/* the source's ticket id, if it has tickets */
	int64_t number;		/* our own number of it, where we write ourselves; else 0 */
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
	const char *comment;	/* the customer's words beside the score */
	const struct fact_figure *reported;	/* times the source reports of its ticket */
	size_t reported_n;
	int64_t reported_at;	/* as of when, FACT_NO_TIME unless the row states it */
	struct fact_call call;
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

/* Figures of somebody over a time: what an export of aggregates states. */
struct fact_metric {
	const char *about;	/* agent, team, inbox, label ... */
	const char *subject;	/* its name */
	int64_t from_at, to_at;
	const struct fact_figure *values;
	size_t values_n;
};

/* An answer to a survey: csr-record(5). */
struct fact_response {
	const char *form, *mode;	/* csat, import */
	int64_t score;		/* FACT_NO_SCORE: words only */
	const char *comment;
	const char *ticket;	/* the source's id of it */
	int64_t at;
};

#endif
