/* checks - check digits of identity and bank card numbers. Pure functions. */
#ifndef CSR_CHECKS_H
#define CSR_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

/* True for the 18 characters of a Chinese identity number (GB 11643-1999): a province,
 * a date of birth that exists, the right check character ('x' or 'X' is ten). */
bool id_card_is_valid(const char id[18]);

/* True for the 15 digits it had before 1999: a province and a date; nothing checks it. */
bool id_card15_is_valid(const char id[15]);

/* True for the N capital or small letters and digits of an IBAN (ISO 13616): a country
 * that has them, the right remainder (ISO 7064 MOD 97-10). */
bool iban_is_valid(const char *iban, size_t n);

/* How sure the N digits of a card number look by their issuer (ISO/IEC 7812-1): 2 a length
 * that issuer's cards have, 1 one that is rare or an issuer little known, 0 none.  Luhn is
 * not looked at. */
int card_issuer(const char *digits, size_t n);

/* True if the N digits satisfy the Luhn formula (ISO/IEC 7812-1 annex B). */
bool luhn_is_valid(const char *digits, size_t n);

/* True if the month (1-12) has the day; 29 February exists when YEAR is 0. */
bool day_is_valid(int year, int month, int day);

#endif
