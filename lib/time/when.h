/* when - a moment as people give it on a command line */
#ifndef CSR_WHEN_H
#define CSR_WHEN_H

#include <stdint.h>

#include "base/err.h"
#include "time/zone.h"

/* A date or time as tm_parse() reads it, in Z, or a span such as 30d from NOW on.  *AT is
 * left alone for NULL.  64, naming OPTION. */
int when_parse(const char *option, const char *s, const struct zone *z, int64_t now,
    int64_t *at, struct err *e);
/* The same for the end of something: a date without a time means the end of that day. */
int when_parse_end(const char *option, const char *s, const struct zone *z, int64_t now,
    int64_t *at, struct err *e);

#endif
