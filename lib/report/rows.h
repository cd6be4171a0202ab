/* rows - records for programs, or some of their members as a table for people.
 *
 * As JSON Lines a record is printed whole; in the other forms it is a row of the columns
 * that rows_kinds.c names for its kind.  All records of one listing are of one kind.
 */
#ifndef CSR_ROWS_H
#define CSR_ROWS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"
#include "report/table.h"
#include "stream/rec.h"

enum rows_type {
	ROWS_TEXT,	/* text or flag; an array's items with commas, an object's values */
	ROWS_INT,
	ROWS_TIME,	/* RFC 3339; to people without seconds and offset */
	ROWS_DAY,	/* to people the day alone */
	ROWS_MONEY	/* an object with amount_minor and currency, or an array of them */
};

struct rows_column {
	const char *key;	/* a member, "standing.recency" one of a member; NULL ends */
	const char *head;
	enum rows_type type;
	size_t most;		/* columns of the screen it may take, 0: any */
};

struct rows {
	enum table_format format;	/* from here to `out` the caller's */
	struct buf *out;
	const struct rows_column *cols;	/* private from here on; NULL before the first row */
	size_t n;
	struct table table;
	struct column *heads;
	struct cell *cells;
	struct arena text;
};

void rows_put(struct rows *r, const struct node *record);
/* Writes what is held; `out` stays the caller's. */
void rows_close(struct rows *r);

/* The columns of records of KIND; NULL: there are none, they are printed as JSON Lines. */
const struct rows_column *rows_columns(const char *kind);

/* The member at a dotted PATH, NULL if there is none. */
const struct node *rows_at(const struct node *record, const char *path);
/* Appends S, cut to MOST columns with an ellipsis (0: whole), line breaks as blanks. */
void rows_add_cut(struct buf *out, const char *s, size_t most);
/* Appends "CNY 1,299.00, USD 20.00". */
void rows_add_money(struct buf *out, const struct node *amounts);

#endif
