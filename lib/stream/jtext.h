/* jtext - JSON written straight into a buffer, for rows that are many.
 *
 * Printing needs no tree: a string is escaped where it goes, a member is a comma, a key
 * and a value.  Text must be valid UTF-8 already (the doors see to it); control
 * characters, quotes and backslashes are escaped, all else leaves as it is.
 */
#ifndef CSR_JTEXT_H
#define CSR_JTEXT_H

#include <stddef.h>

#include "base/buf.h"

/* Appends S as a JSON string, quotes included. */
void jtext_string(struct buf *out, const char *s, size_t len);
/* Appends ,"key": or "key": when the last byte of OUT is an opening brace. */
void jtext_key(struct buf *out, const char *key);
/* Appends a member; nothing when S is NULL. */
void jtext_member(struct buf *out, const char *key, const char *s);
/* Appends a member that is an array of strings; nothing when there are none. */
void jtext_list(struct buf *out, const char *key, const char *const *v, size_t n);

#endif
