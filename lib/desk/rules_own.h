/* rules_own - the parts of struct rules; private to rules*.c */
#ifndef CSR_RULES_OWN_H
#define CSR_RULES_OWN_H

#include <stdbool.h>

#include "base/map.h"
#include "base/mem.h"
#include "desk/rules.h"
#include "text/pattern.h"
#include "text/words.h"

/* A few numbers of lists. */
struct rules_ids {
	uint32_t *v;
	size_t n, cap;
};

/* Words are looked for by list: each [list], and one for the bare words of a term. */
struct rules_list {
	const char *name;	/* NULL for bare words */
	struct rules_ids also;	/* lists whose words are this one's too */
	bool defined;		/* has a [list] head somewhere */
	bool apart;		/* its words match with signs between (WORDS_APART) */
	const char *source;	/* where it was first named */
	size_t line;
	struct rules_ids all;	/* itself and all it takes in, made by rules_ready() */
	struct rules_ids part_of;	/* itself and those that take it in, made likewise */
	uint32_t first;		/* this message: first hit + 1, 0 none */
	uint32_t except;	/* this message: first exception + 1 */
	uint64_t turn;		/* the message those two are of */
};

enum term_kind { TERM_LIST, TERM_NEAR, TERM_COUNT, TERM_REGEX, TERM_LABEL, TERM_CHANNEL,
	TERM_ENTITY, TERM_LONGER, TERM_SHORTER };
enum term_anchor { ANCHOR_NONE, ANCHOR_START = 1, ANCHOR_END = 2 };

struct rules_term {
	enum term_kind kind;
	unsigned anchor;	/* of TERM_LIST, enum term_anchor */
	uint32_t list, right;	/* of TERM_LIST, TERM_COUNT and TERM_NEAR */
	uint32_t number;	/* characters, hits, or bytes between those of TERM_NEAR */
	uint32_t dimension;	/* of TERM_LABEL */
	uint64_t labels;	/* of TERM_LABEL and TERM_ENTITY: bits of those meant */
	const char *channel;	/* of TERM_CHANNEL */
	struct pattern *pattern;
	const char *source;	/* of the pattern */
	unsigned failed;	/* how often it ran into its limit */
};

/* Terms of which one must hold; or, negated, none. */
struct rules_group {
	struct rules_term *terms;
	size_t n;
	bool negated, slow;	/* slow: has a regular expression */
};

struct rules_rule {
	const char *name, *source;
	size_t line;
	uint32_t dimension, label;
	double weight;
	bool hard;
	bool each;		/* the weight counts once per hit of its first list */
	struct rules_group *groups;	/* slow ones last */
	size_t n;
};

/* Most rules fail at their first list; so those stand close together. */
struct rules_gate {
	uint32_t rule;
	uint32_t list;		/* it needs a hit of this one or of what that takes in */
	bool open;		/* it needs none */
};

struct rules_dimension {
	const char *name;
	const char **labels;	/* in order of precedence */
	size_t n, fallback;
	bool first;		/* decide by precedence, else by the best score */
	double need;		/* the least score that decides */
	struct rules_gate *gates;	/* its rules, made by rules_ready() */
	size_t n_gates;
};

struct rules_hit {
	uint32_t start, end, next;	/* next + 1 of the same list, 0 none */
};

struct rules {
	struct arena arena;	/* names and parsed rules */
	struct map list_names;	/* to the list's number */
	struct rules_list *lists;
	struct rules_rule *rules;
	struct rules_dimension dimensions[RULES_DIMENSIONS];
	size_t n_lists, cap_lists, n_rules, cap_rules, n_dimensions;
	struct words words;
	struct rules_hit *hits;	/* of this message */
	size_t n_hits, cap_hits;
	uint64_t turn;		/* counts messages */
	uint64_t *any;		/* per list: the last message with a hit in it */
	uint32_t opening;	/* the list that beginnings may follow */
};

#define RULES_GROW(array, n, cap) \
	((n) < (cap) ? (array) : ((cap) = (cap) * 2 + 16, \
	    (array) = xrealloc((array), (cap) * sizeof(*(array)))))

void rules_ids_add(struct rules_ids *ids, uint32_t id);

/* The dimension or label called NAME (LEN bytes), or -1. */
int rules_dimension_of(const struct rules *r, const char *name, size_t len);
int rules_label_of(const struct rules_dimension *d, const char *name, size_t len);
/* The list called NAME, made if there is none; a new list of bare words for NULL. */
uint32_t rules_list_of(struct rules *r, const char *name, const char *source, size_t line);

/* One message while it is decided. */
struct rules_turn {
	struct rules *r;
	const struct rules_input *in;
	const char *text;
	size_t len;
	size_t start, end;	/* of the text without greetings and signs around it */
	struct verdict *v;
	uint32_t label[RULES_DIMENSIONS];	/* decided so far */
	struct err *e;
	int bad;		/* -1 once a pattern failed */
};

/* Takes down a hit of the words (a words_fn). */
void rules_note_hit(void *ctx, const struct words_hit *hit);
/* Walks the hits of a list and those it takes in: start with *part and *at 0. */
const struct rules_hit *rules_next_hit(const struct rules *r, uint32_t list, size_t *part,
    uint32_t *at);
/* Hits of a list; of those that overlap one counts. */
uint32_t rules_count_hits(const struct rules_turn *t, uint32_t list);
bool rules_rule_holds(struct rules_turn *t, const struct rules_rule *rule);

/* Reads one word, "phrase", @list or -exception into LIST. Moves *P behind it. */
int rules_word(struct rules *r, uint32_t list, char **p, struct err *e);
/* Reads the conditions of RULE from TEXT. */
int rules_condition(struct rules *r, struct rules_rule *rule, char *text, struct err *e);

#endif
