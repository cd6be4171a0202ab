/* secrets - what in a text is to be masked: by the finders and by users' rules */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/email.h"
#include "text/phone.h"
#include "text/secrets.h"
#include "text/utf8.h"

static void
add(struct secrets *s, const char *kind, size_t start, size_t end)
{
	if (s->n == s->cap) {
		s->cap = s->cap * 2 + 8;
		s->v = xrealloc(s->v, s->cap * sizeof(*s->v));
	}
	s->v[s->n++] = (struct secret){ .kind = kind, .start = start, .end = end };
}

static void
on_rule(void *ctx, const char *kind, size_t start, size_t end)
{
	struct secrets *s = ctx;

	if (!secret_rules_keep(s->rules, &s->fold, start, end))
		add(s, kind, fold_start(&s->fold, start), fold_end(&s->fold, end));
}

/* The bytes of the folded text that came from characters [START, END): a cursor, since
 * findings are in order. */
static void
folded_bytes(const struct fold *f, const struct finding *found, size_t *at, size_t *end)
{
	while (*at < f->text.len && f->from[*at] < found->start)
		++*at;
	for (*end = *at; *end < f->text.len && f->from[*end] < found->end; )
		++*end;
}

static void
take_findings(struct secrets *s)
{
	size_t i, at = 0, end;

	for (i = 0; i < s->found.n; i++) {
		const struct finding *found = &s->found.v[i];

		if (!s->kinds[found->kind] || !finding_is_secret(found->kind))
			continue;
		if (s->rules != NULL) {
			folded_bytes(&s->fold, found, &at, &end);
			if (secret_rules_keep(s->rules, &s->fold, at, end))
				continue;
		}
		add(s, finding_name(found->kind), found->start, found->end);
	}
}

static int
by_start(const void *a, const void *b)
{
	const struct secret *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end != y->end ? (x->end > y->end ? -1 : 1) : 0;
}

/* In order and without overlaps: what overlaps is one secret, of the first one's kind. */
static void
settle(struct secrets *s)
{
	size_t i, n = 0;

	if (s->n > 1)
		qsort(s->v, s->n, sizeof(*s->v), by_start);
	for (i = 0; i < s->n; i++) {
		if (n > 0 && s->v[i].start < s->v[n - 1].end) {
			if (s->v[i].end > s->v[n - 1].end)
				s->v[n - 1].end = s->v[i].end;
			continue;
		}
		s->v[n++] = s->v[i];
	}
	s->n = n;
}

/* Bytes and values of all secrets of TEXT. */
static void
measure(struct secrets *s, const char *text, size_t len)
{
	size_t i, byte = 0, chars = 0;

	buf_clear(&s->values);
	for (i = 0; i < s->n; i++) {
		struct secret *v = &s->v[i];

		v->from = byte + utf8_offset(text + byte, len - byte, v->start - chars);
		v->upto = v->from + utf8_offset(text + v->from, len - v->from, v->end - v->start);
		byte = v->upto;
		chars = v->end;
		v->bare = s->values.len;
		secret_value(v->kind, text + v->from, v->upto - v->from, &s->values);
		v->bare_len = s->values.len - v->bare;
		buf_add(&s->values, "", 1);
	}
}

int
secrets_find(struct secrets *s, const char *text, size_t len, struct err *e)
{
	int bad = 0;

	s->n = 0;
	fold_text(&s->fold, text, len);
	findings_find_secrets(&s->found, text, len, &s->fold);
	take_findings(s);
	if (s->rules != NULL)
		bad = secret_rules_find(s->rules, &s->fold, on_rule, s, e);
	settle(s);
	measure(s, text, len);
	return bad;
}

const char *
secrets_value(const struct secrets *s, size_t i)
{
	return s->values.p + s->v[i].bare;
}

void
secret_value(const char *kind, const char *text, size_t len, struct buf *out)
{
	char phone[PHONE_SIZE], email[EMAIL_SIZE], *copy;
	struct fold f = FOLD_INIT;
	struct buf bare = BUF_INIT;

	fold_text(&f, text, len);
	if (strcmp(kind, finding_name(FIND_EMAIL)) == 0) {
		copy = xstrndup(buf_cstr(&f.text), f.text.len);
		buf_str(out, email_fold(copy, email) ? email : copy);
		free(copy);
	} else {
		secret_bare(buf_cstr(&f.text), f.text.len, &bare);
		if (strcmp(kind, finding_name(FIND_PHONE)) == 0 &&
		    phone_e164(buf_cstr(&bare), "CN", phone))
			buf_str(out, phone);
		else
			buf_add(out, buf_cstr(&bare), bare.len);
	}
	buf_release(&bare);
	fold_release(&f);
}

void
secrets_release(struct secrets *s)
{
	free(s->v);
	buf_release(&s->values);
	fold_release(&s->fold);
	findings_release(&s->found);
	*s = (struct secrets)SECRETS_INIT;
}
