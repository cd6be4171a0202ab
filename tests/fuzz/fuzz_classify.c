/* fuzz_classify - any message before the rules that are shipped
 * seeds: share/demo tests/data/mail */
#include "fuzz.h"
#include "base/conf.h"
#include "desk/classify.h"
#include "stream/charset.h"

static struct rules *
shipped(void)
{
	struct rules *r = rules_new();
	char **paths, *text;
	struct err e;
	size_t len;
	int n = conf_list("rules", ".rules", &paths, &e);

	MUST(n > 0);
	for (int i = 0; i < n; i++) {
		MUST((text = conf_read(paths[i], 1 << 20, &len, &e)) != NULL);
		MUST(rules_read(r, paths[i], text, &e) == 0);
		free(text);
	}
	conf_list_free(paths, n);
	MUST(rules_ready(r, &e) == 0);
	return r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rules *rules;
	struct buf text = BUF_INIT;
	struct classifier c;
	struct err e;

	if (rules == NULL)
		rules = shipped();
	charset_decode(&text, (const char *)data, size, NULL, NULL, NULL);
	classifier_init(&c, rules);
	if (classify(&c, NULL, buf_cstr(&text), "webchat", &e) == 0)
		MUST(verdict_label(&c.verdict, "type") != NULL);
	classifier_release(&c);
	buf_release(&text);
	return 0;
}
