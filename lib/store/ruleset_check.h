/* ruleset_check - are the rules what their writer meant?  Lint and test. */
#ifndef CSR_RULESET_CHECK_H
#define CSR_RULESET_CHECK_H

#include "base/buf.h"
#include "store/labeller.h"

/* Appends a line per suspicious rule, "file:line: rule NAME: what"; returns how many:
 * rules that can never hold, labels no rule speaks for, patterns whose matching may take
 * very long.  That labels and lists are known was seen to when the rules were read. */
size_t ruleset_lint(struct rules *r, struct buf *out);

/* Runs the cases of the file TEXT, which is changed: a text, its type, area, urgency and
 * sentiment, then any further dimensions' labels, an empty line; '#' begins a comment.
 * Appends a line per case that comes out otherwise; counts all in *N.  Returns how many
 * failed, -1 with 65. */
int ruleset_test(struct labeller *l, const char *source, char *text, size_t *n,
    struct buf *out, struct err *e);

#endif
