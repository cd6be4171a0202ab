/* trip_words - what the members of a trip are called, and how they are read.  For trip.c. */
#ifndef CSR_TRIP_WORDS_H
#define CSR_TRIP_WORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/rec.h"

/* Names a member goes by, ended by NULL. */
extern const char *const trip_code_names[];
extern const char *const trip_day_names[];
extern const char *const trip_from_names[];
extern const char *const trip_to_names[];
extern const char *const trip_departs_names[];
extern const char *const trip_arrives_names[];
extern const char *const trip_cabin_names[];
extern const char *const trip_status_names[];
extern const char *const trip_name_names[];
extern const char *const trip_document_names[];
extern const char *const trip_phone_names[];
extern const char *const trip_email_names[];
extern const char *const trip_ticket_names[];
extern const char *const trip_seat_names[];

/* The first of NAMES that N has as a text; NULL: none. */
const char *trip_member(const struct node *n, const char *const *names);
/* The members of N beside those in KNOWN (lists of names, ended by NULL) as JSON in A; NULL:
 * there are none. TEXT is scratch. */
const char *trip_rest(struct arena *a, struct buf *text, const struct node *n,
    const char *const *const *known);
/* "mu 5101" as MU5101, in A; "" for NULL. */
const char *trip_code(struct arena *a, const char *code);
/* FACT_NO_TIME when it is not there; -1 with 65. */
int trip_time(const struct node *n, const char *const *names, int64_t *at, struct err *e);
/* The local day it leaves on: as written, else by the desk's zone; "" if not known. */
const char *trip_day(struct arena *a, const struct node *n, int64_t departs_at);
/* All but the last four characters of a document's number as stars; "" for NULL. */
const char *trip_masked(struct arena *a, const char *document);

#endif
