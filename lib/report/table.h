/* table - rows of typed cells, for people and for programs.
 *
 * One grid, four forms: text with aligned columns (widths by lib/text/utf8, so Chinese
 * lines up under any locale, cron's too), JSON Lines (null stays null, integers stay
 * integers, times are RFC 3339), CSV (RFC 4180 with LF) and Markdown.  Whatever a
 * stranger wrote stays text: control and bidi characters become '?' in what a terminal
 * shows, a CSV cell that a spreadsheet would take for a formula gets a leading '.
 *
 * Memory stays flat: the text form takes its widths from the first 1,000 rows, holds
 * nothing after them and cuts nothing; a wider cell further down pushes its line.
 *
 *	static const struct column cols[] = { { "queue", COL_TEXT, 0 }, { "n", COL_INT, 0 } };
 *	struct table t = { .format = TABLE_TEXT, .out = &buf };
 *
 *	table_open(&t, cols, 2);
 *	table_row(&t, (struct cell[]){ cell_text(queue), cell_int(n) });
 *	table_close(&t);
 *
 * The text is appended to *out; the caller writes it and clears it as often as it likes.
 */
#ifndef CSR_TABLE_H
#define CSR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "time/zone.h"

enum table_format { TABLE_TEXT, TABLE_JSONL, TABLE_CSV, TABLE_MD };

enum column_type { COL_TEXT, COL_INT, COL_REAL, COL_TIME };

struct column {
	const char *name;	/* borrowed until table_close() */
	enum column_type type;	/* numbers stand on the right in the text form */
	int decimals;		/* of COL_REAL */
};

enum cell_kind { CELL_NULL, CELL_INT, CELL_REAL, CELL_TEXT, CELL_TIME };

struct cell {
	enum cell_kind kind;
	size_t len;		/* bytes of text */
	union {
		int64_t n;	/* CELL_INT; CELL_TIME in ms since 1970 UTC */
		double real;
		const char *text;	/* UTF-8; borrowed during table_row() */
	} u;
};

struct table {
	enum table_format format;
	struct buf *out;		/* where the text goes */
	const struct zone *zone;	/* of times; NULL: UTC */
	bool bom;			/* CSV: begin with a byte order mark, for Excel */
	bool raw;			/* CSV: leave formulas as they are */
	bool color;			/* text: a bold head */
	size_t rows;			/* rows so far */
	const struct column *cols;	/* private from here on */
	size_t n;
	size_t *width;
	char **held;			/* rows waiting for the widths, n texts each */
	struct arena texts;
	struct buf cell;
};

static inline struct cell
cell_null(void)
{
	return (struct cell){ .kind = CELL_NULL };
}

static inline struct cell
cell_int(int64_t v)
{
	return (struct cell){ .kind = CELL_INT, .u.n = v };
}

/* NaN and infinities become null. */
static inline struct cell
cell_real(double v)
{
	return (struct cell){ .kind = CELL_REAL, .u.real = v };
}

static inline struct cell
cell_time(int64_t at)
{
	return (struct cell){ .kind = CELL_TIME, .u.n = at };
}

/* NULL gives null. */
static inline struct cell
cell_text(const char *s)
{
	return s ? (struct cell){ CELL_TEXT, strlen(s), { .text = s } } : cell_null();
}

/* Begins a table of N columns; COLS is borrowed until table_close(). */
void table_open(struct table *t, const struct column *cols, size_t n);
/* One row of as many cells as there are columns. */
void table_row(struct table *t, const struct cell *cells);
/* Writes what is held and frees everything but *out. */
void table_close(struct table *t);

/* "table", "jsonl", "csv", "md", or a file name that ends in one of these (.txt is a
 * table); -1 with 64 for anything else. */
int table_format_of(const char *s, enum table_format *format, struct err *e);
/* The rule for colour: "auto" (or NULL) is a terminal, an empty NO_COLOR and a TERM that
 * is not dumb. -1 with 64 unless auto, always or never; else 0 or 1. */
int table_color(const char *when, bool is_tty, struct err *e);

#endif
