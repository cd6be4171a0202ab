/* pack - several reports as one page: packs/NAME.pack, csr-packs(5) */
#ifndef CSR_PACK_H
#define CSR_PACK_H

#include "report/ask.h"

/* One section of a pack; NULL for what the file does not say. */
struct pack_part {
	const char *id, *report, *by, *columns, *charts, *title[LANGS];
	struct opt_list where, set;
	enum time_kind time;
	bool has_time, no_table;
	size_t line;		/* where it begins */
};

struct pack {
	char *name, *path;
	const char *title[LANGS];
	enum period_kind period;	/* PERIOD_DAYS (one), WEEK or MONTH */
	bool compare;
	struct pack_part *parts;
	size_t n;
	struct arena texts;
};

/* The pack NAME. 64 if there is none of this name, 78 with "file:line: ..." if it is
 * wrong.  Yours to pack_free(). */
struct pack *pack_load(const char *name, struct err *e);
struct pack *pack_read(const char *path, struct err *e);
void pack_free(struct pack *k);
/* Every pack of the configuration as a row of name and title; opens and closes T. */
int pack_list(struct table *t, enum lang lang, struct err *e);

/* Makes pack K over DB and writes it: to stdout in the form of -o, or to -o FILE.html with
 * FILE.xlsx beside it, or both into -o DIR, named by pack and period.  Appends the names of
 * the files to SAID, one a line.  64 for options that a pack does not take. */
int pack_write(const struct asked *q, const struct pack *k, struct db *db, struct buf *said,
    struct err *e);

#endif
