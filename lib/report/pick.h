/* pick - some columns of a result, in the order the user names them.
 */
#ifndef CSR_PICK_H
#define CSR_PICK_H

#include <stddef.h>

#include "base/err.h"
#include "report/field.h"
#include "report/table.h"

struct pick {
	size_t *at;		/* place of each in the result */
	struct column *cols;	/* how a table shows it */
	struct cell *row;	/* of the last pick_row() */
	size_t n;
};

/* NAMES with commas between, of the N fields F, borrowed by the columns; NULL: all of
 * them.  A measure that is compared brings what it is compared with.  -1 with 64 for a
 * name that is not there; nothing is to be released then. */
int pick_init(struct pick *p, const char *names, const struct field *f, size_t n,
    struct err *e);
/* The picked ones of CELLS; borrowed until the next call. */
const struct cell *pick_row(struct pick *p, const struct cell *cells);
void pick_release(struct pick *p);

#endif
