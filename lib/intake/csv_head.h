/* csv_head - the header of a CSV file: where it is, and what its columns mean.
 *
 * The header is the first of the first 20 rows whose cells, under one of the delimiters,
 * make a message, a call, an order, a customer ... (csv_kind_fits()); rows before it are
 * notes.  The kind is the one that knows most of the columns, in that order when equal.
 */
#ifndef CSR_CSV_HEAD_H
#define CSR_CSV_HEAD_H

#include "intake/aliases.h"
#include "intake/csv_figure.h"
#include "intake/csv_slot.h"
#include "intake/csv_value.h"
#include "stream/csvin.h"

enum { HEAD_ROWS = 20 };

struct csv_column {
	const char *name;	/* as written; "column 3" when empty, "name#2" when repeated */
	const char *json;	/* "name": for extra */
	enum csv_slot slot;
	size_t rank;		/* the lower one counts first among those of one slot */
	const struct zone *zone;	/* of --map, else NULL */
	const char *format;	/* of --map, else NULL */
	const char *currency;	/* as in 总价(元), else NULL */
	struct csv_figure figure;	/* of SLOT_FIGURE */
	struct csv_digits digits;
};

struct csv_head {
	enum csv_kind kind;
	char delim;
	size_t row;		/* rows before it */
	size_t line;
	struct csv_column *columns;
	const char **names;	/* of columns */
	size_t n;
	size_t *order;		/* columns, those of slots first, by rank */
	bool wechat;		/* WeChat's own export: types are its numbers */
	bool has[SLOTS];	/* a column or --map's [set] gives it */
	const char *channel, *account;	/* told by a column of one source only, else NULL */
	int64_t from_at, to_at;	/* two days a note before it names, else FACT_NO_TIME */
	struct arena mem;
};

/* Looks for it in TEXT (UTF-8, whole lines). 1 found; 0 not there, *e says what is
 * missing; -1 (65) it is ambiguous or does not have what --map names. */
int csv_head_find(struct csv_head *h, const char *text, size_t len, struct aliases *a,
    const struct column_map *m, struct err *e);
/* What column I is called in messages: the name of its slot or figure. */
const char *csv_head_field(const struct csv_head *h, size_t i);
/* The same for the names of a JSON record's members (paths such as user.name); those from
 * AROUND on stand around it, and mean what [conversation] of the aliases says.  1, or 0
 * and *e says what is missing (never when M states the kind). */
int csv_head_of(struct csv_head *h, const struct csvin_field *names, size_t n, size_t around,
    struct aliases *a, const struct column_map *m, struct err *e);
void csv_head_release(struct csv_head *h);

#endif
