/* fuzz_mail - one e-mail as a fact, printed and read back
 * seeds: tests/data/mail */
#include "fuzz.h"
#include "intake/mail.h"
#include "stream/rec.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mail_reader r = { .account = "kefu@shop.example" };
	struct buf line = BUF_INIT;
	struct rec rec = REC_INIT;
	char *raw = xmalloc(size + 1);
	struct fact f;
	struct err e;

	memcpy(raw, data, size);
	if (mail_read(&r, raw, size, INT64_C(1790816400000), &f, &e) == 0) {
		fact_print(&f, zone_utc(), &line);
		while (line.len > 0 && line.p[line.len - 1] == '\n')
			line.len--;
		MUST(rec_parse(&rec, line.p, line.len, &e) == 0);
		MUST(f.message.at > 0);
	} else {
		MUST(e.code == ERR_DATA);
	}
	rec_release(&rec);
	buf_release(&line);
	mail_release(&r);
	free(raw);
	return 0;
}
