/* opt - a program's options as one table */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/opt.h"

#ifndef CSR_VERSION
#define CSR_VERSION "0.0.0"
#endif

enum { LONG_HELP = 1000, LONG_VERSION, LONG_FIRST };

struct common common;

/* Two tables read as one: the verb's options, then the program's. */
struct table {
	const struct opt *part[2];
};

static const struct opt *
table_at(const struct table *t, size_t i)
{
	const struct opt *o = t->part[0];

	for (; o != NULL && o->name != NULL; o++)
		if (i-- == 0)
			return o;
	for (o = t->part[1]; o != NULL && o->name != NULL; o++)
		if (i-- == 0)
			return o;
	return NULL;
}

static size_t
table_len(const struct table *t)
{
	size_t n = 0;

	while (table_at(t, n) != NULL)
		n++;
	return n;
}

/* "  -w, --where=TERMS", "      --week[=WEEK]" */
static void
help_option(const struct opt *o)
{
	char left[64], dash[8] = "    ";
	bool maybe_arg = o->kind == OPT_MAYBE;

	if (o->letter != 0)
		snprintf(dash, sizeof(dash), "-%c, ", o->letter);
	snprintf(left, sizeof(left), "  %s--%s%s%s%s", dash, o->name,
	    maybe_arg ? "[=" : o->arg ? "=" : "", o->arg ? o->arg : "", maybe_arg ? "]" : "");
	printf("%-26s %s\n", left, o->help);
}

static void
help_table(const struct opt *o)
{
	for (; o != NULL && o->name != NULL; o++)
		help_option(o);
}

static const struct opt always[] = {
	{ 'h', "help", NULL, "this text", OPT_FLAG, NULL },
	{ 'V', "version", NULL, "name and version", OPT_FLAG, NULL }, OPT_END
};

/* The verb that need not be said, NULL if there is none. */
static const struct verb *
default_verb(const struct prog *p)
{
	const struct verb *v;

	for (v = p->verbs; v->name != NULL; v++)
		if (*v->name == '\0')
			return v;
	return NULL;
}

static void
help(const struct prog *p, const struct verb *v)
{
	const struct verb *each;

	if (v != NULL) {
		printf("%s %s - %s\nusage: %s %s [options] %s\n", p->name, v->name,
		    v->help, p->name, v->name, v->args);
		help_table(v->opts);
	} else {
		printf("%s - %s\nusage: %s %s[options] %s\n", p->name, p->what,
		    p->name, p->verbs == NULL ? "" : default_verb(p) ? "[VERB] " : "VERB ",
		    p->args);
		if (p->examples != NULL)
			printf("examples:\n%s", p->examples);
		for (each = p->verbs; each != NULL && each->name != NULL && *each->name; each++)
			printf("%s  %-10s %-14s %s\n", each == p->verbs ? "verbs:\n" : "",
			    each->name, each->args, each->help);
		printf("options:\n");
	}
	help_table(p->opts);
	help_table(always);
	printf("manual: man %s\n", p->name);
}

static void
finish_and_exit(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		die(ERR_IO, "stdout: %s", strerror(errno));
	exit(0);
}

static void
set_int(const struct opt *o, const char *arg)
{
	char *end;
	long long v;

	errno = 0;
	v = strtoll(arg, &end, 10);
	if (errno != 0 || end == arg || *end != '\0')
		die(ERR_USAGE, "--%s: \"%s\" is not a number", o->name, arg);
	*(int64_t *)o->target = v;
}

static void
set(const struct opt *o, const char *arg)
{
	struct opt_list *list = o->target;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)o->target = true;
		break;
	case OPT_COUNT:
		++*(int *)o->target;
		break;
	case OPT_TEXT:
	case OPT_MAYBE:
		*(const char **)o->target = arg != NULL ? arg : "";
		break;
	case OPT_INT:
		set_int(o, arg);
		break;
	case OPT_LIST:
		list->v = xrealloc(list->v, (list->n + 1) * sizeof(*list->v));
		list->v[list->n++] = arg;
		break;
	}
}

/* Number of single-character edits between A and B, for "did you mean". */
static size_t
distance(const char *a, const char *b)
{
	size_t row[64], i, j, diagonal, above;
	size_t n = strlen(b);

	if (n >= 63)
		return n;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1] != '\0'; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			above = row[j];
			row[j] = diagonal + (a[i - 1] != b[j - 1]);
			if (above + 1 < row[j])
				row[j] = above + 1;
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			diagonal = above;
		}
	}
	return row[n];
}

static void bad_option(const struct table *t, const char *given) __attribute__((noreturn));

static void
bad_option(const struct table *t, const char *given)
{
	const struct opt *o, *best = NULL;
	size_t i, d, least = 3;
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(given, "="), given);
	for (i = 0; (o = table_at(t, i)) != NULL; i++)
		if (strncmp(name, "--", 2) == 0 && (d = distance(name + 2, o->name)) < least) {
			least = d;
			best = o;
		}
	if (best != NULL)
		die(ERR_USAGE, "unknown option \"%s\"; did you mean --%s? (try --help)", name,
		    best->name);
	die(ERR_USAGE, "unknown option \"%s\" (try --help)", name);
}

static struct option *
long_options(const struct table *t, size_t n, char *shorts)
{
	struct option *lo = xcalloc(n + 3, sizeof(*lo));
	size_t i;

	*shorts++ = '+';
	*shorts++ = ':';
	for (i = 0; i < n; i++) {
		const struct opt *o = table_at(t, i);

		lo[i].name = o->name;
		lo[i].has_arg = o->arg == NULL ? no_argument : o->kind == OPT_MAYBE ?
		    optional_argument : required_argument;
		lo[i].val = LONG_FIRST + (int)i;
		if (o->letter != 0) {
			*shorts++ = o->letter;
			if (o->arg != NULL)
				*shorts++ = ':';
			if (o->kind == OPT_MAYBE)
				*shorts++ = ':';
		}
	}
	lo[n] = (struct option){ "help", no_argument, NULL, LONG_HELP };
	lo[n + 1] = (struct option){ "version", no_argument, NULL, LONG_VERSION };
	memcpy(shorts, "hV", 3);
	return lo;
}

static const struct opt *
option_of(const struct table *t, int c)
{
	size_t i;

	if (c >= LONG_FIRST)
		return table_at(t, (size_t)(c - LONG_FIRST));
	for (i = 0; table_at(t, i) != NULL; i++)
		if (table_at(t, i)->letter == c)
			return table_at(t, i);
	return NULL;
}

/* The argument of an option that may have none: a word that is meant for it. */
static const char *
maybe(int argc, char **argv)
{
	const char *next = optind < argc ? argv[optind] : "";

	if (optarg != NULL || (!(*next >= '0' && *next <= '9') && strcmp(next, "this") != 0 &&
	    strcmp(next, "last") != 0))
		return optarg;
	optind++;
	return next;
}

static int
parse(int argc, char **argv, const struct prog *p, const struct verb *v)
{
	struct table t = { { v ? v->opts : NULL, p->opts } };
	char shorts[160];
	struct option *lo = long_options(&t, table_len(&t), shorts);
	/* "+" ends the options at the first operand; behind a verb they may stand anywhere. */
	const char *letters = v != NULL ? shorts + 1 : shorts;
	int c;

	optind = 0;		/* glibc: start over, also for the second parse */
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, lo, NULL)) != -1) {
		const char *given = argv[optind - 1];
		const struct opt *o = option_of(&t, c);

		if (c == 'h' || c == LONG_HELP) {
			help(p, v);
			finish_and_exit();
		} else if (c == 'V' || c == LONG_VERSION) {
			printf("%s %s\n", p->name, CSR_VERSION);
			finish_and_exit();
		} else if (c == ':') {
			die(ERR_USAGE, "option \"%s\" needs an argument (try --help)", given);
		} else if (c == '?' || o == NULL) {
			char one[3] = { '-', (char)optopt, '\0' };

			bad_option(&t, optopt > 0 && optopt < 128 ? one : given);
		} else {
			set(o, o->kind == OPT_MAYBE ? maybe(argc, argv) : optarg);
		}
	}
	free(lo);
	return optind;
}

/* The database must never be opened as descriptor 0, 1 or 2: a message would be
 * written into it.  What takes a closed one's place cannot be written, so that output is
 * not lost in silence.  Pipes end quietly; a file that may not grow is an error, not a
 * signal; files are for the owner only; no core. */
static void
settle(const struct prog *p)
{
	struct rlimit no_core = { 0, 0 };
	int fd;

	log_name(p->name);
	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN);
	umask(077);
	setrlimit(RLIMIT_CORE, &no_core);
}

int
opt_parse(int argc, char **argv, const struct prog *p)
{
	settle(p);
	return parse(argc, argv, p, NULL);
}

int
opt_verb(int argc, char **argv, const struct prog *p)
{
	const struct verb *v;
	const char *name;
	int at;

	settle(p);
	at = parse(argc, argv, p, NULL);
	if (at >= argc && p->otherwise == NULL && default_verb(p) == NULL)
		die(ERR_USAGE, "no verb given (try --help)");
	name = at < argc ? argv[at] : p->otherwise != NULL ? p->otherwise : "";
	for (v = p->verbs; v->name != NULL; v++)
		if (strcmp(v->name, name) == 0)
			break;
	if (v->name == NULL && default_verb(p) != NULL)
		return default_verb(p)->run(argc - at, argv + at);
	if (v->name == NULL)
		die(ERR_USAGE, "unknown verb \"%s\" (try --help)", name);
	common.verb = v->name;
	if (at >= argc)
		return v->run(0, argv + argc);
	argc -= at;
	argv += at;
	at = parse(argc, argv, p, v);
	return v->run(argc - at, argv + at);
}

const char *
opt_actor(void)
{
	static char name[80];
	const char *env = getenv("CSR_ACTOR");
	const struct passwd *pw;

	if (common.actor != NULL && *common.actor != '\0')
		return common.actor;
	if (env != NULL && *env != '\0')
		return env;
	if ((pw = getpwuid(getuid())) != NULL)
		snprintf(name, sizeof(name), "%.79s", pw->pw_name);
	else
		snprintf(name, sizeof(name), "uid %ld", (long)getuid());
	return name;
}
