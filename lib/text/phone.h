/* phone - telephone numbers in the one form that can be compared (ITU-T E.164).
 *
 * Pure functions.  Full-width digits, Chinese numerals written digit by digit (一三八...,
 * 幺), blanks, hyphens, brackets, invisible characters and the quotes Excel leaves are
 * looked through; +86, 0086 and 086, the trunk 0 and the prefixes of cheap lines (17951)
 * are understood.  A number without its area code, one with digits masked or missing, a
 * hotline (400, 800, 95...) is nobody's.
 */
#ifndef CSR_PHONE_H
#define CSR_PHONE_H

#include <stdbool.h>
#include <stddef.h>

enum { PHONE_SIZE = 20, PHONE_EXT_SIZE = 8 };

enum phone_kind {
	PHONE_PERSONAL,		/* a mobile, or a number abroad that may be one */
	PHONE_FIXED		/* a landline: an office's, a family's, a switchboard's */
};

struct phone {
	char number[PHONE_SIZE];	/* "+8613800138000" */
	char ext[PHONE_EXT_SIZE];	/* of a landline, "801"; "" for none */
	enum phone_kind kind;
};

/* Reads S, one number.  False (P empty) if it is no number that belongs to someone.
 * COUNTRY is the ISO 3166 code of numbers without a country code; NULL is "CN". */
bool phone_read(const char *s, const char *country, struct phone *p);
/* The same, the number alone. */
bool phone_e164(const char *s, const char *country, char out[PHONE_SIZE]);
/* Reads the next number of a cell that may hold several ("138.../139...", "138...或139...")
 * and words beside them ("王女士 138..."), and moves *S behind it; false at the end. */
bool phone_next(const char **s, const char *country, struct phone *p);

/* True for the 11 digits of a mobile number of mainland China. */
bool phone_is_cn_mobile(const char *digits);
/* PHONE_FIXED where the numbering plan of its country tells; else PHONE_PERSONAL. */
enum phone_kind phone_kind_of(const char *number);

#endif
