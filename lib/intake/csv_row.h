/* csv_row - the cells of one row by what they mean, and the facts they state.
 *
 * Text in the facts is borrowed from the row and from this struct until the next
 * csv_row_fill().  Cells nobody knows, or that say what csr has no word for, go to
 * `extra`, so nothing is lost.
 */
#ifndef CSR_CSV_ROW_H
#define CSR_CSV_ROW_H

#include "intake/csv_head.h"
#include "intake/intake.h"
#include "stream/csvin.h"

/* Which part of a long message a row is; of 0: none. */
struct csv_part {
	int64_t n, of;
	const char *ref;	/* what its parts have in common, or NULL */
};

struct csv_row {
	struct csv_head *head;
	struct aliases *aliases;
	const struct column_map *map;
	const struct intake_opts *opts;
	struct csv_cell v[SLOTS + 1];	/* len 0 when the row does not say; the last is extra */
	struct fact_figure *figures;	/* of SLOT_FIGURE columns, as many as there are columns */
	size_t figures_n;
	struct csv_part part;
	size_t column[SLOTS];		/* where v came from; head->n: from the map's [set] */
	const struct node *const *nodes;	/* a JSON record's values; NULL: a CSV row */
	struct buf extra;		/* members so far, without the closing brace */
	struct buf text;		/* of a message that is not what its cell says */
	struct arena scratch;
	struct map memo;		/* words already looked up */
	/* Of a roster: */
	int64_t told_at;		/* its time */
	const char **groups;		/* seen in it */
	size_t groups_n, groups_closed;
	struct map group_names;		/* they, to find them */
	struct arena names;
};

void csv_row_init(struct csv_row *r, struct csv_head *head, struct aliases *a,
    const struct column_map *m, const struct intake_opts *o);
void csv_row_release(struct csv_row *r);

/* Sorts FIELDS (as many as the header has) into slots. 1; 0 all are empty; -1 with 65. */
int csv_row_fill(struct csv_row *r, const struct csvin_field *fields, struct err *e);
/* The fact the row states, and the answer it holds beside it (kind FACT_NONE: none). -1
 * with 65 naming the column. */
int csv_row_facts(struct csv_row *r, struct fact *f, struct fact *answer, struct err *e);

/* For csv_row_facts' files. */
const char *csv_row_text(const struct csv_row *r, enum csv_slot slot);
int csv_row_time(struct csv_row *r, enum csv_slot slot, int64_t *at, struct err *e);
/* The time of the row: one column, or a date and a time of day. */
int csv_row_at(struct csv_row *r, int64_t *at, struct err *e);
int csv_row_span(struct csv_row *r, enum csv_slot slot, int64_t unit_ms, int64_t *ms,
    struct err *e);
/* What the cell says in the words of SECTION; NULL when it says nothing known. */
const char *csv_row_word(struct csv_row *r, enum csv_slot slot, const char *section);
/* Keeps a cell as it is, since there is no word for it. */
void csv_row_keep(struct csv_row *r, enum csv_slot slot);
void csv_row_keep_as(struct csv_row *r, enum csv_slot slot, const char *key);
int csv_row_refuse(const struct csv_row *r, enum csv_slot slot, struct err *e);
/* The state and the score a row states of its ticket; other words are kept in extra. */
void csv_row_state(struct csv_row *r, struct fact_message *m);
int csv_call_fact(struct csv_row *r, struct fact *f, struct err *e);
/* The score the row states in m->score; other words are kept in extra. */
void csv_row_score(struct csv_row *r, struct fact_message *m);
/* The figure called NAME, else -1. */
int64_t csv_row_figure(const struct csv_row *r, const char *name);
int csv_response_fact(struct csv_row *r, struct fact *f, struct err *e);
int csv_metric_fact(struct csv_row *r, struct fact *f, struct err *e);
int csv_note_fact(struct csv_row *r, struct fact *f, struct err *e);
/* *REPLY is the customer's answer in the same row, or none. */
int csv_sms_fact(struct csv_row *r, struct fact *f, struct fact *reply, struct err *e);
int csv_order_fact(struct csv_row *r, struct fact *f, struct err *e);
int csv_member_fact(struct csv_row *r, struct fact *f, struct err *e);
/* Behind the last row of a roster: the next of its groups, whose members were all of them. */
bool csv_member_close(struct csv_row *r, struct fact *f);
int csv_customer_fact(struct csv_row *r, struct fact *f, struct err *e);

#endif
