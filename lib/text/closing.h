/* closing - does a message only say thanks, and does it ask for anything?
 *
 * Two small questions asked of every message that arrives: nothing but thanks must not
 * reopen a ticket, and group talk that asks for nothing must not open one.  Pure
 * functions over word lists that the caller reads (share/rules/closing.txt, asks.txt).
 */
#ifndef CSR_CLOSING_H
#define CSR_CLOSING_H

#include <stdbool.h>

#include "text/fold.h"
#include "text/words.h"

/* Adds the phrases of a list file to W (words_build() is yours to call): one a line,
 * "#" comments, a trailing "*" when letters may follow; those behind a line "[filler]"
 * count only beside others.  TEXT is changed. */
void phrases_add(struct words *w, char *text);

/* True if listed phrases, fillers, signs and emoji cover all of the folded text F and
 * at least one phrase is among them.  A question mark makes it false. */
bool closing_is(const struct words *w, const struct fold *f);

/* True if F has a question mark or a listed phrase. */
bool asks_is(const struct words *w, const struct fold *f);

#endif
