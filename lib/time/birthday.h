/* birthday - a day of birth, with or without its year.
 *
 * Pure.  Kept as "1990-05-01", or "05-01" when the year is not known.
 */
#ifndef CSR_BIRTHDAY_H
#define CSR_BIRTHDAY_H

#include <stdbool.h>

enum { BIRTHDAY_SIZE = 11 };

/* Reads 1990-05-01, 1990/5/1, 1990.5.1, 1990年5月1日, 19900501, any of these with a time
 * behind; 05-01, 5/1, 5月1日, --05-01.  False (OUT empty) for anything else: a day that does
 * not exist, a lunar date, and 1900-01-01, which is how systems write that they do not
 * know. */
bool birthday_read(const char *s, char out[BIRTHDAY_SIZE]);

#endif
