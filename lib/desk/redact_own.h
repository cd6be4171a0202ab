/* redact_own - what the files of redact share, and nobody else. */
#ifndef CSR_REDACT_OWN_H
#define CSR_REDACT_OWN_H

#include "desk/redact.h"

/* What csr-classify found and quotes in R shows no secret either. */
void redact_entities(struct redactor *d, struct rec *r);
/* Adds all redactions of R, those it came with first; R is slim then. */
void redact_tell(struct redactor *d, struct rec *r);

#endif
