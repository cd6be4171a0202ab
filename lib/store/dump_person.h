/* dump_person - every row about one person, as lines of a dump.
 *
 * In the order rows need each other, so that an empty database can load them; references to
 * what is not theirs (another's ticket a message stands on) are left out.
 */
#ifndef CSR_DUMP_PERSON_H
#define CSR_DUMP_PERSON_H

#include <stddef.h>

#include "base/err.h"
#include "store/db.h"
#include "store/holdings.h"
#include "stream/rec.h"

/* Calls PUT with each row as an object with its "table" (node_free()d by the caller). */
int dump_person(struct db *db, const struct holdings *h,
    int (*put)(void *ctx, const struct node *row, struct err *e), void *ctx, struct err *e);

/* The table at place I that holds something about persons, NULL behind the last. */
const char *dump_person_table(size_t i);

#endif
