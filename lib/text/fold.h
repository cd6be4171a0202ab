/* fold - a copy of a text in which what looks alike is alike, for matching.
 *
 * The copy is NFKC_Casefold (Unicode Standard Annex 31) with invisible characters
 * left out and traditional Chinese characters replaced by their simplified forms:
 * "ＡＢＣ" and "ABC" become "abc", "訂單" becomes "订单", a zero-width space inside
 * "加微信" is gone, "，" is ",".  Match on the copy, show the original: each byte of
 * the copy knows which character of the original it came from.
 *
 * Start from FOLD_INIT; one struct serves text after text; fold_release() ends it.
 * Folding before escaping for LIKE is a must: ％ and ＿ fold to its metacharacters.
 */
#ifndef CSR_FOLD_H
#define CSR_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct fold {
	struct buf text;	/* the folded copy, UTF-8, NUL behind it */
	uint32_t *from;		/* per byte of it: the original's character number */
	size_t cap;		/* entries allocated in from */
	size_t chars;		/* characters in the original */
};
#define FOLD_INIT { BUF_INIT, NULL, 0, 0 }

/* Folds S; what F held is gone.  Bytes that are not UTF-8 become U+FFFD. */
void fold_text(struct fold *f, const char *s, size_t len);
void fold_release(struct fold *f);

/* The characters of the original that bytes [START, END) of the copy came from:
 * first, and one past the last. */
size_t fold_start(const struct fold *f, size_t start);
size_t fold_end(const struct fold *f, size_t end);

#endif
