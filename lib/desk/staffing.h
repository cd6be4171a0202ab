/* staffing - a demand record gains the agents it takes.
 *
 * Pure.  {"kind":"demand","channel":"phone","from":"...","interval_s":1800,"arrivals":100,
 * "aht_s":180} goes in; agents, positions and the figures of desk/erlang.h are added.  All
 * fields stand in csr-record(5).
 *
 * Chat: an agent who talks with C customers at once counts as C servers of the same
 * handling time, so AHT must have been measured at that concurrency; the number of servers
 * is rounded up to whole agents.  A load measured one at a time understates it.
 */
#ifndef CSR_STAFFING_H
#define CSR_STAFFING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/erlang.h"
#include "desk/roster.h"
#include "stream/rec.h"
#include "time/zone.h"

/* What may differ by channel: "phone=80/20", or for all channels "80/20". */
struct staff_rule {
	const char *channel;	/* NULL: all; borrowed */
	size_t channel_len;
	double a, b;
};

struct staff_rules {
	struct staff_rule v[32];
	size_t n;
};

struct staffing {
	struct staff_rules target;	/* a: share served, b: within seconds */
	struct staff_rules patience;	/* a: mean seconds until somebody gives up */
	struct staff_rules concurrency;	/* a: customers at once */
	double surge;		/* arrivals times this; 1: as they are */
	double occupancy_max;	/* share of their time; 1: no limit */
	double abandon_max;	/* share of contacts; 1: no limit */
	double shrinkage;	/* share of paid time not at work, 0 to under 1 */
	double agents;		/* judge this number, rounded down; 0: find it */
	const struct roster *roster;	/* who is on shift; NULL: not asked */
	const struct zone *zone;	/* of times without an offset */
};

/* 80/20, four in five within 20 s; nobody leaves, all the time is work. */
void staffing_init(struct staffing *s);
/* Each reads an option's value: "80/20", "chat=90/1m"; "5m"; "webchat=3". 64. */
int staffing_target(struct staffing *s, const char *text, struct err *e);
int staffing_patience(struct staffing *s, const char *text, struct err *e);
int staffing_concurrency(struct staffing *s, const char *text, struct err *e);
/* An option's number from LOW to HIGH, and a percentage as a share; nothing is changed if
 * TEXT is NULL.  64. */
int staffing_number(const char *option, const char *text, double low, double high, double *v,
    struct err *e);
int staffing_share(const char *option, const char *text, double low, double high,
    double *share, struct err *e);

/* What a demand record says. */
struct demand {
	const char *channel;	/* borrowed from the record; "" if it names none */
	int64_t from;		/* INT64_MIN if it does not say */
	int64_t interval_s;
	double arrivals;
	double aht_s;		/* 0 if there are no arrivals and none is given */
};

/* 1 with *d filled, 0 if R is not a demand, -1 with 65 naming the field. */
int demand_read(const struct rec *r, const struct zone *z, struct demand *d, struct err *e);
/* Adds to demand record R what *d takes under S. -1 with 65 if a million agents do not. */
int staffing_record(const struct staffing *s, const struct demand *d, struct rec *r,
    struct err *e);

#endif
