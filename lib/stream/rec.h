/* rec - one JSON record: read it, add to it, print it as it came.
 *
 * The only door to jansson.  A record keeps the bytes it was read from; what a program
 * adds is appended to those bytes, so every field it does not touch (big integers,
 * 1.10, the order of keys) leaves exactly as it came.  Replacing a field cuts its old
 * bytes out and appends the new ones.
 *
 * A node is a JSON value: a part of a record (borrowed, valid as long as the record)
 * or one being built, yours until it is given away by node_set, node_push or rec_put.
 * Ownership: `const char *` from a record is borrowed from it until rec_release().
 * Text is strict UTF-8 without NUL; duplicate keys, integers beyond int64 and nesting
 * deeper than 2,048 are refused (65).
 */
#ifndef CSR_REC_H
#define CSR_REC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct node;

struct rec {
	struct node *root;	/* the object, NULL when not parsed */
	char *raw;		/* the line without its newline; owned */
	size_t len;		/* bytes in raw */
	const char *source;	/* input's name, borrowed for ever (interned by its reader) */
	size_t line;		/* 1 is the first; 0 when not from a line */
	struct buf added;	/* ,"key":value ... to be printed before the last brace */
};
#define REC_INIT { NULL, NULL, 0, NULL, 0, BUF_INIT }

/* Takes a copy of LEN bytes and parses them. -1 with 65 and the reason; R then still
 * holds the bytes (for --rejects). */
int rec_parse(struct rec *r, const char *text, size_t len, struct err *e);
/* The two halves of it: a copy of the bytes alone (the record is slim, see below), and
 * the parsing of them. */
void rec_hold(struct rec *r, const char *text, size_t len);
int rec_read(struct rec *r, struct err *e);
/* A record built by us: takes ROOT (an object), gives it the bytes it prints as. */
void rec_from_node(struct rec *r, struct node *root);
void rec_release(struct rec *r);
/* Moves *from into *to without copying; *from is empty then. */
void rec_move(struct rec *to, struct rec *from);

/* Fields by dotted path: "from.id", "class.urgency". NULL or false when absent, null or
 * of another type; rec_text_or also takes numbers as their text into a static buffer. */
const char *rec_text(const struct rec *r, const char *path);
bool rec_int(const struct rec *r, const char *path, int64_t *v);
bool rec_bool(const struct rec *r, const char *path);
const struct node *rec_node(const struct rec *r, const char *path);
/* True when the record's "kind" is KIND. */
bool rec_is(const struct rec *r, const char *kind);

/* Adds (or replaces) a top-level field; takes VALUE. Seen by later reads too. */
void rec_put(struct rec *r, const char *key, struct node *value);
void rec_put_int(struct rec *r, const char *key, int64_t v);
void rec_put_bool(struct rec *r, const char *key, bool v);

/* Gives the parsed tree back and keeps the bytes, for records that wait in a batch only
 * to be printed: reading gives nothing then, and what is added must be new to it. */
void rec_slim(struct rec *r);

/* Adds (or replaces) a top-level field whose value is LEN bytes of JSON text that we
 * wrote; the record is slim afterwards.  For the last field a program adds. */
void rec_put_text(struct rec *r, const char *key, const char *json, size_t len);

/* Appends the record as one line, newline included. */
void rec_print(const struct rec *r, struct buf *out);

/* Building. Values given to set and push are taken; NULL text makes null. Text that is
 * not valid UTF-8 becomes U+FFFD where it is not (the doors should have seen to it). */
struct node *node_object(void);
struct node *node_array(void);
struct node *node_text(const char *s);
struct node *node_int(int64_t v);
struct node *node_real(double v);
struct node *node_bool(bool v);
struct node *node_null(void);
void node_set(struct node *object, const char *key, struct node *value);
void node_set_text(struct node *object, const char *key, const char *s);
void node_set_int(struct node *object, const char *key, int64_t v);
void node_set_real(struct node *object, const char *key, double v);
void node_set_bool(struct node *object, const char *key, bool v);
void node_push(struct node *array, struct node *value);
void node_push_text(struct node *array, const char *s);
/* A deep copy, yours. */
struct node *node_copy(const struct node *n);
void node_free(struct node *n);

/* Reading. NULL-safe: a missing node has no members, no text, no length. */
const struct node *node_get(const struct node *object, const char *key);
const struct node *node_at(const struct node *array, size_t i);
size_t node_len(const struct node *n);		/* members or items */
const char *node_as_text(const struct node *n);	/* NULL unless a string */
bool node_as_int(const struct node *n, int64_t *v);
bool node_as_real(const struct node *n, double *v);	/* integers too */
bool node_as_bool(const struct node *n);
bool node_is_null(const struct node *n);	/* absent or null */
bool node_is_object(const struct node *n);
bool node_is_array(const struct node *n);
/* Calls FN for each member in order until it returns non-zero; returns that. */
int node_each(const struct node *object,
    int (*fn)(void *ctx, const char *key, const struct node *value), void *ctx);
/* Compact JSON text, appended. */
void node_print(const struct node *n, struct buf *out);
/* Parses any JSON value; NULL with *e set (65). Yours to free. */
struct node *node_parse(const char *text, size_t len, struct err *e);

#endif
