/* csv_order - which columns count first, and what their ids show */
#include "intake/csv_order.h"

enum { SAMPLE_ROWS = 500 };	/* looked at for ids that lost their digits */

static void
rename_slot(struct csv_head *h, enum csv_slot from, enum csv_slot to)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (h->columns[i].slot == from)
			h->columns[i].slot = to;
}

void
csv_see_tickets(struct csv_head *h)
{
	if (h->kind != CSV_MESSAGE)
		return;
	if (!h->has[SLOT_TICKET] && !h->has[SLOT_THREAD] &&
	    (h->has[SLOT_STATUS] || h->has[SLOT_SOLVED_AT])) {
		rename_slot(h, SLOT_EXTERNAL_ID, SLOT_TICKET);
		h->has[SLOT_TICKET] = h->has[SLOT_EXTERNAL_ID];
	}
	if (h->has[SLOT_TICKET])
		rename_slot(h, SLOT_MSGTYPE, SLOT_EXTRA);
}

void
csv_sort_columns(struct csv_head *h)
{
	size_t i, k;

	h->order = arena_alloc(&h->mem, h->n * sizeof(*h->order));
	for (i = 0; i < h->n; i++) {
		bool extra = h->columns[i].slot == SLOT_EXTRA;

		for (k = i; k > 0 && !extra; k--) {
			const struct csv_column *before = &h->columns[h->order[k - 1]];

			if (before->slot != SLOT_EXTRA &&
			    before->rank <= h->columns[i].rank)
				break;
			h->order[k] = h->order[k - 1];
		}
		h->order[k] = i;
	}
}

void
csv_learn_digits(struct csv_head *h, struct csvin *in)
{
	struct arena scratch = ARENA_INIT;
	struct err unused;
	size_t row, i;
	int got;

	for (row = 0; row < SAMPLE_ROWS && (got = csvin_next(in, &unused)) != 0; row++) {
		for (i = 0; got > 0 && i < h->n && i < in->n; i++) {
			struct csv_cell c = { in->field[i].p, in->field[i].len };

			csv_digits_learn(&h->columns[i].digits, csv_unwrap(c, &scratch));
		}
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}
