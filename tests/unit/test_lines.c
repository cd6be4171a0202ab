/* test_lines - lines of any length from any descriptor, in flat memory */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stream/jsonl.h"

static int
pipe_with(const char *text, size_t len)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	assert_int_equal(write(fd[1], text, len), (ssize_t)len);
	close(fd[1]);
	return fd[0];
}

static void
start(struct lines *in, int fd)
{
	struct err e;

	assert_int_equal(lines_open(in, NULL, &e), 0);
	in->fd = fd;
}

static void
lines_end_with_lf_crlf_or_the_file(void **state)
{
	static const char text[] = "one\ntwo\r\n\nlast";
	static const char *const want[] = { "one", "two", "", "last" };
	struct lines in;
	struct err e;
	char *line;
	size_t len, i;

	(void)state;
	start(&in, pipe_with(text, sizeof(text) - 1));
	for (i = 0; i < 4; i++) {
		assert_int_equal(lines_next(&in, &line, &len, &e), 1);
		assert_string_equal(line, want[i]);
		assert_int_equal(in.line, i + 1);
	}
	assert_int_equal(lines_next(&in, &line, &len, &e), 0);
	lines_close(&in);
}

/* A file with a line of N bytes between two short ones. */
static FILE *
with_long_line(size_t n)
{
	FILE *f = tmpfile();
	size_t i;

	assert_non_null(f);
	fputs("first\n", f);
	for (i = 0; i < n; i++)
		putc('x', f);
	fputs("\nlast\n", f);
	fflush(f);
	rewind(f);
	return f;
}

static void
the_longest_line_is_4_mib(void **state)
{
	FILE *f = with_long_line(LINE_MAX_BYTES);
	struct lines in;
	struct err e;
	char *line;
	size_t len;

	(void)state;
	start(&in, dup(fileno(f)));
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_int_equal(len, LINE_MAX_BYTES);
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_string_equal(line, "last");
	lines_close(&in);
	fclose(f);
}

static void
a_longer_line_is_named_and_skipped(void **state)
{
	static const size_t sizes[] = { LINE_MAX_BYTES + 1, LINE_MAX_BYTES + 70000,
		3 * LINE_MAX_BYTES };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		FILE *f = with_long_line(sizes[i]);
		struct lines in;
		struct err e;
		char *line;
		size_t len;

		start(&in, dup(fileno(f)));
		assert_int_equal(lines_next(&in, &line, &len, &e), 1);
		assert_int_equal(lines_next(&in, &line, &len, &e), -1);
		assert_int_equal(e.code, ERR_DATA);
		assert_string_equal(e.msg,
		    "stdin:2: longer than 4194304 bytes; skipped to its end");
		assert_int_equal(lines_next(&in, &line, &len, &e), 1);
		assert_string_equal(line, "last");
		assert_int_equal(in.line, 3);
		assert_true(in.cap <= 4 * (size_t)LINE_MAX_BYTES);
		lines_close(&in);
		fclose(f);
	}
}

static int
count_dry(void *ctx, struct err *e)
{
	(void)e;
	++*(int *)ctx;
	return 0;
}

static void
input_run_dry_is_told_before_waiting(void **state)
{
	struct lines in;
	struct err e;
	char *line;
	size_t len;
	int fd[2], dry = 0;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	start(&in, fd[0]);
	in.dry = count_dry;
	in.ctx = &dry;
	assert_int_equal(write(fd[1], "a\nb\n", 4), 4);
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_int_equal(dry, 0);
	if (fork() == 0) {
		usleep(50000);
		_exit(write(fd[1], "c\n", 2) == 2 ? 0 : 1);
	}
	close(fd[1]);
	assert_int_equal(lines_next(&in, &line, &len, &e), 1);
	assert_string_equal(line, "c");
	assert_int_equal(dry, 1);
	lines_close(&in);
}

static void
a_broken_input_is_no_bad_line(void **state)
{
	struct lines in;
	struct err e;
	char *line;
	size_t len;

	(void)state;
	assert_int_equal(lines_open(&in, "/", &e), 0);
	assert_int_equal(lines_next(&in, &line, &len, &e), -1);
	assert_int_equal(e.code, ERR_IO);
	lines_close(&in);
	assert_int_equal(lines_open(&in, "/nowhere", &e), -1);
	assert_int_equal(e.code, ERR_NOINPUT);
}

static void
rejects_keep_the_raw_bytes(void **state)
{
	char path[] = "/tmp/csr-rejects-XXXXXX", text[512];
	struct rejects r;
	struct err e;
	FILE *f;
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	assert_int_equal(rejects_open(&r, path, &e), 0);
	rejects_add(&r, "a.csv", 7, "no time", "x,\"y\"", 5);
	rejects_add(&r, "a.csv", 8, "bad", "\xff\x00", 2);
	assert_int_equal(rejects_close(&r, &e), 0);
	f = fopen(path, "r");
	assert_non_null(fgets(text, sizeof(text), f));
	assert_string_equal(text, "{\"line\":7,\"source\":\"a.csv\",\"error\":\"no time\","
	    "\"raw\":\"x,\\\"y\\\"\"}\n");
	assert_non_null(fgets(text, sizeof(text), f));
	assert_string_equal(text, "{\"line\":8,\"source\":\"a.csv\",\"error\":\"bad\","
	    "\"raw_base64\":\"/wA=\"}\n");
	fclose(f);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_with_lf_crlf_or_the_file),
		cmocka_unit_test(the_longest_line_is_4_mib),
		cmocka_unit_test(a_longer_line_is_named_and_skipped),
		cmocka_unit_test(input_run_dry_is_told_before_waiting),
		cmocka_unit_test(a_broken_input_is_no_bad_line),
		cmocka_unit_test(rejects_keep_the_raw_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
