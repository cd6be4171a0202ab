/* fuzz_intake - any file, its format found by looking
 * seeds: share/demo tests/data/mail tests/data/csv tests/data/phone tests/fuzz/seeds/csv */
#include "fuzz.h"
#include "intake/intake.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct intake_opts o = { .channel = "webchat", .zone = zone_utc() };
	int fd = fuzz_fd(data, size), got;
	struct intake in;
	struct fact f;
	size_t n = 0;
	struct err e;

	if (intake_open(&in, fuzz_path(fd), &o, &e) == 0) {
		while ((got = intake_next(&in, &f, &e)) != 0) {
			MUST(got == 1 || e.code == ERR_DATA);
			MUST(got == 1 || in.bad_len == 0 || in.bad != NULL);
			MUST(++n <= size + 1);
		}
		intake_close(&in);
	}
	close(fd);
	return 0;
}
