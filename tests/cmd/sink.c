/* sink - a mail or web server on loopback that answers as it is told
 *
 *	sink smtp|http PLAN OUT	prints its port on a line and serves until it is ended
 *
 * PLAN is a list of words by commas, one for each conversation, the last for all others:
 *	ok		takes what comes
 *	CODE		answers with that number (450, 550, 503, 429 ...)
 *	slow		says nothing for three seconds, then hangs up
 *	cut		hangs up in the middle: of the mail, of the answer
 *	lost		takes it all, and hangs up before saying so
 *	errcode:N	HTTP: 200 and {"errcode":N}
 * What was taken is appended to OUT, one line each: how it ended and the bytes with \n for line
 * ends.  What was lost counts as taken: the server had it.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

static char got[MOST], answer[4096];
static size_t n_got;

static int
number(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

static void
say(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		return;
}

/* Appends what comes until WANT stands at the end, or for LEN bytes; -1 at the end of input. */
static int
take(int fd, const char *want, size_t len)
{
	size_t from = n_got, n = want != NULL ? strlen(want) : 0;

	while (n_got + 1 < MOST) {
		if (want != NULL && n_got - from >= n && memcmp(got + n_got - n, want, n) == 0)
			return 0;
		if (want == NULL && n_got - from >= len)
			return 0;
		if (read(fd, got + n_got, 1) <= 0)
			return -1;
		n_got++;
	}
	return -1;
}

static void
keep(const char *path, const char *how, const char *p, size_t len)
{
	FILE *f = fopen(path, "a");

	if (f == NULL)
		return;
	fprintf(f, "%s ", how);
	for (; len > 0; p++, len--)
		if (*p == '\n')
			fputs("\\n", f);
		else if (*p != '\r')
			fputc(*p, f);
	fputc('\n', f);
	fclose(f);
}

static void
smtp(int fd, const char *plan, const char *out)
{
	size_t line, data = 0;

	say(fd, "220 sink\r\n");
	for (;;) {
		line = n_got;
		if (take(fd, "\r\n", 0) < 0)
			return;
		got[n_got] = '\0';
		if (strncasecmp(got + line, "DATA", 4) == 0) {
			say(fd, "354 go on\r\n");
			data = n_got;
			if (strcmp(plan, "cut") == 0 || take(fd, "\r\n.\r\n", 0) < 0)
				return;
			keep(out, plan, got + data, n_got - data);
			if (strcmp(plan, "lost") == 0)
				return;
			say(fd, "250 taken\r\n");
		} else if (strncasecmp(got + line, "RCPT", 4) == 0 && number(plan) > 0) {
			snprintf(answer, sizeof(answer), "%d as planned\r\n", number(plan));
			say(fd, answer);
		} else if (strncasecmp(got + line, "QUIT", 4) == 0) {
			say(fd, "221 bye\r\n");
			return;
		} else {
			say(fd, "250 yes\r\n");
		}
	}
}

static void
http(int fd, const char *plan, const char *out)
{
	const char *body = "{}", *p;
	int code = number(plan) > 0 ? number(plan) : 200;

	if (take(fd, "\r\n\r\n", 0) < 0)
		return;
	got[n_got] = '\0';
	p = strcasestr(got, "\r\nContent-Length:");
	if (take(fd, NULL, p != NULL ? strtoul(p + 17, NULL, 10) : 0) < 0)
		return;
	keep(out, plan, got, n_got);
	if (strcmp(plan, "lost") == 0)
		return;
	if (strncmp(plan, "errcode:", 8) == 0) {
		static char robot[64];

		snprintf(robot, sizeof(robot), "{\"errcode\":%d,\"errmsg\":\"as planned\"}",
		    number(plan + 8));
		body = robot;
	}
	snprintf(answer, sizeof(answer), "HTTP/1.1 %d planned\r\nContent-Length: %zu\r\n"
	    "Location: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n%s", code,
	    strcmp(plan, "cut") == 0 ? 5000 : strlen(body), body);
	say(fd, answer);
}

int
main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int s = socket(AF_INET, SOCK_STREAM, 0), fd;
	char *plan, *rest;

	if (argc != 4 || s < 0 || bind(s, (struct sockaddr *)&at, len) < 0 || listen(s, 64) < 0 ||
	    getsockname(s, (struct sockaddr *)&at, &len) < 0)
		return 1;
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	signal(SIGPIPE, SIG_IGN);
	plan = strtok_r(argv[2], ",", &rest);
	while ((fd = accept(s, NULL, NULL)) >= 0) {
		char *next;

		n_got = 0;
		if (strcmp(plan, "slow") == 0)
			sleep(3);
		else if (strcmp(argv[1], "smtp") == 0)
			smtp(fd, plan, argv[3]);
		else
			http(fd, plan, argv[3]);
		close(fd);
		if ((next = strtok_r(NULL, ",", &rest)) != NULL)
			plan = next;
	}
	return 1;
}
