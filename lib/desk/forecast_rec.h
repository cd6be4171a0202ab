/* forecast_rec - a forecast as records: what it is worth, then what it says */
#ifndef CSR_FORECAST_REC_H
#define CSR_FORECAST_REC_H

#include "base/buf.h"
#include "desk/forecast.h"

/* Appends for CHANNEL one record of kind metric (forecast.error, csr-record(5)) and one of
 * kind demand for each interval of the DAYS days after TODAY, which is not over: history
 * ends before it. */
void forecast_print(const struct forecast *f, size_t channel, int64_t today, int64_t days,
    const struct forecast_error *error, struct buf *out);
/* The same in a sentence for people, with what the method is worth; into TEXT, returned. */
const char *forecast_words(const struct forecast *f, size_t channel, int64_t today,
    const struct forecast_error *error, char *text, size_t size);

#endif
