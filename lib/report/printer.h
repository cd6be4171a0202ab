/* printer - a program's records on stdout, in the form its reader wants.
 *
 * To a terminal a table (or pages), into a pipe JSON Lines; --output, --color and --quiet
 * say otherwise.  Each JSON line leaves at once.
 */
#ifndef CSR_PRINTER_H
#define CSR_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "report/rows.h"
#include "stream/rec.h"

struct printer {
	bool ids;		/* print the ids of the records alone */
	bool pages;		/* people read customers as pages, not rows */
	struct rows rows;	/* private from here on */
	struct buf text;
	bool color;
	size_t printed, width;
};

/* OUTPUT as table_format_of() takes it, COLOR as table_color(); both may be NULL. 64. */
int printer_open(struct printer *p, const char *output, const char *color, struct err *e);
/* The id printed for a record is its "customer", else its "id". */
void printer_put(struct printer *p, const struct node *record);
void printer_close(struct printer *p);

#endif
