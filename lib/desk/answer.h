/* answer - may a program answer this message by itself, and what if not?
 *
 * The store says what is so, the policy file (share/answer/policy.conf) what is allowed;
 * every reason against is told, by a word of its own.  Pure.
 */
#ifndef CSR_DESK_ANSWER_H
#define CSR_DESK_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/article.h"
#include "desk/labels.h"
#include "desk/policy.h"

enum answer_offers { OFFER_NO, OFFER_SHOW, OFFER_SEND };
enum { ANSWER_WHY_MAX = 24 };

struct answer_limit {
	int64_t n, ms;		/* at most n in so long; n 0: no limit */
};

struct answer_rule {		/* [auto] or [acknowledge] */
	bool send, groups;
	int64_t late_ms;
	const struct cond **unless;
	size_t n_unless;
};

struct answer_policy {
	struct answer_rule answer, acknowledge;
	double score, margin;
	const char *const *types;	/* of messages; none: any */
	size_t n_types;
	unsigned articles;	/* types of articles, bits 1 << enum article_type */
	struct answer_limit customer, all;
	enum answer_offers offers;
	struct arena arena;
};

/* Reads TEXT (changed by reading). NULL with 78 and "file:line: ..."; yours to free. */
struct answer_policy *answer_policy_parse(const char *source, char *text, struct err *e);
void answer_policy_free(struct answer_policy *p);

/* What is so. */
struct answer_case {
	struct labels labels;	/* of the message, its channel, its customer */
	int64_t now, at;	/* at: when it was written */
	bool classified;	/* csr-classify has seen it */
	bool automatic;		/* a machine wrote it */
	bool group;
	bool answered;		/* somebody of ours wrote after it */
	bool over;		/* the ticket is resolved, or merged */
	bool reachable;		/* there is an address to write to */
	bool told;		/* the ticket had an answer or an acknowledgement before */
	int64_t to_customer, in_all;	/* sent within the limits' times */
	const struct article *article;	/* the best; NULL: none */
	bool in_language;	/* there is a text of it in the customer's language */
	double score, margin;
};

/* Fills WHY with the reasons against sending the article; 0: it may be sent. */
size_t answer_refusals(const struct answer_policy *p, const struct answer_case *c,
    const char *why[ANSWER_WHY_MAX]);
/* The same for an acknowledgement. */
size_t acknowledge_refusals(const struct answer_policy *p, const struct answer_case *c,
    const char *why[ANSWER_WHY_MAX]);

/* When a person will have answered a message of LABELS that waits since SINCE, as the
 * routing's promises have it.  False: nothing is promised. */
struct answer_due {
	int64_t due_at;
	bool open;		/* the desk is at work at NOW */
};
bool answer_expect(const struct policy *routing, const struct labels *labels, int64_t since,
    int64_t now, struct answer_due *out);

/* True if the offer A goes with a message of LABELS (its condition, read anew). */
bool answer_offer_fits(const struct article *a, const struct labels *labels);

#endif
