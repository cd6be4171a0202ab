/* plan_private - what planfile.c, plancase.c and plantime.c share.
 * Included by lib/desk/plan*.c and nobody else.
 */
#ifndef CSR_PLAN_PRIVATE_H
#define CSR_PLAN_PRIVATE_H

#include "desk/planfile.h"

/* What is being read: a section of cases, or of people, or still the head. */
struct plan_reader {
	struct plan *p;
	struct plan_case *c;	/* NULL in the head and among people */
	bool people;
	size_t line;
};

/* *e says WHAT "VALUE" (78); returns -1. */
int plan_bad(struct err *e, const char *what, const char *value);
/* "a, b c" as a list; words are kept in the plan. */
int plan_read_list(struct plan *p, const char *s, struct plan_list *l, struct err *e);
/* Cuts TEXT in two at COLON, without the blanks around it. */
void plan_cut(char *text, char *colon, char **left, char **right);

/* "2h", "2h work", "1d at 09:00", "2d work at 09:00"; also "80%", "15m before" and
 * "15m work before". S is changed. */
int plan_read_time(const struct plan *p, char *s, struct plan_time *t, struct err *e);
/* False when B can be seen not to come after A. */
bool plan_in_order(const struct plan_time *a, const struct plan_time *b);

/* A line of the case R is in. */
int plan_read_case(struct plan_reader *r, const char *key, const char *value, struct err *e);

#endif
