/* look - what the beginning of a JSON file shows of its layout.  For json_facts.c. */
#ifndef CSR_LOOK_H
#define CSR_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "intake/aliases.h"
#include "stream/rec.h"

/* Is a document one record, or are the items of its list?  Messages in it are; else it is
 * a record if it can be one: an order has a list of its items. */
enum layout { LAYOUT_NONE, LAYOUT_RECORD, LAYOUT_LIST };
enum layout look_layout(const struct node *root, struct aliases *a,
    const struct column_map *m);
/* True for a record in our own form. */
bool look_ours(const struct node *n);
/* As intake_format.sniff. */
int look_sniff(const char *path, bool is_dir, const char *head, size_t len);

#endif
