/* finders - order numbers, telephones, dates and the like in a message */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/email.h"
#include "text/find.h"
#include "text/utf8.h"

const char *
finding_name(enum finding_kind kind)
{
	static const char *const names[FIND_KINDS] = { "order_no", "flight_no", "phone",
		"email", "date", "amount", "id_card", "bank_card", "passport", "plate", "ip",
		"address", "social", "iban", "ssn" };

	return names[kind];
}

enum finding_kind
finding_kind(const char *name)
{
	enum finding_kind k;

	for (k = 0; k < FIND_KINDS; k++)
		if (strcmp(finding_name(k), name) == 0)
			break;
	return k;
}

bool
finding_is_secret(enum finding_kind kind)
{
	return kind != FIND_ORDER_NO && kind != FIND_FLIGHT_NO && kind != FIND_DATE &&
	    kind != FIND_AMOUNT;
}

size_t
find_any(const struct find *f, size_t at, const char *const *words)
{
	for (; *words != NULL; words++) {
		size_t n;

		if (**words != f->t[at])
			continue;
		n = strlen(*words);
		if (strncmp(f->t + at, *words, n) == 0)
			return n;
	}
	return 0;
}

/* The byte of the original at which character N begins. */
static size_t
original_byte(const struct find *f, size_t n)
{
	struct find_cursor *c = f->cursor;

	while (c->chars > n && c->byte > 0)
		c->chars -= ((unsigned char)f->s[--c->byte] & 0xc0) != 0x80;
	c->byte += utf8_offset(f->s + c->byte, f->s_len - c->byte, n - c->chars);
	c->chars = n;
	return c->byte;
}

bool
find_capital(const struct find *f, size_t at)
{
	size_t byte = original_byte(f, fold_start(f->fold, at));

	return byte < f->s_len && ((f->s[byte] >= 'A' && f->s[byte] <= 'Z') ||
	    (unsigned char)f->s[byte] >= 0x80);
}

size_t
find_run(const struct find *f, size_t at)
{
	while (find_latin(f, at))
		at++;
	return at;
}

size_t
find_int(const struct find *f, size_t at, size_t most, int *v)
{
	size_t n = 0;

	for (*v = 0; n < most && find_digit(f, at + n); n++)
		*v = *v * 10 + (f->t[at + n] - '0');
	return n;
}

/* What may begin with a Chinese character; most begin nothing. */
enum { FIRST_HAN = 0x3007, LAST_HAN = 0x9FFF };
enum begin { BEGINS_NOTHING, BEGINS_NUMBER, BEGINS_AMOUNT, BEGINS_PLATE, BEGINS_NUMERAL,
	BEGINS_STATED };
static unsigned char begins[LAST_HAN - FIRST_HAN + 1];

static void
fill_begins(const char *list, enum begin what)
{
	const char *p = list, *end = list + strlen(list);

	while (p < end)
		begins[utf8_next(&p, end) - FIRST_HAN] = (unsigned char)what;
}

static void
fill_all_begins(void)
{
	fill_begins("〇零一二三四五六七八九十两廿百千万", BEGINS_NUMBER);
	fill_begins("人", BEGINS_AMOUNT);	/* 人民币 */
	fill_begins("幺壹贰叁肆伍陆柒捌玖甲乙丙丁第东西南北", BEGINS_NUMERAL);
	fill_begins("地住家寄送发居户", BEGINS_STATED);
	fill_begins("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", BEGINS_PLATE);
}

static void
found(struct findings *fs, const struct find *f, enum finding_kind kind, size_t at, size_t end)
{
	size_t start = fold_start(f->fold, at);

	/* An address takes in what was found of it before its first number. */
	while (fs->n > 0 && fs->v[fs->n - 1].end > start)
		fs->n--;
	if (fs->n == fs->cap) {
		fs->cap = fs->cap * 2 + 8;
		fs->v = xrealloc(fs->v, fs->cap * sizeof(*fs->v));
	}
	fs->v[fs->n++] = (struct finding){ kind, start, fold_end(f->fold, end) };
}

/* Tries the finders at AT in order; the first that finds wins. */
static size_t
try(const struct find *f, size_t at, const enum finding_kind *order, enum finding_kind *kind)
{
	static size_t (*const finder[FIND_KINDS])(const struct find *, size_t) = {
		[FIND_ORDER_NO] = find_order_code, [FIND_FLIGHT_NO] = find_flight,
		[FIND_DATE] = find_date, [FIND_AMOUNT] = find_amount,
		[FIND_PASSPORT] = find_passport, [FIND_PLATE] = find_plate,
	};
	size_t end;

	for (; *order != FIND_KINDS; order++)
		if ((end = finder[*order](f, at)) != 0) {
			*kind = *order;
			return end;
		}
	return 0;
}

/* At the start of a run of Latin letters and digits. Returns the end of what was found,
 * else 0. */
static size_t
at_latin(const struct find *f, size_t at, enum finding_kind *kind)
{
	static const enum finding_kind digits[] = { FIND_AMOUNT, FIND_DATE, FIND_PASSPORT,
		FIND_FLIGHT_NO, FIND_KINDS };
	static const enum finding_kind letters[] = { FIND_PASSPORT, FIND_FLIGHT_NO,
		FIND_AMOUNT, FIND_DATE, FIND_ORDER_NO, FIND_KINDS };
	size_t end;

	if (find_letter(f, at))
		return try(f, at, letters, kind);
	end = try(f, at, digits, kind);
	if (end == 0)
		end = find_number(f, at, kind);
	if (end == 0 && (end = find_order_code(f, at)) != 0)
		*kind = FIND_ORDER_NO;
	return end;
}

static size_t
at_han(const struct find *f, size_t at, uint32_t cp, enum finding_kind *kind)
{
	static const enum finding_kind number[] = { FIND_AMOUNT, FIND_DATE, FIND_KINDS };

	switch (begins[cp - FIRST_HAN]) {
	case BEGINS_NUMBER:
		return try(f, at, number, kind);
	case BEGINS_AMOUNT:
		*kind = FIND_AMOUNT;
		return find_amount(f, at);
	case BEGINS_PLATE:
		*kind = FIND_PLATE;
		return find_plate(f, at);
	default:
		return 0;
	}
}

/* At a sign or a Chinese character. */
static size_t
at_other(const struct find *f, size_t at, size_t next, uint32_t cp, enum finding_kind *kind)
{
	if (cp >= FIRST_HAN && cp <= LAST_HAN)
		return at_han(f, at, cp, kind);
	if ((cp == '+' || cp == '(') && find_digit(f, next))
		return f->secrets && find_date(f, next) != 0 ? 0 : find_number(f, at, kind);
	if (cp == '$' || cp == 0xA3 || cp == 0xA5 || cp == 0x20AC) {
		*kind = FIND_AMOUNT;
		return find_amount(f, at);
	}
	return 0;
}

/* Bytes of an address on the web at AT, whose numbers mean nothing to us. */
static size_t
url_len(const struct find *f, size_t at)
{
	static const char *const heads[] = { "http://", "https://", "www.", NULL };
	size_t n = f->t[at] == 'h' || f->t[at] == 'w' ? find_any(f, at, heads) : 0;

	while (n != 0 && f->t[at + n] > ' ' && f->t[at + n] < 0x7F)
		n++;
	return n;
}

/* Secrets in the address on the web [AT, END). */
static void
in_url(struct findings *fs, const struct find *f, size_t at, size_t end)
{
	enum finding_kind kind = FIND_KINDS;
	size_t start, stop;

	while (f->secrets && at < end) {
		if (!find_latin(f, at)) {
			at++;
			continue;
		}
		if ((stop = find_in_url(f, at, end, &start, &kind)) != 0)
			found(fs, f, kind, start, stop);
		at = stop != 0 ? stop : find_run(f, at);
	}
}

/* An e-mail address that begins at AT; AFTER is the end of the run of letters there. */
static size_t
email_end(const struct find *f, size_t at, size_t after)
{
	size_t n;

	if (f->t[after] == '\0' || strchr("@._%+-", f->t[after]) == NULL)
		return 0;
	n = email_len(f->t + at, f->len - at);
	return n != 0 ? at + n : 0;
}

/* The run of letters and digits [AT, NEXT); returns the place to go on from. */
static size_t
walk_latin(struct findings *fs, const struct find *f, size_t at, size_t next, bool mail)
{
	enum finding_kind kind = FIND_KINDS;
	size_t end, start = at;

	if ((end = url_len(f, at)) != 0) {
		in_url(fs, f, at, at + end);
		return at + end;
	}
	if (mail && (end = email_end(f, at, next)) != 0)
		found(fs, f, FIND_EMAIL, at, end);
	else if (f->secrets && (end = find_hotline(f, at)) != 0)
		return end;
	else if (f->secrets && (end = find_secret(f, at, next, &start, &kind)) != 0)
		found(fs, f, kind, start, end);
	else if ((end = at_latin(f, at, &kind)) != 0)
		found(fs, f, kind, at, end);
	return end > next ? end : next;
}

/* The character CP at AT, NEXT behind it. */
static size_t
walk_other(struct findings *fs, const struct find *f, size_t at, size_t next, uint32_t cp)
{
	enum finding_kind kind = FIND_KINDS;
	size_t end = 0, start = at;

	if (f->secrets && cp >= FIRST_HAN && cp <= LAST_HAN &&
	    begins[cp - FIRST_HAN] != BEGINS_NOTHING)
		end = find_secret(f, at, next, &start, &kind);
	if (end == 0)
		end = at_other(f, at, next, cp, &kind);
	if (end != 0)
		found(fs, f, kind, start, end);
	return end > next ? end : next;
}

static void
walk(struct findings *fs, const struct find *f)
{
	bool mail = memchr(f->t, '@', f->len) != NULL;
	size_t at = 0, next;

	fs->n = 0;
	if (begins[0] == BEGINS_NOTHING)	/* 〇, the first, begins numbers */
		fill_all_begins();
	while (at < f->len) {
		const char *p = f->t + at;
		uint32_t cp = utf8_next(&p, f->t + f->len);

		next = (size_t)(p - f->t);
		if (find_latin(f, at))
			at = walk_latin(fs, f, at, find_run(f, at), mail);
		else if (cp == '@')	/* a name called, not a number */
			at = f->secrets ? next : find_run(f, next);
		else if (cp >= 0x80 || cp == '$' || cp == '+' || cp == '(')
			at = walk_other(fs, f, at, next, cp);
		else
			at = next;
	}
}

void
findings_find(struct findings *fs, const char *s, size_t len, const struct fold *fold)
{
	struct find_cursor cursor = { 0, 0, SOCIAL_UNKNOWN };
	struct find f = { .t = buf_cstr(&fold->text), .len = fold->text.len, .s = s, .s_len = len,
		.fold = fold, .cursor = &cursor };

	walk(fs, &f);
}

void
findings_find_secrets(struct findings *fs, const char *s, size_t len, const struct fold *fold)
{
	struct find_cursor cursor = { 0, 0, SOCIAL_UNKNOWN };
	struct find f = { .t = buf_cstr(&fold->text), .len = fold->text.len, .s = s, .s_len = len,
		.fold = fold, .cursor = &cursor, .secrets = true };

	walk(fs, &f);
}

void
findings_release(struct findings *fs)
{
	free(fs->v);
	*fs = (struct findings)FINDINGS_INIT;
}
