/* class_row - what was found in one message, on its way to a record and to the database.
 *
 * One block of memory, apart from the classifier it comes from, so that rows can wait in
 * a batch.  Labels and rules are borrowed from the rules and models.
 */
#ifndef CSR_CLASS_ROW_H
#define CSR_CLASS_ROW_H

#include <stdint.h>

#include "desk/classify.h"
#include "store/rule_use.h"
#include "stream/rec.h"

struct class_entity {
	const char *kind, *text;
	size_t start, end;		/* characters */
};

struct class_row {
	int64_t message;		/* 0 when the record had no "id" */
	const char *type, *area, *urgency, *sentiment;	/* NULL: no such dimension */
	double confidence;
	const char *why;		/* JSON array */
	const char *needs;		/* JSON array, NULL for nothing */
	const char *more;		/* JSON object of further dimensions, NULL for none */
	const struct rule_hit *hits;	/* the rules that held */
	size_t n_hits;
	size_t n;
	struct class_entity entities[];
};

/* From what C found in TEXT; yours to free(). */
struct class_row *class_row_new(const struct classifier *c, const char *text);

/* Adds "entities" and "class" to R, replacing what was there (csr-record(5)). What R
 * says can be read no more afterwards, only printed. */
void class_row_put(const struct class_row *row, struct rec *r);

#endif
