/* call_fact - what all readers of telephone calls do alike. */
#ifndef CSR_CALL_FACT_H
#define CSR_CALL_FACT_H

#include "base/mem.h"
#include "intake/fact_parts.h"

/* The conversation of PHONE, however it is written: all calls from and to it.  NULL for
 * NULL, and for what is no number; in A. */
const char *call_thread(const char *phone, struct arena *a);
/* Fills in what follows from the rest: when it was answered and ended, how long it waited
 * and was talked.  What would have to be guessed stays unknown. */
void call_complete(struct fact_message *m);
/* What stands for the words of a call nobody wrote down: [来电], [未接去电] ... */
const char *call_words(enum fact_direction direction, const char *outcome);

#endif
