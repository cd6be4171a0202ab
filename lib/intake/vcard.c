/* vcard - address cards as customers: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350)
 *
 * A card is one customer; its further telephones and addresses are customers beside it with
 * the same id, so that whoever writes from one of them is known.  Pictures are not kept.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/formats.h"
#include "intake/vcard_line.h"
#include "stream/jtext.h"
#include "text/utf8.h"

enum { CONTACTS_MAX = 50 };

struct card {
	size_t line;
	struct buf raw;
	struct buf name, parts;		/* FN; N in the order it is spoken */
	const char *uid, *language, *zone, *birthday;
	const char *phones[CONTACTS_MAX], *emails[CONTACTS_MAX];
	size_t phones_n, emails_n;
	struct buf tags, extra;
};

struct state {
	struct vcard_lines in;
	struct card card;
	size_t given;		/* facts of the card so far */
	bool ready;
	bool begun;		/* the line read last began a card within another */
	struct buf text;
	struct arena scratch;
};

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	size_t at = len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	(void)path;
	while (at < len && strchr("\r\n \t", head[at]) != NULL)
		at++;
	return !is_dir && len - at >= 11 && strncasecmp(head + at, "BEGIN:VCARD", 11) == 0 ? 95 : 0;
}

static int
open_vcard(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	(void)e;
	lines_attach(&s->in.in, fd, in->name, head, len);
	s->in.in.dry = in->opts.dry;
	s->in.in.ctx = in->opts.ctx;
	in->state = s;
	return 0;
}

static void
close_vcard(struct intake *in)
{
	struct state *s = in->state;

	lines_close(&s->in.in);
	buf_release(&s->in.line);
	buf_release(&s->in.held);
	buf_release(&s->text);
	buf_release(&s->card.raw);
	buf_release(&s->card.name);
	buf_release(&s->card.parts);
	buf_release(&s->card.tags);
	buf_release(&s->card.extra);
	arena_release(&s->scratch);
	free(s);
}

static bool
is_han(const char *s)
{
	const char *p = s;

	return *s != '\0' && utf8_is_cjk(utf8_next(&p, s + strlen(s)));
}

/* N is family;given;additional;...: 王小明, Tom Smith. */
static void
set_parts(struct state *s, char *value)
{
	const char *family = arena_str(&s->scratch, vcard_part(&value, ';', &s->text));
	const char *given = arena_str(&s->scratch, vcard_part(&value, ';', &s->text));
	struct buf *out = &s->card.parts;

	buf_clear(out);
	if (given == NULL || *given == '\0') {
		buf_str(out, family != NULL ? family : "");
	} else if (is_han(given)) {
		buf_fmt(out, "%s%s", family, given);
	} else {
		buf_fmt(out, "%s%s%s", given, *family != '\0' ? " " : "", family);
	}
}

static void
set_tags(struct state *s, char *value)
{
	const char *tag;

	while ((tag = vcard_part(&value, ',', &s->text)) != NULL) {
		if (*tag == '\0')
			continue;
		buf_char(&s->card.tags, s->card.tags.len == 0 ? '[' : ',');
		jtext_string(&s->card.tags, tag, strlen(tag));
	}
}

static bool
is_preferred(const struct vcard_property *p)
{
	return p->params != NULL && (strcasestr(p->params, "PREF") != NULL ||
	    strcasestr(p->params, "CELL") != NULL);
}

/* The preferred one first. */
static void
add_contact(const char **list, size_t *n, const char *v, bool first)
{
	size_t i;

	if (*v == '\0' || *n == CONTACTS_MAX)
		return;
	for (i = 0; i < *n; i++)
		if (strcmp(list[i], v) == 0)
			return;
	list[(*n)++] = v;
	if (first && *n > 1) {
		memmove(list + 1, list, (*n - 1) * sizeof(*list));
		list[0] = v;
	}
}

static bool
is_one_of(const char *name, const char *const *names)
{
	while (*names != NULL)
		if (strcasecmp(*names++, name) == 0)
			return true;
	return false;
}

static void
keep(struct state *s, const struct vcard_property *p, const char *value)
{
	char key[48], quoted[56];
	size_t len, n = 1;

	for (len = 0; p->name[len] != '\0' && len < 32; len++)
		key[len] = (char)(p->name[len] >= 'A' && p->name[len] <= 'Z' ? p->name[len] + 32 :
		    p->name[len]);
	key[len] = '\0';
	/* What comes again is adr#2. */
	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	while (strstr(buf_cstr(&s->card.extra), quoted) != NULL && ++n < CONTACTS_MAX) {
		snprintf(key + len, sizeof(key) - len, "#%zu", n);
		snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	}
	if (n == CONTACTS_MAX || !utf8_valid(key, strlen(key)))
		return;
	jtext_key(&s->card.extra, key);
	jtext_string(&s->card.extra, value, strlen(value));
}

/* A line that is no property. */
static void
keep_line(struct state *s, const struct intake *in, char *line)
{
	char name[] = "line";
	const struct vcard_property p = { name, NULL, line };

	keep(s, &p, vcard_value(&s->scratch, in->opts.encoding, &p, false));
}

static void
take(struct state *s, const struct intake *in, const struct vcard_property *p)
{
	static const char *const nothing[] = { "VERSION", "PRODID", "REV", "PHOTO", "LOGO", "SOUND",
		"KEY", "N", "CATEGORIES", NULL };
	struct card *c = &s->card;
	char *v;

	if (strcasecmp(p->name, "N") == 0) {
		set_parts(s, vcard_value(&s->scratch, in->opts.encoding, p, true));
	} else if (strcasecmp(p->name, "CATEGORIES") == 0) {
		set_tags(s, vcard_value(&s->scratch, in->opts.encoding, p, true));
	}
	if (is_one_of(p->name, nothing))
		return;
	v = vcard_value(&s->scratch, in->opts.encoding, p, false);
	if (*v == '\0')
		return;
	if (strcasecmp(p->name, "FN") == 0 && c->name.len == 0)
		buf_str(&c->name, v);
	else if (strcasecmp(p->name, "TEL") == 0)
		add_contact(c->phones, &c->phones_n, vcard_phone(v), is_preferred(p));
	else if (strcasecmp(p->name, "EMAIL") == 0)
		add_contact(c->emails, &c->emails_n, v, is_preferred(p));
	else if (strcasecmp(p->name, "UID") == 0)
		c->uid = v;
	else if (strcasecmp(p->name, "BDAY") == 0)
		c->birthday = vcard_birthday(&s->scratch, v);
	else if (strcasecmp(p->name, "LANG") == 0 && c->language == NULL)
		c->language = v;
	else if (strcasecmp(p->name, "TZ") == 0 && strchr(v, '/') != NULL)
		c->zone = v;
	else
		keep(s, p, v);
}

static void
begin(struct state *s)
{
	struct card *c = &s->card;

	arena_clear(&s->scratch);
	buf_clear(&c->raw);
	buf_clear(&c->name);
	buf_clear(&c->parts);
	buf_clear(&c->tags);
	buf_clear(&c->extra);
	buf_char(&c->extra, '{');
	c->uid = c->language = c->zone = c->birthday = NULL;
	c->phones_n = c->emails_n = 0;
	c->line = s->in.line_no;
	s->given = 0;
}

/* Reads a card into s->card: 1, 0 the end, -1 with 65 when it is none. */
static int
read_card(struct intake *in, struct state *s, struct err *e)
{
	struct vcard_property p;
	bool inside = s->begun;
	int got;

	s->begun = false;
	if (inside) {
		begin(s);
		buf_str(&s->card.raw, "BEGIN:VCARD\n");
	}
	while ((got = vcard_line(&s->in, e)) > 0) {
		char *line = s->in.line.p;
		bool is_begin = strncasecmp(line, "BEGIN:VCARD", 11) == 0;

		if (!inside && line[strspn(line, " \t\r\xef\xbb\xbf")] == '\0')
			continue;
		if (!inside)
			begin(s);
		if (inside && is_begin) {
			s->begun = true;
			return err_set(e, ERR_DATA, "a card without its END");
		}
		if (s->card.raw.len < VCARD_MAX) {
			buf_add(&s->card.raw, line, s->in.line.len);
			buf_char(&s->card.raw, '\n');
		}
		if (!inside && !is_begin &&
		    strncasecmp(line, "\xef\xbb\xbf" "BEGIN:VCARD", 14) != 0)
			return err_set(e, ERR_DATA, "not in a card");
		inside = true;
		if (strncasecmp(line, "END:VCARD", 9) == 0)
			return 1;
		if (is_begin || *line == '\0')
			continue;
		if (memchr(line, '\0', s->in.line.len) == NULL && vcard_split(line, &p))
			take(s, in, &p);
		else if (strncasecmp(line, "\xef\xbb\xbf", 3) != 0)
			keep_line(s, in, line);
	}
	return got == 0 && inside ? err_set(e, ERR_DATA, "the card is cut off") : got;
}

/* What the card says beside names and addresses. */
static const char *
extra_of(struct card *c)
{
	if (c->birthday != NULL)
		jtext_member(&c->extra, "birthday", c->birthday);
	if (c->tags.len > 0) {
		jtext_key(&c->extra, "tags");
		buf_str(&c->extra, c->tags.p);
		buf_char(&c->extra, ']');
	}
	buf_char(&c->extra, '}');
	return c->extra.len > 2 ? c->extra.p : NULL;
}

/* The card's own id, or what makes it one and the same. */
static const char *
id_of(struct state *s, const char *name)
{
	struct card *c = &s->card;
	const char *contact = c->phones_n > 0 ? c->phones[0] :
	    c->emails_n > 0 ? c->emails[0] : NULL;
	size_t size;
	char *id;

	if (c->uid != NULL || contact == NULL)
		return c->uid;
	size = strlen(contact) + (name != NULL ? strlen(name) : 0) + 2;
	id = arena_alloc(&s->scratch, size);
	snprintf(id, size, "%s/%s", name != NULL ? name : "", contact);
	return id;
}

/* Fact number s->given of the card; false: there are no more. */
static bool
give(struct intake *in, struct state *s, struct fact *f)
{
	struct card *c = &s->card;
	size_t i = s->given++, phones = c->phones_n > 1 ? c->phones_n - 1 : 0;
	size_t emails = c->emails_n > 1 ? c->emails_n - 1 : 0;
	const char *name = c->name.len > 0 ? c->name.p : c->parts.len > 0 ? c->parts.p : NULL;

	if (i > phones + emails)
		return false;
	fact_init(f);
	f->kind = FACT_CUSTOMER;
	f->line = c->line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "crm";
	f->account = in->opts.account;
	f->external_id = f->who.id = id_of(s, name);
	f->who.name = name;
	f->who.role = ROLE_CUSTOMER;
	if (i > phones) {
		f->who.email = c->emails[i - phones];
	} else if (i > 0) {
		f->who.phone = c->phones[i];
	} else {
		f->who.phone = c->phones_n > 0 ? c->phones[0] : NULL;
		f->who.email = c->emails_n > 0 ? c->emails[0] : NULL;
		f->customer.language = c->language;
		f->customer.zone = c->zone;
		f->extra = extra_of(c);
	}
	return true;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	in->bad = s->card.raw.p;
	in->bad_len = s->card.raw.len;
	in->bad_line = s->card.line;
	s->ready = false;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got;

	if (s->ready && give(in, s, f))
		return 1;
	got = read_card(in, s, e);
	s->ready = got > 0;
	if (got > 0)
		give(in, s, f);
	if (got >= 0 || e->code != ERR_DATA)
		return got;
	raw(in);
	return err_at(e, in->name, s->card.line);
}

const struct intake_format intake_vcard = {
	"vcard", "address cards (vCard 2.1, 3.0, 4.0)", sniff, open_vcard, next, close_vcard, raw
};
