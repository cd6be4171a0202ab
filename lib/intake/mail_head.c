/* mail_head - header fields: text, people, ids, time */
#include <stdlib.h>
#include <string.h>

#include "intake/mail_part.h"
#include "stream/charset.h"

enum { MAX_COLONS = 64 };	/* in an address field: each may open a group, one level deeper */

const char *
mail_clean(struct mail *m, const char *text)
{
	struct buf b = BUF_INIT;
	char *s;
	size_t n = 0;

	charset_decode(&b, text, strlen(text), "utf-8", m->reader->encoding, NULL);
	s = arena_strn(m->arena, buf_cstr(&b), b.len);
	buf_release(&b);
	for (char *p = s; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		bool blank = c <= ' ' || c == 0x7f;

		if (blank && (n == 0 || s[n - 1] == ' '))
			continue;
		s[n++] = blank ? ' ' : *p;
	}
	if (n > 0 && s[n - 1] == ' ')
		n--;
	s[n] = '\0';
	return n > 0 ? s : NULL;
}

const char *
mail_lower(struct mail *m, const char *s)
{
	char *copy = s != NULL ? arena_str(m->arena, s) : NULL;

	for (char *p = copy; p != NULL && *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return copy;
}

/* The field unfolded, its bytes read as UTF-8 but not decoded (RFC 2047) yet; NULL when absent. */
static const char *
raw_field(struct mail *m, GMimeHeader *h)
{
	const char *raw = h != NULL ? g_mime_header_get_raw_value(h) : NULL;

	return raw != NULL ? mail_clean(m, raw) : NULL;
}

static const char *
decoded_field(struct mail *m, GMimeHeader *h)
{
	const char *raw = raw_field(m, h), *text;
	char *s;

	if (raw == NULL)
		return NULL;
	s = g_mime_utils_header_decode_text(m->options, raw);
	text = s != NULL ? mail_clean(m, s) : NULL;
	g_free(s);
	return text;
}

static GMimeHeader *
find(GMimeObject *part, const char *name)
{
	return g_mime_header_list_get_header(g_mime_object_get_header_list(part), name);
}

const char *
mail_head_of(struct mail *m, GMimeObject *part, const char *name)
{
	return decoded_field(m, find(part, name));
}

const char *
mail_head(struct mail *m, const char *name)
{
	return mail_head_of(m, GMIME_OBJECT(m->msg), name);
}

static size_t
add_people(struct mail *m, InternetAddressList *list, struct mail_person *out, size_t n,
    size_t max)
{
	int len = internet_address_list_length(list);

	for (int i = 0; i < len && n < max; i++) {
		InternetAddress *ia = internet_address_list_get_address(list, i);
		const char *name = internet_address_get_name(ia), *email;

		if (INTERNET_ADDRESS_IS_GROUP(ia)) {
			n = add_people(m, internet_address_group_get_members(
			    INTERNET_ADDRESS_GROUP(ia)), out, n, max);
			continue;
		}
		email = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(ia));
		out[n].name = name != NULL ? mail_clean(m, name) : NULL;
		out[n].email = email != NULL ? mail_clean(m, email) : NULL;
		n += out[n].name != NULL || out[n].email != NULL;
	}
	return n;
}

static bool
parsable(const char *text)
{
	size_t colons = 0;

	for (; *text != '\0'; text++)
		colons += *text == ':';
	return colons <= MAX_COLONS;
}

/* A field nobody can parse still is somebody's: its text is the name. */
size_t
mail_people(struct mail *m, const char *name, struct mail_person *out, size_t max)
{
	const char *raw = raw_field(m, find(GMIME_OBJECT(m->msg), name));
	InternetAddressList *list = NULL;
	size_t n = 0;

	if (raw == NULL || max == 0)
		return 0;
	if (parsable(raw))
		list = internet_address_list_parse(m->options, raw);
	if (list != NULL) {
		n = add_people(m, list, out, 0, max);
		g_object_unref(list);
		return n;
	}
	raw = decoded_field(m, find(GMIME_OBJECT(m->msg), name));
	if (raw == NULL || raw[strspn(raw, " <>;")] == '\0')
		return 0;
	out[0] = (struct mail_person){ .name = mail_clean(m, arena_strn(m->arena, raw,
	    strcspn(raw, "<"))) };
	return out[0].name != NULL;
}

/* Broken ids (no brackets, blanks within) occur; what stands between brackets is one, else a field
 * that is one word. */
size_t
mail_ids(struct mail *m, const char *name, const char **ids, size_t n, size_t max)
{
	const char *raw = raw_field(m, find(GMIME_OBJECT(m->msg), name)), *p, *end;

	if (raw == NULL)
		return n;
	if (strchr(raw, '<') == NULL && strchr(raw, ' ') == NULL && n < max)
		ids[n++] = raw;
	for (p = raw; (p = strchr(p, '<')) != NULL && n < max; p = end) {
		end = p + 1 + strcspn(p + 1, "<>");
		if (*end == '>' && end - p > 1)
			ids[n++] = arena_strn(m->arena, p + 1, (size_t)(end - p - 1));
	}
	return n;
}

int64_t
mail_parse_date(const char *text)
{
	GDateTime *d = g_mime_utils_header_decode_date(text);
	int64_t at;

	if (d == NULL)
		return FACT_NO_TIME;
	at = g_date_time_to_unix(d) * 1000;
	g_date_time_unref(d);
	return at > 0 ? at : FACT_NO_TIME;
}

int64_t
mail_date(struct mail *m)
{
	const char *date = raw_field(m, find(GMIME_OBJECT(m->msg), "Date")), *semicolon;
	int64_t at = date != NULL ? mail_parse_date(date) : FACT_NO_TIME;

	if (at != FACT_NO_TIME)
		return at;
	date = raw_field(m, find(GMIME_OBJECT(m->msg), "Received"));
	semicolon = date != NULL ? strrchr(date, ';') : NULL;
	return semicolon != NULL ? mail_parse_date(semicolon + 1) : FACT_NO_TIME;
}
