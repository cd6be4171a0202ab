/* fuzz_time - times and lengths people write: what is read can be written and read again
 * seeds: tests/fuzz/seeds/time */
#include "fuzz.h"
#include "time/tm.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), out[TM_SIZE];
	int64_t at, again;
	struct err e;

	if (tm_parse((const char *)data, size, zone_utc(), &at, &e) == 0) {
		tm_format(at, zone_utc(), out);
		MUST(tm_parse(out, strlen(out), NULL, &again, &e) == 0 && again == at);
	} else {
		MUST(e.code == ERR_DATA);
	}
	if (tm_parse_span(text, &at, &e) == 0 && at >= 0) {
		tm_format_span(at, out);
		MUST(tm_parse_span(out, &again, &e) == 0 && again == at);
	}
	tm_parse_date(text, &at, &e);
	free(text);
	return 0;
}
