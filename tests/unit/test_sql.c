/* test_sql - every statement of the library against a fresh schema */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/db.h"
#include "store/dump.h"

static struct db *
fresh(void)
{
	struct db *db;
	struct err e;

	if (db_open(&db, ":memory:", DB_CREATE, &e) < 0)
		fail_msg("%s", e.msg);
	return db;
}

static void
every_statement_prepares(void **state)
{
	struct db *db = fresh();
	const struct db_sql *sql;
	struct err e;
	size_t n, i;

	(void)state;
	sql = db_all_sql(&n);
	assert_true(n > 50);
	for (i = 0; i < n; i++)
		if (db_stmt(db, &sql[i], &e) == NULL)
			fail_msg("%s: %s", sql[i].name, e.msg);
	db_close(db);
}

static void
dump_knows_every_column(void **state)
{
	struct db *db = fresh();
	const struct db_sql *one, *put;
	const char *table;
	struct err e;
	size_t t;
	int i;

	(void)state;
	for (t = 0; (table = dump_table(t, &one, &put)) != NULL; t++) {
		struct stmt *s = db_stmt(db, one, &e), *p = db_stmt(db, put, &e);

		for (i = 0; i < stmt_cols(s); i++) {
			char name[80];

			snprintf(name, sizeof(name), ":%s", stmt_col_name(s, i));
			if (!stmt_has(p, name))
				fail_msg("%s: dump does not load %s", table, name);
		}
	}
	db_close(db);
}

static void
dump_knows_every_table(void **state)
{
	struct db *db = fresh();
	const struct db_sql *one, *put;
	struct stmt *s;
	struct err e;

	(void)state;
	assert_int_equal(db_query(db, "tables", "SELECT name FROM sqlite_schema "
	    "WHERE type = 'table' AND name NOT IN ('secret', 'article_index')", &s, &e), 0);
	while (stmt_step(s, &e) > 0) {
		const char *name = stmt_col_text(s, 0), *table;
		size_t t;

		for (t = 0; (table = dump_table(t, &one, &put)) != NULL; t++)
			if (strcmp(table, name) == 0)
				break;
		if (table == NULL)
			fail_msg("table %s is not dumped", name);
	}
	stmt_free(s);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_prepares),
		cmocka_unit_test(dump_knows_every_column),
		cmocka_unit_test(dump_knows_every_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
