/* sheet_private - what sheet*.c share: lines of a page, cleaned and cut as they end.
 * Included by them only.
 */
#ifndef CSR_SHEET_PRIVATE_H
#define CSR_SHEET_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "stream/rec.h"

struct sheet {
	struct buf *out;
	struct buf line;	/* the one being written */
	size_t width;		/* lines are cut to it; 0: not */
	bool color;
};

/* The member KEY, "" or 0 when there is none. */
const char *sheet_text(const struct node *o, const char *key);
int64_t sheet_int(const struct node *o, const char *key);

void sheet_heading(struct sheet *p, const char *name);
/* Begins a line: "  phone      ". */
void sheet_label(struct sheet *p, const char *name);
/* Adds S and blanks up to WIDTH columns. */
void sheet_padded(struct sheet *p, const char *s, size_t width);
/* Adds "2026-10-01 09:00" of a time, its day alone if asked. */
void sheet_time(struct sheet *p, const struct node *o, const char *key, bool day);
/* Adds SEP, KEY and its text, if there is any; returns what SEP is next. */
const char *sheet_pair(struct sheet *p, const char *sep, const char *key, const char *text);
void sheet_end_line(struct sheet *p);

/* sheet_value.c: what they bought, how content they are; open tickets and orders. */
void sheet_value(struct sheet *p, const struct node *customer);
/* sheet_line.c: the time line, by day. */
void sheet_line(struct sheet *p, const struct node *customer);

#endif
