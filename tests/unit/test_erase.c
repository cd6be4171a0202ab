/* test_erase - no table is forgotten, no needle missed */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/db.h"
#include "store/dump.h"
#include "store/dump_person.h"
#include "store/erase_needle.h"
#include "store/erase_tables.h"

static int
times_erased(const char *table)
{
	const struct erased *t;
	int n = 0;

	for (t = erase_tables; t->table != NULL; t++)
		n += strcmp(t->table, table) == 0;
	return n;
}

/* Known by the words in it alone. */
static int
is_swept(const char *table)
{
	const struct swept *w;

	for (w = erase_sweeps; w->table != NULL; w++)
		if (strcmp(w->table, table) == 0)
			return 1;
	return 0;
}

static int
is_harmless(const char *table)
{
	size_t i;

	for (i = 0; erase_harmless[i] != NULL; i++)
		if (strcmp(erase_harmless[i], table) == 0)
			return 1;
	return 0;
}

static int
is_exported(const char *table)
{
	size_t i;

	for (i = 0; dump_person_table(i) != NULL; i++)
		if (strcmp(dump_person_table(i), table) == 0)
			return 1;
	return 0;
}

/* A new table says here what it holds: see erase_tables.h. */
static void
every_table_is_erased_or_harmless(void **state)
{
	struct db *db;
	struct stmt *s;
	struct err e;
	int n = 0;

	(void)state;
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &e), 0);
	assert_int_equal(db_query(db, "tables", "SELECT name FROM sqlite_schema "
	    "WHERE type = 'table'", &s, &e), 0);
	for (; stmt_step(s, &e) > 0; n++) {
		const char *table = stmt_col_text(s, 0);

		if (times_erased(table) == 0 && !is_swept(table) && !is_harmless(table))
			fail_msg("table %s: neither in erase_tables nor in erase_harmless "
			    "(lib/store/erase_tables.c)", table);
		if (times_erased(table) > 0 && is_harmless(table))
			fail_msg("table %s is both erased and harmless", table);
		if (times_erased(table) > 0 && !is_exported(table))
			fail_msg("table %s is erased, but not in lib/store/dump_person.c", table);
	}
	assert_true(n > 30);
	stmt_free(s);
	db_close(db);
}

/* What points to a person, a message or a ticket belongs to the person's bundle. */
static void
every_table_about_somebody_is_exported(void **state)
{
	static const char *const apart[] = { "conflict", "apart", NULL };	/* of two people */
	const struct db_sql *one, *put;
	const char *table;
	struct db *db;
	struct err e;
	size_t t, k;
	int i;

	(void)state;
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &e), 0);
	for (t = 0; (table = dump_table(t, &one, &put)) != NULL; t++) {
		struct stmt *s = db_stmt(db, one, &e);
		bool about = false, exempt = false;

		for (i = 0; i < stmt_cols(s); i++)
			about |= strcmp(stmt_col_name(s, i), "customer") == 0 ||
			    strcmp(stmt_col_name(s, i), "message") == 0 ||
			    strcmp(stmt_col_name(s, i), "ticket") == 0;
		for (k = 0; apart[k] != NULL; k++)
			exempt |= strcmp(apart[k], table) == 0;
		if (about && !exempt && !is_exported(table))
			fail_msg("table %s is not in lib/store/dump_person.c", table);
	}
	db_close(db);
}

static void
needles_are_found_and_blanked(void **state)
{
	static const struct {
		enum needle_kind kind;
		const char *needle, *text;
		bool names;
		const char *want;	/* NULL: not there */
	} rows[] = {
		{ NEEDLE_DIGITS, "13900007261", "电话 13900007261。", false, "电话 ***。" },
		{ NEEDLE_DIGITS, "13900007261", "139 0000-7261, +86 139 0000 7261", false, "***, +86 ***" },
		{ NEEDLE_DIGITS, "13900007261", "1390000 7262 72617261", false, NULL },
		{ NEEDLE_DIGITS, "13900007261", "7261", false, NULL },
		{ NEEDLE_DIGITS, "13900007261", "", false, NULL },
		{ NEEDLE_WORD, "wmYT7261", "{\"to\":[\"wmYT7261\",\"lisi\"]}", false, "{\"to\":[\"***\",\"lisi\"]}" },
		{ NEEDLE_WORD, "a@x.example", "from a@x.example to b@x.example", false, "from *** to b@x.example" },
		{ NEEDLE_NAME, "王雨桐", "@王雨桐 您好", true, "@*** 您好" },
		{ NEEDLE_NAME, "王雨桐", "@王雨桐 您好", false, NULL },
		{ NEEDLE_WORD, "wm1", "wm1 is too short to tell anybody", false, NULL },
		{ NEEDLE_WORD, "erased:17", "erased:17", false, NULL },
		{ NEEDLE_FILE, "0123456789abcdef", "0123456789abcdef", false, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct needles n = { .text = ARENA_INIT };
		struct buf out = BUF_INIT;
		size_t len = strlen(rows[i].text);

		needles_add(&n, rows[i].kind, rows[i].needle);
		if (needles_in(&n, rows[i].text, len, rows[i].names) != (rows[i].want != NULL))
			fail_msg("row %zu: %s", i, rows[i].text);
		needles_blank(&n, rows[i].text, len, rows[i].names, &out);
		assert_string_equal(buf_cstr(&out), rows[i].want != NULL ? rows[i].want : rows[i].text);
		if (rows[i].kind == NEEDLE_FILE)
			assert_true(n.v[0].seen);
		buf_release(&out);
		needles_release(&n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_table_is_erased_or_harmless),
		cmocka_unit_test(every_table_about_somebody_is_exported),
		cmocka_unit_test(needles_are_found_and_blanked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
