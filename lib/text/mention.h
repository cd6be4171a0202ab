/* mention - whom a message calls by "@name".
 *
 * A hint only: names are what the writer's client showed.  A name ends at a blank (also
 * U+2005, which WeChat puts behind it) or at punctuation; the address a@b.cn calls nobody.
 */
#ifndef CSR_MENTION_H
#define CSR_MENTION_H

#include <stddef.h>

/* The next "@name" at or behind *AT, which moves behind it; *LEN bytes of name, borrowed.
 * NULL: no more. */
const char *mention_next(const char **at, size_t *len);

#endif
