/* jdoc - JSON values from a descriptor, however they are laid out */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/jdoc_scan.h"

enum {
	FIRST_SIZE = 64 * 1024,
	READ_MAX = 128 * 1024,
	SHOWN = 256,		/* bytes kept of what is too long to keep */
	PIECES_MAX = 64 * 1024 * 1024	/* bytes to parse for parts of one item each */
};

void
jdoc_attach(struct jdoc *d, int fd, const char *name, const char *head, size_t len)
{
	memset(d, 0, sizeof(*d));
	d->fd = fd;
	d->name = name;
	d->row = d->first_row = 1;
	d->cap = len > FIRST_SIZE ? len : FIRST_SIZE;
	d->buf = xmalloc(d->cap);
	if (len > 0)
		memcpy(d->buf, head, len);
	d->end = len;
}

void
jdoc_close(struct jdoc *d)
{
	if (d->fd > STDIN_FILENO)
		close(d->fd);
	node_free(d->root);
	free(d->buf);
	buf_release(&d->text);
	memset(d, 0, sizeof(*d));
}

static size_t
less(size_t at, size_t n)
{
	return at > n ? at - n : 0;
}

/* Takes N bytes at FROM out of the buffer. */
static void
take_out(struct jdoc *d, size_t from, size_t n)
{
	memmove(d->buf + from, d->buf + from + n, d->end - from - n);
	d->end -= n;
	d->at = less(d->at, n);
	d->key = less(d->key, n);
	d->key_end = less(d->key_end, n);
	d->row_at = less(d->row_at, n);
	d->item = less(d->item, n);
	d->given = less(d->given, n);
}

/* What was given is not needed any more. */
static void
make_room(struct jdoc *d)
{
	if (d->array != 0 && d->given > d->array)
		take_out(d, d->array, d->given - d->array);
	if (d->start > 0) {
		d->array = less(d->array, d->start);
		take_out(d, 0, d->start);
		d->start = 0;
	}
	if (d->end == d->cap) {
		d->cap *= 2;
		d->buf = xrealloc(d->buf, d->cap);
	}
}

static int
before_sleep(struct jdoc *d, struct err *e)
{
	struct pollfd p = { d->fd, POLLIN, 0 };

	if (d->dry == NULL || poll(&p, 1, 0) != 0)
		return 0;
	return d->dry(d->ctx, e);
}

static int
fill(struct jdoc *d, struct err *e)
{
	size_t room;
	ssize_t n;

	make_room(d);
	room = d->cap - d->end < READ_MAX ? d->cap - d->end : READ_MAX;
	if (before_sleep(d, e) < 0)
		return -1;
	do
		n = read(d->fd, d->buf + d->end, room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, ERR_IO, "%s: %s", d->name, strerror(errno));
	d->eof = n == 0;
	d->end += (size_t)n;
	return 0;
}

/* The bytes FROM to TO are refused for what *e says. */
static int
refuse(struct jdoc *d, size_t from, size_t to, size_t line, struct err *e)
{
	while (to > from && strchr("\r\n \t", d->buf[to - 1]) != NULL)
		to--;
	d->raw = d->buf + from;
	d->len = to - from;
	d->line = line;
	d->part = false;
	return err_at(e, d->name, line);
}

/* The document's head, and its bytes from what was not given yet up to PAST. */
static void
begin_part(struct jdoc *d, size_t past)
{
	size_t head = d->array != 0 ? d->array : d->start;
	size_t from = d->array != 0 ? d->given : d->start;

	buf_clear(&d->text);
	buf_add(&d->text, d->buf + d->start, head - d->start);
	buf_add(&d->text, d->buf + from, past - from);
}

/* The array is within objects only. */
static void
close_part(struct jdoc *d)
{
	size_t i;

	begin_part(d, d->item);
	buf_char(&d->text, ']');
	for (i = 1; i < d->array_depth; i++)
		buf_char(&d->text, '}');
}

/* Once more from what was not given yet, item by item: one of them is broken. */
static bool
take_apart(struct jdoc *d)
{
	size_t i, head = d->array - d->start;

	if (d->piecemeal || d->array == 0 || d->items == 0 || d->items * head > PIECES_MAX)
		return false;
	d->piecemeal = true;
	d->at = d->row_at = d->given;
	d->row = d->given_row;
	d->depth = d->array_depth;
	for (i = 0; i < d->depth; i++)
		d->close[i] = i + 1 < d->depth ? '}' : ']';
	d->last = d->given == d->array ? '[' : ',';
	d->closed = d->ended = d->in_string = d->escaped = d->in_item = false;
	d->fault = NULL;
	d->items = 0;
	return true;
}

/* The line of the first item not given yet. */
static size_t
item_line(const struct jdoc *d)
{
	size_t p, row = d->given_row;

	for (p = d->given; p < d->end && strchr(" \t\r\n", d->buf[p]) != NULL; p++)
		row += d->buf[p] == '\n';
	return row;
}

/* 1, or -1; 0: it was taken apart. */
static int
give_part(struct jdoc *d, struct err *e)
{
	close_part(d);
	d->root = node_parse(d->text.p, d->text.len, e);
	if (d->root == NULL && take_apart(d))
		return 0;
	d->raw = d->text.p;
	d->len = d->text.len;
	d->line = d->again ? item_line(d) : d->first_row;
	d->part = d->again = true;
	d->given = d->item + (d->item < d->end && d->buf[d->item] == ',');
	d->given_row = d->item_row;
	d->items = 0;
	return d->root != NULL ? 1 : err_at(e, d->name, d->line);
}

static int
give_value(struct jdoc *d, struct err *e)
{
	const char *text = d->buf + d->start;
	size_t len = d->at - d->start, line = item_line(d);

	if (d->again) {
		begin_part(d, d->at);
		text = d->text.p;
		len = d->text.len;
	}
	d->root = d->skipping ? NULL : node_parse(text, len, e);
	if (d->root == NULL && !d->skipping && take_apart(d))
		return 0;
	d->start = d->at;
	d->depth = 0;
	if (d->skipping)
		return 0;
	d->raw = text;
	d->len = len;
	d->line = d->again ? line : d->first_row;
	d->part = false;
	return d->root != NULL ? 1 : err_at(e, d->name, d->line);
}

/* The item at given is broken, and passed over: behind it the document goes on. */
static int
give_item_fault(struct jdoc *d, struct err *e)
{
	size_t from = d->given, line = item_line(d);

	if (d->items > 0)
		return give_part(d, e);
	err_set(e, ERR_DATA, "%s", d->fault);
	d->fault = NULL;
	d->in_item = d->in_string = d->escaped = d->ended = false;
	d->depth = d->array_depth;
	d->close[d->depth - 1] = ']';
	d->last = ',';
	d->given = d->item = d->at;
	d->given_row = d->item_row = d->row;
	return refuse(d, from, d->at, line, e);
}

/* A broken value, passed over to its end. */
static int
give_fault(struct jdoc *d, struct err *e)
{
	size_t from = d->start, line = d->first_row;
	bool skipped = d->skipping;

	if (d->in_item)
		return give_item_fault(d, e);
	err_set(e, ERR_DATA, "%s", d->fault);
	d->start = d->at;
	d->depth = 0;
	d->fault = NULL;
	return skipped ? 0 : refuse(d, from, d->at, line, e);
}

/* More than a value may have: a part of it, or none of it. */
static int
shorten(struct jdoc *d, struct err *e)
{
	bool told = d->skipping;
	size_t from = d->start;

	if (d->items > 0 && (d->fault == NULL || d->in_item) && !d->skipping)
		return give_part(d, e);
	d->skipping = true;
	d->start = d->at;
	d->array = d->items = 0;
	if (told)
		return 0;
	err_set(e, ERR_DATA, "longer than %d bytes; skipped to its end", JDOC_MAX);
	return refuse(d, from, from + SHOWN, d->first_row, e);
}

/* Nothing comes any more. 0 the end. */
static int
finish(struct jdoc *d, struct err *e)
{
	bool behind = d->array != 0 && d->again;
	size_t from = behind ? d->given : d->start, to = d->end;
	size_t line = behind ? item_line(d) : d->first_row;

	if (d->items > 0 && (d->fault == NULL || d->in_item))
		return give_part(d, e);
	if (!d->skipping && d->start < d->end) {
		d->start = d->at = d->end;
		d->depth = 0;
		err_set(e, ERR_DATA, "%s", d->fault != NULL ? d->fault :
		    "not JSON: the input ends within a value");
		d->fault = NULL;
		d->in_array = false;
		return refuse(d, from, to, line, e);
	}
	d->start = d->at = d->end;
	if (!d->in_array)
		return 0;
	d->in_array = false;
	err_set(e, ERR_DATA, "the input ends within an array: more may be missing");
	return refuse(d, d->end, d->end, d->row, e);
}

static size_t
held(const struct jdoc *d)
{
	return d->end - d->start - (d->array != 0 ? d->given - d->array : 0);
}

static int
turn(struct jdoc *d, bool *over, struct err *e)
{
	int got = 0;

	switch (jdoc_scan(d)) {
	case JDOC_VALUE:
		return give_value(d, e);
	case JDOC_ITEM:
		return d->piecemeal ? give_part(d, e) : 0;
	case JDOC_FAULT:
		return give_fault(d, e);
	case JDOC_MORE:
		break;
	}
	if (d->eof) {
		got = finish(d, e);
		*over = got == 0 && d->start == d->end;
	} else if (held(d) > JDOC_MAX || d->skipping) {
		got = shorten(d, e);
	}
	return got != 0 || d->eof ? got : fill(d, e);
}

int
jdoc_next(struct jdoc *d, struct err *e)
{
	bool over = false;
	int got = 0;

	node_free(d->root);
	d->root = NULL;
	d->len = 0;
	while (got == 0 && !over)
		got = turn(d, &over, e);
	return got;
}

struct node *
jdoc_first(const char *text, size_t len, bool whole,
    bool (*cuts)(const char *key, size_t len))
{
	struct node *first = NULL;
	enum jdoc_step step;
	struct jdoc d;
	struct err ignored;

	jdoc_attach(&d, -1, "", text, len);
	d.whole = whole;
	d.cuts = cuts;
	while ((step = jdoc_scan(&d)) == JDOC_ITEM)
		if (d.text.len == 0)
			close_part(&d);
	if (step == JDOC_VALUE)
		first = node_parse(d.buf + d.start, d.at - d.start, &ignored);
	if (first == NULL && d.text.len > 0)
		first = node_parse(d.text.p, d.text.len, &ignored);
	jdoc_close(&d);
	return first;
}
