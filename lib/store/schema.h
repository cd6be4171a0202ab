/* schema - the migrations of share/schema, embedded by the build.
 *
 * Number N brings the database from version N-1 to N, in one transaction.
 */
#ifndef CSR_SCHEMA_H
#define CSR_SCHEMA_H

struct migration {
	const char *name;	/* "0001-desk.sql"; NULL ends the table */
	const char *sql;
};

extern const struct migration migrations[];

#endif
