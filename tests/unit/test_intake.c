/* test_intake - which reader a source gets */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "intake/intake.h"

/* The format found in TEXT under a name that ends in SUFFIX, or the message. */
static const char *
format_of(const char *text, size_t len, const char *suffix, struct buf *out)
{
	struct intake_opts o = { .format = "auto" };
	char path[64];
	struct intake in;
	struct err e;
	int fd;

	snprintf(path, sizeof(path), "/tmp/intake-XXXXXX%s", suffix);
	fd = mkstemps(path, (int)strlen(suffix));
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	close(fd);
	o.zone = zone_utc();
	buf_clear(out);
	if (intake_open(&in, path, &o, &e) < 0) {
		buf_fmt(out, "%d %s", e.code, e.msg + strlen(path) + 2);
	} else {
		buf_str(out, in.format->name);
		intake_close(&in);
	}
	unlink(path);
	return buf_cstr(out);
}

static void
formats_are_found_by_looking(void **state)
{
	static const struct { const char *text, *suffix, *want; } cases[] = {
		{ "", "", "jsonl" },
		{ "{\"kind\":\"message\"}\n", ".txt", "jsonl" },
		{ "\xef\xbb\xbf\n{\"event\":\"order.status\"}\n", "", "jsonl" },
		{ "{\"a\":1}\n", ".csv", "jsonl" },
		{ "{\"msgid\":\"m1\",\"action\":\"send\"}\n", "", "wecom" },
		{ "{\"msgid\":\"m1\",\"seq\":1,\"encrypt_chat_msg\":\"x\"}", "", "wecom" },
		{ "时间,内容,手机\n", "", "csv" },
		{ "账单,,\n时间\t内容\t手机\n", "", "csv" },
		{ "\xca\xb1\xbc\xe4,\xc4\xda\xc8\xdd,phone\r", "", "csv" },
		{ "\xff\xfe" "a\0t\0,\0t\0e\0x\0t\0\n\0", "", "csv" },
		{ "From a@b.cn Thu Oct  1 09:00:00 2026\nSubject: x\n\ntext\n", "", "mbox" },
		{ "From: a@b.cn\nSubject: x, y\nMessage-ID: <1@x>\n\ntext\n", "", "mail" },
		{ "Received: from x\n\tby y; Thu, 1 Oct 2026 09:00:00 +0800\nFrom: a@b.cn\n\nhi\n",
		  ".eml", "mail" },
		{ "Subject,Created at,Status\n", "", "csv" },
		{ "hello", "", "65 no format recognised; name one with -f" },
		{ "PK\3\4", ".xlsx", "65 an XLSX workbook or zip file: save it as CSV (UTF-8)" },
		{ "\x1f\x8b\b", ".gz", "65 gzip: unpack it first, as in zcat FILE | csr-ingest" },
		{ "x,y\n1,2\n", "", "65 no column name is known; say what they mean by --map" },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t len = i == 9 ? 18 : strlen(cases[i].text);

		if (strcmp(format_of(cases[i].text, len, cases[i].suffix, &out),
		    cases[i].want) != 0)
			fail_msg("%zu %.40s: %s", i, cases[i].text, buf_cstr(&out));
	}
	buf_release(&out);
}

static void
a_maildir_is_known_by_its_folders(void **state)
{
	char dir[] = "/tmp/intake-XXXXXX", sub[64];
	struct intake_opts o = { .format = NULL };
	struct intake in;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(dir));
	o.zone = zone_utc();
	assert_int_equal(intake_open(&in, dir, &o, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	snprintf(sub, sizeof(sub), "%s/new", dir);
	mkdir(sub, 0700);
	snprintf(sub, sizeof(sub), "%s/cur", dir);
	mkdir(sub, 0700);
	assert_int_equal(intake_open(&in, dir, &o, &e), 0);
	assert_string_equal(in.format->name, "maildir");
	intake_close(&in);
	rmdir(sub);
	snprintf(sub, sizeof(sub), "%s/new", dir);
	rmdir(sub);
	rmdir(dir);
}

static void
wrong_calls_are_told(void **state)
{
	struct intake_opts o = { .format = "xls" };
	struct intake in;
	struct err e;

	(void)state;
	assert_int_equal(intake_open(&in, "/dev/null", &o, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.msg, "unknown format \"xls\"");
	o.format = NULL;
	assert_int_equal(intake_open(&in, "/nonexistent", &o, &e), -1);
	assert_int_equal(e.code, ERR_NOINPUT);
	o.map = "/nonexistent";
	assert_int_equal(intake_open(&in, "/dev/null", &o, &e), -1);
	assert_int_equal(e.code, ERR_NOINPUT);
}

/* The head a reader gets is what has been read from the pipe, and nothing is lost. */
static void
a_pipe_is_looked_into_and_read_whole(void **state)
{
	static const char head[] = "{\"kind\":\"weather\"}\n{\"kind\":\"mess";
	static const char rest[] = "age\",\"channel\":\"x\",\"at\":1790816400,\"from\":\"a\","
	    "\"text\":\"t\"}\n";
	struct intake_opts o = { .format = NULL };
	struct intake in;
	struct fact f;
	struct err e;
	int p[2], save = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(p), 0);
	dup2(p[0], STDIN_FILENO);
	close(p[0]);
	assert_int_equal(write(p[1], head, sizeof(head) - 1), sizeof(head) - 1);
	o.zone = zone_utc();
	assert_int_equal(intake_open(&in, "-", &o, &e), 0);
	assert_string_equal(in.name, "stdin");
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_int_equal(f.kind, FACT_NONE);
	assert_true(in.rec != NULL);
	assert_int_equal(write(p[1], rest, sizeof(rest) - 1), sizeof(rest) - 1);
	close(p[1]);
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_int_equal(f.kind, FACT_MESSAGE);
	assert_string_equal(f.message.text, "t");
	assert_int_equal(intake_next(&in, &f, &e), 0);
	intake_close(&in);
	dup2(save, STDIN_FILENO);
	close(save);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_found_by_looking),
		cmocka_unit_test(a_maildir_is_known_by_its_folders),
		cmocka_unit_test(wrong_calls_are_told),
		cmocka_unit_test(a_pipe_is_looked_into_and_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
