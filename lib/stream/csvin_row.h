/* csvin_row - one row of csvin: cut in place or by libcsv, decoded; and the bytes it is
 * made of.  Private to csvin. */
#ifndef CSR_CSVIN_ROW_H
#define CSR_CSVIN_ROW_H

#include "stream/csvin.h"

/* Reads more behind what is held; sets eof. 0 or -1. */
int csvin_fill(struct csvin *in, struct err *e);

/* Cuts the LEN bytes at start, a line without quotes, at the delimiters: the fields lie
 * in place, without NULs until they are sealed.  Mending puts back what was there. */
void csvin_row_cut(struct csvin *in, size_t len);
/* The same for a line with quotes, if each begins and ends a field; false leaves it to
 * libcsv: a doubled quote, a line end in quotes, a stray quote. */
bool csvin_row_cut_quoted(struct csvin *in, size_t len);
void csvin_row_seal(struct csvin *in);
void csvin_row_mend(struct csvin *in);

/* A row through libcsv: begin, feed line by line until in->done or in->fault; end when
 * there is no further line.  The fields before the one with the first QUOTE are cut;
 * returns at which byte of the row feeding begins. */
size_t csvin_row_begin(struct csvin *in, char *quote);
void csvin_row_feed(struct csvin *in, const char *p, size_t len);
void csvin_row_end(struct csvin *in);

/* True when none of LEN bytes is above 7F. */
bool csvin_is_ascii(const char *p, size_t len);
/* Makes all fields UTF-8, or sets in->fault. */
void csvin_row_decode(struct csvin *in);
void csvin_row_release(struct csvin *in);

#endif
