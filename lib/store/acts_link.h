/* acts_link - what is done to several people: are they one, or two?
 *
 * Operands are read as whois.h does, but a number is that very customer, not who stands
 * for it: links join and part customers, as they were when they were made.  Within a
 * write transaction; pushes records to OUT.
 */
#ifndef CSR_ACTS_LINK_H
#define CSR_ACTS_LINK_H

#include "base/err.h"
#include "store/acts.h"
#include "stream/rec.h"

/* WORDS are one: the others are linked to the first. */
int acts_link(struct acts *a, int argc, char **words, struct node *out, struct err *e);
/* The first two are no more linked. */
int acts_unlink(struct acts *a, int argc, char **words, struct node *out, struct err *e);
/* Lists what is to be decided; with a->resolve the last of WORDS says what the others are:
 * "link", or "keep" apart. */
int acts_conflicts(struct acts *a, int argc, char **words, struct node *out,
    struct err *e);

#endif
