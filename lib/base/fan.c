/* fan - one program's work on several operands at a time, each in a process of its own */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fan.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/stop.h"

struct child {
	pid_t pid;
	struct buf held;	/* of a line that is not whole yet */
};

/* In the child: what it prints goes to the parent; it does not outlive him. */
static int
become_child(int out, pid_t parent, struct err *e)
{
	if (dup2(out, STDOUT_FILENO) < 0)
		return err_set(e, ERR_BUSY, "dup2: %s", strerror(errno));
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		raise(SIGTERM);
	return 0;
}

/* Passes on the whole lines that came; at the end also what is left. False: the end. */
static bool
pass_on(int fd, struct child *c)
{
	char *to = buf_room(&c->held, 64 * 1024), *last;
	ssize_t n = read(fd, to, 64 * 1024);

	if (n < 0 && errno == EINTR)
		return true;
	if (n > 0)
		c->held.len += (size_t)n;
	last = c->held.len > 0 ? memrchr(c->held.p, '\n', c->held.len) : NULL;
	if (last != NULL) {
		size_t len = (size_t)(last + 1 - c->held.p);

		out_write(c->held.p, len);
		out_flush();
		c->held.len -= len;
		memmove(c->held.p, c->held.p + len, c->held.len);
	}
	return n > 0;
}

static int
status_of(pid_t pid)
{
	int how;

	while (waitpid(pid, &how, 0) < 0)
		if (errno != EINTR)
			return ERR_BUG;
	return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

static void
tell_all(const struct child *c, int n)
{
	int i;

	for (i = 0; i < n; i++)
		kill(c[i].pid, SIGTERM);
}

static int
attend(struct child *c, struct pollfd *p, int n)
{
	bool told = false;
	int open = n, worst = 0, i;

	while (open > 0) {
		if (stop_wanted() && !told) {
			tell_all(c, n);
			told = true;
		}
		/* Once told, they end by themselves: wait for their last words. */
		if ((told ? poll(p, (nfds_t)n, -1) : stop_poll(p, (nfds_t)n, -1)) <= 0)
			continue;
		for (i = 0; i < n; i++)
			if (p[i].fd >= 0 && p[i].revents != 0 && !pass_on(p[i].fd, &c[i])) {
				close(p[i].fd);
				p[i].fd = -1;
				open--;
			}
	}
	for (i = 0; i < n; i++) {
		int status = status_of(c[i].pid);

		worst = status > worst ? status : worst;
		buf_release(&c[i].held);
	}
	return worst;
}

int
fan_out(int n, int *status, struct err *e)
{
	struct child *c = xcalloc((size_t)n, sizeof(*c));
	struct pollfd *p = xcalloc((size_t)n, sizeof(*p));
	pid_t parent = getpid();
	int i, ends[2], got = n;

	for (i = 0; i < n && got == n; i++) {
		if (pipe2(ends, O_CLOEXEC) < 0 || (c[i].pid = fork()) < 0) {
			tell_all(c, i);
			got = err_set(e, ERR_BUSY, "cannot start: %s", strerror(errno));
		} else if (c[i].pid == 0) {
			got = become_child(ends[1], parent, e) < 0 ? -1 : i;
			close(ends[0]);
			close(ends[1]);
		} else {
			close(ends[1]);
			p[i] = (struct pollfd){ ends[0], POLLIN, 0 };
		}
	}
	if (got == n)
		*status = attend(c, p, n);
	free(c);
	free(p);
	return got;
}
