/* letter - the texts of share/templates, chosen by purpose, channel and language.
 *
 * Looked for in this order: NAME-CHANNEL.LANG.txt, NAME.LANG.txt, and the same in the
 * language given as the other; the first there is is read once and kept.
 */
#ifndef CSR_LETTER_H
#define CSR_LETTER_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/matter.h"
#include "text/template.h"
#include "time/zone.h"

/* Whom a text is for decides what it may speak of. */
enum letter_kind { LETTER_CUSTOMER, LETTER_SURVEY, LETTER_CLOCK, LETTER_DIGEST,
	LETTER_ANSWER, LETTER_KINDS };

/* What a template may speak of. */
enum letter_field {
	LETTER_TICKET, LETTER_SUBJECT, LETTER_EXTERNAL, LETTER_CUSTOMER_NAME, LETTER_AGENT,
	LETTER_QUEUE, LETTER_CHANNEL, LETTER_AREA, LETTER_URGENCY, LETTER_OPENED,
	LETTER_RESOLVED, LETTER_ANSWERED, LETTER_MIN, LETTER_MAX, LETTER_CLOCK_NAME,
	LETTER_DUE, LETTER_LEFT, LETTER_OVERDUE, LETTER_COUNT, LETTER_WARNED, LETTER_BREACHED,
	LETTER_TICKETS, LETTER_ORDER_NO, LETTER_ORDER_TITLE, LETTER_ORDER_STATUS,
	LETTER_ORDER_AMOUNT, LETTER_ORDER_START, LETTER_ORDER_END, LETTER_TODAY, LETTER_FIELDS
};

struct letters {
	struct map known;	/* path -> struct letter * */
	struct arena memory;
};
#define LETTERS_INIT { MAP_INIT, ARENA_INIT }

/* What is to be filled in, by enum letter_field; NULL: no value. */
struct letter_values {
	const char *v[LETTER_FIELDS];
};

/* The template, borrowed from L; NULL with 78 if there is none or it is faulty. */
const struct template *letters_get(struct letters *l, enum letter_kind kind,
    const char *name, const char *channel, const char *language, const char *other,
    struct err *e);
void letters_release(struct letters *l);

/* What M says; times as Z's wall clock shows them. Text is put into A. */
void letter_matter(struct letter_values *v, const struct matter *m, const struct zone *z,
    struct arena *a);
/* "2026-11-20 17:30" in A. */
const char *letter_time(int64_t at, const struct zone *z, struct arena *a);
/* "2026-11-20", the same. */
const char *letter_date(int64_t at, const struct zone *z, struct arena *a);
/* "1h30m" of whole minutes, in A. */
const char *letter_span(int64_t ms, struct arena *a);
int letter_fill(const struct template *t, const struct letter_values *v,
    struct buf *subject, struct buf *body, struct err *e);

#endif
