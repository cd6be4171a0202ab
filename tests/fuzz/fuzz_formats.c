/* fuzz_formats - each reader of chats, rosters, orders, flights and customers, by name
 * seeds: tests/data/wecom tests/data/wxkf tests/data/json tests/data/wechat tests/data/vcard */
#include "fuzz.h"
#include "intake/intake.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const formats[] = { "wecom", "wxkf", "dingtalk", "qianniu", "roster",
		"json", "wechat", "transcript", "flight", "vcard", "csv", "auto" };
	struct intake_opts o = { .zone = zone_utc() };
	size_t i, n;

	for (i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		int fd = fuzz_fd(data, size), got;
		struct intake in;
		struct fact f;
		struct err e;
		struct buf line = BUF_INIT;

		o.format = formats[i];
		n = 0;
		if (intake_open(&in, fuzz_path(fd), &o, &e) == 0) {
			while ((got = intake_next(&in, &f, &e)) != 0) {
				MUST(got == 1 || e.code == ERR_DATA);
				MUST(got == 1 || in.bad_len == 0 || in.bad != NULL);
				MUST(++n <= 2 * size + 2);
				buf_clear(&line);
				if (got == 1 && f.kind != FACT_NONE)
					fact_print(&f, o.zone, &line);
			}
			intake_close(&in);
		}
		buf_release(&line);
		close(fd);
	}
	return 0;
}
