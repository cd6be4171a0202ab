/* catalog - which reports there are, and what one of them says about itself */
#ifndef CSR_CATALOG_H
#define CSR_CATALOG_H

#include "base/buf.h"
#include "base/err.h"
#include "report/report.h"
#include "report/table.h"

/* Every report of the configuration as a row of name and title; opens and closes T. */
int catalog_list(struct table *t, enum lang lang, struct err *e);
/* Appends the title, the columns, measures, options, charts and notes, for people. */
void catalog_describe(const struct report *r, const struct words *w, struct buf *out);

#endif
