/* template - a text with {{names}} in it, filled in for one person */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/template.h"

/* The part of a template being walked, and where its faults are to be reported. */
struct walk {
	const char *at, *end;
	const char *source;
	size_t line;		/* of at */
	bool one_line;		/* a subject: no control characters from values */
};

/* One {{name}} or {{name|other}}. */
struct mark {
	const char *name, *other;	/* other NULL: none given */
	size_t name_len, other_len;
};

static size_t
newlines(const char *s, const char *end)
{
	size_t n = 0;

	while ((s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		n++;
		s++;
	}
	return n;
}

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && **s == ' ') {
		++*s;
		--*len;
	}
	while (*len > 0 && (*s)[*len - 1] == ' ')
		--*len;
}

/* Reads the mark W stands on and moves behind it. */
static int
take_mark(struct walk *w, struct mark *m, struct err *e)
{
	const char *from = w->at + 2;
	const char *close = memmem(from, (size_t)(w->end - from), "}}", 2);
	const char *bar;

	if (close == NULL || memchr(from, '\n', (size_t)(close - from)) != NULL) {
		err_set(e, ERR_CONFIG, "\"{{\" without \"}}\" on its line");
		return err_at(e, w->source, w->line);
	}
	bar = memchr(from, '|', (size_t)(close - from));
	m->name = from;
	m->name_len = (size_t)((bar ? bar : close) - from);
	m->other = bar ? bar + 1 : NULL;
	m->other_len = bar ? (size_t)(close - bar - 1) : 0;
	trim(&m->name, &m->name_len);
	w->at = close + 2;
	return 0;
}

static const struct template_field *
find(const struct template_field *f, const struct mark *m)
{
	for (; f->name != NULL; f++)
		if (strlen(f->name) == m->name_len &&
		    memcmp(f->name, m->name, m->name_len) == 0)
			return f;
	return NULL;
}

static void
add_value(struct buf *out, const char *s, size_t len, bool one_line)
{
	size_t i, from = out->len;

	buf_add(out, s, len);
	for (i = from; one_line && i < out->len; i++)
		if ((unsigned char)out->p[i] < ' ' || out->p[i] == 0x7f)
			out->p[i] = ' ';
}

/* OUT NULL: only checks the name. */
static int
put_mark(const struct walk *w, const struct mark *m, const struct template_field *fields,
    struct buf *out, struct err *e)
{
	const struct template_field *f = find(fields, m);

	if (f == NULL) {
		err_set(e, ERR_CONFIG, "unknown name {{%.*s}}", (int)m->name_len, m->name);
		return err_at(e, w->source, w->line);
	}
	if (out == NULL)
		return 0;
	if (f->value != NULL && *f->value != '\0')
		add_value(out, f->value, strlen(f->value), w->one_line);
	else if (m->other != NULL)
		add_value(out, m->other, m->other_len, w->one_line);
	else {
		err_set(e, ERR_DATA, "no value for {{%s}}", f->name);
		return err_at(e, w->source, w->line);
	}
	return 0;
}

static int
walk(struct walk *w, const struct template_field *fields, struct buf *out, struct err *e)
{
	struct mark m;

	while (w->at < w->end) {
		const char *open = memmem(w->at, (size_t)(w->end - w->at), "{{", 2);
		const char *upto = open ? open : w->end;

		if (out != NULL)
			buf_add(out, w->at, (size_t)(upto - w->at));
		w->line += newlines(w->at, upto);
		w->at = upto;
		if (open != NULL && (take_mark(w, &m, e) < 0 ||
		    put_mark(w, &m, fields, out, e) < 0))
			return -1;
	}
	return 0;
}

static struct walk
walk_subject(const struct template *t)
{
	const char *s = t->subject != NULL ? t->subject : "";

	return (struct walk){ s, s + t->subject_len, t->source, 1, true };
}

static struct walk
walk_body(const struct template *t)
{
	return (struct walk){ t->body, t->body + t->body_len, t->source, t->body_line, false };
}

/* Finds the parts: "Subject: ..." on line 1, empty lines, the rest. */
static void
split(struct template *t)
{
	static const char head[] = "Subject:";
	const char *s = t->text, *end;

	if (strncmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	t->body_line = 1;
	if (strncmp(s, head, sizeof(head) - 1) == 0) {
		end = s + strcspn(s, "\r\n");
		t->subject = s + sizeof(head) - 1;
		t->subject_len = (size_t)(end - t->subject);
		trim(&t->subject, &t->subject_len);
		s = end;
	}
	for (; *s == '\n' || *s == '\r'; s++)
		t->body_line += *s == '\n';
	t->body = s;
	t->body_len = strlen(s);
	while (t->body_len > 0 && strchr("\r\n", s[t->body_len - 1]) != NULL)
		t->body_len--;
}

int
template_parse(struct template *t, const char *source, const char *text,
    const struct template_field *fields, struct err *e)
{
	struct walk subject, body;

	memset(t, 0, sizeof(*t));
	t->source = xstrdup(source);
	t->text = xstrdup(text);
	split(t);
	subject = walk_subject(t);
	body = walk_body(t);
	if ((t->subject == NULL || walk(&subject, fields, NULL, e) == 0) &&
	    walk(&body, fields, NULL, e) == 0) {
		if (t->body_len > 0)
			return 0;
		err_set(e, ERR_CONFIG, "%s: no text", source);
	}
	template_release(t);
	return -1;
}

void
template_release(struct template *t)
{
	free(t->source);
	free(t->text);
	memset(t, 0, sizeof(*t));
}

int
template_fill(const struct template *t, const struct template_field *fields,
    struct buf *subject, struct buf *body, struct err *e)
{
	struct walk s = walk_subject(t), b = walk_body(t);

	if (t->subject != NULL && walk(&s, fields, subject, e) < 0)
		return -1;
	return walk(&b, fields, body, e);
}
