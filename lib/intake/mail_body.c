/* mail_body - which parts of a mail are its text, and what that text is */
#include <string.h>
#include <strings.h>

#include "intake/mail_html.h"
#include "intake/mail_part.h"
#include "stream/charset.h"

static int visit(struct mail *m, GMimeObject *o, bool inside, struct err *e);

static const char *
param(GMimeObject *o, const char *name)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);

	return type != NULL ? g_mime_content_type_get_parameter(type, name) : NULL;
}

static bool
is_type(GMimeObject *o, const char *type, const char *subtype)
{
	GMimeContentType *t = g_mime_object_get_content_type(o);

	return t != NULL && g_mime_content_type_is_type(t, type, subtype);
}

void
mail_content(struct mail *m, GMimePart *part)
{
	GMimeDataWrapper *data = g_mime_part_get_content(part);
	GByteArray *bytes;
	GMimeStream *to;

	buf_clear(&m->content);
	if (data == NULL)
		return;
	bytes = g_byte_array_new();
	to = g_mime_stream_mem_new_with_byte_array(bytes);
	g_mime_data_wrapper_write_to_stream(data, to);
	g_mime_stream_flush(to);
	buf_add(&m->content, bytes->data, bytes->len);
	g_object_unref(to);
}

/* CRLF and lone CR as LF. */
static void
unix_lines(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++) {
		if (b->p[i] == '\r' && i + 1 < b->len && b->p[i + 1] == '\n')
			continue;
		b->p[n++] = b->p[i] == '\r' ? '\n' : b->p[i];
	}
	b->len = n;
	if (b->p != NULL)
		b->p[n] = '\0';
}

static void
html_text(struct mail *m, const char *charset, struct buf *out)
{
	struct buf utf8 = BUF_INIT;
	struct charset_found found;
	char meta[32];

	if (charset == NULL) {
		mail_html_charset(meta, sizeof(meta), buf_cstr(&m->content), m->content.len);
		charset = meta;
	}
	charset_decode(&utf8, buf_cstr(&m->content), m->content.len, charset,
	    m->reader->encoding, &found);
	m->bad += found.bad;
	mail_html(out, buf_cstr(&utf8), utf8.len);
	buf_release(&utf8);
}

static void
plain_text(struct mail *m, const char *charset, GMimeObject *o, struct buf *out)
{
	const char *format = param(o, "format"), *delsp = param(o, "delsp");
	struct buf utf8 = BUF_INIT;
	struct charset_found found;

	charset_decode(&utf8, buf_cstr(&m->content), m->content.len, charset,
	    m->reader->encoding, &found);
	m->bad += found.bad;
	unix_lines(&utf8);
	if (format != NULL && strcasecmp(format, "flowed") == 0)
		mail_unflow(out, buf_cstr(&utf8), delsp != NULL && strcasecmp(delsp, "yes") == 0);
	else
		buf_add(out, buf_cstr(&utf8), utf8.len);
	buf_release(&utf8);
}

void
mail_part_text(struct mail *m, GMimePart *part, struct buf *out)
{
	const char *charset = param(GMIME_OBJECT(part), "charset");

	mail_content(m, part);
	if (is_type(GMIME_OBJECT(part), "text", "html"))
		html_text(m, charset, out);
	else
		plain_text(m, charset, GMIME_OBJECT(part), out);
}

static bool
blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

static bool
is_attachment(GMimeObject *o)
{
	const char *how = g_mime_object_get_disposition(o);

	return how != NULL && strcasecmp(how, "attachment") == 0;
}

static bool
is_attached(GMimeObject *o)
{
	return is_attachment(o) ||
	    (GMIME_IS_PART(o) && g_mime_part_get_filename(GMIME_PART(o)) != NULL);
}

/* A type nobody can read is text/plain (RFC 2045 part 5.2); of those only "text" is met. */
static bool
is_half_type(GMimeObject *o)
{
	const char *type = g_mime_object_get_header(o, "Content-Type");

	return type != NULL && strncasecmp(type, "text", 4) == 0 && strchr(type, '/') == NULL;
}

static bool
is_text(GMimeObject *o)
{
	return GMIME_IS_PART(o) && (is_type(o, "text", "plain") || is_type(o, "text", "html") ||
	    is_half_type(o));
}

static bool
has_words(struct mail *m, GMimePart *part)
{
	struct buf text = BUF_INIT;
	bool some;

	mail_part_text(m, part, &text);
	some = !blank(buf_cstr(&text));
	buf_release(&text);
	return some;
}

/* How well a branch of multipart/alternative gives text: 3 plain words, 2 HTML words, 1 words in a
 * deeper part, 0 none. */
static int
text_rank(struct mail *m, GMimeObject *o)
{
	int best = 0;

	if (is_text(o) && !is_attached(o)) {
		size_t bad = m->bad;
		bool words = has_words(m, GMIME_PART(o));

		m->bad = bad;
		return !words ? 0 : is_type(o, "text", "plain") ? 3 : 2;
	}
	if (!GMIME_IS_MULTIPART(o))
		return 0;
	for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(o)); i++) {
		int rank = text_rank(m, g_mime_multipart_get_part(GMIME_MULTIPART(o), i));

		best = rank > best ? rank : best;
	}
	return best > 1 ? best - 1 : best;
}

/* The branch not taken may carry pictures: those are listed. */
static int
list_others(struct mail *m, GMimeObject *o, struct err *e)
{
	if (is_text(o) && !is_attached(o))
		return 0;
	if (!GMIME_IS_MULTIPART(o))
		return mail_attach(m, o, e);
	for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(o)); i++)
		if (list_others(m, g_mime_multipart_get_part(GMIME_MULTIPART(o), i), e) < 0)
			return -1;
	return 0;
}

static int
visit_alternative(struct mail *m, GMimeMultipart *mp, struct err *e)
{
	int n = g_mime_multipart_get_count(mp), best = 0, best_rank = -1;

	for (int i = 0; i < n; i++) {
		int rank = text_rank(m, g_mime_multipart_get_part(mp, i));

		if (rank >= best_rank) {
			best = i;
			best_rank = rank;
		}
	}
	for (int i = 0; i < n; i++) {
		GMimeObject *o = g_mime_multipart_get_part(mp, i);

		if ((i == best ? visit(m, o, true, e) : list_others(m, o, e)) < 0)
			return -1;
	}
	return 0;
}

/* A report (RFC 6522) is words, a machine's part, and what was returned. */
static bool
keep_report(struct mail *m, GMimeObject *o)
{
	if (m->status == NULL && is_type(o, "message", "delivery-status")) {
		m->status = o;
		return true;
	}
	if (m->original == NULL && (GMIME_IS_MESSAGE_PART(o) ||
	    is_type(o, "text", "rfc822-headers")))
		m->original = o;
	return false;
}

static int
visit_multipart(struct mail *m, GMimeMultipart *mp, struct err *e)
{
	GMimeObject *o = GMIME_OBJECT(mp);
	bool report = is_type(o, "multipart", "report");
	bool first_only = report || is_type(o, "multipart", "related") ||
	    is_type(o, "multipart", "signed");

	if (is_type(o, "multipart", "alternative"))
		return visit_alternative(m, mp, e);
	for (int i = 0; i < g_mime_multipart_get_count(mp); i++) {
		GMimeObject *part = g_mime_multipart_get_part(mp, i);
		bool aside = (report && keep_report(m, part)) || (i > 0 && first_only);

		if ((aside ? mail_attach(m, part, e) : visit(m, part, true, e)) < 0)
			return -1;
	}
	return 0;
}

/* INSIDE: a part of a multipart.  A text with a name is the mail's own words only when there are
 * none yet and it is not said to be attached; the only part of a mail always is. */
static int
visit(struct mail *m, GMimeObject *o, bool inside, struct err *e)
{
	if (GMIME_IS_MULTIPART(o))
		return visit_multipart(m, GMIME_MULTIPART(o), e);
	if (!is_text(o) || (inside && (is_attachment(o) ||
	    (is_attached(o) && !blank(buf_cstr(&m->text))))))
		return mail_attach(m, o, e);
	if (m->text.len > 0 && m->text.p[m->text.len - 1] != '\n')
		buf_char(&m->text, '\n');
	mail_part_text(m, GMIME_PART(o), &m->text);
	return 0;
}

/* Lines that are neither blank nor a part's frame. */
static bool
has_residue(const char *p, size_t len)
{
	const char *end = p + len;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = nl != NULL ? (size_t)(nl - p) : (size_t)(end - p);

		if (n > 1 && strncmp(p, "--", 2) != 0 && !mail_guard_is_field(p, n) &&
		    strchr(" \t\r", *p) == NULL)
			return true;
		p += n + 1;
	}
	return false;
}

/* The mail is one text, encoded: what that says, be it nothing, is all there is. */
static bool
is_encoded_text(GMimeObject *o)
{
	const char *how = o != NULL && is_text(o) ?
	    g_mime_object_get_header(o, "Content-Transfer-Encoding") : NULL;

	return how != NULL && (strcasestr(how, "base64") != NULL ||
	    strcasestr(how, "quoted-printable") != NULL);
}

/* A body whose parts cannot be told apart is text as it stands: nothing is lost. */
static void
raw_body(struct mail *m, const char *raw, size_t len)
{
	size_t at = mail_guard_header(raw, len);
	struct charset_found found;

	if (!has_residue(raw + at, len - at))
		return;
	buf_clear(&m->text);
	charset_decode(&m->text, raw + at, len - at, NULL, m->reader->encoding, &found);
	m->bad += found.bad;
	unix_lines(&m->text);
}

int
mail_body(struct mail *m, const char *raw, size_t len, struct err *e)
{
	GMimeObject *o = g_mime_message_get_mime_part(m->msg);
	GMimeMessage *in;

	if (o != NULL && visit(m, o, false, e) < 0)
		return -1;
	if (!blank(buf_cstr(&m->text)))
		return 0;
	/* A mail that only wraps another says what that one says. */
	if (o != NULL && GMIME_IS_MESSAGE_PART(o)) {
		in = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
		o = in != NULL ? g_mime_message_get_mime_part(in) : NULL;
		return o != NULL ? visit(m, o, false, e) : 0;
	}
	if (node_len(m->attachments) == 0 && !is_encoded_text(o))
		raw_body(m, raw, len);
	return 0;
}
