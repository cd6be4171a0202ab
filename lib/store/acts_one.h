/* acts_one - what is done to one person; each is a `each` of people.h, CTX a struct acts */
#ifndef CSR_ACTS_ONE_H
#define CSR_ACTS_ONE_H

#include "store/acts.h"

#define ACT(name) int name(void *acts, const struct whois_hit *who, struct node *out, \
	struct err *e)
ACT(act_show);		/* the page */
ACT(act_brief);		/* the line */
ACT(act_set);		/* its traits, by the settings */
ACT(act_prefer);	/* sets preferences; then lists them */
ACT(act_consent);	/* gives or withdraws; else lists every word ever said */
ACT(act_entitle);	/* adds a benefit; then lists them */
ACT(act_erase);		/* takes out what tells who they were */
ACT(act_export);	/* every row about them, as lines of a dump */

/* Not of one person: uses benefit a->use, or lists everybody's; WORDS are not looked at. */
int acts_entitlements(struct acts *a, int argc, char **words, struct node *out,
    struct err *e);

#endif
