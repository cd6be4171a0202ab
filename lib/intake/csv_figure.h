/* csv_figure - columns of a CSV file that are figures under a name of their own: times a
 * helpdesk reports of its tickets, aggregates of an agent.
 *
 * "First reply time in minutes within business hours" is first_response_work_ms in units of
 * 60,000 ms: share/aliases/reported.conf has the names and endings, metric.conf those of
 * aggregates.
 */
#ifndef CSR_CSV_FIGURE_H
#define CSR_CSV_FIGURE_H

#include "intake/aliases.h"
#include "intake/csv_value.h"
#include "intake/fact_parts.h"

/* What a column called S (LEN bytes) of a message or metric (KIND) is; its name is copied
 * into MEM. *RANK as of an alias. */
struct csv_figure csv_figure_find(struct aliases *a, enum csv_kind kind, const char *s,
    size_t len, size_t *rank, struct arena *mem);
/* Whether --map may call a column so: a length of time ..._ms, or a count csr knows. */
bool csv_figure_is(const char *name);
/* The milliseconds of "minute", "hour" ... ; 0 for any other word. */
int64_t csv_figure_unit(const char *word);
/* The unit that stands at the end of a column's NAME; 0 when none does. */
int64_t csv_figure_named_unit(struct aliases *a, const char *name);
/* The cell's value: 1; 0 it has none, or a number without a unit; -1 with 65. */
int csv_figure_read(const struct csv_figure *f, struct csv_cell c, int64_t *value,
    struct err *e);

#endif
