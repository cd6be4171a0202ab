/* fuzz_rules - rules that people write, asked about a message
 * seeds: share/rules */
#include "fuzz.h"
#include "desk/classify.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct rules *r = rules_new();
	struct classifier c;
	struct err e;

	if (rules_read(r, "fuzz", text, &e) == 0 && rules_ready(r, &e) == 0) {
		classifier_init(&c, r);
		classify(&c, "订单1234567890", "没出票，今晚就要走！ refund please", "wecom", &e);
		classifier_release(&c);
	} else {
		MUST(e.code == ERR_CONFIG);
	}
	rules_free(r);
	free(text);
	return 0;
}
