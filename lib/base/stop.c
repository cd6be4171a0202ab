/* stop - the wish that a program that runs for ever should end */
#include <errno.h>
#include <signal.h>
#include <stddef.h>

#include "base/stop.h"

static volatile sig_atomic_t wanted;

static void
want(int sig)
{
	(void)sig;
	wanted = 1;
}

void
stop_catch(void)
{
	struct sigaction act = { .sa_handler = want };
	sigset_t kept;

	sigemptyset(&kept);
	sigaddset(&kept, SIGTERM);
	sigaddset(&kept, SIGINT);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	sigprocmask(SIG_BLOCK, &kept, NULL);
}

bool
stop_wanted(void)
{
	sigset_t waiting;

	return wanted || (sigpending(&waiting) == 0 &&
	    (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1));
}

int
stop_poll(struct pollfd *p, nfds_t n, int timeout_ms)
{
	struct timespec t = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };
	sigset_t none;
	int got;

	sigemptyset(&none);
	if (wanted)
		return 0;
	got = ppoll(p, n, timeout_ms < 0 ? NULL : &t, &none);
	return got < 0 && errno == EINTR ? 0 : got;
}
