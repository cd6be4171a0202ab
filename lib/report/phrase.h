/* phrase - what pages say around the figures, in Chinese and English */
#ifndef CSR_PHRASE_H
#define CSR_PHRASE_H

#include "report/lang.h"

enum phrase {
	PH_ALL,			/* the row of all rows */
	PH_DATA,		/* the table under a chart */
	PH_TABLE,		/* caption of a table that can be moved sideways */
	PH_SUMMARY, PH_CONTENTS, PH_SKIP,
	PH_DEFINITION,
	PH_MADE_AT, PH_ZONE, PH_BY,
	PH_COMPARED_WITH,
	PH_WAS,			/* before the value of the period before */
	PH_NEWS, PH_NOISE, PH_TOO_FEW,
	PH_TESTS,		/* how changes are judged */
	PH_TESTS_TITLE,
	PH_MORE_X,		/* behind how many names a chart leaves out */
	PH_NO_ROWS,
	PH_BEFORE_LEGEND, PH_RANGE_LEGEND, PH_LESS, PH_MORE,
	PH_NOTES,
	PHRASES
};

const char *phrase(enum lang lang, enum phrase p);

#endif
