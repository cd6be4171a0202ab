/* timekind - clock time or working time, where a report has both of the same span */
#ifndef CSR_TIMEKIND_H
#define CSR_TIMEKIND_H

#include "report/report.h"

enum time_kind { TIME_BOTH, TIME_CLOCK, TIME_WORKING };

/* Whether column FIELD of R is to be seen. */
bool time_shows(const struct report *r, enum time_kind kind, size_t field);
/* The column seen for FIELD: itself, or its twin in the other time. */
size_t time_column(const struct report *r, enum time_kind kind, size_t field);
/* The measure seen for measure I: likewise; NULL if it has no twin. How many there are is
 * the same by every clock. */
const struct measure *time_measure(const struct report *r, enum time_kind kind, size_t i);

#endif
