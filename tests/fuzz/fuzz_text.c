/* fuzz_text - folding, finders, telephones and addresses in what customers write
 * seeds: share/demo */
#include "fuzz.h"
#include "stream/charset.h"
#include "text/email.h"
#include "text/finders.h"
#include "text/phone.h"
#include "text/utf8.h"

static void
findings(const struct buf *text, const struct fold *fold)
{
	size_t chars = utf8_count(buf_cstr(text), text->len), last = 0;
	struct findings fs = FINDINGS_INIT;

	findings_find(&fs, buf_cstr(text), text->len, fold);
	for (size_t i = 0; i < fs.n; i++) {
		MUST(fs.v[i].start < fs.v[i].end && fs.v[i].end <= chars);
		MUST(fs.v[i].start >= last);
		last = fs.v[i].end;
	}
	findings_release(&fs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char phone[PHONE_SIZE], email[EMAIL_SIZE];
	struct buf text = BUF_INIT;
	struct fold fold = FOLD_INIT;

	charset_decode(&text, (const char *)data, size, NULL, NULL, NULL);
	fold_text(&fold, buf_cstr(&text), text.len);
	findings(&text, &fold);
	phone_e164(buf_cstr(&text), "86", phone);
	email_fold(buf_cstr(&text), email);
	MUST(email_len(buf_cstr(&text), text.len) <= text.len);
	MUST(utf8_fit(buf_cstr(&text), text.len, 10) <= text.len);
	fold_release(&fold);
	buf_release(&text);
	return 0;
}
