/* class_rec - the "class" and "entities" of a record (csr-record(5)) */
#ifndef CSR_CLASS_REC_H
#define CSR_CLASS_REC_H

#include "desk/classify.h"
#include "stream/rec.h"

/* Adds what C found in the text of message R, replacing what was there. */
void class_to_rec(struct rec *r, const struct classifier *c);

#endif
