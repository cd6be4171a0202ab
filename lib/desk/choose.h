/* choose - by which channel to write to somebody, and why.
 *
 * Pure.  send/channels.conf gives each channel four traits from 0 to 10 and each purpose the
 * weight of each trait; a channel's worth is the weighted sum, and more for what the customer
 * prefers, and less of the cost for a customer of value.  Every part of the sum is said.
 *
 *	[channel sms]
 *	speed = 9	how soon it is seen
 *	proof = 5	whether it can be shown later what was said
 *	richness = 2	how much it can carry
 *	cost = 4	what it costs us
 *	[purpose disruption]
 *	speed = 5
 *	...
 */
#ifndef CSR_CHOOSE_H
#define CSR_CHOOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

enum trait { TRAIT_SPEED, TRAIT_PROOF, TRAIT_RICHNESS, TRAIT_COST, TRAITS };

struct choice_rule {
	const char *name;
	double v[TRAITS];
};

struct choosing {
	struct choice_rule channels[32], purposes[32];
	size_t n_channels, n_purposes;
	double preferred, second;	/* added for the first and second channel preferred */
	struct arena arena;
};

int choosing_parse(struct choosing *c, const char *source, char *text, struct err *e);
void choosing_release(struct choosing *c);
/* The rule of that name, NULL if there is none. */
const struct choice_rule *choosing_channel(const struct choosing *c, const char *name);
const struct choice_rule *choosing_purpose(const struct choosing *c, const char *name);

struct choice {
	const char *channel, *address;
	double worth;
	const char *why;	/* the sum in words; or why it is out of the question */
	bool out;
};
/* What CHANNEL is worth for PURPOSE to who prefers it at PLACE (1, 2 ...; 0: not said);
 * VALUED halves what cost counts.  WHY of SIZE gets the sum. */
double choice_worth(const struct choosing *c, const struct choice_rule *channel,
    const struct choice_rule *purpose, int place, bool valued, char *why, size_t size);
/* The best first; what is out last; then by name. */
void choices_sort(struct choice *v, size_t n);

#endif
