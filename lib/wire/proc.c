/* proc - other programs: arguments as they are, input and output by pipes, a time limit */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wire/proc.h"

enum { WORDS = 32, OUTPUT_MS = 10000 };

extern char **environ;

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct child {
	pid_t pid;
	int in, out;	/* our ends */
};

static int
start(struct child *c, char *const *argv)
{
	posix_spawn_file_actions_t fa;
	posix_spawnattr_t attr;
	int in[2], out[2], bad;
	sigset_t all;

	if (pipe2(in, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(out, O_CLOEXEC) < 0) {
		close(in[0]);
		close(in[1]);
		return -1;
	}
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&fa, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&fa, out[1], STDERR_FILENO);
	posix_spawnattr_init(&attr);
	sigemptyset(&all);
	sigaddset(&all, SIGXFSZ);
	sigaddset(&all, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	bad = posix_spawnp(&c->pid, argv[0], &fa, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&fa);
	close(in[0]);
	close(out[1]);
	c->in = in[1];
	c->out = out[0];
	if (bad == 0)
		return 0;
	close(c->in);
	close(c->out);
	errno = bad;
	return -1;
}

static void
write_some(struct child *c, const char **input, size_t *len)
{
	ssize_t n = *len > 0 ? write(c->in, *input, *len) : 0;

	if (n > 0) {
		*input += n;
		*len -= (size_t)n;
	} else if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
		return;
	} else if (n < 0) {
		*len = 0;	/* it reads no more: its exit status says why */
	}
	if (*len == 0) {
		close(c->in);
		c->in = -1;
	}
}

static void
read_some(struct child *c, char *out, size_t size, size_t *have)
{
	char spill[4096];
	size_t room = size - 1 - *have;
	ssize_t n = read(c->out, room > 0 ? out + *have : spill, room > 0 ? room : sizeof(spill));

	if (n > 0 && room > 0)
		*have += (size_t)n;
	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) {
		close(c->out);
		c->out = -1;
	}
}

/* Until it has closed its output, or time is up: 0, -1. */
static int
talk(struct child *c, const char *input, size_t len, int64_t until, char *out, size_t size)
{
	size_t have = 0;
	int64_t left;

	fcntl(c->in, F_SETFL, O_NONBLOCK);
	while (c->out >= 0 && (left = until - clock_ms()) > 0) {
		struct pollfd p[2] = { { c->out, POLLIN, 0 }, { c->in, POLLOUT, 0 } };

		if (poll(p, c->in >= 0 ? 2 : 1, (int)left) < 0 && errno != EINTR)
			break;
		if (c->in >= 0 && p[1].revents != 0)
			write_some(c, &input, &len);
		if (p[0].revents != 0)
			read_some(c, out, size, &have);
	}
	out[have] = '\0';
	return c->out >= 0 ? -1 : 0;
}

/* Its exit status, within the time that is left; else it is ended. */
static int
reap(struct child *c, int64_t until)
{
	struct timespec nap = { 0, 2000000 };
	int status = 0;
	pid_t got;

	while ((got = waitpid(c->pid, &status, WNOHANG)) == 0 && clock_ms() < until)
		nanosleep(&nap, NULL);
	if (got == 0) {
		kill(c->pid, SIGKILL);
		waitpid(c->pid, &status, 0);
		return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
proc_run(char *const *argv, const char *input, size_t len, int64_t timeout_ms, char *out,
    size_t size)
{
	int64_t until = clock_ms() + timeout_ms;
	struct child c;
	void (*pipe_was)(int) = signal(SIGPIPE, SIG_IGN);
	int status = 127, late = 0;

	*out = '\0';
	if (start(&c, argv) == 0) {
		late = talk(&c, input, len, until, out, size) < 0;
		if (c.in >= 0)
			close(c.in);
		if (c.out >= 0)
			close(c.out);
		status = reap(&c, late ? 0 : until);
	} else {
		snprintf(out, size, "%s: %s", argv[0], strerror(errno));
	}
	signal(SIGPIPE, pipe_was);
	return late ? -1 : status;
}

int
proc_output(const char *command, char *out, size_t size, struct err *e)
{
	char copy[1024], *argv[WORDS + 1], *rest = copy;
	size_t n = 0;
	int status;

	snprintf(copy, sizeof(copy), "%s", command);
	while (n < WORDS && (argv[n] = strtok_r(n == 0 ? copy : NULL, " \t", &rest)) != NULL)
		n++;
	argv[n] = NULL;
	if (n == 0)
		return err_set(e, ERR_CONFIG, "no command");
	status = proc_run(argv, "", 0, OUTPUT_MS, out, size);
	if (status == 0)
		return 0;
	*out = '\0';
	return err_set(e, ERR_CONFIG, "%s: exit status %d", argv[0], status);
}
