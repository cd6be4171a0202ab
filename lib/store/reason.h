/* reason - why records were refused, counted by kind of reason.
 *
 * "a.csv:17: time: \"abc\" is not a time" and the same about "xyz" in line 99 are one:
 * the place in front is cut, values in quotes and each number are left out.
 */
#ifndef CSR_REASON_H
#define CSR_REASON_H

#include "base/buf.h"
#include "base/map.h"

enum { REASON_MAX = 200 };	/* kinds told apart, then "others" */

/* The kind of reason ERROR is, in OUT; SOURCE is the name it begins with, perhaps. */
void reason_of(const char *error, const char *source, struct buf *out);
/* Counts it in REASONS: kind -> how many. */
void reason_count(struct map *reasons, const char *error, const char *source);
/* All as a JSON object, the most frequent first. */
void reason_print(const struct map *reasons, struct buf *out);

#endif
