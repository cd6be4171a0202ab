/* member - group chats and who is in them, told by rosters.
 *
 * Owns the tables chat_group and member.  A roster is its members (event group.member), each
 * at the roster's time, and then the group itself (event group.roster), which says that these
 * were all: who was in the group and is not among them has left.  Each joining and leaving
 * is an event (group.joined, group.left) of the group.  A roster read again changes nothing;
 * an older one adds what was before and takes nothing back.
 */
#ifndef CSR_STORE_MEMBER_H
#define CSR_STORE_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/fact.h"
#include "store/db.h"

/* Is V one of the two? */
bool member_is_event(const struct fact_event *v);
/* Stores it; CUSTOMER is the member's (0: one of ours). *changed tells whether anything but
 * the time it was last seen is new. */
int member_put(struct db *db, const struct fact *f, int64_t thread, int64_t customer,
    bool *changed, struct err *e);
int member_close(struct db *db, const struct fact *f, int64_t thread, bool *changed,
    struct err *e);

/* The customer who is called NAME in a group now, 0 if none or more than one is. */
int member_named(struct db *db, int64_t thread, const char *name, int64_t *customer,
    struct err *e);

#endif
