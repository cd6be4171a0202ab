/* docs - the records of JSON documents, one after another.
 *
 * A document is a record itself, or has a list of them ({"messages":[...]}, of any
 * length); documents come in all layouts of stream/jdoc.h.
 */
#ifndef CSR_DOCS_H
#define CSR_DOCS_H

#include <stdbool.h>

#include "intake/intake.h"
#include "stream/jdoc.h"

/* Where the records of ROOT stand: *list, NULL when it is one itself.  -1 with 65: the
 * document is refused as a whole. */
typedef int docs_list_fn(void *ctx, const struct node *root, const struct node **list,
    struct err *e);

struct docs {
	struct jdoc in;
	docs_list_fn *list_of;
	void *ctx;		/* of list_of */
	const struct node *item;	/* the record last read; borrowed until the next */
	const struct node *list;	/* it is an item of; NULL: a document */
	size_t at;		/* of the next item */
	struct buf raw;
};

/* FD, HEAD and LEN as intake_format.open gets them. */
void docs_open(struct docs *d, const struct intake *in, int fd, const char *head, size_t len,
    docs_list_fn *list_of, void *ctx);
void docs_close(struct docs *d);
/* 1 a record in d->item; 0 the end; -1 as intake_format.next. */
int docs_next(struct docs *d, struct intake *in, struct err *e);
/* As intake_format.raw. */
void docs_raw(struct docs *d, struct intake *in);
/* The record is refused for what *e says: adds its place. Returns -1. */
int docs_refuse(struct docs *d, struct intake *in, struct err *e);
/* Is the record the first, the last of its document? */
bool docs_is_first(const struct docs *d);
bool docs_is_last(const struct docs *d);

/* A docs_list_fn: a document is a record if it has a member called CTX (const char *),
 * else it has a list of them. */
docs_list_fn docs_by_member;

#endif
