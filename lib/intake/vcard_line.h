/* vcard_line - the lines of an address card, their properties and values.  For vcard.c.
 *
 * Folded lines (RFC 2425: what begins with a blank goes on; vCard 2.1: what ends in "=" of
 * a quoted-printable value) are one.
 */
#ifndef CSR_VCARD_LINE_H
#define CSR_VCARD_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "stream/jsonl.h"

enum { VCARD_MAX = 1024 * 1024 };	/* bytes of a line, and of a card that is kept */

struct vcard_lines {
	struct lines in;
	struct buf line;	/* the logical line last read */
	size_t line_no;		/* of its first byte */
	struct buf held;	/* the physical one behind it */
	bool has_held;
	size_t held_line;
};

/* One property, item1.TEL;TYPE=CELL:value. */
struct vcard_property {
	char *name, *params, *value;	/* parts of the line; params NULL: none */
};

/* A logical line in s->line: 1, 0 the end, -1. */
int vcard_line(struct vcard_lines *s, struct err *e);
/* Splits a line in place; false: it is no property. */
bool vcard_split(char *line, struct vcard_property *p);
/* The value as text in A, decoded; its escapes stay if KEEP, to split it first. */
char *vcard_value(struct arena *a, const char *fallback, const struct vcard_property *p,
    bool keep);
/* The next part of a value (changed by it) up to a separator that is not escaped, in OUT;
 * NULL: no more. */
const char *vcard_part(char **at, char separator, struct buf *out);
/* BDAY: "--0501" as 05-01, in A; a date without its time, in V. */
const char *vcard_birthday(struct arena *a, char *v);
/* TEL: "tel:+86-138-0013-8000;ext=5" as the number, in V. */
const char *vcard_phone(char *v);

#endif
