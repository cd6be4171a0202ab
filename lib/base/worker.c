/* worker - one job at a time beside the caller's own */
#include <signal.h>

#include "base/worker.h"

static void *
run(void *arg)
{
	struct worker *w = arg;

	w->got = w->job(w->arg, &w->e);
	return NULL;
}

void
worker_start(struct worker *w, int (*job)(void *arg, struct err *e), void *arg)
{
	sigset_t all, before;

	w->job = job;
	w->arg = arg;
	w->busy = true;
	/* Signals are the caller's, whose reading they interrupt; but a reader that has left ends
	 * whoever writes. */
	sigfillset(&all);
	sigdelset(&all, SIGPIPE);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	w->threaded = pthread_create(&w->thread, NULL, run, w) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!w->threaded)
		run(w);
}

int
worker_wait(struct worker *w, struct err *e)
{
	if (!w->busy)
		return 0;
	if (w->threaded)
		pthread_join(w->thread, NULL);
	w->busy = false;
	if (w->got < 0)
		*e = w->e;
	return w->got;
}
