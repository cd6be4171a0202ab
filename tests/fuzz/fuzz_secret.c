/* fuzz_secret - every family of finders for masking, at every place of a text
 * seeds: tests/fuzz/seeds/secret share/demo */
#include "fuzz.h"
#include "stream/charset.h"
#include "text/find.h"
#include "text/marks.h"
#include "text/secrets.h"
#include "text/utf8.h"

enum { EVERYWHERE = 150 };	/* bytes: every finder at every place is slow */

typedef size_t finder_fn(const struct find *f, size_t at);

/* Each finder at each place, whether the walk would ask it there or not. */
static void
everywhere(const struct buf *text, const struct fold *fold)
{
	static finder_fn *const plain[] = { find_ip, find_iban, find_ssn, find_social,
		find_street, find_hotline, find_passport, find_plate, find_amount, find_date };
	struct find_cursor cursor = { 0, 0, SOCIAL_UNKNOWN };
	struct find f = { .t = buf_cstr(&fold->text), .len = fold->text.len, .s = buf_cstr(text),
		.s_len = text->len, .fold = fold, .cursor = &cursor, .secrets = true };
	enum finding_kind kind;
	size_t at, i, end, start;

	for (at = 0; at < f.len && at < EVERYWHERE; at++) {
		if (((unsigned char)f.t[at] & 0xC0) == 0x80)
			continue;
		for (i = 0; i < sizeof(plain) / sizeof(*plain); i++)
			MUST((end = plain[i](&f, at)) == 0 || (end > at && end <= f.len));
		MUST((end = find_number(&f, at, &kind)) <= f.len);
		MUST((end = find_spoken(&f, at, &kind)) <= f.len);
		MUST((end = find_glued(&f, at, find_run(&f, at), &start, &kind)) <= f.len);
		MUST((end = find_place(&f, at, &start)) == 0 || (start <= at && end > start));
		MUST((end = find_stated_place(&f, at, &start)) == 0 || (start > at && end > start));
		MUST((end = find_stated_street(&f, at, &start)) == 0 || (start > at && end > start));
		MUST(end <= f.len);
	}
}

static void
mask(struct secrets *s, const struct buf *text, struct marks *m, struct buf *out)
{
	struct err e;
	size_t byte = 0, i;

	MUST(secrets_find(s, buf_cstr(text), text->len, &e) == 0);
	for (i = 0; i < s->n; i++) {
		MUST(s->v[i].from >= byte && s->v[i].from < s->v[i].upto);
		MUST(s->v[i].upto <= text->len);
		buf_add(out, buf_cstr(text) + byte, s->v[i].from - byte);
		marks_add(m, "t", s->v[i].kind, secrets_value(s, i), out);
		byte = s->v[i].upto;
	}
	buf_add(out, buf_cstr(text) + byte, text->len - byte);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct secrets s = SECRETS_INIT;
	struct buf text = BUF_INIT, once = BUF_INIT;
	struct fold fold = FOLD_INIT;
	struct marks m;
	struct err e;
	enum finding_kind k;

	for (k = 0; k < FIND_KINDS; k++)
		s.kinds[k] = true;
	MUST(marks_init(&m, NULL, 0, &e) == 0);
	charset_decode(&text, (const char *)data, size, NULL, NULL, NULL);
	fold_text(&fold, buf_cstr(&text), text.len);
	everywhere(&text, &fold);
	mask(&s, &text, &m, &once);
	MUST(utf8_valid(buf_cstr(&once), once.len));
	fold_release(&fold);
	marks_release(&m);
	secrets_release(&s);
	buf_release(&text);
	buf_release(&once);
	return 0;
}
