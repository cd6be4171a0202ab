/* test_charset - the charset rule, and decoding in pieces */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/mem.h"
#include "stream/charset.h"

#define BAD "\xef\xbf\xbd"

struct row {
	const char *label;
	const char *bytes;
	size_t len;		/* 0: strlen */
	const char *declared;
	const char *fallback;
	const char *text;
	const char *name;
	size_t bad, nul;
};

static const struct row rows[] = {
	{ "empty", "", 0, NULL, NULL, "", "UTF-8", 0, 0 },
	{ "ascii", "abc", 0, NULL, NULL, "abc", "UTF-8", 0, 0 },
	{ "UTF-8", "退款", 0, NULL, NULL, "退款", "UTF-8", 0, 0 },
	{ "UTF-8 with a mark", "\xef\xbb\xbf退", 0, NULL, NULL, "退", "UTF-8", 0, 0 },
	{ "UTF-8 under a wrong label", "退款", 0, "gb2312", NULL, "退款", "UTF-8", 0, 0 },
	{ "UTF-8 cut in a character", "退款呢\xe5\xa5", 0, NULL, NULL, "退款呢" BAD,
	    "UTF-8", 1, 0 },
	{ "UTF-8 with one bad byte", "请问订单\xff到哪了", 0, NULL, NULL, "请问订单" BAD "到哪了",
	    "UTF-8", 1, 0 },
	{ "UTF-16LE with a mark", "\xff\xfe\x00\x90", 4, NULL, NULL, "退", "UTF-16LE", 0, 0 },
	{ "UTF-16BE with a mark", "\xfe\xff\x90\x00", 4, NULL, NULL, "退", "UTF-16BE", 0, 0 },
	{ "UTF-16LE by its NULs", "a\0,\0\x00\x90\n\0", 8, NULL, NULL, "a,退\n", "UTF-16LE", 0, 0 },
	{ "UTF-16BE by its NULs", "\0a\0,\x90\x00\0\n", 8, NULL, NULL, "a,退\n", "UTF-16BE", 0, 0 },
	{ "half a UTF-16 unit", "\xff\xfe\x00\x90\x01", 5, NULL, NULL, "退" BAD, "UTF-16LE", 1, 0 },
	{ "lone surrogate", "\xff\xfe\x00\xd8\x41\x00", 6, NULL, NULL, BAD "A", "UTF-16LE", 1, 0 },
	{ "a NUL in text", "ab\0cd", 5, NULL, NULL, "ab" BAD "cd", "UTF-8", 1, 1 },
	{ "a NUL between letters", "a\0b,c,d,e,f\n", 12, NULL, NULL, "a" BAD "b,c,d,e,f\n", "UTF-8", 1,
	    1 },
	{ "a NUL in GB18030 before a letter", "\xcd\xcb\0a", 4, NULL, NULL, "退" BAD "a", "GB18030", 1,
	    1 },
	{ "a NUL in GB18030", "\xcd\xcb\0\xbf\xee", 5, NULL, NULL, "退" BAD "款", "GB18030", 1, 1 },
	{ "GB18030 of two characters", "\xb9\xfe\xb9\xfe", 0, NULL, NULL, "哈哈", "GB18030", 0, 0 },
	{ "GB18030 in four bytes", "\x82\x35\x8f\x33", 0, NULL, NULL, "龦", "GB18030", 0, 0 },
	{ "gb2312 that is GBK", "\xd5\xe2\xca\xc7\xba\xdc\xbb\xb5\xb5\xc4Minus \xa8\x43 Blabla", 0,
	    "gb2312", NULL, "这是很坏的Minus – Blabla", "GB18030", 0, 0 },
	{ "gb2312 with Japanese in GBK", "\xa4\xa4\xa4\xc4\xa4\xe2\xa4\xaa\xca\xc0\xd4\x92\xa4\xcb"
	    "\xa4\xca\xa4\xc3\xa4\xc6\xa4\xaa\xa4\xea\xa4\xde\xa4\xb9\xa1\xa3", 0, "GB2312", NULL,
	    "いつもお世話になっております。", "GB18030", 0, 0 },
	{ "short GBK", "\xc4\xe3\xba\xc3,\xcd\xcb\xbf\xee\xc4\xd8", 0, NULL, NULL, "你好,退款呢",
	    "GB18030", 0, 0 },
	{ "half a character of GBK", "\xcd\xcb\xbf", 0, NULL, NULL, "退" BAD, "GB18030", 1, 0 },
	{ "a pair ended by a quote", "\"\xcd\xcb\xbf\",1", 0, NULL, NULL, "\"退" BAD "\",1",
	    "GB18030", 1, 0 },
	{ "Big5", "\xa6\x70\xa6\xf3\xa6\x62", 0, "Big5", NULL, "如何在", "BIG5-HKSCS", 0, 0 },
	{ "cp950", "\xa6\x70\xa6\xf3", 0, "CP950", NULL, "如何", "CP950", 0, 0 },
	{ "Big5 as fallback", "\xa6\x70\xa6\xf3\xa6\x62", 0, NULL, "big5", "如何在", "BIG5-HKSCS",
	    0, 0 },
	{ "Shift_JIS", "\x8a\x4a\x94\xad\x82\xcd", 0, "Shift_JIS", NULL, "開発は", "CP932", 0, 0 },
	{ "ISO-2022-JP", "\x1b$B3+H/\x1b(B", 0, "iso-2022-jp", NULL, "開発", "ISO-2022-JP-2", 0, 0 },
	{ "EUC-KR", "\xc6\xc4\xc0\xcc\xbd\xe3", 0, "euc-kr", NULL, "파이썬", "CP949", 0, 0 },
	{ "UTF-7", "+kAA-", 0, "utf-7", NULL, "退", "UTF-7", 0, 0 },
	{ "Latin-1", "Gr\xf6\xdf" "e caf\xe9", 0, "iso-8859-1", NULL, "Größe café", "WINDOWS-1252",
	    0, 0 },
	{ "Latin-1 with quotes of Windows", "\x93ok\x94", 0, "ISO-8859-1", NULL, "“ok”",
	    "WINDOWS-1252", 0, 0 },
	{ "Latin-1 that is GBK", "\xcd\xcb\xbf\xee\xc4\xd8", 0, "iso-8859-1", NULL, "退款呢",
	    "GB18030", 0, 0 },
	{ "us-ascii that is GBK", "\xcd\xcb\xbf\xee", 0, "us-ascii", NULL, "退款", "GB18030", 0, 0 },
	{ "utf-8 that is GBK", "\xcd\xcb\xbf\xee\xc4\xd8", 0, "utf-8", NULL, "退款呢", "GB18030", 0,
	    0 },
	{ "an unknown label", "\xcd\xcb\xbf\xee", 0, "x-klingon", NULL, "退款", "GB18030", 0, 0 },
	{ "a hostile label", "\xcd\xcb", 0, "../../../../etc/passwd//IGNORE", NULL, "退", "GB18030",
	    0, 0 },
	{ "overlong UTF-8", "\xc0\xaf", 0, NULL, "windows-1252", "À¯", "WINDOWS-1252", 0, 0 },
};

static void
rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		size_t len = r->len > 0 ? r->len : strlen(r->bytes);
		struct buf out = BUF_INIT;
		struct charset_found f;

		charset_decode(&out, r->bytes, len, r->declared, r->fallback, &f);
		if (strcmp(buf_cstr(&out), r->text) != 0 || strcmp(f.name, r->name) != 0 ||
		    f.bad != r->bad || f.nul != r->nul)
			fail_msg("%s: got \"%s\" by %s, bad %zu, nul %zu", r->label,
			    buf_cstr(&out), f.name, f.bad, f.nul);
		buf_release(&out);
	}
}

static void
utf8_follows_rfc3629(void **state)
{
	static const char *const good[] = { "\x7f", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf" };
	static const char *const bad[] = { "\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe9\x80", "\xc3(" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!charset_is_utf8(good[i], strlen(good[i])))
			fail_msg("good %zu refused", i);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (charset_is_utf8(bad[i], strlen(bad[i])))
			fail_msg("bad %zu taken", i);
}

/* Fed in pieces of every size, a text comes out the same. */
static void
pieces(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *text;
	} t[] = {
		{ "UTF-8", "a退款\xf0\x9f\x98\x80z", 12, "a退款😀z" },
		{ "GB18030", "a\xcd\xcb\x82\x35\x8f\x33\xbf\xee", 9, "a退龦款" },
		{ "UTF-16LE", "a\0\x3d\xd8\x00\xde", 6, "a😀" },
		{ "ISO-2022-JP", "\x1b$B3+H/\x1b(Bx", 11, "開発x" },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		for (size_t step = 1; step <= t[i].len; step++) {
			struct buf out = BUF_INIT;
			struct charset cs;
			size_t at = 0, end = 0;

			assert_int_equal(charset_open(&cs, t[i].name, &e), 0);
			while (at < t[i].len) {
				end = end + step < t[i].len ? end + step : t[i].len;
				at += charset_feed(&cs, &out, t[i].bytes + at, end - at,
				    end == t[i].len);
			}
			assert_string_equal(buf_cstr(&out), t[i].text);
			assert_int_equal(cs.bad, 0);
			charset_close(&cs);
			buf_release(&out);
		}
	}
}

static void
refusals(void **state)
{
	struct charset cs;
	struct err e;

	(void)state;
	assert_int_equal(charset_open(&cs, "x-klingon", &e), -1);
	assert_int_equal(e.code, ERR_CONFIG);
	assert_string_equal(e.msg, "unknown encoding \"x-klingon\"");
	assert_true(charset_known("GB-2312"));
	assert_false(charset_known(""));
}

static void
known_texts(void **state)
{
	static const char *const names[] = { "big5", "gb2312", "gbk", "shift_jis", "euc_jp" };
	struct err e;

	(void)state;
	if (access("../shared/data/cjk-charsets", R_OK) != 0) {
		print_message("skipped: no ../shared/data/cjk-charsets\n");
		skip();
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf path = BUF_INIT, out = BUF_INIT;
		struct charset_found f;
		size_t len, want_len;
		char *raw, *want;

		buf_fmt(&path, "../shared/data/cjk-charsets/%s.txt", names[i]);
		assert_non_null(raw = conf_read(path.p, 1 << 20, &len, &e));
		buf_clear(&path);
		buf_fmt(&path, "../shared/data/cjk-charsets/%s-utf8.txt", names[i]);
		assert_non_null(want = conf_read(path.p, 1 << 20, &want_len, &e));
		charset_decode(&out, raw, len, names[i], NULL, &f);
		if (out.len != want_len || memcmp(out.p, want, want_len) != 0 || f.bad != 0)
			fail_msg("%s differs (read as %s)", names[i], f.name);
		free(raw);
		free(want);
		buf_release(&path);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rule),
		cmocka_unit_test(utf8_follows_rfc3629),
		cmocka_unit_test(pieces),
		cmocka_unit_test(refusals),
		cmocka_unit_test(known_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
