/* flight_read - what a record tells of one flight, or of one leg of it.  For flight.c. */
#ifndef CSR_FLIGHT_READ_H
#define CSR_FLIGHT_READ_H

#include "intake/intake.h"
#include "time/tm.h"

/* What is told of one journey or leg. */
struct journey {
	const char *code, *from, *to, *state;
	char day[TM_SIZE];
	int64_t departs, arrives;	/* as planned */
	int64_t departs_now, arrives_now;	/* as expected */
	int64_t left, landed;
};

/* True if KEY is NAME, without regard to capitals and "_". */
bool flight_is(const char *key, const char *name);
/* The member called NAME (flight_is), and its text or digits, borrowed from it or A. */
const struct node *flight_member(const struct node *n, const char *name);
const char *flight_text(struct arena *a, const struct node *n, const char *name);
/* "mu 5101" as MU5101; NULL for NULL. */
const char *flight_code(struct arena *a, const char *code);
/* Fills J from N; -1 with 65 when number, state or planned time is missing or wrong. */
int flight_read(struct arena *a, const struct intake *in, const struct node *n,
    struct journey *j, struct err *e);

#endif
