/* field - a named, typed column of a report, as it goes in or as it comes out.
 *
 * Values travel as struct cell (table.h); the type says what a cell that is not null
 * holds: FIELD_TEXT a CELL_TEXT, FIELD_TIME a CELL_TIME, FIELD_REAL and FIELD_SECONDS a
 * CELL_REAL, the others a CELL_INT.
 */
#ifndef CSR_FIELD_H
#define CSR_FIELD_H

#include <stddef.h>

#include "report/table.h"

enum field_type {
	FIELD_TEXT,
	FIELD_INT,
	FIELD_FLAG,	/* 0 or 1 */
	FIELD_MS,	/* a length of time in milliseconds */
	FIELD_REAL,
	FIELD_SECONDS,	/* a length of time in seconds, with fractions */
	FIELD_TIME	/* an instant */
};

/* What a column of a comparison is to the measure whose name it begins with. */
enum field_role {
	ROLE_SELF,	/* a column or measure itself */
	ROLE_BEFORE,	/* n_before: what it was in the period before */
	ROLE_CHANGE,	/* n_change: what it is more than before */
	ROLE_P		/* n_p: how likely so large a change were by chance */
};

struct field {
	const char *name;
	enum field_type type;
	int decimals;		/* shown of FIELD_REAL and FIELD_SECONDS */
	const char *about;	/* one sentence, "" if none */
	const char *unit;	/* "%", "CNY" ...; NULL for none */
	enum field_role role;
};

/* The type called NAME in a report's header; -1 if there is none. */
int field_type_of(const char *name);
const char *field_type_name(enum field_type type);
/* The place of NAME among N fields; -1 if it is not there. */
int field_find(const struct field *f, size_t n, const char *name, size_t len);
/* Sets *e (64): WHAT names an unknown column; lists the known ones. Returns -1. */
int field_unknown(const struct field *f, size_t n, const char *what, const char *name,
    size_t len, struct err *e);
/* How a table shows it. */
struct column field_column(const struct field *f);
/* Order of two cells of one field: null last, text by bytes. As strcmp. */
int cell_cmp(const struct cell *a, const struct cell *b);

#endif
