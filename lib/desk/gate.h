/* gate - may this go out now?
 *
 * Pure.  The rules, in order; the first that holds decides:
 *	suppressed	the address bounced, or a person took it off: never
 *	refused		the customer refused the channel or the purpose: never, but for what
 *			a person of ours wrote
 *	no_consent	marketing, and no consent was given: never
 *	muted		care and marketing to who wants important notices only: never
 *	robot		automatic, to an address that writes automatic mail only: never
 *	quiet		care and marketing in the hours the customer (else the desk) keeps quiet:
 *			put off to their end
 *	a cap		that many went out in that time: put off until the oldest no longer counts
 * Staff are told at any time.
 */
#ifndef CSR_GATE_H
#define CSR_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "time/zone.h"

enum purpose { PURPOSE_STAFF = 1, PURPOSE_SERVICE, PURPOSE_CARE, PURPOSE_MARKETING };
/* "staff" "service" "care" "marketing"; 0 for any other word. */
enum purpose purpose_of(const char *word);
const char *purpose_name(enum purpose p);
/* What a kind of outbox row is for, where the row does not say. */
enum purpose purpose_of_kind(const char *kind, bool staff);

/* What became of a row of the outbox at one time; as in the database. */
enum delivery_result {
	DELIVERY_SENT = 1, DELIVERY_TEMPORARY, DELIVERY_PERMANENT, DELIVERY_LATER, DELIVERY_NEVER
};
/* "sent" "failed for now" "failed for good" "put off" "not wanted". */
const char *delivery_result_name(enum delivery_result r);

enum cap_scope { CAP_ADDRESS, CAP_TICKET, CAP_ALL };
struct cap {
	const char *name;
	enum cap_scope scope;
	const char *channel;		/* NULL: any */
	bool purposes[PURPOSE_MARKETING + 1];
	int64_t per_ms, most;
};

struct limits {
	int32_t quiet_from, quiet_until;	/* minutes of the day; equal: never */
	int64_t attempts;		/* then it is given up */
	int64_t backoff_ms, backoff_most_ms;
	struct cap caps[32];
	size_t n;
	struct arena arena;
};
/* Reads send/limits.conf, TEXT changed by reading.  -1 with 78. */
int limits_parse(struct limits *l, const char *source, char *text, struct err *e);
void limits_release(struct limits *l);
/* "22:00-08:00"; -1 with 78. */
int quiet_parse(const char *text, int32_t *from, int32_t *until, struct err *e);

struct gate_case {
	enum purpose purpose;
	bool by_person;			/* one of ours wrote it */
	bool suppressed, refused, consented, muted, robot;
	int32_t quiet_from, quiet_until;	/* the customer's, else the desk's */
	const struct zone *zone;	/* of the quiet hours */
	int64_t now;
};
enum gate { GATE_SEND, GATE_LATER, GATE_NEVER };
/* What holds without counting; *until is set for GATE_LATER; WHY is a word. */
enum gate gate_decide(const struct gate_case *c, int64_t *until, const char **why);

/* When attempt N + 1 is due after N failed at NOW: the delay doubles, up to the most, and is
 * spread by a quarter either way, by SEED, so that what failed together does not come back
 * together. */
int64_t gate_retry_at(const struct limits *l, int64_t n, uint64_t seed, int64_t now);

#endif
