/* buf - a growing string of bytes.
 *
 * `p` always ends in a NUL behind `len` bytes once something was added, and may be
 * NULL before; buf_cstr() never is.  Start from BUF_INIT; after buf_clear() the
 * memory is kept for the next turn; buf_release() gives it back.
 */
#ifndef CSR_BUF_H
#define CSR_BUF_H

#include <stddef.h>

struct buf {
	char *p;	/* the bytes, NUL behind them; yours only by buf_take() */
	size_t len;	/* bytes, the NUL not counted */
	size_t cap;	/* bytes allocated */
};
#define BUF_INIT { NULL, 0, 0 }

void buf_add(struct buf *b, const void *p, size_t len);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for LEN more bytes; returns where they go. Set b->len yourself afterwards. */
char *buf_room(struct buf *b, size_t len);
/* The text so far, "" when empty; borrowed until the next call on B. */
const char *buf_cstr(const struct buf *b);
void buf_clear(struct buf *b);
void buf_release(struct buf *b);
/* The text as a string of its own, yours to free; B is empty afterwards. */
char *buf_take(struct buf *b);

#endif
