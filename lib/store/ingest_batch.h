/* ingest_batch - records that are stored together, in their order, and printed when they
 * are: facts, records to pass on, and what the reader refused.
 *
 * A batch holds copies, so that reading goes on while another thread deals with it.
 */
#ifndef CSR_INGEST_BATCH_H
#define CSR_INGEST_BATCH_H

#include "intake/intake.h"
#include "store/ingest.h"
#include "store/place.h"

/* Where records came from. */
struct batch_source {
	const char *name, *format;
	uint64_t serial;	/* tells it from others of the same name */
};

struct batch_item {
	struct fact f;		/* FACT_NONE: a record of another kind, or refused */
	struct rec rec;		/* of a JSON Lines source; else empty */
	struct ingest_out out;
	const struct batch_source *from;
	const char *error;	/* why it is refused, NULL if it is not */
	const char *raw;	/* its bytes, where it is refused or not to be printed; or NULL */
	size_t raw_len, line;
	bool says_customer;	/* the record has a person of its own under "customer" */
};

struct batch {
	struct batch_item *v;
	size_t n, cap;
	size_t rec_bytes;	/* held by records */
	struct arena text;	/* all other text */
	struct batch_source *from;	/* of the item added last */
	struct place *places;	/* how far followed files were read */
	size_t places_n, places_cap;
};
#define BATCH_INIT { .text = ARENA_INIT }

void batch_release(struct batch *b);
/* Empties it. */
void batch_clear(struct batch *b);
/* Time to store it: many rows, or many bytes. */
bool batch_is_full(const struct batch *b);
/* Adds the fact the source SERIAL gave last; QUIET: it will not be printed. */
void batch_add(struct batch *b, struct intake *src, uint64_t serial, const struct fact *f,
    bool quiet);
/* Adds what the source refused just now, and why. */
void batch_add_bad(struct batch *b, const struct intake *src, uint64_t serial,
    const struct err *why);

/* Adds how far a followed file was read, to be stored with the rest. */
void batch_mark(struct batch *b, const struct place *p);

/* Stores all in one transaction; what is refused then gets its error and its bytes. */
int batch_store(struct batch *b, struct ingest *in, const struct zone *zone, struct err *e);
/* The record of an item, with what was added, as a line at the end of OUT. */
void batch_print(struct batch_item *item, bool stored, const struct zone *zone,
    struct buf *out);

#endif
