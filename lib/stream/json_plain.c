/* json_plain - a tree from plain JSON text, in one pass
 *
 * jansson looks at each byte four times over; reading was two thirds of what csr-route -n
 * does.  Nearly all records are plain: strings without \u, short numbers, no name twice.
 * These are read here.  All else is declined, never refused: what is wrong with it, if
 * anything is, jansson says.
 */
#include <stdint.h>
#include <string.h>

#include "stream/charset.h"
#include "stream/json.h"

enum { DEPTH_MAX = 64, DIGITS_MAX = 18, EXACT_MAX = 15 };

struct plain {
	const char *p, *end;
	size_t depth;
	struct buf text;	/* of a string with escapes */
};

static json_t *value(struct plain *s);

static char
peek(struct plain *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' ||
	    *s->p == '\r'))
		s->p++;
	return *(s->p < s->end ? s->p : "");
}

static bool
take(struct plain *s, char c)
{
	if (peek(s) != c)
		return false;
	s->p++;
	return true;
}

/* To the next item of an array or object that END closes: 1 there it is, 0 closed, -1
 * neither. */
static int
next(struct plain *s, char end, size_t seen)
{
	if (take(s, end))
		return 0;
	return seen == 0 || take(s, ',') ? 1 : -1;
}

/* True if one of the eight bytes at P ends a run: a quote, a backslash, a control
 * character ("has a byte less than n", from Anderson's Bit Twiddling Hacks). */
static inline bool
ends_run(const char *p)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	uint64_t w, quote, slash;

	memcpy(&w, p, sizeof(w));
	quote = w ^ each * '"';
	slash = w ^ each * '\\';
	return (((w - each * ' ') & ~w) | ((quote - each) & ~quote) |
	    ((slash - each) & ~slash)) & high;
}

/* Behind the bytes from P on that stand for themselves in a string. */
static const char *
run_end(const char *p, const char *end)
{
	while (end - p >= 8 && !ends_run(p))
		p += 8;
	while (p < end && (unsigned char)*p >= ' ' && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* The string whose first quote was taken, escapes and all, up to its last quote. */
static bool
escaped(struct plain *s, const char *run)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;

	buf_clear(&s->text);
	for (;;) {
		buf_add(&s->text, run, (size_t)(s->p - run));
		if (s->p == s->end || (unsigned char)*s->p < ' ')
			return false;
		if (*s->p++ == '"')
			return true;
		at = s->p < s->end ? memchr(from, *s->p, sizeof(from) - 1) : NULL;
		if (at == NULL)
			return false;
		buf_char(&s->text, to[at - from]);
		run = ++s->p;
		s->p = run_end(run, s->end);
	}
}

static json_t *
string(struct plain *s)
{
	const char *from = ++s->p;

	s->p = run_end(from, s->end);
	if (s->p < s->end && *s->p == '"')
		return json_stringn_nocheck(from, (size_t)(s->p++ - from));
	return escaped(s, from) ? json_stringn_nocheck(s->text.p, s->text.len) : NULL;
}

/* Takes at most MOST digits into *V, behind those it has; returns how many. */
static size_t
digits(struct plain *s, size_t most, json_int_t *v)
{
	size_t n = 0;

	for (; n < most && s->p < s->end && *s->p >= '0' && *s->p <= '9'; n++)
		*v = *v * 10 + (*s->p++ - '0');
	return n;
}

/* A fraction of few digits is a division of two doubles that are exact, so the quotient
 * is the nearest there is, as strtod() has it (Clinger's fast path). */
static json_t *
number(struct plain *s)
{
	static const double tens[EXACT_MAX + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
		1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	bool minus = *s->p == '-';
	const char *from = s->p += minus;
	json_int_t v = 0;
	size_t whole = digits(s, DIGITS_MAX, &v), n = 0;

	if (whole == 0 || (*from == '0' && whole > 1))
		return NULL;
	if (s->p < s->end && *s->p == '.' && whole < EXACT_MAX) {
		s->p++;
		if ((n = digits(s, EXACT_MAX - whole, &v)) == 0)
			return NULL;
	}
	if (memchr(",]}", peek(s), 3) == NULL)
		return NULL;
	if (n > 0)
		return json_real((minus ? -1.0 : 1.0) * ((double)v / tens[n]));
	return json_integer(minus ? -v : v);
}

static json_t *
literal(struct plain *s, const char *word, json_t *v)
{
	size_t len = strlen(word);

	if ((size_t)(s->end - s->p) < len || memcmp(s->p, word, len) != 0)
		return NULL;
	s->p += len;
	return v;
}

static bool
items(struct plain *s, json_t *array)
{
	size_t n = 0;
	int got;

	while ((got = next(s, ']', n)) > 0) {
		json_t *v = value(s);

		if (v == NULL || json_array_append_new(array, v) < 0)
			return false;
		n++;
	}
	return got == 0;
}

/* A name without escapes, and its colon. */
static bool
name(struct plain *s, const char **key, size_t *len)
{
	if (!take(s, '"'))
		return false;
	*key = s->p;
	s->p = run_end(s->p, s->end);
	*len = (size_t)(s->p - *key);
	return s->p < s->end && *s->p++ == '"' && take(s, ':');
}

static bool
members(struct plain *s, json_t *object)
{
	size_t n = 0, len;
	const char *key;
	json_t *v;
	int got;

	while ((got = next(s, '}', n)) > 0)
		if (!name(s, &key, &len) || (v = value(s)) == NULL ||
		    json_object_setn_new_nocheck(object, key, len, v) < 0 ||
		    json_object_size(object) != ++n)
			return false;	/* or the name came before */
	return got == 0;
}

static json_t *
nested(struct plain *s, json_t *whole, bool (*fill)(struct plain *s, json_t *whole))
{
	bool ok = s->depth < DEPTH_MAX;

	s->p++;
	s->depth++;
	ok = ok && fill(s, whole);
	s->depth--;
	if (ok)
		return whole;
	json_decref(whole);
	return NULL;
}

static json_t *
value(struct plain *s)
{
	switch (peek(s)) {
	case '"':
		return string(s);
	case '{':
		return nested(s, json_object(), members);
	case '[':
		return nested(s, json_array(), items);
	case 't':
		return literal(s, "true", json_true());
	case 'f':
		return literal(s, "false", json_false());
	case 'n':
		return literal(s, "null", json_null());
	default:
		return number(s);
	}
}

json_t *
json_plain(const char *text, size_t len)
{
	struct plain s = { .p = text, .end = text + len, .text = BUF_INIT };
	json_t *v;

	if (peek(&s) != '{' || !charset_is_utf8(text, len))
		return NULL;
	v = value(&s);
	peek(&s);
	buf_release(&s.text);
	if (v == NULL || s.p == s.end)
		return v;
	json_decref(v);
	return NULL;
}
