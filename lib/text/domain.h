/* domain - the door to libidn2: domain names in any script as ASCII */
#ifndef CSR_DOMAIN_H
#define CSR_DOMAIN_H

#include <stdbool.h>
#include <stddef.h>

/* Turns NAME (SIZE bytes with its NUL) into its ASCII form by UTS 46, in place; false if it
 * has none or it does not fit.  ASCII names stay as they are. */
bool domain_to_ascii(char *name, size_t size);
/* The other way, for people: NAME in its own script in OUT, as it is if that fails. */
void domain_to_people(const char *name, char *out, size_t size);

#endif
