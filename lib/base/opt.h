/* opt - a program's options as one table, from which parsing, --help, the man page
 * lint and the completions follow.
 *
 * Every option has a long name; a short letter is a courtesy.  Verbs (csr-db dump)
 * are rows of a second table with options of their own.  Options come first, behind a
 * verb anywhere; "--" ends them, "-" is an operand.  Prints and exits for --help (0),
 * --version (0) and wrong calls (64), since only cmd/ calls it.
 */
#ifndef CSR_OPT_H
#define CSR_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum opt_kind {
	OPT_FLAG,	/* bool: set to true */
	OPT_TEXT,	/* const char *: the argument, borrowed from argv */
	OPT_INT,	/* int64_t: a decimal number */
	OPT_LIST,	/* struct opt_list: may be given again and again */
	OPT_COUNT,	/* int: counts how often it was given (-v) */
	OPT_MAYBE	/* const char *: as OPT_TEXT, but the argument may be left out (""): it is
			 * what follows a "=", or a next word that begins with a digit or is
			 * "this" or "last" */
};

struct opt_list {
	const char **v;		/* borrowed from argv; the array is freed never */
	size_t n;
};

struct opt {
	char letter;		/* 0 for none */
	const char *name;	/* long name without dashes; NULL ends a table */
	const char *arg;	/* "FILE" in the help; NULL for flags */
	const char *help;	/* half a line */
	enum opt_kind kind;
	void *target;
};

struct verb {
	const char *name;	/* NULL ends the table; "" is run when no verb is given */
	const char *args;	/* "[FILE...]", for the help */
	const char *help;	/* half a line */
	int (*run)(int argc, char **argv);	/* operands only; returns the exit status */
	const struct opt *opts;	/* beside the program's own; may be NULL */
};

struct prog {
	const char *name;	/* "csr-route" */
	const char *what;	/* one line: what it is for */
	const char *args;	/* "[FILE...]" */
	const char *examples;	/* lines of two blanks and a command, newline at each end */
	const struct opt *opts;	/* the program's own, then the common ones it takes */
	const struct verb *verbs;	/* NULL when it has none */
	const char *otherwise;	/* the verb if none is given; NULL: one must be */
};

/* Parses argv by P, sets the program's name, restores SIGPIPE, closes the hole of
 * missing descriptors 0-2.  Returns the index of the first operand. */
int opt_parse(int argc, char **argv, const struct prog *p);
/* Parses, finds the verb, parses its options, runs it, returns its status. */
int opt_verb(int argc, char **argv, const struct prog *p);

/* The options all programs share (design.md part 4).  A program puts those it takes
 * into its table with the OPT_* rows below. */
struct common {
	const char *actor;	/* --actor */
	const char *db;		/* -d, --db */
	const char *config;	/* -c, --config */
	const char *rejects;	/* --rejects */
	const char *now;	/* --now */
	const char *tz;		/* --tz */
	bool no_store;		/* -n, --no-store */
	bool pending;		/* --pending */
	bool quiet;		/* -q, --quiet */
	bool explain;		/* --explain */
	bool dry_run;		/* --dry-run */
	int verbose;		/* -v, --verbose */
	const char *verb;	/* the verb that runs, by opt_verb() */
};
extern struct common common;

/* Who acts, for events: --actor, else $CSR_ACTOR, else the login name, else "uid N";
 * borrowed for ever. */
const char *opt_actor(void);

#define OPT_DB { 'd', "db", "DB", "the database", OPT_TEXT, &common.db }
#define OPT_CONFIG { 'c', "config", "DIR", "look for configuration here first", OPT_TEXT, &common.config }
#define OPT_NO_STORE { 'n', "no-store", NULL, "a pure filter: write nothing to the database", OPT_FLAG, &common.no_store }
#define OPT_PENDING { 0, "pending", NULL, "take what is not done yet from the database", OPT_FLAG, &common.pending }
#define OPT_REJECTS { 0, "rejects", "FILE", "append refused records here", OPT_TEXT, &common.rejects }
#define OPT_NOW { 0, "now", "TIME", "act as if it were TIME (RFC 3339)", OPT_TEXT, &common.now }
#define OPT_TZ { 0, "tz", "ZONE", "time zone of times without one", OPT_TEXT, &common.tz }
#define OPT_QUIET { 'q', "quiet", NULL, "print no records", OPT_FLAG, &common.quiet }
#define OPT_VERBOSE { 'v', "verbose", NULL, "say more on stderr", OPT_COUNT, &common.verbose }
#define OPT_EXPLAIN { 0, "explain", NULL, "say how each decision came about", OPT_FLAG, &common.explain }
#define OPT_DRY_RUN { 0, "dry-run", NULL, "show what would be done, do nothing", OPT_FLAG, &common.dry_run }
#define OPT_ACTOR { 0, "actor", "NAME", "who does it, for the log (the login name)", OPT_TEXT, &common.actor }
#define OPT_END { 0, NULL, NULL, NULL, OPT_FLAG, NULL }

#endif
