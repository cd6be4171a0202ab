/* speakers - who is ours and who is a customer, where a chat has nothing but names.
 *
 * In this order: what the file declares ("客服: 李思", "Visitor: Tom"); "我" and "me", which
 * is who exported it; the codes and names of routing/roster.conf; words of [direction] in
 * aliases/values.conf a name is or begins with (客服小李, Visitor 12, 系统).  Who is none of
 * these is ours where the customer is declared, else a customer.
 */
#ifndef CSR_SPEAKERS_H
#define CSR_SPEAKERS_H

#include "intake/aliases.h"
#include "intake/fact.h"

struct speakers {
	struct aliases *aliases;
	struct map ours;	/* folded code or name of the roster to its code */
	struct arena mem;
	char *customer, *agent;	/* declared names, NULL if none */
};

/* Reads the roster, if there is one. A is borrowed. 78 when it cannot be read. */
int speakers_init(struct speakers *s, struct aliases *a, struct err *e);
void speakers_release(struct speakers *s);
/* Declares; NULL: nobody any more. */
void speakers_customer(struct speakers *s, const char *name);
void speakers_agent(struct speakers *s, const char *name);

/* Sets the direction of F, and makes NAME its customer or one of ours. */
void speakers_place(struct speakers *s, struct fact *f, const char *name);

#endif
