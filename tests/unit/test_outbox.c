/* test_outbox - what is to leave the desk is queued once */
#include "desk.h"

#include "store/outbox.h"

static int
setup(void **state)
{
	(void)state;
	desk_open();
	desk_customer(7, "Wang", NULL, NULL);
	desk_ticket((struct desk_ticket){ 42, 1, 7, 0, 0, "2026-11-20T10:00:00Z", NULL, NULL, NULL,
	    NULL });
	desk_commit();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_close(desk);
	return 0;
}

static const struct outbox_row row = { "k", "ack", OUTBOX_CUSTOMER, "email", "a@example.com",
	42, 7, "", "text", "{\"plan\":\"care\"}", 1000, 2000 };

static void
a_key_is_queued_once(void **state)
{
	struct outbox_row other = row;
	int64_t first, again, third;
	struct err e;

	(void)state;
	other.key = "k2";
	desk_begin();
	assert_int_equal(outbox_add(desk, &row, &first, &e), 1);
	assert_int_equal(outbox_add(desk, &row, &again, &e), 0);
	assert_int_equal(outbox_add(desk, &other, &third, &e), 1);
	desk_commit();
	assert_int_equal(first, again);
	assert_int_not_equal(first, third);
	assert_string_equal(desk_rows("SELECT key, state, subject, data FROM outbox ORDER BY id"),
	    "k|1||{\"plan\":\"care\"}\nk2|1||{\"plan\":\"care\"}");
}

static void
a_rolled_back_cause_leaves_no_effect(void **state)
{
	int64_t id;
	struct err e;

	(void)state;
	desk_begin();
	assert_int_equal(outbox_add(desk, &row, &id, &e), 1);
	db_rollback(desk);
	assert_string_equal(desk_rows("SELECT count(*) FROM outbox"), "0");
}

static void
what_waits_can_be_taken_back_once(void **state)
{
	int64_t id;
	struct err e;

	(void)state;
	desk_begin();
	assert_int_equal(outbox_add(desk, &row, &id, &e), 1);
	assert_int_equal(outbox_withdraw(desk, id, &e), 1);
	assert_int_equal(outbox_withdraw(desk, id, &e), 0);
	desk_commit();
	assert_string_equal(desk_rows("SELECT state FROM outbox"), "5");
}

static void
prints_as_a_record(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	outbox_print(&row, 5, NULL, NULL, &out);
	assert_string_equal(buf_cstr(&out), "{\"kind\":\"outbox\",\"id\":5,\"key\":\"k\","
	    "\"purpose\":\"ack\",\"audience\":\"customer\",\"channel\":\"email\","
	    "\"to\":\"a@example.com\",\"ticket\":42,\"customer\":7,\"text\":\"text\","
	    "\"data\":{\"plan\":\"care\"},\"at\":\"1970-01-01T00:00:01+00:00\","
	    "\"not_before\":\"1970-01-01T00:00:02+00:00\"}\n");
	buf_release(&out);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_key_is_queued_once),
		T(a_rolled_back_cause_leaves_no_effect),
		T(what_waits_can_be_taken_back_once),
		T(prints_as_a_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
