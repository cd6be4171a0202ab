/* reply - is a word on a resolved ticket only the answer to our question?
 *
 * "5" or "满意" after an invitation is a score, no new matter: it must not open the ticket
 * again.  A score in the lower half is one: that customer wants to be heard.
 */
#ifndef CSR_REPLY_H
#define CSR_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/forms.h"

struct reply {
	struct forms forms;	/* read when the first invitation is met */
	struct letters letters;
	bool ready;
};
#define REPLY_INIT { { NULL, 0 }, LETTERS_INIT, false }

/* *content is set when TEXT of time AT gives TICKET's open invitation a score in the
 * upper half of its scale. */
int reply_is_content(struct reply *r, struct db *db, int64_t ticket, const char *text,
    int64_t at, bool *content, struct err *e);
void reply_release(struct reply *r);

#endif
