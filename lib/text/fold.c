/* fold - a copy of a text in which what looks alike is alike, for matching */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "text/fold.h"
#include "text/t2s.h"
#include "text/utf8.h"

/* What a character of the basic plane folds to, found once a process: asking utf8proc
 * for each character of each message would cost ten times as much. */
enum { UNKNOWN, KNOWN, SLOW };
struct known {
	unsigned char state;		/* of the above; SLOW: ask again each time */
	unsigned char len : 2;
	char bytes[3];
};
static struct known cache[0x10000];

/* Most code points a character decomposes to under NFKC_Casefold is 18 (U+FDFA). */
enum { MOST = 24 };

static uint32_t
simplified(uint32_t cp)
{
	size_t lo = 0, hi = t2s_len, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (t2s_map[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t2s_len && t2s_map[lo].from == cp ? t2s_map[lo].to : cp;
}

static size_t
encode(const utf8proc_int32_t *points, utf8proc_ssize_t n, char *out)
{
	size_t len = 0;
	utf8proc_ssize_t i;

	for (i = 0; i < n; i++)
		len += utf8_put(out + len, simplified((uint32_t)points[i]));
	return len;
}

/* Folds one character by the book; returns the bytes written to OUT. */
static size_t
fold_point(uint32_t cp, char out[MOST * 4])
{
	utf8proc_int32_t points[MOST];
	utf8proc_ssize_t n;
	int last = 0;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, points, MOST,
	    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
	    UTF8PROC_STABLE, &last);
	if (n < 0 || n > MOST)
		return utf8_put(out, cp);
	n = utf8proc_normalize_utf32(points, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return encode(points, n, out);
}

/* True if the folded S begins with a mark or a Hangul vowel or final, which join what
 * stands before them. */
static int
joins(const char *s, size_t len)
{
	uint32_t cp = len > 0 ? utf8_next(&s, s + len) : 0;

	return (cp >= 0x1160 && cp <= 0x11FF) ||
	    utf8proc_get_property((utf8proc_int32_t)cp)->combining_class != 0;
}

/* Fills the cache for CP. */
static void
learn(uint32_t cp)
{
	struct known *k = &cache[cp];
	char out[MOST * 4];
	size_t len;

	len = fold_point(cp, out);
	if (len > sizeof(k->bytes) || joins(out, len)) {
		k->state = SLOW;
		return;
	}
	memcpy(k->bytes, out, len);
	k->len = len & 3;
	k->state = KNOWN;
}

static inline const struct known *
look_up(uint32_t cp)
{
	if (cache[cp].state == UNKNOWN)
		learn(cp);
	return &cache[cp];
}

static void
add(struct fold *f, const char *s, size_t len, uint32_t from)
{
	size_t i;

	for (i = 0; i < len; i++) {
		f->text.p[f->text.len + i] = s[i];
		f->from[f->text.len + i] = from;
	}
	f->text.len += len;
}

/* Room for LEN more bytes in both arrays. */
static void
reserve(struct fold *f, size_t len)
{
	buf_room(&f->text, len);
	if (f->cap < f->text.cap) {
		f->cap = f->text.cap;
		f->from = xrealloc(f->from, f->cap * sizeof(*f->from));
	}
}

/* Characters that are rare, long when folded, or join the one before. */
static void
add_slow(struct fold *f, uint32_t cp, uint32_t from)
{
	utf8proc_int32_t pair[2];
	char out[MOST * 4];
	size_t at = f->text.len, len = fold_point(cp, out);
	const char *p;

	reserve(f, sizeof(out) + 8);
	if (joins(out, len) && at > 0) {
		while (at > 0 && ((unsigned char)f->text.p[--at] & 0xC0) == 0x80)
			continue;
		p = f->text.p + at;
		pair[0] = (utf8proc_int32_t)utf8_next(&p, f->text.p + f->text.len);
		p = out;
		pair[1] = (utf8proc_int32_t)utf8_next(&p, out + len);
		if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == 1) {
			f->text.len = at;
			from = f->from[at];
			len = encode(pair, 1, out);
		}
	}
	add(f, out, len, from);
}

/* Folds the ASCII characters S begins with; returns how many. */
static size_t
add_ascii(struct fold *f, const char *s, size_t len, uint32_t from)
{
	char *out = f->text.p + f->text.len;
	uint32_t *map = f->from + f->text.len;
	size_t i;

	for (i = 0; i < len && (unsigned char)s[i] < 0x80; i++) {
		out[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 0x20 : s[i]);
		map[i] = from + (uint32_t)i;
	}
	f->text.len += i;
	return i;
}

/* The character of three bytes at P (most Chinese ones), 0 if there is none. */
static inline uint32_t
three_bytes(const char *p, const char *end)
{
	const unsigned char *s = (const unsigned char *)p;
	uint32_t cp;

	if (end - p < 3 || (s[0] & 0xF0) != 0xE0 || (s[1] & 0xC0) != 0x80 ||
	    (s[2] & 0xC0) != 0x80)
		return 0;
	cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
	return cp < 0x800 || (cp >= 0xD800 && cp <= 0xDFFF) ? 0 : cp;
}

/* Folds the characters beyond ASCII that P begins with. There must be room for three
 * bytes for each two, which is as long as a known character grows. */
static const char *
add_others(struct fold *f, const char *p, const char *end, uint32_t *n)
{
	const struct known *k;
	const char *at;
	uint32_t cp;

	while (p < end && (unsigned char)*p >= 0x80) {
		at = p;
		if ((cp = three_bytes(p, end)) != 0)
			p += 3;
		else
			cp = utf8_next(&p, end);
		/* A byte that is no text grows to three: not a case for the fast way. */
		k = cp < 0x10000 && p - at > 1 ? look_up(cp) : NULL;
		if (k != NULL && k->state == KNOWN) {
			add(f, k->bytes, k->len, *n);
		} else {
			add_slow(f, cp, *n);
			reserve(f, (size_t)(end - p) / 2 * 3 + 8);
		}
		++*n;
	}
	return p;
}

void
fold_text(struct fold *f, const char *s, size_t len)
{
	const char *p = s, *end = s + len;
	uint32_t n = 0;
	size_t run;

	f->text.len = 0;
	reserve(f, len / 2 * 3 + 8);
	while (p < end) {
		run = add_ascii(f, p, (size_t)(end - p), n);
		n += (uint32_t)run;
		p = add_others(f, p + run, end, &n);
	}
	f->text.p[f->text.len] = '\0';
	f->chars = n;
}

void
fold_release(struct fold *f)
{
	buf_release(&f->text);
	free(f->from);
	*f = (struct fold)FOLD_INIT;
}

size_t
fold_start(const struct fold *f, size_t start)
{
	return start < f->text.len ? f->from[start] : f->chars;
}

size_t
fold_end(const struct fold *f, size_t end)
{
	return end > 0 ? f->from[end - 1] + (size_t)1 : 0;
}
