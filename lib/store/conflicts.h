/* conflicts - what a person must decide about who is whom, as records.
 *
 * Reads only: pairs of the table conflict that are neither linked nor said to be two, by
 * the identity they share; and links that rest on an identity which others turned out to
 * use, too.
 */
#ifndef CSR_CONFLICTS_H
#define CSR_CONFLICTS_H

#include "base/err.h"
#include "store/person.h"
#include "stream/rec.h"

/* Pushes a record of kind "conflict" (csr-record(5)) for each to OUT. */
int conflicts_list(const struct person_ask *ask, struct node *out, struct err *e);

#endif
