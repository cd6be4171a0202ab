/* ruleset - the files of rules of this desk: load them, list them. */
#ifndef CSR_RULESET_H
#define CSR_RULESET_H

#include "base/buf.h"
#include "desk/rules.h"

/* Reads rules/NAME.rules of every configuration directory, in the order of their names.
 * Yours to rules_free(); NULL with 78. */
struct rules *ruleset_load(struct err *e);
/* Appends a line of JSON per rule: rule, dimension, label, weight or hard, file, line. */
void ruleset_list(const struct rules *r, struct buf *out);

#endif
