/* sheet - one customer's record (csr-record(5)) as a page for people */
#ifndef CSR_SHEET_H
#define CSR_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "stream/rec.h"

/* Appends the page to OUT, cut to WIDTH columns (0: nothing is cut). What strangers wrote
 * cannot move the terminal's cursor. */
void sheet_print(const struct node *customer, size_t width, bool color, struct buf *out);
/* The columns of the terminal on stdout: $COLUMNS, else as it says itself, else 80. */
size_t sheet_width(void);

#endif
