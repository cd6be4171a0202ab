/* identity - what a person is known by, in the one form that can be compared */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "store/identity.h"
#include "text/email.h"
#include "text/member.h"
#include "text/phone.h"

const char *
identity_kind_name(enum identity_kind kind)
{
	static const char *const names[] = { "", "channel", "phone", "email", "member" };

	return kind >= IDENTITY_CHANNEL && kind <= IDENTITY_MEMBER ? names[kind] : "";
}

bool
identities_add(struct identities *ids, enum identity_kind kind, int64_t account,
    const char *value, bool shared)
{
	struct identity *id = &ids->v[ids->n];
	size_t len = strlen(value), i;

	if (len == 0 || len >= IDENTITY_MAX || ids->n == IDENTITIES_MAX)
		return false;
	for (i = 0; i < ids->n; i++)
		if (ids->v[i].kind == kind && strcmp(ids->v[i].value, value) == 0)
			return false;
	*id = (struct identity){ .kind = kind, .account = account, .shared = shared };
	memcpy(id->value, value, len + 1);
	ids->n++;
	return true;
}

static bool
add_member(struct identities *ids, const char *s)
{
	char member[MEMBER_SIZE];

	return s != NULL && member_fold(s, member) &&
	    identities_add(ids, IDENTITY_MEMBER, 0, member, false);
}

static bool
add_phone(struct identities *ids, const struct phone *p)
{
	char value[PHONE_SIZE + PHONE_EXT_SIZE + 8];

	/* RFC 3966: an extension is a telephone of its own. */
	snprintf(value, sizeof(value), "%s%s%s", p->number, p->ext[0] != '\0' ? ";ext=" : "",
	    p->ext);
	return identities_add(ids, IDENTITY_PHONE, 0, value, p->kind == PHONE_FIXED);
}

/* Every number of the cell; false if there is none. */
static bool
add_phones(struct identities *ids, const char *s, const char *country)
{
	struct phone p;
	bool any = false;

	while (s != NULL && phone_next(&s, country, &p))
		any |= add_phone(ids, &p);
	return any;
}

static bool
add_email(struct identities *ids, const char *s)
{
	char email[EMAIL_SIZE];

	return s != NULL && email_fold(s, email) &&
	    identities_add(ids, IDENTITY_EMAIL, 0, email, email_is_role(email));
}

/* What systems write where they do not know who it was. */
static bool
is_nobody(const char *s)
{
	static const char *const words[] = { "anonymous", "unknown", "private", "restricted",
		"withheld", "unavailable", "guest", "visitor", "user", "null", "none", "nil", "n/a",
		"na", "0", "-", "--", "匿名", "匿名用户", "未知", "未知号码", "未知用户", "隐藏号码", "私人号码",
		"无", "无号码", "无法显示", "游客", "访客", "用户", "客户" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasecmp(s, words[i]) == 0)
			return true;
	return s[strspn(s, "0 +-*")] == '\0';
}

static void
add_channel(struct identities *ids, int64_t account, const char *s, bool shared)
{
	if (s != NULL && !is_nobody(s))
		identities_add(ids, IDENTITY_CHANNEL, account, s, shared);
}

/* The id on its channel, which may be a telephone or an address itself. */
static void
add_id(struct identities *ids, const struct fact_person *who, int64_t account,
    const char *country)
{
	char email[EMAIL_SIZE];
	struct phone p, own;

	if (who->id == NULL)
		return;
	/* A nick may look like a number; beside another number it is a nick. */
	if (phone_read(who->id, country, &p) && (who->phone == NULL ||
	    (phone_read(who->phone, country, &own) && strcmp(p.number, own.number) == 0)))
		add_phone(ids, &p);
	else if (email_fold(who->id, email))
		add_email(ids, who->id);
	else
		add_channel(ids, account, who->id, false);
}

void
identities_gather(const struct fact_person *who, int64_t account, const char *fallback,
    const char *country, struct identities *ids)
{
	char named[IDENTITY_MAX] = "name:";

	ids->n = 0;
	add_member(ids, who->member);
	add_id(ids, who, account, country);
	add_phones(ids, who->phone, country);
	add_email(ids, who->email);
	if (ids->n == 0)
		add_channel(ids, account, who->phone, true);
	if (ids->n == 0 && fallback != NULL)
		add_channel(ids, account, fallback, false);
	if (ids->n == 0 && who->name != NULL && !is_nobody(who->name) &&
	    strlen(who->name) < IDENTITY_MAX - 6) {
		memcpy(named + 5, who->name, strlen(who->name) + 1);
		identities_add(ids, IDENTITY_CHANNEL, account, named, false);
	}
}

size_t
identity_key(const struct identity *id, char key[IDENTITY_KEY_MAX])
{
	size_t len = strlen(id->value);

	key[0] = (char)id->kind;
	memcpy(key + 1, &id->account, sizeof(id->account));
	memcpy(key + 9, id->value, len);
	return len + 9;
}
