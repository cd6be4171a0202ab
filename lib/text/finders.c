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
		"email", "date", "amount", "id_card", "bank_card", "passport", "plate" };

	return names[kind];
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

static size_t
ends_with(const struct find *f, size_t start, size_t end, const struct find_word *words)
{
	size_t longest = 0;

	for (; words->n != 0; words++)
		if (words->n > longest && words->n <= end - start &&
		    words->s[words->n - 1] == f->t[end - 1] &&
		    memcmp(f->t + end - words->n, words->s, words->n) == 0)
			longest = words->n;
	return longest;
}

int
find_context(const struct find *f, size_t at, size_t window,
    const struct find_word *yes, const struct find_word *no)
{
	size_t start = at > window ? at - window : 0, end, y, n;

	for (end = at; end > start; end--) {
		y = ends_with(f, start, end, yes);
		n = ends_with(f, start, end, no);
		if (y != 0 || n != 0)
			return y > n ? 1 : -1;
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

int
find_order_context(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("订单"), FIND_WORD("单号"), FIND_WORD("预订"), FIND_WORD("预定"),
		FIND_WORD("订的"), FIND_WORD("order"), FIND_WORD("booking"),
		FIND_WORD("purchase"), FIND_WORD("reference"), FIND_WORD("reservation"),
		FIND_WORD("confirmation"), FIND_WORD("订单号"), FIND_WORD("pnr"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("运单"), FIND_WORD("运单号"), FIND_WORD("快递"),
		FIND_WORD("快递单号"), FIND_WORD("物流单号"), FIND_WORD("物流"),
		FIND_WORD("waybill"), FIND_WORD("tracking"), FIND_WORD("awb"),
		FIND_WORD("投诉单"), FIND_WORD("投诉单号"), FIND_WORD("工单"),
		FIND_WORD("工单号"), FIND_WORD("工号"), FIND_WORD("case"),
		FIND_WORD("ticket"), FIND_WORD("行李牌"), FIND_WORD("tag"),
		FIND_WORD("票号"), FIND_WORD("税号"), FIND_WORD("信用代码"),
		FIND_WORD("账号"), FIND_WORD("帐号"), FIND_WORD("卡号"),
		FIND_WORD("银行卡"), FIND_WORD("微信"), FIND_WORD("wechat"),
		FIND_WORD("vx"), FIND_WORD("qq"), FIND_WORD("群"), FIND_WORD("身份证"),
		FIND_WORD("证件"), FIND_WORD("尾号"), FIND_WORD("bill"), FIND_WORD("账单"),
		FIND_WORD("护照"), FIND_WORD("passport"), FIND_WORD("签证"),
		FIND_WORD("visa"), FIND_WORD("序列号"), FIND_WORD("serial"),
		FIND_WORD("流水"), FIND_WORD("流水号"), FIND_WORD("交易号"),
		FIND_WORD("transaction"), FIND_WORD("会员"), FIND_WORD("member"),
		FIND_WORD("电话"), FIND_WORD("手机"), FIND_WORD("phone"), FIND_WORD("call"),
		FIND_WORD("text"), FIND_WORD("txt"), FIND_WORD("tel"), FIND_WORD("邮编"),
		FIND_WORD("邀请码"), FIND_WORD("invoice"), FIND_END
	};

	return find_context(f, at, 60, yes, no);
}

/* What may begin with a Chinese character; most begin nothing. */
enum { FIRST_HAN = 0x3007, LAST_HAN = 0x9FFF };
enum begin { BEGINS_NOTHING, BEGINS_NUMBER, BEGINS_AMOUNT, BEGINS_PLATE };
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
	fill_begins("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", BEGINS_PLATE);
}

static void
found(struct findings *fs, const struct find *f, enum finding_kind kind, size_t at, size_t end)
{
	if (fs->n == fs->cap) {
		fs->cap = fs->cap * 2 + 8;
		fs->v = xrealloc(fs->v, fs->cap * sizeof(*fs->v));
	}
	fs->v[fs->n++] = (struct finding){ kind, fold_start(f->fold, at),
	    fold_end(f->fold, end) };
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
		return find_number(f, at, kind);
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

void
findings_find(struct findings *fs, const char *s, size_t len, const struct fold *fold)
{
	struct find_cursor cursor = { 0, 0 };
	struct find f = { buf_cstr(&fold->text), fold->text.len, s, len, fold, &cursor };
	bool mail = memchr(f.t, '@', f.len) != NULL;
	size_t at = 0, next, end;
	enum finding_kind kind = FIND_KINDS;

	fs->n = 0;
	if (begins[0] == BEGINS_NOTHING)	/* 〇, the first, begins numbers */
		fill_all_begins();
	while (at < f.len) {
		const char *p = f.t + at;
		uint32_t cp = utf8_next(&p, f.t + f.len);

		next = (size_t)(p - f.t);
		end = 0;
		if (find_latin(&f, at)) {
			next = find_run(&f, at);
			if ((end = url_len(&f, at)) != 0)
				next = at + end;
			else if (mail && (end = email_end(&f, at, next)) != 0)
				found(fs, &f, FIND_EMAIL, at, end);
			else if ((end = at_latin(&f, at, &kind)) != 0)
				found(fs, &f, kind, at, end);
			end = end > next ? end : next;
		} else if (cp == '@') {
			end = find_run(&f, next);	/* a name called, not a number */
		} else if ((cp >= 0x80 || cp == '$' || cp == '+' || cp == '(') &&
		    (end = at_other(&f, at, next, cp, &kind)) != 0) {
			found(fs, &f, kind, at, end);
		}
		at = end > next ? end : next;
	}
}

void
findings_release(struct findings *fs)
{
	free(fs->v);
	*fs = (struct findings)FINDINGS_INIT;
}
