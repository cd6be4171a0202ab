/* money - amounts in minor units, as people write them */
#include <stdio.h>
#include <string.h>

#include "text/money.h"

int
money_digits(const char *currency)
{
	static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF "
	    "XPF";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND";

	if (strlen(currency) != 3)
		return 2;
	return strstr(none, currency) != NULL ? 0 : strstr(three, currency) != NULL ? 3 : 2;
}

char *
money_format(int64_t minor, const char *currency, char out[MONEY_SIZE])
{
	int left = money_digits(currency != NULL ? currency : ""), whole = 0;
	uint64_t v = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
	char text[MONEY_SIZE], *p = text + sizeof(text);

	*--p = '\0';
	for (; left > 0 || v > 0 || whole == 0; v /= 10) {
		if (left == 0 && whole > 0 && whole % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + v % 10);
		if (left == 0)
			whole++;
		else if (--left == 0)
			*--p = '.';
	}
	snprintf(out, MONEY_SIZE, "%s%s%s%s", currency != NULL ? currency : "",
	    currency != NULL ? " " : "", minor < 0 ? "-" : "", p);
	return out;
}
