/* utf8 - walk, count and measure UTF-8 text */
#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Bytes of the sequence at P, or 0 if it is not strict UTF-8 (RFC 3629, part 4). */
static size_t
sequence_len(const unsigned char *p, size_t left)
{
	size_t need = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4, i;

	if (need == 1)
		return 1;
	if (p[0] < 0xC2 || p[0] > 0xF4 || need > left)
		return 0;
	for (i = 1; i < need; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
	    (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return need;
}

/* How many whole words of eight ASCII bytes S begins with, in bytes. */
static size_t
ascii_run(const char *s, size_t len)
{
	size_t i;
	uint64_t word;

	for (i = 0; len - i >= 8; i += 8) {
		memcpy(&word, s + i, 8);
		if (word & HIGH_BITS)
			break;
	}
	return i;
}

size_t
utf8_valid_len(const char *s, size_t len)
{
	size_t i = 0, n;

	while (i < len) {
		i += ascii_run(s + i, len - i);
		if (i == len)
			break;
		n = sequence_len((const unsigned char *)s + i, len - i);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

bool
utf8_valid(const char *s, size_t len)
{
	return utf8_valid_len(s, len) == len;
}

uint32_t
utf8_next(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;
	size_t n = sequence_len(s, (size_t)(end - *p));

	*p += n != 0 ? n : 1;
	switch (n) {
	case 0:
		return 0xFFFD;
	case 1:
		return s[0];
	case 2:
		return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
	case 3:
		return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
	default:
		return (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 |
		    (s[3] & 0x3Fu);
	}
}

size_t
utf8_put(char out[4], uint32_t cp)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

size_t
utf8_count(const char *s, size_t len)
{
	const char *p = s, *end = s + len;
	size_t n = 0;

	while (p < end) {
		utf8_next(&p, end);
		n++;
	}
	return n;
}

size_t
utf8_offset(const char *s, size_t len, size_t n)
{
	const char *p = s, *end = s + len;

	while (n-- > 0 && p < end)
		utf8_next(&p, end);
	return (size_t)(p - s);
}

bool
utf8_is_sign(uint32_t cp)
{
	if (cp < 0x80)
		return !((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
		    (cp >= 'A' && cp <= 'Z'));
	return (cp >= 0x2000 && cp <= 0x2BFF) || (cp >= 0x3000 && cp <= 0x303F && cp != 0x3007) ||
	    (cp >= 0xFE00 && cp <= 0xFE6F) || (cp >= 0xFF01 && cp <= 0xFF0F) ||
	    (cp >= 0xFF1A && cp <= 0xFF20) || (cp >= 0x1F000 && cp <= 0x1FAFF) ||
	    (cp >= 0xA0 && cp <= 0xBF) || cp == 0xFFFD;
}

enum { ZWJ = 0x200D, EMOJI_STYLE = 0xFE0F, SKIN_FIRST = 0x1F3FB, SKIN_LAST = 0x1F3FF };

/* Columns CP adds behind BEFORE (0 at the start): what joins an emoji adds none, and
 * the emoji selector makes a narrow sign wide. */
static size_t
added_width(uint32_t before, uint32_t cp)
{
	if (cp < 0x7F)
		return cp >= 0x20;
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return 2;
	if (before == ZWJ || (before != 0 && cp >= SKIN_FIRST && cp <= SKIN_LAST))
		return 0;
	if (cp == EMOJI_STYLE)
		return before != 0 && utf8proc_charwidth((utf8proc_int32_t)before) == 1;
	return (size_t)utf8proc_charwidth((utf8proc_int32_t)cp);
}

size_t
utf8_fit(const char *s, size_t len, size_t columns)
{
	const char *p = s, *fits = s, *end = s + len;
	uint32_t before = 0, cp;
	size_t width = 0;

	while (p < end) {
		cp = utf8_next(&p, end);
		width += added_width(before, cp);
		if (width > columns)
			break;
		fits = p;
		before = cp;
	}
	return (size_t)(fits - s);
}

size_t
utf8_width(const char *s, size_t len)
{
	const char *p = s, *end = s + len;
	uint32_t before = 0, cp;
	size_t width = 0;

	while (p < end) {
		cp = utf8_next(&p, end);
		width += added_width(before, cp);
		before = cp;
	}
	return width;
}
