/* csv_parts - long text messages, put together from the rows of their parts.
 *
 * A part waits until all of its message are there.  Parts belong together that have one
 * number, direction, count and reference, and times at most ten minutes apart.  At most
 * 1024 messages and 16 MiB wait; the oldest is given up for one more.  What is given up,
 * then or at the end of the file, is the caller's to refuse by name.
 */
#ifndef CSR_CSV_PARTS_H
#define CSR_CSV_PARTS_H

#include "base/buf.h"
#include "base/map.h"
#include "intake/csv_row.h"

struct csv_set;
struct csv_held;

struct csv_parts {
	struct map sets;
	struct csv_set *first, *last;	/* the oldest first */
	struct csv_set *done;		/* of the last fact */
	struct csv_held *waits;		/* the part added last, if it waits */
	size_t n, bytes;
	struct buf key, text, id, extra;
};

/* Takes part P, which *F states. 1: its message is whole, in *F (borrowed until the next
 * call); 0: it waits, csv_parts_keep_row() its row; -1 (65): another has its place. */
int csv_parts_add(struct csv_parts *s, const struct csv_part *p, struct fact *f,
    struct err *e);
void csv_parts_keep_row(struct csv_parts *s, const char *row, size_t len);
/* The rows of the message given last but for the one that made it whole in *RAW, the line
 * of the first; false: it was no message of parts, or is forgotten. */
bool csv_parts_rows(const struct csv_parts *s, struct buf *raw, size_t *line);
void csv_parts_forget(struct csv_parts *s);
/* Gives up the oldest message, any if ALL, else while too many wait: true with its rows in
 * *RAW, the line of the first, and *E says what is missing. */
bool csv_parts_give_up(struct csv_parts *s, bool all, struct buf *raw, size_t *line,
    struct err *e);
void csv_parts_release(struct csv_parts *s);

#endif
