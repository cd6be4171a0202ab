/* checks - check digits of identity and bank card numbers. Pure functions. */
#ifndef CSR_CHECKS_H
#define CSR_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

/* True for the 18 characters of a Chinese identity number (GB 11643-1999): a province,
 * a date of birth that exists, the right check character ('x' or 'X' is ten). */
bool id_card_is_valid(const char id[18]);

/* True if the N digits satisfy the Luhn formula (ISO/IEC 7812-1 annex B). */
bool luhn_is_valid(const char *digits, size_t n);

/* True if the month (1-12) has the day; 29 February exists when YEAR is 0. */
bool day_is_valid(int year, int month, int day);

#endif
