/* segment_private - what segment.c and segment_parse.c share */
#ifndef CSR_SEGMENT_PRIVATE_H
#define CSR_SEGMENT_PRIVATE_H

#include "desk/segment.h"

/* LOW <= fact <= HIGH; or (level) a word of a list, or none of it. */
struct segment_cond {
	struct segment_cond *next;
	const char *key;		/* as written, for the reasons */
	const char *text;
	enum segment_fact fact;
	double low, high;
	bool is_level, none_of;
	const char *const *levels;	/* folded; ended by NULL: any level will do */
};

struct segment_rule {
	struct segment_rule *next;
	const char *name;		/* "vip" */
	const char *about;		/* "by level", "" for none */
	struct segment_cond *conds;
};

/* The fact called NAME in P's conditions; -1 if there is none. */
int segment_fact_of(const struct segment_plan *p, const char *name);

#endif
