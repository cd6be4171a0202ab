/* test_maildata - mails and replies that others collected; skipped where they are not there */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/mem.h"
#include "intake/mail.h"
#include "intake/mail_html.h"
#include "intake/mail_quote.h"

#define DATA "../shared/data/"

static size_t
files(const char *pattern, glob_t *g)
{
	if (glob(pattern, 0, NULL, g) == 0)
		return g->gl_pathc;
	print_message("skipped: no %s\n", pattern);
	skip();
	return 0;
}

/* The file, or NULL when there is none. */
static char *
load(const char *path, size_t *len)
{
	struct err e;

	return conf_read(path, 1 << 20, len, &e);
}

/* White space as one blank, none at the ends. */
static char *
words(const char *s)
{
	struct buf b = BUF_INIT;

	for (; *s != '\0'; s++) {
		if (strchr(" \t\r\n", *s) == NULL)
			buf_char(&b, *s);
		else if (b.len > 0 && b.p[b.len - 1] != ' ')
			buf_char(&b, ' ');
	}
	if (b.len > 0 && b.p[b.len - 1] == ' ')
		b.p[--b.len] = '\0';
	return buf_take(&b);
}

static void
same_words(const char *path, const char *got, const char *want)
{
	char *a = words(got), *b = words(want);

	if (strcmp(a, b) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", path, a, b);
	free(a);
	free(b);
}

/* What a reply newly says, its signature included: "Hello" unless a file beside it says more. */
static void
check_reply(const char *path, const struct fact *f)
{
	char *name = xstrndup(path, strlen(path) - 4), *want;
	struct buf got = BUF_INIT, beside = BUF_INIT;
	struct node *extra = NULL;
	struct err e;
	size_t len;

	buf_fmt(&beside, "%s_reply_text", name);
	want = load(beside.p, &len);
	buf_str(&got, f->message.text);
	if (f->extra != NULL) {
		extra = node_parse(f->extra, strlen(f->extra), &e);
		buf_char(&got, '\n');
		if (node_as_text(node_get(extra, "signature")) != NULL)
			buf_str(&got, node_as_text(node_get(extra, "signature")));
	}
	same_words(path, got.p, want != NULL ? want : "Hello");
	node_free(extra);
	free(want);
	free(name);
	buf_release(&got);
	buf_release(&beside);
}

static void
replies(void **state)
{
	glob_t g;
	size_t n = files(DATA "mail-talon/standard_replies/*.eml", &g);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct mail_reader r = { .account = NULL };
		struct fact f;
		struct err e;
		size_t len;
		char *raw = load(g.gl_pathv[i], &len);

		if (mail_read(&r, raw, len, INT64_C(1333380000000), &f, &e) < 0)
			fail_msg("%s: %s", g.gl_pathv[i], e.msg);
		check_reply(g.gl_pathv[i], &f);
		mail_release(&r);
		free(raw);
	}
	globfree(&g);
}

static void
html_replies(void **state)
{
	struct mail_split s = MAIL_SPLIT_INIT;
	struct buf text = BUF_INIT;
	glob_t g;
	size_t n = files(DATA "mail-talon/html_replies/*.html", &g);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		size_t len;
		char *html = load(g.gl_pathv[i], &len);

		buf_clear(&text);
		mail_html(&text, html, len);
		mail_split(&s, buf_cstr(&text), false);
		same_words(g.gl_pathv[i], buf_cstr(&s.text), "Hi. I am fine. Thanks, Alex");
		free(html);
	}
	mail_split_release(&s);
	buf_release(&text);
	globfree(&g);
}

static void
check_field(const char *path, const char *got, const struct node *want)
{
	const char *text = node_as_text(want);
	char *bare = xstrdup(text != NULL ? text : "");
	size_t len = strlen(bare);

	if (len > 1 && bare[0] == '<' && bare[len - 1] == '>') {
		memmove(bare, bare + 1, len - 2);
		bare[len - 2] = '\0';
	}
	same_words(path, got != NULL ? got : "", bare);
	free(bare);
}

/* Subject and id as CPython reads them; the one that is no mail at all is refused. */
static void
cpython(void **state)
{
	glob_t g;
	size_t n = files(DATA "mail-python/msg_*.txt", &g), refused = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct mail_reader r = { .account = NULL };
		struct buf path = BUF_INIT;
		struct fact f;
		struct err e;
		size_t len, json_len;
		char *raw = load(g.gl_pathv[i], &len), *json;
		struct node *want;

		buf_fmt(&path, "%.*s.expect.json", (int)strlen(g.gl_pathv[i]) - 4, g.gl_pathv[i]);
		json = load(path.p, &json_len);
		want = node_parse(json, json_len, &e);
		assert_non_null(want);
		if (mail_read(&r, raw, len, INT64_C(1333380000000), &f, &e) < 0) {
			assert_string_equal(e.msg, "not a mail: no header");
			refused++;
		} else {
			check_field(g.gl_pathv[i], f.message.subject, node_get(want, "subject"));
			check_field(g.gl_pathv[i], f.external_id, node_get(want, "message_id"));
		}
		node_free(want);
		free(raw);
		free(json);
		mail_release(&r);
		buf_release(&path);
	}
	assert_int_equal(refused, 1);
	globfree(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies),
		cmocka_unit_test(html_replies),
		cmocka_unit_test(cpython),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
