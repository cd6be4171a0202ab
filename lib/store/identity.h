/* identity - what a person is known by, in the one form that can be compared.
 */
#ifndef CSR_IDENTITY_H
#define CSR_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intake/fact.h"

enum identity_kind { IDENTITY_CHANNEL = 1, IDENTITY_PHONE, IDENTITY_EMAIL, IDENTITY_MEMBER };
enum { IDENTITIES_MAX = 5, IDENTITY_MAX = 512, IDENTITY_KEY_MAX = IDENTITY_MAX + 16 };

struct identity {
	enum identity_kind kind;
	int64_t account;	/* 0 unless a channel id */
	char value[IDENTITY_MAX];
	int64_t customer;	/* who owns it, 0 nobody yet */
};

struct identities {
	struct identity v[IDENTITIES_MAX];
	size_t n;
};

/* All that WHO states, the strongest first (a member number before all).  What he lacks
 * altogether FALLBACK (may be NULL) or, at last, his name on that account stands in for.
 * COUNTRY is of numbers without a country code. */
void identities_gather(const struct fact_person *who, int64_t account, const char *fallback,
    const char *country, struct identities *ids);
/* One more; false if VALUE is empty or too long to be an identity. */
bool identities_add(struct identities *ids, enum identity_kind kind, int64_t account,
    const char *value);
/* Bytes under which a cache keeps it; returns how many. */
size_t identity_key(const struct identity *id, char key[IDENTITY_KEY_MAX]);

#endif
