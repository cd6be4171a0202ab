/* survey - whom we ask, once.
 *
 * Owns the tables survey and survey_skip.  A resolution is asked about at most once, a
 * customer at most once in so many days, never a machine, and not before the talk has
 * been quiet for a while; who is not asked has a row that says why.  Works in write
 * transactions of a share each; what was queued is printed after its commit.
 */
#ifndef CSR_STORE_SURVEY_H
#define CSR_STORE_SURVEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "desk/survey.h"
#include "store/db.h"
#include "store/letter.h"
#include "store/matter.h"

struct invite {
	struct db *db;
	const struct survey_form *form;
	struct letters *letters;
	const struct zone *zone;	/* the desk's */
	int64_t now;
	bool dry_run;		/* do everything, then undo it */
	bool explain;		/* print who is not asked, and why */
	void (*print)(const char *text, size_t len);	/* lines that are committed */
	void (*complain)(const struct err *e);	/* a letter that lacks a value */
	int64_t invited, skipped, refused;	/* out */
};
int survey_invite(struct invite *in, struct err *e);

/* An open invitation of TICKET at time AT: its id in *id, 0 if there is none. */
int survey_open_of_ticket(struct db *db, int64_t ticket, const char *form, int64_t at,
    int64_t *id, struct err *e);

/* A message that may answer an invitation nobody has answered yet. */
struct survey_reply {
	int64_t survey, ticket, customer, message, at;
	const char *form, *mode, *text;	/* in memory */
	struct arena memory;	/* release it after the last call */
};
/* The one behind (*AFTER_SURVEY, *AFTER_AT, *AFTER_MESSAGE), which are moved on: 1, 0, -1.
 * All messages of the customer count, on any channel, from the invitation until it
 * expires.  Invitations that expired before SINCE are not looked at. */
struct survey_place {
	int64_t survey, at, message;
};
int survey_next_reply(struct db *db, int64_t since, struct survey_place *place,
    struct survey_reply *r, struct err *e);

#endif
