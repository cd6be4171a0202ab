/* csvin - rows of CSV from a descriptor, one at a time; the only door to libcsv.
 *
 * Reads what RFC 4180 says and what people send: comma, semicolon or tab; LF, CRLF or a
 * lone CR; quoted line ends; blanks before a quote; ="0123" (a spreadsheet's way to say
 * text) as 0123; no line end behind the last row; any encoding of charset.h.  Blanks
 * around unquoted fields are cut, lines of blanks are passed over, empty fields behind
 * the last column too.
 *
 * A row is refused by itself: a stray quote, a quote that is not closed, too many or too
 * few fields, a NUL, bytes that are not text, more than the caps below.  After a fault of
 * quotes reading resumes at the line after the row's first, so an open quote costs its
 * own line and not the file.  Each byte is looked at a bounded number of times: lines an
 * open quote ran through hold no odd quote, so none of them starts another long search.
 *
 * A line without a quote, or with quotes around whole fields only, needs no parser: it is
 * cut at its delimiters where it stands.  All others go through libcsv, strict.
 * Memory is flat: one row, at most 4 MiB.
 */
#ifndef CSR_CSVIN_H
#define CSR_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stream/charset.h"

enum {
	CSV_FIELD_MAX = 1024 * 1024,
	CSV_ROW_MAX = 4 * 1024 * 1024,
	CSV_COLUMNS_MAX = 1024
};

struct csvin_field {
	char *p;	/* UTF-8 with a NUL behind; borrowed until the next csvin_next() */
	size_t len;
	char under;	/* private: the byte the NUL stands on */
};

struct csv_parser;

struct csvin {
	char delim;		/* ',' unless set before the first row */
	size_t columns;		/* fields a row must have; 0: any number */
	const char *const *names;	/* of columns, for messages; NULL: by number */
	int (*dry)(void *ctx, struct err *e);	/* as in stream/jsonl.h; may be NULL */
	void *ctx;		/* for dry */
	/* The row last read. */
	struct csvin_field *field;
	size_t n;		/* fields; those past `columns` are empty */
	size_t line;		/* of its first byte; 1 is the first */
	/* Private from here on. */
	const char *name, *fallback;
	int fd;			/* -1: a text in memory */
	char *buf;		/* bytes read: the row begins at start */
	size_t start, end, cap;
	uint64_t passed;	/* bytes of the input before buf */
	size_t row_len;		/* of the row last read or refused */
	size_t used;		/* bytes to step over for the next row */
	size_t next_line;	/* number of the line at start + used */
	bool eof, skipping;	/* skipping: inside an over-long line */
	bool has_cr, has_nul, has_high;	/* such bytes were read so far */
	bool in_place;		/* the fields lie in buf, sealed by NULs */
	bool wide;		/* buf holds UTF-8 made from UTF-16 */
	struct charset cs;	/* name NULL while all was ASCII */
	struct buf undecoded;	/* of UTF-16 */
	struct buf cells, text;	/* fields as libcsv gave them; decoded */
	struct csv_parser *parser;
	const char *fault;	/* what is wrong with the row, NULL if nothing */
	size_t fault_field;
	bool done;		/* libcsv said the row is complete */
};

/* Reads from FD, its own from now on, behind HEAD: LEN bytes read from it already.  NAME
 * and FALLBACK (an encoding, may be NULL) are borrowed. 78 for an unknown encoding. */
int csvin_open(struct csvin *in, int fd, const char *name, const char *head, size_t len,
    const char *fallback, struct err *e);
/* Reads a text in memory, copied. */
void csvin_open_text(struct csvin *in, const char *name, const char *text, size_t len);
/* 1 a row; 0 the end; -1 with 65 ("name:17: ...") this row is refused, its fields are
 * there if only their number is wrong: go on; -1 with another code: stop. */
int csvin_next(struct csvin *in, struct err *e);
/* The bytes of the row last read or refused, as they came (of UTF-16: as UTF-8). Ends the
 * fields' validity; borrowed until the next csvin_next(). */
void csvin_raw(struct csvin *in, const char **p, size_t *len);
/* What waits to be read, undecoded, without taking it; and more of it: 1, 0 there is no
 * more (or enough: CSV_ROW_MAX), -1. For looking for the header before the first row. */
void csvin_peek(const struct csvin *in, const char **p, size_t *len);
int csvin_more(struct csvin *in, struct err *e);
/* Where the next row begins, counted from the first byte of the input; false: that cannot
 * be told (UTF-16). And stepping over all before it: LINE is the number of its line. */
bool csvin_place(const struct csvin *in, uint64_t *offset, size_t *line);
int csvin_skip(struct csvin *in, uint64_t offset, size_t line, struct err *e);
/* The encoding found so far, "ASCII" while nothing else was seen. */
const char *csvin_encoding(const struct csvin *in);
void csvin_close(struct csvin *in);

#endif
