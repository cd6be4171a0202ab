/* show - a cell as people read it on a page, in their language.
 *
 *	1,234   91.2 %   4 min 05 s   3 小时 20 分   2026-10-01 09:00   企业微信
 *
 * Text of strangers is cleaned here (control and bidi characters become '?') and must
 * still be escaped by whoever writes it into HTML.
 */
#ifndef CSR_SHOW_H
#define CSR_SHOW_H

#include "base/buf.h"
#include "report/lang.h"
#include "report/result.h"
#include "time/zone.h"

struct show {
	const struct words *words;
	const struct zone *zone;	/* of times */
};

/* Appends C of a column F; "–" for null. */
void show_cell(struct buf *b, const struct show *s, const struct field *f, const struct cell *c);
/* Appends a number V in the unit of F; "–" for NAN. */
void show_number(struct buf *b, const struct show *s, const struct field *f, double v);
/* The same with its sign, and for percentages as points: "+3.1 points", "−4 min 05 s". */
void show_change(struct buf *b, const struct show *s, const struct field *f, double v);
/* The same without a plus sign. */
void show_difference(struct buf *b, const struct show *s, const struct field *f, double v);
/* Appends V, at least 0, as short as an axis wants it: "1.2k", "30 s", "2 h". */
void show_tick(struct buf *b, const struct show *s, const struct field *f, double v);
/* Appends "p < 0.001" or "p = 0.04". */
void show_p(struct buf *b, double p);
/* Appends a whole number with commas between thousands. */
void show_int(struct buf *b, int64_t v);

#endif
