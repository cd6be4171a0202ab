/* fuzz_csvin - rows of CSV; no byte is read twice or left out
 * seeds: tests/fuzz/seeds/csv share/demo */
#include "fuzz.h"
#include "stream/charset.h"
#include "stream/csvin.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delims[] = { ',', ';', '\t', '|' };
	struct csvin in;
	size_t rows = 0;
	struct err e;
	int got;

	if (size == 0)
		return 0;
	MUST(csvin_open(&in, fuzz_fd(data + 1, size - 1), "fuzz", NULL, 0, NULL, &e) == 0);
	in.delim = delims[data[0] % 4];
	in.columns = data[0] / 4 % 8;
	while ((got = csvin_next(&in, &e)) != 0) {
		const char *raw;
		size_t len;

		MUST(got == 1 || e.code == ERR_DATA);
		for (size_t i = 0; got == 1 && i < in.n; i++) {
			MUST(strlen(in.field[i].p) == in.field[i].len);
			MUST(charset_is_utf8(in.field[i].p, in.field[i].len));
		}
		MUST(++rows <= size);
		csvin_raw(&in, &raw, &len);
		MUST(len == 0 || raw != NULL);
	}
	csvin_close(&in);
	return 0;
}
