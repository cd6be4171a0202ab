/* vcard_line - the lines of an address card, their properties and values */
#include <stdio.h>
#include <string.h>

#include "intake/vcard_line.h"
#include "stream/charset.h"

static bool
is_soft_break(const struct buf *line)
{
	return line->len > 0 && line->p[line->len - 1] == '=' &&
	    strcasestr(line->p, "QUOTED-PRINTABLE") != NULL;
}

/* One physical line. */
static int
read_line(struct vcard_lines *s, const char **line, size_t *len, struct err *e)
{
	char *read;
	int got;

	if (s->has_held) {
		s->has_held = false;
		*line = s->held.len > 0 ? s->held.p : "";
		*len = s->held.len;
		return 1;
	}
	got = lines_next(&s->in, &read, len, e);
	*line = read;
	s->held_line = s->in.line;
	return got;
}

int
vcard_line(struct vcard_lines *s, struct err *e)
{
	const char *first;
	char *line;
	size_t len;
	int got = read_line(s, &first, &len, e);
	bool soft;

	if (got <= 0)
		return got;
	s->line_no = s->held_line;
	buf_clear(&s->line);
	buf_add(&s->line, first, len);
	for (;;) {
		got = lines_next(&s->in, &line, &len, e);
		if (got < 0)
			return -1;
		soft = is_soft_break(&s->line);
		if (got == 0)
			break;
		s->held_line = s->in.line;
		if (!soft && (len == 0 || (*line != ' ' && *line != '\t'))) {
			buf_clear(&s->held);
			buf_add(&s->held, line, len);
			s->has_held = true;
			break;
		}
		if (soft)
			s->line.len--;
		if (s->line.len + len <= VCARD_MAX)
			buf_add(&s->line, line + !soft, len - !soft);
	}
	/* An empty line is a text, too. */
	buf_char(&s->line, '\0');
	s->line.len--;
	return 1;
}

bool
vcard_split(char *line, struct vcard_property *p)
{
	char *colon = NULL, *q, *dot;
	bool quoted = false;

	for (q = line; *q != '\0' && colon == NULL; q++) {
		if (*q == '"')
			quoted = !quoted;
		else if (*q == ':' && !quoted)
			colon = q;
	}
	if (colon == NULL || colon == line)
		return false;
	*colon = '\0';
	p->value = colon + 1;
	p->params = strchr(line, ';');
	if (p->params != NULL)
		*p->params++ = '\0';
	dot = strchr(line, '.');	/* item1.TEL */
	p->name = dot != NULL ? dot + 1 : line;
	return true;
}

static int
hex(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c != '\0' ? strchr(digits, c >= 'a' && c <= 'f' ? c - 32 : c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

static void
put_quoted(const char *v, struct buf *out)
{
	for (; *v != '\0'; v++) {
		int high = *v == '=' ? hex(v[1]) : -1, low = high >= 0 ? hex(v[2]) : -1;

		if (low < 0) {
			buf_char(out, *v);
			continue;
		}
		buf_char(out, (char)(high * 16 + low));
		v += 2;
	}
}

/* The CHARSET parameter, in A; NULL if there is none. */
static const char *
charset_of(const char *params, struct arena *a)
{
	const char *p = params != NULL ? strcasestr(params, "CHARSET=") : NULL;

	return p != NULL ? arena_strn(a, p + 8, strcspn(p + 8, ";\"")) : NULL;
}

static void
put_unescaped(const char *v, struct buf *out)
{
	for (; *v != '\0'; v++) {
		if (*v == '\\' && v[1] != '\0') {
			v++;
			buf_char(out, *v == 'n' || *v == 'N' ? '\n' : *v);
		} else {
			buf_char(out, *v);
		}
	}
}

char *
vcard_value(struct arena *a, const char *fallback, const struct vcard_property *p, bool keep)
{
	struct buf bytes = BUF_INIT, text = BUF_INIT, plain = BUF_INIT;
	char *value;

	if (p->params != NULL && strcasestr(p->params, "QUOTED-PRINTABLE") != NULL)
		put_quoted(p->value, &bytes);
	else
		buf_str(&bytes, p->value);
	charset_decode(&text, buf_cstr(&bytes), bytes.len, charset_of(p->params, a), fallback,
	    NULL);
	if (keep)
		buf_str(&plain, buf_cstr(&text));
	else
		put_unescaped(buf_cstr(&text), &plain);
	value = arena_strn(a, buf_cstr(&plain), plain.len);
	buf_release(&bytes);
	buf_release(&text);
	buf_release(&plain);
	return value;
}

const char *
vcard_part(char **at, char separator, struct buf *out)
{
	char *p = *at, *q = p, end;

	if (p == NULL)
		return NULL;
	while (*q != '\0' && *q != separator)
		q += *q == '\\' && q[1] != '\0' ? 2 : 1;
	end = *q;
	*q = '\0';
	*at = end != '\0' ? q + 1 : NULL;
	buf_clear(out);
	put_unescaped(p, out);
	return buf_cstr(out);
}

const char *
vcard_birthday(struct arena *a, char *v)
{
	char *t = strpbrk(v, "T ");

	if (t != NULL)
		*t = '\0';
	if (strncmp(v, "--", 2) == 0 && strlen(v) == 6) {
		char *day = arena_alloc(a, 6);

		snprintf(day, 6, "%.2s-%.2s", v + 2, v + 4);
		return day;
	}
	return strncmp(v, "--", 2) == 0 ? v + 2 : v;
}

const char *
vcard_phone(char *v)
{
	if (strncasecmp(v, "tel:", 4) == 0)
		v += 4;
	v[strcspn(v, ";")] = '\0';
	return v;
}
