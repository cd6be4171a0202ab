/* find - what the finders share; private to them (see finders.h).
 *
 * A finder is handed a place in the folded text where something of its kind might
 * begin, and returns where it ends, or 0.  Places are byte offsets.
 */
#ifndef CSR_FIND_H
#define CSR_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "text/finders.h"

/* Where find_capital() last looked in the original: it is asked from left to right. */
struct find_cursor {
	size_t byte, chars;
};

struct find {
	const char *t;		/* the folded text, NUL behind it */
	size_t len;
	const char *s;		/* the original, for capitals */
	size_t s_len;
	const struct fold *fold;
	struct find_cursor *cursor;
};

/* A word looked for before a place; of a row of them the last has no text. */
struct find_word {
	const char *s;
	size_t n;
};
#define FIND_WORD(s) { s, sizeof(s) - 1 }
#define FIND_END { NULL, 0 }

static inline bool
find_digit(const struct find *f, size_t at)
{
	return f->t[at] >= '0' && f->t[at] <= '9';
}

static inline bool
find_letter(const struct find *f, size_t at)
{
	return f->t[at] >= 'a' && f->t[at] <= 'z';
}

static inline bool
find_latin(const struct find *f, size_t at)
{
	return find_digit(f, at) || find_letter(f, at);
}

/* Bytes of the first of WORDS (ends with NULL) that stands at AT, 0 for none. */
size_t find_any(const struct find *f, size_t at, const char *const *words);
/* Which of two lists of words comes nearest before AT, within WINDOW bytes: 1 for
 * YES, -1 for NO, 0 for neither.  Of words that end together the longer counts. */
int find_context(const struct find *f, size_t at, size_t window,
    const struct find_word *yes, const struct find_word *no);
/* True if the letter of the original that byte AT came from is a capital. */
bool find_capital(const struct find *f, size_t at);
/* The end of the run of Latin letters and digits at AT. */
size_t find_run(const struct find *f, size_t at);
/* Reads at most MOST digits at AT; the number in *V; returns how many. */
size_t find_int(const struct find *f, size_t at, size_t most, int *v);
/* 1 if AT looks like an order number's place, -1 if another number's, 0 unknown. */
int find_order_context(const struct find *f, size_t at);

size_t find_amount(const struct find *f, size_t at);
size_t find_date(const struct find *f, size_t at);
size_t find_flight(const struct find *f, size_t at);
size_t find_passport(const struct find *f, size_t at);
size_t find_plate(const struct find *f, size_t at);
size_t find_order_code(const struct find *f, size_t at);
/* Numbers of many digits: an order, phone, identity or bank card number. */
size_t find_number(const struct find *f, size_t at, enum finding_kind *kind);

#endif
