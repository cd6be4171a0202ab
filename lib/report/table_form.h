/* table_form - cells as text, and the forms that go line by line; for table.c */
#ifndef CSR_TABLE_FORM_H
#define CSR_TABLE_FORM_H

#include "report/table.h"

/* Appends S with what could command a terminal or turn its text round as '?'. */
void table_add_clean(struct buf *b, const char *s, size_t len);
/* The same for Markdown: what it would take for a sign is escaped. */
void table_add_md(struct buf *b, const char *s, size_t len);
bool table_is_null(const struct cell *c);
/* Appends any cell but a text or a null as programs read it; reals without the zeros
 * behind if TRIM. */
void table_add_plain(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c, bool trim);
/* Appends any cell as people read it. */
void table_add_people(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c);
bool table_is_right(const struct column *col);

void form_jsonl_row(struct table *t, const struct cell *cells);
void form_csv_head(struct table *t);
void form_csv_row(struct table *t, const struct cell *cells);
void form_md_head(struct table *t);
void form_md_row(struct table *t, const struct cell *cells);

#endif
