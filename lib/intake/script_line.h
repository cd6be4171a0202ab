/* script_line - a line of a chat log: when, who, and perhaps what.
 *
 *	[09:01:02] 王女士: 能取消吗		2026-10-01 09:01:02 王女士
 *	(2026/10/1 9:01 PM) Tom: hi		王女士-三亚 2025-10-09 16:53:20
 *	09:01 Tom: hi				Tom [09:01:02]: hi
 *
 * Pure.  Nothing is copied: names and texts are parts of the line.
 */
#ifndef CSR_SCRIPT_LINE_H
#define CSR_SCRIPT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCRIPT_NO_DAY INT64_MIN

struct script_line {
	int64_t day;		/* since 1970, SCRIPT_NO_DAY: only a time of day */
	int64_t clock_ms;
	const char *name;
	size_t name_len;
	const char *text;	/* NULL: it stands in the lines below */
	size_t text_len;
	bool stamp_last;	/* the name came first */
};

/* True if S (LEN bytes, NUL behind) is such a line. */
bool script_line(const char *s, size_t len, struct script_line *l);
/* A line of its own for a day: "2026年10月1日 星期四", "--- 2026-10-01 ---"; *BARE when it
 * is but the date, as somebody might have said it. */
bool script_day(const char *s, size_t len, int64_t *day, bool *bare);
/* A line that only separates: "------", "=====". */
bool script_rule(const char *s, size_t len);
/* "Key: value" and "键：值"; true with both cut out. */
bool script_key(const char *s, size_t len, size_t *key_len, const char **value,
    size_t *value_len);

#endif
