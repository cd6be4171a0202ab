/* domain - the door to libidn2: domain names in any script as ASCII */
#include <idn2.h>
#include <stdio.h>
#include <string.h>

#include "text/domain.h"

bool
domain_to_ascii(char *name, size_t size)
{
	char *ascii = NULL;
	size_t i;
	bool fits;

	for (i = 0; (unsigned char)name[i] < 0x80; i++)
		if (name[i] == '\0')
			return true;
	if (idn2_to_ascii_8z(name, &ascii, IDN2_NONTRANSITIONAL) != IDN2_OK)
		return false;
	fits = strlen(ascii) < size;
	if (fits)
		memcpy(name, ascii, strlen(ascii) + 1);
	idn2_free(ascii);
	return fits;
}

void
domain_to_people(const char *name, char *out, size_t size)
{
	char *own = NULL;

	if (strstr(name, "xn--") != NULL &&
	    idn2_to_unicode_8z8z(name, &own, 0) == IDN2_OK && strlen(own) < size)
		snprintf(out, size, "%s", own);
	else
		snprintf(out, size, "%s", name);
	idn2_free(own);
}
