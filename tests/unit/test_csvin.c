/* test_csvin - rows as they are sent, not as RFC 4180 would have them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/mem.h"
#include "stream/csvin.h"
#include "stream/rec.h"

/* A descriptor from which TEXT can be read. */
static int
fd_of(const char *text, size_t len)
{
	char path[] = "/tmp/csvin-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* All rows as "1:a|b\n", refused ones as "2!message {raw}\n". */
static void
rows(struct csvin *in, struct buf *out)
{
	const char *raw;
	size_t i, len;
	struct err e;
	int got;

	while ((got = csvin_next(in, &e)) != 0) {
		if (got < 0) {
			assert_int_equal(e.code, ERR_DATA);
			csvin_raw(in, &raw, &len);
			buf_fmt(out, "%s {", e.msg);
			buf_add(out, raw, len < 60 ? len : 60);
			buf_str(out, "}\n");
			continue;
		}
		buf_fmt(out, "%zu:", in->line);
		for (i = 0; i < in->n; i++) {
			assert_int_equal(strlen(in->field[i].p), in->field[i].len);
			buf_fmt(out, "%s%s", i > 0 ? "|" : "", in->field[i].p);
		}
		buf_char(out, '\n');
	}
}

/* Reads TEXT whose first SPLIT bytes come as the head. */
static void
read_text(const char *text, size_t len, size_t split, char delim, size_t columns,
    struct buf *out)
{
	struct csvin in;
	struct err e;

	buf_clear(out);
	assert_int_equal(csvin_open(&in, fd_of(text + split, len - split), "f", text, split,
	    NULL, &e), 0);
	in.delim = delim;
	in.columns = columns;
	rows(&in, out);
	csvin_close(&in);
}

struct sample {
	const char *name;
	char delim;
	size_t columns;
	const char *text, *want;
};

static const struct sample samples[] = {
	{ "nothing", ',', 0, "", "" },
	{ "last row without a line end", ',', 0, "a,b\n1,2", "1:a|b\n2:1|2\n" },
	{ "last quoted row without a line end", ',', 0, "a,b\n1,\"2\"", "1:a|b\n2:1|2\n" },
	{ "last field empty at the end", ',', 0, "a,b\n1,", "1:a|b\n2:1|\n" },
	{ "CRLF", ',', 0, "a,b\r\n1,2\r\n", "1:a|b\n2:1|2\n" },
	{ "lone CR", ',', 0, "a,b\r1,2\r3,4", "1:a|b\n2:1|2\n3:3|4\n" },
	{ "all ends in one file", ',', 0, "a\rb\r\nc\nd\r", "1:a\n2:b\n3:c\n4:d\n" },
	{ "blank lines", ',', 0, "\n\na\n \t \n\r\nb\n", "3:a\n6:b\n" },
	{ "a row of empty fields is a row", ',', 0, ",,\n", "1:||\n" },
	{ "blanks around fields", ',', 0, " a , b\t,\tc d \n", "1:a|b|c d\n" },
	{ "tabs", '\t', 0, "a\t\tc \n", "1:a||c\n" },
	{ "tabs with quotes", '\t', 0, "\"a\"\t\t\"c d\" \n\t\n", "1:a||c d\n2:|\n" },
	{ "semicolons", ';', 0, "a;b,c;\"d;e\"\n", "1:a|b,c|d;e\n" },
	{ "quotes", ',', 0, "\"a\"\"b\",\"\",\"c,d\"\n", "1:a\"b||c,d\n" },
	{ "a blank before and behind quotes", ',', 0, "\"b\", \"acct\" ,c\n", "1:b|acct|c\n" },
	{ "quoted line ends", ',', 0, "\"a\nb\r\nc\rd\",1\nx,y\n", "1:a\nb\r\nc\rd|1\n5:x|y\n" },
	{ "blanks inside quotes stay", ',', 0, "\" a \",b\n", "1: a |b\n" },
	{ "a spreadsheet's text", ',', 0, "=\"007\",x\na, =\"1,2\"\n=\"\"\n",
	  "1:007|x\n2:a|1,2\n3:\n" },
	{ "an equals sign in text stays", ',', 0, "\"x=\"\"1\"\"\",\", =\"\"2\"\"\",=1+2\n",
	  "1:x=\"1\"|, =\"2\"|=1+2\n" },
	{ "a quoted spreadsheet's text is the caller's", ',', 0, "\"=\"\"007\"\"\"\n",
	  "1:=\"007\"\n" },
	{ "a stray quote costs its row", ',', 0, "a,b\nx\"y,1\nc,d\n",
	  "1:a|b\nf:2: column 1: a quote where none may stand {x\"y,1}\n3:c|d\n" },
	{ "text behind a quote", ',', 0, "a,\"b\"c,d\ne,f,g\n",
	  "f:1: column 2: a quote where none may stand {a,\"b\"c,d}\n2:e|f|g\n" },
	{ "an open quote costs its line", ',', 0, "a,\"b\nc,d\ne,\"f\"\ng,h\n",
	  "f:1: column 2: the quote opened here is not closed {a,\"b}\n2:c|d\n3:e|f\n4:g|h\n" },
	{ "an open quote at the end", ',', 0, "a,b\nc,\"d\ne,f\ng",
	  "1:a|b\nf:2: column 2: the quote opened here is not closed {c,\"d}\n3:e|f\n4:g\n" },
	{ "a quote as last byte", ',', 0, "a\n\"",
	  "1:a\nf:2: column 1: the quote opened here is not closed {\"}\n" },
	{ "too few, too many", ',', 2, "a\nb,c\nd,e,f\n",
	  "f:1: 1 fields where the header has 2 {a}\n2:b|c\n"
	  "f:3: 3 fields where the header has 2 {d,e,f}\n" },
	{ "wrong number with quotes is refused whole", ',', 2, "\"a\nb\"\nc,d\n",
	  "f:1: 1 fields where the header has 2 {\"a\nb\"}\n3:c|d\n" },
	{ "empty fields past the last column", ',', 2, "a,b,,\n", "1:a|b||\n" },
	{ "invalid UTF-8 names its field", ',', 2, "王女士,你好\nc,\xe7\x8e\nd,e\n",
	  "1:王女士|你好\nf:2: column 2: not valid UTF-8 {c,\xe7\x8e}\n3:d|e\n" },
	{ "BOM", ',', 0, "\xef\xbb\xbf\"a\",b\n", "1:a|b\n" },
	{ "GBK, decided at its first row", ',', 0, "a,b\n\xcd\xcb\xbf\xee,\"\xc7\xb0\"\n",
	  "1:a|b\n2:\xe9\x80\x80\xe6\xac\xbe|\xe5\x89\x8d\n" },
};

static void
samples_read_the_same_however_they_are_split(void **state)
{
	struct buf out = BUF_INIT;
	size_t i, split;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		const struct sample *s = &samples[i];
		size_t len = strlen(s->text);

		for (split = 0; split <= len; split++) {
			read_text(s->text, len, split, s->delim, s->columns, &out);
			if (strcmp(buf_cstr(&out), s->want) != 0)
				fail_msg("%s, split at %zu:\n%s\nnot\n%s", s->name, split,
				    buf_cstr(&out), s->want);
		}
	}
	buf_release(&out);
}

static void
assert_begins(const char *text, const char *want)
{
	assert_memory_equal(text, want, strlen(want));
}

static void
assert_ends(const struct buf *text, const char *want)
{
	assert_true(text->len >= strlen(want));
	assert_string_equal(text->p + text->len - strlen(want), want);
}

static void
a_nul_costs_its_row(void **state)
{
	static const char text[] = "a,b\nc\0,d\ne,\"f\0\"\ng,h\n";
	struct buf out = BUF_INIT;

	(void)state;
	read_text(text, sizeof(text) - 1, 0, ',', 2, &out);
	out.p[strlen("1:a|b\nf:2: column 1: a NUL byte {c")] = '0';
	assert_string_equal(out.p, "1:a|b\nf:2: column 1: a NUL byte {c0,d}\n"
	    "f:3: column 2: a NUL byte {e,\"f");
	assert_ends(&out, "\n4:g|h\n");
	buf_release(&out);
}

/* TEXT in ENCODING, a mark of two bytes before it if MARK. */
static size_t
encoded(const char *text, const char *encoding, const char *mark, char *out, size_t size)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	size_t left = strlen(text), room = size - strlen(mark);
	char *in = xstrdup(text), *from = in, *to = out + strlen(mark);

	memcpy(out, mark, strlen(mark));
	assert_true(cd != (iconv_t)-1);
	assert_int_equal(iconv(cd, &from, &left, &to, &room), 0);
	iconv_close(cd);
	free(in);
	return (size_t)(to - out);
}

static void
encodings_are_found(void **state)
{
	static const char *const text = "时间,内容\n2026-10-01,\"退款,\n还没到\"\n第二行,再见\n";
	static const char *const want = "1:时间|内容\n2:2026-10-01|退款,\n还没到\n4:第二行|再见\n";
	static const char *const names[][2] = {
		{ "UTF-8", "" }, { "UTF-8", "\xef\xbb\xbf" }, { "GB18030", "" }, { "GBK", "" },
		{ "UTF-16LE", "\xff\xfe" }, { "UTF-16BE", "\xfe\xff" }, { "UTF-16LE", "" }
	};
	struct buf out = BUF_INIT;
	char bytes[1024];
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		len = encoded(text, names[i][0], names[i][1], bytes, sizeof(bytes));
		read_text(bytes, len, len, ',', 2, &out);
		if (strcmp(buf_cstr(&out), want) != 0)
			fail_msg("%s: %s", names[i][0], buf_cstr(&out));
		if (i == 6)	/* without a mark it takes more than five bytes to tell */
			continue;
		read_text(bytes, len, 5, ',', 2, &out);
		assert_string_equal(buf_cstr(&out), want);
	}
	buf_release(&out);
}

static void
broken_utf16_costs_its_row(void **state)
{
	static const char bytes[] = "\xff\xfe" "a\0,\0b\0\n\0" "c\0,\0\0\xd8" "d\0\n\0e\0,\0f\0";
	struct buf out = BUF_INIT;

	(void)state;
	read_text(bytes, sizeof(bytes) - 1, 10, ',', 2, &out);
	assert_begins(out.p, "1:a|b\nf:2: column 2: a NUL, or not valid UTF-16 {");
	assert_ends(&out, "3:e|f\n");
	buf_release(&out);
}

static void
fill_text(struct buf *b, size_t len)
{
	memset(buf_room(b, len), 'x', len);
	b->len += len;
}

static void
caps_hold_and_the_rest_goes_on(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	size_t i;

	(void)state;
	fill_text(&text, CSV_FIELD_MAX + 1);
	buf_str(&text, ",b\na,\"");
	fill_text(&text, CSV_FIELD_MAX + 1);
	buf_str(&text, "\"\n");
	fill_text(&text, CSV_FIELD_MAX);
	buf_str(&text, ",ok\n");
	fill_text(&text, 2 * CSV_ROW_MAX);
	buf_str(&text, "\nc,d\n");
	for (i = 0; i < CSV_COLUMNS_MAX; i++)
		buf_char(&text, ',');
	buf_str(&text, "\ne,f\n");
	read_text(text.p, text.len, 0, ',', 0, &out);
	assert_begins(out.p, "f:1: column 1: more than 1 MiB {xx");
	assert_non_null(strstr(out.p, "f:2: column 2: more than 1 MiB {a,\"xx"));
	assert_non_null(strstr(out.p, "x|ok\nf:4: longer than 4194304 bytes; skipped to its end"));
	assert_non_null(strstr(out.p, "\n5:c|d\nf:6: column 1025: more than 1,024 columns {,,"));
	assert_ends(&out, "7:e|f\n");
	buf_release(&text);
	buf_release(&out);
}

static void
an_open_quote_in_a_big_file_costs_one_row(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	size_t i;

	(void)state;
	buf_str(&text, "a,\"b\n");
	for (i = 0; i < 400000; i++)
		buf_fmt(&text, "%zu,text\n", i);
	read_text(text.p, text.len, 0, ',', 2, &out);
	assert_begins(out.p,
	    "f:1: column 2: the quote opened here is not closed {a,\"b}\n2:0|text\n");
	assert_ends(&out, "\n400001:399999|text\n");
	buf_release(&text);
	buf_release(&out);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static void
reference_field(void *p, size_t len, void *ctx)
{
	struct buf *out = ctx;

	buf_char(out, '|');
	buf_add(out, p, len);
}

static void
reference_row(int end, void *ctx)
{
	(void)end;
	buf_char(ctx, '\n');
}

/* The cut in place must read a line as libcsv does. */
static void
lines_without_quotes_read_as_by_libcsv(void **state)
{
	static const char letters[] = "ab,,  \t;\n\r=";
	struct buf want = BUF_INIT, got = BUF_INIT;
	char text[64];
	uint32_t seed = 7, round;
	size_t i, k;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct csv_parser p;
		struct csvin in;
		struct err e;

		for (i = 0; i < sizeof(text); i++)
			text[i] = letters[next_random(&seed) % (sizeof(letters) - 1)];
		buf_clear(&want);
		buf_clear(&got);
		csv_init(&p, CSV_STRICT | CSV_STRICT_FINI);
		csv_parse(&p, text, sizeof(text), reference_field, reference_row, &want);
		csv_fini(&p, reference_field, reference_row, &want);
		csv_free(&p);
		csvin_open_text(&in, "f", text, sizeof(text));
		while (csvin_next(&in, &e) > 0) {
			for (k = 0; k < in.n; k++)
				reference_field(in.field[k].p, in.field[k].len, &got);
			reference_row(0, &got);
		}
		csvin_close(&in);
		assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	}
	buf_release(&want);
	buf_release(&got);
}

/* Whatever comes, reading ends, and every byte that is no line end is in one row. */
static void
hostile_bytes_end_and_are_all_accounted_for(void **state)
{
	static const char letters[] = "a,\"\"\"\n\r =\xe7\xff";
	char text[96];
	uint32_t seed = 11, round;
	const char *raw;
	size_t i, len, seen;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct csvin in;
		struct err e;
		int got;

		for (i = 0; i < sizeof(text); i++)
			text[i] = letters[next_random(&seed) % (sizeof(letters) - 1)];
		csvin_open_text(&in, "f", text, sizeof(text));
		for (seen = 0; (got = csvin_next(&in, &e)) != 0; seen += len) {
			assert_true(got > 0 || e.code == ERR_DATA);
			csvin_raw(&in, &raw, &len);
			assert_memory_equal(raw, text + (raw - in.buf), len);
		}
		for (i = 0; i < sizeof(text); i++)
			seen += strchr("\n\r \"", text[i]) != NULL;
		assert_true(seen >= sizeof(text));
		csvin_close(&in);
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
a_live_feed_gives_each_row_at_once(void **state)
{
	struct csvin in;
	struct err e;
	int p[2], dry = 0;

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(csvin_open(&in, p[0], "f", "a,b\n1,", 6, NULL, &e), 0);
	in.dry = count_dry;
	in.ctx = &dry;
	assert_int_equal(csvin_next(&in, &e), 1);
	assert_int_equal(dry, 0);
	assert_int_equal(write(p[1], "2\n3,4\n", 6), 6);
	assert_int_equal(csvin_next(&in, &e), 1);
	assert_int_equal(csvin_next(&in, &e), 1);
	assert_string_equal(in.field[1].p, "4");
	assert_int_equal(dry, 0);
	close(p[1]);
	assert_int_equal(csvin_next(&in, &e), 0);
	csvin_close(&in);
}

static char *
slurp(const char *dir, const char *name, const char *suffix, size_t *len)
{
	char path[256];
	struct buf b = BUF_INIT;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s%s", dir, name, suffix);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return NULL;
	while ((n = read(fd, buf_room(&b, 65536), 65536)) > 0)
		b.len += (size_t)n;
	close(fd);
	buf_char(&b, '\0');
	*len = b.len - 1;
	return buf_take(&b);
}

/* The rows of TEXT as a JSON array of objects, as the collections have it. */
static struct node *
as_json(const char *text, size_t len, size_t *refused)
{
	struct node *all = node_array();
	char *names[64];
	struct csvin in;
	struct err e;
	size_t i;
	int got;

	csvin_open_text(&in, "f", text, len);
	assert_int_equal(csvin_next(&in, &e), 1);
	in.columns = in.n;
	for (i = 0; i < in.columns; i++)
		names[i] = xstrdup(in.field[i].p);
	for (*refused = 0; (got = csvin_next(&in, &e)) != 0;) {
		struct node *row = node_object();

		*refused += got < 0;
		for (i = 0; got > 0 && i < in.columns; i++)
			node_set_text(row, names[i], in.field[i].p);
		if (got > 0)
			node_push(all, row);
		else
			node_free(row);
	}
	for (i = 0; i < in.columns; i++)
		free(names[i]);
	csvin_close(&in);
	return all;
}

static void
assert_same_json(const char *name, const struct node *a, const struct node *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;

	node_print(a, &x);
	node_print(b, &y);
	if (strcmp(buf_cstr(&x), buf_cstr(&y)) != 0)
		fail_msg("%s: %s, not %s", name, buf_cstr(&x), buf_cstr(&y));
	buf_release(&x);
	buf_release(&y);
}

/* The copy at hand lost the CRs of its two *_crlf files; they are put back. */
static char *
with_crlf(char *text, size_t *len)
{
	struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < *len; i++) {
		if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
			buf_char(&b, '\r');
		buf_char(&b, text[i]);
	}
	free(text);
	*len = b.len;
	return buf_take(&b);
}

static void
csv_spectrum_reads_as_it_should(void **state)
{
	static const char *const names[] = { "comma_in_quotes", "empty", "empty_crlf",
		"escaped_quotes", "json", "newlines", "newlines_crlf", "quotes_and_newlines",
		"simple", "simple_crlf", "utf8" };
	size_t i, len, json_len, refused;
	struct err e;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *text = slurp("../shared/data/csv-spectrum/csvs", names[i], ".csv", &len);
		char *json = slurp("../shared/data/csv-spectrum/json", names[i], ".json",
		    &json_len);
		struct node *want, *got;

		if (text == NULL || json == NULL) {
			print_message("skipped: no ../shared/data/csv-spectrum\n");
			free(text);
			free(json);
			return;
		}
		if (strstr(names[i], "_crlf") != NULL)
			text = with_crlf(text, &len);
		want = node_parse(json, json_len, &e);
		assert_non_null(want);
		got = as_json(text, len, &refused);
		assert_int_equal(refused, 0);
		assert_same_json(names[i], got, want);
		node_free(want);
		node_free(got);
		free(text);
		free(json);
	}
}

/* Where we read otherwise than Miller 6, and why. */
static void
csv_miller_reads_as_by_miller_but_for_reasons(void **state)
{
	static const struct { const char *name, *why; size_t refused; } cases[] = {
		{ "bom-dquote-header.csv", NULL, 0 }, { "bom.csv", NULL, 0 },
		{ "comma-at-eof.csv", NULL, 0 }, { "datos-plurilingües.csv", NULL, 0 },
		{ "has-a-blank-line.csv", "a blank line is no row", 0 },
		{ "implicit.csv", NULL, 0 }, { "line-term-crlf.csv", NULL, 0 },
		{ "line-term-lf.csv", NULL, 0 }, { "modify-defaults.csv", NULL, 0 },
		{ "multi-sep.csv-crlf", NULL, 0 }, { "narrow-truncated.csv", NULL, 0 },
		{ "narrow.csv", NULL, 0 }, { "null-fields.csv", NULL, 0 },
		{ "page-aligned-no-final-irs.csvl", NULL, 0 }, { "quote-all.csv", NULL, 0 },
		{ "quote-original.csv", NULL, 0 }, { "quoted-comma-truncated.csv", NULL, 0 },
		{ "quoted-comma.csv", NULL, 0 }, { "quoted-crlf-truncated.csv", NULL, 0 },
		{ "quoted-crlf.csv", NULL, 0 }, { "simple-truncated.csv", NULL, 0 },
		{ "simple.csv-crlf", NULL, 0 },
		{ "ragged-implicit-header.csvlite", "Miller gives the file up", 3 },
		{ "ragged-long.csv", "Miller gives the file up", 1 },
		{ "ragged-short.csv", "Miller gives the file up", 1 },
		{ "ragged.csv", "Miller gives the file up", 2 },
		{ "spaces.csv", "blanks around a field are cut", 0 },
		{ "truncated.csv", NULL, 0 }, { "utf8-1.csv", NULL, 0 },
		{ "utf8-2.csv", NULL, 0 }
	};
	static const char *const dir = "../shared/data/csv-miller";
	size_t i, len, json_len, refused;
	struct err e;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = slurp(dir, cases[i].name, "", &len);
		char *json = slurp(dir, cases[i].name, ".mlr.json", &json_len);
		struct node *want, *got;

		if (text == NULL || json == NULL) {
			print_message("skipped: no ../shared/data/csv-miller\n");
			free(text);
			free(json);
			return;
		}
		want = node_parse(json, json_len, &e);
		got = as_json(text, len, &refused);
		assert_int_equal(refused, cases[i].refused);
		if (cases[i].why == NULL)
			assert_same_json(cases[i].name, got, want);
		node_free(want);
		node_free(got);
		free(text);
		free(json);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_read_the_same_however_they_are_split),
		cmocka_unit_test(a_nul_costs_its_row),
		cmocka_unit_test(encodings_are_found),
		cmocka_unit_test(broken_utf16_costs_its_row),
		cmocka_unit_test(caps_hold_and_the_rest_goes_on),
		cmocka_unit_test(an_open_quote_in_a_big_file_costs_one_row),
		cmocka_unit_test(lines_without_quotes_read_as_by_libcsv),
		cmocka_unit_test(hostile_bytes_end_and_are_all_accounted_for),
		cmocka_unit_test(a_live_feed_gives_each_row_at_once),
		cmocka_unit_test(csv_spectrum_reads_as_it_should),
		cmocka_unit_test(csv_miller_reads_as_by_miller_but_for_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
