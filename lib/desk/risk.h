/* risk - may this customer be leaving, and why?
 *
 * Pure.  Points for what is known to come before it:
 *	silent		nothing heard for three times the usual gap between contacts (median of
 *			at least three gaps) and a month at least: 2, for six times: 3
 *	score		the last score of half a year is low (csat 1-2, nps 0-6, ces 1-3): 3
 *	complaint	one is open: 3, for more than three days: 4
 *	waiting		for an answer for more than a day: 1
 *	mood		gets worse (mood.h, by tickets): 2
 *	reopened	two or more reopened tickets in 90 days: 1
 */
#ifndef CSR_RISK_H
#define CSR_RISK_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { RISK_MOODS = 15 };

struct risk_facts {
	int64_t *contacts;		/* times of tickets and orders; sorted by risk_points() */
	size_t n_contacts;
	int64_t complaint, complaint_at;	/* the oldest open one, 0: none */
	int64_t waiting_at;		/* waits for an answer since then, 0: does not */
	int reopens;			/* in 90 days */
	int moods[RISK_MOODS];		/* mood_score() of tickets, the latest first */
	size_t n_moods;
	const char *form;		/* of the last score, NULL: none */
	int64_t score, score_at;
};

/* Appends to WHY a JSON array of the reasons, each with its points; returns their sum. */
int risk_points(struct risk_facts *f, int64_t now, struct buf *why);

#endif
