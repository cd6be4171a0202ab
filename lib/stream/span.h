/* span - places inside JSON text that has already been found to be valid, and repair of
 * text that has not.
 */
#ifndef CSR_SPAN_H
#define CSR_SPAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The bytes [*start, *end) to cut so that the top-level member KEY leaves the object
 * TEXT, one comma included. False if it has none. KEY must need no escapes. */
bool span_of_member(const char *text, size_t len, const char *key, size_t *start,
    size_t *end);

/* Appends S with each invalid byte as U+FFFD and NUL dropped. */
void span_clean_utf8(const char *s, size_t len, struct buf *out);
/* Length of the valid UTF-8 sequence at S (LEN bytes left), 0 if it is not one. */
size_t span_utf8(const unsigned char *s, size_t len);

#endif
