/* mentions - whom a message's text calls, as the fact lists them */
#ifndef CSR_MENTIONS_H
#define CSR_MENTIONS_H

#include "intake/fact.h"

/* Sets M's mentions from the "@name" of its text, in A, unless it has some. */
void mentions_set(struct fact_message *m, struct arena *a);

#endif
