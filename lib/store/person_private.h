/* person_private - what person*.c share.  Included by them only. */
#ifndef CSR_PERSON_PRIVATE_H
#define CSR_PERSON_PRIVATE_H

#include "store/person.h"
#include "time/tm.h"

/* Members that are left out when there is nothing: NULL or "", 0. */
void person_set(struct node *o, const char *key, const char *text);
void person_set_at(const struct person_ask *ask, struct node *o, const char *key, int64_t at);
/* As KEY the last day before END, as people say an end: "2026-12-31". */
void person_set_day(const struct person_ask *ask, struct node *o, const char *key,
    int64_t end);
/* END as KEY, and its last day as "until". */
void person_set_end(const struct person_ask *ask, struct node *o, const char *key,
    int64_t end);
/* The rows of SQL for :root, each made a node by ROW, as the array KEY of PAGE; nothing if
 * there are none. */
int person_rows(const struct person_ask *ask, const struct db_sql *sql, int64_t root,
    struct node *(*row)(const struct person_ask *ask, const struct stmt *s),
    struct node *page, const char *key, struct err *e);

/* person_value.c: "value" and "standing"; "orders". */
int person_add_value(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e);
int person_add_orders(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e);
/* person_ticket.c: "tickets" and "open"; "mood" and "scores". */
int person_add_tickets(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e);
int person_add_mood(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e);

#endif
