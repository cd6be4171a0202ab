/* worker - one job at a time beside the caller's own.
 *
 * For two steps of one pipe inside a program: while the caller gathers the next batch, the
 * worker deals with the last one.  The caller hands over what the job needs and leaves it
 * alone until worker_wait(); between the two nothing is shared, so nothing is locked.
 * Where no thread can be had the job is done at once.
 */
#ifndef CSR_WORKER_H
#define CSR_WORKER_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"

struct worker {
	pthread_t thread;
	bool busy, threaded;	/* a job is not waited for yet; it has a thread */
	int (*job)(void *arg, struct err *e);
	void *arg;
	int got;		/* what the job returned */
	struct err e;
};
#define WORKER_INIT { .busy = false }

/* Begins JOB(ARG). The one before must have been waited for. */
void worker_start(struct worker *w, int (*job)(void *arg, struct err *e), void *arg);
/* Waits for the job, if there is one, and returns what it returned; else 0. */
int worker_wait(struct worker *w, struct err *e);

#endif
