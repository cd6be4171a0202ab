/* answer_own - what the files of answer share, and nobody else. */
#ifndef CSR_ANSWER_OWN_H
#define CSR_ANSWER_OWN_H

#include "store/answer.h"
#include "store/outbox.h"

/* A letter filled in; text NULL: it could not be, WHY says so. */
struct answer_letter {
	const char *subject, *text, *why;
};

struct answer_item {
	struct arena arena;	/* holds the texts */
	int64_t message, ticket, customer;
	struct answer_case c;
	const char *channel, *recipient;	/* NULL: nowhere */
	const char *data;		/* of the outbox row, JSON */
	struct suggestion best;		/* of == NULL: none; texts are in the arena */
	const char *lang;
	struct { const char *id; double score; } others[ANSWER_OTHERS];
	size_t n_others;
	const struct article *offers[ANSWER_OTHERS];
	size_t n_offers;
	struct answer_letter answer, acknowledgement;
	int64_t due_at;			/* of the acknowledgement, 0: none */
	/* Decided: */
	const char *why[ANSWER_WHY_MAX], *why_not_ack[ANSWER_WHY_MAX];
	size_t n_why, n_why_not_ack;
	bool sent, acknowledged;
	int64_t outbox;
	const struct zone *zone;
};

/* The message as stored: what csr-record(5) leaves out. 1, 0 none, -1. */
struct answer_message {
	int64_t ticket, customer, at;
	bool incoming, automatic, grouped, classified;
	const char *type, *area, *urgency, *sentiment;	/* into the arena */
};
int answer_message_load(struct db *db, int64_t id, struct arena *a,
    struct answer_message *m, struct err *e);

/* Fills values with the order the message is about: one it names, else the customer's only
 * open one; of this customer alone. */
int answer_order(struct db *db, int64_t message, int64_t root, int64_t now,
    const struct zone *z, struct letter_values *v, struct arena *a, struct err *e);
/* Whether an order of the customer has one of the words in its title or status. */
int answer_has_order(struct db *db, int64_t root, const struct article_list *words,
    bool *has, struct err *e);

#endif
