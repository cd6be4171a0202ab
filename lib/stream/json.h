/* json - what rec.c and node.c share: a node is a jansson value behind another name.
 * Included by lib/stream/{rec,node,json_plain}.c and their tests, and nobody else.
 */
#ifndef CSR_JSON_H
#define CSR_JSON_H

#include <jansson.h>

#include "base/err.h"
#include "stream/rec.h"

static inline json_t *
json_value(struct node *n)
{
	return (json_t *)(void *)n;
}

static inline struct node *
json_node(json_t *v)
{
	return (struct node *)(void *)v;
}

/* Parses LEN bytes with duplicate keys refused and FLAGS beside; NULL with *e set (65). */
json_t *json_text(const char *text, size_t len, size_t flags, struct err *e);
/* The same for an object in plain text, four times as fast; NULL says nothing of others. */
json_t *json_plain(const char *text, size_t len);

#endif
