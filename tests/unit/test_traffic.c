/* test_traffic - messages counted by quarters of an hour */
#include "desk.h"
#include "store/traffic.h"

DB_SQL(TEST_SAID, "INSERT INTO message (account, external_id, thread, direction, automatic, "
    "at, text) VALUES (:account, :external_id, 1, :direction, :automatic, :at, '')");
DB_SQL(TEST_TRAFFIC, "SELECT quarter_at, account, direction, automatic, n FROM traffic "
    "ORDER BY quarter_at, account, direction, automatic");
DB_SQL(TEST_SPOIL, "UPDATE traffic SET n = n + 1 WHERE account = 1");
DB_SQL(TEST_INVENT, "INSERT INTO traffic VALUES (900000, 2, 1, 0, 5)");

enum { QUARTER = TM_QUARTER_MS };

static int
setup(void **state)
{
	struct stmt *s;

	(void)state;
	desk_open();
	s = desk_stmt(&DESK_THREAD);
	stmt_int(s, ":id", 1);
	stmt_int(s, ":account", 1);
	stmt_text(s, ":name", "t");
	desk_do(s);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_close(desk);
	return 0;
}

static const struct said {
	int64_t at;
	int64_t account;
	int direction;
	bool automatic;
	int64_t quarter_at;
} said[] = {
	{ -QUARTER - 1, 1, 1, false, -2 * QUARTER },
	{ -QUARTER, 1, 1, false, -QUARTER },
	{ -1, 1, 1, false, -QUARTER },
	{ 0, 1, 1, false, 0 },
	{ QUARTER - 1, 1, 1, false, 0 },
	{ QUARTER - 1, 1, 1, true, 0 },
	{ QUARTER - 1, 1, 2, false, 0 },
	{ QUARTER - 1, 2, 1, false, 0 },
	{ QUARTER, 2, 1, false, QUARTER },
};
enum { SAID = sizeof(said) / sizeof(said[0]) };

static void
say(int i)
{
	struct stmt *s = desk_stmt(&TEST_SAID);
	char id[16];

	snprintf(id, sizeof(id), "m%d", i);
	stmt_int(s, ":account", said[i].account);
	stmt_text(s, ":external_id", id);
	stmt_int(s, ":direction", said[i].direction);
	stmt_int(s, ":automatic", said[i].automatic);
	stmt_int(s, ":at", said[i].at);
	desk_do(s);
}

/* The table as one text: "quarter account direction automatic n" a row. */
static const char *
table(void)
{
	static char text[1024];
	struct stmt *s = desk_stmt(&TEST_TRAFFIC);
	size_t len = 0;
	struct err e;

	text[0] = '\0';
	while (stmt_step(s, &e) > 0)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%lld %lld %lld %lld %lld\n",
		    (long long)(stmt_col_int(s, 0) / QUARTER), (long long)stmt_col_int(s, 1),
		    (long long)stmt_col_int(s, 2), (long long)stmt_col_int(s, 3),
		    (long long)stmt_col_int(s, 4));
	return text;
}

static void
count(struct traffic *t, int from, int to)
{
	int i;

	for (i = from; i < to; i++)
		traffic_count(t, said[i].at, said[i].account, said[i].direction,
		    said[i].automatic);
}

static void
write_out(struct traffic *t)
{
	struct err e;

	if (traffic_flush(t, desk, &e) < 0)
		fail_msg("%s", e.msg);
}

#define ALL_SAID "-2 1 1 0 1\n-1 1 1 0 2\n0 1 1 0 2\n0 1 1 1 1\n0 1 2 0 1\n0 2 1 0 1\n1 2 1 0 1\n"

static void
each_message_counts_in_its_quarter(void **state)
{
	struct traffic t = TRAFFIC_INIT;

	(void)state;
	count(&t, 0, SAID);
	write_out(&t);
	assert_string_equal(table(), ALL_SAID);
	traffic_release(&t);
}

static void
batches_add_up(void **state)
{
	struct traffic t = TRAFFIC_INIT;

	(void)state;
	count(&t, 0, 4);
	write_out(&t);
	traffic_begin(&t);
	count(&t, 4, SAID);
	write_out(&t);
	assert_string_equal(table(), ALL_SAID);
	traffic_release(&t);
}

static void
a_batch_that_is_given_up_counts_nothing(void **state)
{
	struct traffic t = TRAFFIC_INIT;

	(void)state;
	count(&t, 0, 4);
	traffic_begin(&t);
	write_out(&t);
	assert_string_equal(table(), "");
	traffic_release(&t);
}

static void
tell(void *ctx, int64_t quarter_at, const char *what)
{
	buf_fmt(ctx, "%lld %s\n", (long long)(quarter_at / QUARTER), what);
}

static const char *
differences(struct buf *b, bool fix)
{
	struct err e;

	buf_clear(b);
	if (traffic_check(desk, fix, tell, b, &e) < 0)
		fail_msg("%s", e.msg);
	return buf_cstr(b);
}

static void
check_counts_the_messages_again(void **state)
{
	struct traffic t = TRAFFIC_INIT;
	struct buf b = BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < SAID; i++)
		say(i);
	assert_string_not_equal(differences(&b, false), "");
	count(&t, 0, SAID);
	write_out(&t);
	assert_string_equal(differences(&b, false), "");
	desk_do(desk_stmt(&TEST_SPOIL));
	assert_string_equal(differences(&b, true),
	    "-2 account 1, direction 1, automatic 0: its n is 2, its messages are 1\n"
	    "-1 account 1, direction 1, automatic 0: its n is 3, its messages are 2\n"
	    "0 account 1, direction 1, automatic 0: its n is 3, its messages are 2\n"
	    "0 account 1, direction 1, automatic 1: its n is 2, its messages are 1\n"
	    "0 account 1, direction 2, automatic 0: its n is 2, its messages are 1\n");
	assert_string_equal(table(), ALL_SAID);
	buf_release(&b);
	traffic_release(&t);
}

static void
check_takes_out_what_nobody_said(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	desk_do(desk_stmt(&TEST_INVENT));
	assert_string_equal(differences(&b, true),
	    "1 account 2, direction 1, automatic 0: its n is 5, its messages are 0\n");
	assert_string_equal(table(), "");
	buf_release(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(each_message_counts_in_its_quarter),
		T(batches_add_up),
		T(a_batch_that_is_given_up_counts_nothing),
		T(check_counts_the_messages_again),
		T(check_takes_out_what_nobody_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
