/* record - answers on their way into the database: records of kind "response".
 *
 * From JSON Lines, from survey tools' CSV, from the messages customers answered with.
 * R gains "id", "ticket", "score" as a number and "new"; it is printed after its commit.
 */
#ifndef CSR_STORE_RECORD_H
#define CSR_STORE_RECORD_H

#include <stdint.h>

#include "base/err.h"
#include "intake/answer_csv.h"
#include "store/feed.h"
#include "store/forms.h"
#include "store/survey.h"
#include "time/zone.h"

struct recording {
	const struct forms *forms;
	const char *form;	/* of records that name none; NULL: they must */
	const char *mode;	/* likewise; NULL: "import" */
	const char *format;	/* csv, jsonl; NULL: by looking */
	const struct zone *zone;	/* of times without one, and of printed ones */

	struct db *db;		/* from here on private */
	struct answer_csv csv;
	int64_t since;
	struct survey_place place;
	struct survey_reply reply;
};

/* All FILES (none or "-": stdin). F has its options set (db, rejects, complain, quiet);
 * f->refused counts over all of them. 0 or -1. */
int record_files(struct recording *c, struct feed *f, int argc, char **argv,
    struct err *e);
/* What customers wrote to open invitations, or to those that expired in the last 30 days
 * before NOW (their messages may have come in late). */
int record_replies(struct recording *c, struct feed *f, int64_t now, struct err *e);

#endif
