/* fuzz_jsonl - lines of a file as records
 * seeds: share/demo */
#include "fuzz.h"
#include "stream/jsonl.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = fuzz_fd(data, size), got;
	size_t n = 0, lines = 1;
	struct jsonl j = { .bad = NULL };
	struct err e;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	MUST(jsonl_open(&j, fuzz_path(fd), &e) == 0);
	while ((got = jsonl_next(&j, &e)) != 0) {
		MUST(got == 1 || e.code == ERR_DATA);
		MUST(got < 0 || j.rec.root != NULL);
		MUST(++n <= lines);
	}
	jsonl_close(&j);
	close(fd);
	return 0;
}
