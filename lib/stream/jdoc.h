/* jdoc - JSON values from a descriptor, however they are laid out.
 *
 * One a line; pretty-printed over many; the items of an array; one document with
 * everything in it.  The items of an outermost array come one by one.  Documents are cut
 * at the items of an array the caller names: each part repeats what stood before the
 * array and has some of its items, so that {"session":7,"messages":[...]} may hold any
 * number of messages, and memory stays flat.
 *
 * What is broken costs itself: a line that line, an item of such an array that item (the
 * document then comes in parts of one item each), a document that ends too soon what
 * stands behind its last whole item.
 */
#ifndef CSR_JDOC_H
#define CSR_JDOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "stream/rec.h"

enum {
	JDOC_MAX = 4 * 1024 * 1024,	/* bytes of a value */
	JDOC_DEPTH = 100		/* of its brackets */
};

struct jdoc {
	int (*dry)(void *ctx, struct err *e);	/* as in stream/jsonl.h; may be NULL */
	void *ctx;		/* for dry */
	/* True for the name of an array to cut at; "" is an outermost one if whole. NULL:
	 * none is. */
	bool (*cuts)(const char *key, size_t len);
	bool whole;		/* an outermost array is a value, not its items */
	/* The value last read: borrowed until the next jdoc_next(). */
	struct node *root;	/* an object (or an array if whole); NULL: it was refused */
	const char *raw;	/* its bytes */
	size_t len;
	size_t line;		/* of its first byte; of a later part: of its first item's */
	bool part;		/* more of its document follows */
	bool again;		/* a part that is not the first */
	/* Private from here on. */
	const char *name;
	int fd;			/* -1: a text in memory */
	char *buf;
	size_t start, at, end, cap;	/* the value's first byte; scanned; read so far */
	char close[JDOC_DEPTH];	/* what closes each open bracket */
	size_t depth;
	bool in_string, escaped, eof;
	char last;		/* the last byte that was neither blank nor in a string */
	size_t key, key_end;	/* the last string */
	size_t row, first_row;	/* line at `at`; of the value's beginning */
	size_t row_at, indent;	/* where the line began; the value's place in its line */
	bool ended;		/* the last line may have been the value's last */
	size_t array, array_depth;	/* behind the bracket of the array to cut; 0: none */
	bool closed;		/* it is */
	size_t given, given_row;	/* behind its items already given */
	size_t item, item_row;	/* behind its last whole item */
	size_t items;		/* whole ones not given yet */
	size_t item_indent;	/* the place in its line of the last that began a line */
	bool in_array, piecemeal, skipping;
	const char *fault;	/* what is wrong with the value being passed over */
	bool in_item;		/* of it, only with the item that begins at given */
	struct buf text;	/* of a part */
};

/* Reads from FD, its own from now on, behind HEAD: LEN bytes read from it already. */
void jdoc_attach(struct jdoc *d, int fd, const char *name, const char *head, size_t len);
/* 1 a value; 0 the end; -1 with 65 ("name:17: ...") this one is refused, raw is it: go
 * on; -1 with another code: stop. */
int jdoc_next(struct jdoc *d, struct err *e);
void jdoc_close(struct jdoc *d);
/* The first value in TEXT; of a document that is broken or goes on behind it, as much as
 * its first item shows; NULL: nothing.  Yours to free.  For looking at a file's head. */
struct node *jdoc_first(const char *text, size_t len, bool whole,
    bool (*cuts)(const char *key, size_t len));

#endif
