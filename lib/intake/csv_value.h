/* csv_value - cells of spreadsheets as ids, times, amounts and lengths of time.
 *
 * What a spreadsheet has destroyed is not guessed: 1.23457E+17 in a column of ids is
 * refused, and so is an id of more than 15 digits that ends in zeros from the 16th on,
 * unless another id of its column shows that the digits were kept.  A telephone number
 * that has lost its leading zero looks like any other: it stays as written.
 */
#ifndef CSR_CSV_VALUE_H
#define CSR_CSV_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "time/zone.h"

/* What a column of ids has shown about its digits past the 15th. */
struct csv_digits {
	bool kept;		/* one of them was not zero */
	unsigned zeros;		/* how many were zero so far */
};

/* A cell: text that is not owned; len 0 is an empty one. */
struct csv_cell {
	const char *p;
	size_t len;
};

/* Takes off ="..." and, of text that would be a formula or is a number, the leading '. */
struct csv_cell csv_unwrap(struct csv_cell c, struct arena *scratch);
/* An unwrapped cell as an id: "" for nothing ("-", "NULL" ...); -1 with 65 when its digits
 * are lost. 13800000000.0 loses its .0. */
int csv_id(struct csv_digits *d, struct csv_cell *c, struct arena *scratch, struct err *e);
/* Learns from a cell without judging it. */
void csv_digits_learn(struct csv_digits *d, struct csv_cell c);
/* True for cells that say there is nothing. */
bool csv_is_nothing(struct csv_cell c);

/* A time by FORMAT of strptime(3), or any known when NULL, in Z. */
int csv_time(struct csv_cell c, const char *format, const struct zone *z, int64_t *at,
    struct err *e);
/* "4:00", "00:04:00", "240秒", "4分", "1小时2分3秒", "2 hours 5 minutes", "4m", or a number
 * of UNIT_MS; "1:30" of hours is an hour and a half. */
int csv_span(struct csv_cell c, int64_t unit_ms, int64_t *ms, struct err *e);

/* The number within "￥1,299.00", "(12.5) 元": digits in *NUMBER, the rest as *CURRENCY. */
int csv_money_split(struct csv_cell c, struct csv_cell *number, struct csv_cell *currency,
    bool *negative, struct err *e);
/* Exact minor units of NUMBER in CURRENCY (ISO 4217). */
int csv_money(struct csv_cell number, const char *currency, int64_t *minor, struct err *e);

#endif
