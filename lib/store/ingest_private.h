/* ingest_private - what ingest.c and its parts share.  Included by them only. */
#ifndef CSR_INGEST_PRIVATE_H
#define CSR_INGEST_PRIVATE_H

#include "store/ingest.h"

/* ingest_message.c */
int ingest_message(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
/* ingest_event.c */
int ingest_order(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
int ingest_event(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
/* Figures of agents, and answers to surveys (ingest_figure.c). */
int ingest_metric(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
int ingest_response(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e);
/* The row of the file being read, made when its first news is stored. A reported_source. */
int64_t ingest_file(void *ingest, struct err *e);
/* Sets a ticket's status as a fact states it; *added tells whether that was news. */
int ingest_status(struct ingest *in, struct ticket *k, enum ticket_status status,
    int64_t at, const struct fact *f, bool *added, struct err *e);
/* The same, also where the ticket is open anyway: what came later may have closed it. */
int ingest_status_kept(struct ingest *in, struct ticket *k, enum ticket_status status,
    int64_t at, const struct fact *f, bool *added, struct err *e);
/* The same for the time of its first answer, and for a score 1..5 (EXTERNAL_ID is the
 * message's, so that it counts once). */
int ingest_answered(struct ingest *in, struct ticket *k, int64_t at, const struct fact *f,
    bool *added, struct err *e);

#endif
