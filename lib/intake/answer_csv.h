/* answer_csv - answers to surveys, as survey tools export them, as records.
 *
 * Columns are found by the names in surveys/columns.conf; the header is the first of the
 * first rows that has a time and a score or a comment.  Each row becomes a record of kind
 * "response" (csr-record(5)); columns nobody knows stand in its "extra".
 */
#ifndef CSR_ANSWER_CSV_H
#define CSR_ANSWER_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/map.h"
#include "stream/csvin.h"
#include "stream/rec.h"

struct answer_column {
	const char *field;	/* of the record; NULL: goes to extra */
	const char *name;	/* as written */
};

struct answer_csv {
	struct csvin in;
	const char *path;
	struct answer_column *columns;
	size_t n;
	struct map names;	/* folded name -> field */
	struct arena text;
	struct err refused;	/* why the record last given is none; code 0: it is one */
};

/* PATH "-" is stdin; borrowed. 66, 65 when it has no such header, 78. */
int answer_csv_open(struct answer_csv *a, const char *path, struct err *e);
/* 1 a record in R; 0 the end; -1.  A row that is refused gives 1 and a record without
 * content: answer_csv_refused() says why, R holds its bytes. */
int answer_csv_next(struct answer_csv *a, struct rec *r, struct err *e);
/* NULL, or why the record just given is none; without "file:line: ". */
const struct err *answer_csv_refused(const struct answer_csv *a);
void answer_csv_close(struct answer_csv *a);

/* True when PATH is to be read as CSV: by its name, or, being a file, by its first byte. */
bool answer_csv_is(const char *path);

#endif
