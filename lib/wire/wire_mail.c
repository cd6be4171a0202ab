/* wire_mail - a message as a mail, made by the mail library
 *
 * The one place where headers of outgoing mail are made.  Names, subjects and addresses go
 * through gmime's encoders; what could end a header line is made a blank before.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/conf.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "wire/wire_own.h"

enum { ATTACHMENT_MAX = 32 * 1024 * 1024 };

static void
begin(void)
{
	static bool begun;

	if (!begun)
		g_mime_init();
	begun = true;
}

/* A copy in which nothing ends a line; yours to free. */
static char *
one_line(const char *s)
{
	char *copy = xstrdup(s), *p;

	for (p = copy; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	return copy;
}

/* Exactly one mailbox: its name (yours, NULL: none) and its bare address. */
static int
one_mailbox(const char *text, char **name, char address[ADDRESS_SIZE])
{
	InternetAddressList *list;
	InternetAddress *one;
	const char *at = NULL;
	int ok = 0;

	*name = NULL;
	if (strpbrk(text, "\r\n") != NULL)
		return -1;
	list = internet_address_list_parse(NULL, text);
	if (list == NULL)
		return -1;
	one = internet_address_list_length(list) == 1 ?
	    internet_address_list_get_address(list, 0) : NULL;
	if (one != NULL && INTERNET_ADDRESS_IS_MAILBOX(one))
		at = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
	if (at != NULL && strchr(at, '@') != NULL && *at != '-' && *at != '@' &&
	    strlen(at) < ADDRESS_SIZE && strpbrk(at, " \t\"<>,;") == NULL) {
		g_strlcpy(address, at, ADDRESS_SIZE);
		if (internet_address_get_name(one) != NULL)
			*name = xstrdup(internet_address_get_name(one));
		ok = 1;
	}
	g_object_unref(list);
	return ok ? 0 : -1;
}

static int
set_people(GMimeMessage *msg, const struct transport *t, const struct wire_message *m,
    char from[ADDRESS_SIZE], char to[ADDRESS_SIZE], struct wire_result *r)
{
	char *from_name = NULL, *to_name = NULL;
	int bad = 0;

	if (one_mailbox(t->from, &from_name, from) < 0) {
		wire_say(r, WIRE_PERMANENT, 0, "[transport %s]: from is no address", t->name);
		bad = -1;
	} else if (one_mailbox(m->recipient, &to_name, to) < 0) {
		wire_say(r, WIRE_PERMANENT, 0, "the recipient is no mail address");
		bad = -1;
	} else {
		g_mime_message_add_mailbox(msg, GMIME_ADDRESS_TYPE_FROM, from_name, from);
		g_mime_message_add_mailbox(msg, GMIME_ADDRESS_TYPE_TO, to_name, to);
	}
	free(from_name);
	free(to_name);
	return bad;
}

static void
set_header(GMimeMessage *msg, const char *name, const char *value)
{
	char *clean = one_line(value);

	g_mime_object_set_header(GMIME_OBJECT(msg), name, clean, "utf-8");
	free(clean);
}

/* "<id>", if it is one: a foreign id is not trusted to be. */
static void
set_id(GMimeMessage *msg, const char *name, const char *id)
{
	char text[600];

	if (id == NULL || strlen(id) > 500 || strpbrk(id, " \t\r\n<>,;\"") != NULL ||
	    strchr(id, '@') == NULL)
		return;
	g_snprintf(text, sizeof(text), "<%s>", id);
	set_header(msg, name, text);
}

/* What tells other machines not to answer, and us that it is ours. */
static void
set_marks(GMimeMessage *msg, const struct transport *t, const struct wire_message *m)
{
	const char *leave = m->unsubscribe != NULL ? m->unsubscribe : NULL;
	char text[600];

	set_header(msg, "X-CSR-Key", m->key);
	if (m->automatic) {
		set_header(msg, "Auto-Submitted", m->in_reply_to != NULL ? "auto-replied" :
		    "auto-generated");
		set_header(msg, "X-Auto-Response-Suppress", "All");
		set_header(msg, "X-CSR-Loop", t->name);
	}
	if (leave == NULL)
		return;
	g_snprintf(text, sizeof(text), "<%s>", leave);
	set_header(msg, "List-Unsubscribe", text);
}

static void
set_head(GMimeMessage *msg, const struct transport *t, const struct wire_message *m)
{
	GDateTime *at = g_date_time_new_from_unix_utc(m->at / 1000);
	char *subject = one_line(m->subject != NULL ? m->subject : "");

	g_mime_message_set_date(msg, at);
	g_date_time_unref(at);
	g_mime_message_set_subject(msg, subject, "utf-8");
	free(subject);
	if (m->message_id != NULL)
		g_mime_message_set_message_id(msg, m->message_id);
	set_id(msg, "In-Reply-To", m->in_reply_to);
	set_id(msg, "References", m->in_reply_to);
	set_marks(msg, t, m);
}

/* Base64 where most of it is not Latin; quoted-printable stays readable for the rest. */
static GMimeObject *
text_part(const char *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
	size_t high = 0, len = strlen(text), i;

	for (i = 0; i < len; i++)
		high += (unsigned char)text[i] >= 0x80;
	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding(GMIME_PART(part), high * 4 > len ?
	    GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

static GMimeObject *
attachment_part(const char *path, struct wire_result *r)
{
	const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
	bool pdf = strlen(name) > 4 && g_ascii_strcasecmp(name + strlen(name) - 4, ".pdf") == 0;
	GMimeDataWrapper *content;
	GMimeStream *stream;
	GMimePart *part;
	struct err e;
	size_t len;
	char *bytes = conf_read(path, ATTACHMENT_MAX, &len, &e);

	if (bytes == NULL) {
		wire_say(r, WIRE_PERMANENT, 0, "%s", e.msg);
		return NULL;
	}
	part = g_mime_part_new_with_type("application", pdf ? "pdf" : "octet-stream");
	stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_part_set_content(part, content);
	g_mime_part_set_filename(part, name);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_object_unref(content);
	g_object_unref(stream);
	free(bytes);
	return GMIME_OBJECT(part);
}

static int
set_body(GMimeMessage *msg, const struct wire_message *m, struct wire_result *r)
{
	GMimeObject *text = text_part(m->text), *file = NULL;
	GMimeMultipart *both;

	if (m->attachment == NULL) {
		g_mime_message_set_mime_part(msg, text);
		g_object_unref(text);
		return 0;
	}
	if ((file = attachment_part(m->attachment, r)) != NULL) {
		both = g_mime_multipart_new_with_subtype("mixed");
		g_mime_multipart_add(both, text);
		g_mime_multipart_add(both, file);
		g_mime_message_set_mime_part(msg, GMIME_OBJECT(both));
		g_object_unref(both);
		g_object_unref(file);
	}
	g_object_unref(text);
	return file != NULL ? 0 : -1;
}

static void
write_out(GMimeMessage *msg, struct buf *out)
{
	GMimeFormatOptions *how = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;

	g_mime_format_options_set_newline_format(how, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(msg), how, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	buf_add(out, bytes->data, bytes->len);
	g_object_unref(stream);
	g_mime_format_options_free(how);
}

int
wire_mail(const struct transport *t, const struct wire_message *m, struct buf *out,
    char from[ADDRESS_SIZE], char to[ADDRESS_SIZE], struct wire_result *r)
{
	GMimeMessage *msg;
	int bad;

	begin();
	msg = g_mime_message_new(TRUE);
	bad = set_people(msg, t, m, from, to, r);
	if (bad == 0) {
		set_head(msg, t, m);
		bad = set_body(msg, m, r);
	}
	if (bad == 0)
		write_out(msg, out);
	g_object_unref(msg);
	return bad;
}
