/* test_samples - the exports of tests/data: each is known for what it is, and reads so
 *
 * A file of tests/data/FORMAT is of that format, found by looking; FILE.want (without the
 * file's own suffix) has its facts as JSON Lines, refusals as "!message". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "base/conf.h"
#include "intake/intake.h"

static size_t samples, compared;

static bool
ends_in(const char *s, const char *suffix)
{
	size_t len = strlen(s), n = strlen(suffix);

	return len >= n && strcmp(s + len - n, suffix) == 0;
}

/* The facts of an open source. */
static void
read_facts(struct intake *in, struct buf *out)
{
	struct fact f;
	struct err e;
	int got;

	buf_clear(out);
	while ((got = intake_next(in, &f, &e)) != 0) {
		if (got > 0) {
			fact_print(&f, in->opts.zone, out);
		} else {
			assert_int_equal(e.code, ERR_DATA);
			assert_true(in->bad_len == 0 || in->bad != NULL);
			buf_fmt(out, "!%s", strrchr(in->name, '/') + 1 - in->name + e.msg);
		}
		buf_char(out, '\n');
	}
}

/* The text of PATH with its suffix replaced by ".want"; NULL: there is none. */
static char *
wanted(const char *path)
{
	char want[512];
	struct err e;

	snprintf(want, sizeof(want), "%.*s.want", (int)(strrchr(path, '.') - path), path);
	return conf_read(want, 1 << 22, NULL, &e);
}

static void
check_sample(const char *format, const char *path)
{
	struct intake_opts o = { .format = "auto" };
	struct buf out = BUF_INIT;
	struct intake in;
	struct err e;
	char *want = wanted(path);

	o.zone = zone_get("Asia/Shanghai", &e);
	if (intake_open(&in, path, &o, &e) < 0) {
		/* A file refused whole says so where it is tested. */
		if (want == NULL || strcmp(format, "csv") != 0)
			fail_msg("%s", e.msg);
		free(want);
		return;
	}
	if (strcmp(in.format->name, format) != 0)
		fail_msg("%s is read as %s", path, in.format->name);
	read_facts(&in, &out);
	if (want != NULL && strcmp(format, "csv") != 0) {
		if (strcmp(buf_cstr(&out), want) != 0)
			fail_msg("%s:\n%s", path, buf_cstr(&out));
		compared++;
	}
	samples++;
	intake_close(&in);
	buf_release(&out);
	free(want);
}

static void
check_folder(const char *format)
{
	char path[512];
	DIR *d;
	struct dirent *f;

	snprintf(path, sizeof(path), "tests/data/%s", format);
	if ((d = opendir(path)) == NULL)
		return;
	while ((f = readdir(d)) != NULL) {
		if (f->d_name[0] == '.' || ends_in(f->d_name, ".want"))
			continue;
		snprintf(path, sizeof(path), "tests/data/%s/%s", format, f->d_name);
		check_sample(ends_in(f->d_name, ".mbox") ? "mbox" : format, path);
	}
	closedir(d);
}

static void
each_sample_is_known_for_what_it_is(void **state)
{
	const struct intake_format *f;

	(void)state;
	for (f = intake_formats(); f->name != NULL; f++)
		check_folder(f->name);
	assert_true(samples > 20 && compared > 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_sample_is_known_for_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
