/* jsonl - JSON Lines from a file descriptor, one record at a time.
 *
 * Lines may be 4 MiB long; a longer one is refused and skipped to its end, so memory
 * stays flat whatever comes.  When no whole line is waiting and none has arrived, the
 * `dry` callback runs before the reader blocks: that is when a program commits its
 * batch and flushes, so that a live feed sees no delay and a file runs at full speed.
 */
#ifndef CSR_JSONL_H
#define CSR_JSONL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stream/rec.h"

enum { LINE_MAX_BYTES = 4 * 1024 * 1024 };

/* lines - the bounded line reader below jsonl, also for text formats. */
struct lines {
	int fd;
	const char *name;	/* "stdin" or the path; borrowed */
	size_t line;		/* number of the line last returned */
	int (*dry)(void *ctx, struct err *e);	/* may be NULL; -1 ends the reading */
	void *ctx;		/* for dry */
	char *buf;		/* private from here on */
	size_t start, end, cap;
	uint64_t passed;	/* bytes of the input before buf */
	bool eof, skipping;
};

/* Opens PATH ("-" or NULL is stdin). 66 when it cannot. */
int lines_open(struct lines *in, const char *path, struct err *e);
/* The same from FD, which is its own now; HEAD are LEN bytes read from it already. */
void lines_attach(struct lines *in, int fd, const char *name, const char *head, size_t len);
/* The next line without its LF or CRLF, NUL behind it; borrowed until the next call.
 * 1 a line, 0 the end, -1: e->code 65 (this line is too long and was skipped: go on)
 * or anything else (input or dry failed: stop). */
int lines_next(struct lines *in, char **line, size_t *len, struct err *e);
/* Where the next line begins, counted from the first byte; false: not at a line's begin. */
bool lines_place(const struct lines *in, uint64_t *offset);
/* Steps over all bytes before OFFSET, a line's begin; LINE lines end there.  Meant for
 * right after opening; stops at the end of the input. 0 or -1. */
int lines_skip(struct lines *in, uint64_t offset, size_t line, struct err *e);
void lines_close(struct lines *in);

/* jsonl - records from lines. Empty lines are passed over; a BOM on line 1 too. */
struct jsonl {
	struct lines in;
	struct rec rec;		/* the record last read; take it with rec_move() */
	char *bad;		/* after -1/65: the refused line, bad_len bytes, borrowed */
	size_t bad_len;
};

int jsonl_open(struct jsonl *j, const char *path, struct err *e);
/* The next line, not parsed yet: 1 and j->bad is it, j->rec holds its bytes, source and
 * line number; else as jsonl_next(). */
int jsonl_line(struct jsonl *j, struct err *e);
/* Parses what jsonl_line() found: 1, or -1 with 65. */
int jsonl_parse(struct jsonl *j, struct err *e);
/* 1 a record in j->rec, 0 the end, -1 with 65 for a bad line ("stdin:17: ...", go on)
 * or another code (stop). */
int jsonl_next(struct jsonl *j, struct err *e);
void jsonl_close(struct jsonl *j);

/* rejects - the file of refused records: {"line":17,"source":…,"error":…,"raw":…}; raw
 * bytes that are not UTF-8 stand in "raw_base64" instead.  Appended, flushed per batch. */
struct rejects {
	int fd;			/* -1: none asked for */
	struct buf held;
	size_t n;		/* refused so far, whether kept or not */
};
int rejects_open(struct rejects *r, const char *path, struct err *e);
void rejects_add(struct rejects *r, const char *source, size_t line, const char *error,
    const char *raw, size_t len);
int rejects_flush(struct rejects *r, struct err *e);
int rejects_close(struct rejects *r, struct err *e);

#endif
