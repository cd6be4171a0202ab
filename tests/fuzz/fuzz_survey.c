/* fuzz_survey - a survey's form, and customers' answers to it
 * seeds: share/surveys */
#include "fuzz.h"
#include "desk/survey.h"
#include "stream/charset.h"

static const char form[] = "what = asks\nmeasure = nps\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "form", "given" };
	struct buf answer = BUF_INIT;

	charset_decode(&answer, (const char *)data, size, NULL, NULL, NULL);
	for (size_t i = 0; i < 2; i++) {
		char *text = i == 0 ? xstrdup(form) : fuzz_text(data, size);
		struct survey_form f;
		int64_t score;
		struct err e;

		if (survey_parse(&f, names[i], "fuzz", text, &e) == 0) {
			if (survey_read(&f, buf_cstr(&answer), &score))
				MUST(score >= f.min && score <= f.max);
		} else {
			MUST(e.code == ERR_CONFIG);
		}
		survey_release(&f);
		free(text);
	}
	buf_release(&answer);
	return 0;
}
