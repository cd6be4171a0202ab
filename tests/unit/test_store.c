/* test_store - locks, transactions, customers and their links, tags, orders */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "intake/fact.h"
#include "store/customer.h"
#include "store/db.h"
#include "store/order.h"
#include "store/tag.h"
#include "store/ticket.h"

static void
check(int got, const struct err *e)
{
	if (got < 0)
		fail_msg("%s", e->msg);
}

static struct db *
open_memory(void)
{
	struct db *db;
	struct err e;

	check(db_open(&db, ":memory:", DB_CREATE, &e), &e);
	check(db_begin(db, &e), &e);
	return db;
}

DB_SQL(TEST_COUNT, "SELECT count(*) FROM account");
DB_SQL(TEST_ADD, "INSERT INTO account (channel, name) VALUES (:channel, :name)");

static int64_t
accounts(struct db *db)
{
	struct err e;
	int64_t n = -1;

	check(stmt_one(db_stmt(db, &TEST_COUNT, &e), &n, &e), &e);
	return n;
}

static void
add_account(struct db *db, const char *channel)
{
	struct stmt *s;
	struct err e;

	s = db_stmt(db, &TEST_ADD, &e);
	stmt_text(s, ":name", "");
	stmt_text(s, ":channel", channel);
	check(stmt_run(s, &e), &e);
}

static void
a_rollback_is_none_and_tells_the_caches(void **state)
{
	struct db *db = open_memory();
	uint64_t epoch = db_epoch(db);
	struct err e;

	(void)state;
	add_account(db, "sms");
	db_rollback(db);
	assert_int_not_equal(db_epoch(db), epoch);
	check(db_begin(db, &e), &e);
	assert_int_equal(accounts(db), 0);
	add_account(db, "sms");
	check(db_commit(db, &e), &e);
	assert_int_equal(accounts(db), 1);
	db_close(db);
}

static void
another_writer_is_noticed(void **state)
{
	char path[] = "/tmp/csr-store-XXXXXX", name[64];
	struct db *one, *two;
	uint64_t epoch;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof(name), "%s/csr.db", path);
	check(db_open(&one, name, DB_CREATE, &e), &e);
	check(db_open(&two, name, DB_WRITE, &e), &e);
	check(db_begin(one, &e), &e);
	check(db_commit(one, &e), &e);
	epoch = db_epoch(one);
	check(db_begin(one, &e), &e);
	add_account(one, "sms");
	check(db_commit(one, &e), &e);
	check(db_begin(one, &e), &e);
	assert_int_equal(db_epoch(one), epoch);
	check(db_commit(one, &e), &e);
	check(db_begin(two, &e), &e);
	add_account(two, "email");
	check(db_commit(two, &e), &e);
	check(db_begin(one, &e), &e);
	assert_int_not_equal(db_epoch(one), epoch);
	/* The lock is one for both: the second waits and then says so. */
	setenv("CSR_BUSY_MS", "20", 1);
	assert_int_equal(db_begin(two, &e), -1);
	assert_int_equal(e.code, ERR_BUSY);
	unsetenv("CSR_BUSY_MS");
	check(db_commit(one, &e), &e);
	db_close(one);
	db_close(two);
}

static int64_t
meet(struct customers *c, const struct fact_person *who)
{
	int64_t customer, root;
	struct err e;

	check(customers_resolve(c, who, 1, NULL, 1000, &customer, &root, &e), &e);
	return root;
}

static int
no_difference(struct db *db)
{
	struct err e;

	return customers_check_roots(db, 0, 0, false, NULL, NULL, &e);
}

static void
links_are_exact_and_reversible(void **state)
{
	struct db *db = open_memory();
	struct fact_person chat = { .id = "wmA" }, mail = { .email = "A@x.cn" };
	struct fact_person call = { .phone = "13800138000" };
	struct fact_person chat_mail = { .id = "wmA", .email = "a@X.CN" };
	struct fact_person mail_call = { .email = "a@x.cn", .phone = "+86 138 0013 8000" };
	struct customers c;
	bool linked;
	struct err e;

	(void)state;
	add_account(db, "wecom");
	customers_init(&c, db);
	check(customers_begin(&c, &e), &e);
	assert_int_equal(meet(&c, &chat), 1);
	assert_int_equal(meet(&c, &mail), 2);
	assert_int_equal(meet(&c, &call), 3);
	assert_int_equal(meet(&c, &mail_call), 2);
	assert_int_equal(customers_root(&c, 3, &e), 2);
	assert_int_equal(meet(&c, &chat_mail), 1);
	assert_int_equal(customers_root(&c, 3, &e), 1);
	/* Seen again together: nothing more to link. */
	assert_int_equal(meet(&c, &chat_mail), 1);
	check(customers_unlink(&c, 1, 2, "li", 2000, &e), &e);
	assert_int_equal(customers_root(&c, 1, &e), 1);
	assert_int_equal(customers_root(&c, 2, &e), 2);
	assert_int_equal(customers_root(&c, 3, &e), 2);
	assert_int_equal(customers_unlink(&c, 1, 2, "li", 2000, &e), -1);
	check(customers_link(&c, 3, 1, 0, "test", 3000, &linked, &e), &e);
	assert_true(linked);
	assert_int_equal(customers_root(&c, 2, &e), 1);
	assert_int_equal(no_difference(db), 0);
	customers_release(&c);
	check(db_commit(db, &e), &e);
	db_close(db);
}

static void
a_tag_is_proof_only_for_its_ticket(void **state)
{
	struct db *db = open_memory();
	char tag[TAG_SIZE], sign[20];
	struct err e;
	bool ok;

	(void)state;
	check(tag_check(db, 42, "0123456789abcdef", &ok, &e), &e);
	assert_false(ok);
	check(tag_make(db, 42, tag, &e), &e);
	assert_int_equal(strlen(tag), strlen("[CSR#42.0123456789abcdef]"));
	snprintf(sign, sizeof(sign), "%.16s", strchr(tag, '.') + 1);
	check(tag_check(db, 42, sign, &ok, &e), &e);
	assert_true(ok);
	check(tag_check(db, 43, sign, &ok, &e), &e);
	assert_false(ok);
	check(tag_check(db, 42, "0", &ok, &e), &e);
	assert_false(ok);
	db_close(db);
}

static void
an_order_is_one_row_in_its_last_state(void **state)
{
	struct db *db = open_memory();
	struct order_row row;
	struct fact f;
	struct err e;
	int64_t customer = 0;

	(void)state;
	add_account(db, "taobao");
	fact_init(&f);
	f.kind = FACT_ORDER;
	f.external_id = "2026100100000001";
	f.order.status = "已付款";
	f.order.amount_minor = 129900;
	check(order_put(db, &f, 1, 0, false, &row, &e), &e);
	assert_int_equal(row.change, ORDER_NEW);
	assert_true(row.status_changed);
	check(order_put(db, &f, 1, 0, true, &row, &e), &e);
	assert_int_equal(row.change, ORDER_SAME);
	f.order.status = "交易成功";
	f.order.amount_minor = FACT_NO_MONEY;
	check(order_put(db, &f, 1, 0, false, &row, &e), &e);
	assert_int_equal(row.change, ORDER_CHANGED);
	check(order_set_status(db, f.external_id, "交易关闭", &customer, &e), &e);
	assert_int_equal(customer, 0);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rollback_is_none_and_tells_the_caches),
		cmocka_unit_test(another_writer_is_noticed),
		cmocka_unit_test(links_are_exact_and_reversible),
		cmocka_unit_test(a_tag_is_proof_only_for_its_ticket),
		cmocka_unit_test(an_order_is_one_row_in_its_last_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
