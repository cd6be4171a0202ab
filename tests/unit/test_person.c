/* test_person - who is whom: what links, what does not, and what undoes it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/consent.h"
#include "store/customer.h"
#include "store/customer_more.h"
#include "store/db.h"
#include "store/entitlement.h"
#include "store/preference.h"

static void
check(int got, const struct err *e)
{
	if (got < 0)
		fail_msg("%s", e->msg);
}

DB_SQL(PERSON_ACCOUNT, "INSERT INTO account (channel, name) VALUES (:channel, '')");
DB_SQL(PERSON_CONFLICTS, "SELECT count(*) FROM conflict");

/* A database with two accounts, 1 and 2, in a write transaction. */
static struct db *
desk(struct customers *c)
{
	static const char *const channels[] = { "wecom", "phone" };
	struct db *db;
	struct stmt *s;
	struct err e;
	int i;

	check(db_open(&db, ":memory:", DB_CREATE, &e), &e);
	check(db_begin(db, &e), &e);
	for (i = 0; i < 2; i++) {
		s = db_stmt(db, &PERSON_ACCOUNT, &e);
		stmt_text(s, ":channel", channels[i]);
		check(stmt_run(s, &e), &e);
	}
	customers_init(c, db);
	check(customers_begin(c, &e), &e);
	return db;
}

static void
on_line(void *ctx, const char *line)
{
	(void)ctx;
	fail_msg("%s", line);
}

static void
leave(struct customers *c, struct db *db)
{
	struct err e;

	check(check_all(db, false, on_line, NULL, &e), &e);
	customers_release(c);
	check(db_commit(db, &e), &e);
	db_close(db);
}

static int64_t
meet(struct customers *c, const struct fact_person *who, const char *fallback)
{
	int64_t customer, root;
	struct err e;

	check(customers_resolve(c, who, 1, fallback, 1000, &customer, &root, &e), &e);
	return root;
}

/* One after the other; `want` is the root each is found to be. */
struct sighting {
	struct fact_person who;
	int64_t want;
};

static void
see(const char *what, const struct sighting *v, size_t n, int64_t conflicts)
{
	struct customers c;
	struct db *db = desk(&c);
	struct err e;
	int64_t got;
	size_t i;

	for (i = 0; i < n; i++) {
		got = meet(&c, &v[i].who, NULL);
		if (got != v[i].want)
			fail_msg("%s: sighting %zu is %lld, not %lld", what, i + 1, (long long)got,
			    (long long)v[i].want);
	}
	check(stmt_one(db_stmt(db, &PERSON_CONFLICTS, &e), &got, &e), &e);
	if (got != conflicts)
		fail_msg("%s: %lld conflicts, not %lld", what, (long long)got, (long long)conflicts);
	leave(&c, db);
}
#define SEE(what, conflicts, ...) do {						\
	static const struct sighting v[] = { __VA_ARGS__ };			\
	see(what, v, sizeof(v) / sizeof(*v), conflicts);			\
} while (0)

static void
what_links(void **state)
{
	(void)state;
	SEE("every way to write a telephone is one", 0,
	    { { .phone = "13800138000" }, 1 }, { { .phone = "+86 138-0013-8000" }, 1 },
	    { { .phone = "１３８００１３８０００" }, 1 }, { { .phone = "一三八零零一三八零零零" }, 1 },
	    { { .id = "0086 138 0013 8000" }, 1 }, { { .phone = "王女士13800138000" }, 1 });
	SEE("every way to write an address is one", 0,
	    { { .email = "Wang@Mail.example" }, 1 }, { { .id = "<wang@mail.example>" }, 1 },
	    { { .email = "ｗａｎｇ＠mail.example" }, 1 }, { { .email = "w.ang@mail.example" }, 2 });
	SEE("two numbers in a cell are one person's", 0,
	    { { .phone = "13800138000" }, 1 }, { { .phone = "13900139000" }, 2 },
	    { { .phone = "13800138000/13900139000" }, 1 }, { { .phone = "13900139000" }, 1 });
	SEE("a member number is read with care", 0,
	    { { .member = "qh 10023" }, 1 }, { { .member = "ＱＨ１００２３" }, 1 });
	SEE("one chat account, a phone, a mail: all shown together are one", 0,
	    { { .id = "wmA" }, 1 }, { { .phone = "13800138000" }, 2 }, { { .email = "a@x.example" }, 3 },
	    { { .id = "wmA", .phone = "13800138000", .email = "a@x.example" }, 1 },
	    { { .email = "a@x.example" }, 1 });
}

static void
what_does_not_link(void **state)
{
	(void)state;
	SEE("two member numbers are two people, and their telephone nobody's", 1,
	    { { .member = "M1", .phone = "13800138000", .name = "王雨桐" }, 1 },
	    { { .member = "M2", .phone = "13800138000", .name = "李伟" }, 2 },
	    { { .id = "wmX", .phone = "13800138000" }, 3 },
	    { { .phone = "13800138000", .name = "李伟" }, 2 },
	    { { .phone = "13800138000", .name = "王雨桐" }, 1 },
	    { { .phone = "13800138000" }, 4 }, { { .phone = "13800138000" }, 4 },
	    { { .phone = "13800138000", .name = "赵敏" }, 5 });
	SEE("numbers of two programmes do not contradict each other", 0,
	    { { .member = "CA:1", .phone = "13800138000" }, 1 },
	    { { .member = "MU:7", .phone = "13800138000" }, 1 }, { { .member = "MU:7" }, 1 });
	SEE("a switchboard makes its callers nobody", 0,
	    { { .id = "wmA", .phone = "010-65551234", .name = "张三" }, 1 },
	    { { .id = "wmB", .phone = "010-65551234", .name = "李四" }, 2 },
	    { { .phone = "010-65551234" }, 3 }, { { .phone = "010-65551234", .name = "李四" }, 2 },
	    { { .phone = "(010) 6555 1234", .name = "王五" }, 4 },
	    { { .phone = "010-65551234", .name = "王五" }, 4 }, { { .phone = "010-65551234" }, 3 });
	SEE("an extension is a telephone of its own", 0,
	    { { .phone = "010-65551234转801" }, 1 }, { { .phone = "010-65551234-802" }, 2 },
	    { { .phone = "010-65551234 ext. 801" }, 1 });
	SEE("two of one name at one switchboard: neither", 0,
	    { { .id = "wmA", .phone = "010-65551234", .name = "张伟" }, 1 },
	    { { .id = "wmB", .phone = "010-65551234", .name = "张伟" }, 2 },
	    { { .phone = "010-65551234", .name = "张伟" }, 3 }, { { .phone = "010-65551234", .name = "張偉" }, 3 });
	SEE("a role mailbox is an office", 0,
	    { { .email = "service@acme.example", .name = "Acme 张" }, 1 },
	    { { .email = "service@acme.example", .name = "Acme 李" }, 2 },
	    { { .id = "wmA", .email = "Service@Acme.example" }, 3 });
	SEE("a masked number tells nobody apart but by name", 0,
	    { { .phone = "138****8000", .name = "王" }, 1 }, { { .phone = "138****8000", .name = "李" }, 2 },
	    { { .phone = "138****8000", .name = "王" }, 1 });
	SEE("nobody is nobody", 0,
	    { { .phone = "anonymous" }, 0 }, { { .id = "未知" }, 0 }, { { .id = "guest", .name = "游客" }, 0 },
	    { { .phone = "00000000" }, 0 });
	SEE("a chat account shown with two members stays whose it was", 1,
	    { { .id = "wmA", .member = "M1" }, 1 }, { { .id = "wmA", .member = "M2" }, 2 },
	    { { .id = "wmA" }, 1 });
}

static void
unlinking_is_exact_and_stays(void **state)
{
	struct fact_person chat = { .id = "wmA" }, both = { .id = "wmA", .phone = "13800138000" };
	struct fact_person phone = { .phone = "13800138000" }, mail = { .email = "a@x.example" };
	struct fact_person phone_mail = { .phone = "13800138000", .email = "a@x.example" };
	struct customers c;
	struct db *db = desk(&c);
	bool linked, apart;
	struct err e;

	(void)state;
	meet(&c, &chat, NULL);
	meet(&c, &phone, NULL);
	meet(&c, &mail, NULL);
	assert_int_equal(meet(&c, &both, NULL), 1);
	assert_int_equal(meet(&c, &phone_mail, NULL), 1);
	/* 1 - 2 - 3: not direct, and the message says how. */
	assert_int_equal(customers_unlink(&c, 1, 3, "li", 2000, &e), -1);
	assert_non_null(strstr(e.msg, "1 - 2 - 3"));
	check(customers_unlink(&c, 2, 1, "li", 2000, &e), &e);
	assert_int_equal(customers_root(&c, 1, &e), 1);
	assert_int_equal(customers_root(&c, 2, &e), 2);
	assert_int_equal(customers_root(&c, 3, &e), 2);
	/* The same proof does not link what a person took apart. */
	assert_int_equal(meet(&c, &both, NULL), 1);
	assert_int_equal(meet(&c, &phone, NULL), 2);
	check(customers_apart(db, 1, 2, &apart, &e), &e);
	assert_true(apart);
	/* A person may link them after all: by any of the group. */
	check(customers_link(&c, 3, 1, 0, "li", 3000, &linked, &e), &e);
	assert_true(linked);
	assert_int_equal(customers_root(&c, 3, &e), 1);
	check(customers_link(&c, 1, 2, 0, "li", 3000, &linked, &e), &e);
	assert_false(linked);
	assert_int_equal(customers_link(&c, 1, 1, 0, "li", 3000, &linked, &e), -1);
	assert_int_equal(customers_keep_apart(&c, 1, 2, "li", 3000, &e), -1);
	leave(&c, db);
}

static void
groups_that_hold_two_are_not_linked(void **state)
{
	struct fact_person a = { .id = "wmA" }, b = { .id = "wmB" }, x = { .phone = "13800138000" };
	struct fact_person ax = { .id = "wmA", .phone = "13800138000" };
	struct fact_person bx = { .id = "wmB", .phone = "13800138000" };
	struct customers c;
	struct db *db = desk(&c);
	struct err e;

	(void)state;
	meet(&c, &a, NULL);
	meet(&c, &b, NULL);
	meet(&c, &x, NULL);
	check(customers_keep_apart(&c, 1, 2, "li", 2000, &e), &e);
	check(customers_keep_apart(&c, 2, 1, "li", 2000, &e), &e);
	assert_int_equal(meet(&c, &ax, NULL), 1);
	assert_int_equal(meet(&c, &bx, NULL), 2);
	assert_int_equal(customers_root(&c, 3, &e), 1);
	leave(&c, db);
}

static void
every_id_leads_to_its_person(void **state)
{
	struct customers c;
	struct db *db = desk(&c);
	char id[16];
	struct fact_person who = { .id = id };
	struct err e;
	bool linked;
	int i;

	(void)state;
	for (i = 1; i <= 50; i++) {
		snprintf(id, sizeof(id), "wm%d", i);
		assert_int_equal(meet(&c, &who, NULL), i);
	}
	for (i = 50; i > 1; i--)
		check(customers_link(&c, i, i - 1, 0, "li", 2000, &linked, &e), &e);
	for (i = 1; i <= 50; i++)
		assert_int_equal(customers_root(&c, i, &e), 1);
	check(customers_unlink(&c, 25, 26, "li", 3000, &e), &e);
	for (i = 1; i <= 50; i++)
		assert_int_equal(customers_root(&c, i, &e), i <= 25 ? 1 : 26);
	leave(&c, db);
}

static void
what_lists_say_is_taken(void **state)
{
	static const char extra[] = "{\"birthday\":\"1990/5/1\",\"level\":\"old\","
	    "\"membership\":{\"number\":\"qh 1\",\"level\":\"金卡\",\"expires\":\"2026-12-31\"},"
	    "\"consent\":[{\"channel\":\"sms\",\"purpose\":\"marketing\",\"given\":true}],"
	    "\"prefer\":{\"channel\":[\"WeCom\",\"email\"],\"mute\":true,\"language\":\"en\",\"seat\":\"A\"}}";
	struct fact_person who = { .id = "wmA", .member = "QH1" };
	struct customer_more m;
	struct customers c;
	struct db *db = desk(&c);
	enum consent_word word;
	char value[PREFERENCE_SIZE];
	bool changed = false;
	struct err e;

	(void)state;
	meet(&c, &who, NULL);
	customer_more_read(&m, extra);
	assert_string_equal(m.birthday, "1990-05-01");
	assert_string_equal(m.number, "QH1");
	assert_string_equal(m.language, "en");
	assert_string_equal(m.rest, "{\"level\":\"old\"}");
	check(customer_more_store(&m, db, 1, "list.csv", 5000, &changed, &e), &e);
	assert_true(changed);
	changed = false;
	check(customer_more_store(&m, db, 1, "list.csv", 6000, &changed, &e), &e);
	assert_false(changed);
	customer_more_release(&m);
	check(consent_ask(db, 1, "sms", "marketing", &word, &e), &e);
	assert_int_equal(word, CONSENT_GIVEN);
	check(consent_ask(db, 1, "email", "marketing", &word, &e), &e);
	assert_int_equal(word, CONSENT_UNKNOWN);
	assert_int_equal(preference_get(db, 1, "channel", value, &e), 1);
	assert_string_equal(value, "wecom email");
	assert_int_equal(preference_get(db, 1, "mute", value, &e), 1);
	assert_string_equal(value, "yes");
	/* What is not understood stays where it was. */
	customer_more_read(&m, "{\"birthday\":\"农历八月十五\"}");
	assert_string_equal(m.rest, "{\"birthday\":\"农历八月十五\"}");
	customer_more_release(&m);
	customer_more_read(&m, NULL);
	assert_null(m.rest);
	customer_more_release(&m);
	leave(&c, db);
}

static void
the_last_word_on_consent_holds(void **state)
{
	static const struct {
		const char *channel, *purpose;
		bool given;
		int64_t at;
	} said[] = { { "", "marketing", true, 10 }, { "sms", "marketing", false, 20 },
		{ "email", "", false, 30 }, { "email", "marketing", true, 40 } };
	static const struct {
		const char *channel, *purpose;
		enum consent_word want;
	} rows[] = {
		{ "wecom", "marketing", CONSENT_GIVEN }, { "sms", "marketing", CONSENT_REFUSED },
		{ "email", "survey", CONSENT_REFUSED }, { "email", "marketing", CONSENT_GIVEN },
		{ "wecom", "survey", CONSENT_UNKNOWN },
	};
	struct fact_person who = { .id = "wmA" };
	struct customers c;
	struct db *db = desk(&c);
	enum consent_word word;
	struct err e;
	size_t i;
	bool added;

	(void)state;
	meet(&c, &who, NULL);
	for (i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct consent n = { .customer = 1, .channel = said[i].channel,
			.purpose = said[i].purpose, .given = said[i].given, .at = said[i].at,
			.source = "form", .actor = "li" };

		check(consent_add(db, &n, &added, &e), &e);
		assert_true(added);
		check(consent_add(db, &n, &added, &e), &e);
		assert_false(added);
	}
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		check(consent_ask(db, 1, rows[i].channel, rows[i].purpose, &word, &e), &e);
		if (word != rows[i].want)
			fail_msg("%s %s is %d", rows[i].channel, rows[i].purpose, (int)word);
	}
	leave(&c, db);
}

static void
a_benefit_is_used_as_often_as_it_was_given(void **state)
{
	struct entitlement t = { .customer = 1, .name = "lounge", .reference = "gold-2026",
		.quantity = 2, .expires_at = 9000, .at = 10, .actor = "li" };
	struct fact_person who = { .id = "wmA" };
	struct customers c;
	struct db *db = desk(&c);
	bool added, counted;
	int64_t id, again;
	struct err e;

	(void)state;
	meet(&c, &who, NULL);
	check(entitlement_add(db, &t, &id, &added, &e), &e);
	assert_true(added);
	check(entitlement_add(db, &t, &again, &added, &e), &e);
	assert_false(added);
	assert_int_equal(id, again);
	check(entitlement_use(db, id, "order-1", "li", 100, &counted, &e), &e);
	assert_true(counted);
	check(entitlement_use(db, id, "order-1", "li", 100, &counted, &e), &e);
	assert_false(counted);
	assert_int_equal(entitlement_use(db, id, NULL, "li", 9000, &counted, &e), -1);
	check(entitlement_use(db, id, NULL, "li", 200, &counted, &e), &e);
	assert_int_equal(entitlement_use(db, id, NULL, "li", 300, &counted, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	assert_int_equal(entitlement_use(db, 99, NULL, "li", 300, &counted, &e), -1);
	leave(&c, db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_links),
		cmocka_unit_test(what_does_not_link),
		cmocka_unit_test(unlinking_is_exact_and_stays),
		cmocka_unit_test(groups_that_hold_two_are_not_linked),
		cmocka_unit_test(every_id_leads_to_its_person),
		cmocka_unit_test(what_lists_say_is_taken),
		cmocka_unit_test(the_last_word_on_consent_holds),
		cmocka_unit_test(a_benefit_is_used_as_often_as_it_was_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
