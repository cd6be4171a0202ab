/* erase_tables - what each table holds about a person, and how that goes.
 *
 * A table that holds something about persons has rows here, or is named as harmless: a unit
 * test holds both against the schema.  Figures (counts, times, scores, labels) and the ids
 * that tie rows together stay; so do order numbers, which are the shop's.
 */
#ifndef CSR_ERASE_TABLES_H
#define CSR_ERASE_TABLES_H

#include "store/db.h"
#include "store/holdings.h"

enum { ERASE_COLUMNS = 4 };

/* Rows that are the person's. */
struct erased {
	const char *table;
	enum holding by;		/* whose ids :id takes */
	const struct db_sql *sql;	/* may take :at and :root, too */
	const char *erases;		/* columns, for people */
};
extern const struct erased erase_tables[];	/* ended by a NULL table */
/* Tables without anything that tells who somebody is. */
extern const char *const erase_harmless[];	/* ended by NULL */

/* Columns where others may have written an address or number of theirs. */
struct swept {
	const char *table;
	const struct db_sql *read;	/* id, the columns, at last the thread or null */
	const struct db_sql *write;	/* :id, :c1 ... */
	int n;				/* columns */
	int key;			/* 1 ...: one that must stay unique; 0: none */
};
extern const struct swept erase_sweeps[];	/* ended by a NULL table */

#endif
