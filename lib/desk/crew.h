/* crew - who is there and who has what on the table.
 *
 * The roster and the policy say who could take what; a crew adds what changes: the time,
 * and everybody's open tickets.
 */
#ifndef CSR_CREW_H
#define CSR_CREW_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/policy.h"
#include "desk/roster.h"

/* Why an agent was passed over. */
enum pass {
	PASS_NOT, PASS_SKILL, PASS_GROUP, PASS_CHANNEL, PASS_LANGUAGE, PASS_ABSENT,
	PASS_OFF_SHIFT, PASS_FULL, PASS_N
};
const char *pass_text(enum pass p);

/* One agent's place. */
struct seat {
	int64_t open;		/* tickets owned that are not resolved */
	int64_t given_at;	/* when last given one, INT64_MIN: never heard of */
	uint64_t hash;		/* of the code */
	bool absent, on_shift;	/* at the time of crew_at() */
};

struct crew {
	const struct policy *policy;
	const struct roster *roster;
	struct seat *seats;	/* by agent->no */
	unsigned char *fit;	/* enum pass by queue and agent: skills and groups */
	int64_t at;
};

/* Everybody with an empty table. Borrows both. */
void crew_init(struct crew *c, const struct policy *p, const struct roster *r);
void crew_release(struct crew *c);
/* Sets the time: who is there. */
void crew_at(struct crew *c, int64_t now);
/* Empties all tables, to be filled by crew_load(). */
void crew_clear(struct crew *c);
void crew_load(struct crew *c, const struct agent *a, int64_t open, int64_t given_at);
/* A ticket goes from one to another; either may be NULL. */
void crew_move(struct crew *c, const struct agent *from, const struct agent *to);
/* What keeps A from tickets of Q at any time: skills or group; else PASS_NOT. */
enum pass crew_fit(const struct crew *c, const struct queue *q, const struct agent *a);

#endif
