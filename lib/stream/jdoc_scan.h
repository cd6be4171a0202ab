/* jdoc_scan - where JSON values begin and end.  For jdoc.c only.
 *
 * Brackets and strings are followed, and as much of the grammar as it takes to see that
 * one value was cut off and another begins: an object's name is a string; a line that
 * does not end in an opening bracket, a comma or a colon, and is not followed by a
 * closing one, ends its value.
 */
#ifndef CSR_JDOC_SCAN_H
#define CSR_JDOC_SCAN_H

#include "stream/jdoc.h"

enum jdoc_step {
	JDOC_MORE,	/* all that was read is scanned */
	JDOC_VALUE,	/* start to at is one */
	JDOC_ITEM,	/* the array to cut has one item more */
	JDOC_FAULT	/* fault says what is wrong: start to at is refused */
};

enum jdoc_step jdoc_scan(struct jdoc *d);
/* Ready for the value that begins at start. */
void jdoc_begin(struct jdoc *d);

#endif
