/* article_import - articles from files into the database, and what may be wrong with them. */
#ifndef CSR_ARTICLE_IMPORT_H
#define CSR_ARTICLE_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/article_files.h"
#include "store/db.h"

struct article_import {
	struct db *db;
	int64_t now;
	bool dry_run;		/* do everything, then undo it */
	bool prune;		/* end articles that the files lack */
	void (*complain)(const struct err *e);	/* what does not look right */
	struct buf *out;	/* a line of JSON for each that is new, changed or ended */
	int64_t same, added, changed, ended;	/* out */
};

/* Reads PATHS (none: the articles of the configuration) into F, whose zone and complain are
 * set. -1 when a path itself cannot be read. */
int article_import_read(struct article_files *f, int argc, char **argv, struct err *e);
/* Stores all of F and makes the index, in one transaction. */
int article_import_run(struct article_import *im, const struct article_files *f,
    struct err *e);
/* Tells of everything in F that can be read but looks wrong: article_check(), and questions
 * two articles share.  How many. */
size_t article_lint(const struct article_files *f, int64_t now,
    void (*complain)(const struct err *e));

#endif
