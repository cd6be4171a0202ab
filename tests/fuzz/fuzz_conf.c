/* fuzz_conf - key = value files
 * seeds: share/routing share/plans share/surveys share/calendars */
#include "fuzz.h"
#include "base/conf.h"

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	size_t *last = ctx;

	(void)e;
	MUST(section != NULL && (key == NULL) == (value == NULL));
	MUST(line >= *last);
	*last = line;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	size_t last = 0;
	struct err e;

	if (conf_parse_text("fuzz", text, on_key, &last, &e) < 0)
		MUST(e.code == ERR_CONFIG);
	free(text);
	return 0;
}
