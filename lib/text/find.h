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

/* What is found out only when it is asked for. */
struct find_cursor {
	size_t byte, chars;	/* where find_capital() last looked: it goes left to right */
	enum { SOCIAL_UNKNOWN, SOCIAL_NAMED, SOCIAL_NONE } social;	/* a network is named */
};

struct find {
	const char *t;		/* the folded text, NUL behind it */
	size_t len;
	const char *s;		/* the original, for capitals */
	size_t s_len;
	const struct fold *fold;
	struct find_cursor *cursor;
	bool secrets;		/* look for more of them, see finders.h */
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

/* What findings_find_secrets() finds beside. */
/* At AT, a run of Latin letters and digits up to NEXT or a Chinese character: the end of a
 * secret, its beginning (before AT, too) in *START. */
size_t find_secret(const struct find *f, size_t at, size_t next, size_t *start,
    enum finding_kind *kind);
/* The same for the run at AT within an address on the web that ends at END. */
size_t find_in_url(const struct find *f, size_t at, size_t end, size_t *start,
    enum finding_kind *kind);
/* The end of a number that everybody may call, 400-800-1234. */
size_t find_hotline(const struct find *f, size_t at);
/* A number among the letters and digits [AT, END): "tel13800138000", "13800138000ok". */
size_t find_glued(const struct find *f, size_t at, size_t end, size_t *start,
    enum finding_kind *kind);
/* One in Chinese numerals. */
size_t find_spoken(const struct find *f, size_t at, enum finding_kind *kind);
size_t find_ip(const struct find *f, size_t at);
size_t find_iban(const struct find *f, size_t at);
size_t find_ssn(const struct find *f, size_t at);
/* An account of a social network, its name said before AT. */
size_t find_social(const struct find *f, size_t at);
/* A Chinese address whose first number stands at AT; *START is where it begins. */
size_t find_place(const struct find *f, size_t at, size_t *start);
/* An English one whose house number stands at AT. */
size_t find_street(const struct find *f, size_t at);
/* What follows the word for an address at AT: "地址", "寄到"; "address". */
size_t find_stated_place(const struct find *f, size_t at, size_t *start);
size_t find_stated_street(const struct find *f, size_t at, size_t *start);

#endif
