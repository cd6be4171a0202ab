/* mail_auto - mail that no person wrote: automatic replies, lists, bounces
 *
 * The marks are those of RFC 3834, RFC 2919 and of programs that came before them.  Answering such
 * mail is how loops begin, so one mark is enough. */
#include <string.h>
#include <strings.h>

#include "intake/mail_part.h"

static bool
is_one_of(const char *value, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strncasecmp(value, *words, strlen(*words)) == 0)
			return true;
	return false;
}

/* "<>" is the sender of what must not be answered (RFC 5321 part 4.5.5). */
static bool
null_sender(struct mail *m)
{
	const char *path = mail_head(m, "Return-Path");

	return path != NULL && strcmp(path, "<>") == 0;
}

static bool
sent_by(struct mail *m, const char *const *words)
{
	struct mail_person p;

	return mail_people(m, "From", &p, 1) == 1 && p.email != NULL && is_one_of(p.email, words);
}

static bool
mail_system(struct mail *m)
{
	static const char *const systems[] = { "mailer-daemon", "postmaster@", NULL };

	return sent_by(m, systems);
}

/* A web form writes from such an address too, but says whom to answer. */
static bool
no_reply_sender(struct mail *m)
{
	static const char *const robots[] = { "noreply@", "no-reply@", "no_reply@", "donotreply@",
		"do-not-reply@", "bounce@", "bounces@", NULL };

	return sent_by(m, robots) && mail_head(m, "Reply-To") == NULL;
}

static bool
automatic_subject(struct mail *m)
{
	static const char *const heads[] = { "自动回复:", "自动回复：", "自動回覆:",
		"自動回覆：", "自动答复:", "自动答复：", "automatic reply:", "auto-reply:", "auto reply:",
		"autoreply:", "out of office:", "系统退信", "退信通知", "undelivered mail returned",
		"undeliverable:", "delivery status notification", "returned mail:",
		"mail delivery failed", "failure notice", "abwesenheitsnotiz", NULL };
	const char *subject = mail_head(m, "Subject");

	return subject != NULL && is_one_of(subject, heads);
}

const char *
mail_auto(struct mail *m)
{
	static const char *const bulk[] = { "bulk", "list", "junk", "auto_reply", "auto-reply",
		NULL };
	static const char *const present[] = { "List-Id", "List-Unsubscribe", "X-Autoreply",
		"X-Autorespond", "X-Autoresponder", "X-Auto-Generated", "X-Mail-Autoreply",
		"X-AutoReply-From", "X-CSR-Loop", "X-Loop", "X-Failed-Recipients",
		"Feedback-ID" };
	const char *v = mail_head(m, "Auto-Submitted");

	if (v != NULL && strncasecmp(v, "no", 2) != 0)
		return "Auto-Submitted";
	v = mail_head(m, "Precedence");
	if (v != NULL && is_one_of(v, bulk))
		return "Precedence";
	/* Exchange sets it on people's mail too; "None" is no mark. */
	v = mail_head(m, "X-Auto-Response-Suppress");
	if (v != NULL && strcasecmp(v, "none") != 0)
		return "X-Auto-Response-Suppress";
	for (size_t i = 0; i < sizeof(present) / sizeof(present[0]); i++)
		if (mail_head(m, present[i]) != NULL)
			return present[i];
	if (null_sender(m))
		return "Return-Path";
	if (mail_system(m) || no_reply_sender(m))
		return "From";
	if (automatic_subject(m))
		return "Subject";
	if (m->status != NULL)
		return "Content-Type";
	return NULL;
}

/* "rfc822; a@b" without its type; "<a@b>" without its brackets. */
static const char *
address_of(struct mail *m, const char *value)
{
	const char *semicolon = strchr(value, ';');

	if (semicolon != NULL)
		value = semicolon + 1;
	value += strspn(value, " <");
	value = arena_strn(m->arena, value, strcspn(value, " >;,"));
	return *value != '\0' ? value : NULL;
}

/* The value of "Name: value" when LINE is that field, else NULL. */
static const char *
field_value(struct mail *m, const char *line, size_t len, const char *name)
{
	size_t n = strlen(name);

	if (len <= n || line[n] != ':' || strncasecmp(line, name, n) != 0)
		return NULL;
	return mail_clean(m, arena_strn(m->arena, line + n + 1, len - n - 1));
}

static void
take_field(struct mail *m, struct node *r, const char *line, size_t len)
{
	static const struct {
		const char *field, *key;
	} fields[] = {
		{ "Final-Recipient", "address" }, { "Original-Recipient", "address" },
		{ "Action", "action" }, { "Status", "status" }, { "Diagnostic-Code", "diagnostic" },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *v = field_value(m, line, len, fields[i].field);

		if (v == NULL || node_get(r, fields[i].key) != NULL)
			continue;
		if (strcmp(fields[i].key, "address") == 0)
			v = address_of(m, v);
		node_set_text(r, fields[i].key, v);
	}
}

static struct node *
end_block(struct node *recipients, struct node *r)
{
	if (node_get(r, "address") != NULL)
		node_push(recipients, r);
	else
		node_free(r);
	return node_object();
}

/* Blocks of fields apart by blank lines, one a recipient (RFC 3464 part 2); the first, about the
 * mail itself, has no recipient. */
static void
read_status(struct mail *m, struct node *recipients, const char *p)
{
	struct node *r = node_object();

	while (*p != '\0') {
		size_t len = strcspn(p, "\n");

		if (strspn(p, " \t\r") >= len)
			r = end_block(recipients, r);
		else
			take_field(m, r, p, len);
		p += len + (p[len] == '\n');
	}
	node_free(end_block(recipients, r));
}

static void
status_recipients(struct mail *m, struct node *recipients)
{
	if (!GMIME_IS_PART(m->status))
		return;
	mail_content(m, GMIME_PART(m->status));
	read_status(m, recipients, arena_strn(m->arena, buf_cstr(&m->content), m->content.len));
}

/* Mail servers that do not follow RFC 3464 still name the address and mostly a status code. */
static const char *
status_code(struct mail *m)
{
	const char *p = buf_cstr(&m->text);

	for (; (p = strpbrk(p, "45")) != NULL; p++) {
		size_t n = 1 + (p[1] == '.' ? 1 + strspn(p + 2, "0123456789") : 0);

		if (p > m->text.p && strchr("0123456789.", p[-1]) != NULL)
			continue;
		if (n > 2 && n < 6 && p[n] == '.' && p[n + 1] >= '0' && p[n + 1] <= '9')
			return arena_strn(m->arena, p, n + 1 + strspn(p + n + 1, "0123456789"));
	}
	return NULL;
}

static void
guess(struct mail *m, struct node *recipients, const char *address)
{
	struct node *r;

	if (address == NULL)
		return;
	r = node_object();
	node_set_text(r, "address", address);
	node_set_text(r, "action", "failed");
	node_set_text(r, "status", status_code(m));
	node_push(recipients, r);
}

static void
listed_recipients(struct mail *m, struct node *recipients, const char *list)
{
	while (*list != '\0') {
		guess(m, recipients, address_of(m, list));
		list += strcspn(list, ",");
		list += *list == ',';
	}
}

/* "<a@b>: 550 user unknown": the first address in brackets. */
static const char *
address_in_text(struct mail *m)
{
	const char *p = buf_cstr(&m->text);

	for (; (p = strchr(p, '<')) != NULL; p++) {
		size_t len = strcspn(p + 1, "<> \t\n");

		if (p[1 + len] == '>' && memchr(p + 1, '@', len) != NULL)
			return arena_strn(m->arena, p + 1, len);
	}
	return NULL;
}

/* The id of the mail that came back: from its own header, whole or in part. */
static const char *
returned_id(struct mail *m)
{
	const char *id = NULL, *p;
	GMimeMessage *in;

	if (m->original == NULL)
		return NULL;
	if (GMIME_IS_MESSAGE_PART(m->original)) {
		in = g_mime_message_part_get_message(GMIME_MESSAGE_PART(m->original));
		id = in != NULL ? mail_head_of(m, GMIME_OBJECT(in), "Message-ID") : NULL;
	} else if (GMIME_IS_PART(m->original)) {
		mail_content(m, GMIME_PART(m->original));
		for (p = buf_cstr(&m->content); id == NULL && *p != '\0'; p += *p == '\n') {
			size_t len = strcspn(p, "\n");

			id = field_value(m, p, len, "Message-ID");
			p += len;
		}
	}
	if (id == NULL)
		return NULL;
	id += strspn(id, "<");
	return arena_strn(m->arena, id, strcspn(id, "> "));
}

struct node *
mail_bounce(struct mail *m, const char **id)
{
	const char *listed = mail_head(m, "X-Failed-Recipients");
	struct node *bounce, *recipients;

	*id = NULL;
	if (m->status == NULL && listed == NULL && !(mail_system(m) && status_code(m) != NULL))
		return NULL;
	bounce = node_object();
	recipients = node_array();
	if (m->status != NULL)
		status_recipients(m, recipients);
	else if (listed != NULL)
		listed_recipients(m, recipients, listed);
	else
		guess(m, recipients, address_in_text(m));
	*id = returned_id(m);
	node_set(bounce, "recipients", recipients);
	node_set_text(bounce, "message_id", *id);
	return bounce;
}
