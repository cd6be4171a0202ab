/* fuzz_calendar - a calendar: what is added in working time can be measured again
 * seeds: share/calendars */
#include "fuzz.h"
#include "time/calendar.h"
#include "time/tm.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t from = INT64_C(1790816400000);
	char *text = fuzz_text(data, size);
	struct err e;
	struct cal *c = cal_parse("fuzz", text, &e);

	if (c != NULL) {
		int64_t due = cal_add(c, from, 5 * TM_HOUR_MS), open = cal_next_open(c, from);

		MUST(due > from && open >= from);
		MUST(due == INT64_MAX || cal_work_ms(c, from, due) == 5 * TM_HOUR_MS);
		MUST(open == INT64_MAX || cal_is_open(c, open));
		MUST(cal_work_ms(c, from, from + 30 * TM_DAY_MS) <= 30 * TM_DAY_MS);
		cal_free(c);
	} else {
		MUST(e.code == ERR_CONFIG);
	}
	free(text);
	return 0;
}
