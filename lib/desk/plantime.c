/* plantime - the times a plan may name */
#include <stdlib.h>
#include <string.h>

#include "desk/plan_private.h"
#include "time/tm.h"

/* "1d work at 09:00": the part before AT in S. */
static int
read_day(char *s, const char *at, struct plan_time *t, struct err *e)
{
	char *end;

	t->how = PLAN_DAY;
	if (hours_minute(at, &t->at_min, e) < 0)
		return -1;
	t->days = strtol(s, &end, 10);
	if (end == s || strcmp(end, "d") != 0 || t->days < 0 || t->days > 366)
		return plan_bad(e, "before \"at\" stand days, as in \"1d at 09:00\", not", s);
	return 0;
}

/* Takes WORD off the end of S if it stands there. */
static bool
ends_in(char *s, const char *word)
{
	size_t n = strlen(s), w = strlen(word);

	if (n <= w || strcmp(s + n - w, word) != 0 || s[n - w - 1] != ' ')
		return false;
	s[n - w - 1] = '\0';
	return true;
}

/* "2h", "2h work", "1d at 09:00", "2d work at 09:00"; of clocks also "80%" and "15m
 * before", "15m work before". */
int
plan_read_time(const struct plan *p, char *s, struct plan_time *t, struct err *e)
{
	char *at = strstr(s, " at "), *end;

	memset(t, 0, sizeof(*t));
	if (strchr(s, '%') != NULL) {
		t->how = PLAN_SHARE;
		t->percent = (int)strtol(s, &end, 10);
		if (strcmp(end, "%") == 0 && t->percent > 0 && t->percent < 100)
			return 0;
		return plan_bad(e, "a share is 1% to 99%, not", s);
	}
	if (at != NULL)
		*at = '\0';
	else if (ends_in(s, "before"))
		t->how = PLAN_BEFORE;
	t->work = ends_in(s, "work");
	if (t->work && p->cal == NULL && p->on != PLAN_CLOCK)
		return err_set(e, ERR_CONFIG, "working time needs a calendar = NAME above");
	if (at != NULL)
		return read_day(s, at + 4, t, e);
	if (t->work && strpbrk(s, "dw") != NULL)
		return plan_bad(e,
		    "working time is hours and minutes, or \"1d work at 09:00\", not", s);
	return tm_parse_span(s, &t->ms, e);
}

/* What a later step may not come before, as far as two times can be compared. */
bool
plan_in_order(const struct plan_time *a, const struct plan_time *b)
{
	if (a->how != b->how || a->work != b->work)
		return true;
	if (a->how == PLAN_DAY)
		return a->days < b->days || (a->days == b->days && a->at_min < b->at_min);
	return a->ms < b->ms;
}
