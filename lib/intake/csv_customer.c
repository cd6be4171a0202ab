/* csv_customer - a customer as a row of a list states one
 *
 * What has no member of its own in a fact goes to extra, in the shape of csr-record(5):
 * birthday, membership {number, level, expires}, consent [{channel, purpose, given, at,
 * source}], prefer {channel, language, mute, quiet}, tags.
 */
#include <string.h>

#include "intake/csv_row.h"
#include "stream/jtext.h"
#include "time/tm.h"

/* yes, no, or NULL for a word nobody knows, which is kept as it is. */
static const char *
yes_or_no(struct csv_row *r, enum csv_slot slot)
{
	const char *word = csv_row_word(r, slot, "consent");

	if (word == NULL)
		csv_row_keep(r, slot);
	return word;
}

static void
add_membership(struct csv_row *r, const struct fact *f)
{
	if (r->v[SLOT_LEVEL].len == 0 && r->v[SLOT_EXPIRES].len == 0)
		return;
	jtext_key(&r->extra, "membership");
	buf_char(&r->extra, '{');
	jtext_member(&r->extra, "number", f->who.member);
	jtext_member(&r->extra, "level", csv_row_text(r, SLOT_LEVEL));
	jtext_member(&r->extra, "expires", csv_row_text(r, SLOT_EXPIRES));
	buf_char(&r->extra, '}');
}

/* A column of "may we write to you by ..." each. */
static int
add_consents(struct csv_row *r, struct err *e)
{
	static const struct { enum csv_slot slot; const char *channel; } columns[] = {
		{ SLOT_CONSENT, "" }, { SLOT_CONSENT_SMS, "sms" }, { SLOT_CONSENT_EMAIL, "email" },
		{ SLOT_CONSENT_PHONE, "phone" }, { SLOT_CONSENT_WECOM, "wecom" },
		{ SLOT_CONSENT_WECHAT, "wechat" }, { SLOT_CONSENT_APP, "app" }
	};
	const char *given[sizeof(columns) / sizeof(*columns)];
	int64_t at = FACT_NO_TIME;
	char text[TM_SIZE];
	size_t i, n = 0;

	if (csv_row_time(r, SLOT_CONSENT_AT, &at, e) < 0)
		return -1;
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		given[i] = yes_or_no(r, columns[i].slot);
		n += given[i] != NULL;
	}
	if (n == 0)
		return 0;
	if (strstr(buf_cstr(&r->extra), "\"consent\":") != NULL) {
		/* JSON that says it all already, and this beside it. */
		for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
			if (given[i] != NULL)
				csv_row_keep(r, columns[i].slot);
		return 0;
	}
	jtext_key(&r->extra, "consent");
	buf_char(&r->extra, '[');
	for (i = 0, n = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		if (given[i] == NULL)
			continue;
		buf_str(&r->extra, n++ > 0 ? ",{" : "{");
		jtext_member(&r->extra, "channel", columns[i].channel);
		jtext_member(&r->extra, "purpose", "marketing");
		jtext_key(&r->extra, "given");
		buf_str(&r->extra, *given[i] == 'y' ? "true" : "false");
		if (at != FACT_NO_TIME)
			jtext_member(&r->extra, "at", tm_format(at, r->opts->zone, text));
		jtext_member(&r->extra, "source", csv_row_text(r, SLOT_CONSENT_SOURCE));
		buf_char(&r->extra, '}');
	}
	buf_char(&r->extra, ']');
	return 0;
}

static void
add_preferences(struct csv_row *r)
{
	const char *channel = csv_row_word(r, SLOT_PREFER_CHANNEL, "channel");
	const char *language = csv_row_text(r, SLOT_LANGUAGE);
	const char *mute = yes_or_no(r, SLOT_MUTE), *quiet = csv_row_text(r, SLOT_QUIET);

	if (channel == NULL)
		channel = csv_row_text(r, SLOT_PREFER_CHANNEL);
	if (channel == NULL && mute == NULL && quiet == NULL)
		return;
	jtext_key(&r->extra, "prefer");
	buf_char(&r->extra, '{');
	jtext_member(&r->extra, "channel", channel);
	jtext_member(&r->extra, "language", language);
	if (mute != NULL) {
		jtext_key(&r->extra, "mute");
		buf_str(&r->extra, *mute == 'y' ? "true" : "false");
	}
	jtext_member(&r->extra, "quiet", quiet);
	buf_char(&r->extra, '}');
}

/* "亲子,高端；常客" as a list. */
static void
add_tags(struct csv_row *r)
{
	static const char *const marks[] = { ",", ";", "|", "，", "；", "、" };
	const char *s = csv_row_text(r, SLOT_TAGS);
	size_t n = 0, i;

	if (s == NULL)
		return;
	jtext_key(&r->extra, "tags");
	buf_char(&r->extra, '[');
	while (*s != '\0') {
		const char *from = s, *past = NULL;

		for (; *s != '\0' && past == NULL; s += past == NULL)
			for (i = 0; i < sizeof(marks) / sizeof(*marks) && past == NULL; i++)
				if (strncmp(s, marks[i], strlen(marks[i])) == 0)
					past = s + strlen(marks[i]);
		while (from < s && *from == ' ')
			from++;
		if (s > from) {
			buf_str(&r->extra, n++ > 0 ? "," : "");
			jtext_string(&r->extra, from, (size_t)(s - from));
		}
		s = past != NULL ? past : s;
	}
	buf_char(&r->extra, ']');
}

int
csv_customer_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	const char *birthday = csv_row_text(r, SLOT_BIRTHDAY);

	if (f->external_id == NULL)
		f->external_id = f->who.id;
	if (f->who.id == NULL)
		f->who.id = f->external_id;
	f->customer.segment = csv_row_text(r, SLOT_SEGMENT);
	if (f->customer.segment == NULL)
		f->customer.segment = csv_row_text(r, SLOT_LEVEL);
	f->customer.language = csv_row_text(r, SLOT_LANGUAGE);
	f->customer.zone = csv_row_text(r, SLOT_ZONE);
	if (birthday != NULL)
		jtext_member(&r->extra, "birthday", birthday);
	add_membership(r, f);
	if (add_consents(r, e) < 0)
		return -1;
	add_preferences(r);
	add_tags(r);
	return 0;
}
