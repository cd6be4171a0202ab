/* fact_scan - a fact straight from the bytes of a plain line
 *
 * Building a tree of every record costs four times what storing it does, and nearly all
 * records are plain: the kind first, known names, text without odd escapes.  Such a line
 * is read here in one pass.  Anything else is declined, never refused: the way over
 * rec_parse() and fact_from_rec() then says what is wrong with it, if anything is.
 */
#include <string.h>

#include "intake/fact.h"
#include "intake/fact_fields.h"
#include "stream/jtext.h"
#include "text/utf8.h"
#include "time/tm.h"

enum { KEYS_MAX = 32, ITEMS_MAX = 64, DIGITS_MAX = 18 };

struct word {
	const char *s;
	size_t len;
	bool plain;	/* stood there as it is, without escapes */
};

/* The names an object has shown so far: none may come twice. */
struct keys {
	struct word k[KEYS_MAX];
	size_t n;
};

struct scan {
	char *p;	/* the next byte; the line ends in NUL */
	struct fact *f;
	const struct zone *z;
	struct arena *scratch;
	struct fact_person from, person, agent;
	const char *direction;
	struct buf *extra;
};

static void
blanks(struct scan *s)
{
	while (*s->p == ' ' || *s->p == '\t')
		s->p++;
}

static bool
take(struct scan *s, char c)
{
	if (*s->p != c)
		return false;
	s->p++;
	blanks(s);
	return true;
}

/* To the next item of an array or object that END closes: 1 there it is, 0 closed, -1
 * neither. */
static int
next(struct scan *s, char end, size_t *n)
{
	blanks(s);
	if (take(s, end))
		return 0;
	return (*n)++ == 0 || take(s, ',') ? 1 : -1;
}

static bool
literal(struct scan *s, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(s->p, text, len) != 0)
		return false;
	s->p += len;
	return true;
}

static char
unescaped(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = c != '\0' ? strchr(from, c) : NULL;

	return at != NULL ? to[at - from] : '\0';
}

/* The string at P, its escapes undone in place and NUL where its end quote was. */
static bool
string(struct scan *s, struct word *w)
{
	char *p = s->p + 1, *to, c;

	if (*s->p != '"')
		return false;
	w->s = p;
	while ((unsigned char)*p >= ' ' && *p != '"' && *p != '\\')
		p++;
	w->plain = *p == '"';
	for (to = p; *p != '"'; p++) {
		c = *p;
		if (c == '\\')
			c = unescaped(*++p);
		else if ((unsigned char)c < ' ')
			return false;
		if (c == '\0')
			return false;	/* \u, or no escape at all */
		*to++ = c;
	}
	*to = '\0';
	w->len = (size_t)(to - w->s);
	s->p = p + 1;
	return true;
}

/* The digits of a whole number at P. */
static bool
digits(struct scan *s, struct word *w)
{
	size_t sign = *s->p == '-', n = strspn(s->p + sign, "0123456789");

	if (n == 0 || n > DIGITS_MAX || (s->p[sign] == '0' && sign + n > 1))
		return false;
	w->s = s->p;
	w->len = sign + n;
	s->p += w->len;
	return strchr(",}] \t", *s->p) != NULL && *s->p != '\0';
}

static int64_t
number_of(const struct word *w)
{
	int64_t v = 0;
	size_t i;

	for (i = w->s[0] == '-'; i < w->len; i++)
		v = v * 10 + (w->s[i] - '0');
	return w->s[0] == '-' ? -v : v;
}

static bool
text(struct scan *s, const char **out)
{
	struct word w;

	*out = NULL;
	if (*s->p == 'n')
		return literal(s, "null");
	if (*s->p == '"') {
		if (!string(s, &w))
			return false;
		*out = w.len > 0 ? w.s : NULL;
		return true;
	}
	if (!digits(s, &w))
		return false;
	*out = arena_strn(s->scratch, w.s, w.len);
	return true;
}

static bool
when(struct scan *s, int64_t *at)
{
	struct err ignored;
	const char *t;

	return text(s, &t) && (t == NULL ||
	    tm_parse(t, strlen(t), s->z, at, &ignored) == 0);
}

static bool
flag(struct scan *s, bool *out)
{
	*out = *s->p == 't';
	return literal(s, *s->p == 't' ? "true" : *s->p == 'f' ? "false" : "null");
}

static bool
number(struct scan *s, int64_t *out)
{
	struct word w;

	if (*s->p == 'n')
		return literal(s, "null");
	if (!digits(s, &w))
		return false;
	*out = number_of(&w);
	return true;
}

static bool
list(struct scan *s, const char *const **out, size_t *len)
{
	const char *item[ITEMS_MAX], **v;
	size_t n = 0, seen = 0;
	int got;

	if (!take(s, '['))
		return false;
	while ((got = next(s, ']', &seen)) > 0) {
		if (n == ITEMS_MAX || !text(s, &item[n]))
			return false;
		n += item[n] != NULL;
	}
	v = arena_alloc(s->scratch, (n + 1) * sizeof(*v));
	memcpy(v, item, n * sizeof(*v));
	*out = v;
	*len = n;
	return got == 0;
}

static bool
field(struct scan *s, const struct fact_field *d, void *base)
{
	void *at = (char *)base + d->at;

	switch (d->type) {
	case FIELD_TEXT:
		return text(s, at);
	case FIELD_TIME:
		return when(s, at);
	case FIELD_FLAG:
		return flag(s, at);
	case FIELD_LIST:
		return list(s, at, (void *)((char *)base + d->n_at));
	case FIELD_MONEY:
	case FIELD_COUNT:
		return number(s, at);
	case FIELD_SPAN:
		return *s->p != '-' && number(s, at);
	case FIELD_FIGURES:
		break;
	}
	return false;
}

static bool
is(const struct word *w, const char *name)
{
	return strncmp(w->s, name, w->len) == 0 && name[w->len] == '\0';
}

/* The next name of an object, the colon passed; each name once. */
static bool
key(struct scan *s, struct keys *seen, struct word *w)
{
	size_t i;

	if (!string(s, w) || !w->plain || seen->n == KEYS_MAX)
		return false;
	blanks(s);
	if (!take(s, ':'))
		return false;
	for (i = 0; i < seen->n; i++)
		if (seen->k[i].len == w->len && memcmp(seen->k[i].s, w->s, w->len) == 0)
			return false;
	seen->k[seen->n++] = *w;
	return true;
}

static const struct fact_field *
find(const struct fact_field *d, const struct word *w)
{
	while (d->key != NULL && (*d->key != *w->s || !is(w, d->key)))
		d++;
	return d->key != NULL ? d : NULL;
}

static bool
role(struct scan *s, struct fact_person *p)
{
	const char *word;

	if (!text(s, &word))
		return false;
	p->role = (enum fact_role)fact_word(word, fact_roles, 4);
	return word == NULL || p->role != 0;
}

static bool
person(struct scan *s, struct fact_person *p)
{
	struct keys seen = { .n = 0 };
	const struct fact_field *d;
	struct word w;
	size_t n = 0;
	int got;

	if (!take(s, '{'))
		return text(s, &p->id);
	while ((got = next(s, '}', &n)) > 0) {
		if (!key(s, &seen, &w))
			return false;
		d = find(fact_person_fields, &w);
		if (d != NULL ? !field(s, d, p) : !is(&w, "role") || !role(s, p))
			return false;
	}
	return got == 0;
}

/* A name of the source's own, with a value that prints as it stands. */
static bool
unknown(struct scan *s, const struct word *name)
{
	char *from = s->p;
	struct word w;

	if (fact_is_passing(name->s))
		return false;
	if (literal(s, "null"))
		return true;
	if (!literal(s, "true") && !literal(s, "false") && !digits(s, &w) &&
	    (!string(s, &w) || !w.plain))
		return false;
	jtext_key(s->extra, name->s);
	if (*from == '"')
		jtext_string(s->extra, w.s, w.len);
	else
		buf_add(s->extra, from, (size_t)(s->p - from));
	return true;
}

static bool
member(struct scan *s, const struct word *name)
{
	const struct fact_field *d = find(fact_head, name);

	if (d == NULL)
		d = find(fact_fields(s->f->kind), name);
	if (d != NULL)
		return field(s, d, s->f);
	if (is(name, "person"))
		return person(s, &s->person);
	if (is(name, "agent"))
		return person(s, &s->agent);
	if (s->f->kind != FACT_MESSAGE)
		return unknown(s, name);
	if (is(name, "from"))
		return person(s, &s->from);
	if (is(name, "direction"))
		return text(s, &s->direction);
	return unknown(s, name);
}

/* {"kind":"message" - first, so that it is known what the other names mean. */
static bool
kind(struct scan *s, struct keys *seen)
{
	const char *word;
	struct word w;
	size_t n = 0;

	blanks(s);
	if (!take(s, '{') || next(s, '}', &n) <= 0 || !key(s, seen, &w) || !is(&w, "kind") ||
	    !text(s, &word) || word == NULL)
		return false;
	s->f->kind = (enum fact_kind)fact_word(word, fact_kinds, FACT_KINDS_READ);
	return s->f->kind != FACT_NONE;
}

static bool
settle(struct scan *s)
{
	struct fact *f = s->f;

	f->who = s->person;
	f->agent = s->agent;
	if (s->extra->len > 1) {
		buf_char(s->extra, '}');
		f->extra = arena_strn(s->scratch, s->extra->p, s->extra->len);
	}
	return f->kind != FACT_MESSAGE || fact_direct(f, s->direction, &s->from);
}

bool
fact_scan(struct fact *f, const char *line, size_t len, const struct zone *z,
    struct arena *scratch, struct buf *extra)
{
	struct scan s = { .f = f, .z = z, .scratch = scratch, .extra = extra };
	struct keys seen = { .n = 0 };
	struct word name;
	size_t n = 1;
	char *copy;
	int got;

	if (!utf8_valid(line, len))
		return false;
	s.p = copy = arena_strn(scratch, line, len);
	fact_init(f);
	buf_clear(extra);
	buf_char(extra, '{');
	if (!kind(&s, &seen))
		return false;
	while ((got = next(&s, '}', &n)) > 0)
		if (!key(&s, &seen, &name) || !member(&s, &name))
			return false;
	blanks(&s);
	return got == 0 && s.p == copy + len && settle(&s);
}
