/* identity - what a person is known by, in the one form that can be compared.
 *
 * Three strengths.  A member number is verified: two of one programme are two people.  A
 * channel id, a mobile telephone, somebody's e-mail address are personal: who shows the
 * same one is the same person.  A landline, a service number, a role address (service@),
 * a number with digits masked are shared by their nature: they link nobody, and tell
 * people apart only together with the name given beside them.
 */
#ifndef CSR_IDENTITY_H
#define CSR_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intake/fact.h"

enum identity_kind { IDENTITY_CHANNEL = 1, IDENTITY_PHONE, IDENTITY_EMAIL, IDENTITY_MEMBER };
enum { IDENTITIES_MAX = 8, IDENTITY_MAX = 512, IDENTITY_KEY_MAX = IDENTITY_MAX + 16 };

struct identity {
	enum identity_kind kind;
	int64_t account;	/* 0 unless a channel id */
	char value[IDENTITY_MAX];
	bool shared;		/* by its nature, or found to be */
	int64_t id;		/* of its row, 0 when not looked up */
	int64_t customer;	/* who had it first, 0 nobody yet */
};

struct identities {
	struct identity v[IDENTITIES_MAX];
	size_t n;
};

/* All that WHO states, the strongest first (a member number before all).  What he lacks
 * altogether FALLBACK (may be NULL) or, at last, his name on that account stands in for.
 * Words for nobody ("anonymous", "未知", "游客") are no identity.  COUNTRY is of numbers
 * without a country code. */
void identities_gather(const struct fact_person *who, int64_t account, const char *fallback,
    const char *country, struct identities *ids);
/* One more; false if VALUE is empty or too long to be an identity, or there already. */
bool identities_add(struct identities *ids, enum identity_kind kind, int64_t account,
    const char *value, bool shared);
/* Bytes under which a cache keeps it; returns how many. */
size_t identity_key(const struct identity *id, char key[IDENTITY_KEY_MAX]);
/* "channel", "phone", "email", "member". */
const char *identity_kind_name(enum identity_kind kind);

#endif
