/* charset - bytes in any encoding to UTF-8: the decision and the decoding */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "stream/charset.h"
#include "stream/charset_enc.h"

#define REPLACEMENT "\xef\xbf\xbd"

bool
charset_known(const char *label)
{
	return charset_enc_find(label) != NULL;
}

/* Most of E1 to EC: any two bytes of 80 to BF may follow. */
static bool
is_plain_triple(const unsigned char *p, size_t left)
{
	return left >= 3 && *p > 0xe0 && *p < 0xed && (p[1] & 0xc0) == 0x80 &&
	    (p[2] & 0xc0) == 0x80;
}

/* Eight bytes of ASCII at once. */
static bool
is_ascii_word(const unsigned char *p, size_t left)
{
	uint64_t word;

	if (left < 8)
		return false;
	memcpy(&word, p, 8);
	return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool
charset_is_utf8(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + len;

	while (p < end) {
		int n = 1;

		if (is_plain_triple(p, (size_t)(end - p)))
			n = 3;
		else if (*p >= 0x80)
			n = charset_utf8_len(p, (size_t)(end - p));
		else if (is_ascii_word(p, (size_t)(end - p)))
			n = 8;
		if (n <= 0)
			return false;
		p += n;
	}
	return true;
}

/* UTF-8 text with damage (a message cut in the middle, one foreign line) still is UTF-8: there,
 * long characters by far outnumber the faults.  In GBK text most bytes are faults. */
static bool
looks_utf8(const unsigned char *p, size_t len, bool whole)
{
	size_t good = 0, bad = 0;

	for (size_t i = 0; i < len;) {
		int n = charset_utf8_len(p + i, len - i);

		if (n < 0) {
			bad += whole;
			break;
		}
		good += n >= 3;
		bad += n == 0;
		i += n > 0 ? (size_t)n : 1;
	}
	return bad == 0 || good >= 2 * bad;
}

/* Text of UTF-16 units, BIG-endian or not: pairs of surrogates match, no control characters but
 * blanks, no private use. */
static bool
plausible_units(const unsigned char *p, size_t len, bool big)
{
	bool high = false;

	for (size_t i = 0; i + 2 <= len; i += 2) {
		unsigned u = big ? (unsigned)(p[i] << 8 | p[i + 1])
				 : (unsigned)(p[i + 1] << 8 | p[i]);
		bool low = u >= 0xdc00 && u <= 0xdfff;

		if (high != low)
			return false;
		high = u >= 0xd800 && u <= 0xdbff;
		if ((u < 0x20 && u != '\t' && u != '\n' && u != '\r') || u >= 0xfffe)
			return false;
		if ((u >= 0x7f && u < 0xa0) || (u >= 0xe000 && u < 0xf900))
			return false;
	}
	return true;
}

/* UTF-16 without a mark: its ASCII characters have a NUL beside them, always on the same side.
 * What could be UTF-8 must have half of its units so, since a stray NUL is no proof. */
static const char *
utf16_by_nuls(const unsigned char *p, size_t len)
{
	size_t ascii[2] = { 0, 0 }, units = len / 2;
	bool big;

	for (size_t i = 0; i < 2 * units; i += 2) {
		ascii[0] += p[i + 1] == 0 && p[i] < 0x7f && p[i] != 0;
		ascii[1] += p[i] == 0 && p[i + 1] < 0x7f && p[i + 1] != 0;
	}
	big = ascii[1] > ascii[0];
	if (ascii[big] < 8 * ascii[!big] + 1)
		return NULL;
	if (ascii[big] < (looks_utf8(p, len, false) ? 1 + units / 2 : 2 + units / 64))
		return NULL;
	if (!plausible_units(p, len, big))
		return NULL;
	return big ? "UTF-16BE" : "UTF-16LE";
}

/* Bytes from 80 up in runs of two and more pairs: rare in Western text, the rule in Chinese. */
static bool
mostly_pairs(const unsigned char *p, size_t len)
{
	size_t high = 0, paired = 0;

	for (size_t i = 0; i < len;) {
		size_t run = 0;

		while (i + run < len && p[i + run] >= 0x80)
			run++;
		high += run;
		if (run >= 4 && run % 2 == 0)
			paired += run;
		i += run > 0 ? run : 1;
	}
	return high > 0 && paired >= high - high / 4;
}

static bool
decodes(const char *name, const char *p, size_t len, bool whole)
{
	struct buf out = BUF_INIT;
	struct charset cs;
	struct err e;
	bool ok = false;

	if (charset_open(&cs, name, &e) < 0)
		return false;
	charset_feed(&cs, &out, p, len, whole);
	ok = cs.bad == cs.nul;
	charset_close(&cs);
	buf_release(&out);
	return ok;
}

static const char *
by_mark(const char *p, size_t len, size_t *bom)
{
	*bom = 0;
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		*bom = 3;
		return "UTF-8";
	}
	if (len >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0)) {
		*bom = 2;
		return p[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
	}
	return utf16_by_nuls((const unsigned char *)p, len);
}

const char *
charset_detect(const char *p, size_t len, bool whole, const char *declared,
    const char *fallback, size_t *bom)
{
	const struct charset_enc *said = charset_enc_find(declared);
	const struct charset_enc *other = charset_enc_find(fallback);
	const char *last = other != NULL ? other->name : "GB18030";
	const char *name = by_mark(p, len, bom);
	const unsigned char *u = (const unsigned char *)p;

	if (name != NULL)
		return name;
	if (said != NULL && said->kind >= ENC_WIDE)
		return said->name;
	if (looks_utf8(u, len, whole))
		return "UTF-8";
	if (said == NULL || said->kind == ENC_UTF8)
		return last;
	if (said->kind == ENC_LATIN && mostly_pairs(u, len) && decodes(last, p, len, whole))
		return last;
	return said->name;
}

int
charset_open(struct charset *cs, const char *name, struct err *e)
{
	iconv_t cd;

	*cs = (struct charset){ .enc = charset_enc_find(name) };
	if (cs->enc == NULL)
		return err_set(e, ERR_CONFIG, "unknown encoding \"%s\"", name);
	cs->name = cs->enc->name;
	if (cs->enc->kind == ENC_UTF8)
		return 0;
	cd = iconv_open("UTF-8", cs->name);
	if (cd == (iconv_t)-1)
		return err_set(e, ERR_CONFIG, "encoding %s is not installed", cs->name);
	cs->cd = cd;
	return 0;
}

void
charset_close(struct charset *cs)
{
	if (cs->cd != NULL)
		iconv_close(cs->cd);
	cs->cd = NULL;
}

static void
replace(struct charset *cs, struct buf *out)
{
	buf_add(out, REPLACEMENT, 3);
	cs->bad++;
}

static size_t
feed_utf8(struct charset *cs, struct buf *out, const char *p, size_t len, bool final)
{
	size_t i = 0, from = 0;

	while (i < len) {
		int n;

		i += charset_plain(p + i, len - i);
		if (i == len)
			break;
		n = charset_utf8_len((const unsigned char *)p + i, len - i);
		if (n < 0 && !final)
			break;
		if (n > 0 && p[i] != '\0') {
			i += (size_t)n;
			continue;
		}
		buf_add(out, p + from, i - from);
		replace(cs, out);
		cs->nul += p[i] == '\0';
		i = n < 0 ? len : i + 1;
		from = i;
	}
	buf_add(out, p + from, i - from);
	return i;
}

/* How many bytes must be there before a fault can be measured. */
static size_t
unit_len(const struct charset *cs, const char *p)
{
	switch (cs->enc->kind) {
	case ENC_PAIRS:
		return *p < 0 ? 2 : 1;
	case ENC_WIDE:
		return 2;
	case ENC_WIDE4:
		return 4;
	default:
		return 1;
	}
}

/* How many bytes a fault is worth.  A pair whose second byte is ASCII loses only its first: the
 * second may be the quote that ends a CSV field. */
static size_t
fault_len(const struct charset *cs, const char *p, size_t left)
{
	size_t n = unit_len(cs, p);

	if (cs->enc->kind == ENC_PAIRS && n == 2 && (left < 2 || p[1] >= 0))
		n = 1;
	return n < left ? n : left;
}

/* Turns the NULs that iconv let through from FROM on into U+FFFD, counted. */
static void
replace_nuls(struct charset *cs, struct buf *out, size_t from)
{
	struct buf rest = BUF_INIT;
	struct charset utf8 = { .name = "UTF-8" };

	if (out->len == from || memchr(out->p + from, '\0', out->len - from) == NULL)
		return;
	buf_add(&rest, out->p + from, out->len - from);
	out->len = from;
	feed_utf8(&utf8, out, rest.p, rest.len, true);
	cs->bad += utf8.bad;
	cs->nul += utf8.nul;
	buf_release(&rest);
}

/* One call of iconv with room enough for most: 0, or its errno. */
static int
convert(struct charset *cs, struct buf *out, char **in, size_t *left)
{
	size_t room = *left + *left / 2 + 64, had = room;
	char *to = buf_room(out, room);
	size_t got = iconv(cs->cd, in, left, &to, &room);
	int why = got == (size_t)-1 ? errno : 0;

	out->len += had - room;
	out->p[out->len] = '\0';
	return why;
}

static size_t
feed_iconv(struct charset *cs, struct buf *out, const char *p, size_t len, bool final)
{
	char *in = (char *)(uintptr_t)p;
	size_t left = len;

	while (left > 0) {
		int why = convert(cs, out, &in, &left);
		size_t skip;

		if (why == 0 || ((why == EINVAL || left < unit_len(cs, in)) && !final))
			break;
		if (why == E2BIG)
			continue;
		replace(cs, out);
		skip = why == EINVAL ? left : fault_len(cs, in, left);
		in += skip;
		left -= skip;
	}
	if (final)		/* what a stateful encoding still holds back */
		convert(cs, out, &(char *){ NULL }, &(size_t){ 0 });
	return len - left;
}

size_t
charset_feed(struct charset *cs, struct buf *out, const char *p, size_t len, bool final)
{
	size_t from = out->len, used;

	if (cs->enc->kind == ENC_UTF8)
		return feed_utf8(cs, out, p, len, final);
	used = feed_iconv(cs, out, p, len, final);
	replace_nuls(cs, out, from);
	return used;
}

void
charset_decode(struct buf *out, const char *p, size_t len, const char *declared,
    const char *fallback, struct charset_found *found)
{
	struct charset cs;
	struct err e;
	size_t bom;
	const char *name = charset_detect(p, len, true, declared, fallback, &bom);

	if (charset_open(&cs, name, &e) < 0)	/* gconv modules missing */
		charset_open(&cs, "UTF-8", &e);
	charset_feed(&cs, out, p + bom, len - bom, true);
	charset_close(&cs);
	if (found != NULL)
		*found = (struct charset_found){ cs.name, cs.bad, cs.nul };
}
