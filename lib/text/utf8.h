/* utf8 - walk, count and measure UTF-8 text.
 *
 * Text comes as bytes and a length and need not end in NUL.  Functions that walk
 * never read past the end and never fail: each byte that is not part of strict
 * UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF) counts as
 * one U+FFFD.  "Character" means code point throughout.
 */
#ifndef CSR_UTF8_H
#define CSR_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when all of S is strict UTF-8. */
bool utf8_valid(const char *s, size_t len);
/* How many leading bytes of S are strict UTF-8; LEN when all are. */
size_t utf8_valid_len(const char *s, size_t len);

/* The character at *P, which must be before END; *P is moved behind it. */
uint32_t utf8_next(const char **p, const char *end);
/* Writes CP (at most U+10FFFF) to OUT; returns how many bytes, 1 to 4. */
size_t utf8_put(char out[4], uint32_t cp);

/* Characters in S. */
size_t utf8_count(const char *s, size_t len);
/* The byte offset of character N of S; LEN when S is shorter. */
size_t utf8_offset(const char *s, size_t len, size_t n);

/* Columns S takes on a terminal, the same under every locale: wide East Asian
 * characters and emoji 2, combining and invisible ones 0. */
size_t utf8_width(const char *s, size_t len);
/* The longest beginning of S, in bytes, that takes at most COLUMNS columns. */
size_t utf8_fit(const char *s, size_t len, size_t columns);

/* True for blanks, punctuation, symbols and emoji: nothing that is read aloud. */
bool utf8_is_sign(uint32_t cp);

/* Full-width signs, letters, digits and the ideographic blank as their ASCII twins. */
static inline uint32_t
utf8_narrow(uint32_t cp)
{
	return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp == 0x3000 ? ' ' : cp;
}

/* True for what takes no room and means nothing: soft hyphen, zero-width characters,
 * direction marks, variation selectors, keycaps, a byte order mark. */
static inline bool
utf8_is_invisible(uint32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
	    (cp >= 0x2060 && cp <= 0x2069) || (cp >= 0xFE00 && cp <= 0xFE0F) ||
	    cp == 0x20E3 || cp == 0xFEFF;
}

/* True for Han, kana and Hangul: letters written without blanks between words. */
static inline bool
utf8_is_cjk(uint32_t cp)
{
	return (cp >= 0x2E80 && cp <= 0x2FDF) || (cp >= 0x3005 && cp <= 0x3007) ||
	    (cp >= 0x3041 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
	    (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

#endif
