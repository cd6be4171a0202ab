/* csv_order - which columns count first, and what their ids show.  For csv_head.c only. */
#ifndef CSR_CSV_ORDER_H
#define CSR_CSV_ORDER_H

#include "intake/csv_head.h"
#include "stream/csvin.h"

/* Ids of rows that state the end of tickets, and no conversation, are ticket ids; a type
 * beside them is the ticket's, not the message's. */
void csv_see_tickets(struct csv_head *h);
/* Sets h->order by slot and rank. */
void csv_sort_columns(struct csv_head *h);
/* Learns from the rows at hand which columns keep their digits. */
void csv_learn_digits(struct csv_head *h, struct csvin *in);

#endif
