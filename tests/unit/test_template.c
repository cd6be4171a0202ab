/* test_template - {{names}} filled in, and every way a template can be wrong */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "text/template.h"

static const struct template_field fields[] = {
	{ "customer", "王女士" },
	{ "ticket", "42" },
	{ "subject", "退票\r\nBcc: all@example.com" },
	{ "agent", NULL },
	{ "queue", "" },
	{ "braces", "{{ticket}}" },
	{ NULL, NULL }
};

static void
fills(void **state)
{
	static const struct {
		const char *text, *subject, *body;
	} cases[] = {
		{ "Hello", "", "Hello" },
		{ "{{customer}}您好", "", "王女士您好" },
		{ "{{ ticket }}{{ticket}}", "", "4242" },
		{ "a {{agent|our desk}} b", "", "a our desk b" },
		{ "{{queue|}}.", "", "." },
		{ "{{ticket|none}}", "", "42" },
		{ "{{braces}}", "", "{{ticket}}" },
		{ "one { two } }} three", "", "one { two } }} three" },
		{ "Subject: [{{ticket}}] news\n\nText\n\n", "[42] news", "Text" },
		{ "Subject: {{subject}}\n\nx", "退票  Bcc: all@example.com", "x" },
		{ "\xef\xbb\xbfSubject: a\r\n\r\nb\r\nc\r\n", "a", "b\r\nc" },
		{ "A line\nSubject: of the text", "", "A line\nSubject: of the text" },
	};
	struct template t;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf subject = BUF_INIT, body = BUF_INIT;

		assert_int_equal(template_parse(&t, "t", cases[i].text, fields, &e), 0);
		assert_int_equal(template_fill(&t, fields, &subject, &body, &e), 0);
		assert_string_equal(buf_cstr(&subject), cases[i].subject);
		assert_string_equal(buf_cstr(&body), cases[i].body);
		buf_release(&subject);
		buf_release(&body);
		template_release(&t);
	}
}

static void
refuses(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "{{custmer}}", "t:1: unknown name {{custmer}}" },
		{ "one\ntwo {{nobody|x}}", "t:2: unknown name {{nobody}}" },
		{ "Subject: {{x}}\n\nok", "t:1: unknown name {{x}}" },
		{ "Subject: a\n\n\nb {{y}}", "t:4: unknown name {{y}}" },
		{ "a\n{{ticket", "t:2: \"{{\" without \"}}\" on its line" },
		{ "{{ticket\n}}", "t:1: \"{{\" without \"}}\" on its line" },
		{ "{{}}", "t:1: unknown name {{}}" },
		{ "Subject: only\n", "t: no text" },
		{ "", "t: no text" },
	};
	struct template t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err e = { 0, "" };

		assert_int_equal(template_parse(&t, "t", cases[i].text, fields, &e), -1);
		assert_int_equal(e.code, ERR_CONFIG);
		assert_string_equal(e.msg, cases[i].message);
	}
}

static void
never_a_blank(void **state)
{
	struct buf subject = BUF_INIT, body = BUF_INIT;
	struct template t;
	struct err e;

	(void)state;
	assert_int_equal(template_parse(&t, "care.zh", "Hi\n{{agent}}", fields, &e), 0);
	assert_int_equal(template_fill(&t, fields, &subject, &body, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	assert_string_equal(e.msg, "care.zh:2: no value for {{agent}}");
	template_release(&t);
	assert_int_equal(template_parse(&t, "care.zh", "{{queue}}", fields, &e), 0);
	assert_int_equal(template_fill(&t, fields, &subject, &body, &e), -1);
	template_release(&t);
	buf_release(&subject);
	buf_release(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills),
		cmocka_unit_test(refuses),
		cmocka_unit_test(never_a_blank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
