/* mem - memory that is there, or the program ends with 71.
 *
 * Running out of memory is the one failure the library does not report: there is
 * nothing a caller could do about it that the database has not done already
 * (an uncommitted batch is rolled back when the process ends).
 */
#ifndef CSR_MEM_H
#define CSR_MEM_H

#include <stddef.h>

/* As malloc, calloc, realloc, strdup, strndup; never NULL. Yours to free. */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *p, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *s, size_t len) __attribute__((malloc, returns_nonnull));

/* Says "out of memory" and exits with 71. */
void mem_die(void) __attribute__((noreturn));

/* arena - many small pieces with one lifetime: a batch, a file, a run.
 * Start from ARENA_INIT. Pieces are valid until arena_clear or arena_release. */
struct arena_block;
struct arena {
	struct arena_block *first;	/* the block being filled; older ones behind it */
	size_t used;			/* bytes handed out since the last clear */
};
#define ARENA_INIT { NULL, 0 }

/* Zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((returns_nonnull));
/* A copy of LEN bytes with a NUL behind; of a string; NULL for NULL. */
char *arena_strn(struct arena *a, const char *s, size_t len);
char *arena_str(struct arena *a, const char *s);
/* Empties it and keeps one block for the next turn. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
