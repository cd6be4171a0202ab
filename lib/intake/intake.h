/* intake - any source as a stream of facts.
 *
 * intake_open() looks at the name and the first bytes, finds the format's reader and
 * hides it behind three functions.  A format is one file beside this one with one
 * struct intake_format; adding it to the table in intake.c is all it takes.
 */
#ifndef CSR_INTAKE_H
#define CSR_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/fact.h"
#include "stream/rec.h"
#include "time/zone.h"

struct intake;

/* What the user said about the source on the command line; all may be NULL. */
struct intake_opts {
	const char *format;	/* NULL or "auto": by looking */
	const char *channel;	/* when the source does not say */
	const char *account;
	const char *encoding;	/* of bytes that are neither UTF-8 nor declared */
	const char *map;	/* a file of column names beside the shipped aliases */
	const char *columns;	/* of a file without a header, with commas between */
	const char *attachments;	/* a directory to save them in, else NULL */
	const struct zone *zone;	/* of times without an offset; never NULL */
	int (*dry)(void *ctx, struct err *e);	/* as in stream/jsonl.h */
	/* For -v: how the source is understood, and what is passed over as no record.
	 * TEXT names its place. May be NULL. */
	void (*note)(void *ctx, const char *text);
	void *ctx;
};

/* A byte of a source at which a record begins. */
struct intake_place {
	uint64_t offset;	/* from the first byte */
	size_t line;		/* what the format counts its lines from there by */
};

/* Of a format that can be read on another day from where it was left. */
struct intake_resume {
	/* Where the next record begins; false: reading cannot go on from just here. */
	bool (*place)(const struct intake *in, struct intake_place *p);
	/* Goes to a place it gave, right after opening. */
	int (*skip)(struct intake *in, const struct intake_place *p, struct err *e);
};

struct intake_format {
	const char *name;	/* "csv", as -f takes it */
	const char *what;	/* half a line for --list-formats */
	/* How sure it is (0 no .. 100) that the first LEN bytes of PATH are its format.
	 * PATH may be a directory, LEN is 0 then. */
	int (*sniff)(const char *path, bool is_dir, const char *head, size_t len);
	/* Opens; HEAD/LEN are bytes already read from FD (borrowed during the call; FD may
	 * be a pipe). FD is -1 for a directory; the reader owns it otherwise. */
	int (*open)(struct intake *in, int fd, const char *head, size_t len, struct err *e);
	/* 1 a fact, 0 the end, -1 with 65: this one is refused, go on; else stop.  Messages
	 * begin with the place (err_at); a refusal sets bad, bad_len and bad_line. */
	int (*next)(struct intake *in, struct fact *f, struct err *e);
	void (*close)(struct intake *in);
	/* Sets bad, bad_len and bad_line to what the last fact came from, since it is refused
	 * after all.  NULL: the bytes are not kept. */
	void (*raw)(struct intake *in);
};

struct intake {
	const struct intake_format *format;
	const char *name;	/* "stdin" or the path */
	struct intake_opts opts;
	void *state;		/* the format's own */
	/* Set by the format's open; NULL: what a record says may depend on all before it. */
	const struct intake_resume *resume;
	/* After -1/65: the raw bytes of what was refused, borrowed until the next call. */
	const char *bad;
	size_t bad_len;
	size_t bad_line;
	/* After 1: the record the fact came from when the source is JSON Lines in normal
	 * form (it is passed on with its unknown fields), else NULL. */
	struct rec *rec;
};

int intake_open(struct intake *in, const char *path, const struct intake_opts *o,
    struct err *e);
/* The same for a descriptor, its own from now on, that stands for the file NAME. */
int intake_attach(struct intake *in, int fd, const char *name, const struct intake_opts *o,
    struct err *e);
/* As intake_format.next; what fact_check() would refuse is refused here already.  A
 * record of a kind that is not a fact gives 1 with f->kind FACT_NONE and in->rec set:
 * pass it on.  Messages name "source:line: ". */
int intake_next(struct intake *in, struct fact *f, struct err *e);
/* The caller refuses the fact it just got: sets bad, bad_len and bad_line. */
void intake_refuse(struct intake *in);
void intake_close(struct intake *in);
/* Hands opts.note a text; nothing when nobody asked. */
void intake_note(const struct intake *in, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The table of formats, ended by a NULL name. */
const struct intake_format *intake_formats(void);

#endif
