/* identity - what a person is known by, in the one form that can be compared */
#include <string.h>

#include "store/identity.h"
#include "text/email.h"
#include "text/phone.h"

bool
identities_add(struct identities *ids, enum identity_kind kind, int64_t account, const char *value)
{
	struct identity *id = &ids->v[ids->n];
	size_t len = strlen(value);

	if (len == 0 || len >= IDENTITY_MAX || ids->n == IDENTITIES_MAX)
		return false;
	id->kind = kind;
	id->account = account;
	id->customer = 0;
	memcpy(id->value, value, len + 1);
	ids->n++;
	return true;
}

static bool
add_phone(struct identities *ids, const char *s, const char *country)
{
	char phone[PHONE_SIZE];

	return s != NULL && phone_e164(s, country, phone) &&
	    identities_add(ids, IDENTITY_PHONE, 0, phone);
}

static bool
add_email(struct identities *ids, const char *s)
{
	char email[EMAIL_SIZE];

	return s != NULL && email_fold(s, email) && identities_add(ids, IDENTITY_EMAIL, 0, email);
}

/* A landline is shared by an office or a family: it identifies only who has nothing
 * else.  Mobile numbers and numbers abroad are taken as personal. */
static bool
is_shared_phone(const char *s, const char *country)
{
	char phone[PHONE_SIZE];

	return phone_e164(s, country, phone) && strncmp(phone, "+86", 3) == 0 &&
	    !phone_is_cn_mobile(phone + 3);
}

void
identities_gather(const struct fact_person *who, int64_t account, const char *fallback,
    const char *country, struct identities *ids)
{
	char named[IDENTITY_MAX] = "name:";
	bool shared = who->phone != NULL && is_shared_phone(who->phone, country);

	ids->n = 0;
	if (who->member != NULL)
		identities_add(ids, IDENTITY_MEMBER, 0, who->member);
	if (who->id != NULL && !(who->phone == NULL && add_phone(ids, who->id, country)) &&
	    !(who->email == NULL && add_email(ids, who->id)))
		identities_add(ids, IDENTITY_CHANNEL, account, who->id);
	if (!shared)
		add_phone(ids, who->phone, country);
	add_email(ids, who->email);
	if (ids->n == 0 && shared)
		add_phone(ids, who->phone, country);
	if (ids->n == 0 && who->phone != NULL)
		identities_add(ids, IDENTITY_CHANNEL, account, who->phone);
	if (ids->n == 0 && fallback != NULL)
		identities_add(ids, IDENTITY_CHANNEL, account, fallback);
	if (ids->n == 0 && who->name != NULL && strlen(who->name) < IDENTITY_MAX - 6) {
		memcpy(named + 5, who->name, strlen(who->name) + 1);
		identities_add(ids, IDENTITY_CHANNEL, account, named);
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
