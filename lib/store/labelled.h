/* labelled - texts whose label in one dimension people have told, from files or from the
 * database.
 *
 * A line of JSON has "text", perhaps "subject", and its label: a field named as the
 * dimension (or that within "class"), else "label", text or true or false.  A list
 * ("labels", or the field being a list) means that each of them is right.  Lines without
 * any are passed over.
 */
#ifndef CSR_LABELLED_H
#define CSR_LABELLED_H

#include "base/err.h"
#include "store/db.h"
#include "stream/rec.h"
#include "text/fold.h"

enum { LABELLED_MOST = 16 };

struct labelled {
	const char *dimension;		/* to be set first, like the next three */
	/* Told of each text: its labels, folded TEXT, and the record it came from. -1 with 65
	 * refuses the line, any other error ends the reading. */
	int (*each)(void *ctx, const struct labelled *l, const struct rec *r, struct err *e);
	void *ctx;
	void (*complain)(const struct err *e);

	struct fold text;		/* of the present line */
	const char *labels[LABELLED_MOST];
	size_t n_labels;
	size_t n, passed, refused;	/* lines: used, without a label, refused */

	struct buf whole;		/* private */
};

/* Reads all FILES ("-" or none: stdin). 0, or -1 when one could not be read. */
int labelled_files(struct labelled *l, int argc, char **argv, struct err *e);
/* Reads what people said of stored messages (label.h), of each message the last word. */
int labelled_db(struct labelled *l, struct db *db, struct err *e);
void labelled_release(struct labelled *l);

#endif
