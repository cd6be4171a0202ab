/* erlang - how long people wait when N agents share a load, and how many agents it takes.
 *
 * Pure.  A load is LAMBDA contacts a second, each AHT seconds of an agent's time; a =
 * lambda x aht is in erlangs.  Two models, both exact for Poisson arrivals and
 * exponential times:
 *
 *   Erlang C (M/M/n): everybody waits to the end.  B(0) = 1,
 *       B(k) = a B(k-1) / (k + a B(k-1)),  C = B / (1 - (a/n)(1 - B)),
 *       P(wait <= T) = 1 - C exp(-(n - a) T / aht),  ASA = C aht / (n - a).
 *       With n <= a the queue grows for ever: there are no figures then.
 *   Erlang A (M/M/n+M): each gives up after an exponential patience of mean 1/theta.  The
 *       chain of contacts present goes up at lambda and down at min(k, n) mu + (k - n)+
 *       theta; it is summed outward from state n, so nothing overflows.  P(abandon) =
 *       theta Lq / lambda (Garnett, Mandelbaum, Reiman 2002, doi 10.1287/msom.4.3.208).
 *       With p(n) the share of time in state n, the share of all contacts served within T is
 *       P(no wait) + p(n) n mu  integral 0..T of
 *           exp(-(n mu + theta) s + (lambda / theta)(1 - exp(-theta s))) ds
 *       (the places ahead are left at rates n mu + i theta; summed over them).
 *
 * Factorials and powers are nowhere computed, so thousands of agents are no trouble.
 */
#ifndef CSR_ERLANG_H
#define CSR_ERLANG_H

#include <stdbool.h>
#include <stdint.h>

enum { ERLANG_AGENTS_MAX = 1000000 };	/* beyond this nobody is looked for */

struct erlang_load {
	double lambda;		/* contacts a second, > 0 */
	double aht_s;		/* seconds an agent is busy with one, > 0 */
	double patience_s;	/* mean patience; 0: endless (Erlang C) */
};

struct erlang {
	bool stable;		/* false: the rest means nothing */
	double wait_probability;	/* of having to wait at all */
	double service_level;	/* share of all contacts served within T */
	double asa_s;		/* mean wait of all, those who give up included */
	double occupancy;	/* share of their time that agents are busy */
	double abandon_probability;	/* 0 when patience is endless */
	double queue;		/* mean number waiting */
};

/* What is to be reached. */
struct erlang_goal {
	double service_level;	/* share served within answer_s; 0: no demand */
	double answer_s;
	double occupancy_max;	/* 1: no limit */
	double abandon_max;	/* 1: no limit; counts with a patience only */
};

/* The share of contacts lost when there is no queue: A erlangs on N servers. */
double erlang_b(double a, int64_t n);
/* The share of contacts that wait; 1 when N <= A. */
double erlang_c(double a, int64_t n);
/* The figures of N agents, T seconds being soon enough. */
struct erlang erlang_figures(const struct erlang_load *l, int64_t n, double t_s);
/* The fewest agents that reach the goal, their figures in *out; -1 if a million do not. */
int64_t erlang_agents(const struct erlang_load *l, const struct erlang_goal *g,
    struct erlang *out);

#endif
