/* marks - what stands in place of a secret: "[phone#1]", the same for the same value */
#include <nettle/hmac.h>
#include <string.h>

#include "text/finders.h"
#include "text/marks.h"
#include "text/utf8.h"

enum { SIGNS = 6 };	/* 30 bits: two values of one conversation hardly ever meet */

int
marks_init(struct marks *m, const char *format, int64_t reveal, struct err *e)
{
	const char *p;

	*m = (struct marks){ .now = MAP_INIT, .before = MAP_INIT, .name = BUF_INIT };
	if (reveal < 0 || reveal > MARKS_REVEAL_MAX)
		return err_set(e, ERR_USAGE, "--reveal-last takes 1 to %d", (int)MARKS_REVEAL_MAX);
	if (format == NULL)
		format = reveal > 0 ? MARKS_FORMAT_REVEAL : MARKS_FORMAT;
	for (p = format; (p = strchr(p, '%')) != NULL; p += 2)
		if (p[1] == '\0' || strchr("knr%", p[1]) == NULL)
			return err_set(e, ERR_USAGE, "--placeholder: %%k, %%n, %%r or %%%% "
			    "may follow a %%");
	if (!utf8_valid(format, strlen(format)) || strpbrk(format, "\n\r\t") != NULL)
		return err_set(e, ERR_USAGE, "--placeholder: not a line of text");
	m->format = format;
	m->reveal = (size_t)reveal;
	return 0;
}

void
marks_release(struct marks *m)
{
	map_release(&m->now);
	map_release(&m->before);
	buf_release(&m->name);
}

/* The name of a counter (VALUE NULL) or a value, in m->name. */
static void
name(struct marks *m, const char *conversation, const char *kind, const char *value)
{
	buf_clear(&m->name);
	buf_str(&m->name, conversation);
	buf_add(&m->name, "", 1);
	buf_str(&m->name, kind);
	if (value != NULL) {
		buf_add(&m->name, "", 1);
		buf_str(&m->name, value);
	}
}

/* The number under m->name, 0 if new; what is used is kept for another generation. */
static int64_t *
remember(struct marks *m)
{
	union map_value *old = map_get(&m->before, m->name.p, m->name.len), *v;
	int64_t was = old != NULL ? old->num : 0;
	int is_new;

	v = map_put(&m->now, m->name.p, m->name.len, &is_new);
	if (is_new)
		v->num = was;
	return &v->num;
}

static void
grow_old(struct marks *m)
{
	if (m->now.n < MARKS_GENERATION)
		return;
	map_release(&m->before);
	m->before = m->now;
	m->now = (struct map)MAP_INIT;
}

static int64_t
count(struct marks *m, const char *conversation, const char *kind, const char *value)
{
	int64_t n, *next;

	grow_old(m);
	name(m, conversation, kind, value);
	if ((n = *remember(m)) != 0)
		return n;
	name(m, conversation, kind, NULL);
	next = remember(m);
	n = ++*next;
	name(m, conversation, kind, value);
	*remember(m) = n;
	return n;
}

/* A part of the HMAC as small letters and digits that are not mistaken for each other. */
static void
keyed(struct marks *m, const char *conversation, const char *kind, const char *value,
    char out[SIGNS + 1])
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	struct hmac_sha256_ctx h;
	uint8_t digest[SHA256_DIGEST_SIZE];
	size_t i;

	name(m, conversation, kind, value);
	hmac_sha256_set_key(&h, m->key_len, (const uint8_t *)m->key);
	hmac_sha256_update(&h, m->name.len, (const uint8_t *)m->name.p);
	hmac_sha256_digest(&h, sizeof(digest), digest);
	for (i = 0; i < SIGNS; i++)
		out[i] = letters[digest[i] & 31];
	out[SIGNS] = '\0';
}

/* Appends the last characters of VALUE, of kinds that are numbers: the end of an address
 * or of a name would say too much. */
static void
reveal(const struct marks *m, const char *kind, const char *value, struct buf *out)
{
	enum finding_kind k = finding_kind(kind);
	size_t len = strlen(value), n = len < m->reveal * 2 ? len / 2 : m->reveal;

	if (k == FIND_PHONE || k == FIND_ID_CARD || k == FIND_BANK_CARD || k == FIND_PASSPORT ||
	    k == FIND_IBAN || k == FIND_SSN) {
		while (n > 0 && ((unsigned char)value[len - n] & 0xC0) == 0x80)
			n--;
		buf_add(out, value + len - n, n);
	} else if (out->len > 0 && out->p[out->len - 1] == ' ') {
		out->p[--out->len] = '\0';
	}
}

void
marks_add(struct marks *m, const char *conversation, const char *kind, const char *value,
    struct buf *out)
{
	char number[SIGNS + 1];
	const char *p;

	for (p = m->format; *p != '\0'; p++) {
		if (*p != '%') {
			buf_char(out, *p);
			continue;
		}
		switch (*++p) {
		case 'k':
			buf_str(out, kind);
			break;
		case 'n':
			if (m->key != NULL) {
				keyed(m, conversation, kind, value, number);
				buf_str(out, number);
			} else {
				buf_fmt(out, "%lld",
				    (long long)count(m, conversation, kind, value));
			}
			break;
		case 'r':
			reveal(m, kind, value, out);
			break;
		default:
			buf_char(out, '%');
		}
	}
}

void
marks_seen(struct marks *m, const char *conversation, const char *kind, int64_t n)
{
	int64_t *next;

	grow_old(m);
	name(m, conversation, kind, NULL);
	next = remember(m);
	if (n > *next)
		*next = n;
}
