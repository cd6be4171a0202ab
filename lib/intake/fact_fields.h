/* fact_fields - the JSON names of struct fact's members, for its reader and its printer.
 *
 * One table a kind, so that a field is spelled once.  Not for other folders.
 */
#ifndef CSR_FACT_FIELDS_H
#define CSR_FACT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "intake/fact.h"

enum fact_field_type {
	FIELD_TEXT,	/* const char * */
	FIELD_TIME,	/* int64_t, FACT_NO_TIME when absent */
	FIELD_MONEY,	/* int64_t, FACT_NO_MONEY when absent */
	FIELD_COUNT,	/* int64_t, 0 when absent */
	FIELD_SPAN,	/* int64_t, FACT_NO_SPAN when absent */
	FIELD_FLAG,	/* bool */
	FIELD_LIST,	/* const char *const *, its length at n_at */
	FIELD_FIGURES	/* const struct fact_figure *, its length at n_at */
};

struct fact_field {
	const char *key;	/* NULL ends a table */
	enum fact_field_type type;
	size_t at, n_at;	/* offsets within the struct */
};

extern const struct fact_field fact_head[];		/* of struct fact, all kinds */
extern const struct fact_field fact_person_fields[];	/* of struct fact_person */
/* Of struct fact, beside the head, the persons, the direction and extra. */
const struct fact_field *fact_fields(enum fact_kind kind);

/* By enum fact_kind (message is 1), fact_direction, fact_role; "" at 0. */
enum { FACT_KINDS_READ = FACT_METRIC + 1 };	/* those JSON Lines are read as */
extern const char *const fact_kinds[FACT_RESPONSE + 1];
extern const char *const fact_directions[4];
extern const char *const fact_roles[4];

/* The index of WORD in WORDS[1 .. N-1], 0 when it is none of them or NULL. */
int fact_word(const char *word, const char *const *words, int n);
/* True for top-level names that are neither fields of a table nor extra. */
bool fact_is_passing(const char *key);
/* Sets the direction (WORD, NULL when not stated) and makes FROM the customer or ours by
 * it. False when WORD is no direction. */
bool fact_direct(struct fact *f, const char *word, const struct fact_person *from);

#endif
