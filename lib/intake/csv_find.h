/* csv_find - the header of a CSV file, looked for as the file comes in, or given. */
#ifndef CSR_CSV_FIND_H
#define CSR_CSV_FIND_H

#include "intake/csv_head.h"
#include "intake/intake.h"
#include "stream/csvin.h"

struct csv_finding {
	struct csv_head *head;	/* out */
	struct csvin *in;
	struct aliases *aliases;
	const struct column_map *map;
};

/* Finds the header in what IN has read, and reads on as long as it may come; nothing is
 * taken from IN. --columns gives one: its line is 0 then. -1 with 65, or what reading said. */
int csv_find_head(const struct csv_finding *s, const struct intake_opts *o, struct err *e);
/* Notes how the file is understood. */
void csv_find_explain(const struct intake *in, const struct csv_head *h,
    const char *encoding);
/* Appends the whole lines of HEAD as UTF-8, the last one too if ALL. */
void csv_find_lines(struct buf *out, const char *head, size_t len, bool all,
    const char *fallback);

#endif
