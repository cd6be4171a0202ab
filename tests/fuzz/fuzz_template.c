/* fuzz_template - {{names}} in texts
 * seeds: share/templates */
#include "fuzz.h"
#include "text/template.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct template_field fields[] = {
		{ "name", "王女士\n{{name}}" }, { "ticket", "42" }, { "link", NULL }, { NULL, NULL },
	};
	struct buf subject = BUF_INIT, body = BUF_INIT;
	char *text = fuzz_text(data, size);
	struct template t;
	struct err e;

	if (template_parse(&t, "fuzz", text, fields, &e) == 0) {
		if (template_fill(&t, fields, &subject, &body, &e) < 0)
			MUST(e.code == ERR_DATA);
		MUST(strpbrk(buf_cstr(&subject), "\r\n") == NULL);
	} else {
		MUST(e.code == ERR_CONFIG);
	}
	template_release(&t);
	buf_release(&subject);
	buf_release(&body);
	free(text);
	return 0;
}
