/* csv_slot - what a column of a CSV file can mean, and to which kind of row.
 *
 * The names are those of share/aliases and --map.  A slot holds one cell of a row.
 */
#ifndef CSR_CSV_SLOT_H
#define CSR_CSV_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csv_kind {
	CSV_MESSAGE, CSV_CALL, CSV_ORDER, CSV_CUSTOMER, CSV_RESPONSE, CSV_METRIC, CSV_MEMBER,
	CSV_NOTE, CSV_SMS, CSV_KINDS
};

enum csv_slot {
	SLOT_EXTERNAL_ID, SLOT_THREAD, SLOT_GROUP, SLOT_TICKET, SLOT_AT, SLOT_DATE, SLOT_TIME,
	SLOT_DIRECTION, SLOT_SENDER, SLOT_SENDER_NAME, SLOT_RECEIVER, SLOT_MSGTYPE,
	SLOT_CHANNEL, SLOT_ACCOUNT,
	SLOT_CUSTOMER_ID, SLOT_NAME, SLOT_PHONE, SLOT_EMAIL, SLOT_MEMBER, SLOT_AGENT,
	SLOT_AGENT_NAME, SLOT_SUBJECT, SLOT_TEXT, SLOT_ANSWER, SLOT_ANSWERED_AT,
	SLOT_STATUS, SLOT_SOLVED_AT, SLOT_UPDATED_AT, SLOT_SCORE, SLOT_COMMENT,
	SLOT_REPLY_TO, SLOT_TITLE, SLOT_AMOUNT, SLOT_CURRENCY, SLOT_ORDERED_AT, SLOT_PAID_AT,
	SLOT_STARTS_AT, SLOT_ENDS_AT, SLOT_SEGMENT, SLOT_LANGUAGE, SLOT_ZONE, SLOT_CALLER,
	SLOT_CALLEE, SLOT_ENDED_AT, SLOT_DURATION, SLOT_WAIT, SLOT_ANSWERED, SLOT_QUEUE,
	SLOT_CALL, SLOT_NOTE, SLOT_PART, SLOT_PARTS, SLOT_PART_REF, SLOT_TEAM, SLOT_INBOX,
	SLOT_LABEL, SLOT_LINK,
	SLOT_BIRTHDAY, SLOT_LEVEL, SLOT_EXPIRES, SLOT_PREFER_CHANNEL, SLOT_MUTE, SLOT_QUIET,
	SLOT_TAGS, SLOT_CONSENT, SLOT_CONSENT_SMS, SLOT_CONSENT_EMAIL, SLOT_CONSENT_PHONE,
	SLOT_CONSENT_WECOM, SLOT_CONSENT_WECHAT, SLOT_CONSENT_APP, SLOT_CONSENT_AT,
	SLOT_CONSENT_SOURCE, SLOT_FLIGHT, SLOT_ORIGIN, SLOT_DESTINATION, SLOT_DEPARTS,
	SLOT_ARRIVES, SLOT_CABIN, SLOT_PASSENGER, SLOT_PASSENGER_PHONE, SLOT_DOCUMENT,
	SLOT_TICKET_NO, SLOT_SEAT, SLOT_GROUP_NAME, SLOT_MEMBER_TYPE, SLOT_JOINED_AT, SLOT_SCENE,
	SLOT_INVITOR, SLOT_ADMIN,
	SLOT_FIGURE,	/* any number of columns, each named by csv_figure.h */
	SLOTS,
	SLOT_EXTRA = SLOTS	/* nothing we know: kept as it is */
};

/* How a cell is cleaned. */
enum csv_type {
	CSV_TEXT,	/* for people */
	CSV_ID,		/* digits must be whole */
	CSV_VALUE	/* a time, an amount, a word of share/aliases/values.conf */
};

struct csv_slot_info {
	const char *name;	/* "" of figures: they have their own */
	enum csv_type type;
	unsigned kinds;		/* bit 1 << enum csv_kind for each kind that has it */
};
extern const struct csv_slot_info csv_slots[SLOTS];
extern const char *const csv_kinds[CSV_KINDS];

/* What a column of SLOT_FIGURE holds. */
struct csv_figure {
	const char *name;	/* first_response_ms; NULL: the column is no figure */
	int64_t unit_ms;	/* of a plain number; 0: it says nothing (or is a count) */
};

/* The slot or kind called NAME; SLOTS or CSV_KINDS if there is none. */
enum csv_slot csv_slot_find(const char *name);
enum csv_kind csv_kind_find(const char *name);

/* True when a file with these columns can be of KIND; else *WANT says what it lacks. */
bool csv_kind_fits(enum csv_kind kind, const bool has[SLOTS], const char **want);

#endif
