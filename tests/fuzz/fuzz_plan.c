/* fuzz_plan - a plan, read and said in words
 * seeds: share/plans */
#include "fuzz.h"
#include "desk/planfile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct buf words = BUF_INIT;
	struct plan p;
	struct err e;

	if (plan_parse(&p, "fuzz", "fuzz", text, zone_utc(), &e) == 0) {
		plan_words(&p, &words);
		MUST(words.len > 0);
	} else {
		MUST(e.code == ERR_CONFIG);
	}
	plan_release(&p);
	buf_release(&words);
	free(text);
	return 0;
}
