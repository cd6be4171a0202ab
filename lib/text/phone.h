/* phone - telephone numbers in the one form that can be compared (ITU-T E.164).
 *
 * Pure functions.  Full-width digits, blanks, hyphens, brackets, invisible characters
 * and the quotes Excel leaves are looked through; extensions are dropped.
 */
#ifndef CSR_PHONE_H
#define CSR_PHONE_H

#include <stdbool.h>

enum { PHONE_SIZE = 20 };

/* Writes "+8613800138000" to OUT and returns true, or returns false if S is no number
 * that belongs to someone: too short, no area code, a hotline (400, 800, 95...), words.
 * COUNTRY is the ISO 3166 code of numbers without a country code; NULL is "CN". */
bool phone_e164(const char *s, const char *country, char out[PHONE_SIZE]);

/* True for the 11 digits of a mobile number of mainland China. */
bool phone_is_cn_mobile(const char *digits);

#endif
