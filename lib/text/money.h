/* money - amounts in minor units, as people write them.  Pure. */
#ifndef CSR_MONEY_H
#define CSR_MONEY_H

#include <stdint.h>

enum { MONEY_SIZE = 48 };

/* Digits behind the point of CURRENCY (ISO 4217): 2 unless the list says otherwise. */
int money_digits(const char *currency);
/* "CNY 1,299.00", "JPY 12,000"; returns OUT. CURRENCY may be NULL. */
char *money_format(int64_t minor, const char *currency, char out[MONEY_SIZE]);

#endif
