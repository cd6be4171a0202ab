/* reply - is a word on a resolved ticket only the answer to our question? */
#include <string.h>

#include "store/reply.h"

DB_SQL(REPLY_INVITED, "SELECT form FROM survey WHERE ticket = :ticket "
    "AND invited_at <= :at AND expires_at >= :at ORDER BY id DESC LIMIT 1");

/* Copies the name of the form TICKET was sent; 1, or 0 if none. */
static int
invited(struct db *db, int64_t ticket, int64_t at, char form[64], struct err *e)
{
	struct stmt *s = db_stmt(db, &REPLY_INVITED, e);
	size_t len;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":at", at);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	len = stmt_col_len(s, 0);
	got = len < 64;
	if (got)
		memcpy(form, stmt_col_text(s, 0), len + 1);
	stmt_reset(s);
	return got;
}

int
reply_is_content(struct reply *r, struct db *db, int64_t ticket, const char *text,
    int64_t at, bool *content, struct err *e)
{
	const struct survey_form *f;
	struct err unknown;
	int64_t score;
	char form[64];
	int got = invited(db, ticket, at, form, e);

	*content = false;
	if (got <= 0)
		return got;
	if (!r->ready && forms_load(&r->forms, &r->letters, e) < 0)
		return -1;
	r->ready = true;
	/* A form that has been taken away since cannot be read by. */
	f = forms_find(&r->forms, form, &unknown);
	*content = f != NULL && survey_read(f, text, &score) && 2 * score >= f->min + f->max;
	return 0;
}

void
reply_release(struct reply *r)
{
	forms_release(&r->forms);
	letters_release(&r->letters);
}
